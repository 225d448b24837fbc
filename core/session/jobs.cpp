// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/jobs.h"

namespace slotscope::session {

using command::KeyScan;
using command::SlotSurvey;
using command::StreamRun;

Jobs::Jobs(std::function<command::RunContext()> context, QObject* parent)
    : QObject(parent)
    , m_context(std::move(context))
{ }

Jobs::~Jobs() = default;

bool Jobs::isTaken(quint64 id) const
{
    return m_streams.contains(id) || m_scans.contains(id) || m_surveys.contains(id);
}

void Jobs::startStream(quint64 id, const command::Argv& argv, const command::Behaviour& behaviour,
    Confirmation confirmation)
{
    if (isTaken(id))
        return;
    const command::RunContext context = m_context();
    // No stream writes, so that a read-only session may run it too.
    const GuardVerdict verdict = judge(argv, context.table, false);
    if (verdict.permission == Permission::AskFirst && confirmation != Confirmation::Confirmed) {
        command::StreamState refused;
        refused.kind = command::StreamState::Kind::Refused;
        refused.detail = refusalSentence(verdict, nodesReached(context.map, {}));
        QMetaObject::invokeMethod(
            this, [this, id, refused] { Q_EMIT streamFinished(id, refused); },
            Qt::QueuedConnection);
        return;
    }
    auto* stream = new StreamRun(context, argv, behaviour, {}, this);
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
    if (isTaken(id))
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

void Jobs::startSurvey(quint64 id, const command::SlotSurveyOptions& options)
{
    if (isTaken(id))
        return;
    auto* survey = new SlotSurvey(m_context(), options, this);
    m_surveys.insert(id, survey);
    connect(survey, &SlotSurvey::found, this,
        [this, id](
            const QList<command::SlotFacts>& facts, const command::SlotSurveyProgress& progress) {
            Q_EMIT surveyFound(id, facts, progress);
        });
    connect(survey, &SlotSurvey::finished, this,
        [this, id, survey](bool complete, const command::SlotSurveyProgress& progress) {
            m_surveys.remove(id);
            survey->deleteLater();
            Q_EMIT surveyFinished(id, complete, progress);
        });
    survey->start();
}

void Jobs::cancel(quint64 id)
{
    if (StreamRun* stream = m_streams.value(id))
        stream->cancel();
    else if (KeyScan* scan = m_scans.value(id))
        scan->cancel();
    else if (SlotSurvey* survey = m_surveys.value(id))
        survey->cancel();
}

} // namespace slotscope::session
