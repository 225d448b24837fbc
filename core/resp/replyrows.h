// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/resp/reply.h"

#include <QByteArrayView>

#include <optional>
#include <set>
#include <vector>

namespace slotscope::resp {

/// A reply as rows from top to bottom, the way a tree is shown: one for each element, and one for
/// each pair of a map whose key is no aggregate. An aggregate's elements follow it and are hidden
/// when it is closed; the outermost one has no row of its own unless it is empty.
///
/// Copies nothing: it adds a few bytes per thousand elements, and twelve per pair of a map. Making
/// it and closing something walk over the reply once; everything else takes logarithmic time.
class ReplyRows
{
public:
    struct Row
    {
        quint32 node = 0; ///< of the value, in Reply::nodes()
        Reply value;
        std::optional<Reply> key; ///< of a map's pair
        int depth = 0; ///< 0: an element of the outermost aggregate
        qsizetype number = 0; ///< within its parent (a map counts pairs), from 0
        Type parent = Type::Null; ///< Null: it has none
        bool isOpen = false; ///< an aggregate whose elements are shown
    };

    ReplyRows() = default;
    explicit ReplyRows(const Reply& reply);

    const Reply& reply() const { return m_reply; }
    qsizetype size() const { return m_size; }
    /// `row` must be in range.
    Row at(qsizetype row) const;
    /// The row that shows a node of the reply: its own, its pair's, or that of the closed aggregate
    /// which hides it.
    qsizetype rowOf(quint32 node) const;

    /// Opens or closes the aggregate in a row; false where there is none with elements.
    bool toggle(qsizetype row);
    /// Opens what hides the node.
    void reveal(quint32 node);

    /// The next node after `after` (before it, going back) whose text or number contains `needle`,
    /// in upper or lower case; goes on at the other end; hidden ones count. -1: there is none.
    qint64 find(const QByteArray& needle, qint64 after, bool forward = true) const;

private:
    /// An aggregate that a walk is inside of.
    struct Level
    {
        quint32 node;
        quint32 end; ///< of its subtree
        quint32 next; ///< the child that comes next
    };
    using Path = std::vector<Level>;
    /// Nodes without a row.
    struct Gap
    {
        quint32 first;
        quint32 count;
        quint32 hiddenBefore;
    };

    void build();
    /// Enters node `i`, which comes next in pre-order.
    static void step(Path& path, const FlatNode& node, quint32 i);
    Path pathTo(quint32 node) const;
    quint32 nodeOf(qsizetype row) const;
    bool isKeyGap(const Gap& gap) const;

    Reply m_reply;
    quint32 m_base = 0; ///< the first node that has a row
    qsizetype m_size = 0;
    std::set<quint32> m_closed;
    std::vector<Gap> m_gaps; ///< in order
    std::vector<Path> m_paths; ///< to every 4096th node, before it is entered
};

} // namespace slotscope::resp
