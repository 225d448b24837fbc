// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/marktable.h"

#include "ui/theme/widgets.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QTableWidget>

#include <algorithm>
#include <cmath>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

enum Column { Text, Across, Down, ColumnCount };

constexpr int longestText = 200;
constexpr int mostMarks = 30;
/// How near to a mark is at it, in parts of the picture's width.
constexpr qreal near = 0.015;

} // namespace

MarkTable::MarkTable(QWidget* parent)
    : QWidget(parent)
{
    m_table = new QTableWidget(0, ColumnCount, this);
    m_table->setObjectName(u"markTable"_s);
    m_table->setAccessibleName(tr("Marks on the incident picture"));
    m_table->setHorizontalHeaderLabels({ tr("Text"), tr("→ %"), tr("↓ %") });
    m_table->horizontalHeader()->setSectionResizeMode(Text, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(Across, QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(Down, QHeaderView::ResizeToContents);
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setFixedHeight(m_table->fontMetrics().lineSpacing() * 6 + 20);
    auto* hint = wrappingLabel(this);
    hint->setText(tr("A click into the picture places a mark, Shift and a click moves the "
                     "chosen one."));
    auto* addButton = new QPushButton(tr("Add a mark"), this);
    addButton->setObjectName(u"addMark"_s);
    addButton->setAutoDefault(false);
    m_delete = new QPushButton(tr("Delete it"), this);
    m_delete->setObjectName(u"deleteMark"_s);
    m_delete->setAutoDefault(false);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(addButton);
    buttons->addWidget(m_delete);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_table);
    layout->addLayout(buttons);
    layout->addWidget(hint);
    connect(addButton, &QPushButton::clicked, this, [this] { add({ 0.5, 0.5 }); });
    connect(m_delete, &QPushButton::clicked, this, &MarkTable::remove);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &MarkTable::showState);
    connect(m_table, &QTableWidget::itemChanged, this, [this] {
        if (!m_isFilling)
            Q_EMIT changed();
    });
    showState();
}

void MarkTable::append(const capture::Mark& mark)
{
    const QScopedValueRollback filling(m_isFilling, true);
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    m_table->setItem(row, Text, new QTableWidgetItem(mark.text));
    for (const int column : { Across, Down }) {
        auto* item = new QTableWidgetItem;
        // A number: edited with a spin box.
        item->setData(Qt::EditRole,
            static_cast<int>(std::lround(100 * (column == Across ? mark.at.x() : mark.at.y()))));
        item->setData(Qt::UserRole, column == Across ? mark.at.x() : mark.at.y());
        m_table->setItem(row, column, item);
    }
}

void MarkTable::setMarks(const QList<capture::Mark>& marks)
{
    m_table->setRowCount(0);
    for (const capture::Mark& mark : marks)
        append(mark);
    showState();
}

QList<capture::Mark> MarkTable::marks() const
{
    QList<capture::Mark> marks;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const auto part = [this, row](int column) {
            const QTableWidgetItem* item = m_table->item(row, column);
            const int percent = std::clamp(item->data(Qt::EditRole).toInt(), 0, 100);
            // Where a click was finer than the number says, that stays.
            const qreal exact = item->data(Qt::UserRole).toReal();
            return std::lround(100 * exact) == percent ? exact : percent / 100.0;
        };
        marks.append(
            { { part(Across), part(Down) }, m_table->item(row, Text)->text().left(longestText) });
    }
    return marks;
}

void MarkTable::add(const QPointF& at)
{
    if (m_table->rowCount() >= mostMarks)
        return;
    append({ at, {} });
    m_table->setCurrentCell(m_table->rowCount() - 1, Text);
    Q_EMIT changed();
    // Its line can be typed at once.
    m_table->setFocus();
    m_table->editItem(m_table->currentItem());
}

void MarkTable::remove()
{
    if (m_table->currentRow() < 0)
        return;
    m_table->removeRow(m_table->currentRow());
    showState();
    Q_EMIT changed();
}

void MarkTable::pointAt(const QPointF& at, bool moves)
{
    QList<capture::Mark> all = marks();
    if (moves && m_table->currentRow() >= 0) {
        const int row = m_table->currentRow();
        all[row].at = at;
        setMarks(all);
        m_table->setCurrentCell(row, Text);
        Q_EMIT changed();
        return;
    }
    for (int row = 0; row < all.size(); ++row) {
        const QPointF away = all.at(row).at - at;
        if (std::hypot(away.x(), away.y() * 9 / 16) < near) {
            m_table->setCurrentCell(row, Text);
            m_table->setFocus();
            return;
        }
    }
    add(at);
}

void MarkTable::showState()
{
    m_delete->setEnabled(m_table->currentRow() >= 0);
}

} // namespace slotscope::ui
