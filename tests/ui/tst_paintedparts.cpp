// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// What a screen reader finds in views that paint their parts themselves.

#include "tests/ui/paintfixtures.h"
#include "ui/slotmap/keylistview.h"
#include "ui/slotmap/ribbonwidget.h"
#include "ui/slotmap/slotmapwidget.h"
#include "ui/topology/topologyview.h"
#include "ui/trace/sequencewidget.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope::ui;
using slotscope::cluster::Topology;

namespace slotscope::tests {
namespace {

void show(QWidget& view, QSize size)
{
    view.resize(size);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.activateWindow();
    view.setFocus();
    QTRY_VERIFY(view.hasFocus());
}

QAccessibleInterface* partsOf(QWidget& view)
{
    return QAccessible::queryAccessibleInterface(&view);
}

QString nameOf(const QAccessibleInterface* part)
{
    return part ? part->text(QAccessible::Name) : QString();
}

/// As a screen reader does it; what it says that this does, empty when nothing can be done.
QString press(QAccessibleInterface* part)
{
    QAccessibleActionInterface* actions = part ? part->actionInterface() : nullptr;
    const QString name = QAccessibleActionInterface::pressAction();
    if (!actions || !actions->actionNames().contains(name))
        return {};
    const QString description = actions->localizedActionDescription(name);
    actions->doAction(name);
    return description;
}

} // namespace

class TestPaintedParts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void cardsAndTheirNodes()
    {
        TopologyView view;
        view.setFocusPolicy(Qt::StrongFocus);
        view.setTopology(healthyCluster());
        CardFacts facts;
        facts.silent = { nodeId(2, 1) };
        view.setFacts(facts);
        show(view, { 900, 500 });
        QAccessibleInterface* all = partsOf(view);
        QCOMPARE(all->role(), QAccessible::List);
        QCOMPARE(all->childCount(), 3);
        QAccessibleInterface* second = all->child(1);
        QCOMPARE(nameOf(second), u"S02: 5461 slots, 5461-10921, 1 replica"_s);
        QCOMPARE(second->role(), QAccessible::ListItem);
        QCOMPARE(second->parent(), all);
        QCOMPARE(all->indexOfChild(second), 1);
        QCOMPARE(second->childCount(), 2);
        QAccessibleInterface* replica = second->child(1);
        QCOMPARE(nameOf(replica), u"S02/1, replica, 127.0.0.1:30004, ok"_s);
        QCOMPARE(replica->parent(), second);
        QCOMPARE(second->indexOfChild(replica), 1);
        QCOMPARE(all->indexOfChild(replica), -1);
        QVERIFY(!second->child(2));
        // Unknown is not well.
        const QString silent = nameOf(all->child(2)->child(1));
        QVERIFY2(silent.endsWith(u"replica: no answer"), qPrintable(silent));

        // They are where they are painted.
        const Card& card = view.picture().cards.at(1);
        const QPoint corner = view.mapToGlobal(QPoint(0, 0));
        QCOMPARE(second->rect(), card.rect.translated(corner).toAlignedRect());
        QVERIFY(second->rect().contains(replica->rect()));
        const QPoint centre = replica->rect().center();
        QCOMPARE(all->childAt(centre.x(), centre.y()), second);
        QCOMPARE(second->childAt(centre.x(), centre.y()), replica);
        QVERIFY(!all->childAt(corner.x() + 1, corner.y() + 1));
    }

    void theKeyboardAmongCards()
    {
        TopologyView view;
        view.setFocusPolicy(Qt::StrongFocus);
        view.setTopology(healthyCluster());
        show(view, { 900, 500 });
        QAccessibleInterface* all = partsOf(view);
        QCOMPARE(all->focusChild(), all);
        QTest::keyClick(&view, Qt::Key_Right);
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(all->focusChild(), all->child(1));
        QVERIFY(all->child(1)->state().focused);
        QVERIFY(!all->child(0)->state().focused);
        view.setFilteredShard(2);
        QVERIFY(all->child(2)->state().selected);
        QVERIFY(!all->child(1)->state().selected);
        // What is magnified out of sight is still there, and says so.
        view.showShard(0);
        for (int i = 0; i < 20; ++i)
            view.zoomIn();
        int hidden = 0;
        for (int i = 0; i < 3; ++i)
            hidden += all->child(i)->state().offscreen ? 1 : 0;
        QVERIFY(hidden > 0);
    }

