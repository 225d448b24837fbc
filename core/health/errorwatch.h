// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/errorcounts.h"
#include "core/net/connectionpool.h"

#include <QObject>

#include <chrono>
#include <optional>

namespace slotscope::health {

/// How the errors that a node answers have grown while it was watched.
struct WatchedNode
{
    cluster::NodeId id;
    net::Endpoint address; ///< announced
    /// Between the two looks. Nullopt where the server counts nothing, or where a look failed.
    std::optional<cluster::ErrorGrowth> growth;
    std::chrono::microseconds interval { 0 }; ///< between the two looks; 0 without growth
    std::optional<qint64> uptimeSeconds; ///< at the last look
    std::optional<support::Error> error; ///< why a look failed

    /// Of `word` to all clients. Nullopt after a reset: nobody knows for how long it was counted.
    std::optional<double> perSecond(const QByteArray& word) const;
};

/// Operation: asks nodes INFO twice, with a pause between, and compares their counters of errors.
/// Sends nothing else meanwhile, so that none of the growth is our own. 64 nodes are asked at a
/// time; one that does not answer costs the connection's time limit.
class ErrorWatch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ErrorWatch)
public:
    struct Target
    {
        cluster::NodeId id;
        net::Endpoint address;
    };

    /// `pool` must outlive the operation.
    ErrorWatch(net::ConnectionPool* pool, const QList<Target>& targets,
        std::chrono::milliseconds pause, QObject* parent = nullptr);

    void start();
    /// The second look comes as soon as it can.
    void endPause();

Q_SIGNALS:
    /// Exactly once, from the event loop; in the order of the targets.
    void finished(const QList<slotscope::health::WatchedNode>& nodes);

private:
    struct Watched
    {
        WatchedNode node;
        std::optional<cluster::ErrorSample> first;
        qint64 firstNanos = 0;
    };

    void look();
    void askNext();
    void onAnswer(qsizetype index, const net::Answer& answer);
    void compare(Watched* watched, const cluster::ErrorSample& sample, qint64 nanos);
    void endLook();

    net::ConnectionPool* const m_pool;
    const std::chrono::milliseconds m_pause;
    QList<Watched> m_watched;
    qsizetype m_next = 0;
    qsizetype m_awaited = 0;
    bool m_isSecond = false;
    bool m_hasPaused = false;
    bool m_endsEarly = false;
};

} // namespace slotscope::health
