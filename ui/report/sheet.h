// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/report/document.h"

#include <QPainter>
#include <QRectF>

namespace slotscope::ui {

/// A document laid out on pages, or on one page as high as it needs. A value; knows no pixels.
struct Sheet
{
    static constexpr qreal width = 1720;
    static constexpr qreal margin = 60;

    enum class Ink { Text, Muted, Accent };
    enum class Typeface { Title, Heading, Strong, Body, Small, Cell, CellHead, Raw };

    struct Text
    {
        QRectF rect;
        QString text;
        Typeface typeface = Typeface::Body;
        Ink ink = Ink::Text;
    };
    struct Picture
    {
        QRectF rect; ///< of the same shape as the figure
        int figure = -1; ///< index into figures
    };
    struct Rule
    {
        QLineF line;
    };
    struct Page
    {
        QList<Text> texts;
        QList<Picture> pictures;
        QList<Rule> rules;
        QList<QRectF> grounds; ///< of tables' heads and of what servers answered
    };

    qreal pageHeight = 0;
    QList<Page> pages; ///< at least one
    QList<Figure> figures;
    Theme theme;
    QString footer; ///< of every page, when there are several; the page's number follows

    /// Pages of `pageHeight`; 0: one page as high as it takes.
    static Sheet layout(const Document& document, qreal pageHeight);
};

QFont sheetFont(Sheet::Typeface typeface);

/// Page `number` from 0, on any device, without clipping. `isNumbered`: with the footer.
void paintSheet(QPainter& painter, const Sheet& sheet, int number, bool isNumbered);

} // namespace slotscope::ui
