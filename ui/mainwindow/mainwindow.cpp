// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/mainwindow.h"

#include "core/explain/errors.h"
#include "core/explain/topology.h"
#include "ui/console/consolepanel.h"
#include "ui/mainwindow/captureactions.h"
#include "ui/mainwindow/clusterpage.h"
#include "ui/mainwindow/endpointbar.h"
#include "ui/mainwindow/explanationpage.h"
#include "ui/mainwindow/headlinebar.h"
#include "ui/mainwindow/messagepage.h"
#include "ui/mainwindow/passworddialog.h"
#include "ui/mainwindow/sandboxactions.h"
#include "ui/mainwindow/sessionconfig.h"
#include "ui/mainwindow/startpage.h"
#include "ui/mainwindow/thememenu.h"
#include "ui/mainwindow/windowmenus.h"
#include "ui/profiles/profilemenu.h"

#include <QCloseEvent>
#include <QMenuBar>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

MainWindow::MainWindow(session::IoThread& io, WindowOptions options, QWidget* parent)
    : QMainWindow(parent)
    , m_io(io)
    , m_options(std::move(options))
{
    setWindowTitle(tr("Slotscope"));
    resize(1280, 800);
    auto* centre = new QWidget(this);
    m_endpointBar = new EndpointBar(centre);
    m_pages = new QStackedWidget(centre);
    m_startPage = new StartPage(m_pages);
    m_messagePage = new MessagePage(m_pages);
    m_explanationPage = new ExplanationPage(m_pages);
    m_clusterPage = new ClusterPage(m_pages);
    for (QWidget* page : std::initializer_list<QWidget*> {
             m_startPage, m_messagePage, m_explanationPage, m_clusterPage })
        m_pages->addWidget(page);
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_endpointBar);
    layout->addWidget(m_pages, 1);
    setCentralWidget(centre);

    m_captures = new CaptureActions(
        [this] {
            return m_pages->currentWidget() == m_clusterPage ? m_clusterPage->picture()
                                                             : PictureInput();
        },
        this);
    m_profiles = new ProfileMenu(profile::ProfileStore(m_options.profilesFile.isEmpty()
                                         ? profile::ProfileStore::defaultFile()
                                         : m_options.profilesFile),
        this);
    m_sandbox = new SandboxActions(m_io, m_options.sandboxManifest, this);
    m_themes = new ThemeMenu(this);
    // There is no empty strip at the bottom while there is nothing to say.
    statusBar()->hide();
    connect(statusBar(), &QStatusBar::messageChanged, statusBar(),
        [this](const QString& text) { statusBar()->setVisible(!text.isEmpty()); });
    buildMenus();
    wirePages();
    restoreSettings();
    m_endpointBar->focusField();
}

MainWindow::~MainWindow()
{
    endSession();
}

void MainWindow::buildMenus()
{
    MenuParts parts;
    parts.window = this;
    parts.captures = m_captures;
    parts.player = m_clusterPage->player();
    parts.profiles = m_profiles;
    parts.themes = m_themes;
    parts.sandbox = m_sandbox;
    parts.goToEndpoint = [this] { m_endpointBar->focusField(); };
    parts.goToCommand = [this] {
        if (m_pages->currentWidget() == m_clusterPage)
            m_clusterPage->console()->focusInput();
    };
    parts.refresh = [this] {
        if (m_session)
            m_session->refresh();
    };
    parts.saveCapture = [this] { m_captures->askForSave(m_clusterPage->console()->traces()); };
    fillMenus(menuBar(), parts);
}

