// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/toldviews.h"

#include "core/cluster/topologyhead.h"

#include <algorithm>

namespace slotscope::session {

using namespace Qt::StringLiterals;
using cluster::Health;
using cluster::Node;
using cluster::Topology;
using cluster::TopologyData;

namespace {

/// As it was printed: what newer views have shown since is not this one's opinion.
Node withToldHealth(Node node)
{
    if (node.flags.contains(u"fail"_s))
        node.health = Health::Fail;
    else if (node.flags.contains(u"fail?"_s))
        node.health = Health::PFail;
    else
        node.health = Health::Ok;
    return node;
}

} // namespace

const ToldView* ToldViews::by(const cluster::NodeId& node) const
{
    const auto found = std::find_if(
        views.begin(), views.end(), [&node](const ToldView& told) { return told.by == node; });
    return node.isNull() || found == views.end() ? nullptr : &*found;
}

Topology asSeenBy(const ToldViews& views, const cluster::NodeId& node, const Topology& merged)
{
    const ToldView* told = views.by(node);
    if (told == nullptr)
        return {};
    cluster::ViewInput view = told->view;
    view.outdated.clear();
    for (cluster::NodeLine& line : view.nodes.nodes) {
        if (line->health == Health::Unknown)
            line = withToldHealth(line);
    }

    TopologyData head = cluster::headOf(merged.data());
    head.capturedAt = told->at;
    head.answeredBy = node;
    head.viewsAsked = 1;
    head.viewsAnswered = 1;
    TopologyData data = cluster::mergeViews({ view }, head, &merged).data();
    for (Node& line : data.nodes) {
        if (const Node* same = merged.nodeById(line.id); same != nullptr)
            line.address = same->address;
    }
    return Topology::build(std::move(data), &merged);
}

} // namespace slotscope::session
