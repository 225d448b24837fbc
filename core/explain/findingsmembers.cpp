// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/findings.h"
#include "core/explain/topology.h"
#include "core/explain/wording.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace slotscope::explain {
namespace {

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

} // namespace

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
        .arg(node, cut(by, u", "_s))
        .arg(by.size())
        .arg(views);
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

FindingText announcedLoopback(const QStringList& nodes, const QString& wayIn)
{
    return { named(nodes, Findings::tr("%1 announces a loopback address."),
                 Findings::tr("%1 announce loopback addresses.")),
        Findings::tr(
            "The way in was %1. A client on another machine that follows such an address dials "
            "itself. Set cluster-announce-ip (or cluster-announce-hostname) on the node, or --map "
            "here.")
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

} // namespace slotscope::explain
