// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/ui/paintfixtures.h"
#include "ui/topology/changemarks.h"
#include "ui/topology/changepainter.h"
#include "ui/topology/topologyview.h"

#include <QPaintEvent>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace Qt::StringLiterals;
using namespace slotscope::ui;
using slotscope::cluster::Topology;
using slotscope::cluster::TopologyChange;

namespace slotscope::tests {
namespace {

constexpr QSize size { 900, 500 };

/// Counts what is painted.
class PaintCounter final : public QObject
{
public:
    explicit PaintCounter(QWidget* widget)
        : QObject(widget)
    {
        widget->installEventFilter(this);
    }
    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::Paint) {
            ++paints;
            region += static_cast<QPaintEvent*>(event)->region();
        }
        return false;
    }
    int paints = 0;
    QRegion region;
};

/// As another node prints it: the others in another order, itself as itself, a second later.
Topology asPolledAgain(cluster::TopologyData data)
{
    std::reverse(data.nodes.begin(), data.nodes.end());
    data.nodes.front().myself = true;
    data.nodes.front().flags << u"myself"_s;
    data.nodes.front().link = cluster::LinkState::Unknown;
    data.answeredBy = data.nodes.front().id;
    data.capturedAt = data.capturedAt.addSecs(1);
    data.shards.clear();
    return Topology::build(data);
}

void show(TopologyView& view)
{
    view.resize(size);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QCoreApplication::processEvents();
}

void wheel(QWidget& widget, QPointF at, int notches)
{
    QWheelEvent event(at, widget.mapToGlobal(at), {}, { 0, 120 * notches }, Qt::NoButton,
        Qt::ControlModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&widget, &event);
}

TopologyChange change(TopologyChange::Kind kind, const cluster::NodeId& from = {},
    const cluster::NodeId& to = {}, const cluster::SlotRanges& ranges = {})
{
    TopologyChange made;
    made.kind = kind;
    made.node = to;
    made.from = from;
    made.to = to;
    made.ranges = ranges;
    made.shard = u"S01"_s;
    return made;
}

} // namespace

class TestTopologyView final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void viewportKeepsWhatIsUnderThePointer();
    void viewportStaysInside();
    void viewportShows();
    void cardsTellMoreWhenLarge();
    void placesAreFound_data();
    void placesAreFound();
    void dialledAddressesAreFound();
    void whatIsNoPlaceIsAKey();
    void sameAgainPaintsNothing();
    void highlightPaintsTwoCards();
    void anEnvelopePaintsItsWay();
    void zoomAndFit();
    void goToShowsTheCard();
    void clicks();
    void arrowKeysGoFromCardToCard();
    void silentNodesAreNotWell();
    void addressesAsDialled();
    void numbersHaveTheirLine();
    void viewsThatDifferAreCounted();
    void marksReplaceAndAddUp();
    void marksFade();
    void marksAreAtTheirCard();
    void labelsOfMarksStayInThePicture();
    void labelsOfMarksLeaveTheTitleFree_data();
    void labelsOfMarksLeaveTheTitleFree();
    void caveatIsShown();
};

void TestTopologyView::viewportKeepsWhatIsUnderThePointer()
{
    const QPointF pointer(300, 200);
    const Viewport before;
    const Viewport after = before.zoomedAt(pointer, 4, size);
    QCOMPARE(after.zoom, 4.0);
    QCOMPARE(after.map(pointer), pointer);
    QCOMPARE(after.zoomedAt(pointer, 0.25, size), before);
}

void TestTopologyView::viewportStaysInside()
{
    const Viewport zoomed = Viewport().zoomedAt({ 0, 0 }, 2, size);
    QCOMPARE(zoomed.movedBy({ 5000, 5000 }, size).offset, QPointF(0, 0));
    QCOMPARE(zoomed.movedBy({ -5000, -5000 }, size).offset, QPointF(-900, -500));
    QCOMPARE(Viewport().movedBy({ 10, 10 }, size), Viewport());
    QCOMPARE(Viewport().zoomedAt({ 10, 10 }, 0.1, size), Viewport());
    QCOMPARE(Viewport().zoomedAt({ 10, 10 }, 1e6, size).zoom, Viewport::most);
}

