// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/timeline/timelinegeometry.h"

#include <QAbstractSlider>

namespace slotscope::ui {

/// The line of time with what happened on it, and a handle. Shows what it is given; whoever hears
/// timeChosen() moves the window.
///
/// Left and Right go a hundredth of the line, or a second; Page Up and Page Down from event to
/// event; Home to the beginning; End and Escape to the end. A slider for screen readers, in
/// parts of the line; its description is the time.
class TimelineWidget final : public QAbstractSlider
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TimelineWidget)
public:
    explicit TimelineWidget(QWidget* parent = nullptr);

    /// What the line covers. The handle stays where it is in time; at the end it goes with it.
    void setSpan(const QDateTime& from, const QDateTime& to);
    /// Oldest first.
    void setMarks(const QList<TimelineMark>& marks);
    const QList<TimelineMark>& marks() const { return m_marks; }
    /// Nullopt: the end.
    void setTime(const std::optional<QDateTime>& time);
    const std::optional<QDateTime>& time() const { return m_time; }
    const TimelineGeometry& picture() const { return m_geometry; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// By the user; nullopt: the end.
    void timeChosen(const std::optional<QDateTime>& time);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void layOut();
    void tellValue();
    void choose(const std::optional<QDateTime>& time);
    void step(int count);
    QString tipAt(const QPointF& position) const;

    QDateTime m_from;
    QDateTime m_to;
    QList<TimelineMark> m_marks;
    std::optional<QDateTime> m_time;
    TimelineGeometry m_geometry;
    bool m_isTelling = false;
};

} // namespace slotscope::ui
