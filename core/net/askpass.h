// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

#include <optional>

namespace slotscope::net {

/// How `ssh` gets to ask: it runs SSH_ASKPASS with the question and reads the answer from its
/// output. That program is Slotscope itself, started anew, with the path of a socket in its
/// environment: it hands the question to the one that started ssh (SshTunnel) and prints what
/// comes back. The socket is in a folder that only this user may enter.
///
/// Both ways one message: a byte, a length (32 bits, big endian), so many bytes.
struct AskPassMessage
{
    static constexpr qsizetype longest = 64 * 1024;

    /// Of a question 's' (a secret, or yes, no or a fingerprint), 'c' (yes or no) or 'n' (nothing
    /// to answer: a notice); of an answer 'y', or 'n' for none.
    char kind = 's';
    QByteArray text;

    QByteArray toBytes() const;
    /// Nothing as long as it is not whole; a kind of 0 when it will never be.
    static std::optional<AskPassMessage> take(QByteArrayView bytes);
};

/// The variable with the path of the socket: whoever starts with it set is to be that program.
inline constexpr auto askPassVariable = "SLOTSCOPE_ASKPASS";

/// All that main() has to do then, before everything else; its result is the exit status. Waits
/// for the answer, however long that takes.
int runAskPass(int argc, char** argv);

} // namespace slotscope::net
