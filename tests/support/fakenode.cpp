// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/support/fakenode.h"

#include "core/resp/replyreader.h"

#include <QDebug>
#include <QHostAddress>
#include <QTcpSocket>
#include <QTimer>

#include <deque>
#include <functional>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace slotscope::tests {

namespace {

QByteArray lineOf(const resp::Reply& command)
{
    QByteArray line;
    for (const resp::Reply& argument : command) {
        if (line.isEmpty())
            line = argument.toByteArray().toUpper();
        else
            line += ' ' + argument.toByteArray();
    }
    return line;
}

/// The prefix ends where the command line has a blank or its end.
bool isPrefix(const QByteArray& prefix, const QByteArray& line)
{
    return line.startsWith(prefix)
        && (line.size() == prefix.size() || prefix.isEmpty() || line[prefix.size()] == ' ');
}

} // namespace

FakeNode::FakeNode(QObject* parent)
    : QTcpServer(parent)
{
    on("HELLO", "-ERR unknown command 'HELLO'\r\n");
    on("CLIENT", "+OK\r\n");
    connect(this, &QTcpServer::newConnection, this, &FakeNode::onNewConnection);
    if (!listen(QHostAddress::LocalHost, 0))
        qFatal("FakeNode cannot listen: %s", qPrintable(errorString()));
}

void FakeNode::on(const QByteArray& commandPrefix, const QByteArray& rawReply)
{
    on(commandPrefix, { Reaction { Act::Answer, rawReply, 0 } });
}

void FakeNode::on(const QByteArray& commandPrefix, QList<Reaction> reactions)
{
    m_rules.insert(commandPrefix, std::move(reactions));
    m_played.remove(commandPrefix);
}

void FakeNode::setMute(bool mute)
{
    m_mute = mute;
}

void FakeNode::setGreeting(const QByteArray& bytes)
{
    m_greeting = bytes;
}

net::Endpoint FakeNode::endpoint() const
{
    return { u"127.0.0.1"_s, serverPort() };
}

void FakeNode::closeAllConnections()
{
    const QList<QTcpSocket*> sockets = findChildren<QTcpSocket*>();
    for (QTcpSocket* socket : sockets)
        socket->abort();
}

QByteArray FakeNode::bulk(const QByteArray& text)
{
    return '$' + QByteArray::number(text.size()) + "\r\n" + text + "\r\n";
}

/// What is to be said on one connection: in order, as a server does it, which is busy as long as
/// a command takes.
struct FakeNode::Answers
{
    struct Step
    {
        int delayMs = 0;
        std::function<void()> play;
    };

    std::deque<Step> steps;
    bool isBusy = false;
};

void FakeNode::playNext(QTcpSocket* socket, const std::shared_ptr<Answers>& answers)
{
    while (!answers->isBusy && !answers->steps.empty()) {
        const Answers::Step step = answers->steps.front();
        answers->steps.pop_front();
        if (step.delayMs <= 0) {
            step.play();
            continue;
        }
        answers->isBusy = true;
        QTimer::singleShot(step.delayMs, socket, [socket, answers, play = step.play] {
            answers->isBusy = false;
            play();
            playNext(socket, answers);
        });
    }
}

void FakeNode::onNewConnection()
{
    while (QTcpSocket* socket = nextPendingConnection()) {
        ++m_connectionCount;
        // A command is an array of bulk strings: the reader of replies reads it as well.
        auto reader = std::make_shared<resp::ReplyReader>();
        auto greeted = std::make_shared<bool>(false);
        auto answers = std::make_shared<Answers>();
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket, reader, greeted, answers] {
            const QByteArray chunk = socket->readAll();
            m_chunks.append(chunk);
            if (!m_greeting.isEmpty()) {
                if (!std::exchange(*greeted, true))
                    socket->write(m_greeting);
                return;
            }
            reader->feed(chunk);
            while (true) {
                const auto command = reader->next();
                // What is not RESP (a TLS handshake) is recorded in chunks() and not answered.
                if (!command || !*command)
                    return;
                const QByteArray line = lineOf(**command);
                m_received.append(line);
                react(socket, line, answers);
            }
        });
    }
}

void FakeNode::react(
    QTcpSocket* socket, const QByteArray& line, const std::shared_ptr<Answers>& answers)
{
    if (m_mute)
        return;
    QByteArray best;
    bool found = false;
    for (auto rule = m_rules.cbegin(); rule != m_rules.cend(); ++rule) {
        if (isPrefix(rule.key(), line) && (!found || rule.key().size() > best.size())) {
            best = rule.key();
            found = true;
        }
    }
    if (!found) {
        const QByteArray error = "-ERR unknown command '" + line.left(40) + "'\r\n";
        answers->steps.push_back({ 0, [socket, error] { socket->write(error); } });
        playNext(socket, answers);
        return;
    }
    const QList<Reaction>& reactions = m_rules[best];
    if (reactions.isEmpty())
        return;
    int& played = m_played[best];
    const Reaction reaction = reactions[qMin<qsizetype>(played, reactions.size() - 1)];
    ++played;

    const auto play = [socket, reaction] {
        // An earlier reaction of the same chunk may have closed it.
        if (socket->state() != QAbstractSocket::ConnectedState)
            return;
        switch (reaction.act) {
        case Act::Answer:
            socket->write(reaction.bytes);
            break;
        case Act::Silence:
            break;
        case Act::AnswerThenClose:
            socket->write(reaction.bytes);
            socket->disconnectFromHost();
            break;
        case Act::Close:
            socket->disconnectFromHost();
            break;
        }
    };
    answers->steps.push_back({ reaction.delayMs, play });
    playNext(socket, answers);
}

} // namespace slotscope::tests
