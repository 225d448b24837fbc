// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// Several connections in one window. Servers that nobody runs stand for clusters.

#include "tests/support/fakenode.h"
#include "tests/ui/windowfixture.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/connection/connectiontab.h"
#include "ui/connection/endpointfield.h"
#include "ui/connection/startpage.h"
#include "ui/mainwindow/connectiontabs.h"
#include "ui/mainwindow/mainwindow.h"

#include <QApplication>
#include <QLabel>
#include <QPaintEvent>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>

namespace slotscope::tests {
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 15'000;

/// Counts how often all of a widget is painted.
class WholePaints final : public QObject
{
public:
    explicit WholePaints(QWidget* widget)
        : m_widget(widget)
    {
        widget->installEventFilter(this);
    }
    int count() const { return m_count; }
    /// Until there was none for a while: a window settles when there is time.
    bool waitUntilStill()
    {
        constexpr int stillMs = 100;
        for (int tries = 0; tries < 100; ++tries) {
            m_count = 0;
            QTest::qWait(stillMs);
            if (m_count == 0)
                return true;
        }
        return false;
    }

protected:
    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::Paint
            && static_cast<QPaintEvent*>(event)->rect() == m_widget->rect())
            ++m_count;
        return false;
    }

private:
    QWidget* m_widget;
    int m_count = 0;
};

} // namespace

class TestTabs final : public WindowFixture
{
    Q_OBJECT

    ui::ConnectionTabs* tabs() const { return window()->tabs(); }

    void press(int key, Qt::KeyboardModifiers modifiers)
    {
        QTest::keyClick(window(), static_cast<Qt::Key>(key), modifiers);
    }

