// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/connection/connectiontab.h"

#include "core/explain/clocks.h"
#include "core/explain/errors.h"
#include "core/explain/topology.h"
#include "core/profile/endpointguess.h"
#include "core/profile/seedsearch.h"
#include "core/session/userinput.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/clusterpage/findingsactions.h"
#include "ui/clusterpage/headlinebar.h"
#include "ui/clusterpage/pictureactions.h"
#include "ui/connection/connectionband.h"
#include "ui/connection/endpointbar.h"
#include "ui/connection/explanationpage.h"
#include "ui/connection/messagepage.h"
#include "ui/connection/sessionconfig.h"
#include "ui/connection/startpage.h"
#include "ui/console/consolepanel.h"
#include "ui/console/entrylist.h"
#include "ui/inspector/eventlist.h"
#include "ui/inspector/inspector.h"
#include "ui/links/consolelink.h"
#include "ui/links/metricslink.h"
#include "ui/links/recordinglink.h"
#include "ui/links/slotslink.h"
#include "ui/links/storylink.h"
#include "ui/links/timetravel.h"
#include "ui/theme/plaintext.h"
#include "ui/wayin/connectiondetails.h"
#include "ui/wayin/tunnelquestions.h"

#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace slotscope::ui {
using namespace Qt::StringLiterals;
using session::SessionHandle;

/// What connects one panel with the session is a link, a class of its own: start() comes with each
/// session before it is opened, end() when it must not be used any more.
template <typename Link>
void ConnectionTab::addLink(Link* link)
{
    connect(this, &ConnectionTab::sessionStarted, link, &Link::start);
    connect(this, &ConnectionTab::sessionEnded, link, &Link::end);
}

ConnectionTab::ConnectionTab(session::IoThread& io, net::ConnectionOptions base, QWidget* parent)
    : QWidget(parent)
    , m_io(io)
    , m_base(std::move(base))
{
    m_questions = new TunnelQuestions(this);
    m_band = new ConnectionBand(this);
    m_band->hide();
    m_endpointBar = new EndpointBar(this);
    m_pages = new QStackedWidget(this);
    m_startPage = new StartPage(m_pages);
    m_pages->addWidget(m_startPage);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_band);
    layout->addWidget(m_endpointBar);
    layout->addWidget(m_pages, 1);

    m_recording = new RecordingLink({}, this);
    addLink(m_recording);
    connect(m_recording->recorder(), &capture::Recorder::failed, this,
        [this](const support::Error& error) {
            tellMetrics();
            Q_EMIT recordingFailed(error);
        });
    connect(m_recording, &RecordingLink::continued, this,
        [this](const QList<cluster::TopologyEvent>& events) {
            m_clusterPage->goOnWatching(m_recording->began(), events);
        });
    connect(m_recording, &RecordingLink::restarted, this, [this] {
        m_clusterPage->inspector()->events()->forgetEarlier();
        m_clusterPage->console()->entries()->clear(); // they were asked of another cluster
    });
    connect(m_recording, &RecordingLink::noticed, this,
        [this](const cluster::TopologyEvent& event) { m_clusterPage->addEvents({ event }); });
    connect(m_band, &ConnectionBand::detailsRequested, this, &ConnectionTab::showDetails);
    connect(m_endpointBar, &EndpointBar::submitted, this, &ConnectionTab::submit);
    connect(m_endpointBar, &EndpointBar::cancelRequested, this, &ConnectionTab::cancelConnecting);
    connect(m_startPage, &StartPage::captureRequested, this, &ConnectionTab::captureRequested);
    connect(m_startPage, &StartPage::openRequested, this, &ConnectionTab::openFile);
    connect(m_startPage, &StartPage::sandboxRequested, this, &ConnectionTab::sandboxRequested);
}

ConnectionTab::~ConnectionTab()
{
    if (m_waitsForSandbox)
        Q_EMIT sandboxCancelled();
    endSession();
}

MessagePage* ConnectionTab::messagePage()
{
    if (m_messagePage)
        return m_messagePage;
    m_messagePage = new MessagePage(m_pages);
    m_pages->addWidget(m_messagePage);
    connect(m_messagePage, &MessagePage::cancelRequested, this, &ConnectionTab::cancelConnecting);
    connect(m_messagePage, &MessagePage::stepChosen, this, &ConnectionTab::takeStep);
    return m_messagePage;
}