void TestTopologyView::viewportShows()
{
    const QRectF card(700, 400, 40, 30);
    const Viewport seen = Viewport().showing(card, 6, size);
    QCOMPARE(seen.zoom, 6.0);
    QVERIFY(QRectF(QPointF(), QSizeF(size)).contains(seen.map(card)));
    QCOMPARE(seen.showing(card, 2, size), seen); // it is in sight
    const Viewport elsewhere = seen.movedBy({ 3000, 3000 }, size);
    QVERIFY(!QRectF(QPointF(), QSizeF(size)).contains(elsewhere.map(card)));
    QVERIFY(QRectF(QPointF(), QSizeF(size)).contains(elsewhere.showing(card, 1, size).map(card)));
}

void TestTopologyView::cardsTellMoreWhenLarge()
{
    const auto geometry = TopologyGeometry::layout(
        Topology::build(evenCluster(500)), QRectF(QPointF(), QSizeF(size)));
    QCOMPARE(geometry.cards.at(250).detail, Detail::Dot);
    const qreal zoom = geometry.legibleZoom(250);
    QVERIFY2(zoom > 2 && zoom < Viewport::most, qPrintable(QString::number(zoom)));
    const Viewport viewport
        = Viewport().showing(geometry.shardRect(250), geometry.legibleZoom(250), size);
    const TopologyGeometry seen = geometry.seenThrough(viewport);
    const Card& card = seen.cards.at(250);
    QCOMPARE(card.detail, Detail::Full);
    QCOMPARE(card.nodes.size(), 2);
    for (const NodeBox& node : card.nodes)
        QVERIFY(card.rect.contains(node.rect));
    QVERIFY(card.nodes.at(0).rect.bottom() <= card.nodes.at(1).rect.top() + 0.5);
    QVERIFY(card.rangesRect().bottom() <= card.rect.bottom() + 1);
    QCOMPARE(geometry.seenThrough({}).cards.at(250).rect, geometry.cards.at(250).rect);
}

void TestTopologyView::placesAreFound_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("shard");
    QTest::addColumn<int>("slot");
    QTest::newRow("label") << u"s02"_s << 1 << -1;
    QTest::newRow("replica") << u"S03/1"_s << 2 << -1;
    QTest::newRow("address") << u"127.0.0.1:30003"_s << 1 << -1;
    QTest::newRow("port") << u" :30006 "_s << 2 << -1;
    QTest::newRow("id") << nodeId(1).toString() << 1 << -1;
    QTest::newRow("slot") << u"16383"_s << 2 << 16383;
    QTest::newRow("key") << u"user:2935"_s << 0 << 1738;
    QTest::newRow("key with a tag") << u"x{user:2935}y"_s << 0 << 1738;
    QTest::newRow("nothing") << u"  "_s << -1 << -1;
}

void TestTopologyView::placesAreFound()
{
    QFETCH(QString, text);
    QFETCH(int, shard);
    QFETCH(int, slot);
    const auto place = findPlace(healthyCluster(), text);
    QCOMPARE(place.has_value(), shard >= 0);
    if (!place)
        return;
    QCOMPARE(place->shard, shard);
    QCOMPARE(place->slot ? place->slot->number() : -1, slot);
}

void TestTopologyView::dialledAddressesAreFound()
{
    // The nodes announce 127.0.0.1:30001 to 30006.
    net::AddressMap map;
    QVERIFY(map.addRule(u"127.0.0.1:30001=far.example:9001").hasValue());
    QVERIFY(map.addRule(u"127.0.0.1:30002=far.example:30001").hasValue());
    const auto shardAt = [&map](const QString& text) {
        const auto place = findPlace(healthyCluster(), text, map);
        return place && place->kind == Place::Kind::Node ? place->shard : -1;
    };
    const int first = findPlace(healthyCluster(), u"127.0.0.1:30001"_s)->shard;
    const int second = findPlace(healthyCluster(), u"127.0.0.1:30002"_s)->shard;
    QCOMPARE(shardAt(u"far.example:9001"_s), first);
    QCOMPARE(shardAt(u":9001"_s), first);
    QCOMPARE(shardAt(u"far.example:30001"_s), second);
    QCOMPARE(shardAt(u":30001"_s), first); // announced goes before dialled
    QCOMPARE(shardAt(u"far.example"_s), -1); // two
    QCOMPARE(shardAt(u"127.0.0.1:30001"_s), first);
}

