// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/slottext.h"
#include "core/cluster/topologydiff.h"
#include "core/explain/changes.h"

#include <QDateTime>

namespace slotscope::cluster {

using namespace Qt::StringLiterals;

namespace {

/// Of a time in a change's text, which may be anything in a file.
QString clockOf(const QString& time)
{
    const QDateTime at = QDateTime::fromString(time, Qt::ISODateWithMs).toUTC();
    return at.isValid() ? at.toString(u"HH:mm:ss'Z'"_s) : u"?"_s;
}

} // namespace

QString sentenceOf(const TopologyChange& change)
{
    using Change = TopologyChange::Kind;
    constexpr qsizetype mostRanges = 5;
    const int count = slotCount(change.ranges);
    const QString ranges = rangesText(change.ranges, mostRanges);
    const QString& before = change.before;
    const QString& after = change.after;
    const QString& name = change.name;
    const QString& shard = change.shard;
    switch (change.kind) {
    case Change::StateChanged:
        return explain::stateChanged(before, after);
    case Change::Failover:
        return explain::failover(shard, before, after, count);
    case Change::NodeJoined:
        return explain::nodeJoined(name, after == roleName(Role::Replica), shard);
    case Change::NodeLeft:
        return explain::nodeLeft(name, shard);
    case Change::AddressReused:
        return explain::addressReused(name, before, after);
    case Change::AddressChanged:
        return explain::addressChanged(change.node.shortText(), before, after);
    case Change::RoleChanged:
        return after == roleName(Role::Replica) ? explain::becameReplica(name, shard)
                                                : explain::becamePrimary(name);
    case Change::PrimaryChanged:
        return explain::primaryChanged(name, before, after);
    case Change::NodeSuspected:
        return explain::suspected(name, shard);
    case Change::NodeFailed:
        return explain::failed(name, shard);
    case Change::NodeRecovered:
        return explain::recovered(name, shard, before == healthName(Health::Fail));
    case Change::SlotsMoved:
        return explain::slotsMoved(count, ranges, before, after);
    case Change::SlotsUncovered:
        return explain::lostOwner(count, ranges, before);
    case Change::SlotsCovered:
        return explain::foundOwner(count, ranges, after);
    case Change::MigrationStarted:
        return explain::migrationStarted(count, ranges, before, after);
    case Change::MigrationEnded:
        return explain::migrationEnded(count, ranges, before, after);
    case Change::EpochRaised:
        return explain::epochRaised(name, before, after);
    case Change::Unreached:
        return explain::unreached(name, shard, after);
    case Change::Reached:
        return explain::reachedAgain(name, shard);
    case Change::Unwatched:
        return explain::unwatched(clockOf(before), clockOf(after));
    case Change::ClockSetBack:
        return explain::clockSetBack(clockOf(before), clockOf(after));
    }
    return {};
}

} // namespace slotscope::cluster