ExplanationPage* ConnectionTab::explanationPage()
{
    if (m_explanationPage)
        return m_explanationPage;
    m_explanationPage = new ExplanationPage(m_pages);
    m_pages->addWidget(m_explanationPage);
    connect(m_explanationPage, &ExplanationPage::openRequested, this, [this](const QString& text) {
        m_endpointBar->setText(text);
        submit(text);
    });
    connect(m_explanationPage, &ExplanationPage::closeRequested, this, [this] {
        const bool open = m_clusterPage && !m_clusterPage->topology().isEmpty();
        showPage(open ? static_cast<QWidget*>(m_clusterPage) : m_startPage);
    });
    return m_explanationPage;
}

ClusterPage* ConnectionTab::clusterPage()
{
    if (!m_clusterPage) {
        m_clusterPage = new ClusterPage(m_pages);
        m_pages->addWidget(m_clusterPage);
        m_clusterPage->console()->setHistoryFile(m_historyFile);
        wireClusterPage();
        Q_EMIT clusterPageBuilt(m_clusterPage);
    }
    return m_clusterPage;
}

ClusterPage* ConnectionTab::shownCluster() const
{
    return m_clusterPage && m_pages->currentWidget() == m_clusterPage ? m_clusterPage : nullptr;
}

/// All links between panels and the session, but for the recording, are made here.
void ConnectionTab::wireClusterPage()
{
    connect(m_clusterPage, &ClusterPage::masterChosen, this, &ConnectionTab::goToMaster);
    connect(m_clusterPage->headline(), &HeadlineBar::stepChosen, this, &ConnectionTab::takeStep);
    addLink(new ConsoleLink(m_clusterPage->console(), this));
    addLink(new StoryLink(m_clusterPage->desk(), this));
    m_metrics = new MetricsLink(
        m_clusterPage->inspector()->nodeDetails(), m_clusterPage, m_metricsInterval, this);
    addLink(m_metrics);
    const Inspector* inspector = m_clusterPage->inspector();
    addLink(new SlotsLink(inspector->slotPanel(), inspector->keySearch(), this));
    addLink(m_clusterPage->pictureActions());
    addLink(m_clusterPage->findings());
    m_travel = new TimeTravel(m_clusterPage, m_metrics, m_recording, this);
    addLink(m_travel);
    connect(m_travel, &TimeTravel::fileOpened, this, &ConnectionTab::showOpened);
    connect(m_travel, &TimeTravel::fileFailed, this, [this](const support::Error& error) {
        messagePage()->showFailure(tr("Not opened"), error, { NextStep::OtherEndpoint });
        showPage(m_messagePage);
    });
}

void ConnectionTab::showPage(QWidget* page)
{
    m_pages->setCurrentWidget(page);
    tellBand();
    Q_EMIT changed();
}

void ConnectionTab::tellBand()
{
    if (m_config)
        m_band->setState(m_mark, m_config->readOnly, m_config->options, m_connected);
    m_band->setGuess(m_check);
    m_band->setVisible(
        m_config && m_pages->currentWidget() != m_startPage && m_band->hasSomethingToSay());
}

void ConnectionTab::setReadOnly(bool readOnly)
{
    if (!m_config)
        return;
    m_config->readOnly = readOnly;
    if (m_session)
        m_session->setReadOnly(readOnly);
    tellBand();
    Q_EMIT changed();
}

void ConnectionTab::setTitle(const QString& title)
{
    m_title = title;
    Q_EMIT changed();
}

bool ConnectionTab::isUnused() const
{
    return !m_session && m_pages->currentWidget() == m_startPage;
}

void ConnectionTab::submit(const QString& text)
{
    const session::UserInput input = session::understandInput(text);
    m_endpointBar->setMessage({});
    if (const auto* error = std::get_if<support::Error>(&input)) {
        m_endpointBar->setMessage(explain::errorSentence(*error));
    } else if (const auto* endpoint = std::get_if<net::TypedEndpoint>(&input)) {
        connectTo(*endpoint);
    } else if (const auto* redirect = std::get_if<command::Redirect>(&input)) {
        explanationPage()->setRedirect(*redirect);
        showPage(m_explanationPage);
    } else {
        showOffline(std::get<cluster::Topology>(input), explain::pastedUnknownTime());
    }
}

void ConnectionTab::connectTo(const net::TypedEndpoint& endpoint)
{
    // The same again, as when only Return was pressed: all that a profile said still holds.
    const bool isSame = m_config && m_config->endpoint.endpoint == endpoint.endpoint;
    const bool isSameText = isSame && m_config->endpoint.typed == endpoint.typed;
    connectTo(isSameText && !endpoint.password ? *m_config : configFor(endpoint, m_base, m_config),
        isSame ? m_mark : TabMark());
}

