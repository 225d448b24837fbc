// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/comparisonpainter.h"

#include "ui/slotmap/ribbonpainter.h"
#include "ui/theme/drawing.h"

namespace slotscope::ui {

namespace {

constexpr qreal hatchSpacing = 6;
constexpr qreal stripShare = 0.26; ///< of the bar's height, above and below its label

void paintSide(QPainter& painter, const ComparisonGeometry::Side& side,
    const cluster::Topology& topology, const QString& caption, const Theme& theme)
{
    drawLine(painter, side.caption, textFont(12), theme.text, caption);
    paintRibbon(painter, side.ribbon, topology, {}, theme);
    for (const QRectF& rect : side.changed) {
        // Between the two strips the label stays readable.
        const qreal strip = rect.height() * stripShare;
        paintMoving(painter, theme, rect.adjusted(0, 0, 0, strip - rect.height()), hatchSpacing);
        paintMoving(painter, theme, rect.adjusted(0, rect.height() - strip, 0, 0), hatchSpacing);
    }
    painter.setBrush(Qt::NoBrush);
    for (const QRectF& rect : side.chosen) {
        // Seen on every colour, in both themes.
        painter.setPen(QPen(theme.surface, 4));
        painter.drawRect(rect.adjusted(-2, -2, 2, 2));
        painter.setPen(QPen(theme.accent, 2));
        painter.drawRect(rect.adjusted(-2, -2, 2, 2));
    }
}

} // namespace

void paintComparison(QPainter& painter, const ComparisonGeometry& geometry,
    const cluster::Topology& before, const cluster::Topology& after, const ComparisonTexts& texts,
    const Theme& theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    paintSide(painter, geometry.before, before, texts.before, theme);
    paintSide(painter, geometry.after, after, texts.after, theme);
    QRectF legend = geometry.legend;
    if (!geometry.before.changed.isEmpty()) {
        painter.fillRect(geometry.swatch, theme.mutedText);
        paintMoving(painter, theme, geometry.swatch, hatchSpacing);
        legend.setLeft(geometry.swatch.right() + 8);
    }
    drawLine(painter, legend, textFont(12), theme.mutedText, texts.legend);
    painter.restore();
}

} // namespace slotscope::ui
