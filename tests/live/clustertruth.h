// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"

#include <QElapsedTimer>
#include <QHash>
#include <QList>
#include <QTimer>

#include <memory>
#include <vector>

namespace slotscope::tests {

/// What the nodes of a cluster on 127.0.0.1 say themselves, asked all the time on sockets of its
/// own and read by hand: the code under test must not judge itself. Needs the event loop.
class ClusterTruth final : public QObject
{
    Q_OBJECT
public:
    /// The ports where the nodes really listen.
    explicit ClusterTruth(const QList<quint16>& ports, QObject* parent = nullptr);
    ~ClusterTruth() override;

    /// One node's answer, not older than a few hundred milliseconds.
    struct View
    {
        QByteArray id;
        bool stateOk = false;
        bool hasFailures = false; ///< flags some node fail or fail?
        bool isReplica = false;
        bool linkUp = false; ///< of a replica, to its primary
        QByteArray primaryId;
        QByteArray ownership; ///< "first-last:id ...", sorted, adjacent ranges joined
        QByteArray ownRanges; ///< of this node alone, the same way
        QByteArray roles; ///< of all nodes that it does not flag as failed, sorted
    };
    /// By port, of the nodes that answer now and are looked at.
    QHash<quint16, View> views() const;
    /// From now on only these nodes are looked at (one side of a partition).
    void lookAt(const QList<quint16>& ports) { m_ports = ports; }
    /// So many nodes answer, all say the same of slots and roles and that the cluster is ok, and
    /// the owners are among them.
    bool isSettled(int nodes) const;
    /// What a topology must say when it is right: the same words as in View.
    static QByteArray ownershipOf(const cluster::Topology& topology);
    /// Owners and roles of the topology are those that the nodes tell.
    bool matches(const cluster::Topology& topology) const;
    QString toString() const;

private:
    struct Watch;

    void ask();

    QList<quint16> m_ports;
    std::vector<std::unique_ptr<Watch>> m_watches;
    QTimer m_timer;
};

} // namespace slotscope::tests
