// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/nodenames.h"
#include "core/command/runcontext.h"
#include "core/command/verdict.h"

#include <optional>

namespace slotscope::command {

/// What an operation does next.
struct NextMove
{
    enum class Kind { Visit, Wait, End };
    Kind kind = Kind::End;

    // Visit
    net::Endpoint address; ///< announced; not dialable when the map has none for the node
    cluster::NodeId nodeId; ///< of the node, where the map tells it
    bool asking = false; ///< ASKING goes in front, in the same write
    bool replicaRead = false; ///< the connection says READONLY first
    bool dialAgain = false; ///< a MOVED to the very endpoint that answered: DNS may have changed

    int waitMs = 0; ///< Wait: the pause, after which afterWait() tells more

    // End
    TraceOutcome outcome = TraceOutcome::Error;
    QString detail;

    /// The map is doubtful: whoever owns it should refresh it. With any kind.
    bool wantsRefresh = false;
};

/// What a client does after each answer: where its command goes first, whether it follows a
/// redirect, how long it waits, when it gives up. Knows no connection and no clock.
///
/// One for each command (or transaction) that is sent as a whole. It keeps the client's own map,
/// which MOVED rewrites and ASK leaves alone; after a wait it takes over a map of its owner that
/// has become newer. Only answers that prove that nothing was executed lead to another visit.
class RedirectPolicy
{
public:
    /// `slot`: of the keys, if there are any. `readOnly`: the command may go to a replica.
    RedirectPolicy(const RunContext& context, Behaviour behaviour,
        std::optional<cluster::Slot> slot, bool readOnly);

    NextMove begin();
    /// After an error reply, which stands in `hop.raw`: fills in what it means to the hop.
    NextMove afterError(Hop& hop);
    /// After an attempt that ended before anything was sent, and took `spentMs`.
    NextMove afterNoConnection(Hop& hop, const support::Error& error, qint64 spentMs);
    NextMove afterWait();

    const cluster::Topology& map() const { return m_map; }
    /// As the first map calls the node, so that it has one name in a trace; else as the present
    /// one.
    NodeName nameOf(const net::Endpoint& address) const;

private:
    NextMove visit(const cluster::Node& node);
    NextMove visit(const net::Endpoint& address);
    NextMove end(TraceOutcome outcome, const QString& detail = {}) const;
    NextMove afterRedirect(Hop& hop, const Verdict& verdict);
    NextMove afterMoved(Hop& hop);
    NextMove backOff(const Hop& hop, TraceOutcome outcome, const QString& detail);
    std::optional<NextMove> nextReplica(const Hop& hop);
    NextMove startAtReplica();
    NextMove withoutOwner();
    bool canLearn() const;

    const net::Endpoint m_seed;
    const Behaviour m_behaviour;
    const RunLimits m_limits;
    const std::function<cluster::Topology()> m_latestMap;
    const cluster::Topology m_first;
    cluster::Topology m_map; ///< this client's own
    cluster::Topology m_given; ///< the owner's, as last seen
    std::optional<cluster::Slot> m_slot; ///< of the keys, or as a redirect has named it
    bool m_readOnly = false;

    NextMove m_last; ///< the visit under way
    QList<cluster::NodeId> m_untried; ///< of a read from replicas: where else it may go
    bool m_learnt = false; ///< a MOVED was followed: the map decides from now on
    bool m_mayReroute = false; ///< after the present wait
    int m_visits = 0; ///< that were not retries after a wait
    int m_tryAgainMs = 0;
    int m_downMs = 0;
    int m_inVain = 0; ///< attempts that waiting does not mend
    qint64 m_troubleMs = 0; ///< waits and failed attempts together
    QList<std::pair<net::Endpoint, net::Endpoint>> m_movedPairs; ///< since the last wait
};

} // namespace slotscope::command
