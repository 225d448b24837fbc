// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "core/doctor/guesscheck.h"
#include "core/net/unreached.h"
#include "core/session/sessionhandle.h"
#include "ui/connection/messagepage.h"
#include "ui/connection/tabmark.h"
#include "ui/incident/capturecontent.h"

#include <QPointer>
#include <QWidget>

#include <functional>
#include <optional>

class QStackedWidget;

namespace slotscope::capture {
class Recorder;
struct RecorderOptions;
} // namespace slotscope::capture

namespace slotscope::ui {

class ClusterPage;
class ConnectionBand;
class ConnectionDetails;
class EndpointBar;
class ExplanationPage;
class MetricsLink;
class RecordingLink;
class StartPage;
class TimeTravel;
struct OpenedHistory;
class TunnelQuestions;

/// One connection: the band of what must not be forgotten, the endpoint line, the page below it
/// (start, connecting or failed, explanation, cluster), and the session, which it owns. Takes what
/// the user gives and passes values between session and page. Each page is built when it is first
/// shown. Knows nothing of other tabs.
class ConnectionTab final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConnectionTab)
public:
    /// `io` must outlive the tab. Every connection starts from `base`, which has no credentials.
    ConnectionTab(session::IoThread& io, net::ConnectionOptions base, QWidget* parent = nullptr);
    ~ConnectionTab() override;

    /// Where the console keeps what was run; before the cluster page is asked for.
    void setHistoryFile(const QString& file) { m_historyFile = file; }
    /// As if `text` had been typed and submitted.
    void submit(const QString& text);
    /// Connects with the tab's options; a password is kept in memory only.
    void connectTo(const net::TypedEndpoint& endpoint);
    /// Connects with options of one's own (the command line's credentials, a profile's TLS).
    void connectTo(const session::SessionConfig& config, const TabMark& mark = {});
    /// Opens a capture or a recording, to be looked at without any connection.
    void openFile(const QString& file);
    /// Recordings of a program that was killed: the start page offers them.
    void offerRecordings(const QStringList& files);
    /// A sandbox is being started for this tab: its endpoint is submitted, or it failed, or
    /// sandboxCancelled() comes.
    void waitForSandbox();
    void sandboxStarted(const QString& endpoint);
    void sandboxFailed(const support::Error& error);
    /// Asks every node again, now.
    void refresh();
    void cancelConnecting();
    void focusEndpoint();
    /// What is known of the open connection, in a window of its own.
    void showDetails();
    /// Shows the doctor for what is in the endpoint field, else for what is open.
    void testEndpoint();
    /// Of the open connection, at once, and of those to the same endpoint after it.
    void setReadOnly(bool readOnly);
    /// How often each node is asked for its numbers, in this and in later sessions; 0: never.
    void setMetricsInterval(std::chrono::milliseconds interval);
    /// Whether and how this and later sessions are recorded; not, without a folder.
    void setRecorderOptions(const capture::RecorderOptions& options);

    /// What this tab knows now: of an open cluster what it shows and the last quarter of an hour,
    /// of an opened capture all of it.
    capture::Capture known() const;
    /// Of the session's recording (capture::History reads it at any time); empty when there is
    /// none.
    QString recordingFile() const;
    /// Shown among the events, recorded, and part of captures.
    void addNote(const capture::Note& note);
    /// Asks for the line of a note for this moment.
    void askForNote();

    /// Null when nothing was opened, offline, and after a failure.
    session::SessionHandle* session() const { return m_session; }
    /// The session has shown a topology.
    bool isConnected() const { return m_connected; }
    /// Nothing was opened here: what the user opens next may go here.
    bool isUnused() const;
    /// Of the session that is open or was tried last.
    const std::optional<session::SessionConfig>& config() const { return m_config; }
    /// What the profile says of it that is open or was tried last.
    const TabMark& mark() const { return m_mark; }
    /// What is open, in a few words of plain text; empty when nothing is.
    QString title() const { return m_title; }
    /// Built when first asked for.
    ClusterPage* clusterPage();
    /// The page when a cluster is what is shown, else null.
    ClusterPage* shownCluster() const;
    /// What a capture of this tab is made of; its topology is empty when no cluster is shown.
    CaptureContent captureContent() const;

Q_SIGNALS:
    /// The page is ready for this session, which has not been opened yet.
    void sessionStarted(slotscope::session::SessionHandle* session);
    /// Nothing more may be asked of the session; it is deleted later.
    void sessionEnded();
    /// clusterPage() was built, and is linked with the session.
    void clusterPageBuilt(slotscope::ui::ClusterPage* page);
    /// A topology is shown for the first time after connecting or opening.
    void clusterShown();
    /// The title, the page, or the topology has changed.
    void changed();
    void captureRequested();
    /// Once per recording: why nothing is recorded any more.
    void recordingFailed(const slotscope::support::Error& error);
    void sandboxRequested();
    void sandboxCancelled();

private:
    MessagePage* messagePage();
    ExplanationPage* explanationPage();
    void wireClusterPage();
    template <typename Link>
    void addLink(Link* link);
    void showPage(QWidget* page);
    void tellBand();
    void tellDetails(const session::OpenWays& ways);
    void tellMetrics();
    void goToMaster(const net::Endpoint& master);
    void setTitle(const QString& title);
    void startSession(const session::SessionConfig& config);
    bool tryNextSeed(const support::Error& error);
    void keepAllSeeds();
    void endSession();
    void takeStep(NextStep step);
    void reconnect(const std::function<void(session::SessionConfig&)>& change);
    void openReach(net::WayProposal::Kind first);
    std::optional<session::SessionConfig> configToTest() const;
    void showOpened(const OpenedHistory& history);
    void leaveOpen();
    void showOffline(const cluster::Topology& topology, const QString& how);
    void askForCredentials(const QString& message);
    void onOpenFailed(const support::Error& error);
    void onTopology(const cluster::Topology& topology);

    session::IoThread& m_io;
    net::ConnectionOptions m_base;
    std::optional<session::SessionConfig> m_config;
    std::optional<session::SessionConfig> m_whole; ///< m_config with all its seeds
    QList<SeedRow> m_seeds; ///< of m_whole
    std::optional<qsizetype> m_loadingSeed; ///< that was left, by its place among them
    doctor::GuessCheck m_check; ///< of the name of the endpoint that is open
    QString m_realName; ///< that the failed endpoint's certificate is for
    TabMark m_mark; ///< of m_config
    session::SessionHandle* m_session = nullptr;
    RecordingLink* m_recording = nullptr;
    TimeTravel* m_travel = nullptr; ///< of the cluster page
    std::optional<capture::Capture> m_opened; ///< the capture that is shown
    MetricsLink* m_metrics = nullptr; ///< of the cluster page
    std::chrono::milliseconds m_metricsInterval { 0 };
    bool m_connected = false;
    bool m_waitsForSandbox = false;
    bool m_triedSandbox = false; ///< last, and not an endpoint
    QString m_title;
    QString m_historyFile;

    TunnelQuestions* m_questions = nullptr;
    QPointer<ConnectionDetails> m_details; ///< while it is shown
    ConnectionBand* m_band = nullptr;
    EndpointBar* m_endpointBar = nullptr;
    QStackedWidget* m_pages = nullptr;
    StartPage* m_startPage = nullptr;
    MessagePage* m_messagePage = nullptr;
    ExplanationPage* m_explanationPage = nullptr;
    ClusterPage* m_clusterPage = nullptr;
};

} // namespace slotscope::ui
