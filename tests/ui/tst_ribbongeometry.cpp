// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/ui/paintfixtures.h"
#include "ui/slotmap/ribbongeometry.h"
#include "ui/slotmap/ribbonpainter.h"
#include "ui/slotmap/ribbonwidget.h"

#include <QPixmap>
#include <QSignalSpy>
#include <QTest>

using namespace slotscope;
using namespace slotscope::ui;
using cluster::Slot;

namespace slotscope::tests {

class TestRibbonGeometry final : public QObject
{
    Q_OBJECT

    static constexpr QRectF bounds { 0, 0, 1024, 52 };

    static RibbonGeometry geometryOf(const cluster::Topology& topology)
    {
        return RibbonGeometry::layout(topology, SlotTable(topology), bounds);
    }

    static QList<RibbonGeometry::Mark> marksOf(
        const RibbonGeometry& geometry, RibbonGeometry::MarkKind kind)
    {
        QList<RibbonGeometry::Mark> marks;
        for (const RibbonGeometry::Mark& mark : geometry.marks) {
            if (mark.kind == kind)
                marks.append(mark);
        }
        return marks;
    }

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void segmentsCoverTheBar_data()
    {
        QTest::addColumn<cluster::Topology>("topology");
        QTest::newRow("healthy") << healthyCluster();
        QTest::newRow("troubled") << troubledCluster();
        QTest::newRow("500 shards") << cluster::Topology::build(evenCluster(500));
        auto alternating = evenCluster(2);
        alternating.nodes[0].ranges.clear();
        alternating.nodes[2].ranges.clear();
        for (int slot = 0; slot < Slot::count; ++slot)
            alternating.nodes[slot % 2 == 0 ? 0 : 2].ranges.append({ Slot(slot), Slot(slot) });
        QTest::newRow("every slot another owner") << cluster::Topology::build(alternating);
    }
    void segmentsCoverTheBar()
    {
        QFETCH(cluster::Topology, topology);
        const RibbonGeometry geometry = geometryOf(topology);
        QVERIFY(!geometry.segments.isEmpty());
        QVERIFY(geometry.segments.size() <= 2 * bounds.width() + 1);
        qreal right = geometry.bar.left();
        for (const auto& segment : geometry.segments) {
            QCOMPARE(segment.rect.left(), right);
            right = segment.rect.right();
        }
        QCOMPARE(right, geometry.bar.right());
    }

    void segmentsHaveTheirOwners()
    {
        const RibbonGeometry geometry = geometryOf(healthyCluster());
        QCOMPARE(geometry.segments.size(), 3);
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(geometry.segments.at(i).shard, i);
            QCOMPARE(geometry.labels.at(i).text, QStringLiteral("S0%1").arg(i + 1));
        }
        QCOMPARE(geometry.segments.at(1).first, 5461);
        QVERIFY(geometry.marks.isEmpty());
    }

    void oneSlotWithoutOwnerIsVisible()
    {
        const RibbonGeometry geometry = geometryOf(troubledCluster());
        const auto marks = marksOf(geometry, RibbonGeometry::MarkKind::Uncovered);
        QCOMPARE(marks.size(), 2);
        QCOMPARE(marks.at(0).first, 6000);
        QCOMPARE(marks.at(0).last, 6409);
        QCOMPARE(marks.at(1).first, 8001);
        for (const auto& mark : marks) {
            QVERIFY(mark.rect.width() >= RibbonGeometry::minimumMarkWidth);
            QVERIFY(geometry.bar.contains(mark.rect));
        }
    }

    void slotsOfADeadOwnerAreMarked()
    {
        const cluster::Topology topology = troubledCluster();
        const RibbonGeometry geometry = geometryOf(topology);
        const auto marks = marksOf(geometry, RibbonGeometry::MarkKind::Down);
        QCOMPARE(marks.size(), 2);
        QCOMPARE(marks.at(0).first, 5461);
        QCOMPARE(marks.at(0).last, 5999);
        QCOMPARE(marks.at(1).first, 6410);
        QCOMPARE(marks.at(1).last, 10921);
        for (const auto& label : geometry.labels)
            QCOMPARE(label.down, label.text == u"S02");
        QCOMPARE(SlotTable(topology).downCount(), 5050);
        QVERIFY(describeSlot(topology, SlotTable(topology), 7000).contains(u"nobody serves"));
        QVERIFY(!describeSlot(topology, SlotTable(topology), 100).contains(u"nobody serves"));
    }

