// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/ui/paintfixtures.h"
#include "ui/trace/sequencewidget.h"

#include <QClipboard>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

namespace slotscope::tests {
using namespace Qt::StringLiterals;
using command::StepKind;
using command::Storyboard;
using ui::SequenceGeometry;
using ui::SequenceRow;

namespace {

constexpr qreal width = 560;

/// A story of `traces` commands, each to a node of its own, all at once.
Storyboard manyNodes(int traces)
{
    Storyboard story;
    for (const StepKind kind : { StepKind::Ask, StepKind::Reply }) {
        for (int trace = 0; trace < traces; ++trace) {
            command::Step step;
            step.kind = kind;
            step.trace = trace;
            step.hop = 0;
            step.begin = kind == StepKind::Ask ? 0 : 1;
            step.nodeLabel = u"S%1"_s.arg(trace + 1, 2, 10, QLatin1Char('0'));
            step.address = { u"10.0.0.%1"_s.arg(trace + 1), 6379 };
            step.bead = step.raw = u"PING"_s;
            story.append(step);
        }
    }
    return story;
}

int stepOf(const Storyboard& story, StepKind kind)
{
    for (int i = 0; i < story.size(); ++i) {
        if (story.at(i).kind == kind)
            return i;
    }
    return -1;
}

} // namespace

class TestSequenceGeometry final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void everyStepHasARow_data()
    {
        QTest::addColumn<Storyboard>("story");
        const cluster::Topology topology = healthyCluster();
        QTest::newRow("moved") << movedStory(topology);
        QTest::newRow("plain client") << movedStory(topology, false);
        QTest::newRow("ask") << askStory(topology);
        QTest::newRow("waits") << waitStory(topology);
        QTest::newRow("no connection") << connectFailedStory(topology);
        QTest::newRow("outcome unknown") << outcomeUnknownStory(topology);
        QTest::newRow("stranger") << strangerStory(topology);
        QTest::newRow("together") << manyNodes(20);
    }
    void everyStepHasARow()
    {
        QFETCH(Storyboard, story);
        const auto geometry = SequenceGeometry::layout(story, width);
        QCOMPARE(geometry.rows.size(), story.size());
        qreal bottom = geometry.headHeight - 8;
        for (int i = 0; i < story.size(); ++i) {
            const SequenceRow& row = geometry.rows.at(i);
            QCOMPARE(row.step, i);
            QVERIFY2(row.rect.top() >= bottom - 0.01, "rows do not overlap");
            bottom = row.rect.bottom();
            QVERIFY(!row.text.isEmpty());
            QVERIFY2(row.textRect.width() >= 150, "there is room for a text");
            QVERIFY(row.rect.adjusted(0, -1, 0, 1).contains(row.textRect));
            QCOMPARE(geometry.rowAt(row.rect.center()), i);
            // Nothing runs from node to node.
            if (row.line >= 0 && row.kind != StepKind::Wait) {
                const qreal x = geometry.lines.at(row.line).x;
                QVERIFY(row.from == x || row.from == geometry.computerX);
                QVERIFY(std::max(row.from, row.to) <= x);
                QVERIFY(std::min(row.from, row.to) >= geometry.computerX);
            }
        }
        QVERIFY(bottom <= geometry.size.height());
        for (int line = 1; line < geometry.lines.size(); ++line)
            QVERIFY(!geometry.headRect(line).intersects(geometry.headRect(line - 1)));
    }

    void aNodeHasOneLine()
    {
        const Storyboard story = waitStory(healthyCluster());
        const auto geometry = SequenceGeometry::layout(story, width);
        QCOMPARE(geometry.lines.size(), 1);
        QCOMPARE(geometry.lines.first().label, u"S01"_s);
        const auto moved = SequenceGeometry::layout(movedStory(healthyCluster()), width);
        QCOMPARE(moved.lines.size(), 2);
        QCOMPARE(moved.lines.at(1).label, u"S01"_s);
        QCOMPARE(moved.size.width(), width);
    }

    void anAskIsTwoBeadsAndALock()
    {
        const Storyboard story = askStory(healthyCluster());
        const auto geometry = SequenceGeometry::layout(story, width);
        int asking = 0;
        for (const SequenceRow& row : geometry.rows)
            asking += row.asking ? 1 : 0;
        QCOMPARE(asking, 1);
        const SequenceRow& lock = geometry.rows.at(stepOf(story, StepKind::MapLocked));
        QVERIFY(lock.text.contains(u"stays"));
        QCOMPARE(lock.line, -1);
        const QString text = ui::sequenceText(story);
        QVERIFY2(text.contains(u"ASKING + GET user:2935"), qPrintable(text));
        QVERIFY(text.contains(u" <-- "));
    }

    void whatBrokeDoesNotArrive()
    {
        Storyboard story = connectFailedStory(healthyCluster());
        auto geometry = SequenceGeometry::layout(story, width);
        QVERIFY(geometry.rows.first().to < geometry.lines.first().x - 20);
        QCOMPARE(geometry.rows.first().text, u"connection refused"_s);
        story = outcomeUnknownStory(healthyCluster());
        geometry = SequenceGeometry::layout(story, width);
        const SequenceRow& unknown = geometry.rows.at(stepOf(story, StepKind::OutcomeUnknown));
        QVERIFY2(unknown.to > geometry.computerX + 20, "no reply reaches this computer");
        QVERIFY(unknown.text.contains(u"outcome unknown"));
    }

