// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/nodetables.h"

#include "core/capture/rawtext.h"
#include "core/cluster/nodemetrics.h"
#include "core/cluster/slottext.h"
#include "core/cluster/viewparsers.h"
#include "core/explain/clocks.h"
#include "core/explain/errors.h"
#include "core/explain/wording.h"
#include "ui/report/witnesses.h"
#include "ui/theme/nodetext.h"
#include "ui/theme/plaintext.h"

#include <QCoreApplication>

#include <algorithm>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

// The translation context.
struct ReportTexts
{
    Q_DECLARE_TR_FUNCTIONS(ReportTexts)
};

/// Primaries before their replicas, and those in no shard at the end.
QList<cluster::Node> nodesByShard(const cluster::Topology& topology)
{
    QHash<cluster::NodeId, qsizetype> places;
    for (const cluster::Shard& shard : topology.shards()) {
        places.insert(shard.primaryId, places.size());
        for (const cluster::NodeId& id : shard.replicaIds)
            places.insert(id, places.size());
    }
    QList<cluster::Node> nodes = topology.nodes();
    const qsizetype end = places.size();
    std::stable_sort(
        nodes.begin(), nodes.end(), [&places, end](const cluster::Node& a, const cluster::Node& b) {
            return places.value(a.id, end) < places.value(b.id, end);
        });
    return nodes;
}

void dropEmptyColumns(Table* table)
{
    for (qsizetype column = table->head.size() - 1; column >= 0; --column) {
        const bool isEmpty = std::all_of(table->rows.begin(), table->rows.end(),
            [column](const QStringList& row) { return row.at(column).isEmpty(); });
        if (!isEmpty)
            continue;
        table->head.removeAt(column);
        for (QStringList& row : table->rows)
            row.removeAt(column);
    }
}

QString answerText(bool isSilent, const capture::NodeAnswers* answer)
{
    if (!answer)
        return isSilent ? ReportTexts::tr("none") : QString();
    if (!answer->isReachable) {
        return answer->error ? visibleText(explain::errorReason(*answer->error))
                             : ReportTexts::tr("none");
    }
    return answer->isLate ? ReportTexts::tr("late: not in the map") : ReportTexts::tr("yes");
}

/// The server's clock against this computer's, in the middle of the round trip.
QString clockText(const capture::NodeAnswers& node)
{
    if (!node.serverTime.isValid() || !node.answeredAt.isValid())
        return {};
    constexpr qint64 second = 1000;
    const qint64 way = node.roundTripMicros.value_or(0) / 2 / 1000;
    const qint64 millis = node.answeredAt.msecsTo(node.serverTime) + way;
    if (millis == 0)
        return ReportTexts::tr("0 ms");
    const QString span = std::abs(millis) < second ? ReportTexts::tr("%1 ms").arg(std::abs(millis))
                                                   : explain::timeSpan(millis * 1000);
    return millis > 0 ? ReportTexts::tr("%1 ahead").arg(span)
                      : ReportTexts::tr("%1 behind").arg(span);
}

QString roundTripText(const capture::NodeAnswers& node)
{
    return node.roundTripMicros ? ReportTexts::tr("%1 ms").arg(
               QString::number(static_cast<double>(*node.roundTripMicros) / 1000, 'f', 2))
                                : QString();
}

QString numberText(const auto& number)
{
    return number ? QString::number(*number) : QString();
}

const capture::RawReply* replyTo(const capture::NodeAnswers& node, QLatin1StringView command)
{
    const auto found = std::find_if(
        node.replies.cbegin(), node.replies.cend(), [command](const capture::RawReply& reply) {
            return !reply.error && reply.command.startsWith(command);
        });
    return found == node.replies.cend() ? nullptr : &*found;
}

/// What the node's names gave, the one that is dialled first.
QString namesText(
    const QHash<QString, const capture::ResolvedName*>& known, const QStringList& names)
{
    QStringList texts;
    for (const QString& name : names) {
        const capture::ResolvedName* found = known.value(name);
        if (!found)
            continue;
        const QString gave
            = found->addresses.isEmpty() ? found->why : found->addresses.join(u", "_s);
        const QString text
            = name == names.first() ? gave : ReportTexts::tr("%1: %2").arg(name, gave);
        texts.append(visibleText(text));
    }
    return texts.join(u"; "_s);
}

