// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/hexview.h"

#include "core/resp/replytext.h"
#include "ui/console/lineparts.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace slotscope::ui {

HexView::HexView(QWidget* parent)
    : LineView(parent)
{
    describeParts(this, std::make_unique<LineParts>(this));
    setAccessibleName(tr("Bytes of the reply"));
}

void HexView::setReply(const resp::Reply& reply)
{
    m_reply = reply;
    m_number = reply.type() == resp::Type::Integer ? QByteArray::number(reply.toInteger())
                                                   : QByteArray();
    m_bytes = m_number.isEmpty() ? m_reply.text() : QByteArrayView(m_number);
    linesChanged();
}

qsizetype HexView::lineCount() const
{
    return qMax<qsizetype>(1, (m_bytes.size() + 15) / 16);
}

QString HexView::lineText(qsizetype line) const
{
    if (m_reply.isAggregate())
        return tr("Choose an element in the tree to see its bytes.");
    if (m_bytes.isEmpty())
        return tr("No bytes.");
    return resp::hexLine(m_bytes, 16 * line);
}

void HexView::paintLine(QPainter& painter, qsizetype line, const QRect& rect) const
{
    painter.setPen(Theme::of(palette()).text);
    painter.drawText(rect, static_cast<int>(Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine),
        lineText(line));
}

} // namespace slotscope::ui
