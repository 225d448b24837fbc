// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/sandbox/manifest.h"
#include "core/sandbox/slotmigration.h"
#include "core/session/sessionhandle.h"

#include <QMenu>

#include <optional>

class QProcess;

namespace slotscope::ui {

/// The menu of a sandbox: begin and finish the real move of one slot. It exists only where a
/// manifest gives the right to write, and can be used while the window shows that very sandbox; the
/// action checks the right again before each write. Also starts a sandbox: `slotscope sandbox`
/// supervises it, as it does for everybody, and ends with this object or a crash of the window.
class SandboxActions final : public QMenu
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SandboxActions)
public:
    /// `io` must outlive it. `manifestFile` may be empty: the menu is hidden then.
    SandboxActions(session::IoThread& io, const QString& manifestFile, QWidget* parent = nullptr);
    ~SandboxActions() override;

    /// Starts a cluster; clusterStarted() or failed() follows unless it is cancelled. At once when
    /// one that was started here still runs.
    void startCluster();
    void cancelStart();
    /// What the window shows: live, or (empty) something else.
    void setShown(const cluster::Topology& topology);
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
    void onSupervisorSpoke();
    void onSupervisorFailed();
    void endSupervisor();
    void readManifest(const QString& file);
    void update();

    session::IoThread& m_io;
    QString m_manifestFile;
    std::optional<sandbox::Manifest> m_manifest; ///< whose nodes the menu is for
    QProcess* m_supervisor = nullptr;
    QString m_endpoint; ///< of the sandbox that is starting
    bool m_starting = false;
    bool m_busy = false;
    bool m_isShown = false; ///< the window shows the sandbox of the manifest
    QAction* m_begin = nullptr;
    QAction* m_finish = nullptr;
};

} // namespace slotscope::ui
