// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/collectrun.h"
#include "core/session/sessionhandle.h"

#include <QPointer>

namespace slotscope::capture {

/// Asks every node (CollectRun) through an open session: with its connections, in its thread, and
/// with what it knows, so that nobody is waited for twice. Lives in the thread of the handle; one
/// run at a time. Nothing is emitted after its destruction, which cancels.
class SessionCollect final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SessionCollect)
public:
    explicit SessionCollect(session::SessionHandle* session, QObject* parent = nullptr);
    ~SessionCollect() override;

    /// Does nothing before the last one's finished(); afterwards late answers to that one are given
    /// up.
    void start(const CollectOptions& options = {});
    /// finished() follows with Cancelled, unless it is on its way already; no late answer follows.
    void cancel();
    bool isRunning() const { return m_isRunning; }

Q_SIGNALS:
    void progressed(int settled, int asked);
    /// Once for each start(), while the session lives.
    void finished(bool ok, const slotscope::capture::Capture& capture,
        const slotscope::support::Error& error);
    /// As CollectRun's: belongs to the capture of the last finished().
    void late(const slotscope::capture::NodeAnswers& answers);

private:
    QPointer<session::SessionHandle> m_session;
    QPointer<QObject> m_relay; ///< lives, and is looked at, in the session's thread only
    int m_generation = 0; ///< of the last start()
    bool m_isRunning = false;
};

} // namespace slotscope::capture
