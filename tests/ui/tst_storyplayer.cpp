// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/trace/playerbar.h"
#include "ui/trace/storyplayer.h"

#include <QComboBox>
#include <QLabel>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QToolButton>

namespace slotscope::tests {
using namespace Qt::StringLiterals;
using ui::StoryPlayer;

namespace {

command::Storyboard storyOf(int steps)
{
    command::Storyboard story;
    for (int i = 0; i < steps; ++i) {
        command::Step step;
        step.hop = i / 2;
        step.caption = u"step number %1"_s.arg(i + 1);
        story.append(step);
    }
    return story;
}

} // namespace

class TestStoryPlayer final : public QObject
{
    Q_OBJECT

    qint64 m_now = 0;
    StoryPlayer::Clock clock()
    {
        return [this] { return m_now; };
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_now = 1'000'000;
    }

    void anEmptyStoryShowsNothingAndDoesNotPlay()
    {
        StoryPlayer player(clock());
        player.play();
        player.stepForward();
        player.replay();
        player.setStory({}, true, true);
        QVERIFY(!player.isPlaying());
        QCOMPARE(player.frame().step, -1);
    }

    void oneSecondIsOneStep()
    {
        StoryPlayer player(clock());
        player.setStory(storyOf(4), true, true);
        QVERIFY(player.isPlaying());
        QCOMPARE(player.frame().step, 0);
        m_now += 1500;
        player.advance();
        QCOMPARE(player.frame().step, 1);
        QCOMPARE(player.frame().progress, 0.5);
        m_now += 60'000;
        player.advance();
        QCOMPARE(player.frame().step, 3);
        QCOMPARE(player.frame().progress, 1.0);
        QVERIFY(!player.isPlaying());
        QCOMPARE(player.position(), 4.0);
    }

    void speedStretchesTime()
    {
        StoryPlayer player(clock());
        player.setStory(storyOf(4), true, true);
        m_now += 1000;
        player.setSpeed(2);
        m_now += 1000;
        player.advance();
        QCOMPARE(player.position(), 3.0);
    }

    void aPausedPlayerIgnoresTheClock()
    {
        StoryPlayer player(clock());
        player.setStory(storyOf(4), true, true);
        m_now += 500;
        player.pause();
        m_now += 5000;
        player.advance();
        QCOMPARE(player.position(), 0.5);
        player.toggle();
        m_now += 250;
        player.advance();
        QCOMPARE(player.position(), 0.75);
    }

    void steppingVisitsEveryStepOnceAndShowsItInFull()
    {
        StoryPlayer player(clock());
        player.setStory(storyOf(4), true, false);
        QList<int> forward;
        for (int i = 0; i < 6; ++i) {
            player.stepForward();
            forward.append(player.frame().step);
            QVERIFY(player.frame().progress > 0.99);
        }
        QCOMPARE(forward, (QList<int> { 0, 1, 2, 3, 3, 3 }));
        QList<int> back;
        for (int i = 0; i < 5; ++i) {
            player.stepBack();
            back.append(player.frame().step);
        }
        QCOMPARE(back, (QList<int> { 2, 1, 0, 0, 0 }));
        QCOMPARE(player.position(), 0.0);
    }

    void steppingFromTheEndOfPlayingGoesBack()
    {
        StoryPlayer player(clock());
        player.setStory(storyOf(3), true, true);
        m_now += 10'000;
        player.advance();
        player.stepBack();
        QCOMPARE(player.frame().step, 1);
    }

    void aStepPauses()
    {
        StoryPlayer player(clock());
        player.setStory(storyOf(3), true, true);
        m_now += 200;
        player.stepForward();
        QVERIFY(!player.isPlaying());
        QCOMPARE(player.frame().step, 1);
    }

    void playAtTheEndStartsAgain()
    {
        StoryPlayer player(clock());
        player.setStory(storyOf(2), true, false);
        player.seek(100);
        QCOMPARE(player.position(), 2.0);
        player.play();
        QCOMPARE(player.position(), 0.0);
        QVERIFY(player.isPlaying());
    }

    void aGrowingStoryIsAwaitedAtItsEnd()
    {
        StoryPlayer player(clock());
        player.setStory(storyOf(1), false, true);
        m_now += 3000;
        player.advance();
        QVERIFY(player.isPlaying());
        QCOMPARE(player.position(), 1.0);
        m_now += 3000;
        player.growStory(storyOf(3), true);
        QCOMPARE(player.position(), 1.0);
        m_now += 1000;
        player.advance();
        QCOMPARE(player.position(), 2.0);
        m_now += 1000;
        player.advance();
        QVERIFY(!player.isPlaying());
    }

