// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/fanout.h"
#include "ui/models/tablemodel.h"

namespace slotscope::ui {

/// The rows of a fan-out: node, state, reply in one line, time. Rows keep their places: a newer
/// value of the same fan-out changes cells only. Or the commands of a pipeline.
class FanOutModel final : public TableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FanOutModel)
public:
    enum Column { Node, Address, State, Answer, Time, ColumnCount };

    explicit FanOutModel(QObject* parent = nullptr);

    /// The rows are commands of their own: they are named by what they ask, not by the node.
    void setIsPipeline(bool isPipeline);
    void setFanOut(const command::FanOut& fanOut);
    /// The rows are those of `all` commands whose numbers, from 0 and ascending, are `numbers`.
    /// Newer values have more rows, in between too; none goes.
    void setCommands(const command::FanOut& fanOut, const QList<int>& numbers, qsizetype all);
    const command::FanOut& fanOut() const { return m_fanOut; }

    QVariant data(const QModelIndex& index, int role) const override;

protected:
    qsizetype size() const override { return m_fanOut.rows.size(); }
    QString columnTitle(int section) const override;
    Qt::Alignment columnAlignment(int section) const override;

private:
    QString text(int row, int column) const;
    QString nameOf(int row) const;

    command::FanOut m_fanOut;
    bool m_isPipeline = false;
    QList<int> m_numbers; ///< of a pipeline's commands
    bool m_isChoice = false; ///< not all of them have a row
};

} // namespace slotscope::ui
