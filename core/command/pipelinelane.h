// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/trace.h"
#include "core/net/connection.h"

#include <QElapsedTimer>
#include <QSet>

#include <deque>
#include <memory>
#include <vector>

// What a PipelineRun keeps while it runs. Internal to it and its traces.

namespace slotscope::command {

/// On its way to a node or back.
struct Visit
{
    int index = 0; ///< of the command
    bool asking = false;
    bool isRetry = false; ///< goes although its slot is held back
};

/// One node: a connection of our own, and what goes through it.
struct Lane
{
    net::Endpoint address;
    std::unique_ptr<net::Connection> connection;
    std::deque<Visit> waiting;
    std::deque<Visit> sent; ///< awaiting their answers, which come in this order
    qsizetype bytesSent = 0; ///< of these
    bool dialAgain = false; ///< a MOVED named this very endpoint: DNS may have changed
    bool isDue = false; ///< to be pumped
};

/// A visit that is due again: where `address` says, or at a new owner of the slot, if it may.
struct Again
{
    Visit visit;
    net::Endpoint address;
    bool mayReroute = false;
    TraceOutcome inVain = TraceOutcome::GaveUp; ///< if it takes too long
};

/// A slot of which a command was redirected or must wait.
struct HeldSlot
{
    QList<Again> again; ///< as soon as all that was sent has its answer
    std::vector<int> held; ///< not sent yet, in order
    int waitMs = 0; ///< before `again`; 0: none
    int lastWaitMs = 0;
    QElapsedTimer trouble; ///< since the first wait
    /// MOVED answers since the last wait, from and to. Each round brings every command that was
    /// redirected one visit further: what an earlier round has met is a circle.
    QSet<std::pair<net::Endpoint, net::Endpoint>> movedBefore;
    QSet<std::pair<net::Endpoint, net::Endpoint>> movedNow;
};

} // namespace slotscope::command