    void tabComesToTheFirstCard()
    {
        TopologyView view;
        view.setFocusPolicy(Qt::StrongFocus);
        view.setTopology(healthyCluster());
        show(view, { 900, 500 });
        QAccessibleInterface* all = partsOf(view);
        QSignalSpy hovered(&view, &TopologyView::shardHovered);
        view.clearFocus();
        QVERIFY(hovered.isEmpty());
        view.setFocus(Qt::TabFocusReason);
        QCOMPARE(all->focusChild(), all->child(0));
        QCOMPARE(hovered.takeLast().first().toInt(), 0);
        QTest::keyClick(&view, Qt::Key_Right);
        view.clearFocus();
        QCOMPARE(hovered.takeLast().first().toInt(), -1);
        // It stays where it was.
        view.setFocus(Qt::BacktabFocusReason);
        QCOMPARE(all->focusChild(), all->child(1));
    }

    void aThousandNodes()
    {
        TopologyView view;
        view.setTopology(Topology::build(evenCluster(500)));
        view.resize(900, 500);
        view.show();
        QAccessibleInterface* all = partsOf(view);
        QCOMPARE(all->childCount(), 500);
        QAccessibleInterface* last = all->child(499);
        QVERIFY(nameOf(last).startsWith(u"S500:"));
        QVERIFY(nameOf(last->child(0)).startsWith(u"S500, primary"));
        // What is gone is no longer valid.
        view.setTopology(healthyCluster());
        QCOMPARE(all->childCount(), 3);
        QVERIFY(!last->isValid());
        QVERIFY(nameOf(last).isEmpty());
        QVERIFY(!all->child(499));
    }

    void theInterfaceGoesWithItsView()
    {
        auto view = std::make_unique<TopologyView>();
        view->setTopology(healthyCluster());
        const QAccessible::Id id = QAccessible::uniqueId(partsOf(*view)->child(0));
        QVERIFY(QAccessible::accessibleInterface(id));
        view.reset();
        QVERIFY(!QAccessible::accessibleInterface(id));
    }

    void rangesOfSlots()
    {
        SlotMapWidget map;
        map.setTopology(migratingCluster());
        show(map, { 420, 440 });
        QAccessibleInterface* all = partsOf(map);
        QVERIFY(all->childCount() > 3);
        QVERIFY(nameOf(all->child(0)).startsWith(u"slots 0-"));
        QCOMPARE(
            nameOf(all->child(all->childCount() - 1)), u"slot 1738 is moving from S01 to S02"_s);
        const QRect first = all->child(0)->rect();
        const QRect last = all->child(2)->rect();
        QVERIFY(all->rect().contains(first) && all->rect().contains(last));
        QVERIFY(first.bottom() < last.bottom()); // rows, not a share of the width
        RibbonWidget ribbon;
        ribbon.setTopology(healthyCluster());
        ribbon.resize(800, 52);
        ribbon.show();
        QAccessibleInterface* ranges = partsOf(ribbon);
        QCOMPARE(ranges->childCount(), 3);
        QVERIFY(ranges->child(0)->rect().right() <= ranges->child(1)->rect().left() + 1);
    }

