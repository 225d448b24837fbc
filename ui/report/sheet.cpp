// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/sheet.h"

#include "ui/theme/drawing.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/textflow.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>

namespace slotscope::ui {

namespace {

using Typeface = Sheet::Typeface;
using Ink = Sheet::Ink;

constexpr qreal contentWidth = Sheet::width - 2 * Sheet::margin;
constexpr qreal footerHeight = 44;
constexpr qreal pad = 8; // in a cell
constexpr int mostLines = 40; // of a paragraph or a cell
constexpr qreal endless = 1e9;

qreal lineOf(Typeface typeface)
{
    switch (typeface) {
    case Typeface::Title:
        return 46;
    case Typeface::Heading:
        return 38;
    case Typeface::Strong:
    case Typeface::Body:
        return 28;
    case Typeface::Small:
        return 24;
    case Typeface::Cell:
    case Typeface::CellHead:
        return 23;
    case Typeface::Raw:
        break;
    }
    return 19;
}

class Flow
{
public:
    Flow(const Document& document, qreal pageHeight)
        : m_document(document)
        , m_bottom(pageHeight > 0 ? pageHeight - Sheet::margin - footerHeight : endless)
    {
        m_sheet.pageHeight = pageHeight;
        m_sheet.theme = document.theme;
        m_sheet.footer = document.title + QLatin1String("  -  ") + document.caption;
        m_sheet.pages.append(Sheet::Page());
    }

    Sheet flow()
    {
        paragraph(m_document.title, Typeface::Title, Ink::Text);
        paragraph(m_document.caption, Typeface::Small, Ink::Muted);
        m_y += 12;
        for (const Section& section : m_document.sections) {
            // A heading does not stand alone at the end of a page.
            const auto* figure = std::get_if<Figure>(&section.blocks.first());
            keep(lineOf(Typeface::Heading) + (figure ? heightOf(*figure) : 130));
            m_y += 14;
            paragraph(section.title, Typeface::Heading, Ink::Text);
            page().rules.append({ QLineF(Sheet::margin, m_y, Sheet::width - Sheet::margin, m_y) });
            m_y += 10;
            for (const Block& block : section.blocks)
                std::visit([this](const auto& content) { add(content); }, block);
        }
        if (m_sheet.pageHeight <= 0)
            m_sheet.pageHeight = m_y + Sheet::margin;
        return m_sheet;
    }

private:
    Sheet::Page& page() { return m_sheet.pages.last(); }

    void breakPage()
    {
        m_sheet.pages.append(Sheet::Page());
        m_y = Sheet::margin;
    }

    /// A new page unless there is room for so much.
    void keep(qreal height)
    {
        if (m_y + height > m_bottom && m_y > Sheet::margin)
            breakPage();
    }

    void paragraph(const QString& text, Typeface typeface, Ink ink)
    {
        const qreal line = lineOf(typeface);
        for (const QString& part :
            wrappedText(text, sheetFont(typeface), contentWidth, mostLines)) {
            keep(line);
            page().texts.append(
                { QRectF(Sheet::margin, m_y, contentWidth, line), part, typeface, ink });
            m_y += line;
        }
    }

    void add(const Paragraph& text)
    {
        if (text.isStrong)
            keep(160); // with what follows it
        paragraph(text.text, text.isStrong ? Typeface::Strong : Typeface::Body, Ink::Text);
        m_y += 6;
    }

    /// As wide as there is room, but no larger than it is, and on one page.
    QSizeF sizeOf(const Figure& figure) const
    {
        const qreal room = m_bottom < endless
            ? m_bottom - Sheet::margin - lineOf(Typeface::Small) - lineOf(Typeface::Heading) - 30
            : endless;
        const qreal scale
            = std::min({ 1.0, contentWidth / figure.size.width(), room / figure.size.height() });
        return figure.size * scale;
    }
    qreal heightOf(const Figure& figure) const
    {
        return sizeOf(figure).height() + lineOf(Typeface::Small) + 20;
    }

    void add(const Figure& figure)
    {
        const QSizeF size = sizeOf(figure);
        keep(heightOf(figure));
        page().pictures.append({ QRectF(QPointF(Sheet::margin, m_y), size),
            static_cast<int>(m_sheet.figures.size()) });
        m_sheet.figures.append(figure);
        m_y += size.height() + 4;
        paragraph(figure.caption, Typeface::Small, Ink::Muted);
        m_y += 16;
    }

