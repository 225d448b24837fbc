// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/health/findingrules.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace slotscope::health {
namespace {

using cluster::Node;
using cluster::NodeId;

/// Whom one node knows: by id, and by address those that it is only about to know.
struct Acquaintances
{
    NodeId who;
    QSet<NodeId> ids;
    QSet<net::Endpoint> joining;

    bool knows(const Node& node) const
    {
        return ids.contains(node.id) || joining.contains({ node.ip, node.port });
    }
};

/// Of those that told CLUSTER NODES. Who knows only itself is another finding.
QList<Acquaintances> acquaintancesOf(const QList<NodeView>& views)
{
    QList<Acquaintances> all;
    for (const NodeView& view : views) {
        if (view.id.isNull() || view.view.nodes.nodes.size() < 2)
            continue;
        Acquaintances known;
        known.who = view.id;
        for (const Node& line : view.view.nodes.nodes) {
            known.ids.insert(line.id);
            if (line.flags.contains(u"handshake"_s))
                known.joining.insert({ line.ip, line.port });
        }
        all.append(known);
    }
    return all;
}

} // namespace

QList<Finding> memberFindings(const Evidence& evidence)
{
    if (!evidence.viewsAreWhole)
        return {};
    const QList<Acquaintances> all = acquaintancesOf(evidence.views);
    QStringList facts;
    QList<NodeId> nodes;
    for (const Node& node : evidence.topology.nodes()) {
        const bool isCertain = !node.id.isNull() && node.health != cluster::Health::NoAddr
            && node.health != cluster::Health::Handshake && !node.flags.contains(u"noaddr"_s);
        QList<NodeId> strangers;
        for (const Acquaintances& known : all) {
            if (isCertain && !known.knows(node))
                strangers.append(known.who);
        }
        if (strangers.isEmpty())
            continue;
        nodes.append(node.id);
        facts.append(explain::unknownFact(evidence.topology.labelOf(node.id),
            labelsOf(evidence.topology, strangers), static_cast<int>(all.size())));
    }
    if (nodes.isEmpty())
        return {};
    return { makeFinding(
        Severity::Warning, FindingCode::MembersDiffer, explain::membersDiffer(facts), nodes) };
}

} // namespace slotscope::health
