// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/shardsrequest.h"

#include "core/cluster/serverfacts.h"
#include "core/explain/topology.h"
#include "core/support/bytes.h"

#include <QPointer>
#include <QTimer>

namespace slotscope::cluster {

using support::Error;
using support::ErrorCode;

ShardsRequest::ShardsRequest(
    net::ConnectionPool* pool, NodeId id, net::Endpoint node, ShardsBan* ban, QObject* parent)
    : QObject(parent)
    , m_pool(pool)
    , m_id(std::move(id))
    , m_node(std::move(node))
    , m_ban(ban)
{ }

void ShardsRequest::start()
{
    if (m_ban->contains(m_id, m_node)) {
        QTimer::singleShot(0, this, [this] {
            finish(false, {}, { ErrorCode::CommandUnavailable, explain::shardsBanned(), {} });
        });
        return;
    }
    const QPointer<ShardsRequest> self(this);
    m_pool->connectionTo(m_node)->send({ "CLUSTER", "SHARDS" }, [self](const net::Answer& answer) {
        if (self)
            self->onAnswer(answer);
    });
}

void ShardsRequest::cancel()
{
    QTimer::singleShot(0, this, [this] { finish(false, {}, { ErrorCode::Cancelled, {}, {} }); });
}

void ShardsRequest::onAnswer(const net::Answer& answer)
{
    if (!answer.reply)
        return finish(false, {}, answer.reply.error());
    if (answer.reply->isError()) {
        const QByteArrayView line = answer.reply->text();
        return finish(false, {}, { codeOfErrorReply(line), support::toVisibleText(line, 300), {} });
    }
    const auto view = parseShards(*answer.reply);
    // What is beyond all bounds may well be the same defect, further on.
    if (view ? view->repeatsSlots : view.error().code == ErrorCode::LimitExceeded)
        m_ban->add(m_id, m_node);
    if (view)
        finish(true, *view, {});
    else
        finish(false, {}, view.error());
}

void ShardsRequest::finish(bool ok, const ShardsView& view, Error error)
{
    if (std::exchange(m_isDone, true))
        return;
    if (!ok && error.address.isEmpty())
        error.address = m_node.toString();
    Q_EMIT finished(ok, view, error);
}

} // namespace slotscope::cluster
