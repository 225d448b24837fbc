// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "core/net/connectionoptions.h"

#include <QHostAddress>
#include <QObject>
#include <QSet>

#include <functional>

namespace slotscope::capture {

/// Asks for the addresses of a name, and calls what it is given at most once, later, in the thread
/// that asked. Without addresses `why` says why.
using LookUp = std::function<void(const QString& name,
    std::function<void(const QList<QHostAddress>& addresses, const QString& why)> tell)>;

/// The names of a cluster's seed and nodes, each looked up once, all at the same time. Names that
/// an address map replaces are not wanted; nobody is asked when the far end of the way in, a proxy
/// or a tunnel, resolves them, and the answers say so. Internal to the room.
class NameLookups final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NameLookups)
public:
    /// `lookUp` empty: the system's resolver.
    NameLookups(const net::ConnectionOptions& way, LookUp lookUp, QObject* parent = nullptr);

    /// Of an address that somebody announces; nothing happens where it has no name.
    void want(const net::Endpoint& announced);
    /// Of the name that leads to the seed, an address map or not.
    void wantSeed(const net::Endpoint& seed);
    bool isDone() const { return m_pending == 0; }
    /// In the order in which they were wanted; those that have not come say so.
    QList<ResolvedName> answers() const { return m_answers; }
    /// Of the seed's name.
    QStringList seedAddresses() const;

Q_SIGNALS:
    void answered();

private:
    void ask(const QString& name);
    void take(const QString& name, const QList<QHostAddress>& addresses, const QString& why);

    const net::AddressMap m_map;
    const bool m_isFarAway;
    LookUp m_lookUp;
    QSet<QString> m_names;
    QString m_seed;
    QList<ResolvedName> m_answers;
    int m_pending = 0;
};

} // namespace slotscope::capture
