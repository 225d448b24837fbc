// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/topologyhead.h"
#include "core/explain/topology.h"
#include "core/session/viewkeeper.h"

#include <algorithm>

namespace slotscope::session {

using cluster::NodeId;
using cluster::ViewInput;

namespace {

constexpr int mostWarnings = 8;

} // namespace

void ViewKeeper::countViews(cluster::TopologyData* data) const
{
    data->viewsAnswered = static_cast<int>(m_kept.size()) - (m_silent.contains(m_newest) ? 1 : 0);
    data->viewsAsked = data->viewsAnswered + static_cast<int>(m_silent.size());
    data->warnings = m_warnings;
    const bool isStillSo = std::all_of(m_unreached.begin(), m_unreached.end(),
        [this](const NodeId& id) { return m_silent.contains(id); });
    if (!m_unreachable.isEmpty() && isStillSo)
        data->warnings.append(m_unreachable);
    QStringList troubles;
    for (const Silence& silence : m_silent) {
        if (!silence.why.isEmpty())
            troubles.append(silence.why);
    }
    troubles.sort();
    data->warnings += troubles.first(std::min<qsizetype>(troubles.size(), mostWarnings));
    if (troubles.size() > mostWarnings)
        data->warnings.append(
            explain::moreViewsMissing(static_cast<int>(troubles.size()) - mostWarnings));
}

cluster::Topology ViewKeeper::merge(const cluster::TopologyData& known, const ClusterInfo& info,
    const cluster::Topology& previous) const
{
    cluster::TopologyData head = cluster::headOf(known);
    head.capturedAt = QDateTime::currentDateTimeUtc();
    head.state = info.state;
    head.currentEpoch = info.currentEpoch;
    head.answeredBy = m_newest;
    countViews(&head);

    ViewInput newest = m_kept.value(m_newest).view;
    // Only of nodes that are still there: SLOTS must not bring back what was forgotten.
    const QSet<NodeId> present = members();
    for (cluster::SlotsEntry entry : m_slots) {
        entry.nodes.removeIf([&](const cluster::SlotsNode& node) {
            return !node.id.isNull() && !present.contains(node.id);
        });
        if (!entry.nodes.isEmpty())
            newest.slotsView.append(entry);
    }
    QList<ViewInput> views { newest };
    for (auto kept = m_kept.constBegin(); kept != m_kept.constEnd(); ++kept) {
        if (kept.key() != m_newest)
            views.append(kept->view);
    }
    return cluster::mergeViews(views, head, &previous);
}

ToldViews ViewKeeper::told() const
{
    ToldViews told;
    told.views.reserve(m_kept.size());
    for (auto kept = m_kept.constBegin(); kept != m_kept.constEnd(); ++kept)
        told.views.append({ kept.key(), kept->at, kept->view, kept->ill });
    told.silent = m_silent;
    return told;
}

} // namespace slotscope::session
