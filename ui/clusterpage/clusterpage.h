// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "core/command/trace.h"
#include "core/session/session.h"
#include "ui/incident/capturecontent.h"

#include <QVariantMap>
#include <QWidget>

class QSplitter;

namespace slotscope::ui {

class ConsolePanel;
class FindingsActions;
class HeadlineBar;
class Inspector;
class PictureActions;
class PlayerBar;
class RibbonWidget;
class StoryDesk;
class StoryPlayer;
class TimelineBar;
class TopologyView;
class TracePanel;

/// Another time than now, to be shown by a page.
struct PastMoment
{
    capture::Capture capture;
    QList<health::Finding> findings;
    QList<session::MetricsSample> samples; ///< its samples, to be looked at
    QList<cluster::TopologyEvent> events; ///< oldest first
    QString at; ///< "14:02:40Z"; empty: what a capture holds
    QString how; ///< as setTopology()'s
    QString since; ///< which events these are
    bool canGoBack = false; ///< to what is live
};

/// The page of an open cluster, live or not: headline, ribbon, picture with its player, inspector,
/// console and trace, wired to each other. Asks nobody: topologies and traces come in, wishes go
/// out; findings() and pictureActions() alone are lent a session by its tab.
class ClusterPage final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ClusterPage)
public:
    explicit ClusterPage(QWidget* parent = nullptr);

    /// Forgets everything of what was open before.
    void reset();
    /// `how`: where the topology comes from when it is not live, else empty.
    void setTopology(const cluster::Topology& topology, const QString& how);
    /// What is shown.
    const cluster::Topology& topology() const { return m_topology; }
    /// The last that was set, also while the past is shown.
    const cluster::Topology& liveTopology() const { return m_live; }
    /// The last refresh failed; an empty sentence takes it away.
    void setTrouble(const QString& sentence);
    /// The whole page shows another time, until showLive() or reset(). Topologies and events that
    /// come in the meantime are kept.
    void showMoment(const PastMoment& moment);
    void showLive();
    bool isPast() const { return m_isPast; }
    /// A session with this cluster was opened: events come in, commands can be run.
    void startWatching(const session::SessionConfig& config);
    /// After startWatching(): it is the cluster of the session before, known `since` then, but for
    /// a gap, which is the first of `events`.
    void goOnWatching(const QDateTime& since, const QList<cluster::TopologyEvent>& events);
    void addEvents(const QList<cluster::TopologyEvent>& events);

    // The panels, for what links them with the session of the tab.
    HeadlineBar* headline() const { return m_headline; }
    TopologyView* view() const { return m_view; }
    StoryDesk* desk() const { return m_desk; }
    StoryPlayer* player() const;
    Inspector* inspector() const { return m_inspector; }
    PictureActions* pictureActions() const { return m_pictureActions; }
    TimelineBar* timeline() const { return m_timeline; }
    FindingsActions* findings() const { return m_findings; }
    ConsolePanel* console() const { return m_console; }

    /// Shows what is called so: a shard, a node (label, address, id or its beginning), a slot, or
    /// else the owner of the key's slot. False when nothing is.
    bool goTo(const QString& place);
    /// The sizes of all splitters that have a name, of the halves only those that the user gave
    /// them, and the inspector's tab.
    QVariantMap layoutState() const;
    void restoreLayout(const QVariantMap& state);
    /// What is shown now: topology, who is silent, the trace, the colours.
    CaptureContent content() const;

Q_SIGNALS:
    /// The user clicked a master that the shown sentinel watches, and wants to go there.
    void masterChosen(const slotscope::net::Endpoint& address);
    /// The user has moved a splitter, or chosen a tab of the inspector.
    void layoutChanged();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void wire();
    void leavePast();
    void setAsking(bool asking);
    void onNodeClicked(const cluster::NodeId& id, const net::Endpoint& address);
    void onNodeLinked(const cluster::NodeId& id);
    void markSlot(int slot);

    cluster::Topology m_topology;
    cluster::Topology m_live;
    QString m_how; ///< of m_live
    QString m_trouble;
    bool m_isPast = false;
    StoryDesk* m_desk = nullptr;
    HeadlineBar* m_headline = nullptr;
    RibbonWidget* m_ribbon = nullptr;
    TopologyView* m_view = nullptr;
    PlayerBar* m_playerBar = nullptr;
    TimelineBar* m_timeline = nullptr;
    Inspector* m_inspector = nullptr;
    PictureActions* m_pictureActions = nullptr;
    FindingsActions* m_findings = nullptr;
    ConsolePanel* m_console = nullptr;
    TracePanel* m_trace = nullptr;
    QWidget* m_traceFrame = nullptr;
    QSplitter* m_upper = nullptr;
    QSplitter* m_lower = nullptr;
    QSplitter* m_halves = nullptr;
    bool m_isDivided = false; ///< by the user
};

} // namespace slotscope::ui