void TestTopologyView::whatIsNoPlaceIsAKey()
{
    // The host of all nodes, no node's port, the beginning of no id.
    for (const QString& text : { u"127.0.0.1"_s, u":1"_s, u"cafe"_s }) {
        const auto place = findPlace(healthyCluster(), text);
        QVERIFY(place);
        QCOMPARE(place->kind, Place::Kind::Key);
    }
}

void TestTopologyView::sameAgainPaintsNothing()
{
    const auto data = evenCluster(1000, 0);
    TopologyView view;
    view.setTopology(Topology::build(data));
    show(view);
    PaintCounter counter(&view);
    view.setTopology(asPolledAgain(data));
    QCoreApplication::processEvents();
    QCOMPARE(counter.paints, 0);

    auto changed = data;
    changed.nodes[5].health = cluster::Health::Fail;
    view.setTopology(asPolledAgain(changed));
    QCoreApplication::processEvents();
    QVERIFY(counter.paints > 0);
}

void TestTopologyView::highlightPaintsTwoCards()
{
    TopologyView view;
    view.setTopology(Topology::build(evenCluster(100)));
    show(view);
    view.setHighlightedShard(3);
    QCoreApplication::processEvents();
    PaintCounter counter(&view);
    view.setHighlightedShard(90);
    QCoreApplication::processEvents();
    QVERIFY(counter.paints > 0);
    int pixels = 0;
    for (const QRect& rect : counter.region)
        pixels += rect.width() * rect.height();
    QVERIFY2(pixels < size.width() * size.height() / 20, qPrintable(QString::number(pixels)));
}

void TestTopologyView::anEnvelopePaintsItsWay()
{
    TopologyView view;
    view.setTopology(healthyCluster());
    const command::Storyboard story = movedStory(healthyCluster());
    view.setStory(story);
    view.setFrame({ 0, 0.3 });
    show(view);
    const auto areaOf = [](const QRegion& region) {
        int area = 0;
        for (const QRect& rect : region)
            area += rect.width() * rect.height();
        return area;
    };
    const int whole = size.width() * size.height();
    PaintCounter within(&view);
    view.setFrame({ 0, 0.35 });
    QCoreApplication::processEvents();
    QVERIFY(within.paints > 0);
    QVERIFY2(areaOf(within.region) < whole / 4, qPrintable(QString::number(areaOf(within.region))));
    // And from one step to the next.
    PaintCounter between(&view);
    view.setFrame({ 1, 0.1 });
    QCoreApplication::processEvents();
    QVERIFY(between.paints > 0);
    QVERIFY2(
        areaOf(between.region) < whole / 2, qPrintable(QString::number(areaOf(between.region))));
}

void TestTopologyView::zoomAndFit()
{
    TopologyView view;
    view.setTopology(Topology::build(evenCluster(100)));
    show(view);
    QSignalSpy changed(&view, &TopologyView::viewportChanged);
    wheel(view, { 100, 100 }, 3);
    QVERIFY(!view.isFit());
    QTest::keyClick(&view, Qt::Key_F);
    QVERIFY(view.isFit());
    QTest::keyClick(&view, Qt::Key_Plus);
    QVERIFY(!view.isFit());
    QTest::keyClick(&view, Qt::Key_Minus);
    QVERIFY(view.isFit());
    QTest::keyClick(&view, Qt::Key_Plus);
    QTest::keyClick(&view, Qt::Key_0);
    QVERIFY(view.isFit());
    QCOMPARE(changed.size(), 6);
}

void TestTopologyView::goToShowsTheCard()
{
    TopologyView view;
    view.setTopology(Topology::build(evenCluster(500)));
    show(view);
    QSignalSpy hovered(&view, &TopologyView::shardHovered);
    const auto place = view.goTo(u"S400"_s);
    QVERIFY(place);
    QCOMPARE(place->shard, 399);
    QVERIFY(!view.isFit());
    QCOMPARE(hovered.last().first().toInt(), 399);
    QVERIFY(!view.goTo(QString()));
}

