// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/support/error.h"

#include <QString>
#include <QStringList>

namespace slotscope::explain {

/// What a health finding says: one sentence, then what it means and what to look at next.
struct FindingText
{
    QString title;
    QString detail;
};

// One for each kind of finding. Names are labels or labels with addresses; counts come in, words go
// out. A list of names is never empty.

FindingText clusterSaysFail(const QStringList& saying, int answered);
FindingText slotsWithoutOwner(int slots, double percent, bool isEveryOne);
/// `winner`: whose claim has the higher epoch; empty when none has.
FindingText slotsClaimedTwice(int slots, double percent, const QStringList& claimants,
    const QString& winner, quint64 winnerEpoch);
/// `disowned`: slots that nobody claims for itself although all who are named answered.
FindingText viewsDisagree(int slots, double percent, const QStringList& minority, int disowned);
FindingText viewsAlone(const QStringList& nodes);

/// Slots that are open: `moves` are sentences made by the three functions below.
FindingText slotsOpen(int slots, double percent, const QStringList& moves);
QString openMove(const QString& slotRanges, const QString& from, const QString& to);
QString openGivenOnly(
    const QString& slotRanges, const QString& from, const QString& to, bool toAnswered);
QString openTakenOnly(
    const QString& slotRanges, const QString& to, const QString& from, bool fromAnswered);

/// `saidBy` of `views` say so, for the one that most agree about.
FindingText primariesFailed(
    const QStringList& nodes, int slots, double percent, int saidBy, int views);
/// `allServed`: no slot is without a working owner.
FindingText replicasFailed(const QStringList& nodes, int saidBy, int views, bool allServed);
FindingText othersFailed(const QStringList& nodes, int saidBy, int views, bool allServed);
/// `slots` are theirs.
FindingText nodesSuspected(
    const QStringList& nodes, int slots, double percent, int saidBy, int views);

/// `slots` are theirs; `seenWell` of the nodes are well in the eyes of the others.
FindingText nodesUnreachable(
    const QStringList& nodes, int slots, double percent, const support::Error& why, int seenWell);
FindingText nodesLoading(const QStringList& nodes, bool ownSlots);
FindingText nodesNoAddr(const QStringList& nodes);
/// `facts`: one unknownFact() for each node that some do not know.
FindingText membersDiffer(const QStringList& facts);
/// `by` of `views` do not list it.
QString unknownFact(const QString& node, const QStringList& by, int views);
FindingText nodesInHandshake(const QStringList& addresses);
/// CLUSTER SLOTS calls them "?".
FindingText announcedWithoutName(const QStringList& nodes);
/// `wayIn`: the address that was dialled.
FindingText announcedLoopback(const QStringList& nodes, const QString& wayIn);
FindingText announcedPrivate(const QStringList& nodes, const QString& wayIn);
FindingText announcedUnresolvable(const QStringList& nodes);

/// `facts`: one replicaDownFact() for each.
FindingText replicationBroken(const QStringList& nodes, const QStringList& facts);
/// `seconds` -1: not known.
QString replicaDownFact(const QString& node, const QString& primary, bool primaryAnswered,
    bool isSyncing, qint64 seconds);
/// `facts`: one replicaLagFact() for each, the worst first.
FindingText replicationLag(const QStringList& nodes, const QStringList& facts);
QString replicaLagFact(const QString& node, qint64 bytes, qint64 seconds);
FindingText primariesWithoutReplica(const QStringList& nodes, bool othersHaveSome);
FindingText failedPrimariesWithoutReplica(const QStringList& nodes);
FindingText replicasOnPrimaryHost(const QStringList& shards, bool isLoopback);

FindingText epochCollision(const QStringList& nodes, quint64 epoch);
/// `facts`: one imbalanceFact() for each, the worst first.
FindingText slotsImbalanced(const QStringList& facts, double equalShare);
QString imbalanceFact(const QString& node, int slots, double percentOff);
/// `versions`: "redis 7.0.15 (4 nodes)".
FindingText mixedVersions(const QStringList& versions);
QString versionFact(const QString& version, int nodes, const QStringList& names);

/// `facts`: one missingFact() for each command.
FindingText checksIncomplete(const QStringList& commands, const QStringList& facts);
QString missingFact(const QString& command, const QStringList& nodes, const QString& serverLine);

/// Above the report when there is nothing to report.
QString nothingFound(int nodes);

} // namespace slotscope::explain
