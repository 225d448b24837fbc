// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/topologyjson.h"

#include "core/cluster/slotjson.h"
#include "core/support/json.h"

#include <QJsonArray>

#include <limits>

using namespace Qt::StringLiterals;

namespace slotscope::cluster {
namespace {

using support::Error;
using support::ErrorCode;
using support::orNull;
using support::Result;

/// Epochs are unsigned 64-bit, JSON's whole numbers signed.
constexpr qint64 largest = std::numeric_limits<qint64>::max();

/// Numbers of shards are given once, so there may be higher ones than there can be shards.
constexpr int largestLabel = 1'000'000;

QJsonValue orNull(const NodeId& id)
{
    return orNull(id.toString());
}

QJsonValue securityName(net::WaySecurity security)
{
    switch (security) {
    case net::WaySecurity::Plain:
        return u"plain"_s;
    case net::WaySecurity::TlsVerified:
        return u"tls"_s;
    case net::WaySecurity::TlsNotVerified:
        return u"tls-not-verified"_s;
    case net::WaySecurity::Unknown:
        break;
    }
    return {};
}

net::WaySecurity securityFromName(QStringView name)
{
    if (name == u"plain")
        return net::WaySecurity::Plain;
    if (name == u"tls")
        return net::WaySecurity::TlsVerified;
    return name == u"tls-not-verified" ? net::WaySecurity::TlsNotVerified
                                       : net::WaySecurity::Unknown;
}

/// Whom a range belongs to: the id, or the address of a node that has none.
QString nameOfOwner(const Node& node)
{
    return node.id.isNull() ? node.address.toString() : node.id.toString();
}

QJsonArray toJson(const QList<NodeId>& ids)
{
    QJsonArray array;
    for (const NodeId& id : ids)
        array.append(orNull(id));
    return array;
}

QJsonObject toJson(const Node& node)
{
    return {
        { u"id"_s, orNull(node.id) },
        { u"address"_s,
            node.address.isDialable() ? QJsonValue(node.address.toString()) : QJsonValue() },
        { u"ip"_s, orNull(node.ip) },
        { u"hostname"_s, orNull(node.hostname) },
        { u"port"_s, node.port },
        { u"tls_port"_s, orNull(node.tlsPort) },
        { u"bus_port"_s, orNull(node.busPort) },
        { u"role"_s, roleName(node.role) },
        { u"primary_id"_s, orNull(node.primaryId) },
        { u"health"_s, healthName(node.health) },
        { u"link"_s, linkName(node.link) },
        { u"config_epoch"_s, orNull(node.configEpoch) },
        { u"flags"_s, QJsonArray::fromStringList(node.flags) },
        { u"myself"_s, node.myself },
    };
}

/// Reads the document, field by field; remembers the first thing that is wrong and goes on with
/// harmless values, so that there is one place to ask.
class Reader
{
public:
    explicit Reader(const QJsonObject& object)
        : m_object(object)
    { }

    TopologyData read()
    {
        TopologyData data;
        readHead(&data);
        for (const QJsonValue& value : array(m_object, u"nodes"_s))
            data.nodes.append(readNode(value.toObject()));
        for (const QJsonValue& value : array(m_object, u"shards"_s))
            data.shards.append(readShard(value.toObject()));
        readOwners(&data);
        for (const QJsonValue& value : array(m_object, u"disputed"_s)) {
            const QJsonArray entry = value.toArray();
            data.disputes.append(
                { range(entry, 3, u"disputed"_s), ids(entry.at(2), u"disputed"_s) });
        }
        readClaims(&data);
        readMigrations(&data);
        for (const QJsonValue& value : array(m_object, u"masters"_s)) {
            const QJsonObject master = value.toObject();
            data.masters.append({ text(master, u"name"_s), endpoint(master, u"address"_s) });
        }
        for (const QJsonValue& value : array(m_object, u"warnings"_s))
            data.warnings.append(value.toString());
        return data;
    }

    const QString& wrong() const { return m_wrong; }

private:
    void fail(const QString& field)
    {
        if (m_wrong.isEmpty())
            m_wrong = field;
    }

