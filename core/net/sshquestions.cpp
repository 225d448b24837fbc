// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/sshquestions.h"

#include <QDir>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTemporaryDir>

#include <cerrno>
#include <csignal>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace slotscope::net {

namespace {

const QString folderPrefix = u"slotscope-ssh-"_s;

/// What was killed could not remove its own.
void removeLeftovers(const QDir& where)
{
    const QStringList names = where.entryList({ folderPrefix + u'*' }, QDir::Dirs);
    for (const QString& name : names) {
        const int pid = name.mid(folderPrefix.size()).section(u'-', 0, 0).toInt();
        if (pid > 0 && ::kill(pid, 0) != 0 && errno == ESRCH)
            QDir(where.filePath(name)).removeRecursively();
    }
}

} // namespace

SshQuestions::SshQuestions(QObject* parent)
    : QObject(parent)
{
    removeLeftovers(QDir::temp());
    m_folder = std::make_unique<QTemporaryDir>(
        QDir::temp().filePath(folderPrefix + QString::number(::getpid()) + u"-XXXXXX"_s));
    m_server = new QLocalServer(this);
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_server, &QLocalServer::newConnection, this, &SshQuestions::onConnected);
    if (m_folder->isValid())
        m_server->listen(m_folder->filePath(u"ask"_s));
}

SshQuestions::~SshQuestions()
{
    // They are children of the server's: they must not report their end to half an object.
    for (QLocalSocket* socket : m_coming.keys() + m_open.values())
        socket->disconnect(this);
}

QString SshQuestions::socketPath() const
{
    return m_server->isListening() ? m_server->fullServerName() : QString();
}

void SshQuestions::onConnected()
{
    while (QLocalSocket* socket = m_server->nextPendingConnection()) {
        m_coming.insert(socket, {});
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { onRead(socket); });
        connect(socket, &QLocalSocket::disconnected, this, [this, socket] {
            m_coming.remove(socket);
            // ssh has ended its program: the answer is not wanted any more.
            if (const quint64 id = m_open.key(socket); m_open.remove(id) > 0)
                Q_EMIT withdrawn(id);
            socket->deleteLater();
        });
        onRead(socket);
    }
}

void SshQuestions::onRead(QLocalSocket* socket)
{
    const auto coming = m_coming.find(socket);
    if (coming == m_coming.end())
        return;
    coming->append(socket->read(AskPassMessage::longest));
    const auto message = AskPassMessage::take(*coming);
    if (!message)
        return;
    m_coming.erase(coming);
    if (message->kind == 0)
        return socket->abort();
    const QString text = QString::fromUtf8(message->text).trimmed();
    const SshQuestion question { ++m_last, SshQuestion::kindOf(message->kind, text), text };
    m_open.insert(question.id, socket);
    Q_EMIT asked(question);
}

void SshQuestions::answer(quint64 id, const QString& text)
{
    end(id, { 'y', text.toUtf8() });
}

void SshQuestions::refuse(quint64 id)
{
    if (!m_open.contains(id))
        return;
    Q_EMIT refused();
    end(id, { 'n', {} });
}

void SshQuestions::end(quint64 id, const AskPassMessage& message)
{
    QLocalSocket* socket = m_open.take(id);
    if (!socket)
        return;
    socket->write(message.toBytes());
    socket->flush();
    socket->disconnectFromServer();
    Q_EMIT withdrawn(id);
}

void SshQuestions::withdrawAll()
{
    for (QLocalSocket* socket : m_open.values() + m_coming.keys())
        socket->abort();
}

} // namespace slotscope::net
