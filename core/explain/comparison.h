// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace slotscope::explain {

// Two captures side by side. Names are labels or addresses, times are UTC as text.

/// They share no node id: `before` and `after` ids there are in them.
QString notTheSameCluster(int before, int after);
/// Node ids stand there in different ways, so that they say nothing: words of --redact.
QString redactedDifferently(const QString& before, const QString& after);
/// Few of their ids are in both.
QString fewSharedIds(int shared, int before, int after);
QString noMapIn(bool isBefore);
QString notWhole(bool isBefore, const QString& sentence); ///< what is missing in it
QString takenTheOtherWayRound(); ///< "after" is the older one
/// The same shard is called differently in the two: here as in the earlier one.
QString shardsHaveEarlierNames();
QString nothingChanged();

QString currentEpochRose(const QString& before, const QString& after);
QString serverChanged(const QString& before, const QString& after); ///< "redis 7.0.15"
QString nodeServerChanged(const QString& node, const QString& before, const QString& after);
QString viewsChanged(int answeredBefore, int askedBefore, int answeredAfter, int askedAfter);
QString answersNoMore(const QString& node);
QString answersAgain(const QString& node);
QString findingIsNew(const QString& title);
QString findingIsGone(const QString& title);
QString findingStayed(const QString& title, const QString& earlier); ///< `earlier`: if different

/// "Before: 14:02:40Z, 6 nodes in 3 shards, 16384 slots served".
QString sideSummary(bool isBefore, const QString& time, int nodes, int shards, int served);
QString beforeTitle(); ///< of a column
QString afterTitle();
QString comparisonTitle(const QString& name); ///< of the profile; may be empty

} // namespace slotscope::explain
