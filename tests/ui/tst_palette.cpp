// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// The command palette and the sheet of shortcuts: what they find, and the keys in the real window.

#include "core/session/userinput.h"
#include "tests/support/pastednodes.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/connection/connectiontab.h"
#include "ui/connection/endpointfield.h"
#include "ui/incident/captureactions.h"
#include "ui/inspector/inspector.h"
#include "ui/mainwindow/connectiontabs.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/sizemenu.h"
#include "ui/mainwindow/thememenu.h"
#include "ui/palette/commandpalette.h"
#include "ui/palette/shortcutsheet.h"
#include "ui/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QRegularExpression>
#include <QScreen>
#include <QSplitter>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

namespace slotscope::tests {
using namespace Qt::StringLiterals;
using ui::PaletteItem;

namespace {

QStringList textsOf(const QList<PaletteItem>& items, const QList<qsizetype>& positions)
{
    QStringList texts;
    for (const qsizetype position : positions)
        texts.append(items.at(position).text);
    return texts;
}

} // namespace

class TestPalette final : public QObject
{
    Q_OBJECT

    std::unique_ptr<session::IoThread> m_io;
    std::unique_ptr<ui::MainWindow> m_window;
    QTemporaryDir m_folder;

    void makeWindow()
    {
        m_window.reset();
        ui::WindowOptions options;
        options.profilesFile = m_folder.filePath(u"profiles.json"_s);
        options.settingsFile = m_folder.filePath(u"window.ini"_s);
        m_window = std::make_unique<ui::MainWindow>(*m_io, options);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }

    void showMap() { m_window->tabs()->current()->submit(someNodes()); }

    QWidget* palette() const { return m_window->findChild<QWidget*>(u"commandPalette"_s); }
    QLineEdit* paletteField() const { return m_window->findChild<QLineEdit*>(u"paletteField"_s); }
    QListView* paletteList() const { return m_window->findChild<QListView*>(u"paletteList"_s); }
    QString chosen() const { return paletteList()->currentIndex().data().toString(); }

private Q_SLOTS:
    void initTestCase() { m_io = std::make_unique<session::IoThread>(); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        makeWindow();
    }
    void cleanup() { m_window.reset(); }
    void cleanupTestCase() { m_io.reset(); }

    void wordsAreFoundAnywhere_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QStringList>("texts");
        QTest::newRow("nothing typed")
            << u""_s << QStringList { u"Open capture…"_s, u"New tab"_s, u"Reopen"_s };
        QTest::newRow("case") << u"NEW"_s << QStringList { u"New tab"_s };
        QTest::newRow("beginnings first")
            << u"open"_s << QStringList { u"Open capture…"_s, u"Reopen"_s };
        QTest::newRow("in any order") << u"cap open"_s << QStringList { u"Open capture…"_s };
        QTest::newRow("the menu's name") << u"view"_s << QStringList { u"Reopen"_s };
        QTest::newRow("all of them") << u"open tab"_s << QStringList();
    }
    void wordsAreFoundAnywhere()
    {
        const QList<PaletteItem> items { { u"Open capture…"_s, u"File"_s, {}, {}, {} },
            { u"New tab"_s, u"File"_s, {}, {}, {} }, { u"Reopen"_s, u"View"_s, {}, {}, {} } };
        QFETCH(QString, query);
        QTEST(textsOf(items, ui::matchingItems(items, query, 10)), "texts");
        QVERIFY(ui::matchingItems(items, query, 1).size() <= 1);
    }

    void mnemonicsAreNotShown()
    {
        QCOMPARE(ui::plainActionText(u"Save picture as S&VG…"_s), u"Save picture as SVG…"_s);
        QCOMPARE(ui::plainActionText(u"this && that"_s), u"this & that"_s);
    }

    void itFindsEveryActionOfTheMenus()
    {
        const QList<PaletteItem> items = ui::actionItems(m_window->menuBar());
        for (const QAction* action : m_window->findChildren<QAction*>()) {
            if (action->shortcut().isEmpty() || !action->isEnabled()) // what cannot be done now
                continue;
            const bool found = std::any_of(items.begin(), items.end(),
                [action](const PaletteItem& item) { return item.action == action; });
            QVERIFY2(found, qPrintable(action->text()));
        }
    }

    void noTwoActionsHaveTheSameKey()
    {
        QHash<QKeySequence, QString> taken;
        for (const QAction* action : m_window->findChildren<QAction*>()) {
            for (const QKeySequence& key : action->shortcuts()) {
                QVERIFY2(!taken.contains(key),
                    qPrintable(
                        u"%1: %2, %3"_s.arg(key.toString(), action->text(), taken.value(key))));
                taken.insert(key, action->text());
            }
        }
        QVERIFY(taken.size() > 20);
    }