    /// Connects the current tab and waits until it shows the server.
    ui::ConnectionTab* openHere(FakeNode& server)
    {
        ui::ConnectionTab* tab = tabs()->current();
        auto* field = tab->findChild<ui::EndpointField*>();
        field->selectAll();
        QTest::keyClicks(field, server.endpoint().toString());
        QTest::keyClick(field, Qt::Key_Return);
        return QTest::qWaitFor([tab] { return tab->shownCluster() != nullptr; }, patience)
            ? tab
            : nullptr;
    }

private Q_SLOTS:
    /// From the field in which a MOVED was pasted, and from its explanation.
    void aNewTabOpensBesideAnExplanation()
    {
        auto* field = tabs()->current()->findChild<ui::EndpointField*>();
        QTest::keyClicks(field, u"MOVED 1738 127.0.0.1:7001"_s);
        QTest::keyClick(field, Qt::Key_Return);
        const auto* title = tabs()->current()->findChild<QLabel*>(u"explanationTitle"_s);
        QVERIFY(title && title->isVisible());
        for (int i = 0; i < 2; ++i) {
            window()->activateWindow();
            QTRY_VERIFY(window()->isActiveWindow());
            if (i == 1)
                tabs()->current()->findChild<QPushButton*>(u"openTargetButton"_s)->setFocus();
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_T, Qt::ControlModifier);
            QCOMPARE(tabs()->count(), 2);
            auto* empty = tabs()->current()->findChild<ui::EndpointField*>();
            QVERIFY(empty != field);
            QVERIFY(empty->hasFocus());
            QVERIFY(empty->text().isEmpty());
            QVERIFY(tabs()->current()->findChild<QLabel*>(u"startLabel"_s)->isVisible());
            QTest::keyClicks(QApplication::focusWidget(), u"abc"_s);
            QCOMPARE(empty->text(), u"abc"_s);
            QCOMPARE(field->text(), u"MOVED 1738 127.0.0.1:7001"_s);
            press(Qt::Key_W, Qt::ControlModifier);
            QCOMPARE(tabs()->count(), 1);
        }
    }

    void aLonelyTabHasNoBar()
    {
        QCOMPARE(tabs()->count(), 1);
        QVERIFY(!tabs()->tabBar()->isVisible());
        press(Qt::Key_T, Qt::ControlModifier);
        QCOMPARE(tabs()->count(), 2);
        QVERIFY(tabs()->tabBar()->isVisible());
        press(Qt::Key_W, Qt::ControlModifier);
        QCOMPARE(tabs()->count(), 1);
        QVERIFY(!tabs()->tabBar()->isVisible());
    }

    void aPageIsBuiltWhenItIsNeeded()
    {
        QVERIFY(tabs()->current()->findChild<ui::StartPage*>());
        QVERIFY(!tabs()->current()->findChild<ui::ClusterPage*>());
        FakeNode server;
        makeStandalone(server);
        QVERIFY(openHere(server));
        QVERIFY(tabs()->current()->findChild<ui::ClusterPage*>());
    }

    void aRefreshWithoutAChangePaintsNoWholeWindow()
    {
        FakeNode server;
        makeStandalone(server);
        ui::ConnectionTab* tab = openHere(server);
        QVERIFY(tab);
        WholePaints paints(tabs());
        QVERIFY(paints.waitUntilStill());
        const cluster::Topology topology = tab->shownCluster()->topology();
        tab->shownCluster()->setTopology(topology, {});
        Q_EMIT tab->changed();
        QTest::qWait(200);
        QCOMPARE(paints.count(), 0);
        tabs()->update(); // it would have been seen
        QTRY_COMPARE(paints.count(), 1);
    }

    void eachTabHasASessionOfItsOwn()
    {
        FakeNode first;
        FakeNode second;
        makeStandalone(first);
        makeStandalone(second);
        ui::ConnectionTab* one = openHere(first);
        QVERIFY(one);
        press(Qt::Key_T, Qt::ControlModifier);
        QVERIFY(tabs()->current() != one);
        QCOMPARE(window()->windowTitle(), u"Slotscope"_s);
        ui::ConnectionTab* two = openHere(second);
        QVERIFY(two);
        QVERIFY(one->session() && two->session() && one->session() != two->session());
        QCOMPARE(tabs()->tabText(0), first.endpoint().toString());
        QCOMPARE(tabs()->tabText(1), second.endpoint().toString());
        QVERIFY(window()->windowTitle().startsWith(second.endpoint().toString()));

        press(Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(tabs()->current(), one);
        QVERIFY(window()->windowTitle().startsWith(first.endpoint().toString()));
        press(Qt::Key_Tab, Qt::ControlModifier);
        QCOMPARE(tabs()->current(), two);
        press(Qt::Key_Tab, Qt::ControlModifier);
        QCOMPARE(tabs()->current(), one);
        press(Qt::Key_9, Qt::ControlModifier);
        QCOMPARE(tabs()->current(), two);

        // The one that stays does not notice.
        QPointer<session::SessionHandle> kept = one->session();
        const QPointer<session::SessionHandle> gone = two->session();
        press(Qt::Key_W, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(!gone, patience);
        QVERIFY(kept);
        QCOMPARE(tabs()->current(), one);
        QVERIFY(one->isConnected());
    }

    void aKeyAsksTheServerAgain()
    {
        FakeNode server;
        makeStandalone(server);
        session::SessionConfig config;
        config.endpoint.endpoint = server.endpoint();
        config.endpoint.typed = server.endpoint().toString();
        config.refreshInterval = std::chrono::milliseconds(0); // nothing else asks
        window()->connectTo(config);
        QTRY_VERIFY_WITH_TIMEOUT(tabs()->current()->shownCluster(), patience);
        const QDateTime before = tabs()->current()->shownCluster()->topology().data().capturedAt;
        press(Qt::Key_F5, {});
        QTRY_VERIFY_WITH_TIMEOUT(
            tabs()->current()->shownCluster()->topology().data().capturedAt > before, patience);
    }

    void aKeyWantsAnotherWindow()
    {
        const QSignalSpy wanted(window(), &ui::MainWindow::newWindowRequested);
        press(Qt::Key_N, Qt::ControlModifier);
        QCOMPARE(wanted.size(), 1);
    }

    void theLastTabIsEmptiedThenClosesTheWindow()
    {
        FakeNode server;
        makeStandalone(server);
        QVERIFY(openHere(server));
        press(Qt::Key_W, Qt::ControlModifier);
        QCOMPARE(tabs()->count(), 1);
        QVERIFY(tabs()->current()->isUnused());
        QVERIFY(window()->isVisible());
        press(Qt::Key_W, Qt::ControlModifier);
        QVERIFY(!window()->isVisible());
    }

    void aLinkHearsOfEachSessionOnce()
    {
        FakeNode server;
        makeStandalone(server);
        ui::ConnectionTab* tab = tabs()->current();
        QSignalSpy started(tab, &ui::ConnectionTab::sessionStarted);
        QSignalSpy ended(tab, &ui::ConnectionTab::sessionEnded);
        QVERIFY(openHere(server));
        QCOMPARE(started.size(), 1);
        QCOMPARE(ended.size(), 0);
        tab->submit(server.endpoint().toString());
        QCOMPARE(started.size(), 2);
        QCOMPARE(ended.size(), 1);
        tab->cancelConnecting();
        QCOMPARE(ended.size(), 2);
        QVERIFY(!tab->session());
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestTabs)
#include "tst_tabs.moc"
