// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/console/commandhistory.h"

#include <QLineEdit>

namespace slotscope::ui {

/// The console's line: Enter runs, Ctrl+Enter compares, Up and Down walk the history.
class CommandInput final : public QLineEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CommandInput)
public:
    explicit CommandInput(QWidget* parent = nullptr);

    CommandHistory& history() { return m_history; }

Q_SIGNALS:
    void runRequested();
    void compareRequested();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    CommandHistory m_history;
};

} // namespace slotscope::ui
