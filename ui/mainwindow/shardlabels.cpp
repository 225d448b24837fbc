// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/shardlabels.h"

#include "core/profile/shardlabels.h"
#include "ui/connection/connectiontab.h"

namespace slotscope::ui {

ShardLabels::ShardLabels(const profile::ProfileStore& store, QObject* parent)
    : QObject(parent)
    , m_store(store)
{
    m_writer.setMaxThreadCount(1);
}

ShardLabels::~ShardLabels()
{
    m_writer.waitForDone();
}

QList<cluster::Shard> ShardLabels::known(const profile::Profile& profile)
{
    if (!m_known.contains(profile.id))
        m_known.insert(profile.id, profile.shards);
    return profile::shardsOf(m_known.value(profile.id));
}

void ShardLabels::watch(ConnectionTab* tab)
{
    connect(
        tab, &ConnectionTab::sessionStarted, this, [this, tab](session::SessionHandle* session) {
            const QString id = tab->mark().profileId;
            if (id.isEmpty())
                return;
            connect(session, &session::SessionHandle::topologyChanged, this,
                [this, id](const cluster::Topology& topology) { learn(id, topology); });
        });
}

void ShardLabels::learn(const QString& profileId, const cluster::Topology& topology)
{
    const QList<profile::ShardNodes> shards
        = profile::shardNodesOf(topology.shards() + topology.data().formerShards);
    if (shards.isEmpty() || m_known.value(profileId) == shards)
        return;
    m_known.insert(profileId, shards);
    write(profileId, shards);
}

void ShardLabels::write(const QString& profileId, const QList<profile::ShardNodes>& shards)
{
    m_writer.start([this, store = m_store, profileId, shards]() mutable {
        const auto written = store.change([&](const profile::ProfileList& profiles) {
            return profile::withShards(profiles, profileId, shards);
        });
        // A profile that was removed meanwhile needs no labels.
        if (!written && written.error().code != support::ErrorCode::InvalidInput) {
            QMetaObject::invokeMethod(
                this, [this, error = written.error()] { Q_EMIT failed(error); },
                Qt::QueuedConnection);
        }
    });
}

} // namespace slotscope::ui
