// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/commandqueue.h"

#include "core/resp/encoder.h"
#include "core/support/bytes.h"

#include <algorithm>

namespace slotscope::net {

namespace {

/// The shape of what RESP2 sends instead of pushes.
bool isPubSubMessage(const resp::Reply& reply)
{
    if (reply.type() != resp::Type::Array)
        return false;
    const resp::Reply kind = reply.at(0);
    return kind.type() == resp::Type::String
        && (kind.text().endsWith("message") || kind.text().endsWith("subscribe"));
}

/// `1700000000.123456 [0 127.0.0.1:5000] "get" "k"`
bool isMonitorLine(const resp::Reply& reply)
{
    return reply.type() == resp::Type::Status && !reply.text().isEmpty()
        && reply.text().front() >= '0' && reply.text().front() <= '9'
        && reply.text().contains(" [");
}

} // namespace

// For each command of a pipeline: nothing is copied here that is not needed.
void CommandQueue::describe(PendingCommand& command, const Argv& argv, qint64 size)
{
    const QByteArrayView word = argv.constFirst();
    constexpr QByteArrayView subscribe = "subscribe";
    if (word.size() >= subscribe.size()
        && support::equalsIgnoreCase(word.last(subscribe.size()), subscribe))
        command.subscription = word.toByteArray().toLower();
    command.isMonitor = support::equalsIgnoreCase(word, "monitor");
    command.size = size;
}

void CommandQueue::add(PendingCommand command, const Argv& argv)
{
    const qsizetype before = m_outgoing.size();
    resp::appendCommand(&m_outgoing, argv);
    describe(m_commands.emplace_back(std::move(command)), argv, m_outgoing.size() - before);
}

void CommandQueue::addFirst(PendingCommand command, const Argv& argv)
{
    const QByteArray bytes = resp::encodeCommand(argv);
    m_outgoing.prepend(bytes);
    describe(*m_commands.insert(m_commands.begin() + qptrdiff(m_awaiting), std::move(command)),
        argv, bytes.size());
}

QByteArray CommandQueue::addTaken(PendingCommand command, const Argv& argv)
{
    QByteArray bytes = resp::encodeCommand(argv);
    PendingCommand& added
        = *m_commands.insert(m_commands.begin() + qptrdiff(m_awaiting), std::move(command));
    describe(added, argv, bytes.size());
    markSent(added);
    return bytes;
}

void CommandQueue::forEachOutgoing(
    const std::function<void(const PendingCommand& command, qint64 bytes)>& see) const
{
    for (size_t i = m_awaiting; i < m_commands.size(); ++i)
        see(m_commands[i], m_commands[i].size);
}

QByteArray CommandQueue::takeOutgoing()
{
    while (m_awaiting < m_commands.size())
        markSent(m_commands[m_awaiting]);
    return std::exchange(m_outgoing, {});
}

void CommandQueue::markSent(PendingCommand& command)
{
    m_taken += command.size;
    command.endOffset = m_taken;
    command.sent = true;
    ++m_awaiting;
    ++m_unstamped;
}

void CommandQueue::stamp(qint64 unwritten, qint64 nowNanos)
{
    const qint64 written = m_taken - unwritten;
    while (m_unstamped > 0) {
        PendingCommand& command = m_commands[m_awaiting - m_unstamped];
        if (command.endOffset > written)
            break;
        command.startedNanos = nowNanos;
        --m_unstamped;
    }
}

bool CommandQueue::isForHead(const resp::Reply& reply) const
{
    if (m_isMonitoring && isMonitorLine(reply))
        return false;
    if (reply.type() != resp::Type::Push && !(m_isSubscribed && isPubSubMessage(reply)))
        return true;
    return m_awaiting > 0 && !m_commands.front().subscription.isEmpty()
        && reply.at(0).text() == m_commands.front().subscription;
}

PendingCommand CommandQueue::takeHead()
{
    PendingCommand command = std::move(m_commands.front());
    m_commands.pop_front();
    --m_awaiting;
    m_isSubscribed = m_isSubscribed || !command.subscription.isEmpty();
    m_isMonitoring = m_isMonitoring || command.isMonitor;
    // A server may refuse a command before it has read all of it.
    m_unstamped = std::min(m_unstamped, m_awaiting);
    return command;
}

std::deque<PendingCommand> CommandQueue::takeAll()
{
    m_outgoing.clear();
    m_awaiting = 0;
    m_unstamped = 0;
    return std::exchange(m_commands, {});
}

} // namespace slotscope::net