void MainWindow::wirePages()
{
    connect(m_endpointBar, &EndpointBar::submitted, this, &MainWindow::submit);
    connect(m_endpointBar, &EndpointBar::cancelRequested, this, &MainWindow::cancelConnecting);
    connect(m_messagePage, &MessagePage::cancelRequested, this, &MainWindow::cancelConnecting);
    connect(m_messagePage, &MessagePage::retryRequested, this, &MainWindow::retry);
    connect(
        m_messagePage, &MessagePage::credentialsRequested, this, [this] { askForCredentials({}); });
    connect(m_startPage, &StartPage::captureRequested, m_captures, &CaptureActions::askForOpen);
    connect(m_startPage, &StartPage::sandboxRequested, this, [this] {
        m_messagePage->showProgress(tr("Starting a sandbox: six servers on this computer…"));
        m_pages->setCurrentWidget(m_messagePage);
        m_sandbox->startCluster();
    });
    connect(m_explanationPage, &ExplanationPage::openRequested, this, [this](const QString& text) {
        m_endpointBar->setText(text);
        submit(text);
    });
    connect(m_explanationPage, &ExplanationPage::closeRequested, this, [this] {
        const bool open = !m_clusterPage->topology().isEmpty();
        m_pages->setCurrentWidget(open ? static_cast<QWidget*>(m_clusterPage) : m_startPage);
    });

    connect(m_clusterPage, &ClusterPage::masterChosen, this,
        [this](const net::Endpoint& master) { submit(master.toString()); });

    ConsolePanel* console = m_clusterPage->console();
    connect(console, &ConsolePanel::runRequested, this, &MainWindow::onRunRequested);
    connect(console, &ConsolePanel::cancelRequested, this, [this](quint64 ticket) {
        if (m_session)
            m_session->cancelRun(m_ticketOfRun.key(ticket));
    });

    connect(m_captures, &CaptureActions::message, this, &MainWindow::showMessage);
    connect(m_captures, &CaptureActions::failed, this, &MainWindow::showError);
    connect(m_captures, &CaptureActions::opened, this, &MainWindow::showCapture);
    connect(m_captures, &CaptureActions::folderChanged, this,
        [this](const QString& folder) { saveSetting(u"pictures/folder"_s, folder); });
    connect(m_profiles, &ProfileMenu::profileChosen, this, &MainWindow::openProfile);
    connect(m_profiles, &ProfileMenu::failed, this, &MainWindow::showError);
    connect(m_profiles, &ProfileMenu::saved, this,
        [this](const QString& name) { showMessage(tr("Profile %1 saved.").arg(name)); });
    connect(m_sandbox, &SandboxActions::message, this, &MainWindow::showMessage);
    connect(m_sandbox, &SandboxActions::failed, this, [this](const support::Error& error) {
        if (m_pages->currentWidget() == m_messagePage)
            m_messagePage->showFailure(tr("The sandbox did not start"), error, false);
        showError(error);
    });
    connect(m_sandbox, &SandboxActions::commandSuggested, console, &ConsolePanel::setCommand);
    connect(m_sandbox, &SandboxActions::clusterChanged, this, [this] {
        if (m_session)
            m_session->refresh();
    });
    connect(m_sandbox, &SandboxActions::clusterStarted, this, [this](const QString& endpoint) {
        // The user may have connected elsewhere in the meantime.
        if (m_session || m_pages->currentWidget() != m_messagePage)
            return;
        submit(endpoint);
    });
    connect(m_themes, &ThemeMenu::choiceChanged, this,
        [this](ThemeMenu::Choice choice) { saveSetting(u"theme"_s, ThemeMenu::nameOf(choice)); });
}

void MainWindow::submit(const QString& text)
{
    const session::UserInput input = session::understandInput(text);
    m_endpointBar->setMessage({});
    if (const auto* error = std::get_if<support::Error>(&input)) {
        m_endpointBar->setMessage(explain::errorSentence(*error));
    } else if (const auto* endpoint = std::get_if<net::TypedEndpoint>(&input)) {
        connectTo(*endpoint);
    } else if (const auto* redirect = std::get_if<command::Redirect>(&input)) {
        m_explanationPage->setRedirect(*redirect);
        m_pages->setCurrentWidget(m_explanationPage);
    } else {
        showOffline(std::get<cluster::Topology>(input), explain::pastedUnknownTime());
    }
}

void MainWindow::connectTo(const net::TypedEndpoint& endpoint)
{
    connectTo(configFor(endpoint, m_options.connection, m_config));
}

void MainWindow::connectTo(const session::SessionConfig& config)
{
    // A password that is in the field would be on every screenshot.
    m_endpointBar->setText(config.endpoint.typed);
    startSession(config);
}

void MainWindow::startSession(const session::SessionConfig& config)
{
    endSession();
    m_config = config;
    m_clusterPage->reset();
    m_messagePage->showProgress(tr("Connecting to %1…").arg(config.endpoint.typed));
    m_pages->setCurrentWidget(m_messagePage);
    m_endpointBar->setConnecting(true);

    m_session = new session::SessionHandle(m_io, config, this);
    connect(m_session, &session::SessionHandle::openFailed, this, &MainWindow::onOpenFailed);
    connect(m_session, &session::SessionHandle::topologyChanged, this, &MainWindow::onTopology);
    connect(m_session, &session::SessionHandle::changed, this,
        [this](const QList<cluster::TopologyEvent>& events) { m_clusterPage->addEvents(events); });
    connect(m_session, &session::SessionHandle::refreshFailed, this,
        [this](const support::Error& error) {
            m_clusterPage->headline()->setTrouble(explain::errorSentence(error));
        });
    connect(m_session, &session::SessionHandle::commandTableChanged, this,
        [this](const command::CommandTable& table) {
            m_clusterPage->console()->setCommandTable(table);
        });
    const auto showTrace = [this](quint64 run, const command::Trace& trace) {
        if (m_ticketOfRun.contains(run))
            m_clusterPage->console()->showTrace(m_ticketOfRun.value(run), trace);
    };
    connect(m_session, &session::SessionHandle::traceChanged, this, showTrace);
    connect(m_session, &session::SessionHandle::runFinished, this,
        [this, showTrace](quint64 run, const command::Trace& trace) {
            showTrace(run, trace);
            m_ticketOfRun.remove(run);
        });
    m_session->open();
}

