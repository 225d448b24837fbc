// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connection.h"

#include <QObject>

#include <functional>

class QTimer;

namespace slotscope::sandbox {

/// What a server must say before it counts as up.
struct Expectation
{
    quint16 port = 0;
    QString directory; ///< CONFIG GET dir
    int knownNodes = 0; ///< CLUSTER INFO
    bool replica = false; ///< its link to its primary must be up
};

/// Operation: asks one server of a starting sandbox, again and again, until it is what is expected.
/// Has no end of its own: the cluster's start has a deadline.
class ServerProbe final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ServerProbe)
public:
    ServerProbe(Expectation expectation, net::ConnectionOptions options, QObject* parent = nullptr);

    void start();
    /// What the server last lacked, in words, for a start that comes to nothing.
    const QString& missing() const { return m_missing; }

Q_SIGNALS:
    /// Once, from the event loop. Not ok: a server answers that is not ours.
    void finished(bool ok, const slotscope::support::Error& error);

private:
    void connectAgain();
    /// The next step, after a pause; replaces a step that was planned.
    void later(void (ServerProbe::*what)());
    void askWhoItIs();
    void askWhetherItIsUp();
    void onState(const net::Answer& clusterInfo, const net::Answer& replicationInfo);

    Expectation m_expectation;
    net::ConnectionOptions m_options;
    QTimer* m_timer = nullptr;
    std::function<void()> m_next;
    net::Connection* m_connection = nullptr;
    QString m_missing;
};

} // namespace slotscope::sandbox
