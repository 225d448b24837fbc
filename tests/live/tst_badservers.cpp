// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/discovery.h"
#include "core/command/commandrun.h"
#include "core/explain/errors.h"
#include "tests/live/realserver.h"

#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <memory>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using cluster::Discovery;
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

Discovered discover(const net::Endpoint& seed, const net::ConnectionOptions& options = {})
{
    net::ConnectionPool pool(options);
    Discovery discovery(&pool, seed, seed.toString());
    QSignalSpy finished(&discovery, &Discovery::finished);
    discovery.start();
    if (!QTest::qWaitFor([&] { return !finished.isEmpty(); }, 20'000))
        return {};
    const auto arguments = finished.first();
    return { arguments.at(0).toBool(), arguments.at(1).value<Topology>(),
        arguments.at(2).value<Error>() };
}

/// A certificate authority and a certificate for "orders.example" of it, in `folder`.
bool makeCertificates(const QString& folder)
{
    QFile extensions(folder + u"/extensions"_s);
    if (!extensions.open(QIODevice::WriteOnly))
        return false;
    extensions.write("subjectAltName=DNS:orders.example\nbasicConstraints=CA:FALSE\n");
    extensions.close();
    const QString script = uR"(
        set -e
        cd "$1"
        openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=TestCA \
            -keyout ca.key -out ca.crt
        openssl req -newkey rsa:2048 -nodes -subj /CN=orders -keyout server.key -out server.csr
        openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 \
            -extfile extensions -out server.crt)"_s;
    QProcess shell;
    shell.start(u"sh"_s, { u"-c"_s, script, u"sh"_s, folder });
    return shell.waitForFinished(60'000) && shell.exitCode() == 0;
}

} // namespace

class BadServersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void passwords_data();
    void passwords();
    void standaloneIsRecognised();
    void sentinelIsRecognised();
    void noPermissionIsNotStandalone();
    void freshNodeIsAnEmptyCluster();
    void loadingIsStillACluster();
    void tls();
};

void BadServersTest::passwords_data()
{
    QTest::addColumn<QString>("password");
    QTest::addColumn<int>("expected");
    QTest::newRow("none") << QString() << int(ErrorCode::AuthRequired);
    QTest::newRow("wrong") << u"wrong"_s << int(ErrorCode::AuthFailed);
    QTest::newRow("right") << u"s3cr3t"_s << -1;
}

void BadServersTest::passwords()
{
    QFETCH(QString, password);
    QFETCH(int, expected);
    RealServer server({ u"--requirepass"_s, u"s3cr3t"_s });
    QVERIFY2(server.start(), "needs the package redis-server");
    net::ConnectionOptions options;
    if (!password.isEmpty())
        options.password = password;
    const Discovered found = discover(server.endpoint(), options);
    QCOMPARE(found.ok, expected < 0);
    if (found.ok)
        QCOMPARE(found.topology.data().kind, Kind::Standalone);
    else
        QCOMPARE(int(found.error.code), expected);
    QVERIFY(!found.error.detail.contains(u"s3cr3t"_s));
}

void BadServersTest::standaloneIsRecognised()
{
    RealServer server;
    QVERIFY2(server.start(), "needs the package redis-server");
    const Discovered found = discover(server.endpoint());
    QVERIFY(found.ok);
    QCOMPARE(found.topology.data().kind, Kind::Standalone);
    QCOMPARE(found.topology.nodes().size(), 1);
    QVERIFY(found.topology.shards().isEmpty());
}

void BadServersTest::sentinelIsRecognised()
{
    RealServer primary;
    QVERIFY2(primary.start(), "needs the package redis-server");
    RealServer server({ u"--sentinel"_s },
        "sentinel monitor mymaster 127.0.0.1 " + QByteArray::number(primary.port()) + " 1\n");
    QVERIFY(server.start());
    const Discovered found = discover(server.endpoint());
    QVERIFY(found.ok);
    QCOMPARE(found.topology.data().kind, Kind::Sentinel);
    QCOMPARE(found.topology.data().masters.size(), 1);
    QCOMPARE(found.topology.data().masters.first().name, u"mymaster"_s);
    QCOMPARE(found.topology.data().masters.first().address, primary.endpoint());
}

void BadServersTest::noPermissionIsNotStandalone()
{
    RealServer server({ u"--cluster-enabled"_s, u"yes"_s });
    QVERIFY2(server.start(), "needs the package redis-server");
    QCOMPARE(server
                 .cli({ u"acl"_s, u"setuser"_s, u"limited"_s, u"on"_s, u">pw"_s, u"~*"_s,
                     u"+@all"_s, u"-cluster"_s })
                 .trimmed(),
        "OK");
    net::ConnectionOptions options;
    options.user = u"limited"_s;
    options.password = u"pw"_s;
    const Discovered found = discover(server.endpoint(), options);
    QVERIFY2(found.ok, qPrintable(found.error.detail));
    QCOMPARE(found.topology.data().kind, Kind::Cluster);
    QVERIFY(!found.topology.data().warnings.isEmpty());
}

