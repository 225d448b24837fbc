// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/theme/caveatstrip.h"

#include "ui/theme/drawing.h"
#include "ui/theme/plaintext.h"

#include <QPainter>

#include <algorithm>

namespace slotscope::ui {

void paintCaveat(QPainter& painter, const QRectF& rect, const QString& sentence, const Theme& theme)
{
    painter.fillRect(rect, blended(theme.warning, theme.window, 0.14));
    painter.setPen(blended(theme.warning, theme.window, 0.3));
    painter.drawLines(hatchLines(rect, 9, Hatch::Falling));
    const QFont font = textFont(12.5, QFont::DemiBold);
    const QRectF text = rect.adjusted(14, 0, -14, 0);
    const qreal width = std::min(textWidth(sentence, font) + 12, text.width());
    painter.fillRect(QRectF(text.left() - 6, text.top(), width, text.height()), theme.window);
    drawLine(painter, text, font, theme.text, sentence);
}

CaveatStrip::CaveatStrip(QWidget* parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    hide();
}

void CaveatStrip::setSentence(const QString& sentence)
{
    if (sentence == text())
        return;
    setText(sentence);
    setToolTip(plainToolTip(sentence));
    setVisible(!sentence.isEmpty());
}

QSize CaveatStrip::sizeHint() const
{
    return { 0, stripHeight };
}

QSize CaveatStrip::minimumSizeHint() const
{
    return sizeHint();
}

void CaveatStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintCaveat(painter, rect(), text(), Theme::of(palette()));
}

} // namespace slotscope::ui
