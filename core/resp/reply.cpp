// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/resp/reply.h"

#include "core/resp/replybuilder.h"

namespace slotscope::resp {

namespace {

bool hasText(Type type)
{
    switch (type) {
    case Type::String:
    case Type::Status:
    case Type::Error:
    case Type::Double:
    case Type::BigNumber:
    case Type::Verbatim:
        return true;
    default:
        return false;
    }
}

QByteArrayView textOf(const ReplyData& data, const FlatNode& node)
{
    if (!hasText(node.type))
        return {};
    return { data.arena.data() + node.value, static_cast<qsizetype>(node.textLength) };
}

} // namespace

Reply::Reply(std::shared_ptr<const ReplyData> data, quint32 index)
    : m_data(std::move(data))
    , m_index(index)
{ }

const FlatNode& Reply::node() const
{
    static const FlatNode null;
    return m_data ? m_data->nodes[m_index] : null;
}

Type Reply::type() const
{
    return node().type;
}

bool Reply::isAggregate() const
{
    switch (type()) {
    case Type::Array:
    case Type::Set:
    case Type::Map:
    case Type::Push:
        return true;
    default:
        return false;
    }
}

QByteArrayView Reply::text() const
{
    return m_data ? textOf(*m_data, node()) : QByteArrayView();
}

qint64 Reply::toInteger(qint64 fallback) const
{
    if (type() == Type::Integer)
        return node().value;
    if (type() != Type::String)
        return fallback;
    bool ok = false;
    const qint64 value = text().toLongLong(&ok);
    return ok ? value : fallback;
}

bool Reply::toBoolean() const
{
    return type() == Type::Boolean && node().value != 0;
}

QByteArrayView Reply::verbatimFormat() const
{
    if (type() != Type::Verbatim)
        return {};
    return { node().verbatimFormat, 3 };
}

qsizetype Reply::size() const
{
    return node().children;
}

Reply Reply::at(qsizetype i) const
{
    if (i < 0 || i >= size())
        return {};
    if (node().subtree == node().children + 1)
        return Reply(m_data, m_index + 1 + static_cast<quint32>(i));
    Iterator it = begin();
    while (i-- > 0)
        ++it;
    return *it;
}

Reply Reply::value(QByteArrayView key) const
{
    if (type() != Type::Map && type() != Type::Array)
        return {};
    const Iterator last = end();
    for (Iterator it = begin(); it != last; ++it) {
        const Reply candidate = *it;
        ++it;
        if (!(it != last))
            break;
        if (hasText(candidate.type()) && candidate.text() == key)
            return *it;
    }
    return {};
}

Reply Reply::Iterator::operator*() const
{
    return Reply(m_parent->m_data, m_index);
}

Reply::Iterator& Reply::Iterator::operator++()
{
    m_index += m_parent->m_data->nodes[m_index].subtree;
    return *this;
}

Reply::Iterator Reply::begin() const
{
    return { this, m_index + 1 };
}

Reply::Iterator Reply::end() const
{
    return { this, m_index + node().subtree };
}

std::span<const FlatNode> Reply::nodes() const
{
    if (!m_data)
        return {};
    return { m_data->nodes.data() + m_index, node().subtree };
}

Reply Reply::node(quint32 i) const
{
    return m_data && i < node().subtree ? Reply(m_data, m_index + i) : Reply();
}

bool operator==(const Reply& a, const Reply& b)
{
    if (!a.m_data || !b.m_data)
        return a.isNull() && b.isNull();
    const quint32 count = a.node().subtree;
    if (count != b.node().subtree)
        return false;
    for (quint32 i = 0; i < count; ++i) {
        const FlatNode& left = a.m_data->nodes[a.m_index + i];
        const FlatNode& right = b.m_data->nodes[b.m_index + i];
        if (left.type != right.type || left.children != right.children
            || left.subtree != right.subtree)
            return false;
        if (hasText(left.type)) {
            if (textOf(*a.m_data, left) != textOf(*b.m_data, right))
                return false;
            if (left.type == Type::Verbatim
                && QByteArrayView(left.verbatimFormat, 3)
                    != QByteArrayView(right.verbatimFormat, 3))
                return false;
        } else if (left.value != right.value) {
            return false;
        }
    }
    return true;
}

Reply Reply::fromText(Type type, QByteArrayView text)
{
    ReplyBuilder builder;
    if (type == Type::Verbatim)
        builder.addVerbatim("txt", text);
    else if (hasText(type))
        builder.addText(type, text);
    else
        builder.addNull();
    return builder.take();
}

Reply Reply::fromInteger(qint64 value)
{
    ReplyBuilder builder;
    builder.addInteger(value);
    return builder.take();
}

} // namespace slotscope::resp
