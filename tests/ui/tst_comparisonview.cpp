// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/ui/paintfixtures.h"
#include "ui/report/comparisonmodel.h"
#include "ui/report/comparisonribbons.h"
#include "ui/report/comparisonview.h"
#include "ui/report/sidebysidemodel.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope;
using namespace slotscope::ui;
using capture::Capture;
using cluster::Slot;

namespace slotscope::tests {

class TestComparisonView final : public QObject
{
    Q_OBJECT

    static Capture captureOf(const cluster::TopologyData& data, const QTime& time)
    {
        Capture capture;
        capture.name = u"orders"_s;
        capture.savedAt = QDateTime(QDate(2026, 11, 23), time, Qt::UTC);
        capture.topology = cluster::Topology::build(data);
        return capture;
    }

    static Capture before() { return captureOf(evenCluster(4), QTime(14, 2, 40)); }

    /// The first shard's first hundred slots went to the second one; the last primary is down.
    static Capture after()
    {
        cluster::TopologyData data = evenCluster(4);
        QList<int> primaries;
        for (int i = 0; i < data.nodes.size(); ++i) {
            if (data.nodes.at(i).role == cluster::Role::Primary)
                primaries.append(i);
        }
        cluster::Node& first = data.nodes[primaries.at(0)];
        const cluster::SlotRange whole = first.ranges.front();
        first.ranges = { { Slot(100), whole.last } };
        data.nodes[primaries.at(1)].ranges.append({ Slot(0), Slot(99) });
        data.nodes[primaries.at(3)].health = cluster::Health::Fail;
        return captureOf(data, QTime(14, 5, 0));
    }

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void geometryHasBothRibbons()
    {
        const cluster::SlotRanges changed { { Slot(0), Slot(99) }, { Slot(9000), Slot(9000) } };
        const cluster::SlotRanges chosen { { Slot(16383), Slot(16383) } };
        const ComparisonGeometry geometry = ComparisonGeometry::layout(before().topology,
            after().topology, changed, chosen, QRectF(0, 0, 800, ComparisonGeometry::height));
        QVERIFY(geometry.before.ribbon.bar.bottom() < geometry.after.caption.top());
        QVERIFY(geometry.after.ribbon.bar.bottom() < geometry.legend.top());
        QVERIFY(geometry.legend.bottom() <= ComparisonGeometry::height);
        for (const ComparisonGeometry::Side* side : { &geometry.before, &geometry.after }) {
            QCOMPARE(side->changed.size(), 2);
            QCOMPARE(side->changed.at(0).left(), side->ribbon.bar.left());
            // One slot of 16384 is seen all the same.
            QCOMPARE(side->changed.at(1).width(), RibbonGeometry::minimumMarkWidth);
            QVERIFY(side->chosen.at(0).right() <= side->ribbon.bar.right() + 0.001);
        }
        QCOMPARE(geometry.slotAt(geometry.before.ribbon.bar.topLeft() + QPointF(0.01, 5)), 0);
        QCOMPARE(geometry.slotAt(geometry.after.ribbon.bar.topLeft() + QPointF(0.01, 5)), 0);
        QCOMPARE(geometry.slotAt(geometry.legend.center()), -1);
    }

    void fragmentedRangesJoin()
    {
        cluster::SlotRanges changed;
        for (int slot = 0; slot < Slot::count; slot += 2)
            changed.append({ Slot(slot), Slot(slot) });
        const ComparisonGeometry geometry = ComparisonGeometry::layout(before().topology,
            after().topology, changed, {}, QRectF(0, 0, 800, ComparisonGeometry::height));
        QCOMPARE(geometry.before.changed.size(), 1);
    }

    void modelTellsAll()
    {
        const capture::Comparison comparison = capture::compare(before(), after());
        ComparisonModel model(comparison.differences);
        ComparisonFilter filter(&model);
        const QAbstractItemModelTester tester(&filter);
        QCOMPARE(model.rowCount(), comparison.differences.size());
        const QModelIndex first = model.index(0, ComparisonModel::What);
        QCOMPARE(first.data().toString(), comparison.differences.front().text);
        QCOMPARE(model.index(0, ComparisonModel::Severity).data().toString(), u"Error"_s);
        const Theme theme = Theme::darkTheme();
        model.setTheme(theme);
        QCOMPARE(first.data(Qt::ForegroundRole).value<QColor>(), theme.danger);
        filter.setKind(capture::DifferenceKind::Slots);
        QCOMPARE(filter.rowCount(), 1);
        QVERIFY(filter.index(0, ComparisonModel::What).data().toString().contains(u"100 slots"_s));
        filter.setKind(std::nullopt);
        filter.setProblemsOnly(true);
        QVERIFY(filter.rowCount() > 0 && filter.rowCount() < model.rowCount());
    }

