// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QMenu>

namespace slotscope::ui {

class ConnectionTabs;

/// What can be done about the current tab's connection as a whole.
class ConnectionMenu final : public QMenu
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConnectionMenu)
public:
    /// `tabs` must outlive it.
    explicit ConnectionMenu(ConnectionTabs* tabs, QWidget* parent = nullptr);
};

} // namespace slotscope::ui
