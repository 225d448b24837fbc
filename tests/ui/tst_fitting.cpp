// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// At 200 % nothing is cut off: the window at its usual size, and as large as a screen of 1920 x
// 1200 pixels is then.

#include "tests/support/pastednodes.h"
#include "tests/support/refusingport.h"
#include "tests/ui/fitting.h"
#include "tests/ui/paintfixtures.h"
#include "tests/ui/windowfixture.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/clusterpage/storydesk.h"
#include "ui/connection/connectiontab.h"
#include "ui/console/consolepanel.h"
#include "ui/console/entrylist.h"
#include "ui/inspector/inspector.h"
#include "ui/mainwindow/connectiontabs.h"
#include "ui/mainwindow/mainwindow.h"

#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QTest>
#include <QToolButton>

namespace slotscope::tests {
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 15'000;
constexpr int settling = 3000;

} // namespace

class TestFitting final : public WindowFixture
{
    Q_OBJECT

    ui::ClusterPage* page() const { return tab()->clusterPage(); }

    /// Nothing is cut off, and the window has not grown for it.
    void check(QWidget* root)
    {
        QString wrong;
        const auto fits = [&] { return (wrong = cutOff(root)).isEmpty(); };
        // Layouts settle from the inside out.
        QVERIFY2(QTest::qWaitFor(fits, settling), qPrintable(wrong));
        QFETCH_GLOBAL(QSize, size);
        QCOMPARE(window()->size(), size);
    }
    void checkTabs()
    {
        for (int i = 0; i < page()->inspector()->count(); ++i) {
            if (!page()->inspector()->isTabVisible(i))
                continue;
            page()->inspector()->setCurrentIndex(i);
            check(window());
        }
    }
    void show(const cluster::Topology& topology)
    {
        tab()->submit(someNodes());
        page()->setTopology(topology, {});
    }

private Q_SLOTS:
    void initTestCase_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("1280x800") << QSize(1280, 800);
        QTest::newRow("960x600") << QSize(960, 600);
    }
    void init() override
    {
        WindowFixture::init();
        QFETCH_GLOBAL(QSize, size);
        window()->resize(size);
        QCOMPARE(window()->size(), size);
        QCOMPARE(window()->devicePixelRatio(), 2.0);
    }

    void theStartPage() { check(window()); }

    void connecting()
    {
        tab()->waitForSandbox();
        check(window());
    }

    void nothingAnswers()
    {
        tab()->submit(refusingEndpoint().toString());
        QTRY_VERIFY_WITH_TIMEOUT(tab()->findChild<QWidget*>(u"retryButton"_s), patience);
        check(window());
    }

    void anExplanation()
    {
        tab()->submit(u"(error) MOVED 1738 10.0.1.17:6379"_s);
        check(window());
    }

    void aCluster_data()
    {
        QTest::addColumn<cluster::Topology>("topology");
        QTest::newRow("well") << healthyCluster();
        QTest::newRow("troubled") << troubledCluster();
        QTest::newRow("reshard") << migratingCluster();
        QTest::newRow("standalone") << standaloneServer();
        QTest::newRow("sentinel") << sentinelServer();
        QTest::newRow("ElastiCache") << namedCluster(20);
    }
    void aCluster()
    {
        QFETCH(cluster::Topology, topology);
        show(topology);
        checkTabs();
        page()->setTrouble(u"Cannot connect to 10.0.1.4:6379: the connection was refused."_s);
        check(window());
    }

    void theSentenceHasTheRoomThatTheEvidenceLeaves()
    {
        show(healthyCluster()); // the evidence was longer before: pasted by whom
        auto* evidence = window()->findChild<QLabel*>(u"evidenceLabel"_s);
        QVERIFY(evidence);
        const int needed = evidence->fontMetrics().horizontalAdvance(evidence->text());
        QVERIFY(evidence->width() <= needed + 100);
    }

    void aNodeIsShown()
    {
        show(troubledCluster());
        QVERIFY(page()->goTo(u"S02"_s));
        check(window());
    }

    void aReplay_data()
    {
        QTest::addColumn<command::Trace>("trace");
        QTest::newRow("MOVED") << movedTrace(healthyCluster());
        QTest::newRow("a plain client") << movedTrace(healthyCluster(), false);
        QTest::newRow("ASK") << askTrace(healthyCluster());
    }
    void aReplay()
    {
        QFETCH(command::Trace, trace);
        show(healthyCluster());
        page()->console()->showRecorded(trace);
        page()->desk()->showTrace(1, trace, true);
        check(window());
        // What was run can be read beside how it went.
        QFETCH_GLOBAL(QSize, size);
        if (size == QSize(1280, 800))
            QVERIFY(window()->findChild<ui::EntryList*>()->height() > size.height() / 5);
    }

    void theWireLog()
    {
        show(healthyCluster());
        tab()->findChild<QToolButton*>(u"wireButton"_s)->setChecked(true);
        check(window());
    }

    void dialogs_data()
    {
        QTest::addColumn<QKeySequence>("keys");
        QTest::newRow("shortcuts") << QKeySequence(u"Ctrl+/"_s);
        QTest::newRow("palette") << QKeySequence(u"Ctrl+K"_s);
        QTest::newRow("profiles") << QKeySequence(u"Ctrl+Shift+P"_s);
        QTest::newRow("report") << QKeySequence(u"Ctrl+Shift+R"_s);
    }
    void dialogs()
    {
        QFETCH(QKeySequence, keys);
        show(troubledCluster());
        QTest::keySequence(window(), keys);
        QTest::qWait(50);
        check(window());
        for (auto* dialog : window()->findChildren<QDialog*>())
            check(dialog);
    }
};

} // namespace slotscope::tests

int main(int argc, char** argv)
{
    qputenv("QT_SCALE_FACTOR", "2");
    QApplication application(argc, argv);
    slotscope::tests::TestFitting test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_fitting.moc"
