// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connectionoptions.h"
#include "core/net/sshtunnel.h"

#include <QDialog>
#include <QHash>
#include <QObject>
#include <QPointer>

#include <memory>
#include <utility>

class QLineEdit;
class QThread;

namespace slotscope::ui {

/// One question of ssh: a secret, yes or no, or only something to know. Its words are ssh's and
/// shown as plain text. Stores nothing.
class SshQuestionDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SshQuestionDialog)
public:
    /// `target`: whom ssh connects to.
    SshQuestionDialog(
        const net::SshQuestion& question, const QString& target, QWidget* parent = nullptr);

Q_SIGNALS:
    /// Exactly one of the two, unless it is a notice.
    void answered(const QString& text);
    void refused();

private:
    void addButtons(net::SshQuestion::Kind kind);

    QLineEdit* m_secret = nullptr;
    bool m_isAnswered = false;
};

/// Asks before a window what the ssh of its tunnels wants to know, and takes the answers there.
class TunnelQuestions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TunnelQuestions)
public:
    explicit TunnelQuestions(QWidget* window);

    /// If the options have a tunnel that is still in this thread: it goes to the thread of the
    /// connections, and its questions come here.
    void adopt(const net::ConnectionOptions& options, QThread* thread);

private:
    using Tunnel = std::weak_ptr<net::SshTunnel>;
    /// Each tunnel counts its questions by itself.
    using Key = std::pair<const net::SshTunnel*, quint64>;

    void ask(const Tunnel& tunnel, const QString& target, const net::SshQuestion& question);
    void withdraw(const Key& key);

    QWidget* const m_window;
    QHash<Key, QPointer<SshQuestionDialog>> m_open;
};

} // namespace slotscope::ui
