// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QMetaType>

#include <memory>
#include <span>
#include <vector>

namespace slotscope::resp {

/// The types of RESP2 and RESP3 (RESP specification, "RESP protocol description").
/// A RESP2 nil and a RESP3 null are both Null; `!` (blob error) is Error.
enum class Type : quint8 {
    Null,
    String,
    Status,
    Error,
    Integer,
    Double,
    Boolean,
    BigNumber,
    Verbatim,
    Array,
    Set,
    Map,
    Push
};

/// One node of a flattened reply. `textOffset`/`textLength` index the arena (the text of strings,
/// statuses, errors, numbers that are not integers, and of a verbatim without its "txt:" prefix).
struct FlatNode
{
    Type type = Type::Null;
    char verbatimFormat[3] = {}; ///< "txt", "mkd", ... of a Verbatim
    quint32 children = 0; ///< direct children; a map of n pairs has 2n
    quint32 subtree
        = 1; ///< nodes of the subtree, itself included: the next sibling is this far away
    quint32 textLength = 0;
    qint64 value
        = 0; ///< an Integer's or a Boolean's value, else the offset of the text in the arena
};

/// The shared storage of one reply and of all its parts: one byte arena and a flat pre-order array.
struct ReplyData
{
    std::vector<char> arena;
    std::vector<FlatNode> nodes;
};

/// A reply of a server, or a part of one. An immutable value: copying shares the storage, any
/// thread may read it. A default-constructed Reply is Null. Everything in it is untrusted.
class Reply
{
public:
    Reply() = default;
    /// The whole of `data`, which must hold at least one node with correct subtree counts.
    explicit Reply(std::shared_ptr<const ReplyData> data, quint32 index = 0);

    Type type() const;
    bool isNull() const { return type() == Type::Null; }
    bool isError() const { return type() == Type::Error; }
    /// Array, Set, Map or Push.
    bool isAggregate() const;
    /// String, Status, Verbatim, or the text of Error, Double, BigNumber; else empty. Valid as
    /// long as any Reply shares the storage.
    QByteArrayView text() const;
    /// text() copied out.
    QByteArray toByteArray() const { return text().toByteArray(); }
    /// The value of an Integer; a String that is a decimal number is converted; else `fallback`.
    qint64 toInteger(qint64 fallback = 0) const;
    bool toBoolean() const;
    /// The three letters of a Verbatim ("txt"), else empty.
    QByteArrayView verbatimFormat() const;

    /// Direct children; a Map of n pairs has 2n (key, value, key, value). 0 for scalars.
    qsizetype size() const;
    /// Child i. Constant time when all children are scalars, else linear in i: iterate with
    /// Reply::Iterator where order is all that matters. Out of range gives a Null.
    Reply at(qsizetype i) const;
    /// The value of a key in a Map, or in a flat RESP2 array of key, value, ...; a Null if absent.
    Reply value(QByteArrayView key) const;

    /// Forward iteration over the direct children.
    class Iterator
    {
    public:
        Iterator(const Reply* parent, quint32 index)
            : m_parent(parent)
            , m_index(index)
        { }
        Reply operator*() const;
        Iterator& operator++();
        bool operator!=(const Iterator& other) const { return m_index != other.m_index; }

    private:
        const Reply* m_parent;
        quint32 m_index;
    };
    Iterator begin() const;
    Iterator end() const;

    /// Everything in this reply in pre-order, itself first; empty for a default-constructed one.
    /// Valid as long as any Reply shares the storage.
    std::span<const FlatNode> nodes() const;
    /// What stands at nodes()[i], as a reply. Constant time.
    Reply node(quint32 i) const;

    /// Deep equality of type, value and children.
    friend bool operator==(const Reply& a, const Reply& b);

    // For tests, captures and made-up replies.
    static Reply fromText(Type type, QByteArrayView text);
    static Reply fromInteger(qint64 value);

private:
    const FlatNode& node() const;

    std::shared_ptr<const ReplyData> m_data;
    quint32 m_index = 0;
};

} // namespace slotscope::resp

Q_DECLARE_METATYPE(slotscope::resp::Reply)
