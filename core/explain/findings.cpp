// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/findings.h"

#include "core/explain/topology.h"
#include "core/explain/wording.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace slotscope::explain {
namespace {

// The translation context.
struct Findings
{
    Q_DECLARE_TR_FUNCTIONS(Findings)
};

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

FindingText slotsOpen(int slots, double percent, const QStringList& moves)
{
    return { (slots == 1 ? Findings::tr("%1 is open: on its way from one shard to another.")
                         : Findings::tr("%1 are open: on their way from one shard to another."))
                 .arg(slotsAndPercent(slots, percent)),
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
