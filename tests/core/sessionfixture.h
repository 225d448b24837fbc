// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/sessionhandle.h"
#include "tests/support/fakenode.h"

#include <QSignalSpy>

#include <memory>
#include <vector>

namespace slotscope::tests {

inline constexpr int primaryA = 0;
inline constexpr int primaryB = 1;
inline constexpr int replicaOfA = 2;

inline QByteArray idOf(int index)
{
    return QByteArray(40, static_cast<char>('a' + index));
}

/// Three fake nodes: A owns the slots up to 8191, B the others, C replicates A.
class FakeCluster
{
public:
    FakeCluster()
    {
        for (int i = 0; i < 3; ++i) {
            nodes.push_back(std::make_unique<FakeNode>());
            endpoints.append(nodes.back()->endpoint());
        }
        lines = { { "master - 0 0 1 connected 0-8191" }, { "master - 0 0 2 connected 8192-16383" },
            { "slave " + idOf(primaryA) + " 0 0 1 connected" } };
        for (auto& node : nodes) {
            node->on("INFO server",
                FakeNode::bulk("# Server\r\nredis_version:7.0.15\r\nredis_mode:cluster\r\n"));
            node->on("INFO cluster", FakeNode::bulk("# Cluster\r\ncluster_enabled:1\r\n"));
            node->on("ROLE", "*3\r\n$6\r\nmaster\r\n:0\r\n*0\r\n");
            node->on(
                "CLUSTER INFO", FakeNode::bulk("cluster_state:ok\r\ncluster_current_epoch:2\r\n"));
            node->on("CLUSTER SLOTS", slotsReply());
        }
        update();
    }

    /// Lets every node print `lines` from now on.
    void update()
    {
        for (size_t i = 0; i < nodes.size(); ++i)
            updateOne(i);
    }

    void updateOne(size_t myself)
    {
        QByteArray text;
        for (size_t i = 0; i < lines.size(); ++i) {
            const QByteArray host = i < nodes.size()
                ? endpoints.at(static_cast<int>(i)).toString().toLatin1()
                : "127.0.0.1:1";
            text += idOf(static_cast<int>(i)) + ' ' + host + "@1 ";
            text += (i == myself ? "myself," : "") + lines[i] + '\n';
        }
        nodes[myself]->on("CLUSTER NODES",
            { { FakeNode::Act::Answer, FakeNode::bulk(text + openMarks), nodesDelayMs } });
    }

    QByteArray slotsReply() const
    {
        const auto entry = [this](int first, int last, const QList<int>& members) {
            QByteArray text = '*' + QByteArray::number(2 + members.size())
                + "\r\n:" + QByteArray::number(first) + "\r\n:" + QByteArray::number(last) + "\r\n";
            for (const int member : members) {
                text += "*3\r\n$9\r\n127.0.0.1\r\n:" + QByteArray::number(endpoints.at(member).port)
                    + "\r\n$40\r\n" + idOf(member) + "\r\n";
            }
            return text;
        };
        return "*2\r\n" + entry(0, 8191, { primaryA, replicaOfA })
            + entry(8192, 16383, { primaryB });
    }

    qsizetype asked(int node, const QByteArray& command) const
    {
        return nodes[static_cast<size_t>(node)]->received().count(command);
    }

    qsizetype askedAll(const QByteArray& command) const
    {
        qsizetype count = 0;
        for (int i = 0; i < 3; ++i)
            count += asked(i, command);
        return count;
    }

    void kill(int node)
    {
        nodes[static_cast<size_t>(node)]->close();
        nodes[static_cast<size_t>(node)]->closeAllConnections();
    }

    session::SessionConfig config(std::chrono::milliseconds interval, int seed = primaryA) const
    {
        session::SessionConfig config;
        config.endpoint.endpoint = endpoints.at(seed);
        config.endpoint.typed = config.endpoint.endpoint.toString();
        config.options.timeout = std::chrono::milliseconds(500);
        config.refreshInterval = interval;
        return config;
    }

    std::vector<std::unique_ptr<FakeNode>> nodes;
    QList<net::Endpoint> endpoints; ///< of the nodes, also when they are dead
    std::vector<QByteArray> lines; ///< from the flags on
    QByteArray openMarks;
    int nodesDelayMs = 0; ///< of the answer to CLUSTER NODES, from the next update() on
};

inline cluster::Topology lastTopology(const QSignalSpy& spy)
{
    return spy.isEmpty() ? cluster::Topology() : spy.last().first().value<cluster::Topology>();
}

inline QString labelOf(const cluster::Topology& topology, int node)
{
    const cluster::Node* found = topology.nodeById(cluster::NodeId(idOf(node)));
    return found == nullptr ? QString() : topology.labelOf(*found);
}

} // namespace slotscope::tests
