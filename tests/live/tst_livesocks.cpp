// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/sandbox/sandboxcluster.h"
#include "core/session/session.h"
#include "tests/live/realsocks.h"
#include "tests/support/tlsserver.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using command::Behaviour;
using support::Error;
using support::ErrorCode;

namespace {

QByteArray asked(const QString& host, quint16 port)
{
    return net::Endpoint { host, port }.toString().toLatin1();
}

} // namespace

/// A real cluster behind a real SOCKS5 server.
class LiveSocksTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void everyAddressGoesThere();
    void tlsKeepsTheAnnouncedName();
    void nodeRefusesThere();
    void whatANodeDoesIsSaidOfIt();
};

void LiveSocksTest::everyAddressGoesThere()
{
    sandbox::ClusterSpec spec;
    spec.replicas = 0;
    sandbox::SandboxCluster cluster(spec);
    QSignalSpy started(&cluster, &sandbox::SandboxCluster::started);
    cluster.start();
    QVERIFY(started.wait(60'000));
    QVERIFY(started[0][0].toBool());
    const QList<sandbox::ManifestNode> nodes = cluster.manifest().nodes;

    RealSocks socks;
    QVERIFY2(socks.start(), "needs the package microsocks");
    session::SessionConfig config;
    // A name: the proxy resolves it. The loopback addresses that the nodes announce are the far
    // end's, too.
    config.endpoint.endpoint = { u"localhost"_s, nodes[0].port };
    config.endpoint.typed = config.endpoint.endpoint.toString();
    config.options.socks = socks.endpoint();
    config.refreshInterval = {};
    session::Session session(config);
    QSignalSpy topologies(&session, &session::Session::topologyChanged);
    QSignalSpy ends(&session, &session::Session::runFinished);
    session.open();
    QTRY_VERIFY_WITH_TIMEOUT(!topologies.isEmpty(), 20'000);
    const auto topology = topologies[0][0].value<cluster::Topology>();
    QCOMPARE(topology.data().viewsAnswered, 3);
    // user:2935 is slot 1738: of the first node; the other two answer MOVED.
    Behaviour behaviour = Behaviour::clusterClientWithoutMap();
    for (int i = 0; i < 3; ++i)
        session.run(static_cast<quint64>(i), { "GET", "key" + QByteArray::number(i) }, behaviour);
    QTRY_COMPARE_WITH_TIMEOUT(ends.size(), 3, 20'000);
    int moved = 0;
    for (const auto& end : ends) {
        const auto trace = end[1].value<command::Trace>();
        QCOMPARE(trace.outcome, command::TraceOutcome::Reply);
        moved += static_cast<int>(trace.hops.size()) - 1;
    }
    QVERIFY(moved > 0);
    const QByteArray log = socks.log();
    QVERIFY2(log.contains(asked(u"localhost"_s, nodes[0].port)), log.constData());
    for (int i = 1; i < 3; ++i) {
        QVERIFY2(log.contains(asked(u"127.0.0.1"_s, nodes[i].port)), log.constData());
    }
}

void LiveSocksTest::tlsKeepsTheAnnouncedName()
{
    RealSocks socks;
    QVERIFY2(socks.start(), "needs the package microsocks");
    TlsServer server;
    net::ConnectionOptions options;
    options.socks = socks.endpoint();
    options.tls.enabled = true;
    options.tls.caFile = certificate(u"authority.crt"_s);
    QVERIFY(options.addressMap.addRule(u"node.slotscope.test=127.0.0.1"_s));
    QVERIFY(options.addressMap.addRule(u"other.slotscope.test=127.0.0.1"_s));
    for (const bool isRight : { true, false }) {
        net::Dial dial(
            { isRight ? u"node.slotscope.test"_s : u"other.slotscope.test"_s, server.serverPort() },
            options);
        QSignalSpy finished(&dial, &net::Dial::finished);
        dial.start();
        QVERIFY(finished.wait(10'000));
        const auto error = finished[0][1].value<Error>();
        QVERIFY2(finished[0][0].toBool() == isRight, qPrintable(error.detail));
        if (!isRight)
            QCOMPARE(error.code, ErrorCode::TlsFailed);
    }
    QVERIFY2(
        socks.log().contains(asked(u"127.0.0.1"_s, server.serverPort())), socks.log().constData());
}

void LiveSocksTest::nodeRefusesThere()
{
    RealSocks socks;
    QVERIFY2(socks.start(), "needs the package microsocks");
    const quint16 closed = freePort();
    net::ConnectionOptions options;
    options.socks = socks.endpoint();
    net::Dial dial({ u"127.0.0.1"_s, closed }, options);
    QSignalSpy finished(&dial, &net::Dial::finished);
    dial.start();
    QVERIFY(finished.wait(10'000));
    const auto error = finished[0][1].value<Error>();
    QCOMPARE(error.code, ErrorCode::ProxyRefused);
    QCOMPARE(error.detail, u"connection refused"_s);
}

/// The proxy says when a node is reached: what comes then is the node's.
void LiveSocksTest::whatANodeDoesIsSaidOfIt()
{
    RealSocks socks;
    QVERIFY2(socks.start(), "needs the package microsocks");
    net::ConnectionOptions options;
    options.socks = socks.endpoint();
    options.timeout = 2s;
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    QTcpServer closing;
    QVERIFY(closing.listen(QHostAddress::LocalHost));
    connect(&closing, &QTcpServer::newConnection, &closing,
        [&closing] { closing.nextPendingConnection()->disconnectFromHost(); });
    const auto errorOf = [&options](const QTcpServer& server) {
        net::Connection connection({ u"127.0.0.1"_s, server.serverPort() }, options);
        QSignalSpy closed(&connection, &net::Connection::closed);
        connection.open();
        return closed.wait(10'000) ? closed[0][0].value<Error>().code : ErrorCode::Cancelled;
    };
    QCOMPARE(errorOf(silent), ErrorCode::NoReply);
    QCOMPARE(errorOf(closing), ErrorCode::TlsExpected);
    options.tls.enabled = true;
    QCOMPARE(errorOf(silent), ErrorCode::TlsNotSpoken);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::LiveSocksTest)
#include "tst_livesocks.moc"