void ConnectionTab::connectTo(const session::SessionConfig& config, const TabMark& mark)
{
    // A password that is in the field would be on every screenshot.
    m_endpointBar->setText(config.endpoint.typed);
    if (const auto guess = profile::guessEndpoint(config.endpoint.endpoint); guess.isRefused()) {
        m_endpointBar->setMessage(guess.reason);
        return;
    }
    m_mark = mark;
    m_whole = config;
    m_loadingSeed.reset();
    m_seeds = { { config.endpoint.typed, SeedRow::State::Current } };
    for (const net::TypedEndpoint& other : config.otherSeeds)
        m_seeds.append({ other.typed });
    startSession(config);
}

void ConnectionTab::startSession(const session::SessionConfig& config)
{
    endSession();
    m_waitsForSandbox = false;
    m_triedSandbox = false;
    m_opened.reset();
    m_config = config;
    m_config->options.setSeed(config.endpoint.endpoint);
    m_check.clear();
    // What the name tells is a guess, and said while nothing better is known.
    const auto guess = profile::guessEndpoint(config.endpoint.endpoint);
    messagePage()->showProgress(tr("Connecting to %1…").arg(config.endpoint.typed), true,
        guess.provider == profile::Provider::None ? QString() : guess.reason);
    m_messagePage->setSeeds(m_seeds);
    m_endpointBar->setConnecting(true);
    clusterPage()->reset();

    m_questions->adopt(config.options, m_io.thread());
    m_session = new SessionHandle(m_io, *m_config, this);
    connect(m_session, &SessionHandle::openFailed, this, &ConnectionTab::onOpenFailed);
    connect(m_session, &SessionHandle::topologyChanged, this, &ConnectionTab::onTopology);
    connect(m_session, &SessionHandle::changed, m_clusterPage, &ClusterPage::addEvents);
    connect(m_session, &SessionHandle::waysTold, this, &ConnectionTab::tellDetails);
    connect(m_session, &SessionHandle::refreshFailed, m_clusterPage,
        [this](const support::Error& error) {
            m_clusterPage->setTrouble(explain::errorSentence(error));
        });
    Q_EMIT sessionStarted(m_session);
    tellMetrics();
    showPage(m_messagePage);
    setTitle(m_mark.title(config.endpoint.typed));
    m_session->open();
}

void ConnectionTab::endSession()
{
    m_connected = false;
    m_check.clear();
    delete m_details;
    m_endpointBar->setConnecting(false);
    if (SessionHandle* session = std::exchange(m_session, nullptr)) {
        // It may be this session that is speaking right now.
        session->disconnect(this);
        session->disconnect(m_clusterPage);
        Q_EMIT sessionEnded();
        session->deleteLater();
    }
}

void ConnectionTab::cancelConnecting()
{
    if (m_connected || !m_messagePage || m_pages->currentWidget() != m_messagePage)
        return;
    if (std::exchange(m_waitsForSandbox, false))
        Q_EMIT sandboxCancelled();
    endSession();
    if (m_travel)
        m_travel->reset(); // a file that is being read
    showPage(m_startPage);
    setTitle({});
    focusEndpoint();
}

void ConnectionTab::refresh()
{
    if (m_session)
        m_session->refresh();
}

void ConnectionTab::setMetricsInterval(std::chrono::milliseconds interval)
{
    m_metricsInterval = interval;
    if (m_metrics)
        m_metrics->setInterval(interval);
}

void ConnectionTab::focusEndpoint()
{
    m_endpointBar->focusField();
}

/// Where another seed may do better, and there is one. Else all of them are what is tried when the
/// user tries again.
bool ConnectionTab::tryNextSeed(const support::Error& error)
{
    session::SessionConfig next = *m_config;
    const auto current = std::find_if(m_seeds.begin(), m_seeds.end(),
        [](const SeedRow& seed) { return seed.state == SeedRow::State::Current; });
    if (current != m_seeds.end()) {
        current->state = SeedRow::State::Failed;
        current->why = withoutOptions(explain::errorSentence(error));
    }
    const bool mayHelp = profile::mayAnotherSeedHelp(error);
    // A node that loads its data is more than none.
    if (next.otherSeeds.isEmpty() && mayHelp && m_whole && m_loadingSeed) {
        const qsizetype place = *std::exchange(m_loadingSeed, std::nullopt);
        next.endpoint = place == 0 ? m_whole->endpoint : m_whole->otherSeeds.at(place - 1);
        m_seeds[place].state = SeedRow::State::Current;
        startSession(next);
        return true;
    }
    if (next.otherSeeds.isEmpty() || !mayHelp) {
        if (mayHelp && m_whole) {
            m_config->endpoint = m_whole->endpoint;
            m_config->otherSeeds = m_whole->otherSeeds;
            m_config->options.setSeed(m_config->endpoint.endpoint);
        } else {
            keepAllSeeds();
        }
        return false;
    }
    next.endpoint = next.otherSeeds.takeFirst();
    const qsizetype place = m_seeds.size() - 1 - next.otherSeeds.size();
    if (place >= 0 && place < m_seeds.size())
        m_seeds[place].state = SeedRow::State::Current;
    startSession(next);
    return true;
}

