// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"

#include <QWidget>

class QPushButton;
class QTableWidget;

namespace slotscope::ui {

/// The numbered marks on an incident picture: their lines of text, and where they stand in per cent
/// of its width and height. All of it can be edited here, without a mouse too.
class MarkTable final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MarkTable)
public:
    explicit MarkTable(QWidget* parent = nullptr);

    void setMarks(const QList<capture::Mark>& marks);
    QList<capture::Mark> marks() const;
    /// The user has pointed at a place of the picture, in parts of its width and height: the mark
    /// there is chosen; elsewhere a new one is made, or the chosen one is moved.
    void pointAt(const QPointF& at, bool moves);

Q_SIGNALS:
    /// By the user.
    void changed();

private:
    void append(const capture::Mark& mark);
    void add(const QPointF& at);
    void remove();
    void showState();

    QTableWidget* m_table = nullptr;
    QPushButton* m_delete = nullptr;
    bool m_isFilling = false; ///< not the user
};

} // namespace slotscope::ui
