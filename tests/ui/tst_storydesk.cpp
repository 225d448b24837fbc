// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/sessionhandle.h"
#include "tests/ui/paintfixtures.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/clusterpage/storydesk.h"
#include "ui/connection/connectiontab.h"
#include "ui/mainwindow/connectiontabs.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/topology/topologyview.h"
#include "ui/trace/playerbar.h"
#include "ui/trace/sequencewidget.h"
#include "ui/trace/storyplayer.h"
#include "ui/trace/tracepanel.h"

#include <QAction>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QTest>

namespace slotscope::tests {
using namespace Qt::StringLiterals;
using namespace command;

namespace {

Trace pingOf(int shard, TraceOutcome outcome)
{
    Hop hop;
    hop.nodeId = nodeId(shard);
    hop.nodeLabel = u"S0%1"_s.arg(shard + 1);
    hop.address = { u"127.0.0.1"_s, static_cast<quint16>(30001 + shard) };
    hop.micros = 100;
    hop.outcome = outcome == TraceOutcome::Running ? HopOutcome::Pending : HopOutcome::Reply;
    Trace trace;
    trace.argv = { "PING" };
    trace.map = healthyCluster();
    trace.hops = { hop };
    trace.outcome = outcome;
    trace.totalMicros = 120;
    return trace;
}

} // namespace

class TestStoryDesk final : public QObject
{
    Q_OBJECT

    struct Room
    {
        ui::TopologyView view;
        QWidget traceFrame;
        ui::TracePanel trace;
        ui::StoryDesk desk;
        ui::PlayerBar bar { desk.player() };
        Room()
        {
            view.setTopology(healthyCluster());
            desk.setParts({ &view, &bar, &trace, &traceFrame });
        }
        const ui::SequenceGeometry& sequence() const
        {
            return trace.findChild<ui::SequenceWidget*>()->geometryOfStory();
        }
    };

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void aTraceFillsEverything()
    {
        Room room;
        QVERIFY(!room.bar.isVisibleTo(nullptr));
        room.desk.showTrace(7, pingOf(0, TraceOutcome::Running), false);
        QVERIFY(room.desk.player()->isPlaying());
        QCOMPARE(room.sequence().rows.size(), 1);
        // Longer prefixes go on where the player stands, another run starts at its start.
        room.desk.player()->seek(0.5);
        room.desk.showTrace(7, pingOf(0, TraceOutcome::Reply), false);
        QCOMPARE(room.desk.player()->position(), 0.5);
        QCOMPARE(room.sequence().rows.size(), 3);
        room.desk.showTrace(8, pingOf(1, TraceOutcome::Reply), false);
        QCOMPARE(room.desk.player()->position(), 0.0);
        QCOMPARE(room.sequence().lines.first().label, u"S02"_s);
        room.desk.clear();
        QVERIFY(room.desk.player()->isEmpty());
        QVERIFY(room.sequence().rows.isEmpty());
    }

    /// While another time is shown a story is not; it comes back as it was, and grown.
    void aStoryIsPutAsideAndTakenUp()
    {
        Room room;
        room.desk.takeUp();
        QVERIFY(room.desk.player()->isEmpty());
        room.desk.showTrace(7, pingOf(0, TraceOutcome::Running), false);
        room.desk.player()->seek(0.5);
        room.desk.putAside();
        QVERIFY(room.desk.player()->isEmpty());
        QVERIFY(!room.desk.trace());
        QVERIFY(room.bar.isHidden());
        room.desk.showTrace(7, pingOf(0, TraceOutcome::Reply), false);
        QVERIFY2(room.desk.player()->isEmpty(), "it is another time that is shown");
        room.desk.putAside(); // and yet another one
        room.desk.takeUp();
        QCOMPARE(room.desk.player()->position(), 0.5);
        QVERIFY(!room.desk.player()->isPlaying());
        QVERIFY(room.desk.trace() && room.desk.trace()->isComplete());
        QCOMPARE(room.sequence().rows.size(), 3);
        QVERIFY(!room.bar.isHidden() && !room.traceFrame.isHidden());

        // One that plays goes on playing; one that was replayed meanwhile stays.
        room.desk.player()->play();
        room.desk.putAside();
        room.desk.takeUp();
        QVERIFY(room.desk.player()->isPlaying());
        room.desk.putAside();
        room.desk.showTrace(8, pingOf(1, TraceOutcome::Reply), true);
        room.desk.takeUp();
        QCOMPARE(room.sequence().lines.first().label, u"S02"_s);

        FanOut fanOut;
        fanOut.argv = { "PING" };
        fanOut.outcome = FanOutOutcome::Done;
        for (int shard = 0; shard < 3; ++shard)
            fanOut.rows.append(FanOutRow());
        for (int shard = 0; shard < 3; ++shard)
            fanOut.rows[shard].trace = pingOf(shard, TraceOutcome::Reply);
        room.desk.showFanOut(9, fanOut, false);
        room.desk.putAside();
        room.desk.takeUp();
        QCOMPARE(room.sequence().lines.size(), 3);
        room.desk.putAside();
        room.desk.clear();
        room.desk.takeUp();
        QVERIFY(room.desk.player()->isEmpty());
    }

