// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QDateTime>
#include <QList>
#include <QRectF>
#include <QString>

namespace slotscope::ui {

/// Something that happened, as a sign on the line.
struct TimelineMark
{
    /// What counts when there is room for one only: the last of these.
    enum class Kind { Plain, Note, Notice, Bad };

    QDateTime at; ///< UTC
    Kind kind = Kind::Plain;
    QString text; ///< plain
    QDateTime until; ///< valid: from `at` until then nobody knows what happened
};

/// Where everything on the line of time stands. A value; nothing here knows of pixels or colours.
struct TimelineGeometry
{
    /// Marks that are closer than signWidth are one sign.
    struct Sign
    {
        qreal x = 0;
        TimelineMark::Kind kind = TimelineMark::Kind::Plain;
        qsizetype first = 0; ///< of the marks
        qsizetype last = 0;
    };
    /// Of a time in which nobody watched; they may overlap.
    struct Gap
    {
        qreal left = 0;
        qreal right = 0;
        qsizetype mark = 0;
    };
    struct ScaleText
    {
        QRectF rect;
        QString text; ///< "14:02Z"
        qreal x = 0;
    };

    static constexpr qreal signWidth = 7;

    QRectF bounds;
    qreal left = 0; ///< of the line
    qreal right = 0;
    qreal line = 0; ///< its y
    QDateTime from;
    QDateTime to;
    QList<Sign> signs; ///< by time
    QList<Gap> gaps; ///< by time; those that began before the line too
    QList<ScaleText> scaleTexts; ///< below the line, where they fit

    /// `marks` oldest first; those outside of the span are left out.
    static TimelineGeometry layout(const QDateTime& from, const QDateTime& to,
        const QList<TimelineMark>& marks, const QRectF& bounds);

    bool isEmpty() const { return !(from < to) || right <= left; }
    qreal xOf(const QDateTime& time) const; ///< within the line
    QDateTime timeAt(qreal x) const; ///< within the span
    /// The sign there; nullopt beside all of them.
    std::optional<Sign> signAt(const QPointF& position) const;
    /// Likewise of a gap.
    const Gap* gapAt(qreal x) const;
};

/// The mark before or after a time, for Page Up and Page Down; nullopt when there is none.
std::optional<QDateTime> markBefore(const QList<TimelineMark>& marks, const QDateTime& time);
std::optional<QDateTime> markAfter(const QList<TimelineMark>& marks, const QDateTime& time);
/// The mark of the gap in which `time` is; null where somebody watched.
const TimelineMark* gapAt(const QList<TimelineMark>& marks, const QDateTime& time);

} // namespace slotscope::ui
