// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connection.h"

#include <QList>

#include <deque>

namespace slotscope::net {

/// The first words on a connection, as a pure state machine: what to send, what the replies mean.
/// Knows no socket and no time.
///
/// HELLO 3 with AUTH and SETNAME; where the server refuses it, AUTH and CLIENT SETNAME one by one
/// in RESP2. With the first of them goes CLUSTER MYID, if a certain node is expected: that costs no
/// round trip. Then READONLY, if the options ask for it. A server that refuses a token is asked for
/// its TIME before that is the end (who may ask without a log-in learns whether the clocks differ).
/// Only a refused authentication, another node than the expected one and a server that turns
/// everybody away end it.
class Handshake
{
public:
    struct Step
    {
        enum class Kind {
            Send,
            Wait, ///< for the reply to what was sent before
            Done,
            Failed,
        };
        Kind kind = Kind::Done;
        QList<Argv> commands; ///< Send: in one write
        support::Error error; ///< Failed; without an address
    };

    explicit Handshake(const ConnectionOptions& options);

    Step begin();
    Step onReply(const resp::Reply& reply);
    const ServerHello& hello() const { return m_hello; }
    /// The command whose reply is waited for: "AUTH"; empty: none is.
    QString awaitedCommand() const;
    /// The last error line that did not end the handshake: why the server closed, if it closes now.
    const QString& lastErrorLine() const { return m_lastErrorLine; }
    /// What the server said to a token that it refused; empty: it did not.
    const QString& tokenRefusal() const { return m_tokenRefusal; }
    /// After that, the server's clock, in microseconds since 1970, if it told.
    const std::optional<qint64>& toldTime() const { return m_toldTime; }

private:
    enum class Phase { Hello, Auth, SetName, MyId, ReadOnly, Time };

    Step sendHello();
    Step sendAuth();
    Step sendSetName();
    /// The rest, once it is known whom we talk to.
    Step goOn();
    /// READONLY, or the end.
    Step sendReadOnly();
    Step onHello(const resp::Reply& reply);
    Step onAuth(const resp::Reply& reply);
    Step onSetName(const resp::Reply& reply);
    Step onMyId(const resp::Reply& reply);
    Step onReadOnly(const resp::Reply& reply);
    Step onTime(const resp::Reply& reply);
    /// Of the user or the password.
    Step refused();
    Step send(Phase phase, const Argv& command);
    void warn();

    QString m_user;
    std::optional<QString> m_password;
    bool m_isToken; ///< it expires
    bool m_isUserAlone = false; ///< without a password: the empty one, which `nopass` takes
    QString m_tokenRefusal;
    std::optional<qint64> m_toldTime;
    int m_respVersion;
    bool m_readOnly;
    QByteArray m_expectedNode;
    std::deque<Phase> m_awaited; ///< what the next replies answer
    bool m_isIn = false; ///< HELLO or AUTH was taken, or there is nothing left to say
    ServerHello m_hello;
    QString m_lastErrorLine;
};

} // namespace slotscope::net