    void marksMovesAndDisputes()
    {
        const RibbonGeometry geometry = geometryOf(migratingCluster());
        QCOMPARE(geometry.marks.size(), 2);
        QCOMPARE(geometry.marks.at(0).kind, RibbonGeometry::MarkKind::Moving);
        QCOMPARE(geometry.marks.at(0).first, 1738);
        QCOMPARE(geometry.marks.at(1).kind, RibbonGeometry::MarkKind::Disputed);
        QCOMPARE(geometry.marks.at(1).last, 9007);
    }

    void slotsAreFoundByPlace()
    {
        const RibbonGeometry geometry = geometryOf(healthyCluster());
        for (const int slot : { 0, 1, 1738, 8191, 16383 })
            QCOMPARE(geometry.slotAt({ geometry.xOf(slot + 0.5), 20 }), slot);
        QCOMPARE(geometry.slotAt({ -1, 20 }), -1);
        QCOMPARE(geometry.slotAt({ 1025, 20 }), -1);
        QCOMPARE(geometry.slotAt({ 100, 60 }), -1);
    }

    void labelsOnlyWhereTheyFit()
    {
        const RibbonGeometry geometry = geometryOf(cluster::Topology::build(evenCluster(500)));
        QVERIFY(geometry.labels.isEmpty());
        QCOMPARE(geometry.segments.size(), 500);
    }

    void knowsWhatItDoesNotKnow()
    {
        QVERIFY(!geometryOf(standaloneServer()).known);
        QVERIFY(!geometryOf({}).known);
        QCOMPARE(geometryOf({}).slotAt({ 10, 20 }), -1);
    }

    void whatNobodyToldIsNotUnserved()
    {
        // The endpoint answered, but told no view of the cluster.
        cluster::TopologyData data;
        data.kind = cluster::Kind::Cluster;
        data.viewsAsked = 1;
        data.nodes.append(cluster::Node());
        const RibbonGeometry geometry = geometryOf(cluster::Topology::build(data));
        QVERIFY(!geometry.known);
        QVERIFY(geometry.marks.isEmpty());
        // Nobody answers any more: what was known is still shown.
        cluster::TopologyData silent = healthyCluster().data();
        silent.viewsAsked = 6;
        silent.viewsAnswered = 0;
        QVERIFY(geometryOf(cluster::Topology::build(silent)).known);
    }

    void colorsAreTheShards()
    {
        const cluster::Topology topology = healthyCluster();
        const Theme theme = Theme::light();
        QImage image(1024, 52, QImage::Format_RGB32);
        image.fill(theme.window);
        QPainter painter(&image);
        const RibbonGeometry geometry = geometryOf(topology);
        paintRibbon(painter, geometry, topology, {}, theme);
        painter.end();
        for (const int slot : { 100, 6000, 15000 }) {
            const int shard = topology.shardOf(Slot(slot))->index;
            QCOMPARE(image.pixelColor(int(geometry.xOf(slot)), int(geometry.bar.top()) + 3),
                theme.shardColor(shard));
        }
    }

    void hoveringTellsTheShard()
    {
        RibbonWidget ribbon;
        ribbon.resize(1026, 52);
        ribbon.setTopology(healthyCluster());
        QSignalSpy hovered(&ribbon, &RibbonWidget::shardHovered);
        movePointer(ribbon, { 100, 20 });
        movePointer(ribbon, { 110, 20 });
        movePointer(ribbon, { 600, 20 });
        QCOMPARE(hovered.size(), 2);
        QCOMPARE(hovered.at(0).at(0).toInt(), 0);
        QCOMPARE(hovered.at(1).at(0).toInt(), 1);
    }

    void describesSlots()
    {
        const cluster::Topology topology = migratingCluster();
        const SlotTable table(topology);
        QCOMPARE(describeSlot(topology, table, 1738),
            QStringLiteral("Slot 1738: S01, 127.0.0.1:30001\nRange 0-5460, 5461 slots\n"
                           "Migrating from S01, importing to S02"));
        QVERIFY(describeSlot(topology, table, 9001).contains(QStringLiteral("S02, S03")));
        const cluster::Topology broken = troubledCluster();
        QCOMPARE(describeSlot(broken, SlotTable(broken), 6001),
            QStringLiteral("Slot 6001: no node owns it\nRange 6000-6409, 410 slots"));
        QCOMPARE(describeSlot(topology, table, 16384), QString());
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestRibbonGeometry)
#include "tst_ribbongeometry.moc"
