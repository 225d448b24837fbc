// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/topology/storynotes.h"

#include "core/explain/redirects.h"
#include "ui/theme/drawing.h"
#include "ui/theme/plaintext.h"

#include <algorithm>

namespace slotscope::ui {

namespace {

constexpr qreal below = 12; ///< what a note may take of the margin below the picture

QFont noteFont(qreal scale)
{
    return textFont(11 * scale, QFont::DemiBold);
}

} // namespace

QList<CardNote> cardNotes(const TopologyGeometry& geometry, const RedirectNotes& notes)
{
    QList<CardNote> result;
    if (notes.isEmpty())
        return result;
    for (const Card& card : geometry.cards) {
        if (card.detail == Detail::Dot)
            continue;
        RedirectNote sum;
        for (const NodeBox& box : card.nodes) {
            for (const RedirectNote& note : notes) {
                if (note.isAbout(box.id, box.address))
                    sum += note;
            }
        }
        QString text = sum.text();
        if (text.isEmpty())
            continue;
        CardNote note;
        note.card = static_cast<int>(&card - geometry.cards.constData());
        note.scale = std::clamp(card.scale, 0.7, 1.2);
        note.live = sum.isLive();
        const qreal room = card.rect.width() - 8;
        const QString whole = explain::seenBySlotscope(text);
        const qreal full = note.scale;
        const auto fits = [&](const QString& words) {
            for (const qreal smaller : { 1.0, 0.9, 0.8 }) {
                note.scale = full * smaller;
                if (textWidth(words, noteFont(note.scale)) + 18 * note.scale <= room)
                    return true;
            }
            return false;
        };
        // Whose counts they are is said, in smaller letters if need be; on a tile it cannot be.
        if (fits(whole))
            text = whole;
        else
            fits(text);
        const qreal padding = 18 * note.scale;
        note.text = text;
        const qreal width = std::min(room, textWidth(text, noteFont(note.scale)) + padding);
        const qreal height = 18 * note.scale;
        // Below the last row there is only the margin of the picture.
        const qreal top
            = std::min(card.rect.bottom() - height / 4, geometry.bounds.bottom() + below - height);
        note.rect = QRectF(card.rect.center().x() - width / 2, top, width, height);
        result.append(note);
    }
    return result;
}

void paintCardNotes(QPainter& painter, const QList<CardNote>& notes, const Theme& theme)
{
    if (notes.isEmpty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const CardNote& note : notes) {
        painter.setPen(QPen(note.live ? theme.accent : theme.border, note.live ? 1.6 : 1));
        painter.setBrush(theme.surface);
        painter.drawRoundedRect(note.rect, note.rect.height() / 2, note.rect.height() / 2);
        drawLine(painter, note.rect.adjusted(7 * note.scale, 0, -7 * note.scale, 0),
            noteFont(note.scale), note.live ? theme.text : theme.mutedText, note.text,
            Qt::AlignHCenter);
    }
    painter.restore();
}

} // namespace slotscope::ui
