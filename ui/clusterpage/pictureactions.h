// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "core/cluster/topologydiff.h"
#include "core/session/sessionhandle.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <optional>

namespace slotscope::ui {

class CaveatStrip;
class Inspector;
class PictureBar;
class RibbonWidget;
class TopologyView;

/// The panels that show who owns what.
struct PicturePanels
{
    TopologyView* view = nullptr;
    RibbonWidget* ribbon = nullptr;
    Inspector* inspector = nullptr;
    PictureBar* bar = nullptr;
    CaveatStrip* caveat = nullptr; ///< above the inspector
};

/// What picture, ribbon and inspector show together: all views or one node's, the same shard
/// highlighted everywhere, or only one shard, what has just changed, and how old it is.
class PictureActions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PictureActions)
public:
    /// The panels must outlive it.
    PictureActions(const PicturePanels& panels, QObject* parent);

    void reset();
    /// The views of this session's nodes come in, until end().
    void start(session::SessionHandle* session);
    void end();
    /// The views behind the next topology.
    void setViews(const session::ToldViews& views);
    /// `isLive`: it grows old when no other follows.
    void setTopology(const cluster::Topology& topology, bool isLive);
    /// What each node's INFO told: the cards show a few numbers of it.
    void addSamples(const QList<session::MetricsSample>& samples);
    void addEvents(const QList<cluster::TopologyEvent>& events);
    /// Nobody answers: what is shown is stale until the next topology.
    void setStale();

    /// Another time, until showLive(); what comes in the meantime is kept.
    void showPast(const capture::Capture& capture, const QList<session::MetricsSample>& samples);
    void showLive();

    /// For a moment (the pointer is there); -1: what was chosen.
    void highlight(int shardIndex);
    /// Only this shard; the same one again, or -1: all.
    void filter(int shardIndex);
    /// True when there was a filter or a magnified picture to go back from.
    bool goBack();
    /// What is shown: all views together, or one.
    const cluster::Topology& shown() const { return m_shown; }
    /// Where announced addresses lead; empty when nothing is live.
    const net::AddressMap& addressMap() const { return m_map; }
    /// Who was asked for its view and did not tell it, as it is shown.
    QSet<cluster::NodeId> silent() const;
    const QHash<cluster::NodeId, session::Silence>& silences() const
    {
        return m_known.views.silent;
    }

private:
    struct Known
    {
        cluster::Topology topology;
        session::ToldViews views;
        QHash<cluster::NodeId, session::MetricsSample> samples; ///< the last of each node
        bool isLive = false;
        bool isStale = false;
    };

    Known& live() { return m_live ? *m_live : m_known; }
    void showKnown();
    void show();
    void showCaveat();
    void showNumbers();
    int indexOfFilter() const;

    PicturePanels m_panels;
    QPointer<session::SessionHandle> m_session;
    cluster::Topology m_shown;
    net::AddressMap m_map;
    Known m_known; ///< what is shown
    std::optional<Known> m_live; ///< while that is the past
    QString m_filter; ///< the shard's label: its place in shards() may change
    int m_hovered = -1;
    QTimer m_second;
};

} // namespace slotscope::ui
