// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/mainwindow.h"

#include "core/capture/abandoned.h"
#include "core/explain/errors.h"
#include "core/profile/profileoptions.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/clusterpage/pictureactions.h"
#include "ui/connection/connectiontab.h"
#include "ui/connection/sessionconfig.h"
#include "ui/console/consolepanel.h"
#include "ui/incident/captureactions.h"
#include "ui/incident/comparisonactions.h"
#include "ui/incident/viewpictures.h"
#include "ui/mainwindow/connectiontabs.h"
#include "ui/mainwindow/metricsmenu.h"
#include "ui/mainwindow/profileactions.h"
#include "ui/mainwindow/recordingmenu.h"
#include "ui/mainwindow/sandboxactions.h"
#include "ui/mainwindow/shardlabels.h"
#include "ui/mainwindow/sizemenu.h"
#include "ui/mainwindow/thememenu.h"
#include "ui/mainwindow/windowmenus.h"
#include "ui/palette/shortcutsheet.h"
#include "ui/profiles/profilemenu.h"
#include "ui/theme/plaintext.h"
#include "ui/topology/topologyview.h"
#include "ui/trace/storyplayer.h"
#include "ui/wayin/doctordialog.h"
#include "ui/wayin/doctorways.h"
#include "ui/wayin/tunnelquestions.h"

#include <QCloseEvent>
#include <QDir>
#include <QFileInfo>
#include <QMenuBar>
#include <QSettings>
#include <QStatusBar>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

MainWindow::MainWindow(session::IoThread& io, WindowOptions options, QWidget* parent)
    : QMainWindow(parent)
    , m_io(io)
    , m_options(std::move(options))
{
    setWindowTitle(tr("Slotscope"));
    resize(1280, 800);
    m_tabs = new ConnectionTabs(m_io, m_options.connection, this);
    if (!m_options.settingsFile.isEmpty())
        m_tabs->setHistoryFile(QFileInfo(m_options.settingsFile).dir().filePath(u"history"_s));
    setCentralWidget(m_tabs);

    m_captures = new CaptureActions([this] { return m_tabs->current()->captureContent(); }, this);
    m_comparisons = new ComparisonActions(m_captures, this);
    m_pictures = new ViewPictures(m_captures, this);
    const profile::ProfileStore profiles(m_options.profilesFile.isEmpty()
            ? profile::ProfileStore::defaultFile()
            : m_options.profilesFile);
    m_profiles = new ProfileActions(profiles, this);
    m_shardLabels = new ShardLabels(profiles, this);
    m_questions = new TunnelQuestions(this);
    m_sandbox = new SandboxActions(m_io, m_options.sandboxManifest, this);
    m_themes = new ThemeMenu(this);
    m_sizes = new SizeMenu(this);
    m_metrics = new MetricsMenu(this);
    m_recording = new RecordingMenu(m_options.recordingsFolder, this);
    // There is no empty strip at the bottom while there is nothing to say.
    statusBar()->hide();
    connect(statusBar(), &QStatusBar::messageChanged, statusBar(),
        [this](const QString& text) { statusBar()->setVisible(!text.isEmpty()); });

    connect(m_tabs, &ConnectionTabs::tabAdded, this, &MainWindow::wireTab);
    connect(m_tabs, &ConnectionTabs::currentStateChanged, this, &MainWindow::showState);
    connect(m_tabs, &ConnectionTabs::lastClosed, this, &QWidget::close);
    connect(m_profiles, &ProfileActions::connectRequested, this, &MainWindow::openProfile);
    connect(m_profiles, &ProfileActions::testRequested, this, &MainWindow::testProfile);
    connect(m_profiles, &ProfileActions::failed, this, &MainWindow::showError);
    connect(m_shardLabels, &ShardLabels::failed, this, &MainWindow::showError);
    connect(m_profiles, &ProfileActions::message, this, &MainWindow::showMessage);
    connect(m_themes, &ThemeMenu::choiceChanged, this,
        [this](ThemeMenu::Choice choice) { saveSetting(u"theme"_s, ThemeMenu::nameOf(choice)); });
    // Another window may have chosen since.
    connect(m_themes, &QMenu::aboutToShow, this, [this] {
        const QString theme = setting(u"theme"_s).toString();
        if (!theme.isEmpty())
            m_themes->markChoice(ThemeMenu::choiceOf(theme));
    });
    connect(m_sizes, &QMenu::aboutToShow, this,
        [this] { m_sizes->setPercent(setting(SizeMenu::settingsKey()).toInt()); });
    connect(m_sizes, &SizeMenu::percentChosen, this, [this](int percent) {
        saveSetting(SizeMenu::settingsKey(), percent);
        showMessage(tr("Slotscope will be this large when it is started again."));
    });
    connect(m_metrics, &MetricsMenu::intervalChanged, this, [this](std::chrono::seconds interval) {
        saveSetting(u"metrics/seconds"_s, static_cast<int>(interval.count()));
    });
    connect(m_recording, &RecordingMenu::optionsChanged, this,
        [this] { saveSetting(u"recording"_s, m_recording->state()); });
    m_reducedMotion = new QAction(tr("Reduced &motion in replays"), this);
    m_reducedMotion->setObjectName(u"reducedMotionAction"_s);
    m_reducedMotion->setCheckable(true);
    m_reducedMotion->setChecked(setting(u"replay/reducedMotion"_s).toBool());
    connect(m_reducedMotion, &QAction::toggled, this, [this](bool reduced) {
        saveSetting(u"replay/reducedMotion"_s, reduced);
        showState();
    });
    wireCaptures();
    wireSandbox();
    buildMenus();
    restoreSettings();
    m_tabs->addNew();
    if (!m_options.recordingsFolder.isEmpty()) {
        capture::tidyRecordings(m_options.recordingsFolder, m_recording->abandonedLimits(),
            QDateTime::currentDateTimeUtc());
        m_tabs->current()->offerRecordings(
            capture::abandonedRecordings(m_options.recordingsFolder));
    }
}