    QJsonValue field(const QJsonObject& object, const QString& name, bool isRightType)
    {
        const QJsonValue value = object.value(name);
        if (value.isUndefined() || !isRightType)
            fail(name);
        return value;
    }

    QString text(const QJsonObject& object, const QString& name)
    {
        const QJsonValue value = object.value(name);
        return field(object, name, value.isString() || value.isNull()).toString();
    }

    QJsonArray array(const QJsonObject& object, const QString& name)
    {
        return field(object, name, object.value(name).isArray()).toArray();
    }

    QJsonObject object(const QJsonObject& parent, const QString& name)
    {
        return field(parent, name, parent.value(name).isObject()).toObject();
    }

    /// A whole number in [0, most]; null only where `optional`.
    std::optional<qint64> number(
        const QJsonObject& object, const QString& name, qint64 most, bool optional)
    {
        const QJsonValue value = field(object, name, true);
        if (value.isNull() && optional)
            return std::nullopt;
        const qint64 number = value.toInteger(-1);
        if (number < 0 || number > most) {
            fail(name);
            return std::nullopt;
        }
        return number;
    }

    std::optional<quint16> port(const QJsonObject& object, const QString& name)
    {
        const auto value = number(object, name, 65535, true);
        return value ? std::optional(static_cast<quint16>(*value)) : std::nullopt;
    }

    net::Endpoint endpoint(const QJsonObject& object, const QString& name)
    {
        const QString address = text(object, name);
        if (address.isEmpty())
            return {};
        const auto parsed = net::Endpoint::parse(address);
        if (!parsed)
            fail(name);
        return parsed ? *parsed : net::Endpoint();
    }

    template <typename T>
    T word(
        const QJsonObject& object, const QString& name, std::optional<T> (*fromName)(QStringView))
    {
        const std::optional<T> value = fromName(text(object, name));
        if (!value)
            fail(name);
        return value.value_or(T {});
    }

    NodeId id(const QJsonValue& value, const QString& name)
    {
        if (!value.isString() && !value.isNull())
            fail(name);
        return NodeId(value.toString().toLatin1());
    }

    QList<NodeId> ids(const QJsonValue& value, const QString& name)
    {
        if (!value.isArray())
            fail(name);
        QList<NodeId> list;
        for (const QJsonValue& item : value.toArray())
            list.append(id(item, name));
        return list;
    }

    SlotRange range(const QJsonArray& entry, int size, const QString& name)
    {
        const auto first = Slot::fromNumber(entry.at(0).toInteger(-1));
        const auto last = Slot::fromNumber(entry.at(1).toInteger(-1));
        if (entry.size() < size || !first || !last || *last < *first) {
            fail(name);
            return {};
        }
        return { *first, *last };
    }

    void readHead(TopologyData* data)
    {
        if (const QString time = text(m_object, u"captured_at"_s); !time.isEmpty()) {
            data->capturedAt = QDateTime::fromString(time, Qt::ISODateWithMs).toUTC();
            if (!data->capturedAt.isValid())
                fail(u"captured_at"_s);
        }
        const QJsonObject seed = object(m_object, u"seed"_s);
        data->seedTyped = text(seed, u"typed"_s);
        data->seedDialled = text(seed, u"dialled"_s);
        if (seed.contains(u"via"_s)) // older captures have none
            data->seedVia = text(seed, u"via"_s);
        if (seed.contains(u"security"_s)) // nor that
            data->seedSecurity = securityFromName(text(seed, u"security"_s));
        data->seed = endpoint(seed, u"endpoint"_s);
        data->kind = word(m_object, u"kind"_s, &kindFromName);
        const QJsonObject server = object(m_object, u"server"_s);
        data->product = word(server, u"product"_s, &productFromName);
        data->version = text(server, u"version"_s);
        data->state = word(m_object, u"state"_s, &stateFromName);
        if (const auto epoch = number(m_object, u"current_epoch"_s, largest, true))
            data->currentEpoch = static_cast<quint64>(*epoch);
        data->answeredBy = id(m_object.value(u"answered_by"_s), u"answered_by"_s);
        const QJsonObject views = object(m_object, u"views"_s);
        data->viewsAsked
            = static_cast<int>(number(views, u"asked"_s, 1'000'000, false).value_or(0));
        data->viewsAnswered
            = static_cast<int>(number(views, u"answered"_s, 1'000'000, false).value_or(0));
        if (views.contains(u"of"_s)) // absent from older captures
            data->views = ids(views.value(u"of"_s), u"of"_s);
    }

