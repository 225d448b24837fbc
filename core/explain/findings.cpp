// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/findings.h"

#include "core/explain/errors.h"
#include "core/explain/topology.h"
#include "core/explain/wording.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace slotscope::explain {
namespace {

using support::Error;
using support::ErrorCode;

// The translation context.
struct Findings
{
    Q_DECLARE_TR_FUNCTIONS(Findings)
};

QString nodesWord(qsizetype count)
{
    return (count == 1 ? Findings::tr("%1 node") : Findings::tr("%1 nodes")).arg(count);
}

/// At most five sentences, then how many more there are.
QString told(const QStringList& sentences)
{
    constexpr qsizetype most = 5;
    QString text = QStringList(sentences.first(qMin(most, sentences.size()))).join(u' ');
    if (sentences.size() > most)
        text += u' ' + Findings::tr("And %1 more.").arg(sentences.size() - most);
    return text;
}

QString saidByText(int saidBy, int views)
{
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

} // namespace

// --- slots

FindingText clusterSaysFail(const QStringList& saying, int answered)
{
    const QString title = saying.size() == answered
        ? clusterStateFail()
        : Findings::tr("%1 of %2 nodes say that the cluster is down (cluster_state:fail): %3.")
              .arg(QString::number(saying.size()), QString::number(answered), listed(saying));
    return { title,
        Findings::tr(
            "A node in this state answers commands on keys with CLUSTERDOWN. The reason is a slot "
            "without a working owner (unless cluster-require-full-coverage is no), or that it does "
            "not reach most of the primaries. See the other findings; then look at the cluster bus "
            "between the nodes (mostly port + 10000).") };
}

FindingText slotsWithoutOwner(int slots, double percent, bool isEveryOne)
{
    if (isEveryOne) {
        return { emptyCluster(),
            Findings::tr(
                "Nodes were started, and no slot was given to any of them. Commands on keys are "
                "answered with CLUSTERDOWN until each slot has an owner: redis-cli --cluster "
                "create, or CLUSTER ADDSLOTS.") };
    }
    return { slotsUncovered(slots, percent),
        Findings::tr(
            "No node names an owner for them: commands on their keys are answered with "
            "CLUSTERDOWN; "
            "where full coverage is required, so are all others. They were never given to a node, "
            "or were taken from one (DELSLOTS, FORGET, RESET). Find out who had them, and whether "
            "the data is still there, before giving them to a node again (CLUSTER ADDSLOTS, "
            "redis-cli --cluster fix).") };
}

FindingText slotsClaimedTwice(int slots, double percent, const QStringList& claimants,
    const QString& winner, quint64 winnerEpoch)
{
    QString detail
        = Findings::tr("Each of them accepts writes for these slots, so their data may differ. As "
                       "soon as they hear of each other the higher config epoch wins, and what "
                       "the other one has written is lost.");
    detail += u' '
        + (winner.isEmpty() ? Findings::tr("Their epochs are equal: nothing decides yet.")
                            : Findings::tr("That would be %1 (epoch %2).")
                                  .arg(winner, QString::number(winnerEpoch)));
    detail += u' '
        + Findings::tr(
            "Look whether they reach each other over the cluster bus, and stop writing to these "
            "slots until one of them has let go.");
    return { Findings::tr("%1: %2 claimed by each.")
                 .arg(listed(claimants),
                     slots == 1 ? Findings::tr("%1 is").arg(slotsAndPercent(slots, percent))
                                : Findings::tr("%1 are").arg(slotsAndPercent(slots, percent))),
        detail };
}

FindingText viewsDisagree(int slots, double percent, const QStringList& minority, int disowned)
{
    QString detail;
    if (disowned > 0) {
        const QString which = disowned == slots
            ? (slots == 1 ? Findings::tr("It is not served:")
                          : Findings::tr("None of them is served:"))
            : (disowned == 1 ? Findings::tr("1 of them is not served:")
                             : Findings::tr("%1 of them are not served:").arg(disowned));
        detail = which + u' '
            + Findings::tr(
                "who is named as the owner does not claim it, and answers CLUSTERDOWN Hash slot "
                "not served.")
            + u' ';
    }
    if (!minority.isEmpty()) {
        detail += named(minority, Findings::tr("%1 says otherwise than most."),
                      Findings::tr("%1 say otherwise than most."))
            + u' ';
    }
    detail += Findings::tr(
        "Where a client is sent depends on the node that it asks: expect MOVED after "
        "MOVED. Nodes tell each other of changes within a second or two. If they go on "
        "disagreeing, look at the links between them (disconnected in CLUSTER NODES, "
        "CLUSTER LINKS), then set the owner where it is wrong (CLUSTER SETSLOT n NODE "
        "id).");
    return {
        Findings::tr("The nodes do not agree who owns %1.").arg(slotsAndPercent(slots, percent)),
        detail
    };
}

FindingText viewsAlone(const QStringList& nodes)
{
    return { named(nodes, Findings::tr("%1 knows no other node than itself."),
                 Findings::tr("%1 know no other node than themselves.")),
        Findings::tr(
            "Others count it as one of the cluster, it does not: a client that asks there finds no "
            "slots. It was reset, or lost its nodes.conf, or was replaced under the same address. "
            "Make it join again (CLUSTER MEET), or have the others forget it (CLUSTER FORGET).") };
}

FindingText slotsOpen(int slots, const QStringList& moves)
{
    return { slots == 1
            ? Findings::tr("1 slot is open: on its way from one shard to another.")
            : Findings::tr("%1 slots are open: on their way from one shard to another.").arg(slots),
        told(moves) + u' '
            + Findings::tr(
                "Meanwhile keys that have left are answered with ASK, and commands on several "
                "keys with TRYAGAIN. That is normal while a reshard is running. If none is, one "
                "was interrupted: finish it or close the slot (redis-cli --cluster fix, CLUSTER "
                "SETSLOT n STABLE).") };
}

QString openMove(const QString& slotRanges, const QString& from, const QString& to)
{
    return Findings::tr("%1 from %2 to %3.").arg(slotRanges, from, to);
}

QString openGivenOnly(
    const QString& slotRanges, const QString& from, const QString& to, bool toAnswered)
{
    return (toAnswered ? Findings::tr("%1: %2 gives to %3, which does not take.")
                       : Findings::tr("%1: %2 gives to %3, which was not heard."))
        .arg(slotRanges, from, to);
}

QString openTakenOnly(
    const QString& slotRanges, const QString& to, const QString& from, bool fromAnswered)
{
    return (fromAnswered ? Findings::tr("%1: %2 takes from %3, which does not give.")
                         : Findings::tr("%1: %2 takes from %3, which was not heard."))
        .arg(slotRanges, to, from);
}

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

FindingText nodesSuspected(const QStringList& nodes, int saidBy, int views)
{
    return { nodeSuspected(nodes),
        saidByText(saidBy, views) + u' '
            + Findings::tr(
                "Those nodes got no answer from it for cluster-node-timeout; it is down for the "
                "cluster only when most primaries say so. If it stays like this, look at the bus "
                "links between these nodes, or for a process that is stopped or very slow.") };
}

namespace {

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

// --- layout

FindingText epochCollision(const QStringList& nodes, quint64 epoch)
{
    return { Findings::tr("%1 share config epoch %2.").arg(listed(nodes), QString::number(epoch)),
        Findings::tr(
            "When two primaries claim the same slot the higher epoch decides; with equal ones "
            "nothing does. Nodes that reach each other resolve this by themselves within seconds. "
            "If it stays, they do not reach each other: look at the cluster bus.") };
}

FindingText slotsImbalanced(const QStringList& facts, double equalShare)
{
    return { facts.size() == 1
            ? Findings::tr("1 primary is more than 10 % away from an equal share of slots.")
            : Findings::tr("%1 primaries are more than 10 % away from an equal share of slots.")
                  .arg(facts.size()),
        Findings::tr("An equal share is %1.").arg(slotsWord(qRound(equalShare))) + u' '
            + told(facts) + u' '
            + Findings::tr(
                "It matters if keys and load are spread evenly over the slots: the bigger ones "
                "carry more. redis-cli --cluster rebalance evens it out.") };
}

QString imbalanceFact(const QString& node, int slots, double percentOff)
{
    const QString off = QString::number(qAbs(percentOff), 'f', 1);
    return (
        percentOff > 0 ? Findings::tr("%1: %2, %3 % more.") : Findings::tr("%1: %2, %3 % fewer."))
        .arg(node, slotsWord(slots), off);
}

FindingText mixedVersions(const QStringList& versions)
{
    return { Findings::tr("%1 server versions are in use.").arg(versions.size()),
        told(versions) + u' '
            + Findings::tr(
                "Normal during an upgrade, and not for longer: commands may work on some nodes "
                "only, and an older replica may not understand the data of a newer primary.") };
}

QString versionFact(const QString& version, int nodes, const QStringList& names)
{
    return Findings::tr("%1 on %2 (%3).").arg(version, nodesWord(nodes), listed(names));
}

// --- what could not be checked

FindingText checksIncomplete(const QStringList& commands, const QStringList& facts)
{
    return { commands.size() == 1
            ? Findings::tr("Not everything could be checked: %1 is not available here.")
                  .arg(commands.front())
            : Findings::tr("Not everything could be checked: %1 are not available here.")
                  .arg(listed(commands)),
        told(facts) };
}

QString missingFact(const QString& command, const QStringList& nodes, const QString& serverLine)
{
    QString lost;
    if (command == "INFO"_L1)
        lost = Findings::tr("versions, lag and error counts are not known there");
    else if (command == "CLUSTER INFO"_L1)
        lost = Findings::tr("their own state and epochs are not known");
    else if (command == "ROLE"_L1)
        lost = Findings::tr("their replication is not known");
    else if (command == "CLUSTER NODES"_L1)
        lost = Findings::tr("who they think is there is not known");
    else
        lost = Findings::tr("whom they name as owners is not known");
    return Findings::tr("%1 on %2 (%3): %4; %5.")
        .arg(command, nodesWord(nodes.size()), listed(nodes), serverLine, lost);
}

QString nothingFound(int nodes)
{
    return nodes == 1
        ? Findings::tr("Nothing was found that needs attention.")
        : Findings::tr("%1 nodes were asked and agree; nothing was found that needs attention.")
              .arg(nodes);
}

} // namespace slotscope::explain
