// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QFutureWatcher>
#include <QHostAddress>
#include <QObject>

namespace slotscope::net {

/// Operation: asks the system's resolver for the addresses of a name, every time anew.
///
/// QHostInfo::lookupHost() would answer from a cache for a minute, and after a failover or the
/// replacement of a node a name means another address at once. It has no time limit of its own.
/// Deleting it is all the cancelling there is: the resolver itself cannot be interrupted, but holds
/// up neither other names nor the end of the program.
class Lookup final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Lookup)
public:
    explicit Lookup(QString host, QObject* parent = nullptr);

    void start();
    /// After finished(): the name that `host` stands for (a CNAME's end), in lower case; empty when
    /// it is the same, or not known.
    QString realName() const;
    /// After finished(): DNS has answered that there is no such name, or no address of it.
    bool isUnknownName() const;

Q_SIGNALS:
    /// Once, from the event loop. Without addresses `why` is what the resolver said, in its words.
    void finished(const QList<QHostAddress>& addresses, const QString& why);

private:
    struct Result
    {
        QList<QHostAddress> addresses;
        QString canonicalName;
        int code = 0; ///< of getaddrinfo(3)
    };

    static Result ask(const QByteArray& host);

    QString m_host;
    QFutureWatcher<Result> m_watcher;
};

/// Each once, in the resolver's order but the families taking turns, so that a dead family costs
/// one attempt.
QList<QHostAddress> interleaved(const QList<QHostAddress>& addresses);

} // namespace slotscope::net
