// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// Every text that the window shows can be translated: with a catalogue that marks what it gives,
// nothing is shown without a mark but data.

#include "core/capture/capturefile.h"
#include "core/sandbox/sandboxcluster.h"
#include "core/session/sessionhandle.h"
#include "tests/support/refusingport.h"
#include "tests/ui/markedtexts.h"
#include "tests/ui/paintfixtures.h"
#include "tests/ui/reportfixtures.h"
#include "tests/ui/windowfixture.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/connection/connectiontab.h"
#include "ui/console/consolepanel.h"
#include "ui/incident/captureactions.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/rawreplies.h"
#include "ui/mainwindow/connectiontabs.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/palette/shortcutsheet.h"
#include "ui/profiles/profilesdialog.h"
#include "ui/report/comparisonview.h"
#include "ui/report/report.h"
#include "ui/report/reportdialog.h"
#include "ui/wayin/connectiondetails.h"
#include "ui/wayin/doctordialog.h"
#include "ui/wayin/passworddialog.h"
#include "ui/wayin/reachdialog.h"

#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace slotscope::tests {
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;

/// What comes from a server, a file or a user, or is a word of the protocol or of a program.
const QList<QRegularExpression> known {
    QRegularExpression(uR"(clustercfg\.[\w.]+|ssh bastion)"_s),
    QRegularExpression(uR"(user:2935|\bother\b|slotscope:sample:\d+|\bhi\b)"_s), // keys, values
    // Examples in fields that want an address, a region, a command.
    QRegularExpression(uR"(localhost(?::\d+)?|=bastion\b|=@seed|redis\.example\.com|us-east-1)"_s),
    QRegularExpression(u"pass show"_s),
    // Client libraries, and what they call themselves.
    QRegularExpression(
        uR"(go-redis(?: \(before 9\.8\.0\))?|\b(?:rueidis|Jedis|Lettuce|Redisson)\b)"_s),
    QRegularExpression(
        uR"(\b(?:redis-(?:rs|cli|py|rb)|ioredis|node-redis|valkey-glide|phpredis)\b)"_s),
    QRegularExpression(uR"(\b(?:StackExchange|Predis|NewUniversalClient)\b)"_s),
    QRegularExpression(
        uR"(\(error\).*|\(nil\)|\(integer\)|\(empty \w+\))"_s), // as redis-cli has it
    // A server's words: cluster_state, product and version, types of keys and of replies.
    QRegularExpression(uR"(\b(?:ok|fail)\b|\bredis (?=\d))"_s),
    QRegularExpression(uR"(\b(?:string|hash|list|set|zset|stream|array|map|subscribe)\b)"_s),
    // Of the captures here: names, values, a note, findings with the sentences that they were saved
    // with, their codes.
    QRegularExpression(
        uR"(\b(?:orders|sessions|production)\b|"Ada Lovelace"|paged the database.*|not ping)"_s),
    QRegularExpression(
        uR"(1 primaries are marked as failed .*|Nobody serves their slots.*|node-failed)"_s),
};

} // namespace

class TestTranslation final : public WindowFixture
{
    Q_OBJECT

    MarkingTranslator m_translator;
    std::unique_ptr<sandbox::SandboxCluster> m_cluster;
    QTemporaryDir m_files;

    static void check(QWidget* root)
    {
        const QString wrong = notTranslatedIn(root, known);
        for (const QString& line : wrong.split(u'\n', Qt::SkipEmptyParts))
            qInfo("%s", qPrintable(line)); // a test's own message is cut
        QVERIFY(wrong.isEmpty());
    }
    void checkTabs(const ui::ClusterPage* page)
    {
        for (int i = 0; i < page->inspector()->count(); ++i) {
            page->inspector()->setCurrentIndex(i);
            QCoreApplication::processEvents();
        }
        check(window());
    }
    net::Endpoint node(int index) const
    {
        return { u"127.0.0.1"_s, m_cluster->manifest().nodes.at(index).port };
    }
    void open()
    {
        window()->connectTo(configOf(node(1)));
        QTRY_VERIFY_WITH_TIMEOUT(tab()->isConnected(), patience);
    }

private Q_SLOTS:
    void initTestCase() override
    {
        WindowFixture::initTestCase();
        QVERIFY(QCoreApplication::installTranslator(&m_translator));
        m_cluster = std::make_unique<sandbox::SandboxCluster>(sandbox::ClusterSpec());
        QSignalSpy started(m_cluster.get(), &sandbox::SandboxCluster::started);
        m_cluster->start();
        QVERIFY(started.wait(patience));
    }
    void cleanupTestCase() override
    {
        m_cluster.reset();
        WindowFixture::cleanupTestCase();
    }

