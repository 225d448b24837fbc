// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/jobs.h"

namespace slotscope::session {

using command::KeyScan;
using command::StreamRun;

Jobs::Jobs(std::function<command::RunContext()> context, QObject* parent)
    : QObject(parent)
    , m_context(std::move(context))
{ }

Jobs::~Jobs() = default;

void Jobs::startStream(quint64 id, const command::Argv& argv, const command::Behaviour& behaviour)
{
    if (m_streams.contains(id) || m_scans.contains(id))
        return;
    auto* stream = new StreamRun(m_context(), argv, behaviour, {}, this);
    m_streams.insert(id, stream);
    connect(stream, &StreamRun::stateChanged, this,
        [this, id](const command::StreamState& state) { Q_EMIT streamChanged(id, state); });
    connect(stream, &StreamRun::batch, this,
        [this, id](const command::StreamBatch& batch) { Q_EMIT streamBatch(id, batch); });
    connect(stream, &StreamRun::movedSeen, this,
        [this](cluster::Slot, const net::Endpoint& target) { Q_EMIT movedTo(target); });
    connect(stream, &StreamRun::refreshWanted, this, &Jobs::refreshWanted);
    connect(
        stream, &StreamRun::finished, this, [this, id, stream](const command::StreamState& state) {
            m_streams.remove(id);
            stream->deleteLater();
            Q_EMIT streamFinished(id, state);
        });
    stream->start();
}

void Jobs::proceedStream(quint64 id)
{
    if (StreamRun* stream = m_streams.value(id))
        stream->proceed();
}

void Jobs::startScan(quint64 id, const command::KeyScanOptions& options)
{
    if (m_streams.contains(id) || m_scans.contains(id))
        return;
    auto* scan = new KeyScan(m_context(), options, this);
    m_scans.insert(id, scan);
    connect(scan, &KeyScan::found, this,
        [this, id](const command::KeyBatch& keys, const command::KeyScanProgress& progress) {
            Q_EMIT scanFound(id, keys, progress);
        });
    connect(scan, &KeyScan::refreshWanted, this, &Jobs::refreshWanted);
    connect(scan, &KeyScan::newerMapWanted, this, &Jobs::newerMapWanted);
    connect(scan, &KeyScan::finished, this,
        [this, id, scan](bool complete, const command::KeyScanProgress& progress) {
            m_scans.remove(id);
            scan->deleteLater();
            Q_EMIT scanFinished(id, complete, progress);
        });
    scan->start();
}

void Jobs::pauseScan(quint64 id)
{
    if (KeyScan* scan = m_scans.value(id))
        scan->pause();
}

void Jobs::resumeScan(quint64 id)
{
    if (KeyScan* scan = m_scans.value(id))
        scan->resume();
}

void Jobs::cancel(quint64 id)
{
    if (StreamRun* stream = m_streams.value(id))
        stream->cancel();
    else if (KeyScan* scan = m_scans.value(id))
        scan->cancel();
}

} // namespace slotscope::session
