// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/fanout.h"
#include "core/command/storyboard.h"
#include "ui/theme/redirectnote.h"

#include <QObject>

#include <optional>

class QKeyEvent;

namespace slotscope::ui {

class PlayerBar;
class StoryPlayer;
class TopologyView;
class TracePanel;

/// Shows one story at a time, in picture, player and sequence alike, and keeps the three together:
/// what the player shows is marked in the sequence, and a click there moves the player. Owns the
/// player; the widgets belong to the page and must outlive it.
class StoryDesk final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StoryDesk)
public:
    struct Parts
    {
        TopologyView* view = nullptr;
        PlayerBar* bar = nullptr; ///< hidden while there is no story
        TracePanel* trace = nullptr;
        QWidget* traceFrame = nullptr; ///< likewise
    };

    /// The player exists at once, for the bar; setParts() follows.
    explicit StoryDesk(QObject* parent = nullptr);
    void setParts(const Parts& parts);

    StoryPlayer* player() const { return m_player; }

    /// Another story plays from its start; a longer prefix of the one that is shown goes on where
    /// it stands, unless `replay`. Tickets tell them apart, those of runs and fan-outs too.
    void showTrace(quint64 ticket, const command::Trace& trace, bool replay);
    void showFanOut(quint64 ticket, const command::FanOut& fanOut, bool replay);
    /// What each node has answered, beside it in picture and sequence.
    void setRedirectNotes(const RedirectNotes& notes);
    /// What they had answered at another time, until showLiveNotes(); those of now are kept.
    void showPastNotes(const RedirectNotes& notes);
    void showLiveNotes();
    void clear();
    /// Shows nothing until takeUp(), which goes on where it was: another time is shown in between,
    /// and it was not then. What comes of the run meanwhile is kept for that.
    void putAside();
    /// Nothing happens when there is something else to be seen by now.
    void takeUp();

    /// What is shown, unless it is a fan-out or nothing.
    const std::optional<command::Trace>& trace() const { return m_trace; }

    /// Space, period and comma, where nobody takes text. False when it is none of them.
    bool handleKey(const QKeyEvent* event);

private:
    /// One story and where its player stood.
    struct Aside
    {
        quint64 ticket = 0;
        std::optional<command::Trace> trace;
        std::optional<command::FanOut> fanOut;
        double position = 0;
        bool isPlaying = false;
    };

    void empty();
    void showNotes(const RedirectNotes& notes);
    void show(quint64 ticket, const command::Storyboard& story, bool complete, bool replay);
    void onStoryChanged();
    void onFrameChanged();
    void onHopClicked(int hop);

    Parts m_parts;
    StoryPlayer* m_player = nullptr;
    quint64 m_ticket = 0;
    RedirectNotes m_liveNotes;
    bool m_hasPastNotes = false;
    std::optional<command::Trace> m_trace;
    std::optional<command::FanOut> m_fanOut;
    std::optional<Aside> m_aside;
};

} // namespace slotscope::ui
