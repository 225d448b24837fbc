// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/wiretap.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <deque>
#include <mutex>

namespace slotscope::session {

/// One command, reply, or end of a connection, as it was seen on the wire. Plain text, redacted.
struct WireEntry
{
    enum class Kind { Sent, Received, Pushed, Closed };

    quint64 number = 0; ///< from 1 on, without gaps
    QDateTime at; ///< UTC
    Kind kind = Kind::Sent;
    QString node; ///< its address, as announced
    qint64 bytes = -1; ///< of a command on the wire; -1: not known
    qint64 micros = -1; ///< of a reply: how long it was waited for
    QString text; ///< with visible escapes, at most WireLog::mostText characters
};

/// Of all connections since the log began.
struct WireTotals
{
    qint64 commands = 0;
    qint64 bytesSent = 0;
    qint64 replies = 0;
    qint64 pushes = 0;
};

/// The newest of what the connections of a session send and receive: a bounded ring, off until
/// somebody turns it on. Secrets are taken out before anything is kept: redactCommand(),
/// redactReply(), redactMonitorLine(); replies to EXEC, which answer commands that it cannot tell,
/// are kept without their content. Filled in the I/O thread, read in any.
class WireLog final : public net::WireTap
{
public:
    static constexpr qsizetype mostEntries = 2000;
    static constexpr qsizetype mostText = 512;

    /// The entries after this number, oldest first; those that the ring has lost are missing.
    QList<WireEntry> after(quint64 number) const;
    WireTotals totals() const;
    /// Forgets the entries and the totals; the numbers go on.
    void clear();

    void sent(const net::Endpoint& node, const QList<QByteArray>& argv, qint64 bytes) override;
    void received(const net::Endpoint& node, const QList<QByteArray>& argv,
        const resp::Reply& reply, qint64 micros) override;
    void pushed(const net::Endpoint& node, const resp::Reply& message) override;
    void closed(const net::Endpoint& node, const support::Error& reason) override;

private:
    void keep(WireEntry entry, const net::Endpoint& node);

    mutable std::mutex m_mutex;
    std::deque<WireEntry> m_entries;
    WireTotals m_totals;
    quint64 m_last = 0;
};

} // namespace slotscope::session
