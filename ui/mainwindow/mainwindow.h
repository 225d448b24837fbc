// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/profile/profilestore.h"
#include "core/profile/secret.h"
#include "core/session/sessionhandle.h"
#include "ui/connection/tabmark.h"
#include "ui/palette/commandpalette.h"

#include <QMainWindow>
#include <QPointer>
#include <QVariantMap>

#include <optional>

namespace slotscope::ui {

class CaptureActions;
class ClusterPage;
class ComparisonActions;
class ConnectionTab;
class ConnectionTabs;
class MetricsMenu;
class ProfileActions;
class RecordingMenu;
class SandboxActions;
class ShardLabels;
class SizeMenu;
class ThemeMenu;
class TunnelQuestions;
class ViewPictures;

/// What the composition root gives a window.
struct WindowOptions
{
    net::ConnectionOptions connection; ///< where every connection starts from; without credentials
    QString sandboxManifest; ///< empty: no right to write anywhere
    QString profilesFile; ///< empty: the user's
    QString recordingsFolder; ///< empty: nothing is recorded
    QString settingsFile; ///< INI; empty: nothing is remembered
};

/// The window: menus, captures, profiles, colours, the sandbox and the settings, around connections
/// in tabs. What it does, it does to the current tab.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MainWindow)
public:
    /// `io` must outlive the window.
    MainWindow(session::IoThread& io, WindowOptions options, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Connects in the current tab with options of one's own (the command line's credentials).
    void connectTo(const session::SessionConfig& config, const TabMark& mark = {});
    /// Opens it where nothing was opened, else in a new tab.
    void openCapture(const QString& file);
    /// As if it was chosen in the menu: its password is got or asked for.
    void open(const profile::Profile& profile);
    ConnectionTabs* tabs() const { return m_tabs; }
    /// The current tab's; built when first asked for.
    ClusterPage* clusterPage() const;

Q_SIGNALS:
    /// A topology is shown for the first time after connecting or opening.
    void clusterShown();
    /// The user wants another window beside this one.
    void newWindowRequested();

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void buildMenus();
    void wireTab(ConnectionTab* tab);
    void wireCaptures();
    void wireSandbox();
    void showState();
    void openPalette(CommandPalette::Mode mode);
    void showShortcuts();
    void openProfile(const profile::Profile& profile, const profile::Secret& password);
    void testProfile(const profile::Profile& profile, const profile::Secret& password);
    /// Nothing when the profile cannot be used; that is said then.
    std::optional<session::SessionConfig> configOf(
        const profile::Profile& profile, const profile::Secret& password);
    void showMessage(const QString& text);
    void showError(const support::Error& error);
    void restoreSettings();
    QVariant setting(const QString& key) const;
    void saveSetting(const QString& key, const QVariant& value) const;

    session::IoThread& m_io;
    WindowOptions m_options;
    QVariantMap m_layout; ///< of the cluster page whose splitters were moved last

    ConnectionTabs* m_tabs = nullptr;
    QPointer<ConnectionTab> m_sandboxTab; ///< the one that waits for a sandbox
    CaptureActions* m_captures = nullptr;
    ComparisonActions* m_comparisons = nullptr;
    ViewPictures* m_pictures = nullptr;
    ProfileActions* m_profiles = nullptr;
    ShardLabels* m_shardLabels = nullptr;
    TunnelQuestions* m_questions = nullptr;
    SandboxActions* m_sandbox = nullptr;
    ThemeMenu* m_themes = nullptr;
    SizeMenu* m_sizes = nullptr;
    MetricsMenu* m_metrics = nullptr;
    RecordingMenu* m_recording = nullptr;
    CommandPalette* m_palette = nullptr; ///< made when first asked for
    QAction* m_reducedMotion = nullptr;
};

} // namespace slotscope::ui
