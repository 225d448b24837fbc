// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/sandbox/sandboxcluster.h"
#include "core/sandbox/slotmigration.h"
#include "core/session/sessionhandle.h"

#include <QMenu>

namespace slotscope::ui {

/// The menu of a sandbox: begin and finish the real move of one slot. It exists only where a
/// manifest gives the right to write; the action checks it again before each write. Also starts a
/// sandbox of the window's own.
class SandboxActions final : public QMenu
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SandboxActions)
public:
    /// `io` must outlive it. `manifestFile` may be empty: the menu is hidden then.
    SandboxActions(session::IoThread& io, const QString& manifestFile, QWidget* parent = nullptr);

    /// Starts a cluster that ends with this object; clusterStarted() or failed() follows.
    void startCluster();
    bool isStarting() const { return m_starting; }
    void beginMove();
    void finishMove();

Q_SIGNALS:
    void clusterStarted(const QString& endpoint);
    /// Something began or ended, in words.
    void message(const QString& text);
    void failed(const slotscope::support::Error& error);
    /// A command that now shows what the move does.
    void commandSuggested(const QString& line);
    /// The cluster was changed: what is shown is old.
    void clusterChanged();

private:
    void run(sandbox::SlotMigrationAction::What what);
    void onFinished(sandbox::SlotMigrationAction::What what, bool ok,
        const sandbox::SandboxMigration& migration, const support::Error& error);
    void update();

    session::IoThread& m_io;
    QString m_manifestFile;
    sandbox::SandboxCluster* m_cluster = nullptr;
    bool m_starting = false;
    bool m_busy = false;
    QAction* m_begin = nullptr;
    QAction* m_finish = nullptr;
};

} // namespace slotscope::ui
