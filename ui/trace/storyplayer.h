// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/storyboard.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace slotscope::ui {

/// The clock of the replay: where in a story the picture stands. Owns the story and a position in
/// seconds at normal pace (one second a step); draws nothing. The timer runs only while something
/// moves.
///
/// With reduced motion nothing travels: each step is shown in full for its second, then the next
/// one.
///
/// A story may grow while it plays (the prefix of a run that is still under way): the player waits
/// at its end and goes on. Replaces the position only when another story is given.
class StoryPlayer final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StoryPlayer)
public:
    /// Monotonic milliseconds; the default is the system's monotonic clock. Tests bring their own.
    using Clock = std::function<qint64()>;

    explicit StoryPlayer(Clock clock = {}, QObject* parent = nullptr);

    /// Another story: the position goes to the start, and it plays if `autoplay`. An empty one
    /// stops.
    void setStory(const command::Storyboard& story, bool complete, bool autoplay);
    /// A longer prefix of the same story: the position stays.
    void growStory(const command::Storyboard& story, bool complete);

    const command::Storyboard& story() const { return m_story; }
    bool isEmpty() const { return m_story.isEmpty(); }
    bool isPlaying() const { return m_playing; }
    bool isAtEnd() const;
    /// Seconds at normal pace, in [0, duration()].
    double position() const { return m_position; }
    double duration() const { return command::storyLength(m_story); }
    /// What step forward and step back count: the steps, or the seconds of commands that play
    /// together.
    int stopCount() const;
    int stop() const; ///< from 0; -1 for an empty story
    command::StoryFrame frame() const;

    void play(); ///< at the end of a complete story: from the start
    void pause();
    void toggle();
    void replay();
    /// Pauses with the next step (the step before) shown in full: what travels has arrived.
    void stepForward();
    void stepBack();
    void seek(double seconds); ///< pauses; clamped
    void seekStep(int step); ///< pauses with this step shown in full
    void setSpeed(double factor); ///< 0.1 to 10
    void setMotionReduced(bool reduced);
    /// Reads the clock and moves on; the timer does this, and a test may.
    void advance();

Q_SIGNALS:
    /// The story changed; frameChanged() follows.
    void storyChanged();
    void frameChanged(const slotscope::command::StoryFrame& frame);
    void playingChanged(bool playing);

private:
    void setPlaying(bool playing);
    void restartClock();
    void moveTo(double seconds);

    Clock m_clock;
    QTimer m_timer;
    command::Storyboard m_story;
    bool m_complete = true;
    bool m_playing = false;
    double m_position = 0;
    double m_speed = 1;
    bool m_motionReduced = false;
    qint64 m_lastTick = 0;
};

} // namespace slotscope::ui
