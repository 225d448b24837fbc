// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/clusterpage/storydesk.h"

#include "ui/topology/topologyview.h"
#include "ui/trace/playerbar.h"
#include "ui/trace/storyplayer.h"
#include "ui/trace/tracepanel.h"

#include <QKeyEvent>

#include <utility>

namespace slotscope::ui {

StoryDesk::StoryDesk(QObject* parent)
    : QObject(parent)
    , m_player(new StoryPlayer({}, this))
{ }

void StoryDesk::setParts(const Parts& parts)
{
    m_parts = parts;
    m_parts.bar->hide();
    m_parts.traceFrame->hide();
    connect(m_player, &StoryPlayer::storyChanged, this, &StoryDesk::onStoryChanged);
    connect(m_player, &StoryPlayer::frameChanged, this, &StoryDesk::onFrameChanged);
    connect(m_parts.trace, &TracePanel::hopClicked, this, &StoryDesk::onHopClicked);
    connect(m_parts.trace, &TracePanel::stepClicked, m_player, &StoryPlayer::seekStep);
}

void StoryDesk::showTrace(quint64 ticket, const command::Trace& trace, bool replay)
{
    if (m_aside && !replay && ticket == m_aside->ticket) {
        m_aside->trace = trace;
        return;
    }
    m_trace = trace;
    m_fanOut.reset();
    m_parts.trace->setTrace(trace);
    show(ticket, command::tellStory(trace), trace.isComplete(), replay);
}

void StoryDesk::showFanOut(quint64 ticket, const command::FanOut& fanOut, bool replay)
{
    if (m_aside && !replay && ticket == m_aside->ticket) {
        m_aside->fanOut = fanOut;
        return;
    }
    QList<command::Trace> traces;
    for (const command::FanOutRow& row : fanOut.rows)
        traces.append(row.trace);
    const command::Storyboard story = command::tellStory(traces);
    if (story.isEmpty())
        return; // refused, or nobody's turn has come
    m_trace.reset();
    m_fanOut = fanOut;
    m_parts.trace->setTraces(traces);
    show(ticket, story, fanOut.isComplete(), replay);
}

void StoryDesk::show(quint64 ticket, const command::Storyboard& story, bool complete, bool replay)
{
    m_parts.traceFrame->show();
    if (replay || ticket != m_ticket) {
        m_ticket = ticket;
        m_player->setStory(story, complete, true);
        return;
    }
    const bool wasEmpty = m_player->isEmpty();
    m_player->growStory(story, complete);
    if (wasEmpty)
        m_player->play();
}

void StoryDesk::setRedirectNotes(const RedirectNotes& notes)
{
    m_liveNotes = notes;
    if (!m_hasPastNotes)
        showNotes(notes);
}

void StoryDesk::showPastNotes(const RedirectNotes& notes)
{
    m_hasPastNotes = true;
    showNotes(notes);
}

void StoryDesk::showLiveNotes()
{
    if (std::exchange(m_hasPastNotes, false))
        showNotes(m_liveNotes);
}

void StoryDesk::showNotes(const RedirectNotes& notes)
{
    m_parts.view->setRedirectNotes(notes);
    m_parts.trace->setRedirectNotes(notes);
}

void StoryDesk::putAside()
{
    if (!m_aside && !m_player->isEmpty()) {
        m_aside
            = Aside { m_ticket, m_trace, m_fanOut, m_player->position(), m_player->isPlaying() };
    }
    empty();
}

void StoryDesk::takeUp()
{
    const std::optional<Aside> aside = std::exchange(m_aside, std::nullopt);
    if (!aside || !m_player->isEmpty())
        return;
    if (aside->trace)
        showTrace(aside->ticket, *aside->trace, true);
    else if (aside->fanOut)
        showFanOut(aside->ticket, *aside->fanOut, true);
    m_player->seek(aside->position);
    if (aside->isPlaying)
        m_player->play();
}

void StoryDesk::clear()
{
    m_aside.reset();
    empty();
}

void StoryDesk::empty()
{
    m_ticket = 0;
    m_trace.reset();
    m_fanOut.reset();
    m_player->setStory({}, true, false);
    m_parts.traceFrame->hide();
}

void StoryDesk::onStoryChanged()
{
    m_parts.view->setStory(m_player->story());
    m_parts.trace->setStory(m_player->story());
    m_parts.bar->setVisible(!m_player->isEmpty());
}

void StoryDesk::onFrameChanged()
{
    const command::StoryFrame frame = m_player->frame();
    m_parts.view->setFrame(frame);
    m_parts.trace->setFrame(frame);
}

void StoryDesk::onHopClicked(int hop)
{
    const command::Storyboard& story = m_player->story();
    for (int i = 0; i < story.size(); ++i) {
        if (story.at(i).hop == hop) {
            m_player->seekStep(i);
            return;
        }
    }
}

bool StoryDesk::handleKey(const QKeyEvent* event)
{
    if (event->modifiers() != Qt::NoModifier || m_player->isEmpty())
        return false;
    switch (event->key()) {
    case Qt::Key_Space:
        m_player->toggle();
        return true;
    case Qt::Key_Period:
        m_player->stepForward();
        return true;
    case Qt::Key_Comma:
        m_player->stepBack();
        return true;
    default:
        return false;
    }
}

} // namespace slotscope::ui