/// For when it is opened again: the seed that was of use, or that the user can mend, then all
/// others.
void ConnectionTab::keepAllSeeds()
{
    if (!m_config || !m_whole)
        return;
    m_config->otherSeeds = QList { m_whole->endpoint } + m_whole->otherSeeds;
    m_config->otherSeeds.removeAll(m_config->endpoint);
}

void ConnectionTab::onOpenFailed(const support::Error& error)
{
    const bool wantsPassword = error.code == support::ErrorCode::AuthRequired
        || error.code == support::ErrorCode::AuthFailed;
    endSession();
    if (tryNextSeed(error))
        return;
    m_realName = error.suggestion;
    // A token is signed, not typed: what to look at is another thing.
    QString remedy = wantsPassword ? m_mark.loginRemedy : QString();
    if (error.code == support::ErrorCode::TokenRefused && !m_mark.loginRemedy.isEmpty())
        remedy = explain::clocksOfToken(error.clockAheadMicros) + u' ' + m_mark.loginRemedy;
    QList<NextStep> steps = stepsAfter(error);
    if (m_config && m_config->options.tls.enabled)
        steps.removeAll(NextStep::WithTls);
    messagePage()->showFailure(tr("Not connected"), error, steps, remedy);
    m_messagePage->setSeeds(m_seeds);
    showPage(m_messagePage);
    // A tab in the background does not put a dialog over another one: its page has a button.
    if (wantsPassword && isVisible() && remedy.isEmpty())
        askForCredentials(withoutOptions(explain::errorSentence(error)));
}

void ConnectionTab::onTopology(const cluster::Topology& topology)
{
    // One that still loads its data knows of no other node: another seed does.
    if (!m_connected && !m_config->otherSeeds.isEmpty() && topology.nodes().size() == 1
        && topology.nodes().constFirst().health == cluster::Health::Loading) {
        if (!m_loadingSeed)
            m_loadingSeed = m_seeds.size() - 1 - m_config->otherSeeds.size();
        return onOpenFailed(
            { support::ErrorCode::Loading, {}, m_config->endpoint.endpoint.toString() });
    }
    // Should it be opened again, in whichever way.
    m_config->knownShards = topology.shards() + topology.data().formerShards;
    m_clusterPage->setTopology(topology, {});
    if (m_details)
        m_session->askForWays();
    if (std::exchange(m_connected, true)) {
        Q_EMIT changed();
        return;
    }
    m_check = doctor::checkGuess(profile::guessEndpoint(m_config->endpoint.endpoint), topology,
        m_config->options.tls.enabled);
    keepAllSeeds();
    m_endpointBar->setConnecting(false);
    m_clusterPage->startWatching(*m_config);
    showPage(m_clusterPage);
    if (isVisible())
        m_clusterPage->console()->focusInput();
    Q_EMIT clusterShown();
}

void ConnectionTab::showOffline(const cluster::Topology& topology, const QString& how)
{
    leaveOpen();
    m_clusterPage->setTopology(topology, how);
    showPage(m_clusterPage);
    setTitle(how);
    Q_EMIT clusterShown();
}

void ConnectionTab::waitForSandbox()
{
    m_waitsForSandbox = true;
    m_triedSandbox = true;
    messagePage()->showProgress(tr("Starting a sandbox: six servers on this computer…"));
    showPage(m_messagePage);
}

void ConnectionTab::sandboxStarted(const QString& endpoint)
{
    // The user may have connected elsewhere in the meantime.
    if (std::exchange(m_waitsForSandbox, false))
        submit(endpoint);
}

void ConnectionTab::sandboxFailed(const support::Error& error)
{
    if (std::exchange(m_waitsForSandbox, false))
        messagePage()->showFailure(tr("The sandbox did not start"), error,
            { NextStep::TryAgain, NextStep::OtherEndpoint });
}

} // namespace slotscope::ui
