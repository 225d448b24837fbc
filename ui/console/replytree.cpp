// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/replytree.h"

#include "core/resp/replytext.h"
#include "ui/console/lineparts.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace slotscope::ui {
using namespace Qt::StringLiterals;
using resp::ReplyRows;
using resp::Type;

namespace {

constexpr int step = 18;
constexpr int foldWidth = 14;

/// "12)" as redis-cli numbers an array, "12~" a set, "12#" a map.
QString numberText(const ReplyRows::Row& row)
{
    if (row.parent == Type::Null)
        return {};
    const QChar mark = row.parent == Type::Set ? u'~' : row.parent == Type::Map ? u'#' : u')';
    return QString::number(row.number + 1) + mark;
}

QColor colorOf(const resp::Reply& value, const Theme& theme)
{
    switch (value.type()) {
    case Type::Error:
        return theme.danger;
    case Type::Null:
        return theme.mutedText;
    default:
        return value.isAggregate() ? theme.mutedText : theme.text;
    }
}

} // namespace

ReplyTree::ReplyTree(QWidget* parent)
    : LineView(parent)
{
    describeParts(this, std::make_unique<LineParts>(this));
    setAccessibleName(tr("Reply"));
}

void ReplyTree::setReply(const resp::Reply& reply)
{
    m_rows = ReplyRows(reply);
    m_found = -1;
    linesChanged();
}

resp::Reply ReplyTree::currentValue() const
{
    return currentLine() < 0 ? m_rows.reply() : m_rows.at(currentLine()).value;
}

bool ReplyTree::find(const QString& text, bool forward)
{
    const qint64 found = m_rows.find(text.toUtf8(), m_found, forward);
    if (found < 0)
        return false;
    m_found = found;
    m_rows.reveal(static_cast<quint32>(found));
    linesChanged();
    setCurrentLine(m_rows.rowOf(static_cast<quint32>(found)));
    return true;
}

QString ReplyTree::lineText(qsizetype line) const
{
    const ReplyRows::Row row = m_rows.at(line);
    QString text = numberText(row);
    if (!text.isEmpty())
        text += u' ';
    if (row.key)
        text += resp::summaryLine(*row.key) + u" => "_s;
    return text + resp::summaryLine(row.value);
}

std::optional<bool> ReplyTree::isOpen(qsizetype line) const
{
    const ReplyRows::Row row = m_rows.at(line);
    return row.value.size() > 0 ? std::optional(row.isOpen) : std::nullopt;
}

int ReplyTree::indentOf(const ReplyRows::Row& row) const
{
    return row.depth * step;
}

void ReplyTree::paintLine(QPainter& painter, qsizetype line, const QRect& rect) const
{
    const Theme theme = Theme::of(palette());
    const ReplyRows::Row row = m_rows.at(line);
    int x = rect.left() + indentOf(row);
    if (row.value.size() > 0) {
        // A triangle: to the right it is closed, downwards it is open.
        const QPointF centre(x + foldWidth / 2 - 2, rect.center().y() + 0.5);
        QPainterPath path;
        if (row.isOpen)
            path.addPolygon(QPolygonF {
                centre + QPointF(-4, -2), centre + QPointF(4, -2), centre + QPointF(0, 3) });
        else
            path.addPolygon(QPolygonF {
                centre + QPointF(-2, -4), centre + QPointF(3, 0), centre + QPointF(-2, 4) });
        painter.setRenderHint(QPainter::Antialiasing);
        painter.fillPath(path, theme.mutedText);
    }
    x += foldWidth;
    const auto draw = [&](const QString& text, const QColor& color) {
        const int room = rect.right() - x;
        if (room <= 0 || text.isEmpty())
            return;
        painter.setPen(color);
        const QString shown = elidedText(text, font(), room);
        painter.drawText(QRect(x, rect.top(), room, rect.height()),
            static_cast<int>(Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine), shown);
        x += fontMetrics().horizontalAdvance(shown);
    };
    const QString number = numberText(row);
    if (!number.isEmpty())
        draw(number + u' ', theme.mutedText);
    if (row.key) {
        draw(resp::summaryLine(*row.key, 200), theme.text);
        draw(u" => "_s, theme.mutedText);
    }
    draw(resp::summaryLine(row.value), colorOf(row.value, theme));
}

void ReplyTree::activate(qsizetype line, int x)
{
    const ReplyRows::Row row = m_rows.at(line);
    m_found = row.node;
    const int left = indentOf(row) + 4;
    if (x < 0 || (x >= left && x <= left + foldWidth + 6))
        toggle(line);
}

void ReplyTree::fold(qsizetype line, bool open)
{
    if (isOpen(line).value_or(open) != open)
        toggle(line);
}

void ReplyTree::toggle(qsizetype line)
{
    if (!m_rows.toggle(line))
        return;
    linesChanged();
    tellCurrentPart(this);
}

} // namespace slotscope::ui
