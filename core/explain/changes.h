// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QStringList>

namespace slotscope::explain {

// What changed in a cluster, one sentence each. `node` is what it is called (its address), `shard`
// its shard's label (empty: none), `slotRanges` text like "0-4, 7", of `count` slots. `from` and
// `to` are shards' labels or addresses; those that may be unknown may be empty.
QString stateChanged(const QString& before, const QString& after);
QString failover(const QString& shard, const QString& from, const QString& to, int count);
QString nodeJoined(const QString& node, bool isReplica, const QString& shard);
QString nodeLeft(const QString& node, const QString& shard);
QString addressReused(const QString& address, const QString& oldId, const QString& newId);
QString addressChanged(const QString& id, const QString& from, const QString& to);
QString becameReplica(const QString& node, const QString& shard);
QString becamePrimary(const QString& node);
QString primaryChanged(const QString& node, const QString& from, const QString& to);
QString suspected(const QString& node, const QString& shard);
QString failed(const QString& node, const QString& shard);
QString recovered(const QString& node, const QString& shard, bool wasFailed);
QString slotsMoved(int count, const QString& slotRanges, const QString& from, const QString& to);
QString lostOwner(int count, const QString& slotRanges, const QString& from);
QString foundOwner(int count, const QString& slotRanges, const QString& to);
QString migrationStarted(
    int count, const QString& slotRanges, const QString& from, const QString& to);
QString migrationEnded(
    int count, const QString& slotRanges, const QString& from, const QString& to);
QString epochRaised(const QString& node, const QString& before, const QString& after);
/// By this computer. `why`: a few words, or empty.
QString unreached(const QString& node, const QString& shard, const QString& why);
/// For `why`, where it was so when this computer first looked.
QString beforeTheSession(const QString& why);
QString reachedAgain(const QString& node, const QString& shard);
/// `from` and `to` are times.
QString unwatched(const QString& from, const QString& to);
QString clockSetBack(const QString& from, const QString& to);

} // namespace slotscope::explain
