// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/support/topologies.h"
#include "ui/models/eventmodel.h"
#include "ui/models/hopmodel.h"
#include "ui/models/rowdiff.h"
#include "ui/models/shardmodel.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

namespace slotscope::tests {
using namespace Qt::StringLiterals;
using ui::HopModel;
using ui::RowChange;
using ui::ShardModel;

namespace {

QList<net::Endpoint> ports(quint16 first)
{
    QList<net::Endpoint> result;
    for (quint16 i = 0; i < 3; ++i)
        result.append({ u"127.0.0.1"_s, static_cast<quint16>(first + i) });
    return result;
}

command::Hop hop(const QString& label, command::HopOutcome outcome, const QByteArray& raw = {})
{
    command::Hop result;
    result.nodeLabel = label;
    result.address = { u"127.0.0.1"_s, 7001 };
    result.outcome = outcome;
    result.raw = raw;
    result.micros = 312;
    return result;
}

QStringList column(const QAbstractItemModel& model, int column)
{
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row)
        texts << model.index(row, column).data().toString();
    return texts;
}

} // namespace

class TestModels final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    }

    void diffTellsTheWayFromOneListToTheOther_data()
    {
        QTest::addColumn<QStringList>("before");
        QTest::addColumn<QStringList>("after");
        const QStringList abc { u"a"_s, u"b"_s, u"c"_s };
        QTest::newRow("nothing to nothing") << QStringList() << QStringList();
        QTest::newRow("nothing to something") << QStringList() << abc;
        QTest::newRow("something to nothing") << abc << QStringList();
        QTest::newRow("same") << abc << abc;
        QTest::newRow("one gone") << abc << QStringList { u"a"_s, u"c"_s };
        QTest::newRow("one new in the middle")
            << abc << QStringList { u"a"_s, u"x"_s, u"b"_s, u"c"_s };
        QTest::newRow("turned round") << abc << QStringList { u"c"_s, u"b"_s, u"a"_s };
        QTest::newRow("all others") << abc << QStringList { u"x"_s, u"y"_s };
        QRandomGenerator random(7);
        for (int i = 0; i < 20; ++i) {
            const auto some = [&random] {
                QStringList list;
                for (const QChar c : u"abcdefghij"_s) {
                    if (random.bounded(2))
                        list.insert(random.bounded(list.size() + 1), c);
                }
                return list;
            };
            QTest::addRow("random %d", i) << some() << some();
        }
    }
    void diffTellsTheWayFromOneListToTheOther()
    {
        QFETCH(QStringList, before);
        QFETCH(QStringList, after);
        QStringList list = before;
        for (const RowChange& change : ui::diffRows(before, after)) {
            switch (change.kind) {
            case RowChange::Kind::Remove:
                list.removeAt(change.row);
                break;
            case RowChange::Kind::Insert:
                list.insert(change.row, after.at(change.source));
                break;
            case RowChange::Kind::Update:
                QCOMPARE(list.at(change.row), after.at(change.source));
                break;
            }
        }
        QCOMPARE(list, after);
        if (before == after) {
            for (const RowChange& change : ui::diffRows(before, after))
                QCOMPARE(change.kind, RowChange::Kind::Update);
        }
    }

    void shardsAreShownInTheOrderOfTheirLabels()
    {
        ShardModel model;
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setTopology(threeShards(ports(7001)));
        QCOMPARE(column(model, ShardModel::Label), (QStringList { u"S01"_s, u"S02"_s, u"S03"_s }));
        QCOMPARE(column(model, ShardModel::Primary).first(), u":7001"_s);
        QVERIFY(model.index(0, ShardModel::Primary)
                    .data(Qt::ToolTipRole)
                    .toString()
                    .contains(u"127.0.0.1:7001"_s));
        QCOMPARE(column(model, ShardModel::Ranges).first(), u"0-5460"_s);
        QCOMPARE(model.index(0, ShardModel::Count).data().toInt(), 5461);
    }

    void sameShardsChangeNothing()
    {
        ShardModel model;
        model.setTopology(threeShards(ports(7001)));
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.setTopology(threeShards(ports(7001)));
        QCOMPARE(changed.count(), 0);
        QCOMPARE(reset.count(), 0);
    }

    void aMovedSlotChangesTheTwoShardsConcerned()
    {
        ShardModel model;
        model.setTopology(threeShards(ports(7001)));
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        const QPersistentModelIndex second = model.index(1, 0);
        model.setTopology(threeShards(ports(7001), cluster::Slot(1738)));
        QCOMPARE(changed.count(), 2);
        QCOMPARE(inserted.count(), 0);
        QCOMPARE(reset.count(), 0);
        QVERIFY(second.isValid());
        QCOMPARE(column(model, ShardModel::Ranges).first(), u"0-1737, 1739-5460"_s);
    }

    void aShardThatIsGoneTakesItsRowAlong()
    {
        ShardModel model;
        model.setTopology(threeShards(ports(7001)));
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        cluster::TopologyData data = threeShards(ports(7001)).data();
        data.shards.removeAt(1);
        data.nodes.removeAt(1);
        const QPersistentModelIndex third = model.index(2, 0);
        model.setTopology(cluster::Topology::build(data));
        QCOMPARE(column(model, ShardModel::Label), (QStringList { u"S01"_s, u"S03"_s }));
        QCOMPARE(third.row(), 1);
        model.setTopology(cluster::Topology());
        QCOMPARE(model.rowCount(), 0);
    }

    void aToolTipIsNeverHtml()
    {
        ShardModel model;
        cluster::TopologyData data = threeShards(ports(7001)).data();
        data.nodes[0].address.host = u"<b>bold</b>"_s;
        model.setTopology(cluster::Topology::build(data));
        const QString tip = model.index(0, ShardModel::Primary).data(Qt::ToolTipRole).toString();
        QVERIFY2(!tip.contains(u"<b>"_s), qPrintable(tip));
        QVERIFY(tip.contains(u"bold"_s));
    }

    void aLongerTraceAddsRows()
    {
        HopModel model;
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);

        command::Trace trace;
        trace.argv = { "GET", "user:2935" };
        trace.hops = { hop(u"S03"_s, command::HopOutcome::Pending) };
        model.setTrace(trace);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(column(model, HopModel::Micros).first(), QString());

        trace.hops = { hop(u"S03"_s, command::HopOutcome::Moved, "MOVED 1738 127.0.0.1:7001"),
            hop(u"S01"_s, command::HopOutcome::Reply) };
        trace.hops[1].asking = true;
        trace.outcome = command::TraceOutcome::Reply;
        trace.reply = resp::Reply::fromText(resp::Type::String, "ok");
        model.setTrace(trace);
        QCOMPARE(inserted.count(), 2);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(reset.count(), 0);
        QCOMPARE(column(model, HopModel::Answer),
            (QStringList { u"MOVED 1738 127.0.0.1:7001"_s, u"\"ok\""_s }));
        QCOMPARE(column(model, HopModel::Question),
            (QStringList { u"GET user:2935"_s, u"ASKING + GET user:2935"_s }));
        QCOMPARE(column(model, HopModel::Micros), (QStringList { u"312"_s, u"312"_s }));
    }

    void aShorterTraceTakesRowsAway()
    {
        HopModel model;
        command::Trace trace;
        trace.argv = { "PING" };
        trace.hops = { hop(u"S01"_s, command::HopOutcome::Moved, "MOVED 1 127.0.0.1:1"),
            hop(u"S02"_s, command::HopOutcome::Reply) };
        model.setTrace(trace);
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        trace.hops.removeLast();
        model.setTrace(trace);
        QCOMPARE(model.rowCount(), 1);
    }

    void theHopOfThePlayerIsTinted()
    {
        HopModel model;
        command::Trace trace;
        trace.argv = { "PING" };
        trace.hops = { hop(u"S01"_s, command::HopOutcome::Reply),
            hop(u"S02"_s, command::HopOutcome::Reply) };
        model.setTrace(trace);
        model.setCurrentHop(1);
        QVERIFY(!model.index(0, 0).data(Qt::BackgroundRole).isValid());
        QVERIFY(model.index(1, 0).data(Qt::BackgroundRole).isValid());
        model.setCurrentHop(-1);
        QVERIFY(!model.index(1, 0).data(Qt::BackgroundRole).isValid());
    }

    void eventsAreTheNewestFirstAndBounded()
    {
        ui::EventModel model;
        QAbstractItemModelTester tester(&model);
        const cluster::Topology topology = threeShards(ports(7000));
        cluster::TopologyEvent event;
        event.at = QDateTime(QDate(2026, 11, 23), QTime(14, 2, 40), Qt::UTC);
        event.saidBy = topology.nodes().first().id;
        event.change.kind = cluster::TopologyChange::Kind::NodeFailed;
        event.change.name = u"127.0.0.1:7002"_s;
        model.add({ event }, topology);
        QCOMPARE(column(model, ui::EventModel::Time), QStringList { u"14:02:40Z"_s });
        QCOMPARE(column(model, ui::EventModel::SaidBy), QStringList { u"S01"_s });
        QVERIFY(column(model, ui::EventModel::Change).first().contains(u"127.0.0.1:7002"_s));
        QCOMPARE(model.index(0, ui::EventModel::Change).data(Qt::ForegroundRole).value<QColor>(),
            ui::Theme::light().danger);

        // After a failover it is called as in the picture; who has gone keeps its name.
        cluster::TopologyData moved = topology.data();
        std::swap(moved.nodes[0].ranges, moved.nodes[1].ranges);
        moved.shards.clear();
        const cluster::Topology after = cluster::Topology::build(moved);
        model.relabel(after);
        QCOMPARE(column(model, ui::EventModel::SaidBy),
            QStringList { after.labelOf(topology.nodes().first().id) });
        QVERIFY(after.labelOf(topology.nodes().first().id) != u"S01"_s);
        model.relabel({});
        QCOMPARE(column(model, ui::EventModel::SaidBy),
            QStringList { after.labelOf(topology.nodes().first().id) });
        model.relabel(topology);
        QCOMPARE(column(model, ui::EventModel::SaidBy), QStringList { u"S01"_s });

        event.at = event.at.addSecs(1);
        model.add(QList<cluster::TopologyEvent>(ui::EventModel::most, event), topology);
        QCOMPARE(model.rowCount(), ui::EventModel::most);
        QCOMPARE(model.index(model.rowCount() - 1, 0).data().toString(), u"14:02:41Z"_s);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    /// The exact reverse of how they come, which is how reports list them.
    void eventsOfOneMomentHaveOneOrder()
    {
        const cluster::Topology topology = threeShards(ports(7000));
        QList<cluster::TopologyEvent> events;
        for (const auto kind :
            { cluster::TopologyChange::Kind::Unreached, cluster::TopologyChange::Kind::NodeFailed,
                cluster::TopologyChange::Kind::EpochRaised }) {
            cluster::TopologyEvent event;
            event.at = QDateTime(QDate(2026, 11, 23), QTime(14, 2, 40), Qt::UTC);
            event.change.kind = kind;
            event.change.name = u"127.0.0.1:7002"_s;
            event.saidBy = topology.nodes().first().id;
            events.append(event);
        }
        events.first().saidBy = {};
        events.first().change.after = u"connection refused"_s;
        ui::EventModel live;
        live.add(events, topology);
        ui::EventModel past;
        past.setEvents(events, topology);
        const QStringList shown = column(live, ui::EventModel::Change);
        QCOMPARE(column(past, ui::EventModel::Change), shown);
        QStringList reversed;
        for (const cluster::TopologyEvent& event : events)
            reversed.prepend(cluster::sentenceOf(event.change));
        QCOMPARE(shown, reversed);
        // What no node said.
        QCOMPARE(
            shown.last(), u"127.0.0.1:7002 did not answer this computer: connection refused."_s);
        QCOMPARE(column(past, ui::EventModel::SaidBy),
            (QStringList { u"S01"_s, u"S01"_s, u"this computer"_s }));
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestModels)
#include "tst_models.moc"
