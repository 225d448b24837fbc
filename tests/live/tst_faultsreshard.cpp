// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/keyslot.h"
#include "tests/live/faultcluster.h"
#include "tests/live/servers.h"

#include <QRegularExpression>
#include <QTest>

#include <memory>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using command::TraceOutcome;

namespace {

constexpr int movedSlots = 2000;
constexpr int movers = 64; ///< together: a server saves its nodes.conf once for all that came
constexpr qsizetype keysAtOnce = 10;

/// Moves slots one after another from one primary to another as redis-cli does: SETSLOT IMPORTING
/// and MIGRATING, MIGRATE of the keys until there are none, SETSLOT NODE on both sides.
class Mover final : public QObject
{
public:
    Mover(quint16 from, QByteArray fromId, quint16 to, QByteArray toId, QList<int>* slotsLeft)
        : m_from({ u"127.0.0.1"_s, from }, {})
        , m_to({ u"127.0.0.1"_s, to }, {})
        , m_fromId(std::move(fromId))
        , m_toId(std::move(toId))
        , m_toPort(QByteArray::number(to))
        , m_left(slotsLeft)
    {
        m_from.open();
        m_to.open();
    }

    void moveNext()
    {
        if (m_left->isEmpty()) {
            isDone = true;
            return;
        }
        m_slot = QByteArray::number(m_left->takeFirst());
        ask(m_to, { "CLUSTER", "SETSLOT", m_slot, "IMPORTING", m_fromId }, [this](const auto&) {
            ask(m_from, { "CLUSTER", "SETSLOT", m_slot, "MIGRATING", m_toId },
                [this](const auto&) { moveKeys(); });
        });
    }

    bool isDone = false;
    int movedKeys = 0;
    QString trouble;

private:
    using Then = std::function<void(const resp::Reply&)>;

    void ask(net::Connection& connection, const net::Argv& argv, const Then& then)
    {
        connection.send(argv, [this, argv, then](const net::Answer& answer) {
            if (!answer.reply || answer.reply->isError()) {
                trouble = QString::fromUtf8(argv.join(' ')) + u": "_s
                    + (answer.reply ? QString::fromUtf8(answer.reply->toByteArray())
                                    : answer.reply.error().detail);
                isDone = true;
                return;
            }
            then(*answer.reply);
        });
    }

    void moveKeys()
    {
        ask(m_from, { "CLUSTER", "GETKEYSINSLOT", m_slot, QByteArray::number(keysAtOnce) },
            [this](const resp::Reply& keys) {
                if (keys.size() == 0)
                    return give();
                net::Argv migrate { "MIGRATE", "127.0.0.1", m_toPort, "", "0", "5000", "KEYS" };
                for (const resp::Reply& key : keys)
                    migrate.append(key.toByteArray());
                movedKeys += static_cast<int>(keys.size());
                ask(m_from, migrate, [this](const auto&) { moveKeys(); });
            });
    }

    void give()
    {
        // The target first: else nobody owns the slot for a moment.
        ask(m_to, { "CLUSTER", "SETSLOT", m_slot, "NODE", m_toId }, [this](const auto&) {
            ask(m_from, { "CLUSTER", "SETSLOT", m_slot, "NODE", m_toId },
                [this](const auto&) { moveNext(); });
        });
    }

    net::Connection m_from;
    net::Connection m_to;
    QByteArray m_fromId;
    QByteArray m_toId;
    QByteArray m_toPort;
    QByteArray m_slot;
    QList<int>* m_left;
};

} // namespace

/// Slots move while commands run: nothing fails, nothing is lost.
class FaultsReshardTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addServerRows(); }
    void initTestCase() { }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void twoThousandSlots();
};

void FaultsReshardTest::twoThousandSlots()
{
    const ServerProgram server = presentServer();
    QVERIFY2(whatIsMissing(server).isEmpty(), qPrintable(whatIsMissing(server)));
    sandbox::ClusterSpec spec;
    spec.server = server.path;
    FaultCluster cluster(spec);
    QString wrong = cluster.start();
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    wrong = cluster.open(2, "r:");
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));

    // The stream's tags first and last, so that there is something to redirect all the time.
    QList<int> slotsLeft;
    for (int i = 0; i < 24; ++i) {
        const QByteArray tag = 't' + QByteArray::number(i);
        const int slot = cluster::keySlot(tag).number();
        if (slot <= 5460)
            slotsLeft.append(slot);
    }
    const qsizetype busy = slotsLeft.size();
    QVERIFY(busy >= 4);
    for (int slot = 0; slotsLeft.size() < movedSlots; ++slot) {
        if (!slotsLeft.contains(slot))
            slotsLeft.insert(slotsLeft.size() - busy / 2, slot);
    }
    const auto& nodes = cluster.nodes();
    const auto slotsOf = [&](int node) {
        return cluster::slotCount(cluster.topology().nodeById(nodes.at(node).id)->ranges);
    };
    const int before = slotsOf(1);
    std::vector<std::unique_ptr<Mover>> all;
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < movers; ++i) {
        all.push_back(std::make_unique<Mover>(nodes.at(0).port, nodes.at(0).id.toByteArray(),
            nodes.at(1).port, nodes.at(1).id.toByteArray(), &slotsLeft));
        all.back()->moveNext();
    }
    const auto areDone = [&] {
        return std::all_of(all.begin(), all.end(), [](const auto& mover) { return mover->isDone; });
    };
    QVERIFY(cluster.waitFor(areDone, 60'000));
    int keys = 0;
    for (const auto& mover : all) {
        QVERIFY2(mover->trouble.isEmpty(), qPrintable(mover->trouble));
        keys += mover->movedKeys;
    }
    qInfo("  %d slots with %d keys moved in %lld ms", movedSlots, keys, clock.elapsed());
    QVERIFY(keys > 100);

    const FaultCluster::Recovery after = cluster.recover(cluster.nodeCount());
    qInfo("  all agree %lld ms later, the map is right %lld ms after that", after.settledMillis,
        after.rightMillis);
    QVERIFY2(after.settledMillis >= 0, qPrintable(cluster.diagnosis()));
    QVERIFY2(after.rightMillis >= 0 && after.rightMillis <= 2000,
        qPrintable(QString::number(after.rightMillis)));
    // Each node tells only of its own open slots, and one is asked a second.
    QTRY_VERIFY_WITH_TIMEOUT(cluster.topology().data().migrations.isEmpty(), 12'000);
    QCOMPARE(slotsOf(1), before + movedSlots);
    // Redirected, waited for, but answered: every one of them.
    QCOMPARE(cluster.stream().count(TraceOutcome::Reply), cluster.stream().finishedCount());
    QCOMPARE(cluster.stream().pipelinedReplies(), cluster.stream().pipelined());
    QVERIFY(cluster.stream().redirects() > 0);
    wrong = cluster.close(false);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::FaultsReshardTest)
#include "tst_faultsreshard.moc"
