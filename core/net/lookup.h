// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QFutureWatcher>
#include <QHostInfo>
#include <QObject>

namespace slotscope::net {

/// Operation: asks the system's resolver for the addresses of a name, every time anew.
///
/// QHostInfo::lookupHost() would answer from a cache for a minute, and after a failover or the
/// replacement of a node a name means another address at once. Deleting it is all the cancelling
/// there is: the resolver itself cannot be interrupted.
class Lookup final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Lookup)
public:
    explicit Lookup(QString host, QObject* parent = nullptr);

    void start();

Q_SIGNALS:
    /// Once, from the event loop.
    void finished(const QHostInfo& result);

private:
    QString m_host;
    QFutureWatcher<QHostInfo> m_watcher;
};

} // namespace slotscope::net
