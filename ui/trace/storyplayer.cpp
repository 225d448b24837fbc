// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/trace/storyplayer.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace slotscope::ui {

namespace {

/// A step at rest is shown just before its end: the whole second belongs to the next step.
constexpr double restOfStep = 0.999;

qint64 monotonicMilliseconds()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

} // namespace

StoryPlayer::StoryPlayer(Clock clock, QObject* parent)
    : QObject(parent)
    , m_clock(clock ? std::move(clock) : Clock(monotonicMilliseconds))
{
    m_timer.setInterval(16);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &StoryPlayer::advance);
}

void StoryPlayer::setStory(const command::Storyboard& story, bool complete, bool autoplay)
{
    m_story = story;
    m_complete = complete;
    m_position = 0;
    Q_EMIT storyChanged();
    setPlaying(autoplay && !m_story.isEmpty());
    restartClock();
    Q_EMIT frameChanged(frame());
}

void StoryPlayer::growStory(const command::Storyboard& story, bool complete)
{
    m_story = story;
    m_complete = complete;
    m_position = std::clamp(m_position, 0.0, duration());
    Q_EMIT storyChanged();
    if (m_playing)
        restartClock();
    Q_EMIT frameChanged(frame());
}

bool StoryPlayer::isAtEnd() const
{
    return m_position >= duration() - (1 - restOfStep) - 1e-9;
}

command::StoryFrame StoryPlayer::frame() const
{
    // A step that is shown in full: what travels has arrived.
    return command::frameAt(
        m_story, m_motionReduced ? std::floor(m_position) + restOfStep : m_position);
}

int StoryPlayer::stopCount() const
{
    return static_cast<int>(std::ceil(duration() - 1e-6));
}

int StoryPlayer::stop() const
{
    return std::min(static_cast<int>(std::floor(m_position)), stopCount() - 1);
}

void StoryPlayer::play()
{
    if (m_story.isEmpty())
        return;
    if (isAtEnd() && m_complete)
        moveTo(0);
    setPlaying(true);
    restartClock();
}

void StoryPlayer::pause()
{
    advance();
    setPlaying(false);
    m_timer.stop();
}

void StoryPlayer::toggle()
{
    if (m_playing)
        pause();
    else
        play();
}

void StoryPlayer::replay()
{
    if (m_story.isEmpty())
        return;
    moveTo(0);
    setPlaying(true);
    restartClock();
}

void StoryPlayer::stepForward()
{
    pause();
    if (m_story.isEmpty())
        return;
    // From the very start the first step is still to be shown.
    const double next = m_position <= 0 ? 0 : std::floor(m_position) + 1;
    moveTo(std::min(next, std::ceil(duration() - 1e-6) - 1) + restOfStep);
}

void StoryPlayer::stepBack()
{
    pause();
    if (m_story.isEmpty())
        return;
    const double before = std::floor(std::min(m_position, duration() - 1e-6)) - 1;
    moveTo(before < 0 ? 0 : before + restOfStep);
}

void StoryPlayer::seek(double seconds)
{
    setPlaying(false);
    m_timer.stop();
    moveTo(seconds);
}

void StoryPlayer::seekStep(int step)
{
    if (step >= 0 && step < m_story.size())
        seek(command::beginOf(m_story, step) + restOfStep);
}

void StoryPlayer::setMotionReduced(bool reduced)
{
    if (m_motionReduced == reduced)
        return;
    m_motionReduced = reduced;
    // Cuts need no frames between them; the slider may move a little.
    m_timer.setInterval(reduced ? 100 : 16);
    Q_EMIT frameChanged(frame());
}

void StoryPlayer::setSpeed(double factor)
{
    advance();
    m_speed = std::clamp(factor, 0.1, 10.0);
}

void StoryPlayer::advance()
{
    if (!m_playing || m_story.isEmpty())
        return;
    const qint64 now = m_clock();
    const double passed = static_cast<double>(now - m_lastTick) / 1000.0 * m_speed;
    m_lastTick = now;
    moveTo(m_position + std::max(0.0, passed));
    if (m_position >= duration()) {
        m_timer.stop();
        if (m_complete)
            setPlaying(false);
    }
}

void StoryPlayer::setPlaying(bool playing)
{
    if (m_playing == playing)
        return;
    m_playing = playing;
    Q_EMIT playingChanged(playing);
}

void StoryPlayer::restartClock()
{
    m_lastTick = m_clock();
    if (m_playing && m_position < duration())
        m_timer.start();
    else
        m_timer.stop();
    // A story that is complete and at its end has nothing left to play.
    if (m_playing && m_complete && m_position >= duration())
        setPlaying(false);
}

void StoryPlayer::moveTo(double seconds)
{
    const double clamped = std::clamp(seconds, 0.0, duration());
    if (clamped == m_position)
        return;
    m_position = clamped;
    Q_EMIT frameChanged(frame());
}

} // namespace slotscope::ui
