// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "core/session/toldviews.h"

#include <QScrollArea>

class QFormLayout;
class QLabel;
class QPushButton;

namespace slotscope::ui {

class NodeMetricsView;

/// Everything known of one node, as plain text to select and copy. Follows the node by its id
/// through new topologies; a node that is gone is said to be gone.
class NodeDetails final : public QScrollArea
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NodeDetails)
public:
    explicit NodeDetails(QWidget* parent = nullptr);

    void setTopology(const cluster::Topology& topology);
    void setNode(const cluster::NodeId& id, const net::Endpoint& address);
    /// Nobody answers: what is told is grey.
    void setStale(bool stale);
    /// Who did not tell this computer its view, and why.
    void setSilences(const QHash<cluster::NodeId, session::Silence>& silences);
    /// What nodes answered when a capture was taken: a button shows those of the node. None: no
    /// button.
    void setAnswers(const QList<capture::NodeAnswers>& answers);
    /// The node that is shown; null when none is, or it is gone.
    const cluster::Node* node() const;
    /// Its numbers, for who knows them. Hidden at first.
    NodeMetricsView* metrics() const { return m_metrics; }

Q_SIGNALS:
    /// Another node is shown, or the same in a newer topology.
    void shownNodeChanged();

private:
    void fill();
    void showReplies();
    const capture::NodeAnswers* answers() const; ///< of the shown node
    void addRow(const QString& name, const QString& value);
    void setInkOfRows();

    cluster::Topology m_topology;
    cluster::NodeId m_id;
    net::Endpoint m_address;
    QList<std::pair<QString, QString>>
        m_shown; ///< rows as they stand, to leave them alone when equal
    bool m_isStale = false;
    QLabel* m_title = nullptr;
    QLabel* m_subtitle = nullptr;
    QFormLayout* m_form = nullptr;
    QPushButton* m_raw = nullptr;
    QList<capture::NodeAnswers> m_answers;
    QHash<cluster::NodeId, session::Silence> m_silences;
    NodeMetricsView* m_metrics = nullptr;
};

} // namespace slotscope::ui
