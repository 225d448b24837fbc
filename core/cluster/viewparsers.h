// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/node.h"
#include "core/resp/reply.h"
#include "core/support/result.h"

#include <QHash>
#include <QList>

#include <memory>
#include <optional>

namespace slotscope::cluster {

/// A line of CLUSTER NODES: an immutable Node, which all views that print the same line share.
/// Views of hundreds of nodes by hundreds of nodes would be large, and slow to read, without that.
class NodeLine
{
public:
    NodeLine(Node node) // NOLINT(google-explicit-constructor): a line is a node
        : m_node(std::make_shared<const Node>(std::move(node)))
    { }
    operator const Node&() const { return *m_node; } // NOLINT(google-explicit-constructor)
    const Node* operator->() const { return m_node.get(); }
    /// The same pointer: the same line. Other lines may be equal all the same.
    const Node* identity() const { return m_node.get(); }

private:
    std::shared_ptr<const Node> m_node;
};

/// The reply of CLUSTER NODES: one node's view. Addresses are as printed: an empty host stays
/// empty.
struct NodesView
{
    QList<NodeLine> nodes; ///< in the order printed
    int myself = -1; ///< index of the node that answered, -1 if no line says so

    /// A node that knows only itself and owns nothing: it must not replace a good map.
    bool knowsOnlyItself() const;
};

/// Parses the text of CLUSTER NODES, tolerant of \r\n, unknown flags, unknown auxiliary fields,
/// bracketed or bare IPv6, and files as well as replies (a `vars` line is skipped). ProtocolError
/// with the line's number when a line has fewer than 8 fields, a bad port or a slot out of range.
/// Source: Redis documentation of CLUSTER NODES, "Serialization format".
support::Result<NodesView> parseNodes(QByteArrayView text);

/// The same for many replies of one cluster: lines that were read before, when and by whomever they
/// were printed (their times of ping and pong apart), are shared and not read again. Keeps at most
/// a few megabytes.
class NodesParser
{
public:
    support::Result<NodesView> parse(QByteArrayView text);

private:
    support::Result<NodeLine> lineFor(QByteArrayView text, int number);

    QHash<QByteArray, NodeLine> m_lines; ///< by their text without the two times
    qsizetype m_bytes = 0; ///< that they take, about
    QByteArray m_key;
};

/// One node as CLUSTER SLOTS names it.
struct SlotsNode
{
    NodeId id; ///< null on Redis 3.0
    QString host; ///< as announced: may be empty (or null: empty) or "?"
    quint16 port = 0;
    QHash<QString, QString> metadata; ///< "ip", "hostname"
    friend bool operator==(const SlotsNode&, const SlotsNode&) = default;
};

/// A range of slots and who serves it.
struct SlotsEntry
{
    SlotRange range;
    QList<SlotsNode> nodes; ///< the primary first, at least one
};

using SlotsView = QList<SlotsEntry>;

/// Parses the reply of CLUSTER SLOTS (RESP2 or RESP3), in any order of ranges. ProtocolError when
/// the reply is not an array, a slot or port is out of range, or an entry has no node;
/// LimitExceeded when it names far more nodes than a cluster can have.
support::Result<SlotsView> parseSlots(const resp::Reply& reply);

/// `key:value` lines of INFO and CLUSTER INFO; section headers and empty lines are skipped.
using Info = QHash<QByteArray, QByteArray>;
Info parseInfo(QByteArrayView text);
/// Nothing where the field is missing, or no whole number.
std::optional<qint64> infoNumber(const Info& info, const QByteArray& key);

} // namespace slotscope::cluster
