// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connection.h"
#include "core/net/unreached.h"

#include <QHash>
#include <QObject>

#include <memory>

namespace slotscope::net {

/// What a way came to, for one node.
struct TrialResult
{
    Endpoint announced;
    Endpoint dialled; ///< empty where nothing was reached
    std::optional<support::Error> error; ///< nothing: the node that was meant answered
    bool isIdentityKnown = false; ///< it said who it is; false also where nobody certain was meant
};

/// Operation: tries a way before it is used. Opens a connection of its own to each node, with
/// `options` as they would be (another address map, a proxy, a tunnel), and asks who answers
/// (CLUSTER MYID); nothing else is sent. At most 32 at a time, each with the time limit of the
/// options.
class WayTrial final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WayTrial)
public:
    /// Of `nodes` the announced address and the id are used.
    WayTrial(ConnectionOptions options, QList<AddressOutcome> nodes, QObject* parent = nullptr);
    ~WayTrial() override;

    void start();
    /// finished() follows; what has no result yet is Cancelled.
    void cancel();

Q_SIGNALS:
    /// Exactly once, from the event loop; a result for each node, in their order.
    void finished(const QList<slotscope::net::TrialResult>& results);

private:
    void openNext();
    void settle(qsizetype index, const std::optional<support::Error>& error);

    const ConnectionOptions m_options;
    const QList<AddressOutcome> m_nodes;
    QList<TrialResult> m_results;
    QHash<qsizetype, Connection*> m_open;
    qsizetype m_next = 0;
    bool m_ended = false;
};

} // namespace slotscope::net
