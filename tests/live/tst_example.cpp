// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/sandbox/sandboxcluster.h"

#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

namespace slotscope::tests {

/// The program of docs/embedding.md, on a real cluster.
class TestExample final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void tellsShardsAndHops();
    void saysWhatIsWrong();
};

void TestExample::tellsShardsAndHops()
{
    sandbox::ClusterSpec spec;
    spec.replicas = 0;
    sandbox::SandboxCluster cluster(spec);
    QSignalSpy started(&cluster, &sandbox::SandboxCluster::started);
    cluster.start();
    QVERIFY(started.wait(30'000));
    QVERIFY(started.front().front().toBool());

    // Of three nodes two do not own the key's slot.
    int moved = 0;
    for (const sandbox::ManifestNode& node : cluster.manifest().nodes) {
        QProcess program;
        program.start(QStringLiteral(SLOTSCOPE_EXAMPLE),
            { QStringLiteral("127.0.0.1:%1").arg(node.port), QStringLiteral("user:2935") });
        QVERIFY(program.waitForFinished(20'000));
        const QByteArray output = program.readAllStandardOutput();
        QCOMPARE(program.readAllStandardError(), QByteArray());
        QVERIFY2(output.startsWith("S01: 5461 slots\nS02: 5461 slots\nS03: 5462 slots\n"),
            output.constData());
        QCOMPARE(program.exitCode(), 0);
        moved += output.contains("MOVED 1738 ");
    }
    QCOMPARE(moved, 2);
}

void TestExample::saysWhatIsWrong()
{
    QProcess program;
    program.start(
        QStringLiteral(SLOTSCOPE_EXAMPLE), { QStringLiteral("127.0.0.1:1"), QStringLiteral("k") });
    QVERIFY(program.waitForFinished(20'000));
    QCOMPARE(program.exitCode(), 3);
    QVERIFY(program.readAllStandardOutput().contains("127.0.0.1:1"));
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestExample)
#include "tst_example.moc"
