// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/palette/palettemodel.h"

#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QPainter>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostShown = 60;
constexpr int margin = 12;

} // namespace

PaletteModel::PaletteModel(QObject* parent)
    : QAbstractListModel(parent)
{ }

void PaletteModel::setItems(const QList<PaletteItem>& items, bool typedPlaces)
{
    m_items = items;
    m_typedPlaces = typedPlaces;
    setQuery({});
}

void PaletteModel::setQuery(const QString& query)
{
    beginResetModel();
    m_shown.clear();
    for (const qsizetype position : matchingItems(m_items, query, mostShown))
        m_shown.append(m_items.at(position));
    const QString typed = query.trimmed();
    if (m_typedPlaces && !typed.isEmpty())
        m_shown.append({ tr("Go to “%1”").arg(visibleText(typed)),
            tr("a node, an id, a slot or a key"), {}, {}, typed });
    endResetModel();
}

PaletteItem PaletteModel::itemAt(int row) const
{
    return m_shown.value(row);
}

int PaletteModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_shown.size())
        return {};
    const PaletteItem& item = m_shown.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return item.text;
    case DetailRole:
        return item.detail;
    case KeysRole:
        return item.keys;
    case Qt::AccessibleTextRole: {
        QStringList parts { item.text, item.detail, item.keys };
        parts.removeAll(QString());
        return parts.join(u", "_s);
    }
    default:
        return {};
    }
}

void PaletteDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme theme = Theme::of(option.palette);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    if (selected)
        painter->fillRect(option.rect, option.palette.highlight());
    const QColor text = option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
    const QColor faint = selected ? text : theme.mutedText;
    const QFontMetrics metrics(option.font);
    QRect rect = option.rect.adjusted(margin, 0, -margin, 0);
    const auto draw = [&](const QString& words, const QColor& color, Qt::Alignment alignment) {
        painter->setPen(color);
        painter->drawText(rect, static_cast<int>(alignment | Qt::AlignVCenter),
            metrics.elidedText(words, Qt::ElideRight, rect.width()));
        return std::min(metrics.horizontalAdvance(words), rect.width());
    };
    painter->setFont(option.font);
    const QString keys = index.data(PaletteModel::KeysRole).toString();
    if (!keys.isEmpty())
        rect.setRight(rect.right() - draw(keys, faint, Qt::AlignRight) - margin);
    const int width = draw(index.data().toString(), text, Qt::AlignLeft);
    rect.setLeft(rect.left() + width + margin);
    if (rect.width() > margin)
        draw(index.data(PaletteModel::DetailRole).toString(), faint, Qt::AlignLeft);
    painter->restore();
}

QSize PaletteDelegate::sizeHint(
    const QStyleOptionViewItem& option, const QModelIndex& /*index*/) const
{
    return { 100, QFontMetrics(option.font).height() + 12 };
}

} // namespace slotscope::ui
