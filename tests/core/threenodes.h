// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "tests/support/fakenode.h"

#include <array>
#include <memory>

namespace slotscope::tests {

inline const QByteArray noPermission
    = "-NOPERM this user has no permissions to run the command\r\n";
inline const QByteArray info
    = "# Server\r\nredis_version:7.0.15\r\nredis_mode:cluster\r\nrun_id:r\r\n"
      "uptime_in_seconds:5\r\n# Stats\r\ntotal_error_replies:1\r\n"
      "# Errorstats\r\nerrorstat_MOVED:count=4\r\n# Cluster\r\n"
      "cluster_enabled:1\r\n";

/// Three fakes that say that a (0 to 9) and b (10 to 16383) own the slots and c is a's replica.
class ThreeNodes
{
public:
    ThreeNodes()
    {
        for (char id = 'a'; id <= 'c'; ++id) {
            FakeNode& node = *m_nodes.at(static_cast<std::size_t>(id - 'a'));
            node.on("INFO", FakeNode::bulk(info + roleOf(id)));
            node.on("ROLE", "*3\r\n$6\r\nmaster\r\n:0\r\n*0\r\n");
            node.on("CLUSTER INFO",
                FakeNode::bulk("cluster_state:ok\r\ncluster_current_epoch:2\r\n"
                               "cluster_my_epoch:1\r\n"));
            node.on("CLUSTER NODES", FakeNode::bulk(nodesOf(id)));
            node.on("CLUSTER SLOTS", slotsOf());
        }
    }

    FakeNode& operator[](char id) { return *m_nodes.at(static_cast<std::size_t>(id - 'a')); }

    QByteArray nodesOf(
        char myself, const QByteArray& ofA = "0-9", const QByteArray& ofB = "10-16383")
    {
        QByteArray text = "a " + address('a') + " master - 0 0 1 connected " + ofA + "\n" //
            + "b " + address('b') + " master - 0 0 2 connected " + ofB + "\n" //
            + "c " + address('c') + " slave a 0 0 1 connected\n";
        return text.replace(
            QByteArray(address(myself) + ' '), QByteArray(address(myself) + " myself,"));
    }

    QByteArray slotsOf()
    {
        const auto node = [this](char id) -> QByteArray {
            return "*3\r\n$9\r\n127.0.0.1\r\n:" + QByteArray::number((*this)[id].endpoint().port)
                + "\r\n$1\r\n" + id + "\r\n";
        };
        return "*2\r\n*3\r\n:0\r\n:9\r\n" + node('a') + "*3\r\n:10\r\n:16383\r\n" + node('b');
    }

    QByteArray address(char id) { return (*this)[id].endpoint().toString().toLatin1() + "@1"; }

private:
    static QByteArray roleOf(char id)
    {
        return id == 'c' ? "role:slave\r\nmaster_link_status:up\r\nslave_repl_offset:5\r\n"
                         : "role:master\r\nmaster_repl_offset:5\r\n";
    }

    std::array<std::unique_ptr<FakeNode>, 3> m_nodes { std::make_unique<FakeNode>(),
        std::make_unique<FakeNode>(), std::make_unique<FakeNode>() };
};

} // namespace slotscope::tests