MainWindow::~MainWindow()
{
    // Tabs say what ends with them, and the window must still be one that hears it.
    m_tabs->disconnect(this);
    delete m_tabs;
}

ClusterPage* MainWindow::clusterPage() const
{
    return m_tabs->current()->clusterPage();
}

void MainWindow::buildMenus()
{
    MenuParts parts;
    parts.window = this;
    parts.captures = m_captures;
    parts.comparisons = m_comparisons;
    parts.pictures = m_pictures;
    parts.profiles = m_profiles->menu();
    parts.themes = m_themes;
    parts.sizes = m_sizes;
    parts.metrics = m_metrics;
    parts.recording = m_recording;
    parts.sandbox = m_sandbox;
    parts.reducedMotion = m_reducedMotion;
    parts.tabs = m_tabs;
    parts.newWindow = [this] { Q_EMIT newWindowRequested(); };
    parts.goToPlace = [this] {
        if (m_tabs->current()->shownCluster())
            openPalette(CommandPalette::Mode::Places);
    };
    parts.openPalette = [this] { openPalette(CommandPalette::Mode::Everything); };
    parts.showShortcuts = [this] { showShortcuts(); };
    fillMenus(menuBar(), parts);
}

void MainWindow::openPalette(CommandPalette::Mode mode)
{
    if (!m_palette) {
        m_palette = new CommandPalette(this);
        connect(m_palette, &CommandPalette::placeChosen, this, [this](const QString& place) {
            ClusterPage* page = m_tabs->current()->shownCluster();
            if (page && !page->goTo(place))
                showMessage(tr("Nothing in this cluster is called “%1”.").arg(place));
        });
    }
    const ClusterPage* page = m_tabs->current()->shownCluster();
    if (page)
        m_palette->openWith(
            mode, menuBar(), page->topology(), page->pictureActions()->addressMap());
    else
        m_palette->openWith(mode, menuBar(), {});
}

void MainWindow::showShortcuts()
{
    auto* sheet = new ShortcutSheet(shortcutGroups(menuBar()), this);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->open();
}

