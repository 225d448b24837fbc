// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/runcontext.h"
#include "core/command/trace.h"

#include <QObject>

#include <memory>

namespace slotscope::command {

/// Operation: several commands as one transaction (MULTI ... EXEC) on a connection of its own, at
/// the node that owns the first key's slot.
///
/// It goes in three steps, each in one write: WATCH (if keys are watched), MULTI with the commands,
/// EXEC. Nothing is executed before EXEC, so whatever happens earlier (a lost connection too) may
/// be begun again elsewhere, and a MOVED, ASK or TRYAGAIN at any step begins the whole transaction
/// again at its target; ASK puts ASKING before WATCH and before MULTI, where it holds until EXEC.
/// When a command is refused while it is queued its error is the result, and EXEC (which would only
/// say EXECABORT) is not sent. After EXEC without an answer the outcome is unknown and nothing is
/// sent again.
///
/// The trace's argv is `MULTI "GET k" "SET k v" EXEC`, one argument a command, secrets removed. Its
/// reply is the array of EXEC; nil when a watched key was changed, which `detail` says.
class TransactionRun final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TransactionRun)
public:
    TransactionRun(RunContext context, QList<QByteArray> watchedKeys, QList<Argv> commands,
        Behaviour behaviour, QObject* parent = nullptr);
    ~TransactionRun() override;

    void start();
    /// Instead of start(): ends as NotSent; `why` is the trace's detail.
    void refuse(const QString& why);
    /// Cancelled unless EXEC is on its way, then OutcomeUnknown. Closes the connection.
    void cancel();

    const Trace& trace() const;

Q_SIGNALS:
    /// As CommandRun's; each hop is one attempt at the whole transaction.
    void traceChanged(const slotscope::command::Trace& trace);
    void movedSeen(slotscope::cluster::Slot slot, const slotscope::net::Endpoint& target);
    void refreshWanted();
    /// Exactly once, from the event loop.
    void finished(const slotscope::command::Trace& trace);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::command
