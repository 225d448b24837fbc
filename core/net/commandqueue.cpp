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

CommandQueue::Outgoing CommandQueue::encoded(PendingCommand command, const Argv& argv)
{
    // For each command of a pipeline: nothing is copied here that is not needed.
    const QByteArrayView word = argv.constFirst();
    constexpr QByteArrayView subscribe = "subscribe";
    if (word.size() >= subscribe.size()
        && support::equalsIgnoreCase(word.last(subscribe.size()), subscribe))
        command.subscription = word.toByteArray().toLower();
    command.isMonitor = support::equalsIgnoreCase(word, "monitor");
    return { std::move(command), resp::encodeCommand(argv) };
}

void CommandQueue::add(PendingCommand command, const Argv& argv)
{
    m_outgoing.push_back(encoded(std::move(command), argv));
}

void CommandQueue::addFirst(PendingCommand command, const Argv& argv)
{
    m_outgoing.push_front(encoded(std::move(command), argv));
}

QByteArray CommandQueue::addTaken(PendingCommand command, const Argv& argv)
{
    Outgoing outgoing = encoded(std::move(command), argv);
    await(std::move(outgoing.command), outgoing.bytes.size());
    return outgoing.bytes;
}

QByteArray CommandQueue::takeOutgoing()
{
    QByteArray bytes;
    for (Outgoing& outgoing : m_outgoing) {
        bytes += outgoing.bytes;
        await(std::move(outgoing.command), outgoing.bytes.size());
    }
    m_outgoing.clear();
    return bytes;
}

void CommandQueue::await(PendingCommand command, qint64 size)
{
    m_taken += size;
    command.endOffset = m_taken;
    command.sent = true;
    m_awaiting.push_back(std::move(command));
    ++m_unstamped;
}

void CommandQueue::stamp(qint64 unwritten, qint64 nowNanos)
{
    const qint64 written = m_taken - unwritten;
    while (m_unstamped > 0) {
        PendingCommand& command = m_awaiting[m_awaiting.size() - m_unstamped];
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
    return !m_awaiting.empty() && !m_awaiting.front().subscription.isEmpty()
        && reply.at(0).text() == m_awaiting.front().subscription;
}

PendingCommand CommandQueue::takeHead()
{
    PendingCommand command = std::move(m_awaiting.front());
    m_awaiting.pop_front();
    m_isSubscribed = m_isSubscribed || !command.subscription.isEmpty();
    m_isMonitoring = m_isMonitoring || command.isMonitor;
    // A server may refuse a command before it has read all of it.
    m_unstamped = std::min(m_unstamped, m_awaiting.size());
    return command;
}

std::deque<PendingCommand> CommandQueue::takeAll()
{
    std::deque<PendingCommand> all;
    all.swap(m_awaiting);
    for (Outgoing& outgoing : m_outgoing)
        all.push_back(std::move(outgoing.command));
    m_outgoing.clear();
    m_unstamped = 0;
    return all;
}

} // namespace slotscope::net
