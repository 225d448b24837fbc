// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/resp/replybuilder.h"

#include <algorithm>

namespace slotscope::resp {

FlatNode& ReplyBuilder::append(Type type)
{
    if (!m_data)
        m_data = std::make_shared<ReplyData>();
    FlatNode& node = m_data->nodes.emplace_back();
    node.type = type;
    return node;
}

void ReplyBuilder::setText(FlatNode& node, QByteArrayView text)
{
    node.value = static_cast<qint64>(m_data->arena.size());
    node.textLength = static_cast<quint32>(text.size());
    m_data->arena.insert(m_data->arena.end(), text.begin(), text.end());
}

void ReplyBuilder::childAdded()
{
    // The last child closes its aggregate, which may be the last child of the next one, and so on.
    while (!m_open.empty()) {
        Open& top = m_open.back();
        if (--top.missing > 0)
            return;
        m_data->nodes[top.index].subtree = static_cast<quint32>(m_data->nodes.size()) - top.index;
        m_open.pop_back();
    }
}

void ReplyBuilder::addNull()
{
    append(Type::Null);
    childAdded();
}

void ReplyBuilder::addInteger(qint64 value)
{
    append(Type::Integer).value = value;
    childAdded();
}

void ReplyBuilder::addBoolean(bool value)
{
    append(Type::Boolean).value = value ? 1 : 0;
    childAdded();
}

void ReplyBuilder::addText(Type type, QByteArrayView text)
{
    setText(append(type), text);
    childAdded();
}

void ReplyBuilder::addVerbatim(QByteArrayView format, QByteArrayView text)
{
    FlatNode& node = append(Type::Verbatim);
    std::fill(std::begin(node.verbatimFormat), std::end(node.verbatimFormat), ' ');
    std::copy_n(format.begin(), std::min<qsizetype>(format.size(), 3), node.verbatimFormat);
    setText(node, text);
    childAdded();
}

void ReplyBuilder::openAggregate(Type type, quint32 children)
{
    append(type).children = children;
    m_expected += children;
    if (children == 0)
        childAdded();
    else
        m_open.push_back({ static_cast<quint32>(m_data->nodes.size() - 1), children });
}

Reply ReplyBuilder::take()
{
    Reply reply(std::move(m_data));
    clear();
    return reply;
}

void ReplyBuilder::clear()
{
    m_data.reset();
    m_open.clear();
    m_expected = 1;
}

} // namespace slotscope::resp
