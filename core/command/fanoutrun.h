// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/fanout.h"
#include "core/command/runcontext.h"

#include <QObject>

#include <memory>

namespace slotscope::command {

/// Operation: one command to every primary, replica or node, or split by slot: a parent of
/// CommandRuns, at most 16 of them at once. A row that fails stops no other.
///
/// To nodes, nothing is followed: what each node answers is its row, a MOVED too. Split by slot,
/// each part is a cluster client's command that follows redirects; the parts are executed one by
/// one, so the whole is not atomic, and some may have been executed when others have failed. MSETNX
/// is never split, for it promises to set all keys or none. SCAN is refused: its cursors belong to
/// the node that gave them.
class FanOutRun final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FanOutRun)
public:
    FanOutRun(RunContext context, Argv argv, FanOutTarget target, QObject* parent = nullptr);
    ~FanOutRun() override;

    void start();
    /// Instead of start(): ends as NotSent; `why` is the detail.
    void refuse(const QString& why);
    /// Cancels what is under way (sent: its outcome is unknown) and starts nothing more.
    void cancel();

Q_SIGNALS:
    /// Rows ended: every 30 ms at most, and before finished().
    void changed(const slotscope::command::FanOut& fanOut);
    /// As CommandRun's.
    void movedSeen(slotscope::cluster::Slot slot, const slotscope::net::Endpoint& target);
    void refreshWanted();
    /// Exactly once, from the event loop.
    void finished(const slotscope::command::FanOut& fanOut);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::command
