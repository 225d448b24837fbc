// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capturefile.h"
#include "core/profile/profilestore.h"
#include "core/session/sessionhandle.h"
#include "core/session/userinput.h"

#include <QMainWindow>

#include <optional>

class QStackedWidget;

namespace slotscope::ui {

class CaptureActions;
class ClusterPage;
class EndpointBar;
class ExplanationPage;
class MessagePage;
class ProfileMenu;
class SandboxActions;
class StartPage;
class ThemeMenu;

/// What the composition root gives a window.
struct WindowOptions
{
    net::ConnectionOptions connection; ///< where every connection starts from; without credentials
    QString sandboxManifest; ///< empty: no right to write anywhere
    QString profilesFile; ///< empty: the user's
    QString settingsFile; ///< INI; empty: nothing is remembered
};

/// The window: takes what the user gives (an endpoint, a redirect, a map, a capture), owns the
/// session with a cluster, and passes values between it and the pages. One window shows one
/// cluster.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MainWindow)
public:
    /// `io` must outlive the window.
    MainWindow(session::IoThread& io, WindowOptions options, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// As if `text` had been typed and submitted.
    void submit(const QString& text);
    /// Connects with the window's options; a password is kept in memory only.
    void connectTo(const net::TypedEndpoint& endpoint);
    /// Connects with options of one's own (the command line's credentials, a profile's TLS).
    void connectTo(const session::SessionConfig& config);
    void openCapture(const QString& file);
    ClusterPage* clusterPage() const { return m_clusterPage; }

Q_SIGNALS:
    /// A topology is shown for the first time after connecting or opening.
    void clusterShown();

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void buildMenus();
    void wirePages();
    void startSession(const session::SessionConfig& config);
    void endSession();
    void cancelConnecting();
    void retry();
    void showOffline(const cluster::Topology& topology, const QString& how);
    void showCapture(const capture::Capture& capture);
    void openProfile(const profile::Profile& profile);
    void askForCredentials(const QString& message);
    void onOpenFailed(const support::Error& error);
    void onTopology(const cluster::Topology& topology);
    void onRunRequested(
        quint64 ticket, const command::Argv& argv, const command::Behaviour& behaviour);
    void showMessage(const QString& text);
    void showError(const support::Error& error);
    void restoreSettings();
    void saveSetting(const QString& key, const QVariant& value) const;

    session::IoThread& m_io;
    WindowOptions m_options;
    std::optional<session::SessionConfig>
        m_config; ///< of the session that is open or was tried last
    session::SessionHandle* m_session = nullptr;
    bool m_connected = false; ///< the session has shown a topology
    QHash<quint64, quint64> m_ticketOfRun;

    EndpointBar* m_endpointBar = nullptr;
    QStackedWidget* m_pages = nullptr;
    StartPage* m_startPage = nullptr;
    MessagePage* m_messagePage = nullptr;
    ExplanationPage* m_explanationPage = nullptr;
    ClusterPage* m_clusterPage = nullptr;
    CaptureActions* m_captures = nullptr;
    ProfileMenu* m_profiles = nullptr;
    SandboxActions* m_sandbox = nullptr;
    ThemeMenu* m_themes = nullptr;
};

} // namespace slotscope::ui
