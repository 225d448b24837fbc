// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/trialhandle.h"

namespace slotscope::session {

TrialHandle::TrialHandle(
    IoThread& io, net::ConnectionOptions options, QList<net::AddressOutcome> nodes, QObject* parent)
    : QObject(parent)
    , m_trial(new net::WayTrial(std::move(options), std::move(nodes)))
{
    m_trial->moveToThread(io.thread());
    // Queued, because the trial is in another thread.
    connect(m_trial, &net::WayTrial::finished, this, &TrialHandle::finished);
    QMetaObject::invokeMethod(m_trial, &net::WayTrial::start, Qt::QueuedConnection);
}

TrialHandle::~TrialHandle()
{
    m_trial->disconnect(this);
    m_trial->deleteLater();
}

} // namespace slotscope::session
