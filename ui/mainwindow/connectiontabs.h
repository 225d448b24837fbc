// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/sessionhandle.h"

#include <QTabWidget>

namespace slotscope::ui {

class ConnectionTab;

/// The connections of a window, one in each tab; there is always at least one. Its bar is not shown
/// while there is only one.
class ConnectionTabs final : public QTabWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConnectionTabs)
public:
    /// `io` must outlive it.
    ConnectionTabs(session::IoThread& io, net::ConnectionOptions base, QWidget* parent = nullptr);

    /// Where the consoles of all tabs keep what was run.
    void setHistoryFile(const QString& file);

    ConnectionTab* current() const;
    ConnectionTab* tabAt(int index) const;
    /// Opens a tab beside the current one and goes to it.
    ConnectionTab* addNew();
    /// The current tab if nothing was opened in it, else a new one.
    ConnectionTab* unusedOne();
    void close(int index);
    /// 1 is the first; the ninth key goes to the last one, however many there are.
    void goToNumber(int number);
    void goToNext(int step);

Q_SIGNALS:
    void tabAdded(slotscope::ui::ConnectionTab* tab);
    /// Another tab is current, or the current one shows something else.
    void currentStateChanged();
    /// A file of this computer was dropped here.
    void fileDropped(const QString& file);
    /// The only tab was closed, and there was nothing in it.
    void lastClosed();

protected:
    void changeEvent(QEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void tabInserted(int index) override;
    void tabRemoved(int index) override;

private:
    void nameTab(ConnectionTab* tab);

    session::IoThread& m_io;
    net::ConnectionOptions m_base;
    QString m_historyFile;
};

} // namespace slotscope::ui
