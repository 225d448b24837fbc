// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/health/healthreport.h"
#include "core/session/sessionhandle.h"

#include <QPointer>

namespace slotscope::health {

/// Checks every node (ClusterCheck) through an open session: with its connections, in its thread.
/// Lives in the thread of the handle; one check at a time. Nothing is emitted after its
/// destruction, which cancels.
class SessionCheck final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SessionCheck)
public:
    explicit SessionCheck(session::SessionHandle* session, QObject* parent = nullptr);
    ~SessionCheck() override;

    /// Does nothing while one is running.
    void start();
    /// finished() follows with Cancelled, unless it is on its way already.
    void cancel();
    bool isRunning() const { return m_relay != nullptr; }

Q_SIGNALS:
    void progressed(int settled, int asked);
    /// Once for each start(), while the session lives.
    void finished(bool ok, const slotscope::health::HealthReport& report,
        const slotscope::support::Error& error);

private:
    QPointer<session::SessionHandle> m_session;
    const QObject* m_relay = nullptr; ///< lives in the session's thread: not to be touched
};

} // namespace slotscope::health
