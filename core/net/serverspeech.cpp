// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/serverspeech.h"

#include "core/support/bytes.h"

#include <algorithm>

namespace slotscope::net {

using support::Error;
using support::ErrorCode;

namespace {

// Enough for a first line.
constexpr qsizetype firstBytesKept = 256;

QString firstLine(QByteArrayView bytes)
{
    const qsizetype end = bytes.indexOf('\n');
    QByteArrayView line = bytes.first(end < 0 ? bytes.size() : end);
    if (line.endsWith('\r'))
        line.chop(1);
    return support::toVisibleText(line, 200);
}

} // namespace

void ServerSpeech::feed(QByteArrayView bytes)
{
    const qsizetype missing = firstBytesKept - m_firstBytes.size();
    if (missing > 0)
        m_firstBytes += bytes.first(std::min(bytes.size(), missing));
    m_reader.feed(bytes);
    m_progress += bytes.size();
}

support::Result<std::optional<resp::Reply>> ServerSpeech::next()
{
    if (!m_hasReplied) {
        if (const auto problem = firstByteProblem())
            return *problem;
    }
    auto reply = m_reader.next();
    if (!m_hasReplied && !reply && reply.error().code == ErrorCode::ProtocolError)
        return Error { ErrorCode::NotRedis, firstLine(m_firstBytes), {} };
    if (reply && *reply) {
        m_hasReplied = true;
        m_progress = 0;
    }
    return reply;
}

std::optional<Error> ServerSpeech::firstByteProblem() const
{
    if (m_firstBytes.isEmpty() || QByteArrayView("+-:$*_#,(!=%~>|").contains(m_firstBytes.front()))
        return std::nullopt;
    // A record of TLS: an alert, or a handshake.
    if (m_firstBytes.front() == '\x15' || m_firstBytes.front() == '\x16')
        return Error { ErrorCode::TlsExpected, {}, {} };
    return Error { ErrorCode::NotRedis, firstLine(m_firstBytes), {} };
}

} // namespace slotscope::net