void TestTopologyView::clicks()
{
    TopologyView view;
    const Topology topology = healthyCluster();
    view.setTopology(topology);
    show(view);
    const auto geometry = TopologyGeometry::layout(
        topology, QRectF(QPointF(), QSizeF(size)).adjusted(16, 14, -16, -14));
    QSignalSpy node(&view, &TopologyView::nodeClicked);
    QSignalSpy shard(&view, &TopologyView::shardClicked);
    QTest::mouseClick(
        &view, Qt::LeftButton, {}, geometry.cards.at(1).nodes.at(1).rect.center().toPoint());
    QCOMPARE(node.size(), 1);
    QCOMPARE(node.first().first().value<cluster::NodeId>(), nodeId(1, 1));
    QTest::mouseClick(
        &view, Qt::LeftButton, {}, geometry.cards.at(2).headerRect().center().toPoint());
    QTest::mouseClick(&view, Qt::LeftButton, {}, { 2, 2 });
    QCOMPARE(shard.size(), 2);
    QCOMPARE(shard.at(0).first().toInt(), 2);
    QCOMPARE(shard.at(1).first().toInt(), -1);
    // A drag is no click.
    view.zoomIn();
    QTest::mousePress(&view, Qt::LeftButton, {}, { 300, 250 });
    QMouseEvent move(QEvent::MouseMove, QPointF(360, 250), view.mapToGlobal(QPointF(360, 250)),
        Qt::NoButton, Qt::LeftButton, {});
    QCoreApplication::sendEvent(&view, &move);
    QTest::mouseRelease(&view, Qt::LeftButton, {}, { 360, 250 });
    QCOMPARE(shard.size(), 2);
    QCOMPARE(node.size(), 1);
}