QString memoryText(const cluster::NodeMetrics& metrics)
{
    if (!metrics.usedMemory)
        return {};
    const QString used = explain::bytesText(static_cast<double>(*metrics.usedMemory));
    return metrics.maxMemory.value_or(0) > 0
        ? ReportTexts::tr("%1 of %2")
              .arg(used, explain::bytesText(static_cast<double>(*metrics.maxMemory)))
        : used;
}

QString slowLogText(const capture::NodeAnswers& node)
{
    const capture::RawReply* reply = replyTo(node, "SLOWLOG GET"_L1);
    if (!reply)
        return {};
    const int entries = capture::slowLogEntries(reply->text);
    // No more were asked for.
    return entries < capture::slowLogAsked ? QString::number(entries)
                                           : ReportTexts::tr("%1 or more").arg(entries);
}

} // namespace

Table nodesTable(const capture::Capture& capture, const Witnesses& witnesses)
{
    Table table;
    table.head = { ReportTexts::tr("Node"), ReportTexts::tr("Address"), ReportTexts::tr("Role"),
        ReportTexts::tr("Health"), ReportTexts::tr("Slots"), ReportTexts::tr("Epoch"),
        ReportTexts::tr("Server"), ReportTexts::tr("Replication"), ReportTexts::tr("Answer"),
        ReportTexts::tr("Id") };
    QHash<cluster::NodeId, const capture::NodeAnswers*> answers;
    for (const capture::NodeAnswers& node : capture.nodes)
        answers.insert(node.id, &node);
    for (const cluster::Node& node : nodesByShard(capture.topology)) {
        const capture::NodeAnswers* answer
            = node.id.isNull() ? nullptr : answers.value(node.id, nullptr);
        QString slotText = cluster::rangesText(node.ranges, 6);
        if (!node.ranges.isEmpty())
            slotText = u"%1: %2"_s.arg(cluster::slotCount(node.ranges)).arg(slotText);
        table.rows.append(
            { visibleText(capture.topology.labelOf(node)), visibleText(node.address.toString()),
                roleWord(node.role), healthWord(node.health), slotText,
                numberText(node.configEpoch), answer ? visibleText(answer->server) : QString(),
                witnesses.lagOf(node), answerText(witnesses.silent().contains(node.id), answer),
                visibleText(node.id.toString()) });
    }
    dropEmptyColumns(&table);
    return table;
}

Table nodeFactsTable(const capture::Capture& capture)
{
    Table table;
    table.head = { ReportTexts::tr("Node"), ReportTexts::tr("Announced"),
        ReportTexts::tr("Its name gave"), ReportTexts::tr("Dialled"), ReportTexts::tr("Role"),
        ReportTexts::tr("Own epoch"), ReportTexts::tr("Current epoch"),
        ReportTexts::tr("Its clock"), ReportTexts::tr("Memory"), ReportTexts::tr("Ops/s"),
        ReportTexts::tr("Clients"), ReportTexts::tr("Round trip"), ReportTexts::tr("Slow log") };
    QHash<QString, const capture::ResolvedName*> resolved;
    for (const capture::ResolvedName& name : capture.names)
        resolved.insert(name.name, &name);
    for (const capture::NodeAnswers& node : capture.nodes) {
        const cluster::Node* known = capture.topology.nodeById(node.id);
        const QString announced = visibleText(node.address.toString());
        const capture::RawReply* info = replyTo(node, "INFO"_L1);
        const auto metrics = info ? cluster::NodeMetrics::fromInfo(cluster::parseInfo(info->text))
                                  : cluster::NodeMetrics();
        QStringList names { node.address.host };
        if (known && !known->hostname.isEmpty() && known->hostname != node.address.host)
            names.append(known->hostname);
        const cluster::Role role = node.replication.role;
        table.rows.append({ known ? visibleText(capture.topology.labelOf(*known)) : announced,
            announced, namesText(resolved, names), visibleText(node.dialled),
            role == cluster::Role::Unknown ? QString() : roleWord(role), numberText(node.myEpoch),
            numberText(node.currentEpoch), clockText(node), memoryText(metrics),
            numberText(metrics.opsPerSecond), numberText(metrics.clients), roundTripText(node),
            slowLogText(node) });
    }
    dropEmptyColumns(&table);
    return table;
}

} // namespace slotscope::ui
