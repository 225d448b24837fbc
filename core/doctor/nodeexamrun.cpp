// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/doctor/nodeexamrun.h"

#include "core/explain/clocks.h"
#include "core/explain/doctor.h"
#include "core/explain/errors.h"
#include "core/support/bytes.h"

#include <QHostAddress>
#include <QPointer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace slotscope::doctor {

using cluster::Question;
using support::Error;
using support::ErrorCode;

/// One command and what its answer is for.
struct NodeExamRun::Probe
{
    enum class For {
        Ping,
        Clock,
        Identity,
        Facts, ///< cluster::Question; what is refused may be missed, but something must be told
        Masters, ///< a sentinel's
        Extra, ///< Slotscope can do without
    };
    For purpose = For::Extra;
    net::Argv command;
    Question question = Question::InfoServer;
};

namespace {

constexpr qsizetype mostNames = 5; ///< of a certificate

/// Where an error before the first answer belongs.
ExamStage examStageOf(ErrorCode code)
{
    switch (support::stageOf(code)) {
    case support::Stage::Resolve:
        return ExamStage::Resolve;
    case support::Stage::Tcp:
        return ExamStage::Tcp;
    case support::Stage::Tls:
        return ExamStage::Tls;
    case support::Stage::Permission:
        return ExamStage::Permission;
    case support::Stage::Kind:
        return ExamStage::Kind;
    case support::Stage::Identity:
        return ExamStage::Identity;
    case support::Stage::Input:
    case support::Stage::Auth:
    case support::Stage::Reply:
    case support::Stage::Local:
        break;
    }
    return ExamStage::Auth; // its greeting was not answered, or not as it should
}

QString joined(const QStringList& sentences)
{
    QStringList told = sentences;
    told.removeAll(QString());
    return told.join(u' ');
}

/// Empty where nothing was shown.
QString certificateText(const net::TlsInfo& tls)
{
    if (tls.chain.isEmpty())
        return {};
    const net::PeerCertificate& own = tls.chain.first();
    QStringList behind;
    for (const net::PeerCertificate& other : tls.chain.sliced(1))
        behind.append(other.subject);
    return joined({ explain::examCertificate(own.subject, own.issuer, own.names.mid(0, mostNames),
                        own.notAfter.date().toString(Qt::ISODate),
                        QDateTime::currentDateTimeUtc().daysTo(own.notAfter)),
        behind.isEmpty() ? QString() : explain::examIssuers(behind) });
}

} // namespace

NodeExamRun::NodeExamRun(NodeExam exam, const net::ConnectionOptions& options, QObject* parent)
    : QObject(parent)
    , m_options(options)
    , m_exam(std::move(exam))
{ }

NodeExamRun::~NodeExamRun() = default;

void NodeExamRun::start()
{
    m_started = net::monotonicNanos();
    m_connection = new net::Connection(m_exam.announced, m_options, this);
    connect(m_connection, &net::Connection::ready, this, &NodeExamRun::onReady);
    connect(m_connection, &net::Connection::closed, this, &NodeExamRun::onClosed);
    m_connection->open();
}

void NodeExamRun::add(
    ExamStage stage, bool ok, qint64 micros, const QString& detail, const QString& remedy)
{
    m_exam.stages.append({ stage, ok, micros, detail, remedy, {} });
}

void NodeExamRun::addFailure(ExamStage stage, const Error& error)
{
    add(stage, false, -1, explain::errorSentence(error), explain::errorRemedy(error));
    m_exam.stages.last().error = error;
}

/// Name, socket and encryption, as far as the connection came and before the stage `end`.
void NodeExamRun::addWay(ExamStage end)
{
    const net::DialInfo& info = m_connection->dialInfo();
    if (info.resolveMicros < 0 || end <= ExamStage::Resolve)
        return;
    add(ExamStage::Resolve, true, info.resolveMicros,
        QHostAddress(info.mapped.host).isNull() && !info.resolved.isEmpty()
            ? explain::examResolved(info.resolved)
            : explain::examNothingToResolve());
    if (info.connectMicros < 0 || end <= ExamStage::Tcp)
        return;
    m_exam.dialled = info.dialled.toString();
    add(ExamStage::Tcp, true, info.connectMicros, explain::examConnected(m_exam.dialled));
    if (info.tlsMicros >= 0 && end > ExamStage::Tls) {
        const QString how = explain::examEncrypted(
            info.tls.protocol, info.tls.cipher, info.tls.nameAsked, info.tls.isVerified);
        add(ExamStage::Tls, true, info.tlsMicros, joined({ how, certificateText(info.tls) }));
    }
}

