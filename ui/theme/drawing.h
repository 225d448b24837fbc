// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/theme/theme.h"

#include <QLineF>
#include <QList>
#include <QPainter>
#include <QRectF>

namespace slotscope::ui {

// What several painters share. All of it works on an SVG too, which knows no clipping and no brush
// patterns.

enum class Hatch { Rising, Falling, Crossed, Level };

/// Diagonal or level lines, `spacing` apart, cut to `rect`. The lines of neighbouring rects join.
QList<QLineF> hatchLines(const QRectF& rect, qreal spacing, Hatch hatch);

/// Slots nobody owns: a light red ground, red rising lines.
void paintUncovered(QPainter& painter, const Theme& theme, const QRectF& rect, qreal spacing = 5);
/// Slots whose owner is down: red rising lines over the owner's colour.
void paintDown(QPainter& painter, const Theme& theme, const QRectF& rect, qreal spacing = 5);
/// Slots that leave their owner (migrating), or move at all: falling lines over whatever colour is
/// there already, light and dark, so that they show on any.
void paintMoving(QPainter& painter, const Theme& theme, const QRectF& rect, qreal spacing = 5);
/// Slots that somebody takes in (importing): level lines of the same kind. Over paintMoving() both
/// show.
void paintImporting(QPainter& painter, const Theme& theme, const QRectF& rect, qreal spacing = 5);
/// Slots that views disagree on: crossed lines.
void paintDisputed(QPainter& painter, const Theme& theme, const QRectF& rect, qreal spacing = 5);

/// What is not looked at, or is stale.
QColor paleOf(const QColor& color, const Theme& theme);

/// `over` laid over `under` with the given opacity, as an opaque colour.
QColor blended(const QColor& over, const QColor& under, qreal opacity);

/// One line of text, vertically centred in `rect`, cut with an ellipsis.
void drawLine(QPainter& painter, const QRectF& rect, const QFont& font, const QColor& color,
    const QString& text, Qt::Alignment alignment = Qt::AlignLeft,
    Qt::TextElideMode elide = Qt::ElideRight);

/// What is wrong, as a shape: a filled triangle with an exclamation mark.
void paintWarningSign(
    QPainter& painter, const QPointF& centre, qreal size, const QColor& color, const QColor& mark);
/// A disc with a cross: down.
void paintDownSign(
    QPainter& painter, const QPointF& centre, qreal size, const QColor& color, const QColor& mark);
/// A disc with a tick: well.
void paintOkSign(
    QPainter& painter, const QPointF& centre, qreal size, const QColor& color, const QColor& mark);

} // namespace slotscope::ui