    Node readNode(const QJsonObject& object)
    {
        Node node;
        node.id = id(object.value(u"id"_s), u"id"_s);
        node.address = endpoint(object, u"address"_s);
        node.ip = text(object, u"ip"_s);
        node.hostname = text(object, u"hostname"_s);
        node.port = port(object, u"port"_s).value_or(0);
        node.tlsPort = port(object, u"tls_port"_s);
        node.busPort = port(object, u"bus_port"_s);
        node.role = word(object, u"role"_s, &roleFromName);
        node.primaryId = id(object.value(u"primary_id"_s), u"primary_id"_s);
        node.health = word(object, u"health"_s, &healthFromName);
        node.link = word(object, u"link"_s, &linkFromName);
        if (const auto epoch = number(object, u"config_epoch"_s, largest, true))
            node.configEpoch = static_cast<quint64>(*epoch);
        for (const QJsonValue& flag : array(object, u"flags"_s))
            node.flags.append(flag.toString());
        node.myself = field(object, u"myself"_s, object.value(u"myself"_s).isBool()).toBool();
        return node;
    }

    Shard readShard(const QJsonObject& object)
    {
        Shard shard;
        shard.label = text(object, u"label"_s);
        bool ok = false;
        const int number = shard.label.mid(1).toInt(&ok);
        if (!ok || number < 1 || number > largestLabel || !shard.label.startsWith(u'S'))
            fail(u"label"_s);
        shard.index = number - 1;
        shard.primaryId = id(object.value(u"primary_id"_s), u"primary_id"_s);
        shard.replicaIds = ids(object.value(u"replica_ids"_s), u"replica_ids"_s);
        for (const QJsonValue& value : array(object, u"slots"_s))
            shard.ranges.append(range(value.toArray(), 2, u"slots"_s));
        shard.ranges = normalized(shard.ranges);
        shard.slotCount = cluster::slotCount(shard.ranges);
        return shard;
    }

    void readOwners(TopologyData* data)
    {
        QHash<QString, int> byName;
        for (int i = 0; i < data->nodes.size(); ++i)
            byName.insert(nameOfOwner(data->nodes.at(i)), i);
        for (const QJsonValue& value : array(m_object, u"slot_owners"_s)) {
            const QJsonArray entry = value.toArray();
            const SlotRange owned = range(entry, 3, u"slot_owners"_s);
            const int owner = byName.value(entry.at(2).toString(), -1);
            if (owner < 0)
                fail(u"slot_owners"_s);
            else
                data->nodes[owner].ranges.append(owned);
        }
    }

    void readClaims(TopologyData* data)
    {
        if (!m_object.contains(u"claims"_s)) // absent from older captures
            return;
        for (const QJsonValue& value : array(m_object, u"claims"_s)) {
            const QJsonObject entry = value.toObject();
            Claim claim { {}, id(entry.value(u"owner"_s), u"owner"_s),
                ids(entry.value(u"said_by"_s), u"said_by"_s) };
            for (const QJsonValue& slotRange : array(entry, u"slots"_s))
                claim.ranges.append(range(slotRange.toArray(), 2, u"slots"_s));
            data->claims.append(claim);
        }
    }

    void readMigrations(TopologyData* data)
    {
        for (const QJsonValue& value : array(m_object, u"migrating"_s)) {
            const QJsonObject entry = value.toObject();
            const auto slot = number(entry, u"slot"_s, Slot::count - 1, false);
            const Migration migration { Slot(static_cast<int>(slot.value_or(0))),
                id(entry.value(u"from"_s), u"from"_s), id(entry.value(u"to"_s), u"to"_s) };
            data->migrations.append(migration);
            for (Node& node : data->nodes) {
                if (node.id.isNull())
                    continue;
                if (node.id == migration.from)
                    node.migrating.append({ migration.slot, migration.to });
                if (node.id == migration.to)
                    node.importing.append({ migration.slot, migration.from });
            }
        }
    }

