// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QStringList>

namespace slotscope::explain {

// Sentences about a topology. Counts come in, words go out.
QString standalone();
QString sentinel(int masters);
QString noClusterPermission();
QString emptyCluster();
QString healthy(int shards, int nodes);
QString primaryDown(const QString& shard, int slots, double percent);
QString slotsUncovered(int slots, double percent);
QString clusterStateFail();
QString replicaDown(const QStringList& nodes);
QString nodeSuspected(const QStringList& nodes);
QString slotsMoving(int slots);
QString slotsDisputed(int slots);
QString answered(int answered, int asked); ///< "6 of 6 nodes answered"
QString oneViewOnly(const QString& node); ///< "this is 10.0.1.4's view alone"
QString pastedUnknownTime(); ///< "pasted, time unknown"
QString capturedAt(const QString& utc);
QString age(qint64 milliseconds); ///< "2 s ago"
QString unreachable(int failed, int all, const QString& why);
QString startPage(); ///< "Paste an endpoint, a URL, a MOVED error, or the output of CLUSTER NODES."

} // namespace slotscope::explain
