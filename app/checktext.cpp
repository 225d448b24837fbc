// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/checktext.h"

#include "app/textoutput.h"
#include "core/explain/errors.h"
#include "core/explain/findings.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace slotscope::app {
namespace {

using cluster::Node;
using cluster::NodeId;
using cluster::Topology;
using health::Finding;
using health::HealthReport;
using health::NodeView;

constexpr qsizetype width = 80;
constexpr qsizetype mostNames = 8;
constexpr qsizetype mostClaims = 12;

/// Words to lines of at most 80 columns; every line but the first begins with `indent` blanks, and
/// the first with `begin`, which is as wide.
QString wrapped(const QString& begin, const QString& text, qsizetype indent)
{
    QString result;
    QString line = begin.leftJustified(indent);
    bool isEmpty = true;
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    for (const QString& word : words) {
        if (!isEmpty && line.size() + 1 + word.size() > width) {
            result += line + u'\n';
            line = QString(indent, u' ');
            isEmpty = true;
        }
        line += isEmpty ? word : u' ' + word;
        isEmpty = false;
    }
    return result + line + u'\n';
}

/// "S01/1 127.0.0.1:7003"
QString nameOf(const Topology& topology, const NodeId& id)
{
    const Node* node = topology.nodeById(id);
    if (node == nullptr)
        return visible(id.shortText());
    const QString label = topology.labelOf(*node);
    const QString address = node->address.isDialable() ? node->address.toString() : id.shortText();
    return visible(label == address ? label : label + u' ' + address);
}

template <typename Name>
QString listOf(const QList<NodeId>& ids, const Name& name)
{
    QStringList names;
    for (const NodeId& id : ids.first(std::min(mostNames, ids.size())))
        names.append(name(id));
    QString text = names.join(u", "_s);
    if (ids.size() > mostNames)
        text += u" and %1 more"_s.arg(ids.size() - mostNames);
    return text;
}

QString claimText(const Topology& topology, const health::Claim& claim)
{
    const auto label = [&topology](const NodeId& id) { return visible(topology.labelOf(id)); };
    return u"%1 -> %2 (so says: %3)"_s.arg(toText(claim.ranges),
        claim.owner.isNull() ? u"nobody"_s : label(claim.owner), listOf(claim.saidBy, label));
}

QString findingText(const HealthReport& report, const Finding& finding)
{
    const Topology& topology = report.topology;
    constexpr qsizetype indent = 9;
    QString text = wrapped(health::severityName(finding.severity),
        visible(finding.title) + u" ["_s + health::codeName(finding.code) + u']', indent);
    const QString blank(indent, u' ');
    text += wrapped(blank, visible(finding.detail), indent);
    if (!finding.nodes.isEmpty()) {
        text += wrapped(blank + u"nodes  "_s,
            listOf(finding.nodes, [&](const NodeId& id) { return nameOf(topology, id); }),
            indent + 7);
    }
    if (!finding.ranges.isEmpty())
        text += wrapped(blank + u"slots  "_s, toText(finding.ranges), indent + 7);
    for (const health::Claim& claim :
        finding.claims.first(std::min(mostClaims, finding.claims.size())))
        text += wrapped(blank + u"claim  "_s, claimText(topology, claim), indent + 7);
    if (finding.claims.size() > mostClaims) {
        text += blank
            + u"and %1 more claims: --format json has all\n"_s.arg(
                finding.claims.size() - mostClaims);
    }
    return text;
}

QString epochsOf(const NodeView& view)
{
    const auto number = [](const std::optional<quint64>& epoch) {
        return epoch ? QString::number(*epoch) : u"-"_s;
    };
    return number(view.myEpoch) + u'/' + number(view.currentEpoch);
}

QString nodeName(const Topology& topology, const NodeView& view)
{
    const Node* node = topology.nodeById(view.id);
    return visible(node ? topology.labelOf(*node) : view.address.toString());
}

QString viewTable(const HealthReport& report)
{
    QList<QStringList> rows { { u"node"_s, u"address"_s, u"role"_s, u"state"_s, u"epochs"_s,
        u"server"_s } };
    for (const NodeView& view : report.views) {
        const Node* node = report.topology.nodeById(view.id);
        const QString role = cluster::roleName(node ? node->role : view.replication.role);
        if (view.error) {
            rows.append({ nodeName(report.topology, view), visible(view.address.toString()), role,
                visible(explain::errorReason(*view.error)) });
            continue;
        }
        rows.append({ nodeName(report.topology, view), visible(view.address.toString()), role,
            cluster::stateName(view.state), epochsOf(view),
            view.server.isEmpty() ? u"-"_s : visible(view.server) });
    }
    return toTable(rows);
}

QString countText(const NodeView& view, const QByteArray& word)
{
    return view.errorCounts ? QString::number(view.errorCounts->of(word)) : u"-"_s;
}

QString uptimeText(const NodeView& view)
{
    if (!view.uptimeSeconds)
        return u"-"_s;
    const qint64 seconds = *view.uptimeSeconds;
    if (seconds < 600)
        return u"%1 s"_s.arg(seconds);
    if (seconds < 3 * 3600)
        return u"%1 min"_s.arg(seconds / 60);
    return seconds < 2 * 86400 ? u"%1 h"_s.arg(seconds / 3600) : u"%1 d"_s.arg(seconds / 86400);
}

/// Columns for the words that some node has, rows for the nodes that have some.
QString countTable(const HealthReport& report)
{
    QList<QByteArray> words;
    for (const QByteArray& word : cluster::ErrorCounts::clusterWords()) {
        if (std::any_of(report.views.begin(), report.views.end(), [&word](const NodeView& view) {
                return view.errorCounts && view.errorCounts->of(word) > 0;
            }))
            words.append(word);
    }
    if (words.isEmpty())
        return {};
    QStringList head { u"node"_s, u"up"_s };
    for (const QByteArray& word : std::as_const(words))
        head.append(QString::fromLatin1(word));
    QList<QStringList> rows { head };
    for (const NodeView& view : report.views) {
        if (!view.errorCounts || view.errorCounts->clusterErrors() == 0)
            continue;
        QStringList row { nodeName(report.topology, view), uptimeText(view) };
        for (const QByteArray& word : std::as_const(words))
            row.append(countText(view, word));
        rows.append(row);
    }
    return toTable(rows);
}

} // namespace

QString toText(const HealthReport& report, const QDateTime& now)
{
    const cluster::TopologyData& data = report.topology.data();
    const health::Headline headline = health::headlineOf(report, now);
    QString text = serverText(data) + wrapped({}, visible(headline.verdict), 0);
    if (!headline.evidence.isEmpty())
        text += wrapped({}, visible(headline.evidence), 0);
    if (data.kind != cluster::Kind::Cluster)
        return text;
    const bool isWell = report.worst() <= health::Severity::Notice;
    if (isWell && report.agree().value_or(false))
        text += explain::nothingFound(report.reached()) + u'\n';
    for (const Finding& finding : report.findings)
        text += u'\n' + findingText(report, finding);
    text += u'\n' + viewTable(report);
    if (const QString counts = countTable(report); !counts.isEmpty()) {
        text += u'\n'
            + wrapped({},
                u"Errors answered to all clients, this check among them, since each server "
                "started or its counters were reset:"_s,
                0)
            + counts;
    }
    return text;
}

} // namespace slotscope::app
