// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/errors.h"
#include "core/net/askpass.h"
#include "core/profile/profilestore.h"
#include "core/sandbox/sandboxcluster.h"
#include "core/session/session.h"
#include "tests/live/realserver.h"
#include "tests/support/realsshd.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <csignal>
#include <unistd.h>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using net::SshQuestion;
using net::SshTarget;
using net::SshTunnel;
using support::Error;
using support::ErrorCode;

namespace {

/// Processes whose command line has this in it.
QList<int> processesWith(const QByteArray& word)
{
    QList<int> pids;
    const QStringList names = QDir(u"/proc"_s).entryList(QDir::Dirs);
    for (const QString& name : names) {
        QFile file(u"/proc/"_s + name + u"/cmdline"_s);
        bool isNumber = false;
        const int pid = name.toInt(&isNumber);
        if (isNumber && file.open(QIODevice::ReadOnly) && file.readAll().contains(word))
            pids.append(pid);
    }
    return pids;
}

/// Answers what ssh asks as it is told to, and keeps the questions.
struct Answers
{
    Answers(SshTunnel* tunnel, std::optional<QString> text)
    {
        QObject::connect(tunnel, &SshTunnel::asked, tunnel, [=, this](const SshQuestion& question) {
            asked.append(question);
            if (text)
                tunnel->answer(question.id, *text);
            else
                tunnel->refuse(question.id);
        });
    }
    QList<SshQuestion> asked;
};

} // namespace

/// A real ssh to a real sshd.
class SshTunnelTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void parsesTargets_data();
    void parsesTargets();
    void messages();
    void comesUpWithAKey();
    void comesUpWithAnAgent();
    void wrongKey();
    void asksForAnUnknownHost_data();
    void asksForAnUnknownHost();
    void asksForAPassphrase_data();
    void asksForAPassphrase();
    void neverTrustsAChangedHostKey();
    void nobodyToAsk();
    void noSuchProgram();
    void comesAgainAfterItDied();
    void waitsLongerEachTime();
    void clusterBehindIt();
    void saysWhatTheFarEndSaid();
    void twoHops();
    void givesUpOnASilentProgram();
    void anotherProgram_data();
    void anotherProgram();
    void endsWithItsOwner();
    void endsWhenTheProgramIsKilled();
    void commandLine_data();
    void commandLine();

private:
    std::unique_ptr<RealSshd> m_sshd;
};

void SshTunnelTest::initTestCase()
{
    m_sshd = std::make_unique<RealSshd>();
    const QString missing = m_sshd->start();
    QVERIFY2(missing.isEmpty(), qPrintable(missing));
}

void SshTunnelTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_sshd->useKey(u"key"_s);
    m_sshd->setHostKnown(true);
}

void SshTunnelTest::parsesTargets_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("host"); // empty: refused
    QTest::addColumn<int>("port");
    QTest::newRow("alias") << u"bastion"_s << u""_s << u"bastion"_s << 0;
    QTest::newRow("all") << u"me@host.example:2222"_s << u"me"_s << u"host.example"_s << 2222;
    QTest::newRow("address") << u"[::1]:22"_s << u""_s << u"::1"_s << 22;
    QTest::newRow("user with an at") << u"me@corp@host"_s << u"me@corp"_s << u"host"_s << 0;
    QTest::newRow("blanks around") << u" host "_s << u""_s << u"host"_s << 0;
    for (const char* bad : { "", "@host", "me@", "-oProxyCommand=true", "me@-oProxyCommand=true",
             "-me@host", "host:", "host:0", "host:22x", "host:70000", "a b", "a\nb", "[::1",
             "[host]", "host:1:2", "$(id)", "a;b" }) {
        QTest::addRow("refused: %s", QByteArray(bad).replace('\n', ' ').constData())
            << QString::fromLatin1(bad) << QString() << QString() << 0;
    }
}

void SshTunnelTest::parsesTargets()
{
    QFETCH(QString, text);
    QFETCH(QString, user);
    QFETCH(QString, host);
    QFETCH(int, port);
    const auto target = SshTarget::parse(text);
    QCOMPARE(target.hasValue(), !host.isEmpty());
    if (!target)
        return;
    QCOMPARE(target->user, user);
    QCOMPARE(target->host, host);
    QCOMPARE(target->port, port);
    QCOMPARE(*SshTarget::parse(target->toString()), *target);
}

