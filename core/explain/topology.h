// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QStringList>

namespace slotscope::explain {

// Sentences about a topology. Counts come in, words go out.
QString standalone();
QString sentinel(int masters);
/// `evidence`: how it is known all the same ("cluster_enabled:1", "HELLO says mode cluster").
QString noClusterPermission(const QString& evidence = QStringLiteral("cluster_enabled:1"));
QString emptyCluster();
QString healthy(int shards, int nodes);
/// All slots have an owner, but nobody was found who tells how the nodes are.
QString healthUnknown(int shards);
QString nobodyAnswers(int nodes); ///< of a cluster that was known before
QString slotsUnknown(); ///< of a cluster that tells nothing, for whatever reason
QString nodeLoading(const QStringList& nodes);
QString notAnswered(int nodes); ///< "2 nodes have not answered: unknown, not healthy."
/// The same with names and with what is theirs; and what to do about it.
QString silentNodes(const QStringList& nodes, int slots, double percent);
QString silentAdvice();
QString primaryDown(const QString& shard, int slots, double percent);
QString primariesDown(const QStringList& shards, int slots, double percent);
QString slotsUncovered(int slots, double percent);
QString clusterStateFail();
QString replicaDown(const QStringList& nodes);
QString nodeDown(const QStringList& nodes); ///< neither a replica nor an owner of slots
QString nodeSuspected(const QStringList& nodes, int slots, double percent); ///< `slots` are theirs
QString slotsMoving(int slots, double percent);
QString slotsDisputed(int slots, double percent);
enum class Asked { All, NotAll };
/// "6 of 6 nodes answered"; of Asked::NotAll "3 of 6 nodes answered, not all were asked".
QString answered(int answered, int all, Asked asked = Asked::All);
QString noView(); ///< the endpoint answered, but not with a map
QString oneViewOnly(const QString& node); ///< "this is 10.0.1.4's view alone"; empty: unknown which
QString pastedUnknownTime(); ///< "pasted, time unknown"
QString capturedAt(const QString& utc);
QString age(qint64 milliseconds); ///< "2 s ago"
QString unreachable(int failed, int all, const QString& why);
QString privateAddresses(); ///< "They announce private addresses."

// Warnings of a discovery: what is missing, and why.
QString commandMissing(const QString& command, const QString& serverLine);
/// Why a node is not asked for CLUSTER SHARDS a second time.
QString shardsBanned();
QString viewMissing(const QString& node, const QString& why);
QString moreViewsMissing(int nodes);
/// Where CLUSTER MYID is refused and nodes are reached through a map or a tunnel.
QString identityUnchecked(const QString& serverLine);
/// CLUSTER SLOTS calls so many of all nodes in it "?".
QString namesMissing(int count, int all);
QString wrongNode(const QString& expected, const QString& reached, const QString& address);

QString startPage(); ///< "Paste an endpoint, a URL, a MOVED error, or the output of CLUSTER NODES."

} // namespace slotscope::explain