    void anotherStoryStartsAtItsStart()
    {
        StoryPlayer player(clock());
        QSignalSpy frames(&player, &StoryPlayer::frameChanged);
        player.setStory(storyOf(3), true, true);
        m_now += 2000;
        player.advance();
        frames.clear();
        player.setStory(storyOf(2), true, true);
        QCOMPARE(frames.count(), 1);
        QCOMPARE(frames.first().first().value<command::StoryFrame>().step, 0);
        QCOMPARE(player.position(), 0.0);
    }

    void reducedMotionCutsFromStepToStep()
    {
        StoryPlayer player(clock());
        player.setStory(storyOf(3), true, true);
        m_now += 300;
        player.advance();
        QVERIFY(player.frame().progress < 0.5);
        QSignalSpy frames(&player, &StoryPlayer::frameChanged);
        player.setMotionReduced(true);
        QCOMPARE(frames.count(), 1);
        for (const int step : { 0, 1, 2 }) {
            QCOMPARE(player.frame().step, step);
            QVERIFY2(player.frame().progress > 0.99, "nothing travels");
            m_now += 1000;
            player.advance();
        }
        QVERIFY(!player.isPlaying());
        player.setMotionReduced(false);
        player.seek(1.25);
        QCOMPARE(player.frame().progress, 0.25);
    }

    void storiesThatPlayTogetherAreSteppedBySeconds()
    {
        command::Storyboard story = storyOf(4);
        story[0].begin = 0;
        story[1].begin = 0.25;
        story[1].trace = story[3].trace = 1;
        story[2].begin = 1;
        story[3].begin = 1.5;
        StoryPlayer player(clock());
        player.setStory(story, true, false);
        QCOMPARE(player.duration(), 2.5);
        QCOMPARE(player.stopCount(), 3);
        QList<int> stops;
        for (int i = 0; i < 4; ++i) {
            player.stepForward();
            stops.append(player.stop());
        }
        QCOMPARE(stops, (QList<int> { 0, 1, 2, 2 }));
        QCOMPARE(player.frame().step, 3);
        player.seekStep(1);
        QCOMPARE(player.frame().step, 2);
        QCOMPARE(player.frame().others.size(), 1);
        player.seekStep(99);
        player.seekStep(-1);
        QCOMPARE(player.frame().step, 2);
    }

    void theTimerRunsWithTheRealClock()
    {
        StoryPlayer player;
        player.setSpeed(10);
        player.setStory(storyOf(2), true, true);
        QTRY_VERIFY_WITH_TIMEOUT(!player.isPlaying(), 5000);
        QCOMPARE(player.position(), 2.0);
    }

    void theBarSaysWhatHappens()
    {
        StoryPlayer player(clock());
        ui::PlayerBar bar(&player);
        player.setStory(storyOf(4), true, false);
        auto* caption = bar.findChild<QLabel*>(u"captionLabel"_s);
        auto* step = bar.findChild<QLabel*>(u"stepLabel"_s);
        QCOMPARE(caption->text(), u"step number 1"_s);
        QCOMPARE(step->text(), u"step 1 of 4"_s);
        QCOMPARE(caption->textFormat(), Qt::PlainText);
        player.seek(2.5);
        QCOMPARE(step->text(), u"step 3 of 4"_s);
        bar.findChild<QToolButton*>(u"stepBackButton"_s)->click();
        QCOMPARE(step->text(), u"step 2 of 4"_s);
        bar.findChild<QSlider*>(u"storySlider"_s)->setValue(350);
        QCOMPARE(player.position(), 3.5);
        bar.findChild<QToolButton*>(u"playButton"_s)->click();
        QVERIFY(player.isPlaying());
        bar.findChild<QToolButton*>(u"replayButton"_s)->click();
        QCOMPARE(player.position(), 0.0);
    }

    void theBarChoosesTheSpeed()
    {
        StoryPlayer player(clock());
        ui::PlayerBar bar(&player);
        player.setStory(storyOf(4), true, true);
        auto* speed = bar.findChild<QComboBox*>(u"speedCombo"_s);
        QCOMPARE(speed->currentText(), u"1×"_s);
        const auto playedInOneSecond = [&] {
            const double before = player.position();
            m_now += 1000;
            player.advance();
            return player.position() - before;
        };
        QCOMPARE(playedInOneSecond(), 1.0);
        // By hand: the arrow keys choose at once.
        speed->setFocus();
        QTest::keyClick(speed, Qt::Key_Down);
        QCOMPARE(speed->currentText(), u"2×"_s);
        QCOMPARE(playedInOneSecond(), 2.0);
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(speed, Qt::Key_Up);
        QCOMPARE(speed->currentText(), u"0.25×"_s);
        QCOMPARE(playedInOneSecond(), 0.25);
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestStoryPlayer)
#include "tst_storyplayer.moc"
