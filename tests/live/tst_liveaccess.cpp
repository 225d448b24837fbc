// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/discovery.h"
#include "core/command/commandrun.h"
#include "core/command/slotsurvey.h"
#include "core/explain/errors.h"
#include "core/health/clustercheck.h"
#include "tests/live/realserver.h"
#include "tests/live/servers.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <map>
#include <memory>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using cluster::Kind;
using cluster::Slot;
using cluster::Topology;
using support::Error;
using support::ErrorCode;

namespace {

struct Discovered
{
    bool ok = false;
    Topology topology;
    Error error;
};

Discovered discover(const net::Endpoint& seed, const net::ConnectionOptions& options)
{
    net::ConnectionPool pool(options);
    cluster::Discovery discovery(&pool, seed, seed.toString());
    QSignalSpy finished(&discovery, &cluster::Discovery::finished);
    discovery.start();
    if (!QTest::qWaitFor([&] { return !finished.isEmpty(); }, 20'000))
        return {};
    const auto arguments = finished.first();
    return { arguments.at(0).toBool(), arguments.at(1).value<Topology>(),
        arguments.at(2).value<Error>() };
}

/// Two authorities, a server's certificates (one of them expired) and a client's by the first, a
/// client's by the second.
bool makeCertificates(const QString& folder)
{
    QFile script(folder + u"/make.sh"_s);
    if (!script.open(QIODevice::WriteOnly))
        return false;
    script.write(R"(
        set -e
        cd "$1"
        key='ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'
        for ca in ca other-ca; do
            openssl req -x509 -newkey $key -days 2 -subj /CN=$ca -keyout $ca.key -out $ca.crt
        done
        sign() { # NAME AUTHORITY DAYS
            openssl x509 -req -in $1.csr -CA $2.crt -CAkey $2.key -CAcreateserial \
                -copy_extensions copy -days $3 -out ${4:-$1}.crt
        }
        openssl req -newkey $key -subj /CN=orders -keyout server.key -out server.csr \
            -addext subjectAltName=DNS:orders.example,IP:127.0.0.1
        sign server ca 2
        sign server ca -1 expired
        for client in client stranger; do
            openssl req -newkey $key -subj /CN=$client -keyout $client.key -out $client.csr
        done
        sign client ca 2
        sign stranger other-ca 2
        openssl pkcs12 -export -inkey client.key -in client.crt -out client.p12 \
            -passout pass:sesame
        openssl pkcs8 -topk8 -in client.key -out locked.key -passout pass:sesame
        openssl req -x509 -newkey $key -days 2 -subj /CN=alone -keyout alone.key -out alone.crt \
            -addext subjectAltName=IP:127.0.0.1
    )");
    script.close();
    QProcess shell;
    shell.start(u"sh"_s, { script.fileName(), folder });
    return shell.waitForFinished(60'000) && shell.exitCode() == 0;
}

} // namespace

/// TLS and users, on every server: who gets in, and what the others are told.
class LiveAccessTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addServerRows(); }
    void initTestCase();
    void init();
    void cleanupTestCase() { m_servers.clear(); }

    void tls_data();
    void tls();
    void clientCertificates_data();
    void clientCertificates();
    void tellsWhatTlsCameTo_data();
    void tellsWhatTlsCameTo();
    void oldTlsAndNoCertificate();
    void selfSigned();
    void users_data();
    void users();
    void oneKeyForbidden();
    void askedOnce();

private:
    /// The servers of one program.
    struct Servers
    {
        std::unique_ptr<RealServer> plain; ///< a cluster of one node, with users
        std::unique_ptr<RealServer> mutualTls;
        std::unique_ptr<RealServer> expired;
    };
    std::unique_ptr<RealServer> startTls(
        const QString& program, const QString& certificate, const QStringList& more = {});
    net::ConnectionOptions withTls() const;
    std::unique_ptr<RealServer> startPlain(const QString& program);
    QString file(const QString& name) const { return m_folder.filePath(name); }
    Servers& present() { return m_servers.at(presentServer().name); }

    QTemporaryDir m_folder;
    std::map<QString, Servers> m_servers;
};

std::unique_ptr<RealServer> LiveAccessTest::startTls(
    const QString& program, const QString& certificate, const QStringList& more)
{
    const quint16 port = freePort();
    auto server = std::make_unique<RealServer>(
        QStringList { u"--port"_s, u"0"_s, u"--tls-port"_s, QString::number(port),
            u"--tls-cert-file"_s, file(certificate), u"--tls-key-file"_s,
            file(certificate == "alone.crt"_L1 ? u"alone.key"_s : u"server.key"_s),
            u"--tls-ca-cert-file"_s, file(u"ca.crt"_s), u"--tls-auth-clients"_s, u"yes"_s }
        + more);
    server->setProgram(program);
    server->listenOn(port);
    return server->start() ? std::move(server) : nullptr;
}

std::unique_ptr<RealServer> LiveAccessTest::startPlain(const QString& program)
{
    auto server = std::make_unique<RealServer>(QStringList { u"--cluster-enabled"_s, u"yes"_s });
    server->setProgram(program);
    if (!server->start())
        return nullptr;
    const QList<QStringList> users {
        { u"all"_s, u"~*"_s, u"+@all"_s },
        { u"nocluster"_s, u"~*"_s, u"+@all"_s, u"-cluster"_s },
        { u"slotsonly"_s, u"~*"_s, u"+@all"_s, u"-cluster"_s, u"+cluster|slots"_s },
        { u"least"_s, u"-@all"_s, u"+cluster|slots"_s },
        { u"few"_s, u"~*"_s, u"+@all"_s, u"-info"_s, u"-cluster"_s, u"+cluster|slots"_s,
            u"+cluster|info"_s, u"+cluster|myid"_s },
        { u"onekey"_s, u"~mine:*"_s, u"+@all"_s },
    };
    for (const QStringList& user : users) {
        const QStringList rule
            = QStringList { u"acl"_s, u"setuser"_s, user.first(), u"on"_s, u">secret"_s }
            + user.mid(1);
        if (server->cli(rule).trimmed() != "OK")
            return nullptr;
    }
    server->cli({ u"cluster"_s, u"addslotsrange"_s, u"0"_s, u"16383"_s });
    // A primary that has just got its slots waits before it serves them.
    const bool isUp = QTest::qWaitFor(
        [&] {
            return server->cli({ u"cluster"_s, u"info"_s }).contains("cluster_state:ok");
        },
        20'000);
    return isUp ? std::move(server) : nullptr;
}

void LiveAccessTest::initTestCase()
{
    QVERIFY2(makeCertificates(m_folder.path()), "needs the package openssl");
    const QList<ServerProgram> programs = serverPrograms();
    for (const ServerProgram& program : programs) {
        QVERIFY2(whatIsMissing(program).isEmpty(), qPrintable(whatIsMissing(program)));
        Servers& servers = m_servers[program.name];
        servers.plain = startPlain(program.path);
        servers.mutualTls = startTls(program.path, u"server.crt"_s);
        servers.expired = startTls(program.path, u"expired.crt"_s);
        QVERIFY(servers.plain && servers.mutualTls && servers.expired);
    }
}

void LiveAccessTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
}

enum class Port { Plain, Tls, Expired };

void LiveAccessTest::tls_data()
{
    QTest::addColumn<Port>("port");
    QTest::addColumn<QString>("authority");
    QTest::addColumn<QString>("client");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("sentence"); // what it must say; empty: gets in

    QTest::newRow("mutual") << Port::Tls << u"ca.crt"_s << u"client"_s << u""_s << u""_s;
    QTest::newRow("by name") << Port::Tls << u"ca.crt"_s << u"client"_s << u"orders.example"_s
                             << u""_s;
    QTest::newRow("no client certificate")
        << Port::Tls << u"ca.crt"_s << u""_s << u""_s << u"certificate"_s;
    QTest::newRow("a stranger's client certificate")
        << Port::Tls << u"ca.crt"_s << u"stranger"_s << u""_s << u"unknown ca"_s;
    QTest::newRow("another authority")
        << Port::Tls << u"other-ca.crt"_s << u"client"_s << u""_s << u"untrusted"_s;
    QTest::newRow("the system's authorities")
        << Port::Tls << u""_s << u"client"_s << u""_s << u"untrusted"_s;
    QTest::newRow("another name") << Port::Tls << u"ca.crt"_s << u"client"_s
                                  << u"payments.example"_s << u"host name"_s;
    QTest::newRow("expired") << Port::Expired << u"ca.crt"_s << u"client"_s << u""_s
                             << u"expired"_s;
    QTest::newRow("expired, nothing verified")
        << Port::Expired << u"insecure"_s << u"client"_s << u""_s << u""_s;
    QTest::newRow("TLS to a plain port")
        << Port::Plain << u"ca.crt"_s << u"client"_s << u""_s << u"does not speak TLS"_s;
    QTest::newRow("plain to a TLS port")
        << Port::Tls << u"no tls"_s << u""_s << u""_s << u"it may expect TLS"_s;
}

void LiveAccessTest::tls()
{
    QFETCH(Port, port);
    QFETCH(QString, authority);
    QFETCH(QString, client);
    QFETCH(QString, name);
    QFETCH(QString, sentence);
    const RealServer& server = port == Port::Plain ? *present().plain
        : port == Port::Tls                        ? *present().mutualTls
                                                   : *present().expired;
    net::ConnectionOptions options;
    options.tls.enabled = authority != "no tls"_L1;
    options.tls.insecure = authority == "insecure"_L1;
    if (authority.endsWith(u".crt"_s))
        options.tls.caFile = file(authority);
    if (!client.isEmpty()) {
        options.tls.certificateFile = file(client + u".crt"_s);
        options.tls.keyFile = file(client + u".key"_s);
    }
    options.tls.verifyName = name;
    const Discovered found = discover(server.endpoint(), options);
    const QString told = explain::errorSentence(found.error);
    QVERIFY2(found.ok == sentence.isEmpty(), qPrintable(told));
    if (found.ok) {
        QCOMPARE(found.topology.data().kind, Kind::Standalone);
        return;
    }
    QVERIFY2(told.contains(sentence), qPrintable(told));
    QVERIFY2(told.contains(server.endpoint().toString()), qPrintable(told));
    QVERIFY(told.endsWith(u'.'));
    QVERIFY(!explain::errorRemedy(found.error).isEmpty());
    QCOMPARE(found.error.code == ErrorCode::TlsOutOfTime, port == Port::Expired);
}

net::ConnectionOptions LiveAccessTest::withTls() const
{
    net::ConnectionOptions options;
    options.tls.enabled = true;
    options.tls.caFile = file(u"ca.crt"_s);
    options.tls.certificateFile = file(u"client.crt"_s);
    options.tls.keyFile = file(u"client.key"_s);
    return options;
}

void LiveAccessTest::clientCertificates_data()
{
    QTest::addColumn<QString>("pkcs12");
    QTest::addColumn<QString>("key");
    QTest::addColumn<std::optional<QString>>("passphrase");
    QTest::addColumn<QString>("sentence"); // what it must say; empty: gets in
    const std::optional<QString> none;
    const std::optional<QString> right = u"sesame"_s;
    const std::optional<QString> wrong = u"Sesame"_s;
    const QString locked = u"locked.key"_s;
    const QString both = u"client.p12"_s;
    QTest::newRow("key with a passphrase") << QString() << locked << right << u""_s;
    QTest::newRow("key, wrong passphrase")
        << QString() << locked << wrong << u"the passphrase does not open"_s;
    QTest::newRow("key, no passphrase") << QString() << locked << none << u"has a passphrase"_s;
    QTest::newRow("PKCS#12") << both << QString() << right << u""_s;
    QTest::newRow("PKCS#12, wrong passphrase")
        << both << QString() << wrong << u"the passphrase does not open"_s;
    QTest::newRow("PKCS#12, no passphrase") << both << QString() << none << u"has a passphrase"_s;
    QTest::newRow("no PKCS#12") << u"ca.crt"_s << QString() << right << u"no PKCS#12"_s;
    QTest::newRow("no such file") << u"nothing.p12"_s << QString() << right << u"nothing.p12"_s;
}

void LiveAccessTest::clientCertificates()
{
    QFETCH(QString, pkcs12);
    QFETCH(QString, key);
    QFETCH(std::optional<QString>, passphrase);
    QFETCH(QString, sentence);
    net::ConnectionOptions options = withTls();
    options.tls.keyFile = key.isEmpty() ? QString() : file(key);
    if (!pkcs12.isEmpty()) {
        options.tls.certificateFile.clear();
        options.tls.pkcs12File = file(pkcs12);
        // Qt says so too, where OpenSSL does not like the file.
        if (!sentence.isEmpty() && QFile::exists(file(pkcs12)))
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"PKCS"_s));
    }
    options.tls.keyPassphrase = passphrase;
    const Discovered found = discover(present().mutualTls->endpoint(), options);
    const QString told = explain::errorSentence(found.error);
    QVERIFY2(found.ok == sentence.isEmpty(), qPrintable(told));
    QVERIFY2(told.contains(sentence) || found.ok, qPrintable(told));
    QVERIFY(!passphrase || !told.contains(*passphrase));
}

