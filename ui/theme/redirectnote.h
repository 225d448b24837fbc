// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/node.h"

#include <QList>

namespace slotscope::ui {

/// How many redirects this computer has received from one node: what stands beside the node
/// wherever it is drawn.
struct RedirectNote
{
    cluster::NodeId nodeId; ///< null when no map knows the address
    net::Endpoint address;
    qint64 movedNow = 0; ///< in the last second
    qint64 moved = 0;
    qint64 askedNow = 0;
    qint64 asked = 0;

    bool isLive() const { return movedNow > 0 || askedNow > 0; }
    /// Of one node by id, else by address.
    bool isAbout(const cluster::NodeId& id, const net::Endpoint& endpoint) const;
    /// Both together, for nodes that are shown as one.
    RedirectNote& operator+=(const RedirectNote& other);
    /// "MOVED 12/s, 340 in all" (explain::redirectsCounted()); ASK follows where there was one.
    /// Empty for none.
    QString text() const;
    QString shortText() const; ///< "MOVED 12/s, 340" or "340 MOVED", for where there is little room
};

using RedirectNotes = QList<RedirectNote>;

} // namespace slotscope::ui
