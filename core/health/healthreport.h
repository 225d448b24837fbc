// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/health/findings.h"

#include <QMetaType>

namespace slotscope::health {

/// What a check of every node found out. An immutable value for those who show it.
struct HealthReport
{
    cluster::Topology topology; ///< merged from all views; its time is when the check ended
    QList<NodeView> views; ///< of every node that was asked, in the order of the shards
    Agreement agreement;
    QList<Finding> findings; ///< worst first

    /// Whether the nodes agree who owns what. Nullopt where there are not two views to compare and
    /// the cluster has more than one node.
    std::optional<bool> agree() const;
    Severity worst() const; ///< of the findings; Calm when there are none
    int reached() const; ///< nodes that answered, of views.size()
};

/// The topology's headline, unless a finding (worst first) is worse than what that one knows of.
Headline headlineOf(const cluster::Topology& topology, const QList<Finding>& findings,
    const QDateTime& now, const QString& how = {});
Headline headlineOf(const HealthReport& report, const QDateTime& now);

} // namespace slotscope::health

Q_DECLARE_METATYPE(slotscope::health::HealthReport)
