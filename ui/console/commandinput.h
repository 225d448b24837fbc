// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/console/commandhistory.h"

#include <QLineEdit>

namespace slotscope::ui {

/// The console's line: Enter runs, Ctrl+Enter compares, Up and Down walk the history. What is
/// pasted or dropped and has several lines does not go into the line.
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
    void linesPasted(const QString& text);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    /// True when `text` had several lines, and has gone where these go.
    bool passLines(const QString& text);

    CommandHistory m_history;
};

} // namespace slotscope::ui
