// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/fanout.h"

#include <QAbstractTableModel>

namespace slotscope::ui {

/// The rows of a fan-out: node, state, reply in one line, time. Rows keep their places: a newer
/// value of the same fan-out changes cells only.
class FanOutModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FanOutModel)
public:
    enum Column { Node, Address, State, Answer, Time, ColumnCount };

    explicit FanOutModel(QObject* parent = nullptr);

    /// The rows are commands of their own: they are named by what they ask, not by the node.
    void setIsPipeline(bool isPipeline);
    void setFanOut(const command::FanOut& fanOut);
    const command::FanOut& fanOut() const { return m_fanOut; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const command::FanOutRow& row, int column) const;

    command::FanOut m_fanOut;
    bool m_isPipeline = false;
};

} // namespace slotscope::ui
