// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/serverfacts.h"

#include "core/explain/answers.h"
#include "core/explain/errors.h"
#include "core/explain/topology.h"
#include "core/support/bytes.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace slotscope::cluster {
namespace {

using support::Error;
using support::ErrorCode;

constexpr std::array clusterQuestions { Question::ClusterInfo, Question::ClusterNodes,
    Question::ClusterSlots };

std::size_t indexOf(Question question)
{
    return static_cast<std::size_t>(question);
}

QString nameOf(Question question)
{
    return QString::fromLatin1(commandFor(question).join(' '));
}

bool isText(const resp::Reply& reply)
{
    return reply.type() == resp::Type::String || reply.type() == resp::Type::Verbatim
        || reply.type() == resp::Type::Status;
}

bool containsIgnoringCase(QByteArrayView text, QByteArrayView part)
{
    return text.toByteArray().toLower().contains(part);
}

} // namespace

net::Argv commandFor(Question question)
{
    switch (question) {
    case Question::InfoServer:
        return { "INFO"_ba, "server"_ba };
    case Question::InfoCluster:
        return { "INFO"_ba, "cluster"_ba };
    case Question::Role:
        return { "ROLE"_ba };
    case Question::ClusterInfo:
        return { "CLUSTER"_ba, "INFO"_ba };
    case Question::ClusterNodes:
        return { "CLUSTER"_ba, "NODES"_ba };
    case Question::ClusterSlots:
        return { "CLUSTER"_ba, "SLOTS"_ba };
    }
    return {};
}

ErrorCode codeOfErrorReply(QByteArrayView line)
{
    const qsizetype blank = line.indexOf(' ');
    const QByteArrayView word = blank < 0 ? line : line.first(blank);
    if (word == "NOAUTH")
        return ErrorCode::AuthRequired;
    if (word == "WRONGPASS")
        return ErrorCode::AuthFailed;
    if (word == "NOPERM")
        return ErrorCode::NoPermission;
    if (word == "LOADING")
        return ErrorCode::Loading;
    // Versions differ in the rest of these texts, not in this part.
    for (const char* unknown :
        { "unknown command", "unknown subcommand", "wrong cluster subcommand" }) {
        if (containsIgnoringCase(line, unknown))
            return ErrorCode::CommandUnavailable;
    }
    return ErrorCode::ServerError;
}

void ServerFacts::refuse(Question question, const resp::Reply& reply)
{
    if (!reply.isError()) {
        m_refusals[indexOf(question)]
            = { ErrorCode::ProtocolError, explain::unexpectedType(nameOf(question)) };
        return;
    }
    const QByteArrayView line = reply.text();
    const ErrorCode code = codeOfErrorReply(line);
    m_wantsPassword = m_wantsPassword || code == ErrorCode::AuthRequired;
    m_isLoading = m_isLoading || code == ErrorCode::Loading;
    m_isDisabled = m_isDisabled || containsIgnoringCase(line, "cluster support disabled");
    m_refusals[indexOf(question)] = { code, support::toVisibleText(line, 300) };
}

void ServerFacts::take(Question question, const resp::Reply& reply)
{
    const bool wantsText = question != Question::Role && question != Question::ClusterSlots;
    if (reply.isError() || (wantsText && !isText(reply)))
        return refuse(question, reply);
    switch (question) {
    case Question::InfoServer:
        m_infoServer = parseInfo(reply.text());
        break;
    case Question::InfoCluster:
        m_infoCluster = parseInfo(reply.text());
        break;
    case Question::Role:
        m_role = reply.at(0).toByteArray();
        break;
    case Question::ClusterInfo:
        m_clusterInfo = parseInfo(reply.text());
        break;
    case Question::ClusterNodes: {
        const auto view = parseNodes(reply.text());
        if (view)
            m_nodes = *view;
        else
            m_refusals[indexOf(question)] = { view.error().code, view.error().detail };
        break;
    }
    case Question::ClusterSlots: {
        const auto view = parseSlots(reply);
        m_hasSlots = view.hasValue();
        if (view)
            m_slots = *view;
        else
            m_refusals[indexOf(question)] = { view.error().code, view.error().detail };
        break;
    }
    }
}

const std::optional<ServerFacts::Refusal>& ServerFacts::refusalOf(Question question) const
{
    return m_refusals[indexOf(question)];
}

QByteArray ServerFacts::mode() const
{
    for (const char* key : { "redis_mode", "server_mode" }) {
        if (QByteArray mode = m_infoServer.value(QByteArray(key)); !mode.isEmpty())
            return mode;
    }
    return m_hello.mode.toLatin1();
}

std::optional<Kind> ServerFacts::kind() const
{
    if (m_role == "sentinel" || mode() == "sentinel")
        return Kind::Sentinel;
    // A served topology command is the best proof there is, and each of the other answers may be
    // missing; what was refused for want of permission or while loading proves nothing.
    if (hasView())
        return Kind::Cluster;
    if (m_isDisabled)
        return Kind::Standalone;
    const QByteArray enabled = m_infoCluster.value("cluster_enabled"_ba);
    if (enabled == "1" || mode() == "cluster" || m_clusterInfo.contains("cluster_state"_ba))
        return Kind::Cluster;
    if (enabled == "0" || mode() == "standalone")
        return Kind::Standalone;
    return std::nullopt;
}

