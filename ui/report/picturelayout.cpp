// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/picturelayout.h"

#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>

namespace slotscope::ui {

namespace {

constexpr qreal margin = 44;

// Whole words on the first line, the rest on the second.
QStringList twoLines(const QString& text, const QFont& font, qreal width)
{
    if (textWidth(text, font) <= width)
        return { text };
    qsizetype fits = 0;
    for (qsizetype space = text.indexOf(QLatin1Char(' ')); space >= 0;
         space = text.indexOf(QLatin1Char(' '), space + 1)) {
        if (textWidth(text.first(space), font) > width)
            break;
        fits = space;
    }
    if (fits == 0)
        return { elidedText(text, font, width) };
    return { text.first(fits), elidedText(text.sliced(fits + 1), font, width) };
}

} // namespace

PictureLayout PictureLayout::layout(const PictureInput& input)
{
    PictureLayout layout;
    const QRectF page = QRectF(0, 0, width, height).adjusted(margin, 34, -margin, -22);
    const cluster::TopologyData& data = input.topology.data();

    if (data.viewsAnswered < data.viewsAsked) {
        layout.badgeText = QCoreApplication::translate("Picture", "PARTIAL %1/%2")
                               .arg(data.viewsAnswered)
                               .arg(data.viewsAsked);
        const qreal badgeWidth = textWidth(layout.badgeText, textFont(30, QFont::Bold)) + 36;
        layout.badge = QRectF(page.right() - badgeWidth, page.top() + 4, badgeWidth, 50);
    }

    const QFont headlineFont = textFont(headlinePixels, QFont::Bold);
    constexpr qreal line = headlinePixels * 1.2;
    layout.sign = QRectF(page.left(), page.top() + (line - 42) / 2, 42, 42);
    const qreal left = layout.sign.right() + 18;
    const qreal right = layout.badge.isEmpty() ? page.right() : layout.badge.left() - 24;
    layout.headlineLines
        = twoLines(visibleText(input.headline.verdict), headlineFont, right - left);
    layout.headline = QRectF(
        left, page.top(), right - left, line * static_cast<qreal>(layout.headlineLines.size()));
    layout.evidence = QRectF(left, layout.headline.bottom() + 2, page.right() - left, 32);
    layout.evidenceText = visibleText(input.headline.evidence);

    layout.footer = QRectF(page.left(), page.bottom() - 26, page.width(), 26);
    layout.footerText = visibleText(input.footer);

    qreal top = layout.evidence.bottom() + 12;
    if (data.kind == cluster::Kind::Cluster && !data.nodes.isEmpty()) {
        layout.ribbon = QRectF(page.left(), top, page.width(), 84);
        top = layout.ribbon.bottom();
    }
    qreal bottom = layout.footer.top() - 18;
    if (input.frame.step >= 0 && input.frame.step < input.story.size()) {
        layout.caption = QRectF(page.left(), bottom - 44, page.width(), 44);
        layout.captionText = visibleText(input.story.at(input.frame.step).caption);
        bottom = layout.caption.top() - 14;
    }
    layout.picture = QRectF(QPointF(page.left(), top + 18), QPointF(page.right(), bottom));
    return layout;
}

} // namespace slotscope::ui
