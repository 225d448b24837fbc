// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/health/healthreport.h"

#include "core/explain/topology.h"

#include <algorithm>

namespace slotscope::health {

std::optional<bool> HealthReport::agree() const
{
    if (!agreement.agree())
        return false;
    if (agreement.compared > 1 || (agreement.compared == 1 && topology.nodes().size() == 1))
        return true;
    return std::nullopt;
}

Severity HealthReport::worst() const
{
    return findings.isEmpty() ? Severity::Calm : findings.front().severity;
}

int HealthReport::reached() const
{
    return static_cast<int>(std::count_if(
        views.begin(), views.end(), [](const NodeView& view) { return view.reachable; }));
}

Headline headlineOf(const cluster::Topology& topology, const QList<Finding>& findings,
    const QDateTime& now, const QString& how)
{
    Headline headline = headlineOf(topology, now, how);
    const Severity worst = findings.isEmpty() ? Severity::Calm : findings.front().severity;
    if (worst > headline.severity && worst > Severity::Notice) {
        headline.severity = worst;
        headline.verdict = findings.front().title;
        // That the cluster is down is half of it; what that costs comes next.
        const auto impact
            = std::find_if(findings.begin(), findings.end(), [](const Finding& finding) {
                  return finding.severity == Severity::Error && !finding.ranges.isEmpty();
              });
        if (findings.front().ranges.isEmpty() && impact != findings.end())
            headline.verdict += u' ' + impact->title;
    } else if (worst == Severity::Warning && headline.severity == worst
        && findings.front().code == FindingCode::NodeUnreachable
        && headline.verdict
            == explain::notAnswered(topology.data().viewsAsked - topology.data().viewsAnswered)) {
        headline.verdict = findings.front().title; // the same, with what it costs
    }
    return headline;
}

Headline headlineOf(const HealthReport& report, const QDateTime& now)
{
    return headlineOf(report.topology, report.findings, now);
}

} // namespace slotscope::health
