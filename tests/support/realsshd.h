// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/sshtunnel.h"

#include <QProcess>
#include <QTemporaryDir>

#include <functional>

namespace slotscope::tests {

/// A real sshd on loopback, in a temporary folder of its own, as the user who runs the tests; and
/// what a client needs: a configuration, keys, a file of known hosts. Nothing of the user's own
/// ~/.ssh is read. Ends with this object.
class RealSshd final
{
public:
    /// `name` is its alias in the client's configuration.
    explicit RealSshd(const QString& name = QStringLiteral("bastion"));
    ~RealSshd();
    Q_DISABLE_COPY_MOVE(RealSshd)

    /// Runs in its process before it does: for a namespace of its own. Before start().
    void setBefore(std::function<void()> before) { m_before = std::move(before); }
    /// What is missing, or nothing. Can be started again after stop(), on the same port.
    QString start();
    void stop();

    /// The host's key is among the known ones, or nothing is.
    void setHostKnown(bool known);
    /// Of the client: "key" and "other" (which is not authorised), "locked" (with a passphrase).
    void useKey(const QString& name);
    void useAgent(const QString& socket);
    /// The client reaches this one through that one (ProxyJump), which must outlive it.
    void useJump(const RealSshd* gate);
    /// A tunnel to it; `askPass` is the program that hands questions on.
    net::SshOptions options(const QString& askPass = {}) const;
    /// The environment that a `slotscope --ssh` needs to read the same configuration.
    QString file(const QString& name) const { return m_folder.filePath(name); }
    quint16 port() const { return m_port; }
    QByteArray log() const;

    static QString passphrase() { return QStringLiteral("tiger's \"own\" secret"); }

private:
    QByteArray write(const QString& name, const QByteArray& content, bool isPrivate = true);
    void writeConfig();
    QByteArray clientConfig() const;
    bool makeKey(const QString& name, const QString& passphrase = {});

    const QString m_name;
    QTemporaryDir m_folder;
    const RealSshd* m_gate = nullptr;
    std::function<void()> m_before;
    QString m_key = QStringLiteral("key");
    QString m_agent;
    quint16 m_port = 0;
    QProcess m_process;
};

} // namespace slotscope::tests
