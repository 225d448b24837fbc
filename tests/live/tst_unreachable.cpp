// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/live/elasticachestandin.h"
#include "tests/live/privatenetwork.h"
#include "tests/live/programrun.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QRegularExpression>

namespace slotscope::tests {

using namespace Qt::StringLiterals;

/// A cluster that announces addresses to which no route leads from here: 10.0.0.1 to 10.0.0.3,
/// while its nodes listen on 127.0.1.1 to 127.0.1.3, too.
class UnreachableTest final : public QObject
{
    Q_OBJECT

    std::unique_ptr<ElastiCacheStandIn> m_cluster;
    const QString m_seed = ElastiCacheStandIn::address(0);

    ProgramOutput call(const QString& command, const QStringList& more = {}) const
    {
        const QStringList arguments { command, m_seed, u"--user"_s, ElastiCacheStandIn::user() };
        return runProgram(QStringLiteral(SLOTSCOPE_PROGRAM), arguments + more,
            { { u"SLOTSCOPE_PASSWORD"_s, ElastiCacheStandIn::password() } });
    }

    /// The stage of each node that has one.
    static QStringList failedStages(const QJsonArray& nodes)
    {
        QStringList failed;
        for (const QJsonValue& node : nodes) {
            for (const QJsonValue& stage : node[u"stages"].toArray()) {
                if (!stage[u"ok"].toBool())
                    failed.append(stage[u"stage"].toString());
            }
        }
        return failed;
    }

private Q_SLOTS:
    void initTestCase()
    {
        SKIP_OUTSIDE_PRIVATE_NETWORK();
        ElastiCacheStandIn::Spec spec;
        spec.replicas = 0;
        spec.tls = false;
        spec.announced = { u"10.0.0.1"_s, u"10.0.0.2"_s, u"10.0.0.3"_s };
        QVERIFY2(
            PrivateNetwork::hideBehindFirewall(spec.announced, 6379), "needs the package iproute2");
        m_cluster = std::make_unique<ElastiCacheStandIn>(spec);
        const QString wrong = m_cluster->start();
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void cleanupTestCase() { m_cluster.reset(); }

    /// What the tests below take for granted: the nodes reach each other, and we do not.
    void standsIn()
    {
        const QByteArray said = m_cluster->admin(0, { u"cluster"_s, u"slots"_s });
        QVERIFY2(said.contains("10.0.0.2") && !said.contains("127.0.1."), said.constData());
    }

    void saysWhichOfHowMany()
    {
        const ProgramOutput out = call(u"inspect"_s);
        QCOMPARE(out.exitCode, 0); // the seed's view is known
        for (const QByteArray& words : { "The endpoint answered; 2 of 3 nodes did not"_ba,
                 "10.0.0.2:6379 (Network unreachable)"_ba, "10.0.0.3:6379 (Network unreachable)"_ba,
                 ":6379: addresses of a private network that this computer is not in"_ba,
                 // One host and one port for all of them is no map: another way in is.
                 "--ssh HOST"_ba, "--socks HOST:PORT"_ba }) {
            QVERIFY2(out.told().contains(words), out.told().constData());
        }
        QVERIFY2(!out.told().contains("@seed"), out.told().constData());
        const QJsonObject map = call(u"inspect"_s, { u"--format"_s, u"json"_s }).json();
        QCOMPARE(map[u"nodes"].toArray().size(), 3);
        QVERIFY(!map[u"warnings"].toArray().isEmpty());
    }

    void saysWhy()
    {
        const ProgramOutput out = call(u"check"_s, { u"--format"_s, u"json"_s });
        QCOMPARE(out.exitCode, 1);
        QHash<QString, QJsonObject> findings;
        for (const QJsonValue& finding : out.json()[u"findings"].toArray())
            findings.insert(finding[u"code"].toString(), finding.toObject());
        QCOMPARE(findings[u"node-unreachable"_s][u"nodes"].toArray().size(), 2);
        const QJsonObject why = findings[u"announced-address-unreachable"_s];
        QCOMPARE(why[u"nodes"].toArray().size(), 2);
        QVERIFY2(why[u"detail"].toString().contains(u"--map"_s), out.told().constData());
        QVERIFY2(why[u"title"].toString().contains(u"private addresses"_s), out.told().constData());

        const ProgramOutput matrix = call(u"doctor"_s, { u"--format"_s, u"json"_s });
        QCOMPARE(matrix.exitCode, 1);
        const QJsonArray nodes = matrix.json()[u"nodes"].toArray();
        QCOMPARE(nodes.size(), 4);
        QCOMPARE(failedStages(nodes), QStringList({ u"tcp"_s, u"tcp"_s, u"tcp"_s }));
        const QJsonValue reach = matrix.json()[u"reach"];
        QCOMPARE(reach[u"failed"].toInt(), 3);
        QCOMPARE(reach[u"groups"][0][u"why"].toString(), u"private_network"_s);
        QCOMPARE(reach[u"proposals"][0][u"kind"].toString(), u"ssh"_s);
        const ProgramOutput told = call(u"doctor"_s);
        for (const QByteArray& words : { "3 of 3 nodes fail: TCP: could not connect: Network"_ba,
                 "They announce addresses of a private network"_ba, "FAILED  3 nodes: tcp: "_ba,
                 "--ssh HOST"_ba })
            QVERIFY2(told.told().contains(words), told.told().constData());
    }

    /// Waiting mends no route.
    void aMissingRouteIsToldSoon()
    {
        QElapsedTimer timer;
        timer.start();
        const ProgramOutput run = call(u"exec"_s,
            { u"--timeout"_s, u"50"_s, u"--format"_s, u"json"_s, u"--"_s, u"GET"_s, u"key:1"_s });
        QVERIFY2(timer.elapsed() < 30'000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(run.exitCode, 3);
        QCOMPARE(run.json()[u"outcome"].toString(), u"connect_failed"_s);
        QCOMPARE(run.json()[u"hops"].toArray().size(), 3);
    }

    /// The seed was typed as 127.0.1.1; it is known by what it announces.
    void theSeedHasItsOwnAddress()
    {
        const QStringList map { u"--map"_s, u"10.0.0.*=127.0.1.*"_s };
        const ProgramOutput checked
            = call(u"check"_s, map + QStringList { u"--format"_s, u"json"_s });
        QStringList addresses;
        for (const QJsonValue& view : checked.json()[u"views"].toArray())
            addresses.append(view[u"address"].toString());
        addresses.sort();
        QCOMPARE(
            addresses, QStringList({ u"10.0.0.1:6379"_s, u"10.0.0.2:6379"_s, u"10.0.0.3:6379"_s }));
    }

    void worksWithAMap()
    {
        const QStringList map { u"--map"_s, u"10.0.0.*=127.0.1.*"_s, u"--format"_s, u"json"_s };
        const ProgramOutput seen = call(u"inspect"_s, map);
        QVERIFY2(seen.exitCode == 0, seen.told().constData());
        QVERIFY2(seen.json()[u"warnings"].toArray().isEmpty(), seen.told().constData());
        QCOMPARE(seen.json()[u"nodes"].toArray().size(), 3);
        const ProgramOutput checked = call(u"check"_s, map);
        QVERIFY2(checked.exitCode == 0, checked.told().constData());
        const ProgramOutput matrix = call(u"doctor"_s, map);
        QVERIFY2(matrix.exitCode == 0, matrix.told().constData());
        QCOMPARE(failedStages(matrix.json()[u"nodes"].toArray()), QStringList());
        // MOVED names an address as announced, and it goes through the map, too.
        const ProgramOutput run = call(
            u"exec"_s, map + QStringList { u"--from"_s, u"seed"_s, u"--"_s, u"GET"_s, u"foo"_s });
        QVERIFY2(run.exitCode == 0, run.told().constData());
        const QJsonArray hops = run.json()[u"hops"].toArray();
        QCOMPARE(hops.size(), 2);
        QCOMPARE(hops[0][u"target"].toString(), u"10.0.0.3:6379"_s);
        QCOMPARE(hops[1][u"address"].toString(), u"10.0.0.3:6379"_s);
        QCOMPARE(hops[1][u"dialled"].toString(), u"127.0.1.3:6379"_s);
    }

    /// The second node's address leads to the third: whoever answers is asked who it is.
    void stopsAtTheWrongNode()
    {
        const QStringList map { u"--map"_s, u"10.0.0.2=127.0.1.3"_s, u"--map"_s,
            u"10.0.0.*=127.0.1.*"_s, u"--format"_s, u"json"_s };
        const ProgramOutput checked = call(u"check"_s, map);
        QCOMPARE(checked.exitCode, 1);
        QVERIFY2(checked.told().contains("another node answered"), checked.told().constData());
        const ProgramOutput matrix = call(u"doctor"_s, map);
        QCOMPARE(matrix.exitCode, 1);
        QCOMPARE(failedStages(matrix.json()[u"nodes"].toArray()), QStringList(u"identity"_s));
        const ProgramOutput run = call(u"exec"_s,
            map + QStringList { u"--allow-writes"_s, u"--"_s, u"SET"_s, u"key:1"_s, u"x"_s });
        QCOMPARE(run.json()[u"slot"].toInt(), 6657); // of the second
        QCOMPARE(run.exitCode, 3);
        QVERIFY2(
            run.told().contains("Stopped: this may be another cluster"), run.told().constData());
        for (int i = 0; i < 3; ++i)
            QCOMPARE(m_cluster->admin(i, { u"dbsize"_s }).trimmed(), "0"_ba);
    }
};

} // namespace slotscope::tests

int main(int argc, char** argv)
{
    slotscope::tests::PrivateNetwork::enter();
    QCoreApplication application(argc, argv);
    slotscope::tests::UnreachableTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_unreachable.moc"
