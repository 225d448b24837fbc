// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/runcontext.h"
#include "core/command/trace.h"

#include <QObject>

#include <memory>

namespace slotscope::command {

/// Operation: one command, its redirects and its waits, as the client that `behaviour` describes.
///
/// MOVED rewrites the run's own map (mapChanged) and sends again to the target; ASK sends ASKING
/// and the command in one write and leaves the map. TRYAGAIN, CLUSTERDOWN and LOADING wait and send
/// again; so does a failed attempt to connect, and a READONLY of a primary that is none any more,
/// where the context can bring a newer map (RedirectPolicy has the rules). A read from replicas
/// goes to another replica, and at last to the primary, when one is loading, cut off or not there.
/// A command that was sent and never answered is OutcomeUnknown and never sent again. CROSSSLOT is
/// recognised before sending when the run follows redirects; a plain client sends it and sees the
/// error.
///
/// The pool's shared connections carry the commands, except those that hold a connection or change
/// what it is (BLPOP, SELECT, CLIENT, HELLO, ...): these get one of their own, which lives as long
/// as the run and stays with one node. A blocking command is waited for as long as its own timeout
/// says and the options' timeout on top, or for ever; when its slot moves away it goes on at the
/// new owner for the rest of its time. MULTI, EXEC, WATCH and DISCARD are not sent: see
/// TransactionRun.
class CommandRun final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CommandRun)
public:
    /// With an empty map Start::Owner starts at the seed. The context's table tells the keys.
    CommandRun(RunContext context, Argv argv, Behaviour behaviour, QObject* parent = nullptr);
    /// With the keys of `argv` as the server was asked for them (KeyLookup).
    CommandRun(RunContext context, Argv argv, Behaviour behaviour, KeyInfo keys,
        QObject* parent = nullptr);
    ~CommandRun() override;

    void start();
    /// Instead of start(): ends as NotSent; `why` is the trace's detail.
    void refuse(const QString& why);
    /// Ends the run: Cancelled if nothing is under way, OutcomeUnknown if the command is on the
    /// wire. A connection of its own is closed (which ends what blocks there); a shared one takes
    /// the late reply in its place in the FIFO, and closes if it does not come in time.
    void cancel();
    /// With Behaviour::stepwise: makes the next visit, or the wait before it, for which a paused
    /// trace stands still. Nothing of the cluster is held meanwhile but what a blocking command
    /// has for itself.
    void proceed();

    const Trace& trace() const;

Q_SIGNALS:
    /// A hop began or ended: a longer prefix of the final trace.
    void traceChanged(const slotscope::command::Trace& trace);
    /// A MOVED was followed: `slot` belongs to `target`, and a session may refresh its map.
    void movedSeen(slotscope::cluster::Slot slot, const slotscope::net::Endpoint& target);
    /// Something happened that makes the map doubtful: CLUSTERDOWN, READONLY, no connection, a
    /// connection lost, a redirect that names nobody. The run itself asks nobody for a new one.
    void refreshWanted();
    /// Exactly once, from the event loop.
    void finished(const slotscope::command::Trace& trace);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::command
