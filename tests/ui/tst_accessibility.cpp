// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// What a screen reader hears and a keyboard reaches, in the real window.

#include "tests/support/pastednodes.h"
#include "tests/ui/keyboardwalk.h"
#include "tests/ui/windowfixture.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/connection/connectiontab.h"
#include "ui/console/consoleentry.h"
#include "ui/console/consolepanel.h"
#include "ui/console/entrylist.h"
#include "ui/inspector/inspector.h"
#include "ui/mainwindow/connectiontabs.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/palette/shortcutsheet.h"
#include "ui/topology/topologyview.h"

#include <QAccessible>
#include <QMenuBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTest>

namespace slotscope::tests {
using namespace Qt::StringLiterals;

class TestAccessibility final : public WindowFixture
{
    Q_OBJECT

    /// Of a view, the parts and what is in them.
    QStringList childrenOf(const QString& name) const
    {
        QStringList names;
        collect(QAccessible::queryAccessibleInterface(tab()->findChild<QWidget*>(name)), &names);
        return names;
    }
    static void collect(QAccessibleInterface* of, QStringList* names)
    {
        for (int i = 0; of && i < of->childCount(); ++i) {
            *names << of->child(i)->text(QAccessible::Name);
            collect(of->child(i), names);
        }
    }

    void walk() const
    {
        const QString missing = unreachedByTab(window());
        QVERIFY2(missing.isEmpty(), qPrintable(missing));
    }
    static void check(QWidget* root)
    {
        const QString wrong = unnamed(root);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        const QString shared = sharedLetters(root);
        QVERIFY2(shared.isEmpty(), qPrintable(shared));
    }

private Q_SLOTS:
    void theStartPage() { check(window()); }

    void severalTabs()
    {
        window()->tabs()->addNew();
        check(window());
    }

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

    void theClusterPage()
    {
        tab()->submit(someNodes());
        QVERIFY(tab()->shownCluster());
        check(window());
        for (auto* tabs : tab()->shownCluster()->findChildren<QTabWidget*>()) {
            for (int i = 0; i < tabs->count(); ++i) {
                tabs->setCurrentIndex(i);
                check(window());
            }
        }
    }

    void thePictureInWords()
    {
        tab()->submit(someNodes());
        const QStringList names = childrenOf(u"topologyView"_s);
        QCOMPARE(names.size(), 5); // two shards, three nodes
        QCOMPARE(names.at(0), u"S01: 5461 slots, 0-5460, 1 replica"_s);
        QCOMPARE(names.at(1), u"S01, primary, 127.0.0.1:30001, ok"_s);
        QCOMPARE(names.at(2), u"S01/1, replica, 127.0.0.1:30004, ok"_s);
        QVERIFY(names.at(3).startsWith(u"S02"_s));
    }

    void theSlotsInWords_data()
    {
        QTest::addColumn<QString>("view");
        QTest::newRow("ribbon") << u"ribbon"_s;
        QTest::newRow("slot map") << u"slotMap"_s;
    }
    void theSlotsInWords()
    {
        tab()->submit(someNodes());
        QFETCH(QString, view);
        QCOMPARE(childrenOf(view),
            (QStringList { u"slots 0-5460: S01"_s, u"slots 5461-10922: S02"_s,
                u"slots 10923-16383: nobody"_s }));
    }

    void aPartIsWhereItIsSaidToBe()
    {
        tab()->submit(someNodes());
        auto* ribbon = tab()->findChild<QWidget*>(u"ribbon"_s);
        QAccessibleInterface* all = QAccessible::queryAccessibleInterface(ribbon);
        QCOMPARE(all->role(), QAccessible::List);
        QCOMPARE(all->childCount(), 3);
        const QRect last = all->child(2)->rect();
        QVERIFY(all->rect().contains(last));
        QVERIFY(last.left() > all->rect().center().x());
        QCOMPARE(all->childAt(last.center().x(), last.center().y()), all->child(2));
        QCOMPARE(all->indexOfChild(all->child(2)), 2);
        QCOMPARE(all->child(2)->parent(), all);
        QVERIFY(!all->child(3));

        // What is gone is no longer valid.
        QAccessibleInterface* gone = all->child(2);
        tab()->submit(someNodes().section(u'\n', 2, 2));
        QCOMPARE(all->childCount(), 2);
        QVERIFY(!gone->isValid());
        QVERIFY(gone->text(QAccessible::Name).isEmpty());
    }

    void theSheetOfShortcuts()
    {
        ui::ShortcutSheet sheet(ui::shortcutGroups(window()->menuBar()));
        sheet.show();
        check(&sheet);
    }

    void thePalette()
    {
        QTest::keyClick(window(), Qt::Key_K, Qt::ControlModifier);
        check(window());
    }

