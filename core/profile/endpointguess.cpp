// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/endpointguess.h"

#include "core/explain/endpointnames.h"
#include "core/net/managednode.h"
#include "core/profile/awsregions.h"
#include "core/support/json.h"

#include <QRegularExpression>
#include <QStringList>

namespace slotscope::profile {

using namespace Qt::StringLiterals;

// The forms, with ID the replication group's id, H six characters of the customer's and REGION a
// short code, in front of cache.amazonaws.com or cache.amazonaws.com.cn:
//
//                                   TLS off                         TLS on
//   configuration                   ID.H.clustercfg.REGION          clustercfg.ID.H.REGION
//   node of a cluster               ID-0001-001.H.0001.REGION       ID-0001-001.ID.H.REGION
//   node, cluster mode disabled     ID-001.H.0001.REGION            ID-001.ID.H.REGION
//   primary                         ID.H.ng.0001.REGION             master.ID.H.REGION
//   reader                          ID-ro.H.ng.0001.REGION          replica.ID.H.REGION
//   a node without a group          ID.H.0001.REGION                -
//   serverless                      -                               NAME-H.serverless.REGION
//   Memcached                       ID.H.cfg.REGION
//
// MemoryDB has the first two, with memorydb.FULL-REGION in the place of REGION and amazonaws.com
// behind it. Sources: the user guides of both; Teleport's api/utils/aws/endpoint.go; public names.

namespace {

constexpr quint16 memcachedPort = 11211;

bool isMatch(const QString& text, const QString& pattern)
{
    return QRegularExpression(u"^(?:"_s + pattern + u")$"_s).match(text).hasMatch();
}

bool isId(const QString& label)
{
    return isMatch(label, u"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"_s);
}

bool isCustomerHash(const QString& label)
{
    return isMatch(label, u"[a-z0-9]{6}"_s);
}

bool isShardNumber(const QString& label)
{
    return isMatch(label, u"[0-9]{4}"_s);
}

/// Reads the labels in front of the region's.
class Reader
{
public:
    Reader(Provider provider, QStringList labels, quint16 port)
        : m_labels(std::move(labels))
        , m_port(port)
    {
        m_guess.provider = provider;
    }

    /// Kind and ids, without the region; nothing for a form that is not known.
    std::optional<EndpointGuess> read()
    {
        const bool isElastiCache = m_guess.provider == Provider::ElastiCache;
        const bool known = (m_labels.size() == 3 && (readCluster() || readNode()))
            || (isElastiCache && (readGroup() || readServerless() || readMemcached()));
        if (!known)
            return std::nullopt;
        // Memcached's nodes, and its serverless caches, have names of the same form.
        if (isElastiCache && m_port == memcachedPort && !m_guess.isRefused()) {
            m_guess.kind = EndpointKind::Memcached;
            m_guess.reason = explain::memcachedPort(QString::number(m_port));
        }
        return m_guess;
    }

private:
    QString service() const
    {
        return m_guess.provider == Provider::MemoryDb ? u"MemoryDB"_s : u"ElastiCache"_s;
    }

    bool take(EndpointKind kind, std::optional<bool> tls, const QString& id, const QString& reason)
    {
        m_guess.kind = kind;
        m_guess.tls = tls;
        m_guess.id = id;
        m_guess.reason = reason;
        return true;
    }

    bool readCluster()
    {
        const auto& [first, second, third] = three();
        if (third == "clustercfg"_L1 && isId(first) && isCustomerHash(second)) {
            return take(EndpointKind::Configuration, false, first,
                explain::configurationEndpoint(service(), false));
        }
        if (first == "clustercfg"_L1 && isId(second) && isCustomerHash(third)) {
            return take(EndpointKind::Configuration, true, second,
                explain::configurationEndpoint(service(), true));
        }
        return false;
    }

    bool readNode()
    {
        const auto& [first, second, third] = three();
        const bool tls = isId(second) && isCustomerHash(third) && first.startsWith(second + u'-');
        if (!tls && !(isCustomerHash(second) && isShardNumber(third)))
            return false;
        const std::optional<net::ManagedNode> label = net::parseManagedNode(first);
        const bool isMemoryDb = m_guess.provider == Provider::MemoryDb;
        if (!label || (tls && label->id != second)) {
            if (tls || isMemoryDb || !isId(first))
                return false;
            return take(EndpointKind::Node, false, first, explain::singleNode(service()));
        }
        if (label->shard.isEmpty()) {
            if (isMemoryDb)
                return false;
            // The last three digits may as well belong to the name of a single node.
            m_guess.certain = tls;
            m_guess.node = label->node;
            return take(EndpointKind::Node, tls, label->id,
                tls ? explain::nodeOfGroup(service(), label->node, label->id)
                    : explain::probablyNodeOfGroup(service(), label->node, label->id));
        }
        m_guess.shard = label->shard;
        m_guess.node = label->node;
        return take(EndpointKind::Node, tls, label->id,
            explain::nodeOfShard(service(), label->node, label->shard, tls));
    }