void TestTopologyView::arrowKeysGoFromCardToCard()
{
    TopologyView view;
    view.setTopology(healthyCluster());
    show(view);
    QSignalSpy hovered(&view, &TopologyView::shardHovered);
    QSignalSpy node(&view, &TopologyView::nodeClicked);
    QTest::keyClick(&view, Qt::Key_Right);
    QTest::keyClick(&view, Qt::Key_Right);
    QTest::keyClick(&view, Qt::Key_Right);
    QTest::keyClick(&view, Qt::Key_Left);
    QCOMPARE(hovered.last().first().toInt(), 1);
    QTest::keyClick(&view, Qt::Key_Return);
    QSignalSpy shard(&view, &TopologyView::shardClicked);
    QTest::keyClick(&view, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(shard.size(), 1);
    QCOMPARE(shard.first().first().toInt(), 1);
    QCOMPARE(node.size(), 1);
    QCOMPARE(node.first().first().value<cluster::NodeId>(), nodeId(1));
}

void TestTopologyView::silentNodesAreNotWell()
{
    CardFacts facts;
    facts.silent.insert(nodeId(1));
    const auto geometry
        = TopologyGeometry::layout(healthyCluster(), QRectF(0, 0, 900, 500), {}, facts);
    const NodeBox& silent = geometry.cards.at(1).nodes.first();
    QVERIFY(silent.isUncertain);
    QCOMPARE(silent.alarm, Alarm::Notice);
    QVERIFY(silent.status.contains(u"no answer"));
    QCOMPARE(geometry.cards.at(1).alarm, Alarm::Notice);
    QVERIFY(!geometry.cards.at(0).nodes.first().isUncertain);
}

void TestTopologyView::addressesAsDialled()
{
    CardFacts facts;
    QVERIFY(facts.dialled.addRule(u"127.0.0.1:30001=10.1.1.1:9000"));
    const auto geometry
        = TopologyGeometry::layout(healthyCluster(), QRectF(0, 0, 900, 500), {}, facts);
    QCOMPARE(geometry.cards.at(0).nodes.at(0).text, u":30001 > 10.1.1.1:9000"_s);
    QCOMPARE(geometry.cards.at(0).nodes.at(1).text, u":30002"_s);
}

void TestTopologyView::numbersHaveTheirLine()
{
    CardFacts facts;
    const QRectF bounds(0, 0, 900, 500);
    QVERIFY(TopologyGeometry::layout(migratingCluster(), bounds, {}, facts)
                .cards.at(0)
                .numbersRect()
                .isEmpty());
    facts.hasNumbers = true;
    const auto geometry = TopologyGeometry::layout(migratingCluster(), bounds, {}, facts);
    const Card& card = geometry.cards.at(0);
    QVERIFY(card.rangesRect().bottom() <= card.numbersRect().top() + 0.5);
    QVERIFY(card.numbersRect().bottom() <= card.noteRect().top() + 0.5);
    QVERIFY(card.noteRect().bottom() <= card.rect.bottom() + 1);

    // Numbers that stand there already paint nothing.
    TopologyView view;
    view.setTopology(healthyCluster());
    view.setNumbers({ { nodeId(0), { u"12 keys"_s } } });
    show(view);
    PaintCounter counter(&view);
    view.setNumbers({ { nodeId(0), { u"12 keys"_s } } });
    QCoreApplication::processEvents();
    QCOMPARE(counter.paints, 0);
    view.setNumbers({ { nodeId(0), { u"13 keys"_s } } });
    QCoreApplication::processEvents();
    QVERIFY(counter.paints > 0);
}

void TestTopologyView::viewsThatDifferAreCounted()
{
    auto data = evenCluster(3);
    data.claims.append(
        { { { cluster::Slot(0), cluster::Slot(9) } }, nodeId(0), { nodeId(0), nodeId(2) } });
    data.claims.append({ { { cluster::Slot(0), cluster::Slot(9) } }, nodeId(1), { nodeId(1) } });
    const auto geometry = TopologyGeometry::layout(Topology::build(data), QRectF(0, 0, 900, 500));
    QVERIFY(geometry.cards.at(0).oddities.contains(Oddity::Disputed));
    QCOMPARE(geometry.cards.at(0).note, u"1 view differs"_s);
    QCOMPARE(geometry.cards.at(1).note, u"1 view differs"_s);
    QVERIFY(!geometry.cards.at(2).oddities.contains(Oddity::Disputed));
}

void TestTopologyView::marksReplaceAndAddUp()
{
    ChangeMarks marks;
    marks.add({ change(TopologyChange::Kind::NodeSuspected, {}, nodeId(0)) }, 0);
    marks.add({ change(TopologyChange::Kind::NodeFailed, {}, nodeId(0)) }, 1000);
    QCOMPARE(marks.marks().size(), 1);
    QCOMPARE(marks.marks().first().alarm, Alarm::Bad);
    marks.add({ change(TopologyChange::Kind::Failover, nodeId(0), nodeId(0, 1)) }, 1500);
    QCOMPARE(marks.marks().size(), 3);
    QCOMPARE(marks.marks().at(1).text, u"was primary"_s);

    marks.clear();
    for (int i = 0; i < 3; ++i) {
        marks.add({ change(TopologyChange::Kind::SlotsMoved, nodeId(0), nodeId(1),
                      { { cluster::Slot(i), cluster::Slot(i) } }) },
            i);
    }
    QCOMPARE(marks.marks().size(), 2);
    QCOMPARE(marks.marks().at(0).text, u"3 slots left"_s);
    QCOMPARE(marks.marks().at(1).text, u"3 slots came"_s);
    QCOMPARE(marks.marks().at(1).at, 2);
}

void TestTopologyView::marksFade()
{
    ChangeMarks marks;
    marks.add({ change(TopologyChange::Kind::NodeJoined, {}, nodeId(0)) }, 100);
    QCOMPARE(ChangeMarks::strength(marks.marks().first(), 100), 1.0);
    QCOMPARE(ChangeMarks::strength(marks.marks().first(), 5100), 0.5);
    QVERIFY(!marks.expire(10'099));
    QVERIFY(marks.expire(10'100));
    QVERIFY(marks.isEmpty());
}

void TestTopologyView::marksAreAtTheirCard()
{
    const auto geometry = TopologyGeometry::layout(healthyCluster(), QRectF(0, 0, 900, 500));
    ChangeMark mark;
    mark.node = nodeId(2, 1);
    QCOMPARE(ChangeMarks::cardOf(mark, geometry), 2);
    mark.node = nodeId(77);
    QCOMPARE(ChangeMarks::cardOf(mark, geometry), -1);
    mark.shard = u"S02"_s; // of a node that has left
    QCOMPARE(ChangeMarks::cardOf(mark, geometry), 1);
}

void TestTopologyView::labelsOfMarksStayInThePicture()
{
    // Tiles, narrower than a label.
    const QRectF bounds(16, 14, 600, 300);
    const auto geometry = TopologyGeometry::layout(Topology::build(evenCluster(100)), bounds);
    for (const Card& card : geometry.cards) {
        const QRectF tag = changeTag(card, 200, bounds);
        QCOMPARE(tag.width(), 200.0);
        QVERIFY(tag.left() >= bounds.left() && tag.right() < bounds.right());
        QVERIFY(tag.left() <= card.rect.right() && tag.right() >= card.rect.left());
        QVERIFY(changeTag(card, 2000, bounds).width() < 2000);
    }
    // On a wide one it begins and ends beside the corners.
    const auto wide = TopologyGeometry::layout(healthyCluster(), QRectF(0, 0, 900, 500));
    const QRectF card = wide.cards.last().rect;
    const QRectF tag = changeTag(wide.cards.last(), 2000, wide.bounds);
    QCOMPARE(tag.left() - card.left(), 10.0);
    QVERIFY(card.right() - tag.right() >= 10);
}

void TestTopologyView::labelsOfMarksLeaveTheTitleFree_data()
{
    QTest::addColumn<int>("shards");
    QTest::addColumn<QSizeF>("room");
    QTest::addColumn<Detail>("detail");
    QTest::newRow("large") << 3 << QSizeF(900, 500) << Detail::Full;
    QTest::newRow("small") << 3 << QSizeF(520, 220) << Detail::Full;
    QTest::newRow("two rows without a margin") << 6 << QSizeF(760, 250) << Detail::Full;
    QTest::newRow("compact") << 20 << QSizeF(700, 300) << Detail::Compact;
    QTest::newRow("tiles") << 100 << QSizeF(900, 500) << Detail::Tile;
}

void TestTopologyView::labelsOfMarksLeaveTheTitleFree()
{
    QFETCH(int, shards);
    QFETCH(QSizeF, room);
    QFETCH(Detail, detail);
    const QRectF bounds(QPointF(16, 14), room);
    const auto geometry = TopologyGeometry::layout(Topology::build(evenCluster(shards)), bounds);
    const qreal letters = detail == Detail::Full ? 17 : detail == Detail::Compact ? 14 : 12.5;
    QCOMPARE(geometry.cards.first().detail, detail);
    for (Card card : geometry.cards) {
        // Where it stands, at the upper edge, and with its upper edge out of sight.
        for (const qreal top : { card.rect.top(), bounds.top(), bounds.top() - 30 }) {
            const qreal move = top - card.rect.top();
            card.rect.translate(0, move);
            for (NodeBox& node : card.nodes)
                node.rect.translate(0, move);
            const QRectF tag = changeTag(card, 200, bounds);
            const QRectF header = card.headerRect();
            const QRectF title(header.left(), header.center().y() - letters * card.scale / 2,
                header.width(), letters * card.scale);
            QVERIFY2(!tag.intersects(title), qPrintable(card.title));
            for (const NodeBox& node : card.nodes)
                QVERIFY2(!tag.intersects(node.rect), qPrintable(node.text));
            QVERIFY(tag.top() >= bounds.top() - 14);
            QVERIFY(tag.bottom() <= bounds.bottom() + 14);
            // It is still the card's.
            QVERIFY(tag.bottom() >= card.rect.top() && tag.top() <= card.rect.bottom());
        }
    }
}

void TestTopologyView::caveatIsShown()
{
    TopologyView view;
    view.setTopology(healthyCluster());
    show(view);
    const QImage before = view.grab().toImage();
    view.setCaveat(u"Stale"_s);
    const QImage after = view.grab().toImage();
    QVERIFY(before != after);
    view.setCaveat({});
    QCOMPARE(view.grab().toImage(), before);
}

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestTopologyView)
#include "tst_topologyview.moc"
