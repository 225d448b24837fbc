// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "core/capture/rawtext.h"
#include "core/cluster/serverfacts.h"
#include "core/health/nodeview.h"
#include "core/net/connectionpool.h"

#include <QObject>
#include <QPointer>

namespace slotscope::capture {

/// What a node is asked for a capture.
enum class Question { Time, Nodes, Slots, ClusterInfo, Info, Role, SlowLog, SentinelMasters };

net::Argv commandFor(Question question);

/// Operation: asks one node everything that a capture keeps, in one write. Internal to the room.
///
/// TIME goes first: it is the round trip, and the server's clock. Where CLUSTER NODES is refused
/// CLUSTER SLOTS is asked, of a sentinel SENTINEL MASTERS. What has come so far can be read at any
/// time. Ends when all is answered, when the connection ends, or a quarter after its time limit.
/// Another node than the one that was meant is an error, and what it told is dropped.
class CollectNode final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CollectNode)
public:
    struct Target
    {
        cluster::NodeId id; ///< null: whoever answers is right
        net::Endpoint address;
        bool asksSlots = false; ///< for the addresses to dial
        bool wantsFacts = false; ///< nothing is known of it yet
    };

    /// `pool` and `parser`, which all nodes of a run share, must outlive it.
    CollectNode(net::ConnectionPool* pool, cluster::NodesParser* parser, const Target& target,
        SlowLogArguments arguments, QObject* parent = nullptr);

    void start();

    bool isStarted() const { return m_isStarted; }
    bool isSettled() const { return m_isSettled; }
    /// What has come, as the checks of health want it. Its error is set once it is settled.
    const health::NodeView& view() const { return m_view; }
    /// Where wantsFacts.
    const cluster::ServerFacts& facts() const { return m_facts; }
    const resp::Reply& sentinelMasters() const { return m_masters; }
    qsizetype answered() const { return m_answered; }
    QString dialled() const;
    /// What has come, for the capture; what is missing says why.
    NodeAnswers answers() const;
    /// Why it has not answered everything yet.
    support::Error pendingError() const;

Q_SIGNALS:
    /// Its view of the cluster is there; at most once, before settled(). It may be empty.
    void learnt();
    /// Exactly once, from the event loop.
    void settled();

private:
    struct Asked
    {
        RawReply raw;
        bool isDone = false;
    };

    void ask(const QList<Question>& questions);
    void onAnswer(Question question, qsizetype index, const net::Answer& answer);
    void keep(Question question, const resp::Reply& reply, RawReply* raw) const;
    void take(Question question, const resp::Reply& reply);
    bool isAnother();
    void tellLearnt();
    void conclude();
    void settle();

    net::ConnectionPool* const m_pool;
    cluster::NodesParser* const m_parser;
    const Target m_target;
    const SlowLogArguments m_arguments;
    QPointer<net::Connection> m_connection;
    health::NodeView m_view;
    cluster::ServerFacts m_facts;
    QList<Asked> m_asked;
    resp::Reply m_masters;
    std::optional<qint64> m_roundTripMicros;
    QDateTime m_answeredAt;
    QDateTime m_serverTime;
    QString m_dialled;
    qsizetype m_awaited = 0;
    qsizetype m_answered = 0;
    bool m_isStarted = false;
    bool m_hasToldView = false;
    bool m_isSettled = false;
};

} // namespace slotscope::capture