void MainWindow::endSession()
{
    // It may be this session that is speaking right now.
    if (m_session) {
        m_session->disconnect(this);
        m_session->deleteLater();
    }
    m_session = nullptr;
    m_connected = false;
    m_sandbox->setShown({});
    m_ticketOfRun.clear();
    m_profiles->setCurrent(std::nullopt);
    m_endpointBar->setConnecting(false);
    setWindowTitle(tr("Slotscope"));
}

void MainWindow::cancelConnecting()
{
    if (m_connected || m_pages->currentWidget() != m_messagePage)
        return;
    m_sandbox->cancelStart();
    endSession();
    m_pages->setCurrentWidget(m_startPage);
    m_endpointBar->focusField();
}

void MainWindow::retry()
{
    if (m_config)
        startSession(session::SessionConfig(*m_config));
}

void MainWindow::onOpenFailed(const support::Error& error)
{
    const bool wantsPassword = error.code == support::ErrorCode::AuthRequired
        || error.code == support::ErrorCode::AuthFailed;
    endSession();
    m_messagePage->showFailure(tr("Not connected"), error, true);
    m_pages->setCurrentWidget(m_messagePage);
    if (wantsPassword)
        askForCredentials(explain::errorSentence(error));
}

void MainWindow::askForCredentials(const QString& message)
{
    if (!m_config)
        return;
    auto* dialog
        = new PasswordDialog(m_config->endpoint.typed, m_config->options.user, message, this);
    dialog->setObjectName(u"passwordDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PasswordDialog::credentialsGiven, this,
        [this](const QString& user, const QString& password) {
            session::SessionConfig config = *m_config;
            config.options.user = user;
            config.options.password = password;
            startSession(config);
        });
    dialog->open();
}

void MainWindow::onTopology(const cluster::Topology& topology)
{
    m_clusterPage->setTopology(topology, {});
    m_sandbox->setShown(topology);
    if (std::exchange(m_connected, true))
        return;
    m_endpointBar->setConnecting(false);
    m_profiles->setCurrent(profileOf(*m_config));
    m_clusterPage->startWatching(*m_config);
    setWindowTitle(tr("%1 - Slotscope").arg(m_config->endpoint.typed));
    m_pages->setCurrentWidget(m_clusterPage);
    m_clusterPage->console()->focusInput();
    Q_EMIT clusterShown();
}

void MainWindow::onRunRequested(
    quint64 ticket, const command::Argv& argv, const command::Behaviour& behaviour)
{
    if (!m_session)
        return;
    m_ticketOfRun.insert(m_session->run(argv, behaviour), ticket);
}

void MainWindow::showOffline(const cluster::Topology& topology, const QString& how)
{
    endSession();
    m_config.reset();
    m_clusterPage->reset();
    m_clusterPage->setTopology(topology, how);
    m_pages->setCurrentWidget(m_clusterPage);
    setWindowTitle(tr("%1 - Slotscope").arg(how));
    Q_EMIT clusterShown();
}

void MainWindow::showCapture(const capture::Capture& capture)
{
    const QDateTime shown = capture.topology.data().capturedAt;
    const QDateTime when = (shown.isValid() ? shown : capture.savedAt).toUTC();
    showOffline(capture.topology, explain::capturedAt(when.toString(u"yyyy-MM-dd HH:mm:ss'Z'"_s)));
    for (const command::Trace& trace : capture.traces)
        m_clusterPage->console()->showRecorded(trace);
}

void MainWindow::openCapture(const QString& file)
{
    m_captures->open(file);
}

void MainWindow::openProfile(const profile::Profile& profile)
{
    if (const auto config = configFor(profile, m_options.connection))
        connectTo(*config);
    else
        showError(config.error());
}

void MainWindow::showMessage(const QString& text)
{
    statusBar()->showMessage(text, 20'000);
}

void MainWindow::showError(const support::Error& error)
{
    const QString remedy = explain::errorRemedy(error);
    statusBar()->showMessage(remedy.isEmpty()
            ? explain::errorSentence(error)
            : QString(explain::errorSentence(error) + u' ' + remedy));
}

void MainWindow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::ThemeChange && m_themes)
        m_themes->systemChanged();
    QMainWindow::changeEvent(event);
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        cancelConnecting();
    else
        QMainWindow::keyPressEvent(event);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    saveSetting(u"geometry"_s, saveGeometry());
    QMainWindow::closeEvent(event);
}

void MainWindow::restoreSettings()
{
    if (m_options.settingsFile.isEmpty())
        return;
    const QSettings settings(m_options.settingsFile, QSettings::IniFormat);
    m_themes->setChoice(ThemeMenu::choiceOf(settings.value(u"theme"_s).toString()));
    m_captures->setFolder(settings.value(u"pictures/folder"_s).toString());
    restoreGeometry(settings.value(u"geometry"_s).toByteArray());
}

void MainWindow::saveSetting(const QString& key, const QVariant& value) const
{
    if (!m_options.settingsFile.isEmpty())
        QSettings(m_options.settingsFile, QSettings::IniFormat).setValue(key, value);
}

} // namespace slotscope::ui
