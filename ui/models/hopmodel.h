// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/trace.h"
#include "ui/theme/theme.h"

#include <QAbstractTableModel>

namespace slotscope::ui {

/// The hops of one trace as a table: node, question, raw answer, microseconds. A longer prefix of
/// the same trace adds rows and changes the last one; another trace changes what differs.
class HopModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HopModel)
public:
    enum Column { Number, Node, Question, Answer, Wait, Micros, ColumnCount };

    explicit HopModel(QObject* parent = nullptr);

    void setTrace(const command::Trace& trace);
    void setTheme(const Theme& theme);
    /// The hop that the player shows now, -1 for none; its row is tinted.
    void setCurrentHop(int hop);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

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
    Theme m_theme;
    int m_currentHop = -1;
};

} // namespace slotscope::ui
