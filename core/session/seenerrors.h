// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/fanout.h"

#include <QHash>

#include <functional>

namespace slotscope::session {

/// Tells each error reply that runs have met, once, out of the growing traces that they emit.
/// Pipelines, scans and streams have no traces: what they meet counts among other clients.
class SeenErrors
{
public:
    /// The node's id, else its address (metricsKeyOf); and the line of its reply.
    using Tell = std::function<void(const cluster::NodeId& node, const QByteArray& line)>;

    explicit SeenErrors(Tell tell)
        : m_tell(std::move(tell))
    { }

    /// Ids of runs are common to both kinds.
    void take(quint64 runId, const command::Trace& trace);
    void take(quint64 runId, const command::FanOut& fanOut);
    /// The run is over, and its last trace was taken.
    void forget(quint64 runId) { m_told.remove(runId); }

private:
    void tellFrom(const command::Trace& trace, qsizetype* told);

    Tell m_tell;
    QHash<quint64, QList<qsizetype>> m_told; ///< for each row, how many of its hops
};

} // namespace slotscope::session
