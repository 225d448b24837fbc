// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/command/redirect.h"
#include "core/command/trace.h"
#include "core/support/error.h"

#include <optional>

namespace slotscope::command {

/// What an error reply means to a client that follows redirects, whatever it has met before: the
/// one place that knows which errors prove that nothing was executed. RedirectPolicy and
/// PipelineRun add the memory: how often, how long, in circles or not.
struct Verdict
{
    enum class Kind {
        End, ///< an ordinary error: the result
        Follow, ///< at once, to `target`
        Wait, ///< then again: to the same node, or (mayReroute) to a new owner of the slot
    };
    Kind kind = Kind::End;
    HopOutcome outcome = HopOutcome::Error;

    std::optional<Redirect> redirect; ///< MOVED or ASK, with Follow, or with Wait ("?")
    std::optional<net::Endpoint> target; ///< where the redirect leads, if that is known

    // Wait
    bool mayReroute = false;
    bool needsNewerMap = false; ///< pointless where none can come: then End
    TraceOutcome inVain = TraceOutcome::GaveUp; ///< if waiting does not help

    /// The map is doubtful. With any kind.
    bool wantsRefresh = false;
};

/// `origin`: the announced address of the node that said so; `map` finds a target that the node
/// knows no host for.
Verdict judgeError(
    const QByteArray& line, const net::Endpoint& origin, const cluster::Topology& map);

/// Another attempt to connect may go better, here or at the node that takes over. A refused
/// password or a certificate that does not fit stays as it is.
bool isTransient(support::ErrorCode code);

} // namespace slotscope::command
