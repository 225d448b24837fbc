// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// A node that joins a real cluster and one that leaves it, as the window shows them while they do.

#include "core/explain/changes.h"
#include "core/sandbox/sandboxcluster.h"
#include "tests/live/programrun.h"
#include "tests/live/realserver.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/connection/connectiontab.h"
#include "ui/topology/topologyview.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;

class LiveMembersTest final : public QObject
{
    Q_OBJECT

    static constexpr int patience = 30'000;

    std::unique_ptr<sandbox::SandboxCluster> m_cluster;
    std::unique_ptr<session::IoThread> m_io;
    std::unique_ptr<ui::ConnectionTab> m_tab;

    ui::ClusterPage* page() const { return m_tab->clusterPage(); }
    QString textAt(int row, int column) const
    {
        const auto* table = m_tab->findChild<QTableView*>(u"eventTable"_s);
        return table->model()->index(row, column).data().toString();
    }
    /// The row of the event with this sentence; -1: not yet.
    int rowOf(const QString& sentence) const
    {
        const auto* table = m_tab->findChild<QTableView*>(u"eventTable"_s);
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            if (textAt(row, 1) == sentence)
                return row;
        }
        return -1;
    }
    bool isOnACard(const cluster::NodeId& id, const net::Endpoint& address) const
    {
        return page()->view()->picture().find(id, address).isValid();
    }
    QImage picture() const { return page()->view()->grab().toImage(); }

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    }

    void aNodeComesAndGoes();
};

void LiveMembersTest::initTestCase()
{
    sandbox::ClusterSpec spec;
    spec.replicas = 0;
    m_cluster = std::make_unique<sandbox::SandboxCluster>(spec);
    QSignalSpy started(m_cluster.get(), &sandbox::SandboxCluster::started);
    m_cluster->start();
    QVERIFY(started.wait(60'000));
    QVERIFY(started.first().first().toBool());

    m_io = std::make_unique<session::IoThread>();
    m_tab = std::make_unique<ui::ConnectionTab>(*m_io, net::ConnectionOptions());
    m_tab->resize(1280, 800);
    m_tab->show();
    session::SessionConfig config;
    config.endpoint.endpoint = { u"127.0.0.1"_s, m_cluster->manifest().nodes.first().port };
    config.endpoint.typed = config.endpoint.endpoint.toString();
    config.refreshInterval = std::chrono::milliseconds(500);
    m_tab->connectTo(config);
    QTRY_VERIFY_WITH_TIMEOUT(m_tab->isConnected(), patience);
    QCOMPARE(page()->topology().nodes().size(), 3);
}

void LiveMembersTest::cleanupTestCase()
{
    m_tab.reset();
    m_io.reset();
    m_cluster.reset();
}

void LiveMembersTest::aNodeComesAndGoes()
{
    RealServer comer({ u"--cluster-enabled"_s, u"yes"_s });
    QVERIFY(comer.start());
    const cluster::NodeId id(comer.cli({ u"CLUSTER"_s, u"MYID"_s }).trimmed());
    const QString name = comer.endpoint().toString();
    const QList<sandbox::ManifestNode>& nodes = m_cluster->manifest().nodes;
    const QImage before = picture();
    QVERIFY(!isOnACard(id, comer.endpoint()));

    QCOMPARE(redisCli(nodes.first().port,
                 { u"CLUSTER"_s, u"MEET"_s, u"127.0.0.1"_s, QString::number(comer.port()) })
                 .trimmed(),
        "OK");
    const QString joined = explain::nodeJoined(name, false, {});
    QTRY_VERIFY_WITH_TIMEOUT(rowOf(joined) >= 0, patience);
    const int row = rowOf(joined);
    static const QRegularExpression utc(u"^[0-2][0-9]:[0-5][0-9]:[0-6][0-9]Z$"_s);
    QVERIFY2(utc.match(textAt(row, 0)).hasMatch(), qPrintable(textAt(row, 0)));
    // By the address or the label of one that knows it.
    const QString saidBy = textAt(row, 2);
    QVERIFY2(saidBy.startsWith(u'S') || saidBy == name, qPrintable(saidBy));
    QTRY_VERIFY_WITH_TIMEOUT(isOnACard(id, comer.endpoint()), patience);
    QVERIFY(picture() != before);
    QCOMPARE(page()->topology().nodes().size(), 4);
    const QStringList inspect { u"inspect"_s, u"127.0.0.1:%1"_s.arg(nodes.first().port) };
    const QByteArray line = "in no shard: " + name.toUtf8() + " (primary)\n";
    const auto isPrinted = [&] {
        return runProgram(QStringLiteral(SLOTSCOPE_PROGRAM), inspect).standard.contains(line);
    };
    QTRY_VERIFY_WITH_TIMEOUT(isPrinted(), patience);

    // All must forget it before one of them tells the others again.
    comer.stop();
    const QString left = explain::nodeLeft(name, {});
    const auto forget = [&] {
        for (const sandbox::ManifestNode& node : nodes)
            redisCli(node.port, { u"CLUSTER"_s, u"FORGET"_s, id.toString() });
        return QTest::qWaitFor([&] { return rowOf(left) >= 0; }, 5000);
    };
    QTRY_VERIFY_WITH_TIMEOUT(forget(), patience);
    QVERIFY(utc.match(textAt(rowOf(left), 0)).hasMatch());
    QVERIFY2(textAt(rowOf(left), 2).startsWith(u'S'), qPrintable(textAt(rowOf(left), 2)));
    QTRY_VERIFY_WITH_TIMEOUT(!isOnACard(id, comer.endpoint()), patience);
    QCOMPARE(page()->topology().nodes().size(), 3);
}

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::LiveMembersTest)
#include "tst_livemembers.moc"