void BadServersTest::freshNodeIsAnEmptyCluster()
{
    RealServer server({ u"--cluster-enabled"_s, u"yes"_s });
    QVERIFY2(server.start(), "needs the package redis-server");
    const Discovered found = discover(server.endpoint());
    QVERIFY(found.ok);
    QCOMPARE(found.topology.data().kind, Kind::Cluster);
    QCOMPARE(found.topology.nodes().size(), 1);
    QCOMPARE(found.topology.nodes().first().address, server.endpoint());
    QCOMPARE(cluster::slotCount(found.topology.uncovered()), cluster::Slot::count);
}

void BadServersTest::loadingIsStillACluster()
{
    RealServer server;
    QVERIFY2(server.start(), "needs the package redis-server");
    server.cli({ u"eval"_s, u"for i=1,50000 do redis.call('set',i,i) end"_s, u"0"_s });
    QCOMPARE(server.cli({ u"save"_s }).trimmed(), "OK");
    server.stop();
    // Fifty seconds of loading.
    QVERIFY(server.start({ u"--cluster-enabled"_s, u"yes"_s, u"--key-load-delay"_s, u"1000"_s,
        u"--loading-process-events-interval-bytes"_s, u"1024"_s }));
    QVERIFY(server.cli({ u"ping"_s }).startsWith("LOADING"));

    const Discovered found = discover(server.endpoint());
    QVERIFY2(found.ok, qPrintable(found.error.detail));
    QCOMPARE(found.topology.data().kind, Kind::Cluster);
    QCOMPARE(found.topology.nodes().size(), 1);
    QCOMPARE(found.topology.nodes().first().health, cluster::Health::Loading);

    net::ConnectionPool pool(net::ConnectionOptions {});
    command::RunLimits limits;
    limits.deadlineMs = 400;
    command::CommandRun run(
        { &pool, {}, server.endpoint(), limits }, { "DBSIZE" }, command::Behaviour::plainClient());
    QSignalSpy finished(&run, &command::CommandRun::finished);
    run.start();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 20'000);
    const auto trace = finished.first().first().value<command::Trace>();
    QCOMPARE(trace.hops.first().outcome, command::HopOutcome::Loading);
    QVERIFY(trace.outcome == command::TraceOutcome::GaveUp
        || trace.outcome == command::TraceOutcome::Error);
}

void BadServersTest::tls()
{
    QTemporaryDir folder;
    QVERIFY2(makeCertificates(folder.path()), "needs the package openssl");
    const quint16 tlsPort = freePort();
    RealServer encrypted({ u"--port"_s, u"0"_s, u"--tls-port"_s, QString::number(tlsPort),
        u"--tls-cert-file"_s, folder.filePath(u"server.crt"_s), u"--tls-key-file"_s,
        folder.filePath(u"server.key"_s), u"--tls-ca-cert-file"_s, folder.filePath(u"ca.crt"_s),
        u"--tls-auth-clients"_s, u"no"_s });
    encrypted.listenOn(tlsPort);
    QVERIFY2(encrypted.start(), "needs the package redis-server");
    RealServer plain;
    QVERIFY(plain.start());

    net::ConnectionOptions options;
    options.tls.enabled = true;
    options.tls.caFile = folder.filePath(u"ca.crt"_s);
    options.tls.verifyName = u"orders.example"_s;
    const Discovered right = discover(encrypted.endpoint(), options);
    QVERIFY2(right.ok, qPrintable(right.error.detail));

    const Discovered expected = discover(encrypted.endpoint());
    QVERIFY(!expected.ok);
    // Redis resets a connection whose first bytes are no handshake: all that can be said is a hint.
    QCOMPARE(expected.error.code, ErrorCode::TlsExpected);
    QVERIFY(explain::errorSentence(expected.error).contains(u"it may expect TLS"_s));
    const Discovered notSpoken = discover(plain.endpoint(), options);
    QVERIFY(!notSpoken.ok);
    QCOMPARE(notSpoken.error.code, ErrorCode::TlsNotSpoken);

    net::ConnectionOptions wrongName = options;
    wrongName.tls.verifyName = u"payments.example"_s;
    QCOMPARE(discover(encrypted.endpoint(), wrongName).error.code, ErrorCode::TlsFailed);
    net::ConnectionOptions wrongAuthority = options;
    wrongAuthority.tls.caFile.clear();
    QCOMPARE(discover(encrypted.endpoint(), wrongAuthority).error.code, ErrorCode::TlsFailed);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::BadServersTest)
#include "tst_badservers.moc"
