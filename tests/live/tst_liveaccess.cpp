// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/discovery.h"
#include "core/command/commandrun.h"
#include "core/explain/errors.h"
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
    void users_data();
    void users();
    void oneKeyForbidden();

private:
    /// The servers of one program.
    struct Servers
    {
        std::unique_ptr<RealServer> plain; ///< a cluster of one node, with users
        std::unique_ptr<RealServer> mutualTls;
        std::unique_ptr<RealServer> expired;
    };
    std::unique_ptr<RealServer> startTls(const QString& program, const QString& certificate);
    std::unique_ptr<RealServer> startPlain(const QString& program);
    QString file(const QString& name) const { return m_folder.filePath(name); }
    Servers& present() { return m_servers.at(presentServer().name); }

    QTemporaryDir m_folder;
    std::map<QString, Servers> m_servers;
};

std::unique_ptr<RealServer> LiveAccessTest::startTls(
    const QString& program, const QString& certificate)
{
    const quint16 port = freePort();
    auto server = std::make_unique<RealServer>(
        QStringList { u"--port"_s, u"0"_s, u"--tls-port"_s, QString::number(port),
            u"--tls-cert-file"_s, file(certificate), u"--tls-key-file"_s, file(u"server.key"_s),
            u"--tls-ca-cert-file"_s, file(u"ca.crt"_s), u"--tls-auth-clients"_s, u"yes"_s });
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
        << Port::Tls << u"no tls"_s << u""_s << u""_s << u"the port may expect TLS"_s;
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

} // namespace slotscope::tests

Q_DECLARE_METATYPE(slotscope::tests::Port)

QTEST_GUILESS_MAIN(slotscope::tests::LiveAccessTest)
#include "tst_liveaccess.moc"
