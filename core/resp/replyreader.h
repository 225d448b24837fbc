// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/resp/reply.h"
#include "core/support/result.h"

#include <QByteArrayView>

#include <memory>
#include <optional>

namespace slotscope::resp {

/// Bounds for one reply; whoever knows better may change them. A server that exceeds one is refused
/// with LimitExceeded: memory is never allocated from a claimed count, only from bytes that
/// arrived.
struct Limits
{
    qint64 bytes = 512LL * 1024 * 1024 + 1024; ///< wire bytes of one reply
    qint64 elements = 16'000'000; ///< nodes of one reply, all levels together
    int depth = 128; ///< nesting of aggregates
    qint64 lineLength = 64 * 1024; ///< bytes of a status, error, number or length line
};

/// Bytes in, replies out, for one connection. Knows nothing of sockets. After an error the stream
/// has no meaning any more: the reader stays in that error and the connection must be closed.
/// The error's detail says what is wrong, at which byte of the stream the element begins that is,
/// and shows its first bytes, in hexadecimal and as visible text.
///
/// Uses hiredis' reader with object functions that build Reply; hiredis stays inside core/resp.
class ReplyReader final
{
public:
    explicit ReplyReader(Limits limits = {});
    ~ReplyReader();
    Q_DISABLE_COPY_MOVE(ReplyReader)

    /// Appends bytes as they came from the wire.
    void feed(QByteArrayView bytes);
    /// The next complete reply, nullopt when more bytes are needed, or ProtocolError /
    /// LimitExceeded.
    support::Result<std::optional<Reply>> next();
    /// Bytes were fed that do not yet make a whole reply.
    bool isInsideReply() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::resp