void MainWindow::wireTab(ConnectionTab* tab)
{
    connect(tab, &ConnectionTab::clusterShown, this, &MainWindow::clusterShown);
    connect(tab, &ConnectionTab::clusterShown, m_profiles, [this, tab] {
        if (tab->isConnected())
            m_profiles->loggedIn(tab->mark().profileId,
                profile::Secret(tab->config()->options.password.value_or(QString())));
    });
    m_shardLabels->watch(tab);
    tab->setMetricsInterval(m_metrics->interval());
    connect(m_metrics, &MetricsMenu::intervalChanged, tab, &ConnectionTab::setMetricsInterval);
    tab->setRecorderOptions(m_recording->options());
    connect(m_recording, &RecordingMenu::optionsChanged, tab, &ConnectionTab::setRecorderOptions);
    connect(tab, &ConnectionTab::recordingFailed, this, [this](const support::Error& error) {
        showMessage(tr("Nothing is recorded any more: %1").arg(explain::errorSentence(error)));
    });
    connect(tab, &ConnectionTab::clusterPageBuilt, this, [this](ClusterPage* page) {
        page->restoreLayout(m_layout);
        connect(page, &ClusterPage::layoutChanged, this,
            [this, page] { m_layout = page->layoutState(); });
    });
    connect(tab, &ConnectionTab::captureRequested, m_captures, &CaptureActions::askForOpen);
    connect(tab, &ConnectionTab::sandboxRequested, this, [this, tab] {
        if (m_sandboxTab)
            return;
        m_sandboxTab = tab;
        tab->waitForSandbox();
        m_sandbox->startCluster();
    });
    connect(tab, &ConnectionTab::sandboxCancelled, this, [this] {
        m_sandboxTab.clear();
        m_sandbox->cancelStart();
    });
}

void MainWindow::wireCaptures()
{
    connect(m_captures, &CaptureActions::message, this, &MainWindow::showMessage);
    connect(m_captures, &CaptureActions::failed, this, &MainWindow::showError);
    connect(m_comparisons, &ComparisonActions::message, this, &MainWindow::showMessage);
    connect(m_comparisons, &ComparisonActions::failed, this, &MainWindow::showError);
    connect(m_pictures, &ViewPictures::message, this, &MainWindow::showMessage);
    connect(m_pictures, &ViewPictures::failed, this, &MainWindow::showError);
    connect(m_captures, &CaptureActions::openRequested, this, &MainWindow::openCapture);
    connect(m_tabs, &ConnectionTabs::fileDropped, this, &MainWindow::openCapture);
    connect(m_captures, &CaptureActions::folderChanged, this,
        [this](const QString& folder) { saveSetting(u"pictures/folder"_s, folder); });
    connect(m_captures, &CaptureActions::secondsChanged, this,
        [this](int seconds) { saveSetting(u"captures/seconds"_s, seconds); });
}

void MainWindow::wireSandbox()
{
    connect(m_sandbox, &SandboxActions::message, this, &MainWindow::showMessage);
    connect(m_sandbox, &SandboxActions::failed, this, [this](const support::Error& error) {
        if (m_sandboxTab)
            std::exchange(m_sandboxTab, nullptr)->sandboxFailed(error);
        else
            showError(error);
    });
    connect(m_sandbox, &SandboxActions::commandSuggested, this, [this](const QString& line) {
        if (const ClusterPage* page = m_tabs->current()->shownCluster())
            page->console()->setCommand(line);
    });
    connect(
        m_sandbox, &SandboxActions::clusterChanged, this, [this] { m_tabs->current()->refresh(); });
    connect(m_sandbox, &SandboxActions::clusterStarted, this, [this](const QString& endpoint) {
        if (m_sandboxTab)
            std::exchange(m_sandboxTab, nullptr)->sandboxStarted(endpoint);
    });
}

/// What stands outside the tabs follows the current one.
void MainWindow::showState()
{
    const ConnectionTab* tab = m_tabs->current();
    if (!tab)
        return;
    const bool live = tab->isConnected();
    setWindowTitle(tab->shownCluster() ? tr("%1 - Slotscope").arg(tab->title()) : tr("Slotscope"));
    m_profiles->menu()->setCurrent(live ? std::optional(profileOf(*tab->config())) : std::nullopt);
    const ClusterPage* page = tab->shownCluster();
    if (page) {
        page->player()->setMotionReduced(m_reducedMotion->isChecked());
        page->view()->setReducedMotion(m_reducedMotion->isChecked());
    }
    m_sandbox->setShown(live && page ? page->topology() : cluster::Topology());
}