void SshTunnelTest::messages()
{
    using net::AskPassMessage;
    const QByteArray bytes = AskPassMessage { 's', "what?" }.toBytes();
    for (qsizetype i = 0; i < bytes.size(); ++i)
        QVERIFY(!AskPassMessage::take(bytes.first(i)));
    const auto message = AskPassMessage::take(bytes);
    QVERIFY(message);
    QCOMPARE(message->kind, 's');
    QCOMPARE(message->text, "what?"_ba);
    QCOMPARE(AskPassMessage::take("s\xff\xff\xff\xff")->kind, '\0'); // never whole
    QCOMPARE(SshQuestion::kindOf('s', u"continue connecting (yes/no/[fingerprint])? "),
        SshQuestion::Kind::YesNo);
    QCOMPARE(SshQuestion::kindOf('s', u"me@host's password: "), SshQuestion::Kind::Secret);
    QCOMPARE(SshQuestion::kindOf('c', u"Allow use of key?"), SshQuestion::Kind::YesNo);
    QCOMPARE(SshQuestion::kindOf('n', u"Confirm user presence"), SshQuestion::Kind::Notice);
}

void SshTunnelTest::comesUpWithAKey()
{
    SshTunnel tunnel(m_sshd->options());
    QSignalSpy up(&tunnel, &SshTunnel::up);
    QCOMPARE(tunnel.state(), SshTunnel::State::Idle);
    tunnel.use();
    tunnel.use();
    QCOMPARE(tunnel.state(), SshTunnel::State::Starting);
    QCOMPARE(tunnel.proxy().port, 0);
    QVERIFY2(up.wait(20'000), qPrintable(tunnel.error().detail));
    QCOMPARE(tunnel.state(), SshTunnel::State::Up);
    // It listens already, and on loopback only.
    QTcpSocket probe;
    probe.connectToHost(u"127.0.0.1"_s, tunnel.proxy().port);
    QVERIFY(probe.waitForConnected(2000));
    QCOMPARE(up.size(), 1);
}

void SshTunnelTest::comesUpWithAnAgent()
{
    const QString socket = m_sshd->file(u"agent"_s);
    QProcess agent;
    agent.start(u"ssh-agent"_s, { u"-D"_s, u"-a"_s, socket });
    QVERIFY(agent.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(socket), 20'000);
    QProcess add;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"SSH_AUTH_SOCK"_s, socket);
    add.setProcessEnvironment(environment);
    add.start(u"ssh-add"_s, { u"-q"_s, m_sshd->file(u"key"_s) });
    QVERIFY(add.waitForFinished(10'000));
    QCOMPARE(add.exitCode(), 0);
    m_sshd->useAgent(socket);
    SshTunnel tunnel(m_sshd->options());
    QSignalSpy up(&tunnel, &SshTunnel::up);
    tunnel.use();
    QVERIFY2(up.wait(20'000), qPrintable(tunnel.error().detail));
    agent.terminate();
    agent.waitForFinished(5000);
}

void SshTunnelTest::wrongKey()
{
    m_sshd->useKey(u"other"_s);
    SshTunnel tunnel(m_sshd->options());
    QSignalSpy down(&tunnel, &SshTunnel::down);
    tunnel.use();
    QVERIFY(down.wait(20'000));
    const auto error = down[0][0].value<Error>();
    QCOMPARE(error.code, ErrorCode::TunnelFailed);
    QVERIFY2(error.detail.contains(u"Permission denied (publickey)"), qPrintable(error.detail));
    QCOMPARE(error.address, u"bastion"_s);
    QCOMPARE(tunnel.state(), SshTunnel::State::Idle);
    QTest::qWait(600); // not again by itself
    QCOMPARE(down.size(), 1);
}

void SshTunnelTest::asksForAnUnknownHost_data()
{
    QTest::addColumn<bool>("yes");
    QTest::newRow("trusted") << true;
    QTest::newRow("refused") << false;
}

void SshTunnelTest::asksForAnUnknownHost()
{
    QFETCH(bool, yes);
    m_sshd->setHostKnown(false);
    SshTunnel tunnel(m_sshd->options(QStringLiteral(SLOTSCOPE_PROGRAM)));
    Answers answers(&tunnel, yes ? std::optional(u"yes"_s) : std::nullopt);
    QSignalSpy up(&tunnel, &SshTunnel::up);
    QSignalSpy down(&tunnel, &SshTunnel::down);
    tunnel.use();
    QTRY_VERIFY_WITH_TIMEOUT(up.size() + down.size() == 1, 20'000);
    QCOMPARE(up.size(), yes ? 1 : 0);
    QCOMPARE(answers.asked.size(), 1);
    const SshQuestion& question = answers.asked.first();
    QCOMPARE(question.kind, SshQuestion::Kind::YesNo);
    QVERIFY2(question.text.contains(u"authenticity of host"), qPrintable(question.text));
    QVERIFY2(question.text.contains(u"SHA256:"), qPrintable(question.text));
    if (yes)
        return;
    const auto error = down[0][0].value<Error>();
    QVERIFY2(error.detail.contains(u"Host key verification failed"), qPrintable(error.detail));
    // Nobody is asked a second time.
    tunnel.use();
    QCOMPARE(tunnel.state(), SshTunnel::State::Idle);
    tunnel.forgive();
    tunnel.use();
    QCOMPARE(tunnel.state(), SshTunnel::State::Starting);
}

void SshTunnelTest::asksForAPassphrase_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<bool>("opens");
    QTest::newRow("right") << RealSshd::passphrase() << true;
    QTest::newRow("wrong") << u"guessed"_s << false;
}

void SshTunnelTest::asksForAPassphrase()
{
    QFETCH(QString, answer);
    QFETCH(bool, opens);
    m_sshd->useKey(u"locked"_s);
    SshTunnel tunnel(m_sshd->options(QStringLiteral(SLOTSCOPE_PROGRAM)));
    Answers answers(&tunnel, answer);
    QSignalSpy up(&tunnel, &SshTunnel::up);
    QSignalSpy down(&tunnel, &SshTunnel::down);
    tunnel.use();
    QTRY_VERIFY_WITH_TIMEOUT(up.size() + down.size() == 1, 20'000);
    QCOMPARE(up.size(), opens ? 1 : 0);
    QVERIFY(!answers.asked.isEmpty());
    QCOMPARE(answers.asked.first().kind, SshQuestion::Kind::Secret);
    QVERIFY2(answers.asked.first().text.contains(u"passphrase for key"),
        qPrintable(answers.asked.first().text));
    QVERIFY(processesWith(answer.toUtf8()).isEmpty());
    if (!opens) {
        const auto error = down[0][0].value<Error>();
        QVERIFY2(error.detail.contains(u"Permission denied"), qPrintable(error.detail));
        QVERIFY(!error.detail.contains(answer));
    }
}

void SshTunnelTest::neverTrustsAChangedHostKey()
{
    QFile other(m_sshd->file(u"other.pub"_s));
    QVERIFY(other.open(QIODevice::ReadOnly));
    QFile known(m_sshd->file(u"known_hosts"_s));
    QVERIFY(known.open(QIODevice::WriteOnly));
    known.write("[127.0.0.1]:" + QByteArray::number(m_sshd->port()) + ' ' + other.readAll());
    known.close();
    SshTunnel tunnel(m_sshd->options(QStringLiteral(SLOTSCOPE_PROGRAM)));
    Answers answers(&tunnel, u"yes"_s);
    QSignalSpy down(&tunnel, &SshTunnel::down);
    tunnel.use();
    QVERIFY(down.wait(20'000));
    const auto error = down[0][0].value<Error>();
    QVERIFY2(error.detail.contains(u"Host key verification failed"), qPrintable(error.detail));
    QVERIFY(answers.asked.isEmpty());
}

void SshTunnelTest::nobodyToAsk()
{
    m_sshd->setHostKnown(false);
    SshTunnel tunnel(m_sshd->options(QStringLiteral(SLOTSCOPE_PROGRAM)));
    QSignalSpy down(&tunnel, &SshTunnel::down);
    tunnel.use();
    QVERIFY(down.wait(20'000));
    const auto error = down[0][0].value<Error>();
    QVERIFY2(error.detail.contains(u"not answered"), qPrintable(error.detail));
}

void SshTunnelTest::noSuchProgram()
{
    net::SshOptions options = m_sshd->options();
    options.program = u"/nowhere/ssh"_s;
    SshTunnel tunnel(options);
    QSignalSpy down(&tunnel, &SshTunnel::down);
    tunnel.use();
    QVERIFY(!down.isEmpty() || down.wait(5000));
    QCOMPARE(tunnel.error().code, ErrorCode::TunnelFailed);
    QVERIFY2(tunnel.error().detail.contains(u"/nowhere/ssh"), qPrintable(tunnel.error().detail));
}

void SshTunnelTest::comesAgainAfterItDied()
{
    SshTunnel tunnel(m_sshd->options());
    QSignalSpy up(&tunnel, &SshTunnel::up);
    QSignalSpy down(&tunnel, &SshTunnel::down);
    tunnel.use();
    QVERIFY2(up.wait(20'000), qPrintable(tunnel.error().detail));
    const QByteArray ours = "127.0.0.1:" + QByteArray::number(tunnel.proxy().port);
    const QList<int> pids = processesWith(ours);
    QCOMPARE(pids.size(), 1);
    ::kill(pids.first(), SIGKILL);
    QTRY_COMPARE_WITH_TIMEOUT(down.size(), 1, 10'000);
    QVERIFY(!tunnel.error().detail.isEmpty());
    QCOMPARE(tunnel.proxy().port, 0);
    QTRY_COMPARE_WITH_TIMEOUT(up.size(), 2, 20'000);

    // The other end may be gone for a while, too.
    m_sshd->stop();
    const QList<int> sessions
        = processesWith("127.0.0.1:" + QByteArray::number(tunnel.proxy().port));
    for (const int pid : sessions)
        ::kill(pid, SIGKILL);
    QTRY_VERIFY_WITH_TIMEOUT(down.size() >= 3, 20'000); // ended, then refused
    QVERIFY2(tunnel.error().detail.contains(u"refused"), qPrintable(tunnel.error().detail));
    QVERIFY(m_sshd->start().isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(up.size(), 3, 40'000);
}

/// Only the least that it waits is looked at: on a slow machine it is more.
void SshTunnelTest::waitsLongerEachTime()
{
    auto tunnel = std::make_unique<SshTunnel>(m_sshd->options());
    QSignalSpy up(tunnel.get(), &SshTunnel::up);
    QElapsedTimer clock;
    QList<qint64> ended;
    QStringList said;
    connect(tunnel.get(), &SshTunnel::down, this, [&](const Error& error) {
        ended.append(clock.elapsed());
        said.append(error.detail);
    });
    clock.start();
    tunnel->use();
    QVERIFY2(up.wait(20'000), qPrintable(tunnel->error().detail));
    const QList<int> pids = processesWith("127.0.0.1:" + QByteArray::number(tunnel->proxy().port));
    QCOMPARE(pids.size(), 1);
    m_sshd->stop();
    ::kill(pids.first(), SIGKILL);
    QTRY_VERIFY_WITH_TIMEOUT(ended.size() >= 4, 30'000);
    const qint64 first = ended[1] - ended[0];
    const qint64 second = ended[2] - ended[1];
    const qint64 third = ended[3] - ended[2];
    const QString waits = u"%1, %2, %3 ms"_s.arg(first).arg(second).arg(third);
    QVERIFY2(first >= 200 && second >= 400 && third >= 800, qPrintable(waits));
    for (const QString& words : said.mid(1))
        QVERIFY2(words.contains(u"refused"), qPrintable(words));

    // It ends while it waits, and nobody calls the server that is back.
    QCOMPARE(tunnel->state(), SshTunnel::State::Waiting);
    tunnel.reset();
    QVERIFY(processesWith(QFile::encodeName(m_sshd->file(u"ssh_config"_s))).isEmpty());
    QVERIFY(m_sshd->start().isEmpty());
}

void SshTunnelTest::clusterBehindIt()
{
    sandbox::ClusterSpec spec;
    spec.replicas = 0;
    sandbox::SandboxCluster cluster(spec);
    QSignalSpy started(&cluster, &sandbox::SandboxCluster::started);
    cluster.start();
    QVERIFY(started.wait(60'000));
    QVERIFY(started[0][0].toBool());
    session::SessionConfig config;
    config.endpoint.endpoint = { u"localhost"_s, cluster.manifest().nodes[0].port };
    config.endpoint.typed = config.endpoint.endpoint.toString();
    config.options.tunnel = SshTunnel::create(m_sshd->options());
    config.refreshInterval = {};
    {
        session::Session session(config);
        QSignalSpy topologies(&session, &session::Session::topologyChanged);
        QSignalSpy ends(&session, &session::Session::runFinished);
        session.open();
        QTRY_VERIFY_WITH_TIMEOUT(!topologies.isEmpty(), 20'000);
        QCOMPARE(topologies[0][0].value<cluster::Topology>().data().viewsAnswered, 3);
        const auto run = [&](quint64 id) {
            session.run(id, { "GET", "key" + QByteArray::number(id) },
                command::Behaviour::clusterClientWithoutMap());
        };
        for (quint64 id = 0; id < 3; ++id)
            run(id);
        QTRY_COMPARE_WITH_TIMEOUT(ends.size(), 3, 20'000);
        qsizetype hops = 0;
        for (const auto& end : ends) {
            const auto trace = end[1].value<command::Trace>();
            QCOMPARE(trace.outcome, command::TraceOutcome::Reply);
            hops += trace.hops.size();
        }
        QVERIFY(hops > 3); // some were MOVED, over the tunnel

        // Killed in the middle: what was open is lost, and the next command waits for the new one.
        QSignalSpy down(config.options.tunnel.get(), &SshTunnel::down);
        const QList<int> pids
            = processesWith("127.0.0.1:" + QByteArray::number(config.options.tunnel->proxy().port));
        QCOMPARE(pids.size(), 1);
        ::kill(pids.first(), SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(down.size(), 1, 10'000);
        QTest::qWait(50); // the connections have heard of it
        run(7);
        QTRY_COMPARE_WITH_TIMEOUT(ends.size(), 4, 20'000);
        QCOMPARE(ends[3][1].value<command::Trace>().outcome, command::TraceOutcome::Reply);
    }
    net::Connection direct({ u"127.0.0.1"_s, cluster.manifest().nodes[0].port }, config.options);
    QSignalSpy ready(&direct, &net::Connection::ready);
    direct.open();
    QVERIFY(ready.wait(10'000));
    QCOMPARE(direct.dialInfo().way, net::Way::Ssh);
    QCOMPARE(direct.dialInfo().proxy, config.options.tunnel->proxy());
}

/// Of each connection what it said of that one, although they fail at the same time.
void SshTunnelTest::saysWhatTheFarEndSaid()
{
    net::ConnectionOptions options;
    options.tunnel = SshTunnel::create(m_sshd->options());
    QTcpServer closing; // is reached, and has nothing to say
    QVERIFY(closing.listen(QHostAddress::LocalHost));
    connect(&closing, &QTcpServer::newConnection, &closing,
        [&closing] { closing.nextPendingConnection()->disconnectFromHost(); });
    QTcpServer mute;
    QVERIFY(mute.listen(QHostAddress::LocalHost));
    const net::Endpoint silent { u"127.0.0.1"_s, mute.serverPort() };
    options.timeout = std::chrono::seconds(4);
    const net::Endpoint nobody { u"127.0.0.1"_s, freePort() };
    const net::Endpoint nameless { u"Nowhere.invalid"_s, 6379 };
    const net::Endpoint closes { u"127.0.0.1"_s, closing.serverPort() };
    for (int round = 0; round < 3; ++round) {
        options.tls.enabled = round == 2;
        std::vector<std::unique_ptr<net::Connection>> connections;
        QHash<QString, Error> errors;
        for (const net::Endpoint& endpoint : { nobody, closes, nameless, silent }) {
            auto& connection
                = connections.emplace_back(std::make_unique<net::Connection>(endpoint, options));
            connect(connection.get(), &net::Connection::closed, this,
                [&errors, endpoint](
                    const Error& error) { errors.insert(endpoint.toString(), error); });
            connection->open();
        }
        QTRY_COMPARE_WITH_TIMEOUT(errors.size(), 4, 30'000);
        for (const auto& [endpoint, says] :
            { std::pair(nobody, u"Connection refused"_s), std::pair(nameless, u"not known"_s) }) {
            const Error error = errors.value(endpoint.toString());
            QCOMPARE(error.code, ErrorCode::ProxyRefused);
            QCOMPARE(error.address, endpoint.toString());
            QVERIFY2(error.detail.contains(says), qPrintable(error.detail));
        }
        // Those that were reached are to blame themselves.
        QCOMPARE(errors.value(closes.toString()).code,
            options.tls.enabled ? ErrorCode::TlsFailed : ErrorCode::TlsExpected);
        QCOMPARE(errors.value(silent.toString()).code,
            options.tls.enabled ? ErrorCode::TlsNotSpoken : ErrorCode::NoReply);
    }
}

/// ssh's own ProxyJump, of which nothing is left when the tunnel ends.
void SshTunnelTest::twoHops()
{
    RealSshd inner(u"inner"_s);
    QVERIFY(inner.start().isEmpty());
    inner.setHostKnown(true);
    inner.useJump(m_sshd.get());
    RealServer server;
    QVERIFY(server.start());
    net::ConnectionOptions options;
    options.tunnel = SshTunnel::create(inner.options());
    const qsizetype before = m_sshd->log().count("Accepted publickey");
    {
        net::Connection connection(server.endpoint(), options);
        QSignalSpy ready(&connection, &net::Connection::ready);
        connection.open();
        QVERIFY2(ready.wait(30'000), qPrintable(options.tunnel->error().detail));
        QCOMPARE(connection.dialInfo().way, net::Way::Ssh);
    }
    QCOMPARE(m_sshd->log().count("Accepted publickey"), before + 1);
    QCOMPARE(inner.log().count("Accepted publickey"), 1);
    const QByteArray ours = QFile::encodeName(inner.file(u"ssh_config"_s));
    QVERIFY(processesWith(ours).size() >= 2);
    options.tunnel.reset();
    QTRY_VERIFY_WITH_TIMEOUT(processesWith(ours).isEmpty(), 10'000);

    // A first hop that is gone: said by the ssh that makes it.
    m_sshd->stop();
    SshTunnel broken(inner.options());
    QSignalSpy down(&broken, &SshTunnel::down);
    broken.use();
    QVERIFY(down.wait(20'000));
    QVERIFY(m_sshd->start().isEmpty());
    QVERIFY2(broken.error().detail.contains(u"refused"), qPrintable(broken.error().detail));
}

namespace {

/// Stands where ssh would.
QString writeProgram(const RealSshd& sshd, const QByteArray& script)
{
    QFile program(sshd.file(u"not-ssh"_s));
    if (!program.open(QIODevice::WriteOnly))
        qFatal("cannot write");
    program.write("#!/bin/sh\n" + script + '\n');
    program.close();
    program.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return program.fileName();
}

} // namespace

void SshTunnelTest::givesUpOnASilentProgram()
{
    net::SshOptions options = m_sshd->options();
    options.patience = std::chrono::milliseconds(300);
    options.program = writeProgram(*m_sshd, "sleep 1000 & sleep 1001");
    SshTunnel tunnel(options);
    QSignalSpy down(&tunnel, &SshTunnel::down);
    tunnel.use();
    QVERIFY(down.wait(20'000));
    QVERIFY2(tunnel.error().detail.contains(u"not ready after 0.3 s"),
        qPrintable(tunnel.error().detail));
    QCOMPARE(tunnel.state(), SshTunnel::State::Idle);
}

void SshTunnelTest::anotherProgram_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QString>("says");
    QTest::newRow("ends at once") << "exit 3"_ba << u"status 3"_s;
    QTest::newRow("is killed") << "kill -9 $$"_ba << u"killed"_s;
    QTest::newRow("garbage") << "head -c 30000000 /dev/urandom >&2; head -c 30000000 /dev/zero;"
                                "echo; printf '\\nno more\\n' >&2; exit 1"_ba
                             << u"no more"_s;
}

void SshTunnelTest::anotherProgram()
{
    QFETCH(QByteArray, script);
    QFETCH(QString, says);
    net::SshOptions options = m_sshd->options();
    options.program = writeProgram(*m_sshd, script);
    SshTunnel tunnel(options);
    QSignalSpy down(&tunnel, &SshTunnel::down);
    tunnel.use();
    QVERIFY(!down.isEmpty() || down.wait(20'000));
    QVERIFY2(tunnel.error().detail.contains(says), qPrintable(tunnel.error().detail));
    QVERIFY(tunnel.error().detail.size() < 1000);
}

void SshTunnelTest::endsWithItsOwner()
{
    auto tunnel = std::make_unique<SshTunnel>(m_sshd->options());
    QSignalSpy up(tunnel.get(), &SshTunnel::up);
    tunnel->use();
    QVERIFY(up.wait(20'000));
    const QByteArray ours = "127.0.0.1:" + QByteArray::number(tunnel->proxy().port);
    QCOMPARE(processesWith(ours).size(), 1);
    tunnel.reset();
    QVERIFY(processesWith(ours).isEmpty());
}

/// This very program, as another process: it opens a tunnel of two hops, says its port and waits
/// to be killed. No ssh stays, and what stays of its folder goes with the next tunnel.
void SshTunnelTest::endsWhenTheProgramIsKilled()
{
    RealSshd inner(u"inner"_s);
    QVERIFY(inner.start().isEmpty());
    inner.setHostKnown(true);
    inner.useJump(m_sshd.get());
    QProcess other;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"SLOTSCOPE_TEST_TUNNEL"_s, inner.file(u"ssh_config"_s));
    other.setProcessEnvironment(environment);
    other.start(QCoreApplication::applicationFilePath(), QStringList());
    QVERIFY(other.waitForStarted());
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT((said += other.readAllStandardOutput()).endsWith('\n'), 20'000);
    const QByteArray ours = QFile::encodeName(inner.file(u"ssh_config"_s));
    QVERIFY(processesWith(ours).size() >= 2);
    const auto folders = [mark = u"slotscope-ssh-%1-*"_s.arg(other.processId())] {
        return QDir::temp().entryList({ mark }, QDir::Dirs).size();
    };
    QCOMPARE(folders(), 1);
    ::kill(static_cast<pid_t>(other.processId()), SIGKILL);
    QVERIFY(other.waitForFinished(5000));
    QTRY_VERIFY_WITH_TIMEOUT(processesWith(ours).isEmpty(), 10'000);
    QCOMPARE(folders(), 1);
    SshTunnel next(m_sshd->options());
    next.use();
    QCOMPARE(folders(), 0);
}

void SshTunnelTest::commandLine_data()
{
    QTest::addColumn<bool>("known");
    QTest::addColumn<bool>("isProfile");
    QTest::addColumn<bool>("isTyped"); // the way
    QTest::newRow("known host") << true << false << true;
    QTest::newRow("nobody to ask") << false << false << true;
    QTest::newRow("the second seed of a profile") << true << true << false;
    QTest::newRow("another way than the profile's") << true << true << true;
}

/// `slotscope inspect --ssh`: with an ssh in PATH that reads the test's configuration.
void SshTunnelTest::commandLine()
{
    QFETCH(bool, known);
    QFETCH(bool, isProfile);
    QFETCH(bool, isTyped);
    m_sshd->setHostKnown(known);
    RealServer server;
    QVERIFY(server.start());
    profile::Profile profile;
    profile.name = u"two seeds"_s;
    profile.endpoints = { u"127.0.0.1:1"_s, server.endpoint().toString() };
    profile.wayIn = { profile::WayIn::Kind::Ssh, isTyped ? u"nowhere"_s : u"bastion"_s };
    // ssh is not told what is none of its business.
    profile.keySecret
        = { profile::SecretSource::Kind::Environment, u"SLOTSCOPE_TEST_SECRET"_s, {} };
    profile::ProfileStore store(m_sshd->file(u"slotscope/profiles.json"_s));
    QVERIFY(!isProfile || store.save(profile));
    QVERIFY(QDir(m_sshd->file({})).mkpath(u"bin"_s));
    QFile wrapper(m_sshd->file(u"bin/ssh"_s));
    QVERIFY(wrapper.open(QIODevice::WriteOnly));
    const QString told = m_sshd->file(u"environment-of-ssh"_s);
    wrapper.write("#!/bin/sh\nenv >'" + QFile::encodeName(told) + "'\nexec "
        + QFile::encodeName(QStandardPaths::findExecutable(u"ssh"_s)) + " -F '"
        + QFile::encodeName(m_sshd->file(u"ssh_config"_s)) + "' \"$@\"\n");
    wrapper.close();
    QVERIFY(wrapper.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QProcess slotscope;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PATH"_s, m_sshd->file(u"bin"_s) + u':' + environment.value(u"PATH"_s));
    environment.insert(u"XDG_CONFIG_HOME"_s, m_sshd->file({}));
    environment.insert(u"SLOTSCOPE_PASSWORD"_s, u"tiger1"_s);
    environment.insert(u"SLOTSCOPE_TEST_SECRET"_s, u"tiger2"_s);
    slotscope.setProcessEnvironment(environment);
    slotscope.setChildProcessModifier([] { ::setsid(); }); // no terminal
    QStringList way { isProfile ? u"profile:two seeds"_s : server.endpoint().toString() };
    if (isTyped)
        way += { u"--ssh"_s, u"bastion"_s };
    slotscope.start(QStringLiteral(SLOTSCOPE_PROGRAM),
        QStringList(u"inspect"_s) + way + QStringList { u"--format"_s, u"json"_s });
    QVERIFY(slotscope.waitForFinished(30'000));
    const QByteArray output = slotscope.readAllStandardOutput();
    const QByteArray complaint = slotscope.readAllStandardError();
    QFile ofSsh(told);
    QVERIFY(ofSsh.open(QIODevice::ReadOnly));
    const QByteArray variables = ofSsh.readAll();
    QVERIFY(variables.contains("SSH_ASKPASS="));
    QVERIFY(!variables.contains("tiger1"));
    QCOMPARE(variables.contains("tiger2"), !isProfile); // of which nobody knows
    if (known) {
        QVERIFY2(slotscope.exitCode() == 0, complaint.constData());
        QVERIFY2(output.contains("\"standalone\""), output.constData());
        QVERIFY2(output.contains("\"via\": \"ssh bastion\""), output.constData());
        return;
    }
    QCOMPARE(slotscope.exitCode(), 3);
    QVERIFY2(output.contains("no ssh tunnel"), output.constData());
    QVERIFY2(complaint.contains("there is no terminal to answer on"), complaint.constData());
    QVERIFY2(complaint.contains("authenticity of host"), complaint.constData());
}

} // namespace slotscope::tests

int main(int argc, char** argv)
{
    using namespace slotscope;
    QCoreApplication application(argc, argv);
    if (!qEnvironmentVariableIsSet("SLOTSCOPE_TEST_TUNNEL")) {
        tests::SshTunnelTest test;
        return QTest::qExec(&test, argc, argv);
    }
    net::SshOptions options;
    options.target.host = QStringLiteral("inner");
    options.moreArguments = { QStringLiteral("-F"), qEnvironmentVariable("SLOTSCOPE_TEST_TUNNEL") };
    net::SshTunnel tunnel(options);
    QObject::connect(&tunnel, &net::SshTunnel::up, &tunnel, [&tunnel] {
        std::printf("%d\n", tunnel.proxy().port);
        std::fflush(stdout);
    });
    QObject::connect(&tunnel, &net::SshTunnel::down, &application, &QCoreApplication::quit);
    tunnel.use();
    return QCoreApplication::exec();
}

#include "tst_sshtunnel.moc"
