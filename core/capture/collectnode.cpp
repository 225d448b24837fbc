// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/collectnode.h"

#include "core/explain/errors.h"
#include "core/support/bytes.h"
#include "core/support/redact.h"

#include <QTimer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace slotscope::capture {

using support::Error;
using support::ErrorCode;

namespace {

using health::Inquiry;

/// What health reads too.
std::optional<Inquiry> inquiryOf(Question question)
{
    switch (question) {
    case Question::Nodes:
        return Inquiry::Nodes;
    case Question::Slots:
        return Inquiry::Slots;
    case Question::ClusterInfo:
        return Inquiry::ClusterInfo;
    case Question::Info:
        return Inquiry::Info;
    case Question::Role:
        return Inquiry::Role;
    case Question::Time:
    case Question::SlowLog:
    case Question::SentinelMasters:
        break;
    }
    return std::nullopt;
}

void takeFacts(cluster::ServerFacts* facts, Question question, const resp::Reply& reply)
{
    switch (question) {
    case Question::Info:
        facts->take(cluster::Question::InfoServer, reply);
        facts->take(cluster::Question::InfoCluster, reply);
        break;
    case Question::Nodes:
        facts->take(cluster::Question::ClusterNodes, reply);
        break;
    case Question::Slots:
        facts->take(cluster::Question::ClusterSlots, reply);
        break;
    case Question::ClusterInfo:
        facts->take(cluster::Question::ClusterInfo, reply);
        break;
    case Question::Role:
        facts->take(cluster::Question::Role, reply);
        break;
    case Question::Time:
    case Question::SlowLog:
    case Question::SentinelMasters:
        break;
    }
}

QDateTime serverTime(const resp::Reply& time)
{
    const qint64 seconds = time.at(0).toInteger(-1);
    const qint64 micros = time.at(1).toInteger(-1);
    constexpr qint64 largest = 253'402'300'799; // 9999-12-31T23:59:59Z
    if (seconds < 0 || seconds > largest || micros < 0 || micros > 999'999)
        return {};
    return QDateTime::fromMSecsSinceEpoch(seconds * 1000 + micros / 1000, Qt::UTC);
}

constexpr int mostSlowLogLines = 1000;

} // namespace

net::Argv commandFor(Question question)
{
    if (const auto inquiry = inquiryOf(question))
        return health::commandFor(*inquiry);
    switch (question) {
    case Question::Time:
        return { "TIME"_ba };
    case Question::SlowLog:
        return { "SLOWLOG"_ba, "GET"_ba, QByteArray::number(slowLogAsked) };
    case Question::SentinelMasters:
        return { "SENTINEL"_ba, "MASTERS"_ba };
    default:
        return {};
    }
}

CollectNode::CollectNode(net::ConnectionPool* pool, cluster::NodesParser* parser,
    const Target& target, SlowLogArguments arguments, QObject* parent)
    : QObject(parent)
    , m_pool(pool)
    , m_parser(parser)
    , m_target(target)
    , m_arguments(arguments)
{
    m_view.id = target.id;
    m_view.address = target.address;
    m_view.isMapped = pool->options().addressMap.toDialled(target.address) != target.address;
    m_view.view.connectionHost = target.address.host;
    m_view.view.connectionPort = target.address.port;
}

void CollectNode::start()
{
    m_isStarted = true;
    // A little more than the connection's own limits, which know better what is wrong.
    QTimer::singleShot(m_pool->options().patience() * 5 / 4, this, [this] {
        if (!m_view.error)
            m_view.error = pendingError();
        settle();
    });
    QList<Question> questions { Question::Time, Question::Nodes };
    if (m_target.asksSlots)
        questions.append(Question::Slots);
    questions += { Question::ClusterInfo, Question::Info, Question::Role, Question::SlowLog };
    ask(questions);
}

void CollectNode::ask(const QList<Question>& questions)
{
    m_connection = m_pool->connectionTo(m_view.address);
    const QPointer<CollectNode> guard(this);
    QList<net::Argv> commands;
    QList<net::Connection::Callback> callbacks;
    for (const Question question : questions) {
        const qsizetype index = m_asked.size();
        commands.append(commandFor(question));
        m_asked.append({ { QString::fromLatin1(commands.constLast().join(' ')), {}, {} }, false });
        callbacks.append([this, guard, question, index](const net::Answer& answer) {
            if (guard && !m_isSettled)
                onAnswer(question, index, answer);
        });
    }
    m_awaited = questions.size();
    m_connection->sendTogether(commands, callbacks);
}

void CollectNode::onAnswer(Question question, qsizetype index, const net::Answer& answer)
{
    --m_awaited;
    if (answer.reply) {
        if (m_answered++ == 0) {
            m_answeredAt = QDateTime::currentDateTimeUtc();
            m_dialled = dialled();
            if (m_connection)
                m_facts.setHello(m_connection->hello());
        }
        m_roundTripMicros = std::min(m_roundTripMicros.value_or(answer.micros), answer.micros);
        Asked& asked = m_asked[index];
        asked.isDone = true;
        keep(question, *answer.reply, &asked.raw);
        take(question, *answer.reply);
        if (isAnother())
            return settle();
    } else if (!m_view.error) {
        m_view.error = answer.reply.error();
        if (m_view.error->address.isEmpty())
            m_view.error->address = m_view.address.toString();
    }
    if (question == (m_target.asksSlots ? Question::Slots : Question::Nodes)) {
        const QPointer<CollectNode> guard(this);
        tellLearnt();
        if (!guard)
            return;
    }
    if (m_awaited == 0 && !m_isSettled)
        conclude();
}

/// Nothing secret gets into what is kept.
void CollectNode::keep(Question question, const resp::Reply& reply, RawReply* raw) const
{
    if (reply.isError()) {
        const QByteArray line
            = support::redactLine(reply.text(), support::secretsOf(commandFor(question)));
        raw->error = Error { cluster::codeOfErrorReply(line), support::toVisibleText(line, 300),
            m_view.address.toString() };
    } else if (question == Question::SlowLog) {
        raw->text = rawText(redactedSlowLog(reply, m_arguments), mostSlowLogLines);
    } else {
        raw->text = rawText(reply);
    }
}

void CollectNode::take(Question question, const resp::Reply& reply)
{
    if (const auto inquiry = inquiryOf(question))
        health::take(&m_view, *inquiry, reply, m_parser);
    if (m_target.wantsFacts)
        takeFacts(&m_facts, question, reply);
    if (question == Question::Time)
        m_serverTime = serverTime(reply);
    if (question == Question::SentinelMasters)
        m_masters = reply;
}

/// An address that leads elsewhere: a stale map or tunnel, perhaps another cluster.
bool CollectNode::isAnother()
{
    const cluster::NodesView& nodes = m_view.view.nodes;
    if (nodes.myself < 0)
        return false;
    const cluster::NodeId told = nodes.nodes.at(nodes.myself)->id;
    if (m_view.id.isNull())
        m_view.id = told;
    if (told == m_view.id)
        return false;
    health::NodeView nothing;
    nothing.id = m_view.id;
    nothing.address = m_view.address;
    nothing.isMapped = m_view.isMapped;
    nothing.error = Error { ErrorCode::WrongNode,
        explain::expectedReached(m_view.id.shortText(), told.shortText()),
        m_view.address.toString() };
    m_view = nothing;
    m_asked.clear();
    m_roundTripMicros.reset();
    m_answered = 0;
    m_serverTime = {};
    return true;
}

void CollectNode::tellLearnt()
{
    if (!std::exchange(m_hasToldView, true))
        Q_EMIT learnt();
}

void CollectNode::conclude()
{
    const auto has = [this](const QString& command) {
        return std::any_of(m_asked.begin(), m_asked.end(),
            [&command](const Asked& asked) { return asked.raw.command == command; });
    };
    const bool isSentinel = m_target.wantsFacts && m_facts.kind() == cluster::Kind::Sentinel;
    const bool isAlone = m_target.wantsFacts && m_facts.kind() == cluster::Kind::Standalone;
    if (!m_view.error && isSentinel && !has(u"SENTINEL MASTERS"_s))
        return ask({ Question::SentinelMasters });
    if (!m_view.error && !isSentinel && !isAlone && !m_view.hasView() && !has(u"CLUSTER SLOTS"_s))
        return ask({ Question::Slots });
    m_view.reachable = !m_view.error;
    if (m_view.reachable && !m_view.hasView() && !isSentinel && !isAlone) {
        const auto refusal = std::find_if(m_view.refusals.begin(), m_view.refusals.end(),
            [](const health::Refusal& one) { return one.command == "CLUSTER NODES"_L1; });
        if (refusal != m_view.refusals.end()) {
            m_view.error = Error { refusal->code, refusal->line, m_view.address.toString() };
            // Who wants a password tells nothing at all.
            m_view.reachable = support::stageOf(refusal->code) != support::Stage::Auth;
        }
    }
    settle();
}

void CollectNode::settle()
{
    if (std::exchange(m_isSettled, true))
        return;
    const QPointer<CollectNode> guard(this);
    tellLearnt();
    if (guard)
        Q_EMIT settled(); // last: the receiver may delete us
}

QString CollectNode::dialled() const
{
    if (!m_dialled.isEmpty() || !m_connection)
        return m_dialled;
    const net::Endpoint& endpoint = m_connection->dialInfo().dialled;
    return endpoint.port != 0 ? endpoint.toString() : QString();
}

Error CollectNode::pendingError() const
{
    const QString address = m_view.address.toString();
    if (m_view.error)
        return *m_view.error;
    if (m_connection && m_connection->state() == net::Connection::State::Opening)
        return { dialled().isEmpty() ? ErrorCode::ConnectTimeout : ErrorCode::NoReply, {},
            address };
    return { ErrorCode::ReplyTimeout, {}, address };
}

NodeAnswers CollectNode::answers() const
{
    NodeAnswers answers;
    answers.id = m_view.id;
    answers.address = m_view.address;
    answers.dialled = dialled();
    answers.isReachable = m_view.reachable;
    answers.error = m_view.error;
    if (!m_isSettled)
        answers.error = pendingError();
    answers.server = m_view.server;
    answers.roundTripMicros = m_roundTripMicros;
    answers.answeredAt = m_answeredAt;
    answers.serverTime = m_serverTime;
    answers.state = m_view.state;
    answers.currentEpoch = m_view.currentEpoch;
    answers.myEpoch = m_view.myEpoch;
    answers.replication = m_view.replication;
    answers.errorCounts = m_view.errorCounts;
    if (m_answered == 0)
        return answers;
    for (const Asked& asked : m_asked) {
        RawReply raw = asked.raw;
        if (!asked.isDone)
            raw.error = pendingError();
        answers.replies.append(raw);
    }
    return answers;
}

} // namespace slotscope::capture