    void lifelinesAndMessages()
    {
        SequenceWidget view;
        const command::Storyboard story = movedStory(healthyCluster());
        view.setStory(story);
        view.setFrame({ 0, 0.5 });
        show(view, { 500, 160 });
        QAccessibleInterface* all = partsOf(view);
        const int heads = static_cast<int>(view.geometryOfStory().lines.size()) + 1;
        QCOMPARE(heads, 3);
        QCOMPARE(all->childCount(), heads + story.size());
        QCOMPARE(nameOf(all->child(0)), u"this computer"_s);
        QCOMPARE(all->child(1)->role(), QAccessible::ColumnHeader);
        QVERIFY2(
            nameOf(all->child(1)).contains(u"127.0.0.1:3000"_s), qPrintable(nameOf(all->child(1))));
        int moved = 0;
        while (moved < story.size() && story.at(moved).kind != command::StepKind::MovedReply)
            ++moved;
        const QString told = nameOf(all->child(heads + moved));
        QVERIFY2(told.startsWith(u"S0") && told.contains(u" to this computer: MOVED 1738"),
            qPrintable(told));
        QVERIFY2(nameOf(all->child(heads)).startsWith(u"this computer to S0"),
            qPrintable(nameOf(all->child(heads))));
        QVERIFY(all->child(heads)->state().selected);
        QVERIFY(!all->child(heads + 1)->state().selected);

        // The player goes on.
        view.setFrame({ 1, 0.1 });
        QCOMPARE(all->focusChild(), all->child(heads + 1));
        // Heads stay where rows scroll.
        const QRect head = all->child(0)->rect();
        const QRect row = all->child(heads)->rect();
        view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum());
        QVERIFY(view.verticalScrollBar()->value() > 0);
        QCOMPARE(all->child(0)->rect(), head);
        QCOMPARE(row.top() - all->child(heads)->rect().top(), view.verticalScrollBar()->value());
        view.setStory({});
        QCOMPARE(all->childCount(), 0);
    }

    void bothHalvesOfAskAreTold()
    {
        SequenceWidget view;
        view.setStory(askStory(healthyCluster()));
        QAccessibleInterface* all = partsOf(view);
        QStringList names;
        for (int i = 0; i < all->childCount(); ++i)
            names.append(nameOf(all->child(i)));
        QCOMPARE(names.filter(u": ASKING, then GET"_s).size(), 1);
        view.setStory(connectFailedStory(healthyCluster()));
        QVERIFY(nameOf(all->child(2)).startsWith(u"this computer did not reach S0"));
    }

    void rowsOfKeys()
    {
        KeyListView view;
        view.setTopology(healthyCluster());
        show(view, { 400, 200 });
        QAccessibleInterface* all = partsOf(view);
        QCOMPARE(all->childCount(), 0);
        QList<QByteArray> keys { "user:2935", "" };
        for (int i = 0; i < 10'000; ++i)
            keys.append("key:" + QByteArray::number(i));
        view.append(keys);
        // Those in sight, however many there are.
        QCOMPARE(all->childCount(), view.rowsOnScreen());
        QVERIFY(all->childCount() < 40);
        QCOMPARE(nameOf(all->child(0)), u"user:2935, slot 1738, S01 (1 of 10002)"_s);
        QVERIFY(nameOf(all->child(1)).startsWith(u"(the empty key), slot 0"));
        QVERIFY(all->child(0)->rect().bottom() <= all->child(1)->rect().top() + 1);
        QVERIFY(!all->child(0)->state().selected);
        QCOMPARE(all->focusChild(), all);
        QTest::keyClick(&view, Qt::Key_End);
        const QString last = nameOf(all->focusChild());
        QVERIFY2(last.startsWith(u"key:9999,"), qPrintable(last));
        QVERIFY(all->focusChild()->state().selected);
        QVERIFY(nameOf(all->child(0)).startsWith(u"key:"));
    }

    void cardsAndNodesArePressed()
    {
        TopologyView view;
        view.setTopology(healthyCluster());
        show(view, { 900, 500 });
        QSignalSpy shards(&view, &TopologyView::shardClicked);
        QSignalSpy nodes(&view, &TopologyView::nodeClicked);
        QAccessibleInterface* second = partsOf(view)->child(1);
        QCOMPARE(press(second), u"Only this shard, or all again"_s);
        QCOMPARE(shards.size(), 1);
        QCOMPARE(shards.first().first().toInt(), 1);
        QVERIFY(!press(second->child(1)).isEmpty());
        QCOMPARE(nodes.size(), 1);
        QCOMPARE(nodes.first().first().value<cluster::NodeId>(), nodeId(1, 1));
        // What is gone does nothing.
        view.setTopology({});
        QVERIFY(press(second).isEmpty());
    }

    void slotsArePressed()
    {
        SlotMapWidget map;
        map.setTopology(migratingCluster());
        show(map, { 420, 440 });
        QAccessibleInterface* all = partsOf(map);
        QVERIFY(!press(all->child(all->childCount() - 1)).isEmpty());
        QVERIFY(map.selection());
        QCOMPARE(map.selection()->first.number(), 1738);
        QCOMPARE(map.selection()->last.number(), 1738);

        RibbonWidget ribbon;
        ribbon.setTopology(troubledCluster());
        QSignalSpy clicked(&ribbon, &RibbonWidget::shardClicked);
        QAccessibleInterface* ranges = partsOf(ribbon);
        for (int i = 0; i < ranges->childCount(); ++i) {
            QVERIFY(!press(ranges->child(i)).isEmpty());
            const bool isOwned = !nameOf(ranges->child(i)).endsWith(u"nobody");
            QCOMPARE(clicked.takeFirst().first().toInt() >= 0, isOwned);
        }
    }

    void messagesArePressed()
    {
        SequenceWidget view;
        view.setStory(movedStory(healthyCluster()));
        QSignalSpy clicked(&view, &SequenceWidget::stepClicked);
        QAccessibleInterface* all = partsOf(view);
        QVERIFY(press(all->child(0)).isEmpty()); // the head of a lifeline
        QVERIFY(!press(all->child(4)).isEmpty());
        QCOMPARE(clicked.size(), 1);
        QCOMPARE(clicked.first().first().toInt(), 1);
    }

    void keysArePressed()
    {
        KeyListView view;
        view.append(QList<QByteArray> { "a", "b", "c" });
        show(view, { 400, 200 });
        QVERIFY(!press(partsOf(view)->child(1)).isEmpty());
        QCOMPARE(view.currentRow(), 1);
    }

    void theKeyboardOnTheRibbon()
    {
        QWidget window;
        QHBoxLayout layout(&window);
        QLineEdit before;
        RibbonWidget ribbon;
        layout.addWidget(&before);
        layout.addWidget(&ribbon);
        ribbon.setTopology(migratingCluster());
        show(window, { 900, 60 });
        before.setFocus();
        QSignalSpy hovered(&ribbon, &RibbonWidget::shardHovered);
        QSignalSpy clicked(&ribbon, &RibbonWidget::shardClicked);
        const auto hoveredShard = [&] { return hovered.takeLast().first().toInt(); };
        const QImage pale = ribbon.grab().toImage();
        QTest::keyClick(&before, Qt::Key_Tab);
        QVERIFY(ribbon.hasFocus());
        QVERIFY(ribbon.grab().toImage() != pale); // it is seen where one is
        QCOMPARE(hoveredShard(), 0);
        QAccessibleInterface* all = partsOf(ribbon);
        QCOMPARE(all->focusChild(), all->child(0));

        // A slot that is moving is a place of its own.
        QTest::keyClick(&ribbon, Qt::Key_Right);
        QCOMPARE(nameOf(all->focusChild()), u"slot 1738 is moving from S01 to S02"_s);
        QVERIFY(all->focusChild()->state().focused);
        QTest::keyClick(&ribbon, Qt::Key_End);
        QCOMPARE(hoveredShard(), 2);
        QTest::keyClick(&ribbon, Qt::Key_Space);
        QTest::keyClick(&ribbon, Qt::Key_Home);
        QTest::keyClick(&ribbon, Qt::Key_Return);
        QCOMPARE(clicked.size(), 2);
        QCOMPARE(clicked.at(0).first().toInt(), 2);
        QCOMPARE(clicked.at(1).first().toInt(), 0);
        for (int i = 0; i < 20; ++i)
            QTest::keyClick(&ribbon, Qt::Key_PageDown);
        QCOMPARE(hoveredShard(), 2);
        hovered.clear();
        QTest::keyClick(&ribbon, Qt::Key_Right); // there is nothing beyond
        QVERIFY(hovered.isEmpty());

        // What it stands on goes: it stands on what is there now.
        ribbon.setTopology({});
        QCOMPARE(all->focusChild(), all);
        QTest::keyClick(&ribbon, Qt::Key_Left);
        ribbon.setTopology(troubledCluster());
        QVERIFY(all->focusChild() != all);
        before.setFocus();
        QCOMPARE(hoveredShard(), -1);
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestPaintedParts)
#include "tst_paintedparts.moc"
