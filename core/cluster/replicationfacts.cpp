// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/replicationfacts.h"

#include "core/cluster/viewparsers.h"
#include "core/support/bytes.h"

using namespace Qt::StringLiterals;

namespace slotscope::cluster {
namespace {

constexpr int mostReplicas = 1000; ///< of one primary: as many as a cluster should have nodes

/// ip=127.0.0.1,port=7003,state=online,offset=14,lag=1 -- an IPv6 address has no brackets.
ReplicaSeen replicaFrom(const QByteArray& line)
{
    ReplicaSeen replica;
    const QByteArrayList fields = line.split(',');
    for (const QByteArray& field : fields) {
        const qsizetype equals = field.indexOf('=');
        const QByteArray key = field.left(equals);
        const QByteArray value = equals < 0 ? QByteArray() : field.mid(equals + 1);
        if (key == "ip")
            replica.address.host = support::toVisibleText(value, 512);
        else if (key == "port")
            replica.address.port = value.toUShort();
        else if (key == "state")
            replica.state = support::toVisibleText(value, 32);
        else if (key == "offset")
            replica.offset = value.toLongLong();
        else if (key == "lag")
            replica.lagSeconds = value.toLongLong();
    }
    return replica;
}

} // namespace

ReplicationFacts ReplicationFacts::fromInfo(const Info& info)
{
    ReplicationFacts facts;
    const QByteArray role = info.value("role"_ba);
    if (role == "slave" || role == "replica") {
        facts.role = Role::Replica;
        facts.offset = infoNumber(info, "slave_repl_offset"_ba);
        if (const QByteArray status = info.value("master_link_status"_ba); !status.isEmpty())
            facts.linkUp = status == "up";
        facts.isSyncing = info.value("master_sync_in_progress"_ba) == "1";
        // -1: never heard, or (where it is down) for ever.
        facts.secondsSinceHeard = infoNumber(info, "master_last_io_seconds_ago"_ba);
        if (facts.secondsSinceHeard.value_or(0) < 0)
            facts.secondsSinceHeard.reset();
        facts.secondsDown = infoNumber(info, "master_link_down_since_seconds"_ba);
        if (facts.secondsDown.value_or(0) < 0)
            facts.secondsDown.reset();
    } else if (role == "master" || role == "primary") {
        facts.role = Role::Primary;
        facts.offset = infoNumber(info, "master_repl_offset"_ba);
        for (int i = 0; i < mostReplicas; ++i) {
            const auto line = info.constFind("slave" + QByteArray::number(i));
            if (line == info.constEnd())
                break;
            facts.replicas.append(replicaFrom(*line));
        }
    }
    return facts;
}

ReplicationFacts ReplicationFacts::fromRole(const resp::Reply& role)
{
    ReplicationFacts facts;
    const QByteArray name = role.at(0).toByteArray();
    if (name == "slave" || name == "replica") {
        facts.role = Role::Replica;
        const QByteArray state = role.at(3).toByteArray();
        facts.linkUp = state == "connected";
        facts.isSyncing = state == "sync";
        if (const qint64 offset = role.at(4).toInteger(-1); offset >= 0)
            facts.offset = offset;
    } else if (name == "master" || name == "primary") {
        facts.role = Role::Primary;
        facts.offset = role.at(1).toInteger(0);
    }
    return facts;
}

} // namespace slotscope::cluster
