// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/doctor/examcauses.h"

#include "core/explain/doctor.h"
#include "core/explain/errors.h"
#include "core/support/bytes.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace slotscope::doctor {

using support::ErrorCode;

namespace {

constexpr qsizetype longestDetail = 80;

const StageResult* firstFailure(const NodeExam& node)
{
    const auto failure = std::find_if(node.stages.begin(), node.stages.end(),
        [](const StageResult& result) { return !result.ok; });
    return failure == node.stages.end() ? nullptr : &*failure;
}

/// Of one row by itself; of several what they have in common.
QString reasonOf(const Examination& examination, const ExamCause& cause)
{
    const StageResult& first = *firstFailure(examination.nodes.at(cause.rows.first()));
    const auto isAsFirst = [&](qsizetype row) {
        const StageResult& other = *firstFailure(examination.nodes.at(row));
        return other.error ? other.error->detail == first.error->detail
                           : other.detail == first.detail;
    };
    const bool isSame = std::all_of(cause.rows.begin(), cause.rows.end(), isAsFirst);
    if (!first.error)
        return isSame ? support::toVisibleText(first.detail) : QString();
    const QString reason = explain::errorReason(*first.error);
    const QString detail = first.error->detail;
    // The others say with their code what it is.
    const bool isVague = first.error->code == ErrorCode::ConnectFailed
        || first.error->code == ErrorCode::TlsFailed || first.error->code == ErrorCode::TlsOutOfTime
        || first.error->code == ErrorCode::ServerError;
    if (!isVague || !isSame || detail.isEmpty() || detail.size() > longestDetail)
        return reason;
    return explain::examReason(reason, support::toVisibleText(detail));
}

QString whyWord(net::WhyUnreached why)
{
    using net::WhyUnreached;
    switch (why) {
    case WhyUnreached::Loopback:
        return u"loopback"_s;
    case WhyUnreached::PrivateNetwork:
        return u"private_network"_s;
    case WhyUnreached::ContainerName:
        return u"container_name"_s;
    case WhyUnreached::UnknownName:
        return u"unknown_name"_s;
    case WhyUnreached::Refused:
        return u"refused"_s;
    case WhyUnreached::Silent:
        return u"silent"_s;
    case WhyUnreached::WrongNode:
        return u"wrong_node"_s;
    case WhyUnreached::FarEnd:
        return u"far_end"_s;
    case WhyUnreached::Other:
        break;
    }
    return u"other"_s;
}

QString kindWord(net::WayProposal::Kind kind)
{
    switch (kind) {
    case net::WayProposal::Kind::Map:
        return u"map"_s;
    case net::WayProposal::Kind::Ssh:
        return u"ssh"_s;
    case net::WayProposal::Kind::Socks:
        break;
    }
    return u"socks"_s;
}

/// An endpoint to which no way leads from here: another one may.
bool isOutOfReach(const std::optional<support::Error>& error)
{
    return error
        && (error->code == ErrorCode::ResolveFailed || error->code == ErrorCode::ConnectTimeout
            || error->code == ErrorCode::ConnectFailed);
}

} // namespace

QList<ExamCause> causesOf(const Examination& examination, qsizetype firstRow)
{
    QList<ExamCause> causes;
    for (qsizetype row = firstRow; row < examination.nodes.size(); ++row) {
        const StageResult* failure = firstFailure(examination.nodes.at(row));
        if (!failure)
            continue;
        const auto alike = std::find_if(causes.begin(), causes.end(), [&](const ExamCause& cause) {
            const StageResult* other = firstFailure(examination.nodes.at(cause.rows.first()));
            const auto code = [](const StageResult* result) {
                return result->error ? std::optional(result->error->code) : std::nullopt;
            };
            return cause.stage == failure->stage && code(other) == code(failure);
        });
        if (alike == causes.end())
            causes.append({ failure->stage, {}, { row } });
        else
            alike->rows.append(row);
    }
    for (ExamCause& cause : causes)
        cause.reason = reasonOf(examination, cause);
    std::stable_sort(causes.begin(), causes.end(),
        [](const ExamCause& a, const ExamCause& b) { return a.rows.size() > b.rows.size(); });
    return causes;
}

net::Unreached unreachedOf(const Examination& examination)
{
    if (examination.nodes.isEmpty())
        return {};
    const NodeExam& seed = examination.nodes.first();
    net::WayTaken way { seed.announced, {}, std::nullopt, examination.way };
    if (const auto dialled = net::Endpoint::parse(seed.dialled))
        way.dialled = *dialled;
    if (const cluster::Node* node = examination.topology.nodeById(seed.id))
        way.announced = node->address;
    QList<net::AddressOutcome> outcomes;
    for (const NodeExam& node : examination.nodes.mid(examination.nodes.size() > 1 ? 1 : 0)) {
        const StageResult* failure = firstFailure(node);
        // Who was reached and may not tell is reached.
        const bool isReached = !failure || failure->stage == ExamStage::Permission;
        outcomes.append({ node.announced, node.id.toByteArray(),
            isReached ? std::nullopt
                      : std::optional(failure->error.value_or(support::Error {
                          ErrorCode::ServerError, failure->detail, node.announced.toString() })) });
    }
    net::Unreached unreached = net::judge(way, outcomes);
    if (examination.nodes.size() == 1 && unreached.proposals.isEmpty()
        && examination.way == net::Way::Direct && isOutOfReach(outcomes.first().error)) {
        unreached.proposals
            = { { net::WayProposal::Kind::Ssh, {} }, { net::WayProposal::Kind::Socks, {} } };
    }
    return unreached;
}

QStringList helpOf(const net::Unreached& unreached)
{
    if (unreached.proposals.isEmpty())
        return {};
    // Of one endpoint everything is said already but what may help.
    const QStringList why = unreached.asked > 1 ? net::sentencesOf(unreached) : QStringList();
    return why + net::proposalsOf(unreached);
}

QJsonValue toJson(const net::Unreached& unreached)
{
    if (unreached.failed == 0)
        return QJsonValue();
    QJsonArray groups;
    for (const net::Unreached::Group& group : unreached.groups) {
        QJsonArray addresses;
        for (const net::Endpoint& address : group.addresses)
            addresses.append(address.toString());
        groups.append(
            QJsonObject { { u"why"_s, whyWord(group.why) }, { u"addresses"_s, addresses } });
    }
    QJsonArray proposals;
    for (const net::WayProposal& proposal : unreached.proposals) {
        proposals.append(QJsonObject { { u"kind"_s, kindWord(proposal.kind) },
            { u"rules"_s, QJsonArray::fromStringList(proposal.rules) } });
    }
    return QJsonObject { { u"asked"_s, unreached.asked }, { u"failed"_s, unreached.failed },
        { u"groups"_s, groups }, { u"proposals"_s, proposals } };
}

} // namespace slotscope::doctor
