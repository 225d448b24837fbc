// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/endpoint.h"

#include <QHash>
#include <QList>
#include <QTcpServer>

#include <functional>

namespace slotscope::tests {

/// A scripted server on 127.0.0.1 for what a real one will not do on demand. Speaks RESP2: HELLO is
/// answered
/// `-ERR unknown command`, CLIENT with +OK, unless the script says otherwise. Records what it
/// received.
///
/// Script: rules are looked up by the command line (arguments joined by blanks, first word in upper
/// case), longest matching prefix of whole words first; a rule with several replies plays them in
/// order and repeats the last.
class FakeNode final : public QTcpServer
{
    Q_OBJECT
public:
    explicit FakeNode(QObject* parent = nullptr); ///< listens on a free port at once

    /// What a rule does instead of, or besides, answering.
    enum class Act {
        Answer, ///< writes `bytes`
        Silence, ///< reads and never answers
        AnswerThenClose, ///< writes `bytes` (perhaps half a reply), then closes
        Close, ///< closes without answering
    };
    struct Reaction
    {
        Act act = Act::Answer;
        QByteArray bytes; ///< raw RESP, e.g. "+OK\r\n"
        int delayMs = 0; ///< what follows on the same connection waits too
    };

    void on(const QByteArray& commandPrefix, const QByteArray& rawReply);
    void on(const QByteArray& commandPrefix, QList<Reaction> reactions);
    /// Accepts connections and never says anything, not even to HELLO.
    void setMute(bool mute);
    /// Writes these bytes at the first byte of any connection, whatever it says (an HTTP server,
    /// garbage).
    void setGreeting(const QByteArray& bytes);

    net::Endpoint endpoint() const;
    /// Every command received, arguments joined by blanks, in order, all connections together.
    const QList<QByteArray>& received() const { return m_received; }
    /// Each read from a socket as it came: proves what left in one write.
    const QList<QByteArray>& chunks() const { return m_chunks; }
    int connectionCount() const { return m_connectionCount; }
    void closeAllConnections();

    static QByteArray bulk(const QByteArray& text); ///< "$2\r\nok\r\n"

private:
    struct Answers;

    void onNewConnection();
    void react(QTcpSocket* socket, const QByteArray& line, const std::shared_ptr<Answers>& answers);
    static void playNext(QTcpSocket* socket, const std::shared_ptr<Answers>& answers);

    QHash<QByteArray, QList<Reaction>> m_rules;
    QHash<QByteArray, int> m_played;
    QList<QByteArray> m_received;
    QList<QByteArray> m_chunks;
    QByteArray m_greeting;
    bool m_mute = false;
    int m_connectionCount = 0;
};

} // namespace slotscope::tests
