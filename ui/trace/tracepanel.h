// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/storyboard.h"
#include "ui/theme/redirectnote.h"

#include <QWidget>

class QPlainTextEdit;
class QTabWidget;
class QTableView;

namespace slotscope::ui {

class HopModel;
class SequenceWidget;

/// The chosen trace, or traces that play together: as a sequence diagram that follows the player,
/// a table of hops, and text to copy.
class TracePanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TracePanel)
public:
    explicit TracePanel(QWidget* parent = nullptr);

    /// The story of the traces, for the sequence.
    void setStory(const command::Storyboard& story);
    void setFrame(const command::StoryFrame& frame);
    void setRedirectNotes(const RedirectNotes& notes);
    void setTrace(const command::Trace& trace);
    /// Of several traces there is no table of hops, only text.
    void setTraces(const QList<command::Trace>& traces);

Q_SIGNALS:
    /// The user clicked a hop: the player should show it.
    void hopClicked(int hop);
    /// The user clicked a message of the sequence.
    void stepClicked(int step);

protected:
    void changeEvent(QEvent* event) override;

private:
    void copy();

    command::Storyboard m_story;
    SequenceWidget* m_sequence = nullptr;
    QTabWidget* m_tabs = nullptr;
    HopModel* m_model = nullptr;
    QTableView* m_table = nullptr;
    QPlainTextEdit* m_raw = nullptr;
};

} // namespace slotscope::ui