    const QJsonObject& m_object;
    QString m_wrong;
};

} // namespace

QJsonValue timeToJson(const QDateTime& time)
{
    return time.isValid() ? QJsonValue(time.toUTC().toString(Qt::ISODateWithMs)) : QJsonValue();
}

QJsonObject toJson(const Topology& topology)
{
    const TopologyData& data = topology.data();
    QJsonArray nodes;
    for (const Node& node : data.nodes)
        nodes.append(toJson(node));
    QJsonArray shards;
    for (const Shard& shard : data.shards) {
        shards.append(QJsonObject {
            { u"label"_s, shard.label },
            { u"primary_id"_s, orNull(shard.primaryId) },
            { u"replica_ids"_s, toJson(shard.replicaIds) },
            { u"slots"_s, toJson(shard.ranges) },
            { u"slot_count"_s, shard.slotCount },
        });
    }
    QJsonArray owners;
    for (const Topology::OwnedRange& owned : topology.ownedRanges()) {
        QJsonArray entry = toJson(owned.range);
        entry.append(nameOfOwner(data.nodes.at(owned.nodeIndex)));
        owners.append(entry);
    }
    QJsonArray disputed;
    for (const Dispute& dispute : data.disputes) {
        QJsonArray entry = toJson(dispute.range);
        entry.append(toJson(dispute.claimants));
        disputed.append(entry);
    }
    QJsonArray claims;
    for (const Claim& claim : data.claims) {
        claims.append(QJsonObject {
            { u"slots"_s, toJson(claim.ranges) },
            { u"owner"_s, orNull(claim.owner) },
            { u"said_by"_s, toJson(claim.saidBy) },
        });
    }
    QJsonArray migrating;
    for (const Migration& migration : data.migrations) {
        migrating.append(QJsonObject {
            { u"slot"_s, migration.slot.number() },
            { u"from"_s, orNull(migration.from) },
            { u"to"_s, orNull(migration.to) },
        });
    }
    QJsonArray masters;
    for (const SentinelMaster& master : data.masters) {
        masters.append(QJsonObject {
            { u"name"_s, master.name },
            { u"address"_s,
                orNull(master.address.isDialable() ? master.address.toString() : QString()) },
        });
    }
    return {
        { u"captured_at"_s, timeToJson(data.capturedAt) },
        { u"seed"_s,
            QJsonObject { { u"typed"_s, orNull(data.seedTyped) },
                { u"dialled"_s, orNull(data.seedDialled) }, { u"via"_s, orNull(data.seedVia) },
                { u"security"_s, securityName(data.seedSecurity) },
                { u"endpoint"_s,
                    orNull(data.seed.isDialable() ? data.seed.toString() : QString()) } } },
        { u"kind"_s, kindName(data.kind) },
        { u"server"_s,
            QJsonObject { { u"product"_s, productName(data.product) },
                { u"version"_s, orNull(data.version) } } },
        { u"state"_s, stateName(data.state) },
        { u"current_epoch"_s, orNull(data.currentEpoch) },
        { u"answered_by"_s, orNull(data.answeredBy) },
        { u"views"_s,
            QJsonObject { { u"asked"_s, data.viewsAsked }, { u"answered"_s, data.viewsAnswered },
                { u"of"_s, toJson(data.views) } } },
        { u"nodes"_s, nodes },
        { u"shards"_s, shards },
        { u"slot_owners"_s, owners },
        { u"uncovered"_s, toJson(topology.uncovered()) },
        { u"disputed"_s, disputed },
        { u"claims"_s, claims },
        { u"migrating"_s, migrating },
        { u"masters"_s, masters },
        { u"warnings"_s, QJsonArray::fromStringList(data.warnings) },
    };
}

Result<Topology> topologyFromJson(const QJsonObject& object)
{
    Reader reader(object);
    TopologyData data = reader.read();
    if (!reader.wrong().isEmpty())
        return Error { ErrorCode::FileDamaged, u"topology: "_s % reader.wrong(), {} };
    return Topology::build(std::move(data));
}

} // namespace slotscope::cluster
