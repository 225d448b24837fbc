// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/palette/paletteitems.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace slotscope::ui {

/// The items of the palette that match what is typed. Lives as long as one look: it is reset with
/// each key, which is what its view is for.
class PaletteModel final : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PaletteModel)
public:
    enum Role { DetailRole = Qt::UserRole, KeysRole };

    explicit PaletteModel(QObject* parent = nullptr);

    /// `typedPlaces`: what is typed is offered as a place of its own, last.
    void setItems(const QList<PaletteItem>& items, bool typedPlaces);
    void setQuery(const QString& query);
    PaletteItem itemAt(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    QList<PaletteItem> m_items;
    QList<PaletteItem> m_shown;
    bool m_typedPlaces = false;
};

/// Text, where it is in grey, and its keys at the right; one line.
class PaletteDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PaletteDelegate)
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace slotscope::ui