void MainWindow::connectTo(const session::SessionConfig& config, const TabMark& mark)
{
    m_tabs->current()->connectTo(config, mark);
}

void MainWindow::openCapture(const QString& file)
{
    m_tabs->unusedOne()->openFile(file);
}

void MainWindow::open(const profile::Profile& profile)
{
    m_profiles->open(profile);
}

void MainWindow::openProfile(const profile::Profile& profile, const profile::Secret& password)
{
    auto config = configOf(profile, password);
    if (!config)
        return;
    config->options.currentPassword = m_profiles->renewed(profile, password);
    config->knownShards = m_shardLabels->known(profile);
    m_profiles->unlock(
        profile, config->options.tls, [this, profile, config](const net::TlsOptions& tls) mutable {
            config->options.tls = tls;
            TabMark mark = markOf(profile);
            mark.loginSource = m_profiles->loginSource(profile);
            m_tabs->unusedOne()->connectTo(*config, mark);
        });
}

void MainWindow::testProfile(const profile::Profile& profile, const profile::Secret& password)
{
    auto config = configOf(profile, password);
    if (!config)
        return;
    config->options.currentPassword = m_profiles->renewed(profile, password);
    m_profiles->unlock(profile, config->options.tls,
        [this, config, id = profile.id](const net::TlsOptions& tls) mutable {
            config->options.tls = tls;
            const auto adopt = [this](const net::ConnectionOptions& options) {
                m_questions->adopt(options, m_io.thread());
            };
            adopt(config->options);
            offerWays(DoctorDialog::showFor(m_io, *config, this), m_io, adopt,
                [this, id, endpoint = config->endpoint](const net::ConnectionOptions& options) {
                    m_profiles->takeWay(id, profile::profileOfWay(endpoint, options));
                });
        });
}

std::optional<session::SessionConfig> MainWindow::configOf(
    const profile::Profile& profile, const profile::Secret& password)
{
    auto config = configFor(profile, m_options.connection);
    if (!config) {
        m_profiles->tell(profile, config.error());
        return {};
    }
    if (!password.isEmpty())
        config->options.password = password.reveal();
    return *config;
}

void MainWindow::showMessage(const QString& text)
{
    statusBar()->showMessage(text, 20'000);
}

void MainWindow::showError(const support::Error& error)
{
    const QString text = explain::errorSentence(error) + u' ' + explain::errorRemedy(error);
    statusBar()->showMessage(withoutOptions(text.trimmed()));
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
        m_tabs->current()->cancelConnecting();
    else
        QMainWindow::keyPressEvent(event);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    saveSetting(u"geometry"_s, saveGeometry());
    saveSetting(u"layout"_s, m_layout);
    QMainWindow::closeEvent(event);
}

void MainWindow::restoreSettings()
{
    if (m_options.settingsFile.isEmpty())
        return;
    m_themes->setChoice(ThemeMenu::choiceOf(setting(u"theme"_s).toString()));
    m_sizes->setPercent(setting(SizeMenu::settingsKey()).toInt());
    if (const QVariant seconds = setting(u"metrics/seconds"_s); seconds.isValid())
        m_metrics->setSeconds(seconds.toInt());
    m_recording->setState(setting(u"recording"_s).toMap());
    m_captures->setFolder(setting(u"pictures/folder"_s).toString());
    m_captures->setSeconds(setting(u"captures/seconds"_s).toInt());
    m_layout = setting(u"layout"_s).toMap();
    restoreGeometry(setting(u"geometry"_s).toByteArray());
}

QVariant MainWindow::setting(const QString& key) const
{
    if (m_options.settingsFile.isEmpty())
        return {};
    return QSettings(m_options.settingsFile, QSettings::IniFormat).value(key);
}

void MainWindow::saveSetting(const QString& key, const QVariant& value) const
{
    if (!m_options.settingsFile.isEmpty())
        QSettings(m_options.settingsFile, QSettings::IniFormat).setValue(key, value);
}

} // namespace slotscope::ui
