// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/dial.h"
#include "ui/models/tablemodel.h"

#include <optional>

namespace slotscope::ui {

/// How each node of a connection is reached: a row for each, with the address behind its announced
/// one and what TLS came to. Takes each new list as a whole and tells only what changed.
class WaysModel final : public TableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WaysModel)
public:
    enum Column { Node, Reached, Protocol, Cipher, Name, Verified, Until, ColumnCount };

    struct Row
    {
        QString node; ///< its label and announced address
        std::optional<net::DialInfo> way; ///< nothing: no connection is open
        friend bool operator==(const Row& a, const Row& b); ///< in what is shown
    };

    explicit WaysModel(QObject* parent = nullptr);

    void setRows(const QList<Row>& rows);
    const Row& rowAt(int row) const { return m_rows.at(row); }

    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

protected:
    qsizetype size() const override { return m_rows.size(); }
    QString columnTitle(int column) const override;

private:
    QList<Row> m_rows;
};

} // namespace slotscope::ui
