// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/health/nodeview.h"
#include "core/net/connectionpool.h"

#include <QObject>

namespace slotscope::health {

/// Operation: asks one node everything that a check wants to know. Internal to the room.
///
/// Ends when all is answered, when the connection ends, or at the deadline: what has come by then
/// is kept, and the view says why the rest is missing. Another node than the one that was meant is
/// an error, and what it told is dropped.
class NodeInquiry final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NodeInquiry)
public:
    /// `pool` and `parser` must outlive it. `id` may be null: then whoever answers is right.
    /// `parser`: of all inquiries of a check, which share what they read.
    NodeInquiry(net::ConnectionPool* pool, cluster::NodesParser* parser, cluster::NodeId id,
        net::Endpoint address, QObject* parent = nullptr);

    void start();
    const NodeView& view() const { return m_view; } ///< complete after finished()

Q_SIGNALS:
    /// Exactly once, from the event loop.
    void finished();

private:
    void ask(const QList<Inquiry>& inquiries);
    void onAnswer(Inquiry inquiry, const net::Answer& answer);
    void conclude();
    void settle();
    void checkIdentity();
    void explainMissingView();

    net::ConnectionPool* const m_pool;
    cluster::NodesParser* const m_parser;
    NodeView m_view;
    qsizetype m_awaited = 0;
    bool m_hasAskedSlots = false;
    bool m_done = false;
};

} // namespace slotscope::health
