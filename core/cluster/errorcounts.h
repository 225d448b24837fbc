// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/node.h"

#include <QByteArray>
#include <QHash>
#include <QMap>
#include <QSet>

#include <optional>

namespace slotscope::cluster {

/// Error replies by their first word ("MOVED", "ASK", "ERR"), as INFO errorstats counts them since
/// the server started or CONFIG RESETSTAT. A plain value.
class ErrorCounts
{
public:
    /// The words that tell how clients fare with the cluster, in the order to show them.
    static const QList<QByteArray>& clusterWords();

    /// From the fields of INFO. Nullopt where the server counts nothing (before 6.2) or has given
    /// up counting. At most 256 words are kept.
    static std::optional<ErrorCounts> fromInfo(const QHash<QByteArray, QByteArray>& info);

    quint64 of(const QByteArray& word) const { return m_counts.value(word); }
    /// Counts one error reply; `line` is the server's, without its `-`.
    void add(QByteArrayView line);
    /// The errors of clusterWords(), all together.
    quint64 clusterErrors() const;
    /// Some word has become fewer since `before`: the counters were reset.
    bool wentBackSince(const ErrorCounts& before) const;
    /// Word by word, never below 0.
    friend ErrorCounts operator-(const ErrorCounts& a, const ErrorCounts& b);
    friend bool operator==(const ErrorCounts&, const ErrorCounts&) = default;

private:
    void set(const QByteArray& word, quint64 count);

    QMap<QByteArray, quint64> m_counts; ///< none of them 0
};

/// One look at a server's counters.
struct ErrorSample
{
    QByteArray runId; ///< another one after each start of the process
    ErrorCounts counts;

    /// Nullopt where the server counts nothing.
    static std::optional<ErrorSample> fromInfo(const QHash<QByteArray, QByteArray>& info);
};

/// What became of a server's counters between two looks.
struct ErrorGrowth
{
    ErrorCounts toAllClients; ///< "redirects answered to all clients": without our own
    ErrorCounts seenBySlotscope; ///< our own
    /// The server was started again, or CONFIG RESETSTAT was called: what was counted before that
    /// is lost, and toAllClients is what is known to have come since.
    bool wasReset = false;
};

/// Pure. `seen`: the error replies that this process got from that server between the looks.
ErrorGrowth growthBetween(
    const ErrorSample& before, const ErrorSample& after, const ErrorCounts& seen);

/// Keeps the last look at each node's counters and what this process saw since then.
class RedirectCounters
{
public:
    /// An error reply from a node, to whatever this process had asked.
    void countSeen(const NodeId& node, QByteArrayView line);
    /// A new look. Nullopt for the first one at a node.
    std::optional<ErrorGrowth> take(const NodeId& node, const ErrorSample& sample);
    /// Forgets the others.
    void keepOnly(const QSet<NodeId>& nodes);

private:
    QHash<NodeId, ErrorSample> m_last;
    QHash<NodeId, ErrorCounts> m_seen;
};

} // namespace slotscope::cluster
