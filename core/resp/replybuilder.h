// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/resp/reply.h"

#include <QByteArrayView>

#include <memory>
#include <vector>

namespace slotscope::resp {

/// Builds one Reply in the order in which its nodes appear on the wire (pre-order): an aggregate is
/// opened with the number of its children and closes by itself behind the last of them. Allocates
/// for what was added, never for a count. Knows no bounds: the reader checks them before it adds.
class ReplyBuilder
{
public:
    /// Nothing may be added any more: the root and all its children are there.
    bool isComplete() const { return m_data && m_open.empty(); }
    /// Nesting at the place where the next node goes: 0 for the root.
    qsizetype depth() const { return static_cast<qsizetype>(m_open.size()); }
    /// Nodes that this reply has at least, by the counts of its open aggregates.
    quint64 expectedNodes() const { return m_expected; }

    void addNull();
    void addInteger(qint64 value);
    void addBoolean(bool value);
    /// String, Status, Error, Double, BigNumber.
    void addText(Type type, QByteArrayView text);
    /// `format` has three letters; others are padded or cut.
    void addVerbatim(QByteArrayView format, QByteArrayView text);
    /// Array, Set, Map, Push. A map of n pairs has 2n children.
    void openAggregate(Type type, quint32 children);

    /// The complete reply; the builder is empty afterwards.
    Reply take();
    void clear();

private:
    struct Open
    {
        quint32 index;
        quint32 missing;
    };

    FlatNode& append(Type type);
    void setText(FlatNode& node, QByteArrayView text);
    void childAdded();

    std::shared_ptr<ReplyData> m_data;
    std::vector<Open> m_open;
    quint64 m_expected = 1;
};

} // namespace slotscope::resp
