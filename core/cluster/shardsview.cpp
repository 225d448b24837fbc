// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/shardsview.h"

#include "core/explain/answers.h"
#include "core/support/bytes.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace slotscope::cluster {
namespace {

using support::Error;
using support::ErrorCode;
using support::Result;

constexpr int longestText = 512;
constexpr int mostNodes = 10'000;
/// Those that repeat come on top of the 16384 that there can be.
constexpr int mostRanges = 2 * Slot::count;

QString textOf(const resp::Reply& value)
{
    return support::toVisibleText(value.text(), longestText);
}

Health healthOf(QByteArrayView word)
{
    if (word == "online")
        return Health::Ok;
    if (word == "loading")
        return Health::Loading;
    return word == "fail" ? Health::Fail : Health::Unknown;
}

Role roleOf(QByteArrayView word)
{
    if (word == "master" || word == "primary")
        return Role::Primary;
    return word == "replica" || word == "slave" ? Role::Replica : Role::Unknown;
}

class Parser
{
public:
    Result<ShardsView> parse(const resp::Reply& reply)
    {
        if (reply.type() != resp::Type::Array)
            return error(explain::isNotArray());
        for (const resp::Reply item : reply) {
            if (!item.isAggregate())
                fail(explain::shardIsNotMap());
            else
                parseEntry(item);
            if (!m_wrong.isEmpty())
                return error(m_wrong);
            if (m_nodes > mostNodes || m_ranges > mostRanges) {
                return Error { ErrorCode::LimitExceeded,
                    explain::largerThanACluster(u"CLUSTER SHARDS"_s), {} };
            }
        }
        return std::move(m_view);
    }

private:
    static Error error(const QString& wrong)
    {
        return { ErrorCode::ProtocolError, u"CLUSTER SHARDS: "_s + wrong, {} };
    }

    void fail(const QString& wrong)
    {
        if (m_wrong.isEmpty())
            m_wrong = wrong;
    }

    void parseEntry(const resp::Reply& reply)
    {
        m_view.entries.append(ShardsEntry());
        parseSlots(reply.value("slots"), &m_view.entries.last().ranges);
        const resp::Reply nodes = reply.value("nodes");
        m_nodes += nodes.size();
        if (m_nodes > mostNodes)
            return;
        for (const resp::Reply node : nodes)
            m_view.entries.last().nodes.append(parseNode(node));
    }

    /// first, last, first, last, ...
    void parseSlots(const resp::Reply& reply, SlotRanges* ranges)
    {
        m_ranges += reply.size() / 2;
        if (m_ranges > mostRanges)
            return;
        std::optional<Slot> first;
        bool isFirst = true;
        for (const resp::Reply number : reply) {
            const auto slot = Slot::fromNumber(number.toInteger(-1));
            if (!slot || (!isFirst && *slot < *first))
                return fail(explain::rangeIsBad());
            if (isFirst) {
                first = slot;
            } else {
                const qsizetype before = m_seen.size();
                m_seen.insert(first->number() * Slot::count + slot->number());
                m_view.repeatsSlots = m_view.repeatsSlots || m_seen.size() == before;
                ranges->append({ *first, *slot });
            }
            isFirst = !isFirst;
        }
        if (!isFirst)
            fail(explain::rangeIsHalf());
        *ranges = normalized(*ranges);
    }

    ShardsNode parseNode(const resp::Reply& reply)
    {
        ShardsNode node;
        if (!reply.isAggregate()) {
            fail(explain::nodeIsNotMap());
            return node;
        }
        node.id = NodeId(textOf(reply.value("id")).toLatin1());
        node.endpoint = textOf(reply.value("endpoint"));
        node.ip = textOf(reply.value("ip"));
        node.hostname = textOf(reply.value("hostname"));
        node.port = portOf(reply.value("port"));
        node.tlsPort = portOf(reply.value("tls-port"));
        node.role = roleOf(reply.value("role").text());
        node.health = healthOf(reply.value("health").text());
        if (const resp::Reply offset = reply.value("replication-offset"); !offset.isNull())
            node.replicationOffset = offset.toInteger();
        return node;
    }

    std::optional<quint16> portOf(const resp::Reply& value)
    {
        if (value.isNull())
            return std::nullopt;
        const qint64 port = value.toInteger(-1);
        if (port < 0 || port > 65535) {
            fail(explain::portIsBad());
            return std::nullopt;
        }
        return port == 0 ? std::nullopt : std::optional(static_cast<quint16>(port));
    }

    ShardsView m_view;
    QString m_wrong;
    QSet<int> m_seen; ///< pairs of first and last
    qsizetype m_nodes = 0;
    qsizetype m_ranges = 0;
};

} // namespace

const ShardsNode* ShardsEntry::primary() const
{
    const ShardsNode* found = nullptr;
    for (const ShardsNode& node : nodes) {
        if (node.role == Role::Primary && (found == nullptr || found->health == Health::Fail))
            found = &node;
    }
    return found;
}

Result<ShardsView> parseShards(const resp::Reply& reply)
{
    return Parser().parse(reply);
}

} // namespace slotscope::cluster