void LiveAccessTest::tellsWhatTlsCameTo_data()
{
    QTest::addColumn<Port>("port");
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("insecure");
    QTest::addColumn<QString>("problem"); // a part of it; empty: none
    QTest::newRow("good") << Port::Tls << u"orders.example"_s << false << u""_s;
    QTest::newRow("expired") << Port::Expired << u"orders.example"_s << false << u"expired (on 2"_s;
    QTest::newRow("wrong name") << Port::Tls << u"payments.example"_s << false
                                << u"it is for 127.0.0.1, orders.example"_s;
    QTest::newRow("nothing verified")
        << Port::Expired << u"orders.example"_s << true << u"expired (on 2"_s;
}

void LiveAccessTest::tellsWhatTlsCameTo()
{
    QFETCH(Port, port);
    QFETCH(QString, name);
    QFETCH(bool, insecure);
    QFETCH(QString, problem);
    net::ConnectionOptions options = withTls();
    options.tls.verifyName = name;
    options.tls.insecure = insecure;
    const RealServer& server = port == Port::Tls ? *present().mutualTls : *present().expired;
    net::Dial dial(server.endpoint(), options);
    QSignalSpy finished(&dial, &net::Dial::finished);
    dial.start();
    QVERIFY(finished.wait(10'000));
    const bool isIn = problem.isEmpty() || insecure;
    QCOMPARE(finished[0][0].toBool(), isIn);
    const net::TlsInfo& tls = dial.info().tls;
    QCOMPARE(tls.nameAsked, name);
    QCOMPARE(tls.isVerified, problem.isEmpty());
    QCOMPARE(tls.protocol, isIn ? u"TLSv1.3"_s : QString());
    QCOMPARE(tls.cipher.isEmpty(), !isIn);
    QVERIFY(!tls.chain.isEmpty());
    const net::PeerCertificate& certificate = tls.chain.first();
    QCOMPARE(certificate.subject, u"orders"_s);
    QCOMPARE(certificate.issuer, u"ca"_s);
    QCOMPARE(certificate.names, (QStringList { u"127.0.0.1"_s, u"orders.example"_s }));
    QVERIFY(certificate.notBefore.isValid());
    QCOMPARE(certificate.notAfter < QDateTime::currentDateTimeUtc(), port == Port::Expired);
    QVERIFY(!certificate.isSelfSigned);
    QCOMPARE(certificate.sha256.size(), 32 * 3 - 1);
    const QString problems = tls.problems.join(u'\n');
    QCOMPARE(problems.isEmpty(), problem.isEmpty());
    QVERIFY2(problems.contains(problem), qPrintable(problems));
    if (!isIn)
        QVERIFY(finished[0][1].value<Error>().detail.contains(problem));
}

/// TLS 1.3 refuses a client after the handshake, TLS 1.2 in it; both say what is wanted.
void LiveAccessTest::oldTlsAndNoCertificate()
{
    const auto old
        = startTls(presentServer().path, u"server.crt"_s, { u"--tls-protocols"_s, u"TLSv1.2"_s });
    QVERIFY(old);
    for (const RealServer* server : { old.get(), present().mutualTls.get() }) {
        net::ConnectionOptions options = withTls();
        options.tls.certificateFile.clear();
        options.tls.keyFile.clear();
        const Discovered without = discover(server->endpoint(), options);
        const QString told = explain::errorSentence(without.error);
        QVERIFY(!without.ok);
        QVERIFY2(told.contains(u"client"_s) && told.contains(u"certificate"_s), qPrintable(told));
        options.tls.certificateFile = file(u"stranger.crt"_s);
        options.tls.keyFile = file(u"stranger.key"_s);
        const Discovered stranger = discover(server->endpoint(), options);
        QCOMPARE(stranger.error.code, ErrorCode::TlsClientRefused);
        QVERIFY2(stranger.error.detail.startsWith(u"it does not accept"),
            qPrintable(stranger.error.detail));
    }
    QVERIFY(discover(old->endpoint(), withTls()).ok);
}

void LiveAccessTest::selfSigned()
{
    const auto alone = startTls(presentServer().path, u"alone.crt"_s);
    QVERIFY(alone);
    net::ConnectionOptions options = withTls();
    const Discovered refused = discover(alone->endpoint(), options);
    QCOMPARE(refused.error.code, ErrorCode::TlsFailed);
    QVERIFY2(refused.error.detail.contains(u"self-signed"), qPrintable(refused.error.detail));
    options.tls.caFile = file(u"alone.crt"_s); // trusted by itself
    const Discovered trusted = discover(alone->endpoint(), options);
    QVERIFY2(trusted.ok, qPrintable(trusted.error.detail));
}

void LiveAccessTest::users_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("password");
    QTest::addColumn<int>("error"); // -1: gets in
    QTest::addColumn<int>("slotCount"); // that are known to be owned
    QTest::addColumn<bool>("warned");
    const int refused = static_cast<int>(ErrorCode::AuthFailed);
    const int all = cluster::Slot::count;
    QTest::newRow("may do all") << u"all"_s << u"secret"_s << -1 << all << false;
    QTest::newRow("wrong password") << u"all"_s << u"Secret"_s << refused << 0 << false;
    QTest::newRow("unknown user") << u"nobody"_s << u"secret"_s << refused << 0 << false;
    QTest::newRow("no CLUSTER") << u"nocluster"_s << u"secret"_s << -1 << 0 << true;
    QTest::newRow("CLUSTER SLOTS only") << u"slotsonly"_s << u"secret"_s << -1 << all << true;
    QTest::newRow("CLUSTER SLOTS and nothing else")
        << u"least"_s << u"secret"_s << -1 << all << true;
}

void LiveAccessTest::users()
{
    QFETCH(QString, user);
    QFETCH(QString, password);
    QFETCH(int, error);
    QFETCH(int, slotCount);
    QFETCH(bool, warned);
    net::ConnectionOptions options;
    options.user = user;
    options.password = password;
    const Discovered found = discover(present().plain->endpoint(), options);
    const QString told = explain::errorSentence(found.error);
    QVERIFY2(!told.contains(password), qPrintable(told));
    if (error >= 0) {
        QVERIFY(!found.ok);
        QCOMPARE(static_cast<int>(found.error.code), error);
        QVERIFY2(told.contains(u"refused this user name and password"_s), qPrintable(told));
        return;
    }
    QVERIFY2(found.ok, qPrintable(told));
    QCOMPARE(found.topology.data().kind, Kind::Cluster);
    QCOMPARE(found.topology.nodes().size(), 1);
    QCOMPARE(cluster::slotCount(found.topology.nodes().first().ranges), slotCount);
    const QStringList& warnings = found.topology.data().warnings;
    QCOMPARE(!warnings.isEmpty(), warned);
    if (warned)
        QVERIFY2(warnings.join(u' ').contains(u"CLUSTER"_s), qPrintable(warnings.join(u' ')));
}

void LiveAccessTest::oneKeyForbidden()
{
    net::ConnectionOptions options;
    options.user = u"onekey"_s;
    options.password = u"secret"_s;
    net::ConnectionPool pool(options);
    const net::Endpoint seed = present().plain->endpoint();
    const auto traceOf = [&](const command::Argv& argv) {
        command::CommandRun run(
            { &pool, {}, seed, {} }, argv, command::Behaviour::clusterClientWithoutMap());
        QSignalSpy finished(&run, &command::CommandRun::finished);
        run.start();
        if (!QTest::qWaitFor([&] { return !finished.isEmpty(); }, 10'000))
            return command::Trace();
        return finished.value(0).value(0).value<command::Trace>();
    };
    QCOMPARE(traceOf({ "SET", "mine:1", "x" }).outcome, command::TraceOutcome::Reply);
    const command::Trace refused = traceOf({ "GET", "theirs:1" });
    QCOMPARE(refused.outcome, command::TraceOutcome::Error);
    QCOMPARE(refused.hops.size(), 1); // nobody else would know better
    QVERIFY2(refused.reply.text().startsWith("NOPERM"), refused.reply.toByteArray().constData());
    QCOMPARE(traceOf({ "GET", "mine:1" }).reply.toByteArray(), "x");
}

/// A session goes on for hours: what was refused once on its connection is not asked for again.
void LiveAccessTest::askedOnce()
{
    const RealServer& server = *present().plain;
    const auto refused = [&server] {
        const QByteArray info = server.cli({ u"info"_s, u"commandstats"_s });
        int count = 0;
        for (qsizetype at = 0; (at = info.indexOf("rejected_calls=", at)) >= 0;) {
            at += 15;
            count += info.mid(at, 12).split(',').first().toInt();
        }
        return count;
    };
    net::ConnectionOptions options;
    options.user = u"few"_s;
    options.password = u"secret"_s;
    net::ConnectionPool pool(options);
    const net::Endpoint seed = server.endpoint();
    Topology map;
    const auto askAll = [&] {
        cluster::Discovery discovery(&pool, seed, seed.toString());
        QSignalSpy discovered(&discovery, &cluster::Discovery::finished);
        discovery.start();
        if (!QTest::qWaitFor([&] { return !discovered.isEmpty(); }, 20'000))
            return false;
        map = discovered.first().at(1).value<Topology>();
        health::ClusterCheck check(&pool, seed, seed.toString());
        check.setPauseBeforeSecondLook(std::chrono::milliseconds(1));
        QSignalSpy checked(&check, &health::ClusterCheck::finished);
        check.start();
        if (!QTest::qWaitFor([&] { return !checked.isEmpty(); }, 20'000))
            return false;
        command::SlotSurveyOptions survey;
        survey.ranges = { { Slot(7), Slot(9) } };
        command::SlotSurvey counts({ &pool, map, seed }, survey);
        QSignalSpy counted(&counts, &command::SlotSurvey::finished);
        counts.start();
        return QTest::qWaitFor([&] { return !counted.isEmpty(); }, 20'000);
    };
    const int before = refused();
    QVERIFY(askAll());
    QVERIFY(map.slotsKnown());
    QVERIFY2(map.data().warnings.join(u' ').contains(u"CLUSTER NODES"_s),
        qPrintable(map.data().warnings.join(u'\n')));
    const int once = refused();
    QVERIFY(once > before);
    QVERIFY(askAll() && askAll());
    QVERIFY(map.slotsKnown());
    QCOMPARE(refused(), once);
    // Unless the user wants to know: their rights may have changed.
    pool.forgetRefusals();
    QVERIFY(askAll());
    QVERIFY(refused() > once);
}

} // namespace slotscope::tests

Q_DECLARE_METATYPE(slotscope::tests::Port)

QTEST_GUILESS_MAIN(slotscope::tests::LiveAccessTest)
#include "tst_liveaccess.moc"
