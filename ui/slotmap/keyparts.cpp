// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/slotmap/keyparts.h"

#include "ui/slotmap/keylistview.h"

#include <algorithm>

namespace slotscope::ui {

int KeyParts::count() const
{
    const qsizetype below = m_view->rows().size() - m_view->firstRowOnScreen();
    return static_cast<int>(std::clamp<qsizetype>(below, 0, m_view->rowsOnScreen()));
}

AccessiblePart KeyParts::part(PartIndex index) const
{
    const qsizetype row = m_view->firstRowOnScreen() + index.part;
    return { KeyListView::tr("%1 (%2 of %3)")
                 .arg(m_view->rowText(row), QString::number(row + 1),
                     QString::number(m_view->rows().size())),
        QAccessible::ListItem, m_view->isSelected(row), KeyListView::tr("Select this key") };
}

QRectF KeyParts::place(PartIndex index) const
{
    return m_view->rowRect(m_view->firstRowOnScreen() + index.part);
}

PartIndex KeyParts::current() const
{
    const qsizetype part = m_view->currentRow() - m_view->firstRowOnScreen();
    return { m_view->currentRow() >= 0 && part >= 0 && part < count() ? static_cast<int>(part) : -1,
        -1 };
}

void KeyParts::press(PartIndex index)
{
    m_view->setCurrentRow(m_view->firstRowOnScreen() + index.part);
}

} // namespace slotscope::ui
