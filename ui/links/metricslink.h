// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "core/session/sessionhandle.h"

#include <QObject>

namespace slotscope::ui {

class NodeDetails;

/// Between the node tab of the inspector and the session of its tab: keeps the numbers of all nodes
/// and shows those of the one that is looked at. Nobody is asked while `page` is hidden, unless
/// setAlways(). Both must outlive it.
class MetricsLink final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MetricsLink)
public:
    MetricsLink(NodeDetails* details, QWidget* page, std::chrono::milliseconds interval,
        QObject* parent = nullptr);

    void start(session::SessionHandle* session);
    void end();
    /// 0: off.
    void setInterval(std::chrono::milliseconds interval);
    /// Ask even while the page is hidden: somebody records.
    void setAlways(bool always);
    /// The numbers of another time, oldest first, until showLive(). Those of now are kept.
    void showPast(const QList<capture::NodeSample>& samples, const cluster::Topology& topology);
    void showLive();
    /// The last of each node.
    static QList<session::MetricsSample> lastOf(
        const QList<capture::NodeSample>& samples, const cluster::Topology& topology);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void tellSession();
    void show();

    NodeDetails* m_details = nullptr;
    QWidget* m_page = nullptr;
    session::SessionHandle* m_session = nullptr;
    std::chrono::milliseconds m_interval { 0 };
    bool m_always = false;
    session::MetricsHistory m_history;
    std::optional<session::MetricsHistory> m_past; ///< instead of it
};

} // namespace slotscope::ui
