// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/askpass.h"
#include "core/net/sshtunnel.h"

#include <QHash>
#include <QObject>

#include <memory>

class QLocalServer;
class QLocalSocket;
class QTemporaryDir;

namespace slotscope::net {

/// The questions of one ssh: a socket, in a folder that only this user may enter, at which the
/// askpass program (runAskPass()) hands them in and waits. Nothing of them is kept or logged.
class SshQuestions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SshQuestions)
public:
    explicit SshQuestions(QObject* parent = nullptr);
    ~SshQuestions() override;

    /// Empty when there is no such folder: then nothing can be asked.
    QString socketPath() const;
    void answer(quint64 id, const QString& text);
    void refuse(quint64 id);
    bool hasOpen() const { return !m_open.isEmpty(); }
    /// ssh has ended.
    void withdrawAll();

Q_SIGNALS:
    void asked(const slotscope::net::SshQuestion& question);
    void refused();
    void withdrawn(quint64 id);

private:
    void onConnected();
    void onRead(QLocalSocket* socket);
    void end(quint64 id, const AskPassMessage& message);

    std::unique_ptr<QTemporaryDir> m_folder;
    QLocalServer* m_server = nullptr;
    QHash<QLocalSocket*, QByteArray> m_coming; ///< what has come of a question
    QHash<quint64, QLocalSocket*> m_open;
    quint64 m_last = 0;
};

} // namespace slotscope::net