    void itTriggersWhatIsTyped()
    {
        QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        QVERIFY(palette()->isVisible());
        QCOMPARE(QApplication::focusWidget(), paletteField());
        QTest::keyClicks(paletteField(), u"new tab"_s);
        QCOMPARE(chosen(), u"New tab"_s);
        QTest::keyClick(paletteField(), Qt::Key_Return);
        QVERIFY(!palette()->isVisible());
        QCOMPARE(m_window->tabs()->count(), 2);
    }

    void escapeGivesTheFocusBack()
    {
        auto* field = m_window->findChild<ui::EndpointField*>();
        field->setFocus();
        QTest::keyClick(field, Qt::Key_K, Qt::ControlModifier);
        QTest::keyClicks(paletteField(), u"no such words"_s);
        QVERIFY(!paletteList()->isVisible());
        QTest::keyClick(paletteField(), Qt::Key_Return);
        QVERIFY(palette()->isVisible());
        QTest::keyClick(paletteField(), Qt::Key_Escape);
        QVERIFY(!palette()->isVisible());
        QCOMPARE(QApplication::focusWidget(), field);
    }

    void arrowsGoAround()
    {
        QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        const QAbstractItemModelTester tester(paletteList()->model());
        QTest::keyClicks(paletteField(), u"tab"_s);
        const int rows = paletteList()->model()->rowCount();
        QVERIFY(rows > 3);
        QTest::keyClick(paletteField(), Qt::Key_Up);
        QCOMPARE(paletteList()->currentIndex().row(), rows - 1);
        QTest::keyClick(paletteField(), Qt::Key_Down);
        QCOMPARE(paletteList()->currentIndex().row(), 0);
    }