void NodeExamRun::onReady()
{
    const qint64 elapsed = (net::monotonicNanos() - m_started) / 1000;
    addWay(ExamStage::Auth);
    const net::DialInfo& info = m_connection->dialInfo();
    const qint64 way = std::max<qint64>(0, info.resolveMicros)
        + std::max<qint64>(0, info.connectMicros) + std::max<qint64>(0, info.tlsMicros);
    const net::ServerHello& hello = m_connection->hello();
    const QString greeted
        = explain::examGreeted(m_options.user, m_options.password.has_value(), hello.protocol);
    add(ExamStage::Auth, true, std::max<qint64>(0, elapsed - way),
        hello.warning.isEmpty() ? greeted : greeted + u". "_s + hello.warning);
    m_facts.setHello(hello);

    using For = Probe::For;
    QList<Probe> probes { { For::Ping, { "PING" } }, { For::Clock, { "TIME" } },
        { For::Identity, { "CLUSTER", "MYID" } } };
    QList<Question> questions { Question::InfoServer, Question::InfoCluster, Question::Role,
        Question::ClusterInfo };
    if (m_exam.role == NodeExam::Role::Seed)
        questions += { Question::ClusterNodes, Question::ClusterSlots };
    for (const Question question : std::as_const(questions))
        probes.append({ For::Facts, cluster::commandFor(question), question });
    if (m_exam.role == NodeExam::Role::Seed) {
        for (const QByteArray& line :
            { "COMMAND COUNT"_ba, "COMMAND DOCS PING"_ba, "CLUSTER COUNTKEYSINSLOT 0"_ba,
                "CLUSTER GETKEYSINSLOT 0 1"_ba, "SCAN 0 COUNT 1"_ba, "SLOWLOG LEN"_ba })
            probes.append({ For::Extra, line.split(' ') });
    }
    const QPointer<NodeExamRun> guard(this);
    Q_EMIT progressed();
    if (guard)
        ask(probes);
}

void NodeExamRun::ask(const QList<Probe>& probes)
{
    m_awaited = probes.size();
    QList<net::Argv> commands;
    QList<net::Connection::Callback> callbacks;
    const QPointer<NodeExamRun> guard(this);
    for (const Probe& probe : probes) {
        commands.append(probe.command);
        callbacks.append([this, guard, probe](const net::Answer& answer) {
            if (guard && !m_done)
                onAnswer(probe, answer);
        });
    }
    m_connection->sendTogether(commands, callbacks);
}

void NodeExamRun::onAnswer(const Probe& probe, const net::Answer& answer)
{
    --m_awaited;
    if (!answer.reply) {
        if (!m_lost)
            m_lost = answer.reply.error();
    } else {
        const resp::Reply& reply = *answer.reply;
        const QByteArray word = probe.command.first()
            + (probe.command.first() == "CLUSTER" || probe.command.first() == "COMMAND"
                    ? ' ' + probe.command.at(1)
                    : QByteArray());
        if (reply.isError() && probe.purpose != Probe::For::Ping) {
            const ErrorCode code = cluster::codeOfErrorReply(reply.text());
            // A server without cluster support refuses CLUSTER for a reason of its own.
            if (code != ErrorCode::ServerError)
                m_unavailable.append(QString::fromLatin1(word));
            if (probe.purpose == Probe::For::Facts && !m_refusal)
                m_refusal = Error { code, support::toVisibleText(reply.text(), 300),
                    m_exam.announced.toString() };
        }
        switch (probe.purpose) {
        case Probe::For::Ping:
            m_pingMicros = answer.micros;
            break;
        case Probe::For::Clock:
            if (const auto told = net::timeOf(reply))
                noteClock(net::clockSkew(*told, net::unixMicros(), answer.micros));
            break;
        case Probe::For::Identity:
            m_identityMicros = answer.micros;
            if (!reply.isError())
                m_told = cluster::NodeId(reply.text().toByteArray().left(40));
            break;
        case Probe::For::Facts:
            if (probe.question == Question::ClusterInfo)
                m_kindMicros = answer.micros;
            m_facts.take(probe.question, reply);
            break;
        case Probe::For::Masters:
            m_masters = cluster::parseSentinelMasters(reply);
            break;
        case Probe::For::Extra:
            break;
        }
    }
    if (m_awaited == 0 && !askMasters())
        conclude();
}

/// Of a seed that has turned out to be a sentinel, once: others do not know the command.
bool NodeExamRun::askMasters()
{
    if (m_lost || m_exam.role != NodeExam::Role::Seed || m_facts.kind() != cluster::Kind::Sentinel
        || std::exchange(m_areMastersAsked, true))
        return false;
    ask({ { Probe::For::Masters, { "SENTINEL", "MASTERS" } } });
    return true;
}

