// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/clock.h"
#include "core/net/dial.h"
#include "core/resp/reply.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace slotscope::net {

using Argv = QList<QByteArray>;

/// What a server says of itself in HELLO; fields stay empty on servers without HELLO.
struct ServerHello
{
    QString server; ///< "redis" or "valkey"
    QString version;
    QString mode; ///< "standalone", "cluster", "sentinel"
    QString role; ///< "master" or "replica"
    int protocol = 2; ///< the RESP version now spoken
    /// Of the node's id, where one was expected (ConnectionOptions::expectedNode).
    enum class Identity {
        NotAsked,
        Confirmed,
        Unknown, ///< the server does not tell it: `warning` says why
    };
    Identity identity = Identity::NotAsked;
    QString warning; ///< a password was given but none is configured there; READONLY or CLUSTER
                     ///< MYID was refused
};

/// How one command is sent.
struct SendOptions
{
    /// How long its reply is waited for once it is the oldest one missing. None given:
    /// ConnectionOptions::timeout; 0: for ever, until the connection ends (a blocking command).
    /// A reply that is coming in (16 KiB or more of it in that time) is given as long again.
    std::optional<std::chrono::milliseconds> timeout;
};

/// The answer to one command: its reply, or why there is none.
struct Answer
{
    support::Result<resp::Reply> reply;
    bool sent
        = false; ///< its bytes were handed to the socket: without a reply the outcome is unknown
    qint64 startedNanos = 0; ///< monotonicNanos() right before its bytes go to the system
    qint64 micros = 0; ///< from there to the complete reply (or the failure)
};

/// One connection to one node: a socket, the handshake (HELLO with AUTH, CLIENT SETNAME, READONLY
/// if asked for, CLUSTER MYID where a certain node is expected, CLIENT NO-TOUCH where it exists)
/// and a FIFO of commands awaiting their replies in order.
///
/// Commands sent before the handshake is done wait for it. A reply that does not come within its
/// time limit closes the connection: replies have order, not ids. When the connection ends every
/// waiting command is answered with the error, exactly once, then closed() is emitted.
/// A closed Connection is never reopened: make a new one. Deleting one (also from inside a callback
/// or a slot of its own) tells nobody: neither callbacks nor closed() come. Lives in the I/O
/// thread.
class Connection final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Connection)
public:
    using Callback = std::function<void(const Answer&)>;

    enum class State { Opening, Ready, Closed };

    Connection(Endpoint announced, const ConnectionOptions& options, QObject* parent = nullptr);
    ~Connection() override;

    /// Starts dialling. Call once.
    void open();
    /// Closes at once; waiting commands are answered with `reason` (Cancelled by default).
    void close(const support::Error& reason = { support::ErrorCode::Cancelled, {}, {} });
    /// Closes (Cancelled) as soon as nothing waits for a reply any more; at once if nothing does.
    /// One that is opening opens first: whoever waits for ready() may send then.
    void closeWhenIdle();

    /// Queues one command. The callback comes from the event loop, never from inside send().
    void send(const Argv& argv, Callback callback, const SendOptions& options = {});
    /// Queues several commands that leave in one write (ASKING and its command). One callback each;
    /// the options are those of each.
    void sendTogether(const QList<Argv>& commands, const QList<Callback>& callbacks,
        const SendOptions& options = {});
    /// As sendTogether(), for questions of Slotscope's own: what was refused here once (an unknown
    /// command, or one that this user may not run) is not sent again, but answered with that
    /// refusal, in its turn among the others; `sent` is false then. A command of the user's is
    /// never sent so.
    void probe(const QList<Argv>& commands, const QList<Callback>& callbacks);
    /// The user wants to know anew: all is asked again, once.
    void forgetRefusals();

    State state() const;
    const Endpoint& announced() const;
    const DialInfo& dialInfo() const;
    const ServerHello& hello() const;

Q_SIGNALS:
    /// The handshake is done; at most once.
    void ready();
    /// The end, exactly once, from whatever cause; not emitted by the destructor.
    void closed(const slotscope::support::Error& reason);
    /// What a server says unasked: a RESP3 push, a RESP2 message while subscribed, a line of
    /// MONITOR after MONITOR. Emitted as it is read, then forgotten: the connection keeps none,
    /// whether anybody listens or not, and bounds each by ConnectionOptions::limits. Whoever keeps
    /// messages, or takes them through a queued connection, bounds their number. They answer
    /// nothing: the time limit of a command that waits goes on.
    void pushed(const slotscope::resp::Reply& message);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::net