    void itGoesToPlaces_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("id");
        const QString first = u"e7d1eecce10fd6bb5eb35b9f99a514335d9ba9ca"_s;
        const QString second = u"67ed2db8d677e59ec4a4cefb06858cf2a1a89fa1"_s;
        QTest::newRow("a shard") << u"S02"_s << second;
        QTest::newRow("an address") << u"30004"_s << u"07c37dfeb235213a872192d90877d0cd55635b91"_s;
        QTest::newRow("the beginning of an id") << u"67ed2d"_s << second;
        QTest::newRow("a slot") << u"1738"_s << first;
        QTest::newRow("a key") << u"user:2935"_s << first;
    }
    void itGoesToPlaces()
    {
        showMap();
        QWidget* page = m_window->clusterPage();
        page->setFocus();
        QTest::keyClick(m_window.get(), Qt::Key_G);
        QVERIFY(palette()->isVisible());
        QFETCH(QString, typed);
        QTest::keyClicks(paletteField(), typed);
        QTest::keyClick(paletteField(), Qt::Key_Return);
        QVERIFY(!palette()->isVisible());
        const QWidget* shown = m_window->clusterPage()->inspector()->currentWidget();
        QFETCH(QString, id);
        QStringList texts;
        for (const QLabel* label : shown->findChildren<QLabel*>())
            texts << label->text();
        QVERIFY2(texts.contains(id), qPrintable(texts.join(u'\n')));
    }

    void typingIsNotAShortcut()
    {
        auto* field = m_window->findChild<ui::EndpointField*>();
        field->setFocus();
        QTest::keyClicks(field, u"g/g"_s);
        QCOMPARE(field->text(), u"g/g"_s);
        QVERIFY(!palette() || !palette()->isVisible());
    }

    void theSheetTellsAllKeys()
    {
        QTest::keyClick(m_window.get(), Qt::Key_Slash, Qt::ControlModifier);
        const auto* sheet = m_window->findChild<QDialog*>(u"shortcutSheet"_s);
        QVERIFY(sheet && sheet->isVisible());
        QStringList texts;
        for (const QLabel* label : sheet->findChildren<QLabel*>())
            texts << label->text();
        for (const QString& expected : { u"Refresh"_s, u"F5"_s, u"Ctrl+K"_s, u"Ctrl+1 … Ctrl+9"_s,
                 u"Play or pause"_s, u"Space"_s, u"From card to card"_s, u"Ctrl+F"_s })
            QVERIFY2(texts.contains(expected), qPrintable(expected));
    }

    void aChoiceOfAnotherWindowIsMarked()
    {
        const std::unique_ptr<ui::MainWindow> first = std::move(m_window);
        makeWindow();
        m_window->findChild<QAction*>(u"darkThemeAction"_s)->trigger();
        auto* mark = first->findChild<QAction*>(u"darkThemeAction"_s);
        QVERIFY(!mark->isChecked());
        Q_EMIT first->findChild<ui::ThemeMenu*>()->aboutToShow();
        QVERIFY(mark->isChecked());
        first->findChild<QAction*>(u"lightThemeAction"_s)->trigger();
    }

    void theSizeIsForTheNextStart()
    {
        const QString file = m_folder.filePath(u"window.ini"_s);
        for (QAction* action : m_window->findChildren<QAction*>()) {
            if (action->text() == u"150 %"_s)
                action->trigger();
        }
        qunsetenv("QT_SCALE_FACTOR");
        ui::SizeMenu::apply(file);
        QCOMPARE(qgetenv("QT_SCALE_FACTOR"), QByteArray("1.5"));
        qputenv("QT_SCALE_FACTOR", "3");
        ui::SizeMenu::apply(file);
        QCOMPARE(qgetenv("QT_SCALE_FACTOR"), QByteArray("3"));
        qunsetenv("QT_SCALE_FACTOR");
    }

    void theThemeIsRemembered()
    {
        m_window->findChild<QAction*>(u"darkThemeAction"_s)->trigger();
        m_window->close();
        m_window.reset();
        QApplication::setPalette(ui::Theme::light().palette());

        makeWindow();
        QVERIFY(m_window->findChild<QAction*>(u"darkThemeAction"_s)->isChecked());
        const QColor dark = ui::Theme::darkTheme().palette().color(QPalette::Window);
        QCOMPARE(QApplication::palette().color(QPalette::Window), dark);
        m_window->findChild<QAction*>(u"lightThemeAction"_s)->trigger();
        QVERIFY(QApplication::palette().color(QPalette::Window) != dark);
    }

    void theGeometryIsRemembered()
    {
        const QSize before = m_window->size();
        const QRect screen = m_window->screen()->availableGeometry();
        const QSize least = m_window->minimumSizeHint().expandedTo(m_window->minimumSize());
        QVERIFY(least.width() + 20 < screen.width() && least.height() + 20 < screen.height());
        for (const QSize& size : { least + QSize(13, 7), least + QSize(5, 17) }) {
            m_window->resize(size);
            m_window->close();
            makeWindow();
            QTRY_COMPARE(m_window->size(), size);
        }
        m_window->resize(before); // for the tests that follow
        m_window->close();
    }

    void theDeadlineOfCapturesIsRemembered()
    {
        const auto captures = [this] { return m_window->findChild<ui::CaptureActions*>(); };
        QCOMPARE(captures()->deadline(), std::chrono::seconds(3));
        m_window->findChild<QAction*>(u"deadline10Action"_s)->trigger();
        makeWindow();
        QCOMPARE(captures()->deadline(), std::chrono::seconds(10));
        captures()->setSeconds(0); // no deadline
        QCOMPARE(captures()->deadline(), std::chrono::seconds(10));
        captures()->chooseSeconds(3);
    }

    void splittersAreRemembered()
    {
        showMap();
        auto* splitter = m_window->findChild<QSplitter*>(u"halvesSplitter"_s);
        const QList<int> before = splitter->sizes();
        // As a hand on the handle would: the signal comes from that.
        splitter->setSizes({ before.at(0) - 90, before.at(1) + 90 });
        const QList<int> sizes = splitter->sizes();
        QVERIFY(sizes != before);
        Q_EMIT splitter->splitterMoved(sizes.at(0), 1);
        m_window->close();

        makeWindow();
        showMap();
        splitter = m_window->findChild<QSplitter*>(u"halvesSplitter"_s);
        QTRY_VERIFY(std::abs(splitter->sizes().at(0) - sizes.at(0)) <= 2);
    }

    void theInspectorsTabIsRemembered()
    {
        showMap();
        const auto* inspector = m_window->clusterPage()->inspector();
        const auto title = [&inspector] { return inspector->tabText(inspector->currentIndex()); };
        QCOMPARE(title(), u"Shards"_s);
        const auto center = [&inspector](const QString& name) {
            for (int i = 0; i < inspector->count(); ++i) {
                if (inspector->tabText(i) == name)
                    return inspector->tabBar()->tabRect(i).center();
            }
            return QPoint();
        };
        QTest::mouseClick(inspector->tabBar(), Qt::LeftButton, {}, center(u"Slots"_s));
        QCOMPARE(title(), u"Slots"_s);
        // Where the program turns to is for now only.
        m_window->clusterPage()->goTo(u"S02"_s);
        QCOMPARE(title(), u"Node"_s);
        m_window->close();

        makeWindow();
        showMap();
        inspector = m_window->clusterPage()->inspector();
        QCOMPARE(title(), u"Slots"_s);
        inspector->tabBar()->setFocus();
        QTest::keyClick(inspector->tabBar(), Qt::Key_Right);
        QCOMPARE(title(), u"Keys"_s);
        m_window->close();

        makeWindow();
        showMap();
        inspector = m_window->clusterPage()->inspector();
        QCOMPARE(title(), u"Keys"_s);
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestPalette)
#include "tst_palette.moc"