    void tabGoesAroundTheStartPage() { walk(); }

    void tabGoesAroundTheClusterPage()
    {
        tab()->submit(someNodes());
        for (auto* tabs : tab()->shownCluster()->findChildren<QTabWidget*>()) {
            for (int i = 0; i < tabs->count(); ++i) {
                tabs->setCurrentIndex(i);
                walk();
            }
        }
    }

    void tabComesToWhatWasRunBeforeTheTrace()
    {
        tab()->submit(someNodes());
        const ui::ClusterPage* page = tab()->shownCluster();
        command::Trace trace;
        trace.argv = { "GET", "user:2935" };
        trace.map = page->topology();
        trace.outcome = command::TraceOutcome::Reply;
        trace.reply = resp::Reply::fromText(resp::Type::String, "ok");
        page->console()->showRecorded(trace);
        trace.reply = resp::Reply::fromText(resp::Type::String, "newer");
        page->console()->showRecorded(trace);
        walk();

        auto* list = tab()->findChild<ui::EntryList*>();
        const QList<ui::ConsoleEntry*>& entries = list->entries();
        QCOMPARE(entries.size(), 2);
        list->setFocus(Qt::TabFocusReason);
        for (const ui::ConsoleEntry* entry : entries) {
            QTest::keyClick(window()->windowHandle(), Qt::Key_Tab);
            QVERIFY2(entry->isAncestorOf(QApplication::focusWidget()),
                qPrintable(whatIs(QApplication::focusWidget())));
            while (entry->isAncestorOf(QApplication::focusWidget()))
                QTest::keyClick(window()->windowHandle(), Qt::Key_Tab);
            QTest::keyClick(window()->windowHandle(), Qt::Key_Backtab, Qt::ShiftModifier);
        }
        QTest::keyClick(window()->windowHandle(), Qt::Key_Tab);
        const QWidget* panel = tab()->findChild<QWidget*>(u"tracePanel"_s);
        QVERIFY2(panel->isAncestorOf(QApplication::focusWidget()),
            qPrintable(whatIs(QApplication::focusWidget())));
        // And back.
        QTest::keyClick(window()->windowHandle(), Qt::Key_Backtab, Qt::ShiftModifier);
        QVERIFY(entries.last()->isAncestorOf(QApplication::focusWidget()));
    }

    void theListOfWhatWasRunShowsItsFocus()
    {
        tab()->submit(someNodes());
        auto* list = tab()->findChild<ui::EntryList*>();
        const auto edge = [list] { return list->grab().toImage().pixelColor(0, 5); };
        const QColor before = edge();
        list->setFocus(Qt::TabFocusReason);
        QVERIFY(edge() != before);
        tab()->findChild<QWidget*>(u"ribbon"_s)->setFocus(Qt::TabFocusReason);
        QCOMPARE(edge(), before);
    }

    void theRibbonTakesKeys()
    {
        tab()->submit(someNodes());
        auto* ribbon = tab()->findChild<QWidget*>(u"ribbon"_s);
        const auto* view = tab()->findChild<ui::TopologyView*>();
        ribbon->setFocus(Qt::TabFocusReason);
        QTest::keyClick(ribbon, Qt::Key_Right);
        QTest::keyClick(ribbon, Qt::Key_Space);
        QCOMPARE(view->filteredShard(), 1);
        QTest::keyClick(ribbon, Qt::Key_Home);
        QTest::keyClick(ribbon, Qt::Key_Return);
        QCOMPARE(view->filteredShard(), 0);
        QTest::keyClick(ribbon, Qt::Key_Escape);
        QCOMPARE(view->filteredShard(), -1);
    }

    void aRowOfShardsTakesKeys()
    {
        tab()->submit(someNodes());
        auto* table = tab()->findChild<QTableView*>(u"shardTable"_s);
        const auto* view = tab()->findChild<ui::TopologyView*>();
        table->setFocus(Qt::TabFocusReason);
        QTest::keyClick(table, Qt::Key_Down);
        QTest::keyClick(table, Qt::Key_Down);
        QSignalSpy clicked(tab()->findChild<ui::Inspector*>(), &ui::Inspector::shardClicked);
        QTest::keyClick(table, Qt::Key_Space);
        QCOMPARE(clicked.size(), 1);
        QCOMPARE(view->filteredShard(), table->currentIndex().row());
        QTest::keyClick(table, Qt::Key_Space);
        QCOMPARE(view->filteredShard(), -1);
        QTest::keyClick(table, Qt::Key_Return);
        QVERIFY(!table->isVisible()); // the node is shown instead
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestAccessibility)
#include "tst_accessibility.moc"