    void aClickOnAMessageMovesThePlayer()
    {
        Room room;
        room.desk.showTrace(7, pingOf(0, TraceOutcome::Reply), false);
        Q_EMIT room.trace.stepClicked(1);
        QVERIFY(!room.desk.player()->isPlaying());
        QCOMPARE(room.desk.player()->frame().step, 1);
        Q_EMIT room.trace.hopClicked(0);
        QCOMPARE(room.desk.player()->frame().step, 0);
        const double shown
            = room.desk.player()->position(); // the step in full, as its message does
        QVERIFY(shown > 0);
        Q_EMIT room.trace.stepClicked(1);
        Q_EMIT room.trace.stepClicked(0);
        QCOMPARE(room.desk.player()->position(), shown);
    }

    void rowsOfAFanOutPlayTogether()
    {
        Room room;
        FanOut fanOut;
        fanOut.argv = { "PING" };
        for (int shard = 0; shard < 3; ++shard) {
            FanOutRow row;
            row.trace = pingOf(shard, shard < 2 ? TraceOutcome::Reply : TraceOutcome::Running);
            if (shard == 2)
                row.trace.hops.clear(); // its turn has not come
            fanOut.rows.append(row);
        }
        room.desk.showFanOut(9, fanOut, false);
        QCOMPARE(room.sequence().lines.size(), 2);
        fanOut.rows[2].trace = pingOf(2, TraceOutcome::Reply);
        fanOut.outcome = FanOutOutcome::Done;
        room.desk.showFanOut(9, fanOut, false);
        QCOMPARE(room.sequence().lines.size(), 3);
        room.desk.player()->seek(0.5);
        QCOMPARE(room.desk.player()->frame().others.size(), 2);
        QVERIFY(room.bar.findChild<QLabel*>(u"captionLabel"_s)
                    ->text()
                    .endsWith(u"2 other commands are on their way."));
        QCOMPARE(
            room.trace.findChild<QPlainTextEdit*>(u"rawTrace"_s)->toPlainText().count(u"PING"_s),
            3);
    }

    void whatNodesAnsweredStandsBesideThem()
    {
        Room room;
        room.view.resize(900, 500);
        room.desk.showTrace(7, pingOf(0, TraceOutcome::Reply), false);
        room.desk.player()->pause();
        const QImage before = room.view.grab().toImage();
        ui::RedirectNote note;
        note.nodeId = nodeId(0);
        note.moved = note.movedNow = 12;
        room.desk.setRedirectNotes({ note });
        QCOMPARE(room.sequence().lines.first().note.text(), u"MOVED 12/s, 12 in all"_s);
        QVERIFY(room.view.grab().toImage() != before);
        room.desk.setRedirectNotes({});
        QCOMPARE(room.view.grab().toImage(), before);
    }

    void keysMoveThePlayer()
    {
        Room room;
        const auto press = [&room](Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
            const QKeyEvent event(QEvent::KeyPress, key, modifiers);
            return room.desk.handleKey(&event);
        };
        QVERIFY2(!press(Qt::Key_Space), "there is nothing to play");
        room.desk.showTrace(7, pingOf(0, TraceOutcome::Reply), false);
        QVERIFY(press(Qt::Key_Space));
        QVERIFY(!room.desk.player()->isPlaying());
        QVERIFY(press(Qt::Key_Period));
        QVERIFY(press(Qt::Key_Comma));
        QVERIFY(!press(Qt::Key_A));
        QVERIFY(!press(Qt::Key_Space, Qt::ControlModifier));
    }

    void reducedMotionIsRemembered()
    {
        const QTemporaryDir folder;
        session::IoThread io;
        ui::WindowOptions options;
        options.profilesFile = folder.filePath(u"profiles.json"_s);
        options.settingsFile = folder.filePath(u"settings.ini"_s);
        const auto action = [](const ui::MainWindow& window) {
            return window.findChild<QAction*>(u"reducedMotionAction"_s);
        };
        {
            ui::MainWindow window(io, options);
            QVERIFY(!action(window)->isChecked());
            action(window)->trigger();
        }
        ui::MainWindow window(io, options);
        QVERIFY(action(window)->isChecked());
        window.tabs()->current()->submit(
            u"07c37dfeb235213a872192d90877d0cd55635b91 127.0.0.1:30004@31004 "
            "myself,master - 0 0 1 connected 0-16383"_s);
        // What travels has arrived when its step is shown.
        ui::StoryPlayer* player = window.clusterPage()->player();
        player->setStory(tellStory(pingOf(0, TraceOutcome::Reply)), true, false);
        QVERIFY(player->frame().progress > 0.9);
        action(window)->trigger();
        QCOMPARE(player->frame().progress, 0.0);
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestStoryDesk)
#include "tst_storydesk.moc"
