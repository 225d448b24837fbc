// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/resp/replyrows.h"

#include <algorithm>

namespace slotscope::resp {

namespace {

constexpr quint32 stride = 4096;

bool isAggregate(Type type)
{
    return type == Type::Array || type == Type::Set || type == Type::Map || type == Type::Push;
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

/// `needle` is in lower case and not empty.
bool contains(QByteArrayView text, const QByteArray& needle)
{
    const auto same = [](char a, char b) { return lower(a) == b; };
    return std::search(text.begin(), text.end(), needle.begin(), needle.end(), same) != text.end();
}

bool matches(const Reply& reply, const QByteArray& needle)
{
    if (reply.type() == Type::Integer)
        return QByteArray::number(reply.toInteger()).contains(needle);
    return contains(reply.text(), needle);
}

} // namespace

ReplyRows::ReplyRows(const Reply& reply)
    : m_reply(reply)
{
    build();
}

void ReplyRows::step(Path& path, const FlatNode& node, quint32 i)
{
    while (!path.empty() && i >= path.back().end)
        path.pop_back();
    if (!path.empty())
        ++path.back().next;
    if (isAggregate(node.type))
        path.push_back({ i, i + node.subtree, 0 });
}

void ReplyRows::build()
{
    m_gaps.clear();
    m_paths.clear();
    const std::span<const FlatNode> nodes = m_reply.nodes();
    if (nodes.empty()) {
        m_base = 0;
        m_size = 1;
        return;
    }
    m_base = m_reply.isAggregate() && m_reply.size() > 0 ? 1 : 0;
    quint32 hidden = 0;
    quint32 hiddenUntil = 0;
    Path path;
    for (quint32 i = 0; i < nodes.size(); ++i) {
        if (i % stride == 0)
            m_paths.push_back(path);
        const FlatNode& node = nodes[i];
        step(path, node, i);
        if (i < hiddenUntil || i < m_base)
            continue;
        if (isAggregate(node.type)) {
            if (node.subtree > 1 && m_closed.contains(i)) {
                m_gaps.push_back({ i + 1, node.subtree - 1, hidden });
                hidden += node.subtree - 1;
                hiddenUntil = i + node.subtree;
            }
        } else if (!path.empty() && path.back().next % 2 == 1
            && nodes[path.back().node].type == Type::Map) {
            m_gaps.push_back({ i, 1, hidden });
            ++hidden;
        }
    }
    m_size = static_cast<qsizetype>(nodes.size()) - m_base - hidden;
}

ReplyRows::Path ReplyRows::pathTo(quint32 node) const
{
    Path path = m_paths[node / stride];
    const std::span<const FlatNode> nodes = m_reply.nodes();
    for (quint32 i = node - node % stride; i < node; ++i)
        step(path, nodes[i], i);
    while (!path.empty() && node >= path.back().end)
        path.pop_back();
    return path;
}

quint32 ReplyRows::nodeOf(qsizetype row) const
{
    const auto position = static_cast<quint32>(row) + m_base;
    const auto after = std::upper_bound(m_gaps.begin(), m_gaps.end(), position,
        [](quint32 wanted, const Gap& gap) { return wanted < gap.first - gap.hiddenBefore; });
    if (after == m_gaps.begin())
        return position;
    const Gap& gap = *std::prev(after);
    return position + gap.hiddenBefore + gap.count;
}

ReplyRows::Row ReplyRows::at(qsizetype row) const
{
    Row result;
    if (m_paths.empty())
        return result; // the Null that is no storage
    result.node = nodeOf(row);
    result.value = m_reply.node(result.node);
    result.isOpen = result.value.size() > 0 && !m_closed.contains(result.node);
    const Path path = pathTo(result.node);
    if (path.empty())
        return result;
    const Level& parent = path.back();
    result.parent = m_reply.node(parent.node).type();
    result.depth = static_cast<int>(path.size()) - 1;
    result.number = parent.next;
    if (result.parent == Type::Map) {
        result.number = parent.next / 2;
        // A value whose key has no row of its own: then the key stands right before it. What stands
        // there otherwise is the end of an aggregate that is the key.
        const Reply before = m_reply.node(result.node - 1);
        if (parent.next % 2 == 1 && !before.isAggregate()
            && pathTo(result.node - 1).back().node == parent.node)
            result.key = before;
    }
    return result;
}

bool ReplyRows::isKeyGap(const Gap& gap) const
{
    return gap.count == 1 && !m_closed.contains(gap.first - 1);
}

qsizetype ReplyRows::rowOf(quint32 node) const
{
    node = std::max(node, m_base);
    const auto after = std::upper_bound(m_gaps.begin(), m_gaps.end(), node,
        [](quint32 wanted, const Gap& gap) { return wanted < gap.first; });
    if (after == m_gaps.begin())
        return node - m_base;
    const Gap& gap = *std::prev(after);
    if (node >= gap.first + gap.count)
        return node - m_base - gap.hiddenBefore - gap.count;
    const qsizetype next = gap.first - m_base - gap.hiddenBefore;
    return isKeyGap(gap) ? next : next - 1;
}

bool ReplyRows::toggle(qsizetype row)
{
    if (m_paths.empty())
        return false;
    const quint32 node = nodeOf(row);
    if (m_reply.node(node).size() == 0)
        return false;
    if (m_closed.erase(node) == 0)
        m_closed.insert(node);
    build();
    return true;
}

void ReplyRows::reveal(quint32 node)
{
    if (m_paths.empty())
        return;
    bool changed = false;
    for (const Level& level : pathTo(node))
        changed = m_closed.erase(level.node) > 0 || changed;
    if (changed)
        build();
}

qint64 ReplyRows::find(const QByteArray& needle, qint64 after, bool forward) const
{
    const auto count = static_cast<qint64>(m_reply.nodes().size());
    if (needle.isEmpty() || count == 0)
        return -1;
    const QByteArray wanted = needle.toLower();
    for (qint64 step = 1; step <= count; ++step) {
        const qint64 i = (after + (forward ? step : count - step) + count) % count;
        if (matches(m_reply.node(static_cast<quint32>(i)), wanted))
            return i;
    }
    return -1;
}

} // namespace slotscope::resp
