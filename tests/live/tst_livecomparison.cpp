// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/collectrun.h"
#include "core/capture/comparison.h"
#include "core/capture/redaction.h"
#include "core/sandbox/sandboxcluster.h"
#include "tests/core/richcapture.h"
#include "tests/live/realserver.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <csignal>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using capture::Capture;
using capture::Comparison;
using capture::DifferenceKind;
using capture::RedactionOptions;
using sandbox::SandboxCluster;

/// Captures of a real cluster before and after its first primary is killed.
class TstLiveComparison final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    }
    void failoverIsTold();

private:
    static Capture captureFrom(quint16 port);
};

Capture TstLiveComparison::captureFrom(quint16 port)
{
    net::ConnectionPool pool(net::ConnectionOptions {});
    const net::Endpoint seed { u"127.0.0.1"_s, port };
    capture::CollectOptions options;
    options.slowLogArguments = capture::SlowLogArguments::Kept;
    capture::CollectRun run(&pool, seed, seed.toString(), options);
    Capture result;
    bool isDone = false;
    connect(&run, &capture::CollectRun::finished, &run, [&](bool ok, const Capture& capture) {
        isDone = true;
        if (ok)
            result = capture;
    });
    run.start();
    (void)QTest::qWaitFor([&] { return isDone; }, 30'000);
    result.savedAt = QDateTime::currentDateTimeUtc();
    return result;
}

void TstLiveComparison::failoverIsTold()
{
    SandboxCluster cluster(sandbox::ClusterSpec {});
    const QSignalSpy started(&cluster, &SandboxCluster::started);
    cluster.start();
    QVERIFY(QTest::qWaitFor([&] { return !started.isEmpty(); }, 60'000));
    QVERIFY(started.first().at(0).toBool());
    const auto& nodes = cluster.manifest().nodes;
    const auto ask = [&](int node, const QStringList& command) {
        return redisCli(nodes.at(node).port, command);
    };
    QVERIFY(QTest::qWaitFor(
        [&] {
            return ask(3, { u"INFO"_s, u"replication"_s }).contains("master_link_status:up");
        },
        30'000));
    for (int i = 0; i < 3; ++i) {
        ask(i, { u"CONFIG"_s, u"SET"_s, u"slowlog-log-slower-than"_s, u"0"_s });
        ask(i, { u"SET"_s, u"customer:2935"_s, u"swordfish"_s }); // two of them are redirected
    }
    const Capture before = captureFrom(nodes.at(1).port);
    QCOMPARE(before.nodes.size(), 6);

    ::kill(static_cast<pid_t>(nodes.at(0).pid), SIGKILL);
    Capture after;
    QVERIFY(QTest::qWaitFor(
        [&] {
            after = captureFrom(nodes.at(1).port);
            const cluster::Node* first = after.topology.nodeById(nodes.at(0).id);
            return first != nullptr && first->health == cluster::Health::Fail
                && first->ranges.isEmpty()
                && after.topology.data().state == cluster::ClusterState::Ok;
        },
        60'000));

    const Comparison comparison = compare(before, after);
    QVERIFY(comparison.isSameCluster);
    QCOMPARE(comparison.sharedIds, 6);
    QVERIFY(comparison.caveats.isEmpty());
    const int owned = cluster::slotCount(before.topology.nodeById(nodes.at(0).id)->ranges);
    QCOMPARE(cluster::slotCount(comparison.changedSlots), owned);
    const auto count = [](const Comparison& which, DifferenceKind kind, const QString& part) {
        return std::count_if(which.differences.begin(), which.differences.end(),
            [&](const capture::Difference& difference) {
                return difference.kind == kind && difference.text.contains(part);
            });
    };
    qInfo("%s", qPrintable(toText(comparison)));
    QCOMPARE(count(comparison, DifferenceKind::Roles, u"has a new primary"_s), 1);
    QCOMPARE(count(comparison, DifferenceKind::Health, u"has failed"_s), 1);
    QCOMPARE(count(comparison, DifferenceKind::Health, u"does not answer now"_s), 1);
    QVERIFY(count(comparison, DifferenceKind::Findings, u"New: "_s) > 0);
    QCOMPARE(count(comparison, DifferenceKind::Epochs, u"The cluster's epoch went"_s), 1);

    // The same with pseudonyms, and no name of this cluster anywhere.
    capture::Pseudonyms kept;
    const Capture hiddenBefore = redacted(before, RedactionOptions::pseudonyms(), &kept);
    const Capture hiddenAfter = redacted(after, RedactionOptions::pseudonyms(), &kept);
    const Comparison hidden = compare(hiddenBefore, hiddenAfter);
    QCOMPARE(hidden.sharedIds, 6);
    QCOMPARE(hidden.changedSlots, comparison.changedSlots);
    QCOMPARE(hidden.differences.size(), comparison.differences.size());
    QByteArrayList names { "127.0.0.1", "customer:2935", "swordfish", "/redis-server", "/tmp/" };
    for (int i = 0; i < 6; ++i)
        names.append(nodes.at(i).id.toByteArray());
    for (int i = 1; i < 6; ++i) {
        for (const QByteArray& line : ask(i, { u"INFO"_s }).split('\n')) {
            if (line.startsWith("run_id:") || line.startsWith("master_replid:"))
                names.append(line.mid(line.indexOf(':') + 1).trimmed());
        }
    }
    QVERIFY(everythingIn(before).contains("customer:2935")); // else the slow log tests nothing
    const QByteArray text = everythingIn(hiddenBefore) + everythingIn(hiddenAfter);
    for (const QByteArray& name : names) {
        const qsizetype at = text.indexOf(name);
        const QByteArray where = name + " in: " + text.mid(std::max<qsizetype>(0, at - 80), 200);
        QVERIFY2(at < 0, where.constData());
    }
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TstLiveComparison)
#include "tst_livecomparison.moc"
