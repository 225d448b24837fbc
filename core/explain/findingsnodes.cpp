// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// Of findings.h: the nodes, who knows them, and their replication.

#include "core/explain/errors.h"
#include "core/explain/findings.h"
#include "core/explain/topology.h"
#include "core/explain/wording.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace slotscope::explain {
namespace {

using support::Error;
using support::ErrorCode;

constexpr qsizetype most = 8; ///< facts, and names in one

// The translation context.
struct Findings
{
    Q_DECLARE_TR_FUNCTIONS(Findings)
};

QString cut(const QStringList& parts, const QString& separator)
{
    QString text = parts.first(std::min(most, parts.size())).join(separator);
    if (parts.size() > most)
        text += Findings::tr(" and %1 more").arg(parts.size() - most);
    return text;
}

/// Of so many views that were read; 0: whose they were is not known any more.
QString saidByText(int saidBy, int views)
{
    if (views == 0)
        return Findings::tr("The map that the views were merged into says so.");
    if (saidBy == views) {
        return views == 1 ? Findings::tr("The one view that was read says so.")
                          : Findings::tr("All %1 views say so.").arg(views);
    }
    return Findings::tr("%1 of %2 views say so.")
        .arg(QString::number(saidBy), QString::number(views));
}

QString durationText(qint64 seconds)
{
    if (seconds < 120)
        return Findings::tr("%1 s").arg(seconds);
    if (seconds < 7200)
        return Findings::tr("%1 min").arg(seconds / 60);
    return Findings::tr("%1 h").arg(seconds / 3600);
}

QString whyUnreachable(const Error& why)
{
    switch (why.code) {
    case ErrorCode::NoReply:
    case ErrorCode::ReplyTimeout:
        return Findings::tr(
            "The connection stands and no answer comes: a stopped or swapping process, one "
            "busy with a long command or script, or an overloaded machine.");
    case ErrorCode::ConnectionRefused:
        return Findings::tr("Nothing listens there: the process is down, or listens elsewhere.");
    case ErrorCode::ConnectionLost:
        return Findings::tr(
            "The process may just have ended, or something between here and there cuts "
            "connections.");
    default:
        return errorRemedy(why);
    }
}

} // namespace

// --- nodes

FindingText primariesFailed(
    const QStringList& nodes, int slots, double percent, int saidBy, int views)
{
    return { primariesDown(nodes, slots, percent),
        saidByText(saidBy, views) + u' '
            + Findings::tr(
                "A replica takes over within a few seconds more than cluster-node-timeout, if "
                "there is one and most primaries are up to vote for it. If that does not happen, "
                "look why: no replica, one whose data is too old "
                "(cluster-replica-validity-factor), or no majority. Look at the process, its log "
                "and its machine.") };
}

FindingText replicasFailed(const QStringList& nodes, int saidBy, int views, bool allServed)
{
    return { allServed ? replicaDown(nodes)
                       : named(nodes, Findings::tr("The replica %1 is down."),
                           Findings::tr("The replicas %1 are down.")),
        saidByText(saidBy, views) + u' '
            + Findings::tr(
                "No slot is lost by it, but there are fewer replicas to fall back on, perhaps "
                "none. "
                "Look at the process, its log and its machine.") };
}

FindingText othersFailed(const QStringList& nodes, int saidBy, int views, bool allServed)
{
    return { allServed ? nodeDown(nodes)
                       : named(nodes, Findings::tr("The node %1 is down; it owns no slots."),
                           Findings::tr("The nodes %1 are down; they own no slots.")),
        saidByText(saidBy, views) + u' '
            + Findings::tr(
                "It owns no slots: perhaps a primary whose slots a replica has taken over: when "
                "it is started again "
                "it comes back as a replica. If it is gone for good, have every node forget it "
                "(CLUSTER FORGET).") };
}

FindingText nodesSuspected(
    const QStringList& nodes, int slots, double percent, int saidBy, int views)
{
    return { nodeSuspected(nodes, slots, percent),
        saidByText(saidBy, views) + u' '
            + Findings::tr(
                "Those nodes got no answer from it for cluster-node-timeout; it is down for the "
                "cluster only when most primaries say so. If it stays like this, look at the bus "
                "links between these nodes, or for a process that is stopped or very slow.") };
}

