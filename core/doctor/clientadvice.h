// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"

#include <QJsonArray>

#include <optional>

namespace slotscope::doctor {

/// What is known of the server that a program is to use.
struct ClientTarget
{
    net::Endpoint endpoint; ///< as the user would write it in code
    bool tls = false;
    QString user; ///< empty: none
    bool withPassword = false; ///< it needs one; which, nobody here wants to know
    /// The password is a token that is good for minutes (IAM): each connection wants a new one.
    bool byToken = false;
    // Of the cache that a token is for, as far as its endpoint's name tells.
    QString cacheName {};
    QString region {};
    bool isMemoryDb = false;
    cluster::Kind kind = cluster::Kind::Cluster;
    /// Of a cluster's slots, those that this endpoint answers with MOVED, 0 to 1.
    std::optional<double> movedShare;
    bool isReplica = false; ///< the node that answers there owns no slots
    QStringList unavailable {}; ///< commands that are refused to this user: "CLUSTER SLOTS"
    QString sentinelMaster; ///< of a sentinel: the name of a master that it watches
};

/// What a client does on the wire when its most usual constructor is given this one endpoint.
enum class ClientMode {
    Plain, ///< asks this server alone; the program receives MOVED
    Cluster, ///< finds the nodes and the slots by itself
    Fails, ///< no command is served
};

/// What one client library does with the endpoint, and what to write instead. The sources of these
/// claims are in docs/clients.md.
struct ClientAdvice
{
    QString name; ///< "go-redis"
    QString versions; ///< that the correct code needs: ">= 9.8.0"; empty where that is not known
    ClientMode mode = ClientMode::Plain;
    /// Of the slots, those for which the program receives MOVED; nothing where that is not known.
    std::optional<double> movedShare;
    QString whatHappens; ///< a sentence or two
    QString wrongCode; ///< that leads there; empty where the most usual code is right
    QString snippet; ///< correct code: endpoint, TLS and user are in it, a password never is
    QString language; ///< of the code: "go", "python", "shell", ...
};

/// go-redis first. Nobody is asked anything.
QList<ClientAdvice> clientAdvice(const ClientTarget& target);

/// Of go-redis with the client that every version has: NewClusterClient for a cluster.
ClientAdvice goRedisAdvice(const ClientTarget& target);

/// As the JSON contract's `clients`.
QJsonArray toJson(const QList<ClientAdvice>& advice);

QString modeName(ClientMode mode); ///< "plain", "follows", "cluster", "fails"

} // namespace slotscope::doctor
