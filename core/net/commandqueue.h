// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connection.h"

#include <deque>
#include <functional>
#include <memory>
#include <optional>

namespace slotscope::net {

/// A command on its way.
struct PendingCommand
{
    Connection::Callback callback; ///< may be empty
    bool isHandshake = false;
    std::chrono::milliseconds timeout { 0 }; ///< for its reply; 0: for ever
    QByteArray subscription; ///< "subscribe", "punsubscribe", ...; empty for all other commands
    bool isMonitor = false;
    bool sent = false;
    qint64 size = 0; ///< in bytes
    qint64 endOffset = 0; ///< of its last byte in everything written to the socket
    qint64 startedNanos = 0; ///< right before its bytes go to the system; 0: not yet
    std::optional<support::Error> error; ///< its own reason not to be sent
    std::unique_ptr<const Argv> tapped; ///< what it is, while a WireTap is on; else null
};

/// The commands of one connection in their order: first waiting to be written, then awaiting their
/// replies. Knows no socket: it is told what became of the bytes.
class CommandQueue
{
public:
    /// Waiting to be written, behind all others.
    void add(PendingCommand command, const Argv& argv);
    /// Waiting to be written, before all others.
    void addFirst(PendingCommand command, const Argv& argv);
    /// Awaiting its reply: the caller writes the returned bytes now, past all that waits.
    QByteArray addTaken(PendingCommand command, const Argv& argv);
    bool hasOutgoing() const { return m_commands.size() > m_awaiting; }
    /// All that waits, with its size in bytes.
    void forEachOutgoing(
        const std::function<void(const PendingCommand& command, qint64 bytes)>& see) const;
    /// The bytes of all that waits; their commands now await replies.
    QByteArray takeOutgoing();

    /// Some command's last byte may not yet have left.
    bool hasUnstamped() const { return m_unstamped > 0; }
    /// The head itself is still being written.
    bool isHeadUnstamped() const { return m_unstamped > 0 && m_unstamped == m_awaiting; }
    /// Of all bytes ever taken, all but `unwritten` were handed to the system by now.
    void stamp(qint64 unwritten, qint64 nowNanos);

    bool isAwaiting() const { return m_awaiting > 0; }
    /// Nothing waits, neither to be written nor for a reply.
    bool isEmpty() const { return m_commands.empty(); }
    /// The time limit of the one whose reply comes next; there must be one.
    std::chrono::milliseconds headTimeout() const { return m_commands.front().timeout; }
    /// False for what a server says unasked: a push, a message while subscribed, a line of MONITOR.
    /// The (first) confirmation of a subscription is the reply to its command, in RESP3 too, where
    /// it is a push.
    bool isForHead(const resp::Reply& reply) const;
    PendingCommand takeHead();
    /// Everything, those awaiting replies first; the queue is empty afterwards.
    std::deque<PendingCommand> takeAll();

private:
    void describe(PendingCommand& command, const Argv& argv, qint64 size);
    void markSent(PendingCommand& command);

    // One queue, so that nothing is moved from one to another: first those that were written.
    std::deque<PendingCommand> m_commands;
    size_t m_awaiting
        = 0; ///< so many at the front await their replies; the others wait to be written
    QByteArray m_outgoing; ///< the bytes of those others
    bool m_isSubscribed = false; ///< a SUBSCRIBE or its like was answered
    bool m_isMonitoring = false; ///< MONITOR was answered
    size_t m_unstamped = 0; ///< at the end of those that await their replies
    qint64 m_taken = 0;
};

} // namespace slotscope::net
