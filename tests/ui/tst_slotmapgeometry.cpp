// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/ui/paintfixtures.h"
#include "ui/slotmap/slotmapgeometry.h"
#include "ui/slotmap/slotmappainter.h"
#include "ui/slotmap/slotmapwidget.h"
#include "ui/theme/drawing.h"

#include <QPainter>
#include <QPixmap>
#include <QSignalSpy>
#include <QTest>

using namespace slotscope;
using namespace slotscope::ui;
using cluster::Slot;
using Kind = SlotMapGeometry::LegendEntry::Kind;

namespace slotscope::tests {

class TestSlotMapGeometry final : public QObject
{
    Q_OBJECT

    static constexpr QRectF bounds { 8, 8, 600, 700 };

    static SlotMapGeometry geometryOf(
        const cluster::Topology& topology, const QRectF& rect = bounds)
    {
        return SlotMapGeometry::layout(topology, SlotTable(topology), rect);
    }

    static void paint(QPainter& painter, const SlotMapGeometry& geometry,
        const cluster::Topology& topology, const Theme& theme)
    {
        paintSlotMapGround(painter, geometry, SlotTable(topology), topology, {}, theme);
        paintSlotMapMarks(painter, geometry, {}, theme);
    }

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void everySlotHasItsPlace()
    {
        const SlotMapGeometry geometry = geometryOf(healthyCluster());
        QVERIFY(bounds.contains(geometry.map));
        for (int slot = 0; slot < Slot::count; ++slot)
            QCOMPARE(geometry.slotAt(geometry.rectOf(slot).center()), slot);
        QCOMPARE(geometry.rectOf(130).left(), geometry.map.left() + 2 * geometry.cell);
        QCOMPARE(geometry.rectOf(130).top(), geometry.map.top() + geometry.cell);
        QCOMPARE(geometry.slotAt(geometry.map.topLeft() - QPointF(1, 0)), -1);
        QCOMPARE(geometry.slotAt(geometry.map.bottomRight() + QPointF(1, 1)), -1);
    }

    void cellsAreWholePixels()
    {
        const cluster::Topology topology = healthyCluster();
        for (const qreal ratio : { 1.0, 1.5, 2.0 }) {
            const auto geometry
                = SlotMapGeometry::layout(topology, SlotTable(topology), bounds, ratio);
            QCOMPARE(geometry.cell * ratio, std::round(geometry.cell * ratio));
        }
    }

    void runsBecomeRectangles_data()
    {
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("last");
        QTest::addColumn<int>("rectangles");
        QTest::newRow("one slot") << 5 << 5 << 1;
        QTest::newRow("a row") << 128 << 255 << 1;
        QTest::newRow("across two rows") << 120 << 130 << 2;
        QTest::newRow("everything") << 0 << 16383 << 1;
        QTest::newRow("head, body, tail") << 100 << 1000 << 3;
    }
    void runsBecomeRectangles()
    {
        QFETCH(int, first);
        QFETCH(int, last);
        QFETCH(int, rectangles);
        const SlotMapGeometry geometry = geometryOf(healthyCluster());
        const QList<QRectF> rects = geometry.rectsOf(first, last);
        QCOMPARE(rects.size(), rectangles);
        qreal area = 0;
        for (const QRectF& rect : rects)
            area += rect.width() * rect.height();
        QCOMPARE(area, (last - first + 1) * geometry.cell * geometry.cell);
    }

    void legendNamesShardsAndCounts()
    {
        const SlotMapGeometry geometry = geometryOf(healthyCluster());
        QCOMPARE(geometry.legend.size(), 3);
        QCOMPARE(geometry.legend.at(2).text, QStringLiteral("S03 5462"));
        QCOMPARE(geometry.legendShardAt(geometry.legend.at(2).rect.center()), 2);
        QCOMPARE(geometry.legendShardAt(geometry.map.center()), -1);
    }

    void legendPutsOdditiesFirst()
    {
        const SlotMapGeometry broken = geometryOf(troubledCluster());
        QCOMPARE(broken.legend.first().kind, Kind::Uncovered);
        QCOMPARE(broken.legend.first().text, QStringLiteral("no owner 411"));
        const SlotMapGeometry moving = geometryOf(migratingCluster());
        QCOMPARE(moving.legend.at(0).kind, Kind::Migrating);
        QCOMPARE(moving.legend.at(0).text, QStringLiteral("migrating 1"));
        QCOMPARE(moving.legend.at(1).kind, Kind::Importing);
        QCOMPARE(moving.legend.at(1).text, QStringLiteral("importing 1"));
        QCOMPARE(moving.legend.at(2).text, QStringLiteral("disputed 8"));
    }

