// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/changes.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace slotscope::explain {
namespace {

// The translation context.
struct ChangeTexts
{
    Q_DECLARE_TR_FUNCTIONS(ChangeTexts)
};

/// "Slot 7" or "5 slots (0-4)", as the beginning of a sentence. The ranges come from a server's
/// numbers alone, so they hold no placeholder.
QString slotsAtStart(int count, const QString& slotRanges)
{
    return count == 1 ? ChangeTexts::tr("Slot %1").arg(slotRanges)
                      : ChangeTexts::tr("%1 slots (%2)").arg(QString::number(count), slotRanges);
}

/// "10.0.0.1:7000 (S01)"; without a shard the node alone.
QString withShard(const QString& node, const QString& shard)
{
    return shard.isEmpty() ? node : ChangeTexts::tr("%1 (%2)").arg(node, shard);
}

QString orUnknown(const QString& side)
{
    return side.isEmpty() ? ChangeTexts::tr("an unknown node") : side;
}

} // namespace

QString stateChanged(const QString& before, const QString& after)
{
    return ChangeTexts::tr("The cluster's state went from %1 to %2.").arg(before, after);
}

QString failover(const QString& shard, const QString& from, const QString& to, int count)
{
    const QString owned
        = count == 1 ? ChangeTexts::tr("1 slot") : ChangeTexts::tr("%1 slots").arg(count);
    if (shard.isEmpty())
        return ChangeTexts::tr("%1 took over from %2, with %3.").arg(to, from, owned);
    return ChangeTexts::tr("%1 has a new primary: %2 took over from %3, with %4.")
        .arg(shard, to, from, owned);
}

QString nodeJoined(const QString& node, bool isReplica, const QString& shard)
{
    if (!isReplica)
        return ChangeTexts::tr("%1 joined the cluster.").arg(node);
    return shard.isEmpty()
        ? ChangeTexts::tr("%1 joined the cluster as a replica.").arg(node)
        : ChangeTexts::tr("%1 joined the cluster as a replica in %2.").arg(node, shard);
}

QString nodeLeft(const QString& node, const QString& shard)
{
    return ChangeTexts::tr("%1 is no longer a node of the cluster.").arg(withShard(node, shard));
}

QString addressReused(const QString& address, const QString& oldId, const QString& newId)
{
    return ChangeTexts::tr("%1 is another node now: %3. It was %2.").arg(address, oldId, newId);
}

QString addressChanged(const QString& id, const QString& from, const QString& to)
{
    return ChangeTexts::tr("Node %1 has another address: %3. It was %2.").arg(id, from, to);
}

QString becameReplica(const QString& node, const QString& shard)
{
    return shard.isEmpty()
        ? ChangeTexts::tr("%1 is a replica now. It was a primary.").arg(node)
        : ChangeTexts::tr("%1 is a replica in %2 now. It was a primary.").arg(node, shard);
}

QString becamePrimary(const QString& node)
{
    return ChangeTexts::tr("%1 is a primary now. It was a replica.").arg(node);
}

QString primaryChanged(const QString& node, const QString& from, const QString& to)
{
    return ChangeTexts::tr("%1 replicates %3 now. It replicated %2.")
        .arg(node, orUnknown(from), orUnknown(to));
}

QString suspected(const QString& node, const QString& shard)
{
    return ChangeTexts::tr("%1 is suspected to be down (fail?).").arg(withShard(node, shard));
}

QString failed(const QString& node, const QString& shard)
{
    return ChangeTexts::tr("%1 is down: the cluster agrees that it has failed.")
        .arg(withShard(node, shard));
}

QString recovered(const QString& node, const QString& shard, bool wasFailed)
{
    return (wasFailed ? ChangeTexts::tr("%1 is back. It was down.")
                      : ChangeTexts::tr("%1 is not suspected to be down any more."))
        .arg(withShard(node, shard));
}

QString slotsMoved(int count, const QString& slotRanges, const QString& from, const QString& to)
{
    return ChangeTexts::tr("%1 moved from %2 to %3.")
        .arg(slotsAtStart(count, slotRanges), from, to);
}

QString lostOwner(int count, const QString& slotRanges, const QString& from)
{
    return (count == 1 ? ChangeTexts::tr("%1 has no owner any more. It was %2.")
                       : ChangeTexts::tr("%1 have no owner any more. It was %2."))
        .arg(slotsAtStart(count, slotRanges), from);
}

QString foundOwner(int count, const QString& slotRanges, const QString& to)
{
    return (count == 1 ? ChangeTexts::tr("%1 belongs to %2 now. It had no owner.")
                       : ChangeTexts::tr("%1 belong to %2 now. They had no owner."))
        .arg(slotsAtStart(count, slotRanges), to);
}

QString migrationStarted(
    int count, const QString& slotRanges, const QString& from, const QString& to)
{
    return (count == 1 ? ChangeTexts::tr("%1 is being moved from %2 to %3.")
                       : ChangeTexts::tr("%1 are being moved from %2 to %3."))
        .arg(slotsAtStart(count, slotRanges), orUnknown(from), orUnknown(to));
}

QString migrationEnded(int count, const QString& slotRanges, const QString& from, const QString& to)
{
    return (count == 1 ? ChangeTexts::tr("%1 is no longer being moved from %2 to %3.")
                       : ChangeTexts::tr("%1 are no longer being moved from %2 to %3."))
        .arg(slotsAtStart(count, slotRanges), orUnknown(from), orUnknown(to));
}

QString epochRaised(const QString& node, const QString& before, const QString& after)
{
    return ChangeTexts::tr("The config epoch of %1 rose from %2 to %3.").arg(node, before, after);
}

QString unreached(const QString& node, const QString& shard, const QString& why)
{
    const QString who = withShard(node, shard);
    return why.isEmpty() ? ChangeTexts::tr("%1 did not tell this computer its view.").arg(who)
                         : ChangeTexts::tr("%1 did not answer this computer: %2.").arg(who, why);
}

QString beforeTheSession(const QString& why)
{
    return why.isEmpty() ? ChangeTexts::tr("it was silent when the session began")
                         : ChangeTexts::tr("%1, already when the session began").arg(why);
}

QString reachedAgain(const QString& node, const QString& shard)
{
    return ChangeTexts::tr("%1 answers this computer again.").arg(withShard(node, shard));
}

QString unwatched(const QString& from, const QString& to)
{
    return ChangeTexts::tr("Not connected from %1 to %2: what happened in between is unknown.")
        .arg(from, to);
}

QString clockSetBack(const QString& from, const QString& to)
{
    return ChangeTexts::tr("This computer's clock was set back from %1 to %2: what happened later "
                           "has earlier times than what happened before.")
        .arg(from, to);
}

} // namespace slotscope::explain
