// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// What a connection tab does when the user takes one of the next steps, and what a capture of it
// is made of.

#include "core/explain/errors.h"
#include "core/net/waytext.h"
#include "core/profile/profilejson.h"
#include "core/profile/profileoptions.h"
#include "core/session/userinput.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/connection/connectiontab.h"
#include "ui/connection/endpointbar.h"
#include "ui/connection/sessionconfig.h"
#include "ui/connection/startpage.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/problemlist.h"
#include "ui/links/recordinglink.h"
#include "ui/links/timetravel.h"
#include "ui/wayin/connectiondetails.h"
#include "ui/wayin/doctordialog.h"
#include "ui/wayin/doctorways.h"
#include "ui/wayin/nextsteps.h"
#include "ui/wayin/passworddialog.h"
#include "ui/wayin/reachdialog.h"
#include "ui/wayin/tunnelquestions.h"

#include <QPointer>
#include <QStackedWidget>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

void ConnectionTab::takeStep(NextStep step)
{
    switch (step) {
    case NextStep::TryAgain:
        if (m_triedSandbox)
            Q_EMIT sandboxRequested();
        else
            reconnect([](session::SessionConfig&) {});
        break;
    case NextStep::AskAgain:
        refresh();
        break;
    case NextStep::Credentials:
        askForCredentials({});
        break;
    case NextStep::WithTls:
        reconnect([](session::SessionConfig& config) {
            config.endpoint.tls = true;
            config.endpoint.typed = u"rediss://"_s + config.endpoint.endpoint.toString();
            config.options.tls.enabled = true;
        });
        break;
    case NextStep::WithoutTls:
        reconnect([](session::SessionConfig& config) {
            config.endpoint.tls = false;
            config.endpoint.typed = config.endpoint.endpoint.toString();
            if (profile::wantsTls(config.endpoint)) // by its name
                config.endpoint.typed.prepend(u"redis://"_s);
            config.options.tls.enabled = false;
            // What was meant for TLS is not said in plain text.
            config.options.password.reset();
        });
        break;
    case NextStep::VerifyRealName:
        reconnect([this](session::SessionConfig& config) {
            config.options.tls.verifySeed = false;
            config.options.tls.verifyName = m_realName;
        });
        break;
    case NextStep::UseSsh:
        openReach(net::WayProposal::Kind::Ssh);
        break;
    case NextStep::MapAddresses:
        openReach(net::WayProposal::Kind::Map);
        break;
    case NextStep::Test:
        testEndpoint();
        break;
    case NextStep::ShowProblems:
        m_clusterPage->inspector()->setCurrentWidget(m_clusterPage->inspector()->problems());
        break;
    case NextStep::EnterAddress:
        m_endpointBar->setText(addressToEnter(m_clusterPage->topology()).toString());
        focusEndpoint();
        break;
    case NextStep::OtherEndpoint:
        if (!m_connected)
            showPage(m_startPage);
        focusEndpoint();
        break;
    }
}

void ConnectionTab::reconnect(const std::function<void(session::SessionConfig&)>& change)
{
    if (!m_config)
        return;
    session::SessionConfig config = *m_config;
    change(config);
    connectTo(config, m_mark);
}

/// From a sentinel, by the same way and under the same mark, but with nobody's credentials.
void ConnectionTab::goToMaster(const net::Endpoint& master)
{
    if (!m_config)
        return submit(master.toString());
    reconnect([&master](session::SessionConfig& config) {
        config.endpoint.endpoint = master;
        config.endpoint.typed = master.toString();
        config.otherSeeds.clear(); // other sentinels
        config.endpoint.user.clear();
        config.endpoint.password.reset();
        config.options.user.clear();
        config.options.password.reset();
    });
}

void ConnectionTab::openReach(net::WayProposal::Kind first)
{
    if (!m_config)
        return;
    const cluster::Topology topology
        = m_connected && m_clusterPage ? m_clusterPage->topology() : cluster::Topology();
    auto* dialog = new ReachDialog(
        m_io, *m_config, topology,
        [this](
            const net::ConnectionOptions& options) { m_questions->adopt(options, m_io.thread()); },
        this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ReachDialog::wayChosen, this, [this](const net::ConnectionOptions& options) {
        reconnect([&options](session::SessionConfig& config) {
            const std::shared_ptr<net::WireTap> tap = config.options.tap;
            config.options = options;
            config.options.tap = tap;
        });
    });
    dialog->open();
    dialog->focusOn(first);
}

