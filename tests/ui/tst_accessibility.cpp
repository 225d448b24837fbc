// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// What a screen reader hears and a keyboard reaches, in the real window.

#include "ui/mainwindow/clusterpage.h"
#include "ui/mainwindow/connectiontab.h"
#include "ui/mainwindow/connectiontabs.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/shortcutsheet.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QMenuBar>
#include <QRegularExpression>
#include <QSlider>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

namespace slotscope::tests {
using namespace Qt::StringLiterals;

namespace {

/// CLUSTER NODES of a cluster that nobody runs.
const QString someNodes = u"07c37dfeb235213a872192d90877d0cd55635b91 127.0.0.1:30004@31004 slave "
                          "e7d1eecce10fd6bb5eb35b9f99a514335d9ba9ca 0 1426238317239 4 connected\n"
                          "67ed2db8d677e59ec4a4cefb06858cf2a1a89fa1 127.0.0.1:30002@31002 master "
                          "- 0 1426238316232 2 connected 5461-10922\n"
                          "e7d1eecce10fd6bb5eb35b9f99a514335d9ba9ca 127.0.0.1:30001@31001 "
                          "myself,master - 0 0 1 connected 0-5460\n"_s;

QString nameOf(QWidget* widget)
{
    QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(widget);
    return interface ? interface->text(QAccessible::Name) : QString();
}

QString whatIs(const QWidget* widget)
{
    return u"%1 “%2” in %3"_s.arg(QString::fromLatin1(widget->metaObject()->className()),
        widget->objectName(),
        widget->parentWidget()
            ? QString::fromLatin1(widget->parentWidget()->metaObject()->className())
            : u"nothing"_s);
}

/// What belongs to a control of Qt's own, which speaks for it.
bool isPart(const QWidget* widget)
{
    return widget->objectName().startsWith(u"qt_"_s)
        || (widget->parentWidget() && widget->parentWidget()->inherits("QTabBar"));
}

bool isControl(const QWidget* widget)
{
    return qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QComboBox*>(widget)
        || qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QSlider*>(widget);
}

} // namespace

class TestAccessibility final : public QObject
{
    Q_OBJECT

    std::unique_ptr<session::IoThread> m_io;
    std::unique_ptr<ui::MainWindow> m_window;
    QTemporaryDir m_folder;

    ui::ConnectionTab* tab() const { return m_window->tabs()->current(); }

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

    void check(QWidget* root) const
    {
        QStringList wrong;
        for (QWidget* widget : root->findChildren<QWidget*>()) {
            if (!widget->isVisibleTo(root) || isPart(widget))
                continue;
            const bool byTab = widget->focusPolicy() & Qt::TabFocus;
            if (isControl(widget) && !byTab)
                wrong << whatIs(widget) + u": no key reaches it"_s;
            if (byTab && nameOf(widget).isEmpty())
                wrong << whatIs(widget) + u": has no name"_s;
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

private Q_SLOTS:
    void initTestCase() { m_io = std::make_unique<session::IoThread>(); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        ui::WindowOptions options;
        options.profilesFile = m_folder.filePath(u"profiles.json"_s);
        m_window = std::make_unique<ui::MainWindow>(*m_io, options);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }
    void cleanup() { m_window.reset(); }
    void cleanupTestCase() { m_io.reset(); }

    void theStartPage() { check(m_window.get()); }

    void severalTabs()
    {
        m_window->tabs()->addNew();
        check(m_window.get());
    }

    void theMessagePage()
    {
        tab()->waitForSandbox();
        check(m_window.get());
        tab()->sandboxFailed({ support::ErrorCode::ProcessFailed, {}, {} });
        check(m_window.get());
    }

    void theExplanation()
    {
        tab()->submit(u"(error) MOVED 1738 10.0.1.17:6379"_s);
        check(m_window.get());
    }

    void theClusterPage()
    {
        tab()->submit(someNodes);
        QVERIFY(tab()->shownCluster());
        check(m_window.get());
        for (auto* tabs : tab()->shownCluster()->findChildren<QTabWidget*>()) {
            for (int i = 0; i < tabs->count(); ++i) {
                tabs->setCurrentIndex(i);
                check(m_window.get());
            }
        }
    }

    void thePictureInWords()
    {
        tab()->submit(someNodes);
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
        tab()->submit(someNodes);
        QFETCH(QString, view);
        QCOMPARE(childrenOf(view),
            (QStringList { u"slots 0-5460: S01"_s, u"slots 5461-10922: S02"_s,
                u"slots 10923-16383: nobody"_s }));
    }

    void aPartIsWhereItIsSaidToBe()
    {
        tab()->submit(someNodes);
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
        tab()->submit(someNodes.section(u'\n', 2, 2));
        QCOMPARE(all->childCount(), 2);
        QVERIFY(!gone->isValid());
        QVERIFY(gone->text(QAccessible::Name).isEmpty());
    }

    void theSheetOfShortcuts()
    {
        ui::ShortcutSheet sheet(ui::shortcutGroups(m_window->menuBar()));
        sheet.show();
        check(&sheet);
    }

    void thePalette()
    {
        QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        check(m_window.get());
    }

    void tabGoesAroundTheStartPage()
    {
        QSet<QWidget*> reached;
        for (int i = 0; i < 40; ++i) {
            QTest::keyClick(m_window.get(), Qt::Key_Tab);
            reached.insert(QApplication::focusWidget());
        }
        for (const QString& name :
            { u"connectButton"_s, u"sandboxButton"_s, u"openCaptureButton"_s })
            QVERIFY2(reached.contains(m_window->findChild<QWidget*>(name)), qPrintable(name));
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestAccessibility)
#include "tst_accessibility.moc"
