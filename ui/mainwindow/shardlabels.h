// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/profile/profilestore.h"

#include <QHash>
#include <QObject>
#include <QThreadPool>

namespace slotscope::ui {

class ConnectionTab;

/// Keeps the labels of shards in profiles: what a profile's connection has learnt of them is
/// written into it, in a thread of its own, whenever that has changed, so that S03 is S03 the next
/// time too, here and in another window.
class ShardLabels final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ShardLabels)
public:
    explicit ShardLabels(const profile::ProfileStore& store, QObject* parent = nullptr);
    /// Waits for what is still being written.
    ~ShardLabels() override;

    /// For a session to the profile, which may have been read before the newest was written.
    QList<cluster::Shard> known(const profile::Profile& profile);
    /// Its connections, those of a profile.
    void watch(ConnectionTab* tab);

Q_SIGNALS:
    void failed(const slotscope::support::Error& error);

private:
    void learn(const QString& profileId, const cluster::Topology& topology);
    void write(const QString& profileId, const QList<profile::ShardNodes>& shards);

    const profile::ProfileStore m_store;
    QHash<QString, QList<profile::ShardNodes>> m_known; ///< by profile id
    QThreadPool m_writer; ///< one thread: the newest is written last
};

} // namespace slotscope::ui
