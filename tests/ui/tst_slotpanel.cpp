// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/ui/paintfixtures.h"
#include "ui/slotmap/keylistview.h"
#include "ui/slotmap/slotmapgeometry.h"
#include "ui/slotmap/slotmapwidget.h"
#include "ui/slotmap/slotpanel.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>
#include <QTimer>

using namespace slotscope;
using namespace slotscope::ui;
using namespace Qt::StringLiterals;
using cluster::Slot;
using command::SlotFacts;
using command::SlotQuestion;
using command::SlotSurveyOptions;
using command::SlotSurveyProgress;

namespace slotscope::tests {

class TestSlotPanel final : public QObject
{
    Q_OBJECT

    static QPointF placeOf(const SlotMapWidget& map, int slot)
    {
        const auto topology = healthyCluster();
        return SlotMapGeometry::layout(topology, SlotTable(topology),
            QRectF(map.rect()).adjusted(8, 8, -8, -8), map.devicePixelRatioF())
            .rectOf(slot)
            .center();
    }
    static cluster::SlotRange range(int first, int last) { return { Slot(first), Slot(last) }; }
    static SlotFacts facts(int slot, qint64 keys)
    {
        SlotFacts one;
        one.slot = Slot(slot);
        one.keyCount = keys;
        return one;
    }

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void keyboard_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("key");
        QTest::addColumn<bool>("control");
        QTest::addColumn<int>("to");
        QTest::newRow("right") << 5 << int(Qt::Key_Right) << false << 6;
        QTest::newRow("right, next row") << 127 << int(Qt::Key_Right) << false << 128;
        QTest::newRow("left at the beginning") << 0 << int(Qt::Key_Left) << false << 0;
        QTest::newRow("right at the end") << 16383 << int(Qt::Key_Right) << false << 16383;
        QTest::newRow("down") << 5 << int(Qt::Key_Down) << false << 133;
        QTest::newRow("down in the last row") << 16300 << int(Qt::Key_Down) << false << 16300;
        QTest::newRow("up in the first row") << 5 << int(Qt::Key_Up) << false << 5;
        QTest::newRow("page down") << 5 << int(Qt::Key_PageDown) << false << 5 + 16 * 128;
        QTest::newRow("page down, near the end")
            << 16384 - 200 << int(Qt::Key_PageDown) << false << 16384 - 128 + 56;
        QTest::newRow("page up, near the beginning") << 200 << int(Qt::Key_PageUp) << false << 72;
        QTest::newRow("home") << 200 << int(Qt::Key_Home) << false << 128;
        QTest::newRow("end") << 200 << int(Qt::Key_End) << false << 255;
        QTest::newRow("the very first") << 200 << int(Qt::Key_Home) << true << 0;
        QTest::newRow("the very last") << 200 << int(Qt::Key_End) << true << 16383;
    }
    void keyboard()
    {
        QFETCH(int, from);
        QFETCH(int, key);
        QFETCH(bool, control);
        SlotMapWidget map;
        map.resize(400, 420);
        map.setTopology(healthyCluster());
        map.select(from, from);
        map.clearSelection();
        QTest::keyClick(&map, Qt::Key(key), control ? Qt::ControlModifier : Qt::NoModifier);
        QVERIFY(!map.selection());
        QTest::keyClick(&map, Qt::Key_Return); // selects where the cursor is
        QFETCH(int, to);
        QCOMPARE(map.selection(), range(to, to));
        QVERIFY(map.accessibleDescription().isEmpty()
            || map.accessibleDescription().contains(QString::number(to)));
        QTest::keyClick(&map, Qt::Key_Escape);
        QVERIFY(!map.selection());
    }