    void theMarks()
    {
        QCOMPARE(QCoreApplication::translate("Any", "a b"), u"«a b»"_s);
        QCOMPARE(notTranslated(u"«a «b c» d» S01/2 «e»."_s, {}), QString());
        QCOMPARE(notTranslated(u"«a b» and «c»"_s, {}), u"and"_s);
        QCOMPARE(notTranslated(u"GET ab"_s, { QRegularExpression(u"ab"_s) }), QString());
        QLabel label(u"plain"_s);
        QVERIFY(!notTranslatedIn(&label, {}).isEmpty());
    }

    void theStartPage() { check(window()); }

    void theMessagePage()
    {
        tab()->waitForSandbox();
        check(window());
        tab()->sandboxFailed({ support::ErrorCode::ProcessFailed, {}, {} });
        check(window());
    }

    void theExplanation()
    {
        tab()->submit(u"(error) MOVED 1738 10.0.1.17:6379"_s);
        check(window());
    }

    void nothingAnswers()
    {
        tab()->submit(refusingEndpoint().toString());
        QTRY_VERIFY_WITH_TIMEOUT(tab()->findChild<QWidget*>(u"retryButton"_s), patience);
        check(window());
    }

    void aRealCluster()
    {
        open();
        ui::ClusterPage* page = window()->clusterPage();
        ui::ConsolePanel* console = page->console();
        auto* input = console->findChild<QLineEdit*>(u"commandInput"_s);
        console->setCommand(u"GET user:2935"_s);
        QTest::keyClick(input, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(console->traces().size(), 1, patience);
        console->setCommand(u"MGET user:2935 other"_s); // explained before it is sent
        console->setCommand(u"GET user:2935"_s);
        QTest::keyClick(input, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(console->traces().size(), 3, patience);
        checkTabs(page);
        QTest::keyClick(window(), Qt::Key_K, Qt::ControlModifier);
        check(window());
    }

    void whatACaptureSays()
    {
        open();
        auto* captures = window()->findChild<ui::CaptureActions*>();
        captures->setFolder(m_files.filePath(u"captures"_s));
        captures->setPseudonymsFile(m_files.filePath(u"pseudonyms.json"_s));
        QSignalSpy told(captures, &ui::CaptureActions::message);
        QTest::keyClick(window(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        const auto isTold = [&] { return window()->findChild<QLabel*>(u"captureFiles"_s); };
        QTRY_VERIFY_WITH_TIMEOUT(isTold(), patience);
        check(window());
        for (const QList<QVariant>& message : told)
            QCOMPARE(notTranslated(message.first().toString(), known), QString());
    }

    void theConsole()
    {
        open();
        ui::ConsolePanel* console = window()->clusterPage()->console();
        auto* input = console->findChild<QLineEdit*>(u"commandInput"_s);
        for (const QString& line : { u"SET user:2935 hi"_s, u"MGET user:2935 other"_s,
                 u"FLUSHALL"_s, u"GET \"user"_s, u"EVAL x 0"_s, u"SUBSCRIBE other"_s, u"NOSUCH"_s,
                 u"MULTI"_s, u"CLUSTER SLOTS"_s }) {
            console->setCommand(line);
            QCoreApplication::processEvents();
            check(console);
            QTest::keyClick(input, Qt::Key_Return);
            QTest::qWait(20);
            check(console);
        }
        auto* start = console->findChild<QComboBox*>(u"startBox"_s);
        QVERIFY(start);
        for (int i = 0; i < start->count(); ++i) {
            start->setCurrentIndex(i);
            console->setCommand(u"DBSIZE"_s);
            QTest::keyClick(input, Qt::Key_Return);
            QTest::qWait(50);
        }
        check(console);
    }

    void aCapture_data()
    {
        QTest::addColumn<capture::Capture>("capture");
        QTest::newRow("incident") << incidentCapture(3, 1, { 1 });
        QTest::newRow("partial") << partialCapture();
        QTest::newRow("well") << healthyCapture();
    }
    void aCapture()
    {
        QFETCH(capture::Capture, capture);
        const QString file = m_files.filePath(u"capture.slotscope"_s);
        QVERIFY(capture::writeCapture(file, capture));
        window()->openCapture(file);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->shownCluster(), patience);
        checkTabs(tab()->shownCluster());
    }

    void aCluster_data()
    {
        QTest::addColumn<cluster::Topology>("topology");
        QTest::newRow("troubled") << troubledCluster();
        QTest::newRow("reshard") << migratingCluster();
        QTest::newRow("standalone") << standaloneServer();
        QTest::newRow("sentinel") << sentinelServer();
    }
    void aCluster()
    {
        QFETCH(cluster::Topology, topology);
        tab()->submit(u"07c37dfeb235213a872192d90877d0cd55635b91 127.0.0.1:30001@31001 "
                      "myself,master - 0 0 1 connected 0-5460"_s);
        tab()->shownCluster()->setTopology(topology, {});
        checkTabs(tab()->shownCluster());
    }

    void theSheetOfShortcuts()
    {
        ui::ShortcutSheet sheet(ui::shortcutGroups(window()->menuBar()));
        check(&sheet);
    }

    void profiles()
    {
        ui::ProfilesDialog dialog(profile::ProfileStore(m_files.filePath(u"profiles.json"_s)));
        dialog.show();
        check(&dialog);
        dialog.startNew();
        check(&dialog);
    }

    void report_data()
    {
        QTest::addColumn<ui::ReportFormat>("format");
        QTest::newRow("picture") << ui::ReportFormat::Png;
        QTest::newRow("document") << ui::ReportFormat::Html;
        QTest::newRow("capture") << ui::ReportFormat::Capture;
    }
    void report()
    {
        QFETCH(ui::ReportFormat, format);
        ui::ReportOrder order;
        order.capture = incidentCapture(3, 1, { 1 });
        order.format = format;
        order.options.scale = 1;
        ui::ReportDialog dialog(order, m_files.path());
        QTRY_VERIFY_WITH_TIMEOUT(dialog.preview(), patience);
        check(&dialog);
    }

    void doctor()
    {
        session::IoThread io;
        ui::DoctorDialog dialog(io, configOf(node(0)));
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.isUnderWay(), patience);
        check(&dialog);
    }

    void otherDialogs()
    {
        session::IoThread io;
        ui::ReachDialog ways(
            io, configOf(node(0)), healthyCluster(), [](const net::ConnectionOptions&) {});
        check(&ways);
        ui::ConnectionDetails details;
        ui::ConnectionFacts facts;
        facts.endpoint = u"127.0.0.1:30001"_s;
        facts.topology = healthyCluster();
        details.setFacts(facts);
        check(&details);
        ui::RawReplies raw(u"S01"_s, { { u"INFO"_s, "-", {} }, { u"CLUSTER NODES"_s, "-", {} } });
        check(&raw);
        ui::PasswordDialog password(u"127.0.0.1:30001"_s, {}, {});
        check(&password);
    }

    void aWrittenReport_data()
    {
        QTest::addColumn<QString>("ending");
        QTest::newRow("picture") << u"svg"_s;
        QTest::newRow("HTML") << u"html"_s;
        QTest::newRow("Markdown") << u"md"_s;
    }
    void aWrittenReport()
    {
        QFETCH(QString, ending);
        capture::Capture capture = incidentCapture(3, 1, { 1 });
        capture.traces.append(movedTrace(capture.topology));
        const QString name = m_files.filePath(u"report."_s + ending);
        QVERIFY(ui::writeReport(name, capture, {}, ui::Existing::Replace));
        QFile file(name);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QString text = QString::fromUtf8(file.readAll());
        text.replace(QRegularExpression(uR"((?s)<style.*?</style>|<[^>]*>)"_s), u"\n"_s);
        bool isWhole = true;
        QString sentence; // over the ends of lines, but for what is cut
        for (const QString& line : text.split(u'\n')) {
            sentence += line + u' ';
            if (sentence.count(u'«') > sentence.count(u'»') && !line.endsWith(u'…'))
                continue;
            const QString rest = notTranslated(std::exchange(sentence, {}), known);
            isWhole = isWhole && rest.isEmpty();
            if (!rest.isEmpty())
                qInfo("“%s” of “%s”", qPrintable(rest), qPrintable(line.left(200)));
        }
        QVERIFY(isWhole);
        QVERIFY(sentence.isEmpty());
    }

    void comparison()
    {
        ui::ComparisonView view(
            ui::ComparedCaptures::of(incidentCapture(3, 1, { 1 }), afterwardsCapture()));
        view.setWindowTitle(view.title());
        check(&view);
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestTranslation)
#include "tst_translation.moc"
