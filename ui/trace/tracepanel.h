// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/trace.h"

#include <QWidget>

class QPlainTextEdit;
class QTableView;

namespace slotscope::ui {

class HopModel;

/// The chosen trace in numbers: a table of its hops, and the whole of it as text to copy.
class TracePanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TracePanel)
public:
    explicit TracePanel(QWidget* parent = nullptr);

    void setTrace(const command::Trace& trace);
    /// The hop that the player shows, -1 for none.
    void setCurrentHop(int hop);

Q_SIGNALS:
    /// The user clicked a hop: the player should show it.
    void hopClicked(int hop);

protected:
    void changeEvent(QEvent* event) override;

private:
    HopModel* m_model = nullptr;
    QTableView* m_table = nullptr;
    QPlainTextEdit* m_raw = nullptr;
};

} // namespace slotscope::ui
