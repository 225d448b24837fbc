// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QMenu>

namespace slotscope::ui {

class ConnectionTab;
class ConnectionTabs;

/// What can be done about the current tab's connection as a whole: test it, tell about it, make
/// Slotscope read-only there or let it write. Letting it write to production is asked about first.
class ConnectionMenu final : public QMenu
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConnectionMenu)
public:
    /// `tabs` must outlive it.
    ConnectionMenu(ConnectionTabs* tabs, QWidget* parent);

private:
    void showState();
    void onReadOnly(bool readOnly);
    void askToWrite(ConnectionTab* tab);

    ConnectionTabs* const m_tabs;
    QAction* m_details = nullptr;
    QAction* m_readOnly = nullptr;
};

} // namespace slotscope::ui
