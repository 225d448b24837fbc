// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/watchtext.h"

#include "app/textoutput.h"
#include "core/cluster/topology.h"
#include "core/explain/errors.h"
#include "core/explain/wording.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace slotscope::app {
namespace {

using cluster::ErrorCounts;
using health::WatchedNode;

QString nameOf(const WatchedNode& node, const cluster::Topology& topology)
{
    const cluster::Node* known = topology.nodeById(node.id);
    return visible(known ? topology.labelOf(*known) : node.address.toString());
}

QString seconds(std::chrono::microseconds time)
{
    return u"%1 s"_s.arg(std::chrono::duration<double>(time).count(), 0, 'f', 1);
}

/// Why the numbers of a node are less than the whole; empty when they are all there is.
QString noteOf(const WatchedNode& node)
{
    if (node.error)
        return u"not known: "_s + visible(explain::errorReason(*node.error));
    if (!node.growth)
        return u"not known: this server does not count errors"_s;
    if (!node.growth->wasReset)
        return {};
    const qint64 watched = std::chrono::duration_cast<std::chrono::seconds>(node.interval).count();
    if (node.uptimeSeconds && *node.uptimeSeconds <= watched)
        return u"at least: started again %1 s ago"_s.arg(*node.uptimeSeconds);
    return u"at least: the counters began anew meanwhile"_s;
}

QList<QByteArray> wordsOf(const QList<WatchedNode>& nodes)
{
    QList<QByteArray> words;
    for (const QByteArray& word : ErrorCounts::clusterWords()) {
        if (std::any_of(nodes.begin(), nodes.end(), [&word](const WatchedNode& node) {
                return node.growth && node.growth->toAllClients.of(word) > 0;
            }))
            words.append(word);
    }
    return words;
}

} // namespace

QString toText(const QList<WatchedNode>& nodes, const cluster::Topology& topology)
{
    std::chrono::microseconds longest { 0 };
    quint64 ours = 0;
    for (const WatchedNode& node : nodes) {
        longest = std::max(longest, node.interval);
        ours += node.growth ? node.growth->seenBySlotscope.clusterErrors() : 0;
    }
    const QList<QByteArray> words = wordsOf(nodes);
    QStringList head { u"node"_s };
    for (const QByteArray& word : words)
        head += { QString::fromLatin1(word), u"/s"_s };
    QList<QStringList> rows { head };
    for (const WatchedNode& node : nodes) {
        const QString note = noteOf(node);
        if (note.isEmpty() && node.growth->toAllClients.clusterErrors() == 0)
            continue;
        QStringList row { nameOf(node, topology) };
        for (const QByteArray& word : words) {
            const auto rate = node.perSecond(word);
            row.append(node.growth ? QString::number(node.growth->toAllClients.of(word)) : u"-"_s);
            row.append(rate ? QString::number(*rate, 'f', 1) : u"-"_s);
        }
        rows.append(row << note);
    }
    QString text = u"Redirects answered to all clients in %1, by %2:\n"_s.arg(
        seconds(longest), explain::counted(nodes.size(), u"%1 node"_s, u"%1 nodes"_s));
    text += rows.size() > 1 ? toTable(rows) : u"none\n"_s;
    return text + u"Seen by Slotscope meanwhile, and not counted here: %1\n"_s.arg(ours);
}

} // namespace slotscope::app
