// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/wirelog.h"

#include "core/command/commandline.h"
#include "core/command/redactmonitor.h"
#include "core/command/redactreply.h"
#include "core/explain/errors.h"
#include "core/resp/replytext.h"
#include "core/support/bytes.h"
#include "core/support/redact.h"

using namespace Qt::StringLiterals;

namespace slotscope::session {

using command::Argv;

namespace {

QString bounded(QString text)
{
    if (text.size() > WireLog::mostText) {
        text.truncate(WireLog::mostText - 1);
        text += u'…';
    }
    return text;
}

/// The command without its secrets, and without more of a long value than is shown.
QString commandText(const Argv& argv)
{
    const Argv redacted = support::redactCommand(argv);
    Argv shown;
    qsizetype size = 0;
    for (const QByteArray& argument : redacted) {
        shown.append(argument.first(qMin(argument.size(), WireLog::mostText)));
        size += argument.size();
        if (size > WireLog::mostText)
            break;
    }
    return bounded(command::joinLine(shown));
}

/// A reply in one line: scalars as they are, `[a, b, [c]]` for aggregates.
void addReply(QString& text, const resp::Reply& reply)
{
    if (!reply.isAggregate()) {
        text += resp::summaryLine(reply, WireLog::mostText);
        return;
    }
    text += u'[';
    bool isFirst = true;
    for (const resp::Reply& child : reply) {
        if (text.size() > WireLog::mostText)
            return;
        if (!std::exchange(isFirst, false))
            text += u", "_s;
        addReply(text, child);
    }
    text += u']';
}

QString replyText(const resp::Reply& reply)
{
    QString text;
    if (reply.size() > 8)
        text = resp::summaryLine(reply) + u": "_s;
    addReply(text, reply);
    return bounded(text);
}

} // namespace

void WireLog::keep(WireEntry entry, const net::Endpoint& node)
{
    entry.at = QDateTime::currentDateTimeUtc();
    entry.node = node.toString();
    const std::lock_guard lock(m_mutex);
    switch (entry.kind) {
    case WireEntry::Kind::Sent:
        ++m_totals.commands;
        m_totals.bytesSent += entry.bytes;
        break;
    case WireEntry::Kind::Received:
        ++m_totals.replies;
        break;
    case WireEntry::Kind::Pushed:
        ++m_totals.pushes;
        break;
    case WireEntry::Kind::Closed:
        break;
    }
    entry.number = ++m_last;
    m_entries.push_back(std::move(entry));
    if (m_entries.size() > size_t(mostEntries))
        m_entries.pop_front();
}

void WireLog::sent(const net::Endpoint& node, const Argv& argv, qint64 bytes)
{
    WireEntry entry;
    entry.kind = WireEntry::Kind::Sent;
    entry.bytes = bytes;
    entry.text = commandText(argv);
    keep(std::move(entry), node);
}

void WireLog::received(
    const net::Endpoint& node, const Argv& argv, const resp::Reply& reply, qint64 micros)
{
    WireEntry entry;
    entry.kind = WireEntry::Kind::Received;
    entry.micros = micros;
    const bool isExec = !argv.isEmpty() && support::equalsIgnoreCase(argv.first(), "EXEC");
    entry.text = isExec && reply.isAggregate() ? resp::summaryLine(reply)
                                               : replyText(command::redactReply(argv, reply));
    keep(std::move(entry), node);
}

void WireLog::pushed(const net::Endpoint& node, const resp::Reply& message)
{
    WireEntry entry;
    entry.kind = WireEntry::Kind::Pushed;
    entry.text = message.isAggregate()
        ? replyText(message)
        : bounded(support::toVisibleText(command::redactMonitorLine(message.text()), mostText));
    keep(std::move(entry), node);
}

void WireLog::closed(const net::Endpoint& node, const support::Error& reason)
{
    WireEntry entry;
    entry.kind = WireEntry::Kind::Closed;
    entry.text = bounded(explain::errorSentence(reason));
    keep(std::move(entry), node);
}

QList<WireEntry> WireLog::after(quint64 number) const
{
    const std::lock_guard lock(m_mutex);
    QList<WireEntry> entries;
    const quint64 first = m_last - m_entries.size();
    const size_t skip = number > first ? size_t(number - first) : 0;
    for (size_t i = skip; i < m_entries.size(); ++i)
        entries.append(m_entries[i]);
    return entries;
}

WireTotals WireLog::totals() const
{
    const std::lock_guard lock(m_mutex);
    return m_totals;
}

void WireLog::clear()
{
    const std::lock_guard lock(m_mutex);
    m_entries.clear();
    m_totals = {};
}

} // namespace slotscope::session