    void viewShowsAndFilters()
    {
        const ComparisonView view(ComparedCaptures::of(before(), after()));
        QCOMPARE(view.title(), u"Comparison of two captures of orders"_s);
        const auto* table = view.findChild<QTableView*>(u"comparisonTable"_s);
        auto* kinds = view.findChild<QComboBox*>(u"comparisonKinds"_s);
        auto* problems = view.findChild<QCheckBox*>(u"comparisonProblems"_s);
        QVERIFY(table && kinds && problems);
        const int all = table->model()->rowCount();
        QCOMPARE(all, view.comparison().differences.size());
        QCOMPARE(kinds->itemText(0), u"All (%1)"_s.arg(all));
        kinds->setCurrentIndex(kinds->findText(u"Slots (1)"_s));
        QCOMPARE(table->model()->rowCount(), 1);
        kinds->setCurrentIndex(0);
        problems->setChecked(true);
        QVERIFY(table->model()->rowCount() < all);
        QVERIFY(!view.findChild<QLabel*>(u"comparisonCaveats"_s));
    }

    void chosenSlotsAreFramed()
    {
        const ComparisonView view(ComparedCaptures::of(before(), after()));
        auto* table = view.findChild<QTableView*>(u"comparisonTable"_s);
        auto* kinds = view.findChild<QComboBox*>(u"comparisonKinds"_s);
        auto* ribbons = view.findChild<ComparisonRibbons*>(u"comparisonRibbons"_s);
        const auto shown = [ribbons] { return ribbons->grab().toImage(); };
        const QImage none = shown();
        kinds->setCurrentIndex(kinds->findText(u"Slots (1)"_s));
        table->selectRow(0);
        const QImage framed = shown();
        QVERIFY(framed != none);
        // The first slots are: nothing in the right half has changed.
        const QRect right = none.rect().adjusted(none.width() / 2, 0, 0, 0);
        QCOMPARE(framed.copy(right), none.copy(right));
        kinds->setCurrentIndex(kinds->findText(u"Health (1)"_s));
        QCOMPARE(shown(), none);
        QCOMPARE(ribbons->tellSlot(7), u"Slot 7: S01 before, S02 after"_s);
    }

    void copies()
    {
        const ComparisonView view(ComparedCaptures::of(before(), after()));
        view.findChild<QPushButton*>(u"copyComparisonMarkdown"_s)->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), capture::toMarkdown(view.comparison()));
        view.findChild<QPushButton*>(u"copyComparisonText"_s)->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), capture::toText(view.comparison()));
    }

    void sideBySideTellsWhatIsTheSameToo()
    {
        const ComparisonView view(ComparedCaptures::of(before(), after()));
        auto* table = view.findChild<QTableView*>(u"sideBySideTable"_s);
        auto* only = view.findChild<QCheckBox*>(u"sideBySideChanged"_s);
        QVERIFY(table && only);
        const QAbstractItemModelTester tester(table->model());
        QAbstractItemModel* model = table->model();
        QCOMPARE(model->rowCount(), view.comparison().rows.size());
        const auto text
            = [model](int row, int column) { return model->index(row, column).data().toString(); };
        int nodes = 0;
        int changed = 0;
        for (int row = 0; row < model->rowCount(); ++row) {
            const bool isNode = text(row, SideBySideModel::About) == u"Node"_s;
            const bool isChanged
                = text(row, SideBySideModel::Before) != text(row, SideBySideModel::After);
            nodes += isNode;
            changed += isChanged;
            QCOMPARE(text(row, SideBySideModel::Sign), isChanged ? u"\u2260"_s : QString());
        }
        QCOMPARE(nodes, before().topology.nodes().size());
        QVERIFY(changed > 0 && changed < model->rowCount());
        only->setChecked(true);
        QCOMPARE(model->rowCount(), changed);
    }

    void aHugeOneIsShown()
    {
        // 1,000 nodes each; all slots have other owners, all primaries are replicas.
        cluster::TopologyData swapped = evenCluster(500, 1);
        for (int i = 0; i < swapped.nodes.size(); i += 2) {
            std::swap(swapped.nodes[i].ranges, swapped.nodes[i + 1].ranges);
            swapped.nodes[i + 1].role = cluster::Role::Primary;
            swapped.nodes[i + 1].primaryId = {};
            swapped.nodes[i].role = cluster::Role::Replica;
            swapped.nodes[i].primaryId = swapped.nodes.at(i + 1).id;
        }
        const ComparisonView view(ComparedCaptures::of(
            captureOf(evenCluster(500, 1), QTime(14, 0)), captureOf(swapped, QTime(14, 5))));
        QCOMPARE(cluster::slotCount(view.comparison().changedSlots), Slot::count);
        QVERIFY(view.comparison().rows.size() > 1000);
    }

    void sameAndStrangers()
    {
        const ComparisonView same(ComparedCaptures::of(before(), before()));
        QVERIFY(same.findChild<QLabel*>(u"nothingChanged"_s));
        cluster::TopologyData other = evenCluster(4);
        const auto stranger = [](const cluster::NodeId& id) {
            return cluster::NodeId("ffffffff" + id.toByteArray().mid(8));
        };
        for (cluster::Node& node : other.nodes) {
            node.id = stranger(node.id);
            if (!node.primaryId.isNull())
                node.primaryId = stranger(node.primaryId);
        }
        const ComparisonView strangers(
            ComparedCaptures::of(before(), captureOf(other, QTime(15, 0))));
        const auto* caveats = strangers.findChild<QLabel*>(u"comparisonCaveats"_s);
        QVERIFY(caveats);
        QVERIFY(caveats->text().contains(u"not the same cluster"_s));
        QCOMPARE(caveats->textFormat(), Qt::PlainText);
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestComparisonView)
#include "tst_comparisonview.moc"
