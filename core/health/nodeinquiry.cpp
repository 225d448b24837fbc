// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/health/nodeinquiry.h"

#include "core/explain/errors.h"

#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace slotscope::health {

using support::Error;
using support::ErrorCode;

NodeInquiry::NodeInquiry(net::ConnectionPool* pool, cluster::NodesParser* parser,
    cluster::NodeId id, net::Endpoint address, QObject* parent)
    : QObject(parent)
    , m_pool(pool)
    , m_parser(parser)
{
    m_view.id = std::move(id);
    m_view.address = std::move(address);
    m_view.isMapped = pool->options().addressMap.toDialled(m_view.address) != m_view.address;
    m_view.view.connectionHost = m_view.address.host;
    m_view.view.connectionPort = m_view.address.port;
}

void NodeInquiry::start()
{
    // A little more than the connection's own limits, which know better what is wrong.
    QTimer::singleShot(m_pool->options().patience() * 5 / 4, this, [this] {
        if (!m_view.error)
            m_view.error = Error { ErrorCode::ReplyTimeout, {}, m_view.address.toString() };
        settle();
    });
    // The view first: if the node dies meanwhile, that is worth most.
    ask({ Inquiry::Nodes, Inquiry::ClusterInfo, Inquiry::Info, Inquiry::Role });
}

void NodeInquiry::ask(const QList<Inquiry>& inquiries)
{
    const QPointer<NodeInquiry> guard(this);
    QList<net::Argv> commands;
    QList<net::Connection::Callback> callbacks;
    for (const Inquiry inquiry : inquiries) {
        commands.append(commandFor(inquiry));
        callbacks.append([this, guard, inquiry](const net::Answer& answer) {
            if (guard && !m_done)
                onAnswer(inquiry, answer);
        });
    }
    m_awaited = inquiries.size();
    m_pool->connectionTo(m_view.address)->probe(commands, callbacks);
}

void NodeInquiry::onAnswer(Inquiry inquiry, const net::Answer& answer)
{
    --m_awaited;
    if (answer.reply) {
        take(&m_view, inquiry, *answer.reply, m_parser);
    } else if (!m_view.error) {
        m_view.error = answer.reply.error();
        if (m_view.error->address.isEmpty())
            m_view.error->address = m_view.address.toString();
    }
    if (m_awaited == 0)
        conclude();
}

void NodeInquiry::conclude()
{
    if (!m_view.error && m_view.view.nodes.nodes.isEmpty() && !std::exchange(m_hasAskedSlots, true))
        return ask({ Inquiry::Slots });
    settle();
}

void NodeInquiry::settle()
{
    if (std::exchange(m_done, true))
        return;
    m_view.reachable = !m_view.error;
    checkIdentity();
    if (m_view.reachable && !m_view.hasView())
        explainMissingView();
    Q_EMIT finished(); // last: the receiver may delete us
}

void NodeInquiry::checkIdentity()
{
    const cluster::NodesView& nodes = m_view.view.nodes;
    if (nodes.myself < 0)
        return;
    const cluster::NodeId told = nodes.nodes.at(nodes.myself)->id;
    if (m_view.id.isNull() || told == m_view.id) {
        m_view.id = told;
        return;
    }
    // An address that leads elsewhere: a stale map or tunnel, perhaps another cluster.
    NodeView nothing;
    nothing.id = m_view.id;
    nothing.address = m_view.address;
    nothing.isMapped = m_view.isMapped;
    nothing.error = Error { ErrorCode::WrongNode,
        explain::expectedReached(m_view.id.shortText(), told.shortText()),
        m_view.address.toString() };
    m_view = nothing;
}

/// The refusal of CLUSTER NODES is the first one, if any.
void NodeInquiry::explainMissingView()
{
    const auto refusal = std::find_if(m_view.refusals.begin(), m_view.refusals.end(),
        [](const Refusal& candidate) { return candidate.command == u"CLUSTER NODES"; });
    if (refusal == m_view.refusals.end())
        return;
    m_view.error = Error { refusal->code, refusal->line, m_view.address.toString() };
    // Who wants a password tells nothing at all.
    m_view.reachable = support::stageOf(refusal->code) != support::Stage::Auth;
}

} // namespace slotscope::health
