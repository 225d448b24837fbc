// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connectionoptions.h"
#include "core/net/sshtunnel.h"

#include <QList>
#include <QObject>

#include <termios.h>

class QSocketNotifier;

namespace slotscope::app {

/// Asks on the terminal what ssh wants to know, one question after the other; secrets without an
/// echo. Where there is no terminal the question is refused, and said so. The event loop goes on
/// meanwhile. The terminal is as it was when this is destroyed.
class TtyQuestions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TtyQuestions)
public:
    /// `tunnel` must outlive it.
    explicit TtyQuestions(net::SshTunnel* tunnel, QObject* parent = nullptr);
    ~TtyQuestions() override;

private:
    void onAsked(const net::SshQuestion& question);
    void onWithdrawn(quint64 id);
    void askNext();
    void onLine();
    void write(const QString& text) const;
    void restoreEcho();

    net::SshTunnel* m_tunnel;
    QList<net::SshQuestion> m_waiting;
    quint64 m_current = 0; ///< 0: none
    int m_terminal = -1;
    termios m_before = {};
    bool m_isHidden = false;
    QSocketNotifier* m_notifier = nullptr;
};

/// For the tunnel of these options, if there is one, and as long as it lives.
void askOnTerminal(const net::ConnectionOptions& options);

} // namespace slotscope::app
