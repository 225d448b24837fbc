// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

#include <optional>

// What a client library does when it is given one endpoint. `constructor` is what makes the client:
// "NewUniversalClient with one address", "createCluster".
namespace slotscope::explain {

QString withOneAddress(const QString& constructor); ///< "... with one address"

/// A client for one server, at which `movedShare` of the slots answer MOVED.
QString makesPlainClient(
    const QString& constructor, std::optional<double> movedShare, bool isReplica);
/// It finds the cluster's nodes from this one address.
QString findsClusterItself(const QString& constructor);
/// It will not talk to a replica alone.
QString refusesReplica(const QString& constructor);

/// The server takes an IAM token, which expires. `hook`: what of the client asks for a new one at
/// each connection; empty: nothing that is known here.
QString logsInByToken(const QString& hook);

/// What a client for one server was answered, tried out.
QString sampleKeysMoved(int moved, int answered);
/// The same of a cluster client that begins with no map; `first` and `second`: its redirects, the
/// first and the second time.
QString sampleKeysFollowed(int asked, int served, int first, int second);
/// Why a key was not served.
QString sampleKeyFailed(const QString& why);
QString questionMarkIsNoName(); ///< in a redirect, as the host
/// The client loads its map with `command`, which the server refuses to this user.
QString mapIsRefused(const QString& constructor, const QString& command);

// The server is no cluster.
QString plainClientIsRight(const QString& constructor);
QString clusterClientFails(const QString& constructor);

// The server is a sentinel.
QString sentinelServesNoData(const QString& constructor);
QString asksSentinel(const QString& constructor, const QString& master);

} // namespace slotscope::explain