FindingText nodesUnreachable(
    const QStringList& nodes, int slots, double percent, const Error& why, int seenWell)
{
    const bool isOne = nodes.size() == 1;
    const QString who = isOne ? nodes.front() : nodesWord(nodes.size());
    const QString owning = slots == 0
        ? who
        : (isOne ? Findings::tr("%1, owner of %2,") : Findings::tr("%1, owners of %2,"))
              .arg(who, slotsAndPercent(slots, percent));
    const QString title = Findings::tr("%1 cannot be reached: %2 (%3).")
                              .arg(owning, errorReason(why), stageName(stageOf(why.code)));
    QString detail = whyUnreachable(why);
    if (seenWell == nodes.size()) {
        detail += u' '
            + (isOne ? Findings::tr(
                   "The other nodes still see it alive: the trouble may be the way from "
                   "here, or younger than cluster-node-timeout.")
                     : Findings::tr(
                         "The other nodes still see them alive: the trouble may be the way from "
                         "here, or younger than cluster-node-timeout."));
    } else if (seenWell == 0) {
        detail += u' '
            + (isOne ? Findings::tr("The other nodes do not reach it either.")
                     : Findings::tr("The other nodes do not reach them either."));
    } else {
        detail += u' ' + Findings::tr("The other nodes still see %1 of them alive.").arg(seenWell);
    }
    return { title, detail.trimmed() };
}

FindingText announcedPrivate(const QStringList& nodes, const QString& wayIn)
{
    return {
        named(nodes, Findings::tr("%1 announces a private address that does not answer from here."),
            Findings::tr("%1 announce private addresses that do not answer from here.")),
        Findings::tr(
            "The way in was %1, another network than the one they announce. Clients that come this "
            "way are sent to addresses that they cannot reach. Connect from inside their network, "
            "map the addresses (--map), or set cluster-announce-ip.")
            .arg(wayIn),
    };
}

FindingText announcedUnresolvable(const QStringList& nodes)
{
    return { named(nodes, Findings::tr("%1 announces a name that DNS does not know here."),
                 Findings::tr("%1 announce names that DNS does not know here.")),
        Findings::tr(
            "Clients that use the same DNS cannot follow it. Look at cluster-announce-hostname and "
            "at the zone that the name belongs to, or map it (--map).") };
}

// --- who knows them, and where they are

FindingText membersDiffer(const QStringList& facts)
{
    return { Findings::tr("Not every node knows the whole cluster."),
        cut(facts, u" "_s) % u' '
            % Findings::tr(
                "A node that was added is known to all within seconds. Else some were told to "
                "forget it (CLUSTER FORGET) and others were not: those that know it tell the "
                "others again after a minute. A client that asks one that does not know it gets a "
                "map without it. If it is gone for good, have every node forget it within that "
                "minute; if not, have one that knows it meet it again (CLUSTER MEET).") };
}

QString unknownFact(const QString& node, const QStringList& by, int views)
{
    return Findings::tr("%1 is not known to %2 (%3 of %4 views).")
        .arg(node, cut(by, u", "_s), QString::number(by.size()), QString::number(views));
}

FindingText nodesLoading(const QStringList& nodes, bool ownSlots)
{
    return { nodeLoading(nodes),
        ownSlots
            ? Findings::tr("Until it is done, commands on its keys are refused with LOADING. INFO "
                           "persistence tells how far it is (loading_eta_seconds).")
            : Findings::tr("Until it is done it can neither answer reads nor take over. INFO "
                           "persistence tells how far it is (loading_eta_seconds).") };
}

FindingText announcedWithoutName(const QStringList& nodes)
{
    return { named(nodes, Findings::tr("%1 is announced as \"?\"."),
                 Findings::tr("%1 are announced as \"?\".")),
        Findings::tr(
            "Most cluster clients cannot follow a MOVED to such a node. "
            "cluster-preferred-endpoint-type is hostname, and cluster-announce-hostname is not set "
            "there: set it on each node, or the type to ip.") };
}

FindingText announcedLoopback(const QStringList& nodes, const QString& wayIn)
{
    return { named(nodes, Findings::tr("%1 announces a loopback address."),
                 Findings::tr("%1 announce loopback addresses.")),
        Findings::tr(
            "The way in was %1. A client on another machine that follows such an address dials "
            "itself. Set cluster-announce-ip (or cluster-announce-hostname) on the node, or map it "
            "here (--map).")
            .arg(wayIn) };
}

