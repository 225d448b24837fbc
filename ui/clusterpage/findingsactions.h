// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/health/sessioncheck.h"
#include "core/health/sessionfindings.h"

#include <QObject>
#include <QPointer>

namespace slotscope::ui {

class HeadlineBar;
class Inspector;

/// What is wrong: makes findings of what polling shows, asks every node when the user wishes, and
/// gives both to the headline and the inspector.
class FindingsActions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FindingsActions)
public:
    /// Both must outlive it.
    FindingsActions(HeadlineBar* headline, Inspector* inspector, QObject* parent);

    void reset();
    /// This session can be asked, until end().
    void start(session::SessionHandle* session);
    void end();
    /// The views behind the next topology.
    void setViews(const session::ToldViews& views);
    void setTopology(const cluster::Topology& topology);
    /// Those of another time, until showLive(); those of now are kept.
    void showPast(const cluster::Topology& topology, const QList<health::Finding>& findings);
    void showLive();
    /// Of now.
    const QList<health::Finding>& findings() const { return m_findings; }

private:
    void ask();
    void onChecked(bool ok, const health::HealthReport& report, const support::Error& error);
    void tell();

    HeadlineBar* m_headline;
    Inspector* m_inspector;
    QPointer<session::SessionHandle> m_session;
    health::SessionCheck* m_check = nullptr;
    session::ToldViews m_views;
    cluster::Topology m_topology;
    // Of what m_live was made of.
    QHash<cluster::NodeId, session::Silence> m_silent;
    QHash<cluster::NodeId, QList<session::IllNode>> m_complaints; ///< by who says so
    QList<health::Finding> m_live;
    QList<health::Finding> m_ofCheck;
    QList<health::Finding> m_findings;
    bool m_hasLive = false;
    bool m_isPast = false;
};

} // namespace slotscope::ui
