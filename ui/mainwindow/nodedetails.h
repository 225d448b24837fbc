// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"

#include <QScrollArea>

class QFormLayout;
class QLabel;

namespace slotscope::ui {

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

private:
    void fill();
    const cluster::Node* node() const;
    void addRow(const QString& name, const QString& value);

    cluster::Topology m_topology;
    cluster::NodeId m_id;
    net::Endpoint m_address;
    QList<std::pair<QString, QString>>
        m_shown; ///< rows as they stand, to leave them alone when equal
    QLabel* m_title = nullptr;
    QFormLayout* m_form = nullptr;
};

} // namespace slotscope::ui
