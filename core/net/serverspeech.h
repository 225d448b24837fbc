// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/resp/replyreader.h"

#include <QByteArray>

#include <utility>

namespace slotscope::net {

/// What a server says, as replies; and what it is when it says something else. A ReplyReader that
/// does not yet trust whoever is there: until the first whole reply has come, bytes that are not
/// RESP mean NotRedis (detail: their first line) or TlsExpected.
class ServerSpeech
{
public:
    explicit ServerSpeech(const resp::Limits& limits)
        : m_reader(limits)
    { }

    void feed(QByteArrayView bytes);
    /// As ReplyReader::next(). After an error the connection must be closed.
    support::Result<std::optional<resp::Reply>> next();

    /// No byte has come.
    bool isSilent() const { return m_firstBytes.isEmpty(); }
    bool isInsideReply() const { return m_reader.isInsideReply(); }
    /// How many bytes of the reply that is not yet whole have come since this was last asked. May
    /// leave out those of its beginning.
    qint64 takeProgress() { return std::exchange(m_progress, 0); }

private:
    std::optional<support::Error> firstByteProblem() const;

    resp::ReplyReader m_reader;
    QByteArray m_firstBytes;
    bool m_hasReplied = false;
    qint64 m_progress = 0;
};

} // namespace slotscope::net
