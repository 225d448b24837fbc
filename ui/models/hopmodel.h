// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/trace.h"
#include "ui/models/tablemodel.h"

namespace slotscope::ui {

/// The hops of one trace as a table: node, question, raw answer, microseconds. A longer prefix of
/// the same trace adds rows and changes the last one; another trace changes what differs.
class HopModel final : public TableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HopModel)
public:
    enum Column { Number, Node, Question, Answer, Wait, Micros, ColumnCount };

    explicit HopModel(QObject* parent = nullptr);

    void setTrace(const command::Trace& trace);
    /// The hop that the player shows now, -1 for none; its row is tinted.
    void setCurrentHop(int hop);

    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

protected:
    qsizetype size() const override { return m_rows.size(); }
    QString columnTitle(int section) const override;
    Qt::Alignment columnAlignment(int section) const override;

private:
    struct Row
    {
        QString node;
        QString address;
        QString question;
        QString answer;
        QString wait;
        QString micros;
        bool wrong = false;
        friend bool operator==(const Row&, const Row&) = default;
    };
    static QList<Row> rowsOf(const command::Trace& trace);

    QList<Row> m_rows;
    int m_currentHop = -1;
};

} // namespace slotscope::ui