FindingText nodesNoAddr(const QStringList& nodes)
{
    return { named(nodes, Findings::tr("The address of node %1 is not known."),
                 Findings::tr("The addresses of the nodes %1 are not known.")),
        Findings::tr(
            "Flagged noaddr: another node answers at the address that it had, mostly because it "
            "was "
            "built anew there. If it is gone for good, have every node forget it (CLUSTER "
            "FORGET).") };
}

FindingText nodesInHandshake(const QStringList& addresses)
{
    return { named(addresses, Findings::tr("%1 does not get past the handshake."),
                 Findings::tr("%1 do not get past the handshake.")),
        Findings::tr(
            "A node that joins is in handshake for a moment. One that stays so is not reached on "
            "its bus port (a firewall, or an announced address that is wrong inside the cluster), "
            "or does not know those who call it.") };
}

// --- replication

FindingText replicationBroken(const QStringList& nodes, const QStringList& facts)
{
    return { named(nodes, Findings::tr("%1 does not replicate (master_link_status:down)."),
                 Findings::tr("%1 do not replicate (master_link_status:down).")),
        told(facts) + u' '
            + Findings::tr(
                "Its data grows old: reads from it are stale, and after a while it may not take "
                "over. Look at its log, at the primary's, at masterauth, and at the client output "
                "buffer limit for replicas.") };
}

QString replicaDownFact(const QString& node, const QString& primary, bool primaryAnswered,
    bool isSyncing, qint64 seconds)
{
    if (isSyncing)
        return Findings::tr("%1 is at a full resynchronisation with %2.").arg(node, primary);
    QString text = seconds >= 0
        ? Findings::tr("%1 lost %2 %3 ago").arg(node, primary, durationText(seconds))
        : Findings::tr("%1 has no link to %2").arg(node, primary);
    text += primaryAnswered ? Findings::tr("; that one answers.")
                            : Findings::tr("; that one does not answer, which explains it.");
    return text;
}

FindingText replicationLag(const QStringList& nodes, const QStringList& facts)
{
    return { named(nodes, Findings::tr("%1 is behind its primary."),
                 Findings::tr("%1 are behind their primaries.")),
        told(facts) + u' '
            + Findings::tr(
                "Reads from it are old, and what it has not got is lost if it takes over. Look at "
                "the load of the replica, at the network between them, and at the rate of "
                "writes.") };
}

QString replicaLagFact(const QString& node, qint64 bytes, qint64 seconds)
{
    if (bytes >= 0 && seconds >= 0)
        return Findings::tr("%1: %2, last heard of %3 ago.")
            .arg(node, bytesText(static_cast<double>(bytes)), durationText(seconds));
    if (bytes >= 0)
        return Findings::tr("%1: %2.").arg(node, bytesText(static_cast<double>(bytes)));
    return Findings::tr("%1: last heard of %2 ago.").arg(node, durationText(seconds));
}

FindingText primariesWithoutReplica(const QStringList& nodes, bool othersHaveSome)
{
    const QString title = named(nodes, Findings::tr("%1 has no working replica."),
        Findings::tr("%1 have no working replica."));
    if (!othersHaveSome) {
        return { title,
            Findings::tr(
                "No shard has one. If a primary fails, its slots are not served until it is back, "
                "and what was written last may be lost.") };
    }
    return { title,
        Findings::tr(
            "Other shards have one. If this primary fails, nobody takes over: its slots are not "
            "served until it is back. Start or add a replica (CLUSTER REPLICATE), or allow "
            "migration of replicas (cluster-migration-barrier).") };
}

FindingText failedPrimariesWithoutReplica(const QStringList& nodes)
{
    return { named(nodes, Findings::tr("%1 is down and has no working replica."),
                 Findings::tr("%1 are down and have no working replica.")),
        Findings::tr(
            "Nobody can take over: the slots stay unserved until the primary or a replica of it is "
            "back.") };
}

FindingText replicasOnPrimaryHost(const QStringList& shards, bool isLoopback)
{
    return { named(shards, Findings::tr("%1: every replica is on its primary's host."),
                 Findings::tr("%1: every replica is on its primary's host.")),
        isLoopback ? Findings::tr("They are on the loopback address: usual for a test cluster.")
                   : Findings::tr(
                       "If that machine fails, the whole shard is gone and nobody takes over. Put "
                       "a replica on another host.") };
}

} // namespace slotscope::explain
