// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/theme/theme.h"
#include "ui/topology/course.h"

#include <QPainter>

namespace slotscope::ui {

// The small shapes of a story, drawn around a point at a scale.

/// A laptop in `rect`, with `label` on its screen.
void paintLaptop(
    QPainter& painter, const QRectF& rect, qreal scale, const QString& label, const Theme& theme);
/// An envelope's outline; dashed for ASK.
void paintEnvelope(
    QPainter& painter, const QRectF& rect, qreal scale, const QColor& color, bool dashed);
/// A padlock; `closed` 0 (open) to 1.
void paintPadlock(QPainter& painter, const QPointF& centre, qreal size, qreal closed,
    const QColor& color, const QColor& ground);
/// A clock whose hand stands at `turn` of a full one.
void paintClock(QPainter& painter, const QPointF& centre, qreal size, qreal turn,
    const QColor& color, const QColor& ground);
/// A disc with a short text: the number of a step, or a question mark.
void paintBadge(QPainter& painter, const QPointF& centre, qreal size, const QString& text,
    const QColor& color, const QColor& ground, bool filled);
/// The head of an arrow at the end of `course`.
void paintArrowHead(QPainter& painter, const Course& course, qreal size, const QColor& color);

} // namespace slotscope::ui