    /// What a column would like, and then what it gets: wide ones give way.
    static QList<qreal> columnWidths(const Table& table)
    {
        const QFont font = sheetFont(Typeface::Cell);
        const QFont headFont = sheetFont(Typeface::CellHead);
        const qsizetype columns
            = table.head.isEmpty() ? table.rows.first().size() : table.head.size();
        QList<qreal> widths(columns, 0);
        for (qsizetype i = 0; i < columns; ++i) {
            if (!table.head.isEmpty())
                widths[i] = textWidth(table.head.at(i), headFont) + 2 * pad;
            constexpr qsizetype looked = 200; // the rest is like these
            const bool isBold = table.head.isEmpty() && i == 0;
            for (const QStringList& row : table.rows.mid(0, looked)) {
                const qreal width = textWidth(row.value(i), isBold ? headFont : font);
                widths[i] = std::max(widths.at(i), width + 2 * pad + 2);
            }
        }
        qreal sum = std::accumulate(widths.begin(), widths.end(), 0.0);
        qreal fair = contentWidth / static_cast<qreal>(columns);
        // Those below their fair share keep what they need; the others share the rest.
        for (int round = 0; round < 4 && sum > contentWidth; ++round) {
            qreal small = 0;
            qreal large = 0;
            qsizetype largeCount = 0;
            for (const qreal width : widths) {
                if (width <= fair) {
                    small += width;
                } else {
                    large += width;
                    ++largeCount;
                }
            }
            if (largeCount == 0)
                break;
            const qreal room = contentWidth - small;
            const qreal least = room / static_cast<qreal>(largeCount) * 0.5;
            for (qreal& width : widths) {
                if (width > fair)
                    width = std::max(least, width * room / large);
            }
            sum = std::accumulate(widths.begin(), widths.end(), 0.0);
            fair = std::max(fair, least);
        }
        if (sum > contentWidth) {
            for (qreal& width : widths)
                width *= contentWidth / sum;
        }
        return widths;
    }

    void tableRow(const QStringList& cells, const QList<qreal>& widths, bool isHead, bool isFacts)
    {
        QList<QStringList> wrapped;
        qsizetype lines = 1;
        for (qsizetype i = 0; i < widths.size(); ++i) {
            const bool isBold = isHead || (isFacts && i == 0);
            wrapped.append(
                wrappedText(cells.value(i), sheetFont(isBold ? Typeface::CellHead : Typeface::Cell),
                    widths.at(i) - 2 * pad, mostLines));
            lines = std::max(lines, wrapped.last().size());
        }
        const qreal line = lineOf(Typeface::Cell);
        const qreal height = static_cast<qreal>(lines) * line + 8;
        const qreal total = std::accumulate(widths.begin(), widths.end(), 0.0);
        if (isHead)
            page().grounds.append(QRectF(Sheet::margin, m_y, total, height));
        qreal x = Sheet::margin;
        for (qsizetype i = 0; i < widths.size(); ++i) {
            qreal y = m_y + 4;
            const bool isBold = isHead || (isFacts && i == 0);
            for (const QString& text : wrapped.at(i)) {
                page().texts.append({ QRectF(x + pad, y, widths.at(i) - 2 * pad, line), text,
                    isBold ? Typeface::CellHead : Typeface::Cell, Ink::Text });
                y += line;
            }
            x += widths.at(i);
        }
        m_y += height;
        page().rules.append({ QLineF(Sheet::margin, m_y, Sheet::margin + total, m_y) });
    }

    qreal rowHeight(const QStringList& cells, const QList<qreal>& widths) const
    {
        qsizetype lines = 1;
        for (qsizetype i = 0; i < widths.size(); ++i)
            lines = std::max(lines,
                wrappedText(
                    cells.value(i), sheetFont(Typeface::Cell), widths.at(i) - 2 * pad, mostLines)
                    .size());
        return static_cast<qreal>(lines) * lineOf(Typeface::Cell) + 8;
    }

