// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QMenu>

#include <chrono>

class QActionGroup;

namespace slotscope::ui {

/// How often each node is asked for its numbers: off, or every 2, 5 or 15 seconds. 5 at first.
class MetricsMenu final : public QMenu
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MetricsMenu)
public:
    explicit MetricsMenu(QWidget* parent = nullptr);

    std::chrono::seconds interval() const { return m_interval; } ///< 0: off
    /// From settings; another number than those of the menu changes nothing.
    void setSeconds(int seconds);

Q_SIGNALS:
    void intervalChanged(std::chrono::seconds interval);

private:
    std::chrono::seconds m_interval { 5 };
    QActionGroup* m_group = nullptr;
};

} // namespace slotscope::ui
