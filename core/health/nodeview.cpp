// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/health/nodeview.h"

#include "core/cluster/serverfacts.h"
#include "core/support/bytes.h"

using namespace Qt::StringLiterals;

namespace slotscope::health {
namespace {

using cluster::Role;
using support::Error;
using support::ErrorCode;
using Info = QHash<QByteArray, QByteArray>;

constexpr int mostReplicas = 1000; ///< of one primary: as many as a cluster should have nodes

std::optional<qint64> number(const Info& info, const QByteArray& key)
{
    bool ok = false;
    const qint64 value = info.value(key).toLongLong(&ok);
    return ok ? std::optional(value) : std::nullopt;
}

std::optional<quint64> epoch(const Info& info, const QByteArray& key)
{
    bool ok = false;
    const quint64 value = info.value(key).toULongLong(&ok);
    return ok ? std::optional(value) : std::nullopt;
}

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

QString serverFrom(const resp::Reply& info)
{
    cluster::ServerFacts facts;
    facts.take(cluster::Question::InfoServer, info);
    const QString version = facts.version();
    return version.isEmpty() ? QString() : cluster::productName(facts.product()) % u' ' % version;
}

void takeInfo(NodeView* view, const resp::Reply& reply)
{
    const Info info = cluster::parseInfo(reply.text());
    view->server = serverFrom(reply);
    view->runId = info.value("run_id"_ba).left(40);
    view->uptimeSeconds = number(info, "uptime_in_seconds"_ba);
    view->isLoading = view->isLoading || info.value("loading"_ba) == "1";
    view->errorCounts = ErrorCounts::fromInfo(info);
    view->replication = ReplicationFacts::fromInfo(info);
}

void takeClusterInfo(NodeView* view, const resp::Reply& reply)
{
    cluster::ServerFacts facts;
    facts.take(cluster::Question::ClusterInfo, reply);
    view->state = facts.state();
    view->currentEpoch = facts.currentEpoch();
    view->myEpoch = epoch(cluster::parseInfo(reply.text()), "cluster_my_epoch"_ba);
}

QString nameOf(Inquiry inquiry)
{
    return QString::fromLatin1(commandFor(inquiry).join(' '));
}

void refuse(NodeView* view, Inquiry inquiry, ErrorCode code, const QString& line)
{
    view->refusals.append({ nameOf(inquiry), code, line });
    view->isLoading = view->isLoading || code == ErrorCode::Loading;
}

/// A view, or why there is none.
template <typename View>
void takeView(NodeView* view, Inquiry inquiry, const support::Result<View>& parsed, View* target)
{
    if (parsed)
        *target = *parsed;
    else
        refuse(view, inquiry, parsed.error().code, parsed.error().detail);
}

} // namespace

ReplicationFacts ReplicationFacts::fromInfo(const Info& info)
{
    ReplicationFacts facts;
    const QByteArray role = info.value("role"_ba);
    if (role == "slave" || role == "replica") {
        facts.role = Role::Replica;
        facts.offset = number(info, "slave_repl_offset"_ba);
        if (const QByteArray status = info.value("master_link_status"_ba); !status.isEmpty())
            facts.linkUp = status == "up";
        facts.isSyncing = info.value("master_sync_in_progress"_ba) == "1";
        // -1: never heard, or (where it is down) for ever.
        facts.secondsSinceHeard = number(info, "master_last_io_seconds_ago"_ba);
        if (facts.secondsSinceHeard.value_or(0) < 0)
            facts.secondsSinceHeard.reset();
        facts.secondsDown = number(info, "master_link_down_since_seconds"_ba);
        if (facts.secondsDown.value_or(0) < 0)
            facts.secondsDown.reset();
    } else if (role == "master" || role == "primary") {
        facts.role = Role::Primary;
        facts.offset = number(info, "master_repl_offset"_ba);
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

net::Argv commandFor(Inquiry inquiry)
{
    switch (inquiry) {
    case Inquiry::Nodes:
        return { "CLUSTER"_ba, "NODES"_ba };
    case Inquiry::ClusterInfo:
        return { "CLUSTER"_ba, "INFO"_ba };
    case Inquiry::Info:
        // Without a section: several of them are understood from 7.0 on only, and these are few
        // kilobytes.
        return { "INFO"_ba };
    case Inquiry::Role:
        return { "ROLE"_ba };
    case Inquiry::Slots:
        return { "CLUSTER"_ba, "SLOTS"_ba };
    }
    return {};
}

void take(NodeView* view, Inquiry inquiry, const resp::Reply& reply)
{
    if (reply.isError()) {
        return refuse(view, inquiry, cluster::codeOfErrorReply(reply.text()),
            support::toVisibleText(reply.text(), 300));
    }
    const bool wantsFields = inquiry == Inquiry::Info || inquiry == Inquiry::ClusterInfo;
    if (wantsFields && reply.text().isEmpty())
        return refuse(view, inquiry, ErrorCode::ProtocolError, u"an empty reply"_s);
    switch (inquiry) {
    case Inquiry::Nodes:
        takeView(view, inquiry, cluster::parseNodes(reply.text()), &view->view.nodes);
        break;
    case Inquiry::Slots:
        takeView(view, inquiry, cluster::parseSlots(reply), &view->view.slotsView);
        break;
    case Inquiry::ClusterInfo:
        takeClusterInfo(view, reply);
        break;
    case Inquiry::Info:
        takeInfo(view, reply);
        break;
    case Inquiry::Role:
        if (view->replication.role == Role::Unknown)
            view->replication = ReplicationFacts::fromRole(reply);
        break;
    }
}

} // namespace slotscope::health
