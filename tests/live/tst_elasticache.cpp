// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/keyslot.h"
#include "tests/live/elasticachestandin.h"
#include "tests/live/privatenetwork.h"
#include "tests/live/programrun.h"

#include <QJsonArray>
#include <QRegularExpression>

namespace slotscope::tests {

using namespace Qt::StringLiterals;

/// The command line on what stands in for an ElastiCache cluster with TLS: from the one name that
/// its users have.
class ElastiCacheTest final : public QObject
{
    Q_OBJECT

    std::unique_ptr<ElastiCacheStandIn> m_cluster;
    const QString m_seed = ElastiCacheStandIn::configurationName();

    ProgramOutput call(const QString& command, const QString& endpoint,
        const QStringList& more = {}, const QString& authority = u"ca.crt"_s) const
    {
        const QStringList arguments { command, endpoint, u"--tls"_s, u"--ca"_s,
            m_cluster->file(authority), u"--user"_s, ElastiCacheStandIn::user() };
        return runProgram(QStringLiteral(SLOTSCOPE_PROGRAM), arguments + more,
            { { u"SLOTSCOPE_PASSWORD"_s, ElastiCacheStandIn::password() } });
    }
    QString address(int node) const { return m_cluster->name(node) + u":6379"_s; }
    QString id(int node) const
    {
        return QString::fromLatin1(m_cluster->nodes()[node].id.toByteArray());
    }
    /// A key of the node's slots.
    QString keyOf(int node) const
    {
        const cluster::SlotRange range = m_cluster->nodes()[node].ranges.first();
        for (int i = 0;; ++i) {
            const QString key = u"key:%1"_s.arg(i);
            const cluster::Slot slot = cluster::keySlot(key.toUtf8());
            if (range.first <= slot && slot <= range.last)
                return key;
        }
    }
    const QStringList m_json { u"--format"_s, u"json"_s };

private Q_SLOTS:
    void initTestCase()
    {
        SKIP_OUTSIDE_PRIVATE_NETWORK();
        m_cluster = std::make_unique<ElastiCacheStandIn>(ElastiCacheStandIn::Spec {});
        const QString wrong = m_cluster->start();
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void cleanupTestCase() { m_cluster.reset(); }

    /// What the tests below take for granted of the servers themselves.
    void standsIn()
    {
        const QByteArray slots = m_cluster->admin(0, { u"cluster"_s, u"slots"_s });
        QVERIFY2(slots.contains(m_cluster->name(5).toUtf8()), slots.constData());
        const QByteArray nodes = m_cluster->admin(0, { u"cluster"_s, u"nodes"_s });
        QVERIFY2(nodes.contains(QByteArray("127.0.1.6:6379@1122," + m_cluster->name(5).toUtf8())),
            nodes.constData());
        for (const QStringList& forbidden : { QStringList { u"CONFIG"_s, u"GET"_s, u"maxmemory"_s },
                 { u"CLUSTER"_s, u"FORGET"_s, id(1) }, { u"BGSAVE"_s } }) {
            const ProgramOutput out
                = call(u"exec"_s, m_seed, QStringList { u"--allow-writes"_s, u"--"_s } + forbidden);
            QCOMPARE(out.exitCode, 1);
            QVERIFY2(out.standard.contains("NOPERM"), out.told().constData());
        }
    }

    void inspect()
    {
        const ProgramOutput out = call(u"inspect"_s, m_seed, m_json);
        QVERIFY2(out.exitCode == 0, out.told().constData());
        const QJsonObject map = out.json();
        QCOMPARE(map[u"kind"].toString(), u"cluster"_s);
        QCOMPARE(map[u"state"].toString(), u"ok"_s);
        // The first address of the name is dead.
        QCOMPARE(map[u"seed"][u"dialled"].toString(), u"127.0.1.1:6379"_s);
        QCOMPARE(map[u"uncovered"].toArray(), QJsonArray());
        QCOMPARE(map[u"warnings"].toArray(), QJsonArray());
        const QJsonArray nodes = map[u"nodes"].toArray();
        QCOMPARE(nodes.size(), 6);
        QHash<QString, QString> addresses;
        for (const QJsonValue& node : nodes) {
            addresses.insert(node[u"id"].toString(), node[u"address"].toString());
            QCOMPARE(node[u"bus_port"].toInt(), 1122);
        }
        for (int i = 0; i < 6; ++i)
            QCOMPARE(addresses.value(id(i)), address(i));
        QStringList labels;
        for (const QJsonValue& shard : map[u"shards"].toArray())
            labels.append(shard[u"label"].toString());
        QCOMPARE(labels, QStringList({ u"S01"_s, u"S02"_s, u"S03"_s }));
    }

    void check()
    {
        const ProgramOutput out = call(u"check"_s, m_seed, m_json);
        QVERIFY2(out.exitCode == 0, out.told().constData());
        QVERIFY(out.json()[u"agree"].toBool());
        const QJsonArray views = out.json()[u"views"].toArray();
        QCOMPARE(views.size(), 6);
        for (const QJsonValue& view : views)
            QVERIFY2(view[u"reachable"].toBool(), out.told().constData());
        for (const QJsonValue& finding : out.json()[u"findings"].toArray())
            QVERIFY2(finding[u"severity"].toString() == u"info"_s, out.told().constData());
    }

    void doctor()
    {
        const ProgramOutput out = call(u"doctor"_s, m_seed, m_json);
        QVERIFY2(out.exitCode == 0, out.told().constData());
        const QJsonObject recognised = out.json()[u"endpoint"][u"recognised"].toObject();
        QCOMPARE(recognised[u"provider"].toString(), u"elasticache"_s);
        QCOMPARE(recognised[u"kind"].toString(), u"configuration"_s);
        QCOMPARE(recognised[u"tls"], QJsonValue(true));
        QCOMPARE(recognised[u"region"].toString(), u"us-east-1"_s);
        QCOMPARE(recognised[u"id"].toString(), u"orders"_s);
        QVERIFY(recognised[u"shard"].isNull() && recognised[u"node"].isNull());

        const QJsonArray nodes = out.json()[u"nodes"].toArray();
        QCOMPARE(nodes.size(), 7); // the seed, and each under its own name
        QStringList addresses;
        for (const QJsonValue& node : nodes) {
            addresses.append(node[u"address"].toString());
            QStringList stages;
            for (const QJsonValue& stage : node[u"stages"].toArray()) {
                QVERIFY2(stage[u"ok"].toBool(), out.told().constData());
                stages.append(stage[u"stage"].toString());
                if (stages.last() == "tls"_L1) {
                    const QString detail = stage[u"detail"].toString();
                    for (const QString& words : { u"TLSv1.3"_s, u"are verified"_s,
                             u"signed by Test ca"_s, u"good until 20"_s })
                        QVERIFY2(detail.contains(words), out.told().constData());
                }
            }
            QCOMPARE(stages, u"resolve tcp tls auth permission kind identity ping"_s.split(u' '));
        }
        QCOMPARE(addresses.first(), m_seed + u":6379"_s);
        for (int i = 0; i < 6; ++i)
            QVERIFY2(addresses.contains(address(i)), qPrintable(address(i)));
        const QString first
            = nodes[0][u"stages"][0][u"detail"].toString(); // every address of the name
        QVERIFY2(first.contains(u"127.0.0.2, 127.0.1.1"_s), qPrintable(first));
    }

    /// What it showed, what is wrong with it, and what to do.
    void doctorOfAnExpiredCertificate()
    {
        const ProgramOutput out = call(u"doctor"_s, m_cluster->expiredName(), m_json);
        QCOMPARE(out.exitCode, 3);
        const QJsonArray stages = out.json()[u"nodes"][0][u"stages"].toArray();
        QCOMPARE(stages.size(), 3);
        QCOMPARE(stages[2][u"stage"].toString(), u"tls"_s);
        QVERIFY(!stages[2][u"ok"].toBool());
        const QString detail = stages[2][u"detail"].toString();
        QVERIFY2(
            detail.contains(u"has expired (on 20"_s) && detail.contains(u"signed by Test ca"_s),
            out.told().constData());
        QVERIFY2(stages[2][u"remedy"].toString().contains(u"another certificate"_s),
            out.told().constData());
    }

    void exec_data()
    {
        QTest::addColumn<bool>("follows");
        QTest::newRow("a cluster client") << true;
        QTest::newRow("a plain client") << false;
    }
    void exec()
    {
        QFETCH(bool, follows);
        const QString key = keyOf(2);
        const ProgramOutput out = call(u"exec"_s, m_seed,
            QStringList {
                u"--from"_s, address(1), u"--redirects"_s, follows ? u"follow"_s : u"stop"_s }
                + m_json + QStringList { u"--"_s, u"GET"_s, key });
        QVERIFY2(out.exitCode == (follows ? 0 : 1), out.told().constData());
        QCOMPARE(
            out.json()[u"outcome"].toString(), follows ? u"reply"_s : u"redirect_not_followed"_s);
        const QJsonArray hops = out.json()[u"hops"].toArray();
        QCOMPARE(hops.size(), follows ? 2 : 1);
        QCOMPARE(hops[0][u"address"].toString(), address(1));
        QCOMPARE(hops[0][u"outcome"].toString(), u"moved"_s);
        QCOMPARE(hops[0][u"target"].toString(), address(2));
        if (follows) {
            QCOMPARE(hops[1][u"address"].toString(), address(2));
            QCOMPARE(hops[1][u"dialled"].toString(), u"127.0.1.3:6379"_s);
        }
    }

    /// Its name says TLS; whoever wants none has to say so.
    void theNameIsEnough()
    {
        const QHash<QString, QString> environment { { u"SLOTSCOPE_PASSWORD"_s,
            ElastiCacheStandIn::password() } };
        const QStringList options { u"--ca"_s, m_cluster->file(u"ca.crt"_s), u"--user"_s,
            ElastiCacheStandIn::user(), u"--timeout"_s, u"2"_s };
        const QString program = QStringLiteral(SLOTSCOPE_PROGRAM);
        const ProgramOutput out = runProgram(program,
            QStringList { u"inspect"_s, ElastiCacheStandIn::configurationName() } + options
                + m_json,
            environment);
        QVERIFY2(out.exitCode == 0, out.told().constData());
        QCOMPARE(out.json()[u"nodes"].toArray().size(), 6);
        const ProgramOutput plain = runProgram(program,
            QStringList { u"inspect"_s, u"redis://"_s + ElastiCacheStandIn::configurationName() }
                + options,
            environment);
        QCOMPARE(plain.exitCode, 3);
        QVERIFY2(plain.told().contains("TLS"), plain.told().constData());
    }

    void whoIsNotBelieved_data()
    {
        QTest::addColumn<QString>("endpoint");
        QTest::addColumn<QString>("authority");
        QTest::addColumn<QString>("name"); // --tls-name
        QTest::addColumn<QStringList>("says"); // empty: gets in
        const QString none;
        const QString ca = u"ca.crt"_s;
        const QString alias = u"redis.orders.example"_s; // as by a CNAME
        QTest::newRow("another authority")
            << m_seed << u"other-ca.crt"_s << none << QStringList { u"untrusted"_s, u"--ca"_s };
        QTest::newRow("an expired certificate")
            << u"expired."_s + ElastiCacheStandIn::domain() << ca << none
            << QStringList { u"has expired (on 20"_s };
        QTest::newRow("an address")
            << u"127.0.1.1"_s << ca << none
            << QStringList { u"asked for 127.0.1.1; it is for *."_s, u"--tls-name"_s };
        QTest::newRow("an alias") << alias << ca << none
                                  << QStringList { u"asked for redis.orders.example;"_s,
                                         u"stands for "_s + m_seed, u"--tls-name"_s };
        QTest::newRow("an alias, the real name verified") << alias << ca << m_seed << QStringList();
        QTest::newRow("an address, the seed's name verified")
            << u"127.0.1.4"_s << ca << m_seed << QStringList();
        QTest::newRow("always the seed's name") << m_seed << ca << u"@seed"_s << QStringList();
        QTest::newRow("a fixed name that is wrong")
            << m_seed << ca << u"payments.example"_s
            << QStringList { u"asked for payments.example;"_s };
    }
    void whoIsNotBelieved()
    {
        QFETCH(QString, endpoint);
        QFETCH(QString, authority);
        QFETCH(QString, name);
        QFETCH(QStringList, says);
        const ProgramOutput out = call(u"inspect"_s, endpoint,
            name.isEmpty() ? m_json : m_json + QStringList { u"--tls-name"_s, name }, authority);
        QVERIFY2(out.exitCode == (says.isEmpty() ? 0 : 3), out.told().constData());
        if (says.isEmpty()) {
            QCOMPARE(out.json()[u"nodes"].toArray().size(), 6);
            return;
        }
        QCOMPARE(out.json()[u"error"][u"stage"].toString(), u"tls"_s);
        for (const QString& words : says)
            QVERIFY2(out.told().contains(words.toUtf8()), out.told().constData());
    }
};

} // namespace slotscope::tests

int main(int argc, char** argv)
{
    slotscope::tests::PrivateNetwork::enter();
    QCoreApplication application(argc, argv);
    slotscope::tests::ElastiCacheTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_elasticache.moc"
