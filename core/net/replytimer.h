// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>

namespace slotscope::net {

/// How long the next reply may still take. Told of every new wait, it touches the system's timer
/// only where that would ring too late: restarting it for each reply would cost more than the
/// reply.
class ReplyTimer final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ReplyTimer)
public:
    explicit ReplyTimer(QObject* parent = nullptr);

    /// From `sinceNanos` (monotonicNanos()) on, for `limit`; 0: for ever. Replaces the wait before.
    void waitSince(qint64 sinceNanos, std::chrono::milliseconds limit);
    /// Nothing is waited for.
    void stop();

Q_SIGNALS:
    /// Once for a wait that lasted too long.
    void expired();

private:
    void arm();
    void onTimeout();

    QTimer m_timer;
    qint64 m_deadlineNanos = 0; ///< 0: none
    qint64 m_armedNanos = 0; ///< when the running timer rings
};

} // namespace slotscope::net