void NodeExamRun::noteClock(const net::ClockSkew& skew)
{
    m_exam.clock = skew;
    if (m_options.clock)
        m_options.clock->note(skew);
}

void NodeExamRun::conclude()
{
    if (m_lost) {
        addFailure(ExamStage::Ping, *m_lost);
        return settle();
    }
    addPermission();
    addKind();
    addIdentity();
    if (m_pingMicros >= 0)
        add(ExamStage::Ping, true, m_pingMicros,
            m_exam.clock ? joined({ explain::examPong() + u'.',
                explain::clocksCompared(
                    {}, m_exam.clock->aheadMicros, m_exam.clock->withinMicros) })
                         : explain::examPong());
    settle();
}

void NodeExamRun::addPermission()
{
    m_unavailable.removeDuplicates();
    const bool isSeed = m_exam.role == NodeExam::Role::Seed;
    // Without a view of the cluster there is nothing to show; all the rest can be left out.
    const bool isBlind
        = isSeed ? m_facts.kind() == cluster::Kind::Cluster && !m_facts.hasView() : !m_facts.kind();
    if (isBlind || (m_refusal && m_facts.wantsPassword())) {
        const Error error = m_refusal.value_or(
            Error { ErrorCode::CommandUnavailable, {}, m_exam.announced.toString() });
        addFailure(m_facts.wantsPassword() ? ExamStage::Auth : ExamStage::Permission, error);
        return;
    }
    add(ExamStage::Permission, true, -1,
        m_unavailable.isEmpty() ? explain::examPermitted()
                                : explain::examUnavailable(m_unavailable));
}

void NodeExamRun::addKind()
{
    const std::optional<cluster::Kind> kind = m_facts.kind();
    const bool isSeed = m_exam.role == NodeExam::Role::Seed;
    if (!kind) {
        const Error error = m_facts.error(m_exam.announced.toString());
        add(ExamStage::Kind, false, -1,
            m_refusal ? explain::errorSentence(error) : explain::examKindUnknown(),
            explain::errorRemedy(error));
    } else if (*kind == cluster::Kind::Cluster) {
        add(ExamStage::Kind, true, m_kindMicros,
            explain::examCluster(cluster::stateName(m_facts.state())));
    } else {
        // A seed may be what it likes; an announced node of a cluster may not.
        const Error wrong { ErrorCode::WrongNode, {}, m_exam.announced.toString() };
        add(ExamStage::Kind, isSeed, m_kindMicros,
            *kind == cluster::Kind::Sentinel ? explain::examSentinel() : explain::examStandalone(),
            isSeed ? QString() : explain::errorRemedy(wrong));
        if (!isSeed)
            m_exam.stages.last().error = wrong;
    }
}

void NodeExamRun::addIdentity()
{
    if (m_facts.kind() && *m_facts.kind() != cluster::Kind::Cluster)
        return;
    if (m_told.isNull()) {
        add(ExamStage::Identity, true, m_identityMicros, explain::examIdentityUnknown());
    } else if (m_exam.id.isNull() || m_exam.id == m_told) {
        m_exam.id = m_told;
        add(ExamStage::Identity, true, m_identityMicros, explain::examIsNode(m_told.shortText()));
    } else {
        const Error wrong { ErrorCode::WrongNode, {}, m_exam.announced.toString() };
        add(ExamStage::Identity, false, m_identityMicros,
            explain::examOtherNode(m_exam.id.shortText(), m_told.shortText()),
            explain::errorRemedy(wrong));
        m_exam.stages.last().error = wrong;
    }
}

void NodeExamRun::onClosed(const Error& reason)
{
    if (m_done || m_awaited > 0)
        return; // its answers come one by one
    Error error = reason;
    if (error.address.isEmpty())
        error.address = m_exam.announced.toString();
    const ExamStage stage = examStageOf(error.code);
    addWay(stage);
    addFailure(stage, error);
    if (stage == ExamStage::Tls) {
        // What it showed says more than what was wrong with it.
        QString& detail = m_exam.stages.last().detail;
        detail = joined({ detail, certificateText(m_connection->dialInfo().tls) });
    }
    m_lost = error;
    settle();
}

Error NodeExamRun::error() const
{
    return m_lost.value_or(m_facts.error(m_exam.announced.toString()));
}

void NodeExamRun::settle()
{
    if (std::exchange(m_done, true))
        return;
    m_exam.complete = true;
    m_connection->disconnect(this);
    m_connection->close();
    m_connection->deleteLater();
    Q_EMIT finished(); // last: the receiver may delete us
}

} // namespace slotscope::doctor