    bool readGroup()
    {
        if (m_labels.size() == 4 && m_labels.at(2) == "ng"_L1 && isCustomerHash(m_labels.at(1))
            && isShardNumber(m_labels.at(3)) && isId(m_labels.first())) {
            m_guess.shard = m_labels.at(3);
            const QString& first = m_labels.first();
            if (first.endsWith("-ro"_L1)) {
                return take(EndpointKind::Reader, false, first.chopped(3),
                    explain::readerEndpoint(service(), u"-ro"_s, false));
            }
            return take(EndpointKind::Primary, false, first,
                explain::primaryEndpoint(service(), u"ng"_s, false));
        }
        if (m_labels.size() != 3 || !isId(m_labels.at(1)) || !isCustomerHash(m_labels.at(2)))
            return false;
        const QString& first = m_labels.first();
        if (first == "master"_L1 || first == "primary"_L1) {
            return take(EndpointKind::Primary, true, m_labels.at(1),
                explain::primaryEndpoint(service(), first, true));
        }
        if (first == "replica"_L1) {
            return take(EndpointKind::Reader, true, m_labels.at(1),
                explain::readerEndpoint(service(), first, true));
        }
        return false;
    }

    bool readServerless()
    {
        if (m_labels.size() != 2 || m_labels.at(1) != "serverless"_L1)
            return false;
        // AWS's own example has five characters behind the name, real ones have six.
        static const QRegularExpression form(u"^([a-z0-9][a-z0-9-]*)-[a-z0-9]{5,6}$"_s);
        const QRegularExpressionMatch match = form.match(m_labels.first());
        if (!match.hasMatch())
            return false;
        return take(
            EndpointKind::Serverless, true, match.captured(1), explain::serverless(service()));
    }

    bool readMemcached()
    {
        if (m_labels.size() != 3 || m_labels.at(2) != "cfg"_L1 || !isCustomerHash(m_labels.at(1))
            || !isId(m_labels.first()))
            return false;
        return take(EndpointKind::Memcached, std::nullopt, m_labels.first(), explain::memcached());
    }

    struct Three
    {
        const QString& first;
        const QString& second;
        const QString& third;
    };
    Three three() const { return { m_labels.at(0), m_labels.at(1), m_labels.at(2) }; }

    QStringList m_labels;
    quint16 m_port;
    EndpointGuess m_guess;
};

EndpointGuess nothingKnown(const QString& reason)
{
    EndpointGuess guess;
    guess.reason = reason;
    return guess;
}

} // namespace

EndpointGuess guessEndpoint(const net::Endpoint& endpoint)
{
    QString host = endpoint.host.toLower();
    if (host.endsWith(u'.'))
        host.chop(1);
    const bool isChina = host.endsWith(".amazonaws.com.cn"_L1);
    if (!isChina && !host.endsWith(".amazonaws.com"_L1))
        return nothingKnown(explain::nameTellsNothing());
    QStringList labels = host.split(u'.');
    labels.resize(labels.size() - (isChina ? 3 : 2));
    if (labels.size() < 3)
        return nothingKnown(explain::nameTellsNothing());

    Provider provider = Provider::None;
    QString region;
    QString code;
    if (labels.constLast() == "cache"_L1) {
        provider = Provider::ElastiCache;
        labels.removeLast();
        code = labels.takeLast();
        region = regionOfShortCode(code);
    } else if (labels.at(labels.size() - 2) == "memorydb"_L1) {
        provider = Provider::MemoryDb;
        code = labels.takeLast();
        labels.removeLast();
        region = looksLikeRegion(code) ? code : QString();
    } else {
        return nothingKnown(explain::nameTellsNothing());
    }
    // The names of China's regions have a suffix of their own.
    if (region.startsWith("cn-"_L1) != isChina)
        region.clear();

    std::optional<EndpointGuess> guess = Reader(provider, labels, endpoint.port).read();
    if (!guess)
        return nothingKnown(explain::unknownAwsName());
    guess->region = region;
    if (region.isEmpty())
        guess->reason += u' ' + explain::unknownRegion(code);
    return *std::move(guess);
}

QString providerName(Provider provider)
{
    switch (provider) {
    case Provider::None:
        return {};
    case Provider::ElastiCache:
        return u"elasticache"_s;
    case Provider::MemoryDb:
        return u"memorydb"_s;
    }
    return {};
}

QString endpointKindName(EndpointKind kind)
{
    switch (kind) {
    case EndpointKind::Unknown:
        return {};
    case EndpointKind::Configuration:
        return u"configuration"_s;
    case EndpointKind::Node:
        return u"node"_s;
    case EndpointKind::Primary:
        return u"primary"_s;
    case EndpointKind::Reader:
        return u"reader"_s;
    case EndpointKind::Serverless:
        return u"serverless"_s;
    case EndpointKind::Memcached:
        return u"memcached"_s;
    }
    return {};
}

QJsonObject toJson(const EndpointGuess& guess)
{
    return {
        { u"provider"_s, support::orNull(providerName(guess.provider)) },
        { u"kind"_s, support::orNull(endpointKindName(guess.kind)) },
        { u"tls"_s, guess.tls ? QJsonValue(*guess.tls) : QJsonValue() },
        { u"region"_s, support::orNull(guess.region) },
        { u"id"_s, support::orNull(guess.id) },
        { u"shard"_s, support::orNull(guess.shard) },
        { u"node"_s, support::orNull(guess.node) },
        { u"reason"_s, guess.reason },
    };
}

} // namespace slotscope::profile