    void add(const Table& table)
    {
        if (table.rows.isEmpty())
            return;
        const QList<qreal> widths = columnWidths(table);
        const bool isFacts = table.head.isEmpty();
        keep(lineOf(Typeface::Cell) * 3);
        if (!isFacts)
            tableRow(table.head, widths, true, false);
        for (const QStringList& row : table.rows) {
            if (m_bottom < endless && m_y + rowHeight(row, widths) > m_bottom
                && m_y > Sheet::margin) {
                breakPage();
                if (!isFacts)
                    tableRow(table.head, widths, true, false);
            }
            tableRow(row, widths, false, isFacts);
        }
        m_y += 16;
    }

    void add(const RawText& raw)
    {
        keep(lineOf(Typeface::Strong) + 4 * lineOf(Typeface::Raw));
        paragraph(raw.title, Typeface::CellHead, Ink::Text);
        const qreal line = lineOf(Typeface::Raw);
        const QFont font = sheetFont(Typeface::Raw);
        for (const QString& text : raw.lines) {
            for (const QString& part : wrappedText(text, font, contentWidth, 400)) {
                keep(line);
                page().texts.append({ QRectF(Sheet::margin, m_y, contentWidth, line), part,
                    Typeface::Raw, Ink::Text });
                m_y += line;
            }
        }
        m_y += 14;
    }

    const Document& m_document;
    const qreal m_bottom;
    qreal m_y = Sheet::margin;
    Sheet m_sheet;
};

QColor inkOf(Ink ink, const Theme& theme)
{
    switch (ink) {
    case Ink::Muted:
        return theme.mutedText;
    case Ink::Accent:
        return theme.accent;
    case Ink::Text:
        break;
    }
    return theme.text;
}

} // namespace

QFont sheetFont(Typeface typeface)
{
    switch (typeface) {
    case Typeface::Title:
        return textFont(36, QFont::Bold);
    case Typeface::Heading:
        return textFont(27, QFont::Bold);
    case Typeface::Strong:
        return textFont(20, QFont::Bold);
    case Typeface::Body:
        return textFont(20);
    case Typeface::Small:
        return textFont(17);
    case Typeface::Cell:
        return textFont(16);
    case Typeface::CellHead:
        return textFont(16, QFont::DemiBold);
    case Typeface::Raw:
        break;
    }
    return fixedFont(14);
}

Sheet Sheet::layout(const Document& document, qreal pageHeight)
{
    return Flow(document, pageHeight).flow();
}

void paintSheet(QPainter& painter, const Sheet& sheet, int number, bool isNumbered)
{
    const Theme& theme = sheet.theme;
    const Sheet::Page& page = sheet.pages.at(number);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::TextAntialiasing);
    painter.fillRect(
        QRectF(0, 0, Sheet::width, sheet.pageHeight), theme.dark ? theme.window : theme.surface);
    for (const QRectF& rect : page.grounds)
        painter.fillRect(rect, theme.sunken);
    painter.setPen(QPen(theme.border, 1));
    for (const Sheet::Rule& rule : page.rules)
        painter.drawLine(rule.line);
    for (const Sheet::Picture& picture : page.pictures) {
        const Figure& figure = sheet.figures.at(picture.figure);
        painter.fillRect(picture.rect, theme.window);
        painter.save();
        painter.translate(picture.rect.topLeft());
        const qreal scale = picture.rect.width() / figure.size.width();
        painter.scale(scale, scale);
        figure.paint(painter);
        painter.restore();
        painter.setPen(QPen(theme.border, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(picture.rect);
    }
    for (const Sheet::Text& text : page.texts)
        drawLine(painter, text.rect, sheetFont(text.typeface), inkOf(text.ink, theme), text.text);
    if (!isNumbered)
        return;
    const QRectF footer(Sheet::margin, sheet.pageHeight - Sheet::margin - footerHeight / 2,
        contentWidth, footerHeight);
    const QString count = QCoreApplication::translate("ReportTexts", "page %1 of %2")
                              .arg(number + 1)
                              .arg(sheet.pages.size());
    const qreal countWidth = textWidth(count, textFont(16)) + 24;
    drawLine(painter, footer.adjusted(0, 0, -countWidth, 0), textFont(16), theme.mutedText,
        sheet.footer);
    drawLine(painter, footer, textFont(16), theme.mutedText, count, Qt::AlignRight);
}

} // namespace slotscope::ui