    void migratingAndImportingDiffer()
    {
        const auto halfOf = [](bool migrating) {
            cluster::TopologyData data = migratingCluster().data();
            (migrating ? data.migrations.first().to : data.migrations.first().from) = {};
            return cluster::Topology::build(data);
        };
        const SlotTable leaving(halfOf(true));
        QVERIFY(leaving.at(1738).migrating && !leaving.at(1738).importing);
        QVERIFY(describeSlot(halfOf(true), leaving, 1738).contains(u"Migrating from S01; no node"));
        const SlotTable arriving(halfOf(false));
        QVERIFY(!arriving.at(1738).migrating && arriving.at(1738).importing);
        QVERIFY(describeSlot(halfOf(false), arriving, 1738).contains(u"Importing to S02; no node"));
        QCOMPARE(geometryOf(halfOf(true)).legend.first().kind, Kind::Migrating);
        QCOMPARE(geometryOf(halfOf(false)).legend.first().kind, Kind::Importing);

        // Falling lines cross level ones: no pixel row tells them apart, the direction does.
        const auto paint = [](auto pattern) {
            QImage image(32, 32, QImage::Format_RGB32);
            image.fill(Qt::darkCyan);
            QPainter painter(&image);
            pattern(painter, Theme::light(), QRectF(0, 0, 32, 32), 8);
            return image;
        };
        const QImage falling = paint(paintMoving);
        const QImage level = paint(paintImporting);
        QVERIFY(level.pixel(4, 8) == level.pixel(20, 8));
        QVERIFY(level.pixel(4, 8) != level.pixel(4, 12));
        QVERIFY(falling.pixel(0, 0) == falling.pixel(12, 12));
        QVERIFY(falling.pixel(0, 0) != falling.pixel(6, 0));
    }

    void legendIsCutForManyShards()
    {
        const SlotMapGeometry geometry = geometryOf(cluster::Topology::build(evenCluster(500)));
        QVERIFY(geometry.legend.size() < 500);
        QCOMPARE(geometry.legend.last().kind, Kind::More);
        QCOMPARE(geometry.legend.last().text,
            QStringLiteral("+%1 more").arg(500 - (geometry.legend.size() - 1)));
        for (const auto& entry : geometry.legend)
            QVERIFY(bounds.adjusted(-1, -1, 1, 1).contains(entry.rect));
        QVERIFY(geometry.map.width() > 400);
    }

    void survivesNoRoom()
    {
        for (const QRectF& rect : { QRectF(), QRectF(0, 0, 10, 10), QRectF(0, 0, 600, 20) }) {
            const SlotMapGeometry geometry = geometryOf(troubledCluster(), rect);
            QVERIFY(geometry.map.width() <= 600);
            QPixmap pixmap(600, 40);
            QPainter painter(&pixmap);
            const cluster::Topology topology = troubledCluster();
            paint(painter, geometry, topology, Theme::light());
        }
    }

    void colorsAreTheShards()
    {
        const cluster::Topology topology = troubledCluster();
        const Theme theme = Theme::darkTheme();
        const SlotMapGeometry geometry = geometryOf(topology);
        QImage image(616, 716, QImage::Format_RGB32);
        image.fill(theme.window);
        QPainter painter(&image);
        paint(painter, geometry, topology, theme);
        painter.end();
        for (const int slot : { 0, 127, 5460, 10922, 16383 }) {
            const QColor wanted = theme.shardColor(topology.shardOf(Slot(slot))->index);
            QCOMPARE(image.pixelColor(geometry.rectOf(slot).center().toPoint()), wanted);
        }
        for (int shard = 0; shard < 3; ++shard) {
            const QColor hole = image.pixelColor(geometry.rectOf(6100).center().toPoint());
            QVERIFY(hole != theme.shardColor(shard));
        }
        // Slots of an owner that is down: its colour, hatched.
        QSet<QRgb> colors;
        for (int slot = 9000; slot < 9100; ++slot)
            colors.insert(image.pixel(geometry.rectOf(slot).center().toPoint()));
        QVERIFY(colors.contains(theme.shardColor(1).rgb()));
        QVERIFY(colors.size() > 2);
    }

    void hoveringTellsTheShard()
    {
        SlotMapWidget map;
        map.resize(600, 700);
        map.setTopology(healthyCluster());
        QSignalSpy hovered(&map, &SlotMapWidget::shardHovered);
        movePointer(map, { 300, 50 });
        movePointer(map, { 300, 280 });
        QCOMPARE(hovered.size(), 2);
        QCOMPARE(hovered.at(1).at(0).toInt(), 1);
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestSlotMapGeometry)
#include "tst_slotmapgeometry.moc"
