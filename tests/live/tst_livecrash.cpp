// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// The window is killed while it is connected to a real cluster: its recording stays.

#include "core/capture/abandoned.h"
#include "core/capture/history.h"
#include "core/sandbox/sandboxcluster.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace slotscope::tests {
using namespace Qt::StringLiterals;

class TestLiveCrash final : public QObject
{
    Q_OBJECT

    static constexpr int patience = 60'000;

    std::unique_ptr<sandbox::SandboxCluster> m_cluster;
    QTemporaryDir m_home;

    QString recordings() const { return m_home.filePath(u"slotscope/recordings"_s); }
    std::unique_ptr<QProcess> window(const QStringList& arguments) const
    {
        auto process = std::make_unique<QProcess>();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        environment.insert(u"XDG_STATE_HOME"_s, m_home.path());
        environment.insert(u"XDG_CONFIG_HOME"_s, m_home.path());
        process->setProcessEnvironment(environment);
        process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process->start(QStringLiteral(SLOTSCOPE_WINDOW), arguments);
        return process;
    }
    /// The one recording that is there, with something in it; else empty.
    QString recording() const
    {
        const QDir folder(recordings());
        const QStringList files = folder.entryList({ u"*.slotscope"_s }, QDir::Files);
        if (files.size() != 1)
            return {};
        const QString file = folder.filePath(files.first());
        const auto history = capture::History::open(file);
        return history && history->from().isValid() ? file : QString();
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void initTestCase()
    {
        m_cluster = std::make_unique<sandbox::SandboxCluster>(sandbox::ClusterSpec());
        QSignalSpy started(m_cluster.get(), &sandbox::SandboxCluster::started);
        m_cluster->start();
        QVERIFY(started.wait(patience));
        QVERIFY2(started.first().first().toBool(), "the cluster did not start");
    }

    void aKilledWindowLeavesItsRecording()
    {
        const quint16 port = m_cluster->manifest().nodes.first().port;
        const auto killed = window({ u"127.0.0.1:%1"_s.arg(port) });
        QVERIFY(killed->waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(!recording().isEmpty(), patience);
        QVERIFY(capture::abandonedRecordings(recordings()).isEmpty()); // in use
        killed->kill();
        QVERIFY(killed->waitForFinished(patience));

        const QStringList left = capture::abandonedRecordings(recordings());
        QCOMPARE(left, QStringList { recording() });
        auto history = capture::History::open(left.first());
        QVERIFY(history);
        const auto capture = history->last();
        QVERIFY(capture);
        QCOMPARE(capture->topology.nodes().size(), 6);
        QCOMPARE(capture->topology.shards().size(), 3);
        QVERIFY(history->end() == capture::History::End::Killed);

        // The command line reports on it, and leaves it as it is.
        const QString file = m_home.filePath(u"report.json"_s);
        QProcess report;
        report.start(
            QStringLiteral(SLOTSCOPE_PROGRAM), { u"report"_s, left.first(), u"--output"_s, file });
        QVERIFY(report.waitForFinished(patience));
        const QByteArray error = report.readAllStandardError();
        QVERIFY2(report.exitCode() == 0, error.constData());
        QVERIFY2(error.contains("ended unexpectedly at "), error.constData());
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QJsonObject document = QJsonDocument::fromJson(written.readAll()).object();
        QCOMPARE(document.value(u"topology"_s)[u"shards"_s].toArray().size(), 3);
        QVERIFY(!document.value(u"tool_version"_s).toString().isEmpty());
        QVERIFY(document.value(u"missing"_s)[0].toString().contains(u"ended unexpectedly"_s));
        QCOMPARE(capture::abandonedRecordings(recordings()), left);
    }

    void aClosedWindowLeavesNone()
    {
        for (const QString& file : capture::abandonedRecordings(recordings()))
            capture::discardRecording(file);
        const quint16 port = m_cluster->manifest().nodes.first().port;
        const auto closed = window({ u"127.0.0.1:%1"_s.arg(port) });
        QVERIFY(closed->waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(!recording().isEmpty(), patience);
        closed->terminate();
        QVERIFY(closed->waitForFinished(patience));
        QVERIFY(QDir(recordings()).entryList({ u"*.slotscope*"_s }, QDir::Files).isEmpty());
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestLiveCrash)
#include "tst_livecrash.moc"
