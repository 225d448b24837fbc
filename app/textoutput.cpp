// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/textoutput.h"

#include "app/exitcode.h"
#include "core/cluster/slottext.h"
#include "core/explain/errors.h"
#include "core/health/headline.h"
#include "core/support/bytes.h"
#include "core/support/json.h"
#include "core/support/texttable.h"

#include <QDateTime>
#include <QList>

#include <cerrno>
#include <cstdio>

namespace slotscope::app {

using namespace Qt::StringLiterals;
using cluster::Node;
using cluster::NodeId;
using cluster::SlotRanges;
using cluster::Topology;

namespace {

QString nodeText(const Topology& topology, const NodeId& id)
{
    const Node* node = topology.nodeById(id);
    if (node == nullptr)
        return id.isNull() ? u"?"_s : id.shortText();
    QString text = visible(node->address.isDialable() ? node->address.toString() : id.shortText());
    if (node->health != cluster::Health::Ok)
        text += u" ("_s + cluster::healthName(node->health) + u')';
    return text;
}

QString shardTable(const Topology& topology)
{
    QList<QStringList> rows { { u"shard"_s, u"primary"_s, u"slots"_s, u"count"_s, u"replicas"_s } };
    for (const cluster::Shard& shard : topology.shards()) {
        QStringList replicas;
        for (const NodeId& id : shard.replicaIds)
            replicas.append(nodeText(topology, id));
        rows.append({ visible(shard.label), nodeText(topology, shard.primaryId),
            toText(shard.ranges), QString::number(shard.slotCount),
            replicas.isEmpty() ? u"-"_s : replicas.join(u' ') });
    }
    return toTable(rows);
}

/// Just joined, without slots and replicas, or in handshake. Empty: there are none.
QString looseNodes(const Topology& topology)
{
    constexpr qsizetype most = 20;
    QStringList loose;
    for (const Node& node : topology.nodes()) {
        if (node.id.isNull() || !node.ranges.isEmpty() || topology.shardIndexOf(node.id) >= 0)
            continue;
        const QString word = node.health == cluster::Health::Ok ? cluster::roleName(node.role)
                                                                : cluster::healthName(node.health);
        loose.append(visible(topology.labelOf(node)) + u" ("_s + word + u')');
    }
    if (loose.isEmpty())
        return {};
    const qsizetype more = loose.size() - most;
    return u"in no shard: "_s + loose.mid(0, most).join(u", "_s)
        + (more > 0 ? u" and %1 more"_s.arg(more) : QString()) + u'\n';
}

QString nodeTable(const Topology& topology)
{
    QList<QStringList> rows { { u"node"_s, u"role"_s } };
    for (const Node& node : topology.nodes())
        rows.append({ visible(node.address.toString()), cluster::roleName(node.role) });
    return toTable(rows);
}

} // namespace

ExitCode exitCodeOf(const support::Error& error)
{
    return error.code == support::ErrorCode::Cancelled ? NegativeAnswer : NoConnection;
}

ExitCode exitCodeOf(command::TraceOutcome outcome)
{
    switch (outcome) {
    case command::TraceOutcome::Reply:
        return Done;
    case command::TraceOutcome::ConnectFailed:
        return NoConnection;
    case command::TraceOutcome::OutcomeUnknown:
        return OutcomeUnknown;
    case command::TraceOutcome::Running:
    case command::TraceOutcome::Error:
    case command::TraceOutcome::RedirectNotFollowed:
    case command::TraceOutcome::TooManyRedirects:
    case command::TraceOutcome::GaveUp:
    case command::TraceOutcome::CrossSlot:
    case command::TraceOutcome::SlotUnowned:
    case command::TraceOutcome::NotSent:
    case command::TraceOutcome::Cancelled:
        break;
    }
    return NegativeAnswer;
}

ExitCode exitCodeOf(command::FanOutOutcome outcome)
{
    switch (outcome) {
    case command::FanOutOutcome::Done:
        return Done;
    case command::FanOutOutcome::Unreachable:
        return NoConnection;
    case command::FanOutOutcome::OutcomeUnknown:
        return OutcomeUnknown;
    case command::FanOutOutcome::Running:
    case command::FanOutOutcome::Partial:
    case command::FanOutOutcome::Failed:
    case command::FanOutOutcome::NotSent:
    case command::FanOutOutcome::Cancelled:
        break;
    }
    return NegativeAnswer;
}

void print(const QString& text)
{
    if (std::ferror(stdout) != 0)
        return; // and it was said
    const QByteArray bytes = text.toUtf8();
    const auto size = static_cast<size_t>(bytes.size());
    if (std::fwrite(bytes.constData(), 1, size, stdout) == size && std::fflush(stdout) == 0)
        return;
    if (errno == EPIPE) {
        std::clearerr(stdout); // who reads it has seen enough
        return;
    }
    complain(u"slotscope: the result could not be written: "_s + qt_error_string(errno));
}

void complain(const QString& text)
{
    const QByteArray bytes = text.toUtf8() + '\n';
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stderr);
}

