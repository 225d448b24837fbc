// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/health/nodeview.h"

#include "core/cluster/serverfacts.h"
#include "core/cluster/viewparsers.h"
#include "core/explain/answers.h"
#include "core/support/bytes.h"

using namespace Qt::StringLiterals;

namespace slotscope::health {
namespace {

using cluster::Info;
using cluster::Role;
using support::Error;
using support::ErrorCode;

std::optional<quint64> epoch(const Info& info, const QByteArray& key)
{
    bool ok = false;
    const quint64 value = info.value(key).toULongLong(&ok);
    return ok ? std::optional(value) : std::nullopt;
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
    view->uptimeSeconds = cluster::infoNumber(info, "uptime_in_seconds"_ba);
    view->isLoading = view->isLoading || info.value("loading"_ba) == "1";
    view->errorCounts = cluster::ErrorCounts::fromInfo(info);
    view->replication = cluster::ReplicationFacts::fromInfo(info);
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

void take(NodeView* view, Inquiry inquiry, const resp::Reply& reply, cluster::NodesParser* parser)
{
    if (reply.isError()) {
        return refuse(view, inquiry, cluster::codeOfErrorReply(reply.text()),
            support::toVisibleText(reply.text(), 300));
    }
    const bool wantsFields = inquiry == Inquiry::Info || inquiry == Inquiry::ClusterInfo;
    if (wantsFields && reply.text().isEmpty())
        return refuse(view, inquiry, ErrorCode::ProtocolError, explain::emptyReply());
    switch (inquiry) {
    case Inquiry::Nodes:
        takeView(view, inquiry, parser->parse(reply.text()), &view->view.nodes);
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
            view->replication = cluster::ReplicationFacts::fromRole(reply);
        break;
    }
}

} // namespace slotscope::health
