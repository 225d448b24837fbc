// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QStringList>

namespace slotscope::explain {

// Two captures side by side, line by line. Names are labels or addresses.

/// What one capture knows of a node.
struct NodeBeside
{
    QString shard; ///< label; empty: in none
    QString role; ///< "primary", "replica", "unknown"
    int slotCount = 0;
    QString slotRanges; ///< "0-5460"; empty without slots
    QString epoch; ///< empty: not known
    QString health; ///< "ok", "pfail", "fail", ...
    bool isSilent = false; ///< it was asked and has not answered
    QString server; ///< "redis 7.0.15"; empty: not known
};
/// "primary of S01, 5461 slots (0-5460), epoch 1, ok".
QString nodeBeside(const NodeBeside& node);
QString answeredOf(int answered, int asked); ///< "5 of 6"
/// Of: state, current epoch, nodes, shards, slots with an owner, nodes that answered, server.
QStringList clusterFactNames();

} // namespace slotscope::explain
