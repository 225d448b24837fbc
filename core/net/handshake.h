// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connection.h"

#include <QList>

namespace slotscope::net {

/// The first words on a connection, as a pure state machine: what to send, what the replies mean.
/// Knows no socket and no time.
///
/// HELLO 3 with AUTH and SETNAME; where the server refuses it, AUTH and CLIENT SETNAME one by one
/// in RESP2. Then READONLY, if the options ask for it. Only a refused authentication and a server
/// that turns everybody away end it.
class Handshake
{
public:
    struct Step
    {
        enum class Kind { Send, Done, Failed };
        Kind kind = Kind::Done;
        Argv command; ///< Send
        support::Error error; ///< Failed; without an address
    };

    explicit Handshake(const ConnectionOptions& options);

    Step begin();
    Step onReply(const resp::Reply& reply);
    const ServerHello& hello() const { return m_hello; }
    /// The last error line that did not end the handshake: why the server closed, if it closes now.
    const QString& lastErrorLine() const { return m_lastErrorLine; }

private:
    enum class Phase { Hello, Auth, SetName, ReadOnly, Done };

    Step sendHello();
    Step sendAuth();
    Step sendSetName();
    /// READONLY, or the end.
    Step sendReadOnly();
    Step onHello(const resp::Reply& reply);
    Step onAuth(const resp::Reply& reply);
    Step onSetName(const resp::Reply& reply);
    Step onReadOnly(const resp::Reply& reply);

    QString m_user;
    std::optional<QString> m_password;
    int m_respVersion;
    bool m_readOnly;
    Phase m_phase = Phase::Hello;
    ServerHello m_hello;
    QString m_lastErrorLine;
};

} // namespace slotscope::net