Error ServerFacts::error(const QString& address) const
{
    if (m_wantsPassword)
        return { ErrorCode::AuthRequired, {}, address };
    // Of several refusals the one that the user can do most about.
    for (const ErrorCode code : { ErrorCode::NoPermission, ErrorCode::Loading,
             ErrorCode::ProtocolError, ErrorCode::CommandUnavailable, ErrorCode::ServerError }) {
        for (const Question question : { Question::ClusterNodes, Question::ClusterSlots,
                 Question::ClusterInfo, Question::InfoCluster, Question::InfoServer }) {
            const auto& refusal = refusalOf(question);
            if (!refusal || refusal->code != code)
                continue;
            // An unknown command is not always named in the answer.
            const bool isUnknown = code == ErrorCode::CommandUnavailable;
            return { code,
                isUnknown ? QString(nameOf(question) % u": "_s % refusal->line) : refusal->line,
                address };
        }
    }
    return { ErrorCode::NotRedis, {}, address };
}

Product ServerFacts::product() const
{
    // Valkey keeps redis_version (7.2.4) for old clients' sake: it never names the product.
    if (m_infoServer.contains("valkey_version"_ba)
        || m_infoServer.value("server_name"_ba) == "valkey" || m_hello.server == "valkey"_L1) {
        return Product::Valkey;
    }
    if (m_infoServer.contains("redis_version"_ba) || m_hello.server == "redis"_L1)
        return Product::Redis;
    return Product::Unknown;
}

QString ServerFacts::version() const
{
    QByteArray version = m_infoServer.value("valkey_version"_ba);
    if (version.isEmpty() && product() != Product::Valkey)
        version = m_infoServer.value("redis_version"_ba);
    return version.isEmpty() ? m_hello.version : support::toVisibleText(version, 64);
}

void ServerFacts::describe(TopologyData* head) const
{
    head->product = product();
    head->version = version();
    head->os = support::toVisibleText(m_infoServer.value("os"_ba), 128);
    head->state = state();
    head->currentEpoch = currentEpoch();
}

void ServerFacts::noteClock(net::ServerClock* clock, qint64 micros) const
{
    bool ok = false;
    const qint64 told = m_infoServer.value("server_time_usec"_ba).toLongLong(&ok);
    if (clock && ok && told > 0 && told <= net::latestMicros)
        clock->note(net::clockSkew(told, net::unixMicros(), micros));
}

ClusterState ServerFacts::state() const
{
    const QByteArray state = m_clusterInfo.value("cluster_state"_ba);
    if (state == "ok")
        return ClusterState::Ok;
    return state == "fail" ? ClusterState::Fail : ClusterState::Unknown;
}

std::optional<quint64> ServerFacts::currentEpoch() const
{
    bool ok = false;
    const quint64 epoch = m_clusterInfo.value("cluster_current_epoch"_ba).toULongLong(&ok);
    return ok ? std::optional(epoch) : std::nullopt;
}

Role ServerFacts::role() const
{
    const QByteArray role = m_role.isEmpty() ? m_hello.role.toLatin1() : m_role;
    if (role == "master" || role == "primary")
        return Role::Primary;
    return role == "slave" || role == "replica" ? Role::Replica : Role::Unknown;
}

bool ServerFacts::hasView() const
{
    return !m_nodes.nodes.isEmpty() || m_hasSlots;
}

QString ServerFacts::evidence() const
{
    if (m_infoCluster.value("cluster_enabled"_ba) == "1")
        return u"cluster_enabled:1"_s;
    return u"mode:"_s % support::toVisibleText(mode(), 32);
}

QStringList ServerFacts::warnings() const
{
    QStringList warnings;
    if (!m_hello.warning.isEmpty())
        warnings.append(m_hello.warning);
    const bool isCluster = kind() == Kind::Cluster;
    const bool isForbidden
        = std::all_of(clusterQuestions.begin(), clusterQuestions.end(), [this](Question question) {
              const auto& refusal = refusalOf(question);
              return refusal && refusal->code == ErrorCode::NoPermission;
          });
    if (isCluster && isForbidden)
        warnings.append(explain::noClusterPermission(evidence()));
    QList<Question> needed { Question::InfoServer };
    if (isCluster && !isForbidden)
        needed << Question::ClusterNodes << Question::ClusterSlots << Question::ClusterInfo;
    for (const Question question : std::as_const(needed)) {
        const auto& refusal = refusalOf(question);
        if (refusal)
            warnings.append(explain::commandMissing(nameOf(question), refusal->line));
    }
    return warnings;
}

QList<SentinelMaster> parseSentinelMasters(const resp::Reply& reply)
{
    QList<SentinelMaster> masters;
    if (!reply.isAggregate())
        return masters;
    for (const resp::Reply item : reply) {
        const QByteArrayView name = item.value("name").text();
        const qint64 port = item.value("port").toInteger(0);
        if (name.isEmpty() || port < 0 || port > 65535)
            continue;
        masters.append({ support::toVisibleText(name, 256),
            { support::toVisibleText(item.value("ip").text(), 512), static_cast<quint16>(port) } });
    }
    return masters;
}

} // namespace slotscope::cluster
