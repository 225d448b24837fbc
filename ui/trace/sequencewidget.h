// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/trace/sequencegeometry.h"

#include <QAbstractScrollArea>

namespace slotscope::ui {

/// The story as a sequence diagram: this computer and the nodes as lifelines. Marks the step that
/// the player shows and keeps it in sight; a click, or Up and Down, wishes for another one. Scrolls
/// both ways; the heads stay. Ctrl+C copies it as text.
class SequenceWidget final : public QAbstractScrollArea
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SequenceWidget)
public:
    explicit SequenceWidget(QWidget* parent = nullptr);

    void setStory(const command::Storyboard& story);
    void setFrame(const command::StoryFrame& frame);
    /// What the nodes have answered, in the heads of their lifelines.
    void setRedirectNotes(const RedirectNotes& notes);
    const SequenceGeometry& geometryOfStory() const { return m_geometry; }
    const command::Storyboard& story() const { return m_story; }
    const command::StoryFrame& frame() const { return m_frame; }
    /// Of a place in geometryOfStory(), in the widget's coordinates; heads do not scroll down.
    QRectF placeOnScreen(const QRectF& place, bool isHead) const;
    QString text() const { return sequenceText(m_story); }
    void copy() const;

    QSize sizeHint() const override;

Q_SIGNALS:
    /// The user chose a message: the player should show this step.
    void stepClicked(int step);

protected:
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    QPointF offset() const;
    void layoutStory();
    void updateBars();
    void showRow(int row);
    QString toolTipAt(QPointF position) const;

    command::Storyboard m_story;
    command::StoryFrame m_frame;
    RedirectNotes m_notes;
    SequenceGeometry m_geometry;
};

} // namespace slotscope::ui