    void anAnswerEndsTheActivity()
    {
        const Storyboard story = movedStory(healthyCluster());
        const auto geometry = SequenceGeometry::layout(story, width);
        QCOMPARE(geometry.activities.size(), 2);
        const SequenceGeometry::Activity& first = geometry.activities.first();
        QCOMPARE(first.firstStep, stepOf(story, StepKind::Ask));
        QCOMPARE(first.top, geometry.rows.at(first.firstStep).y);
        QCOMPARE(first.bottom, geometry.rows.at(stepOf(story, StepKind::MovedReply)).y);
    }

    /// The verdict is what somebody came for: it is never cut.
    void theVerdictIsWritten()
    {
        Storyboard story = movedStory(healthyCluster());
        const QString sentence
            = u"Answered after 2 visits and 754 us in all. This client starts without a map each "
              "time: the next command goes to S01 first again."_s;
        story.last().caption = sentence;
        const auto geometry = SequenceGeometry::layout(story, width);
        const SequenceRow& end = geometry.rows.last();
        QVERIFY(end.lines.size() > 1);
        QCOMPARE(end.lines.join(u' '), sentence);
        QCOMPARE(end.text, sentence);
        const QFontMetricsF metrics(ui::noteFont(StepKind::End));
        for (const QString& line : end.lines)
            QVERIFY(metrics.horizontalAdvance(line) <= end.textRect.width());
        QVERIFY(end.detailRect.top() >= end.textRect.top() + 2 * ui::noteStep);
        QVERIFY(end.detailRect.bottom() <= end.textRect.bottom());
        QVERIFY(end.textRect.bottom() < geometry.size.height());
    }

    void headsSayWhatTheirNodesAnswered()
    {
        const Storyboard story = movedStory(healthyCluster());
        const auto plain = SequenceGeometry::layout(story, width);
        ui::RedirectNote note;
        note.nodeId = story.first().nodeId;
        note.moved = 7;
        const auto noted = SequenceGeometry::layout(story, width, { note });
        QCOMPARE(noted.lines.at(0).note.moved, 7);
        QCOMPARE(noted.lines.at(1).note.moved, 0);
        QVERIFY(noted.headHeight > plain.headHeight);
        QVERIFY(noted.rows.first().rect.top() > noted.headRect(0).bottom());
    }

    void hostileTextIsVisible()
    {
        Storyboard story = movedStory(healthyCluster());
        story[1].raw = u"MOVED \u202e<b>1738</b>\n"_s;
        const auto geometry = SequenceGeometry::layout(story, width);
        QVERIFY(!geometry.rows.at(1).text.contains(QChar(0x202e)));
        QVERIFY(!geometry.rows.at(1).text.contains(u'\n'));
        QCOMPARE(ui::sequenceText(story).count(u'\n'), story.size() - 1);
    }

    void playerAndDiagramFollowEachOther()
    {
        ui::SequenceWidget widget;
        widget.resize(500, 200);
        const Storyboard story = waitStory(healthyCluster());
        widget.setStory(story);
        widget.show();
        QVERIFY(widget.verticalScrollBar()->maximum() > 0);
        const int last = static_cast<int>(story.size()) - 1;
        widget.setFrame({ last, 0.5 });
        const ui::SequenceGeometry& geometry = widget.geometryOfStory();
        const QPointF offset(0, widget.verticalScrollBar()->value());
        QVERIFY2(geometry.rows.at(last).rect.bottom() - offset.y() <= widget.viewport()->height(),
            "the step that is shown is in sight");
        widget.setFrame({ 0, 0 });
        QCOMPARE(widget.verticalScrollBar()->value() > 20, false);

        QSignalSpy clicked(&widget, &ui::SequenceWidget::stepClicked);
        const QPoint second = geometry.rows.at(1).rect.center().toPoint()
            - QPoint(0, widget.verticalScrollBar()->value());
        QTest::mouseClick(widget.viewport(), Qt::LeftButton, {}, second);
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(clicked.first().first().toInt(), 1);
        QTest::mouseClick(widget.viewport(), Qt::LeftButton, {}, { 50, 10 }); // a head
        QCOMPARE(clicked.count(), 1);
        QTest::keyClick(&widget, Qt::Key_Down);
        QCOMPARE(clicked.last().first().toInt(), 1);
        QTest::keyClick(&widget, Qt::Key_End);
        QCOMPARE(clicked.last().first().toInt(), last);
        QTest::keyClick(&widget, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), ui::sequenceText(story));

        // What is marked differs from step to step.
        widget.setFrame({ 0, 0.5 });
        const QImage first = widget.grab().toImage();
        widget.setFrame({ 1, 0.5 });
        QVERIFY(widget.grab().toImage() != first);
    }

    void manyNodesScroll()
    {
        ui::SequenceWidget widget;
        widget.resize(500, 200);
        widget.setStory(manyNodes(16));
        widget.show();
        QVERIFY(widget.horizontalScrollBar()->maximum() > 0);
        widget.setStory({});
        QCOMPARE(widget.horizontalScrollBar()->maximum(), 0);
        widget.setFrame({ 3, 0.5 });
        widget.grab();
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestSequenceGeometry)
#include "tst_sequencegeometry.moc"