void ConnectionTab::askForCredentials(const QString& message)
{
    if (!m_config)
        return;
    auto* dialog
        = new PasswordDialog(m_config->endpoint.typed, m_config->options.user, message, this);
    dialog->setObjectName(u"passwordDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PasswordDialog::credentialsGiven, this,
        [this](const QString& user, const QString& password) {
            reconnect([&](session::SessionConfig& config) {
                config.options.user = user;
                config.options.password = password;
            });
        });
    dialog->open();
}

/// What is in the field goes first: it may have been typed since.
std::optional<session::SessionConfig> ConnectionTab::configToTest() const
{
    const QString text = m_endpointBar->text().trimmed();
    if (m_config && (text.isEmpty() || text == m_config->endpoint.typed))
        return m_config;
    const session::UserInput input = session::understandInput(text);
    if (const auto* endpoint = std::get_if<net::TypedEndpoint>(&input))
        return configFor(*endpoint, m_base, m_config);
    return m_config;
}

CaptureContent ConnectionTab::captureContent() const
{
    const ClusterPage* page = shownCluster();
    if (!page)
        return {};
    CaptureContent content = page->content();
    capture::Capture known = this->known();
    const bool isPast = m_travel && m_travel->shown();
    if (!m_opened && !isPast)
        known.nodes = content.capture.nodes;
    content.capture = std::move(known);
    content.recording = m_opened ? m_travel->openedFile() : recordingFile();
    content.opened = m_travel->shownCapture();
    content.flush = [recorder = QPointer(m_recording->recorder())](std::function<void()> work) {
        if (recorder)
            recorder->whenWritten(std::move(work));
        else
            work();
    };
    const auto redaction
        = capture::RedactionOptions::fromText(profile::redactionName(m_mark.redaction));
    content.redaction = redaction.value_or(capture::RedactionOptions::usual());
    // Of the past nobody can be asked.
    if (m_connected && !isPast)
        content.session = m_session;
    return content;
}

void ConnectionTab::showDetails()
{
    if (!m_session || !m_connected)
        return;
    if (!m_details) {
        m_details = new ConnectionDetails(window());
        m_details->setAttribute(Qt::WA_DeleteOnClose);
        tellDetails({});
    }
    m_details->show();
    m_details->raise();
    m_details->activateWindow();
    m_session->askForWays();
}

void ConnectionTab::tellDetails(const session::OpenWays& ways)
{
    if (!m_details || !m_config)
        return;
    const net::ConnectionOptions& options = m_config->options;
    QStringList login;
    if (!options.user.isEmpty())
        login << tr("As user %1.").arg(options.user);
    if (!m_mark.loginSource.isEmpty())
        login << m_mark.loginSource;
    const QString way = net::wayText(options);
    m_details->setFacts({ m_config->endpoint.typed, way.isEmpty() ? way : tr("via %1").arg(way),
        login.join(u' '), options.tls, m_check, m_clusterPage->liveTopology(), ways });
}

void ConnectionTab::testEndpoint()
{
    if (const auto config = configToTest()) {
        m_questions->adopt(config->options, m_io.thread());
        // The dialog is the window's, and may stay longer than this tab.
        const QPointer<ConnectionTab> self(this);
        offerWays(
            DoctorDialog::showFor(m_io, *config, window()), m_io,
            [self](const net::ConnectionOptions& options) {
                if (self)
                    self->m_questions->adopt(options, self->m_io.thread());
            },
            [self, config](const net::ConnectionOptions& options) {
                if (!self)
                    return;
                session::SessionConfig next = *config;
                next.options = options;
                const bool isSame = self->m_config && self->m_config->endpoint == config->endpoint;
                self->connectTo(next, isSame ? self->m_mark : TabMark());
            });
        return;
    }
    m_endpointBar->setMessage(tr("Type or paste the endpoint to test here first."));
    focusEndpoint();
}

} // namespace slotscope::ui