void complainOfInsecureTls(const net::ConnectionOptions& options)
{
    if (options.tls.enabled && options.tls.insecure)
        complain(u"TLS, NOT VERIFIED: verification is turned off"_s);
}

QByteArray toDocument(const QJsonObject& object)
{
    return support::toDocument(object, QStringLiteral(SLOTSCOPE_VERSION));
}

QJsonObject errorToJson(const support::Error& error)
{
    return errorToJson(error, explain::errorSentence(error));
}

QJsonObject errorToJson(const support::Error& error, const QString& sentence)
{
    const QJsonObject object {
        { u"stage"_s, support::stageName(support::stageOf(error.code)) },
        { u"message"_s, sentence },
        { u"address"_s, error.address.isEmpty() ? QJsonValue() : QJsonValue(error.address) },
    };
    return { { u"error"_s, object } };
}

ExitCode reportError(const support::Error& error, bool json)
{
    if (json)
        print(QString::fromUtf8(toDocument(errorToJson(error))));
    complain(toText(error));
    return exitCodeOf(error);
}

QString toText(const support::Error& error)
{
    QString text = explain::errorSentence(error);
    const QString remedy = explain::errorRemedy(error);
    if (!remedy.isEmpty())
        text += u'\n' + remedy;
    return text;
}

QString visible(const QString& text)
{
    return support::toVisibleText(text);
}

QString toText(const SlotRanges& ranges)
{
    return ranges.isEmpty() ? u"-"_s : cluster::rangesText(ranges, 8, u","_s);
}

QString guessText(const doctor::GuessCheck& check)
{
    QString text;
    for (const doctor::GuessFinding& finding : check) {
        const bool isWrong = finding.outcome == doctor::GuessFinding::Outcome::Otherwise;
        text += (isWrong ? u"  OTHERWISE  "_s : u"  "_s) + visible(finding.sentence) + u'\n';
    }
    return text;
}

QString serverText(const cluster::TopologyData& data)
{
    QString text = visible(data.seedTyped);
    if (!data.seedDialled.isEmpty() && data.seedDialled != data.seedTyped)
        text += u" ("_s + visible(data.seedDialled) + u')';
    if (!data.seedVia.isEmpty())
        text += u" through "_s + visible(data.seedVia);
    text += u": "_s + cluster::kindName(data.kind);
    if (data.product != cluster::Product::Unknown)
        text += u", "_s + cluster::productName(data.product);
    if (!data.version.isEmpty())
        text += u' ' + visible(data.version);
    return text + u'\n';
}

QString toText(const Topology& topology)
{
    const cluster::TopologyData& data = topology.data();
    const auto headline = health::headlineOf(topology, QDateTime::currentDateTimeUtc());
    QString text = serverText(data) + headline.verdict + u'\n';
    if (!headline.evidence.isEmpty())
        text += headline.evidence + u'\n';
    if (!topology.shards().isEmpty())
        text += u'\n' + shardTable(topology) + looseNodes(topology);
    else if (!topology.nodes().isEmpty())
        text += u'\n' + nodeTable(topology);
    for (const cluster::SentinelMaster& master : data.masters)
        text += visible(master.name) + u": "_s + visible(master.address.toString()) + u'\n';
    if (!topology.uncovered().isEmpty() && data.kind == cluster::Kind::Cluster)
        text += u"uncovered: "_s + toText(topology.uncovered()) + u'\n';
    for (const cluster::Dispute& dispute : data.disputes) {
        QStringList claimants;
        for (const NodeId& id : dispute.claimants)
            claimants.append(nodeText(topology, id));
        text += u"disputed: %1 between %2\n"_s.arg(
            toText(SlotRanges { dispute.range }), claimants.join(u" and "_s));
    }
    for (const cluster::Migration& migration : data.migrations) {
        text += u"moving: %1 from %2 to %3\n"_s.arg(migration.slot.number())
                    .arg(nodeText(topology, migration.from), nodeText(topology, migration.to));
    }
    for (const QString& warning : data.warnings)
        text += u"warning: "_s + visible(warning) + u'\n';
    return text;
}

} // namespace slotscope::app