    void shiftExtends()
    {
        SlotMapWidget map;
        map.setTopology(healthyCluster());
        map.select(1000, 1000);
        QTest::keyClick(&map, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(map.selection(), range(1000, 1128));
        QTest::keyClick(&map, Qt::Key_Up, Qt::ShiftModifier);
        QTest::keyClick(&map, Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(map.selection(), range(999, 1000));
        QTest::keyClick(&map, Qt::Key_Left); // moves, and leaves the selection
        QCOMPARE(map.selection(), range(999, 1000));
    }

    void draggingSelects()
    {
        SlotMapWidget map;
        map.resize(400, 420);
        map.setTopology(healthyCluster());
        const auto at = [&](int slot) { return placeOf(map, slot).toPoint(); };
        QSignalSpy changes(&map, &SlotMapWidget::selectionChanged);
        QTest::mousePress(&map, Qt::LeftButton, {}, at(300));
        QTest::mouseMove(&map, at(500));
        QMouseEvent move(QEvent::MouseMove, placeOf(map, 500), placeOf(map, 500), Qt::NoButton,
            Qt::LeftButton, {});
        QCoreApplication::sendEvent(&map, &move);
        QMouseEvent outside(QEvent::MouseMove, QPointF(-50, -50), QPointF(-50, -50), Qt::NoButton,
            Qt::LeftButton, {});
        QCOMPARE(map.selection(), range(300, 500));
        QCoreApplication::sendEvent(&map, &outside);
        QCOMPARE(map.selection(), range(0, 300));
        QTest::mouseRelease(&map, Qt::LeftButton, {}, at(500));
        QVERIFY(changes.size() >= 3);
        QTest::mouseClick(&map, Qt::LeftButton, Qt::ShiftModifier, at(310));
        QCOMPARE(map.selection(), range(300, 310));
        QTest::mouseClick(&map, Qt::LeftButton, {}, at(9));
        QCOMPARE(map.selection(), range(9, 9));
    }

    void hoveringAsksOnceAtATime()
    {
        SlotPanel panel;
        panel.resize(430, 400);
        panel.setTopology(healthyCluster());
        QSignalSpy wishes(&panel, &SlotPanel::surveyRequested);
        auto* details = panel.findChild<QLabel*>(u"slotDetails"_s);
        auto* delay = panel.findChild<QTimer*>(u"hoverDelay"_s);
        delay->setInterval(0); // it rests as soon as no event is left
        const auto rests
            = [delay] { return QTest::qWaitFor([delay] { return !delay->isActive(); }); };
        Q_EMIT panel.map()->slotHovered(5000);
        QVERIFY(details->text().startsWith(u"Slot 5000: S01"_s));
        QVERIFY(delay->isActive());
        QVERIFY(rests());
        QVERIFY(wishes.isEmpty()); // there is no connection
        panel.setLive(true);
        for (const int slot : { 1, 2, 3, 5001 }) // on its way
            Q_EMIT panel.map()->slotHovered(slot);
        QTRY_COMPARE(wishes.size(), 1);
        const quint64 ticket = wishes.first().first().toULongLong();
        const auto options = wishes.first().at(1).value<SlotSurveyOptions>();
        QCOMPARE(options.question, SlotQuestion::KeyCount);
        QCOMPARE(options.ranges, cluster::SlotRanges { range(5001, 5001) });
        Q_EMIT panel.map()->slotHovered(7000);
        QVERIFY(delay->isActive());
        QVERIFY(rests());
        QCOMPARE(wishes.size(), 1); // the first has not been answered
        panel.takeFacts(ticket, { facts(5001, 1) }, {});
        panel.finish(ticket, true, {});
        QTRY_COMPARE(wishes.size(), 2); // whoever rests there meanwhile
        panel.takeFacts(wishes.last().first().toULongLong(), { facts(7000, 12) }, {});
        panel.finish(wishes.last().first().toULongLong(), true, {});
        static const QRegularExpression counted(uR"(12 keys at \d\d:\d\d:\d\dZ)"_s);
        QVERIFY2(details->text().contains(counted), qPrintable(details->text()));
        Q_EMIT panel.map()->slotHovered(7000);
        QVERIFY(rests());
        QCOMPARE(wishes.size(), 2); // what is known is not asked again
        // Nor is a node that did not answer, as long as the pointer stays.
        Q_EMIT panel.map()->slotHovered(9000);
        QTRY_COMPARE(wishes.size(), 3);
        panel.finish(wishes.last().first().toULongLong(), false, {});
        QVERIFY(!delay->isActive());
        // A moment of the past: nobody waits for what is under way.
        Q_EMIT panel.map()->slotHovered(9001);
        QTRY_COMPARE(wishes.size(), 4);
        QSignalSpy cancels(&panel, &SlotPanel::cancelRequested);
        panel.setLive(false);
        QCOMPARE(cancels.size(), 1);
        QCOMPARE(cancels.first().first(), wishes.last().first());
    }

    void selectedSlotsListTheirKeys()
    {
        SlotPanel panel;
        panel.resize(430, 400);
        panel.setTopology(healthyCluster());
        panel.setLive(true);
        auto* title = panel.findChild<QLabel*>(u"keysTitle"_s);
        QVERIFY(title->isHidden() || !title->isVisibleTo(&panel));
        QSignalSpy wishes(&panel, &SlotPanel::surveyRequested);
        QSignalSpy cancels(&panel, &SlotPanel::cancelRequested);
        panel.map()->select(10, 12);
        panel.map()->select(10, 19); // still dragging
        QTRY_COMPARE(wishes.size(), 1);
        const quint64 ticket = wishes.first().first().toULongLong();
        const auto options = wishes.first().at(1).value<SlotSurveyOptions>();
        QCOMPARE(options.question, SlotQuestion::Keys);
        QCOMPARE(options.ranges, cluster::SlotRanges { range(10, 19) });
        QCOMPARE(options.keysPerSlot, 100);
        QCOMPARE(options.mostKeys, 1000);
        SlotFacts found = facts(11, 500);
        found.keys = { "a", "b" };
        panel.takeFacts(ticket, { found, facts(12, 0) }, {});
        panel.finish(ticket, true, {});
        QVERIFY(title->isVisibleTo(&panel));
        QCOMPARE(title->text(), u"2 of the 500 keys in slots 10-19, at most 100 of a slot"_s);
        QCOMPARE(panel.keys()->rows().size(), 2);
        QSignalSpy suggested(&panel, &SlotPanel::commandSuggested);
        panel.keys()->setCurrentRow(1);
        QTest::keyClick(panel.keys(), Qt::Key_Return);
        QCOMPARE(suggested.first().first().toString(), u"TYPE b"_s);

        panel.map()->select(20, 20);
        QTRY_COMPARE(wishes.size(), 2);
        QVERIFY(cancels.isEmpty());
        panel.map()->select(21, 21); // before it is answered
        QTRY_COMPARE(wishes.size(), 3);
        QCOMPARE(cancels.size(), 1);
        panel.takeFacts(wishes.at(1).first().toULongLong(), { found }, {}); // too late
        QCOMPARE(panel.keys()->rows().size(), 0);
        panel.map()->clearSelection();
        QVERIFY(!title->isVisibleTo(&panel));
        QCOMPARE(cancels.size(), 2);
    }

    void coloursByNumberOfKeys()
    {
        SlotPanel panel;
        panel.resize(430, 400);
        panel.setTopology(healthyCluster());
        panel.setLive(true);
        QSignalSpy wishes(&panel, &SlotPanel::surveyRequested);
        QSignalSpy cancels(&panel, &SlotPanel::cancelRequested);
        auto* mode = panel.findChild<QComboBox*>(u"slotMode"_s);
        auto* state = panel.findChild<QLabel*>(u"numbersState"_s);
        auto* again = panel.findChild<QPushButton*>(u"askAgain"_s);
        QVERIFY(again->isHidden());
        mode->setCurrentIndex(1);
        QCOMPARE(wishes.size(), 1);
        quint64 ticket = wishes.last().first().toULongLong();
        QCOMPARE(cluster::slotCount(wishes.last().at(1).value<SlotSurveyOptions>().ranges), 16384);
        QCOMPARE(again->text(), u"Cancel"_s);
        again->click();
        QCOMPARE(cancels.last().first().toULongLong(), ticket);
        SlotSurveyProgress progress;
        progress.wanted = 16384;
        progress.answered = 1;
        progress.failures.append({ u"S02"_s, 5461, u"refused"_s, false });
        panel.takeFacts(ticket, { facts(0, 9) }, progress);
        panel.finish(ticket, false, progress);
        QVERIFY2(state->text().contains(u"9 keys in 1 slot,"_s), qPrintable(state->text()));
        QVERIFY(state->text().contains(u"the others are not known"_s));
        QVERIFY(state->text().contains(u"S02"_s));
        again->click();
        QCOMPARE(wishes.size(), 2);
        ticket = wishes.last().first().toULongLong();
        mode->setCurrentIndex(0); // nobody looks at it any more
        QCOMPARE(cancels.last().first().toULongLong(), ticket);
        QVERIFY(state->isHidden());
        panel.grab();
    }

    void statisticsOnlyWhereTheyAre()
    {
        SlotPanel panel;
        panel.setTopology(healthyCluster());
        panel.setLive(true);
        auto* mode = panel.findChild<QComboBox*>(u"slotMode"_s);
        const auto* items = qobject_cast<QStandardItemModel*>(mode->model());
        QVERIFY(items->item(2)->isEnabled());
        QSignalSpy wishes(&panel, &SlotPanel::surveyRequested);
        mode->setCurrentIndex(2);
        QCOMPARE(wishes.last().at(1).value<SlotSurveyOptions>().question, SlotQuestion::Stats);
        SlotSurveyProgress progress;
        progress.failures.append({ u"S01"_s, 5461, u"unknown subcommand"_s, true });
        panel.finish(wishes.last().first().toULongLong(), false, progress);
        QVERIFY(!items->item(2)->isEnabled());
        QVERIFY(!items->item(4)->isEnabled());
        QVERIFY(items->item(1)->isEnabled());
        QVERIFY(panel.findChild<QLabel*>(u"numbersState"_s)
                    ->text()
                    .contains(u"CLUSTER SLOT-STATS is not available here"_s));
        panel.reset();
        QVERIFY(items->item(2)->isEnabled());
        panel.setStatsRefusal(u"not here"_s);
        QVERIFY(!items->item(3)->isEnabled());
    }

    void onlySomeShards()
    {
        SlotPanel panel;
        panel.resize(430, 400);
        const cluster::Topology topology = healthyCluster();
        panel.setTopology(topology);
        const auto colorOf = [&](int slot) {
            return panel.map()->grab().toImage().pixelColor(placeOf(*panel.map(), slot).toPoint());
        };
        panel.grab(); // lays it out
        const Theme theme = Theme::of(panel.palette());
        QCOMPARE(colorOf(100), theme.shardColor(topology.shards().at(0).index));
        panel.toggleShard(1);
        QVERIFY(colorOf(100) != theme.shardColor(topology.shards().at(0).index));
        QCOMPARE(colorOf(6000), theme.shardColor(topology.shards().at(1).index));
        panel.toggleShard(0);
        QCOMPARE(colorOf(100), theme.shardColor(topology.shards().at(0).index));
        panel.toggleShard(0);
        panel.toggleShard(1); // none: all
        QCOMPARE(colorOf(6000), theme.shardColor(topology.shards().at(1).index));
        panel.toggleShard(99);
    }

    void aDoubleClickWishesForOneShard()
    {
        SlotPanel panel;
        panel.resize(430, 400);
        panel.setTopology(healthyCluster());
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QSignalSpy wishes(&panel, &SlotPanel::shardClicked);
        SlotMapWidget* map = panel.map();
        const QPoint inSecond = placeOf(*map, 6000).toPoint();
        QTest::mouseClick(map, Qt::LeftButton, {}, inSecond);
        QCOMPARE(wishes.size(), 0); // a click selects, and that only
        QCOMPARE(map->selection(), range(6000, 6000));
        QTest::mouseDClick(map, Qt::LeftButton, {}, inSecond);
        QCOMPARE(wishes.size(), 1);
        QCOMPARE(wishes.last().first().toInt(), 1);
        QCOMPARE(map->selection(), range(6000, 6000));

        // From the keyboard: the shard of the slot where it stands.
        map->select(100, 100);
        QTest::keyClick(map, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(wishes.size(), 2);
        QCOMPARE(wishes.last().first().toInt(), 0);

        const auto legend = SlotMapGeometry::layout(healthyCluster(), SlotTable(healthyCluster()),
            QRectF(map->rect()).adjusted(8, 8, -8, -8), map->devicePixelRatioF())
                                .legend;
        const QPoint third = legend.at(2).rect.center().toPoint();
        QTest::mouseClick(map, Qt::LeftButton, {}, third);
        QCOMPARE(wishes.size(), 3);
        QCOMPARE(wishes.last().first().toInt(), 2);
        QTest::mouseClick(map, Qt::LeftButton, Qt::ControlModifier, third); // here, in addition
        QCOMPARE(wishes.size(), 3);
    }

    void numbersAreColours()
    {
        SlotMapWidget map;
        map.resize(400, 420);
        map.setTopology(healthyCluster());
        SlotNumbers numbers;
        for (int slot = 0; slot < Slot::count; ++slot)
            numbers.take(facts(slot, slot == 300 ? 0 : 5), 0);
        map.setNumbers(numbers);
        map.setMetric(SlotMetric::KeyCount);
        const SlotScale scale = SlotScale::of(SlotMetric::KeyCount, numbers);
        const Theme theme = Theme::of(map.palette());
        const cluster::Topology topology = healthyCluster();
        const auto geometry = SlotMapGeometry::layout(
            topology, SlotTable(topology), QRectF(map.rect()).adjusted(8, 8, -8, -8), 1, &scale);
        const QImage image = map.grab().toImage();
        const auto at
            = [&](int slot) { return image.pixelColor(geometry.rectOf(slot).center().toPoint()); };
        QCOMPARE(at(299), scale.color(scale.stepOf(5), theme));
        QCOMPARE(at(300), scale.color(0, theme));
        QVERIFY(at(299) != at(300));
        QCOMPARE(geometry.legend.size(), scale.steps.size());
        map.setMetric(std::nullopt);
        QVERIFY(map.grab().toImage().pixelColor(placeOf(map, 299).toPoint())
            == theme.shardColor(topology.shards().at(0).index));
    }

    void withoutAnything()
    {
        SlotPanel panel;
        panel.resize(300, 300);
        panel.grab();
        for (const cluster::Topology& topology :
            { standaloneServer(), cluster::Topology(), troubledCluster(), migratingCluster() }) {
            panel.setTopology(topology);
            panel.map()->select(0, 16383);
            Q_EMIT panel.map()->slotHovered(6100);
            panel.grab();
        }
        panel.reset();
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestSlotPanel)
#include "tst_slotpanel.moc"
