// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/pipeline.h"
#include "core/command/runcontext.h"

#include <QObject>

#include <memory>

namespace slotscope::command {

/// Operation: many commands, each sent to the owner of its slot, results in the order of the
/// arguments.
///
/// All that goes to one node leaves in as few writes as possible, on one connection of its own for
/// each node, a bounded number in flight. Each reply may redirect on its own, and only redirected
/// commands are sent again, each asked one with its own ASKING. Commands of one slot stay in their
/// order: as soon as one of them is redirected or must wait, those that have not been sent yet are
/// held back until all that were have their answers. (What was on its way together with it may have
/// been executed before it: that is what pipelining means in a cluster.)
///
/// When a connection is lost, what was sent on it without an answer is OutcomeUnknown and never
/// sent again; what was not sent goes to the new owner, if the context brings a newer map in time.
/// Commands that block, stream, belong to a transaction or change a connection are NotSent. A long
/// pipeline leaves the traces of a bounded choice of its commands (PipelineTraces): a hop for each
/// of a million would cost more than the commands.
class PipelineRun final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PipelineRun)
public:
    PipelineRun(RunContext context, QList<Argv> commands, QObject* parent = nullptr);
    ~PipelineRun() override;

    void start();
    /// Instead of start(): nothing is sent, and each result is NotSent.
    void refuse();
    /// Closes the connections: what was sent becomes OutcomeUnknown, the rest Cancelled.
    void cancel();

    /// One for each command; complete after finished().
    const QList<PipelineResult>& results() const;
    const PipelineCounts& counts() const;
    /// At any time: those chosen so far, in the order of the commands.
    QList<TracedCommand> traces() const;

    /// Whether a command may go through a pipeline; the others are NotSent.
    static bool canRun(const Argv& argv, const CommandTable& table);

Q_SIGNALS:
    /// A slot has another owner: once for each change, not for each command.
    void movedSeen(slotscope::cluster::Slot slot, const slotscope::net::Endpoint& target);
    void refreshWanted();
    /// Exactly once, from the event loop.
    void finished();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::command
