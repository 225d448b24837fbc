// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/lineparts.h"

#include "ui/console/lineview.h"

#include <algorithm>

namespace slotscope::ui {

int LineParts::count() const
{
    return static_cast<int>(std::clamp<qsizetype>(
        m_view->lineCount() - m_view->firstLineInSight(), 0, m_view->linesInSight()));
}

AccessiblePart LineParts::part(PartIndex index) const
{
    const qsizetype line = m_view->firstLineInSight() + index.part;
    const QString name = LineView::tr("%1 (%2 of %3)")
                             .arg(m_view->lineText(line), QString::number(line + 1),
                                 QString::number(m_view->lineCount()));
    const std::optional<bool> isOpen = m_view->isOpen(line);
    const QString action = !isOpen ? LineView::tr("Go to this line")
        : *isOpen                  ? LineView::tr("Fold")
                                   : LineView::tr("Unfold");
    return { name, QAccessible::ListItem, line == m_view->currentLine(), action, isOpen };
}

QRectF LineParts::place(PartIndex index) const
{
    return m_view->lineRect(m_view->firstLineInSight() + index.part);
}

PartIndex LineParts::current() const
{
    const qsizetype part = m_view->currentLine() - m_view->firstLineInSight();
    return {
        m_view->currentLine() >= 0 && part >= 0 && part < count() ? static_cast<int>(part) : -1, -1
    };
}

void LineParts::press(PartIndex index)
{
    m_view->press(m_view->firstLineInSight() + index.part);
}

} // namespace slotscope::ui
