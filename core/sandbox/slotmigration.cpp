// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/sandbox/slotmigration.h"

#include "core/cluster/discovery.h"
#include "core/cluster/keyslot.h"
#include "core/explain/sandboxes.h"
#include "core/net/connectionpool.h"
#include "core/support/bytes.h"

#include <QPointer>

#include <functional>

namespace slotscope::sandbox {

using namespace Qt::StringLiterals;
using cluster::NodeId;
using cluster::Slot;
using cluster::Topology;
using support::Error;
using support::ErrorCode;
using support::Result;

namespace {

using Argv = net::Argv;

constexpr int keysAtOnce = 100;
constexpr QByteArrayView migrateTimeoutMs = "5000";
// The key of the documentation's story.
constexpr QByteArrayView storyKey = "user:2935";

/// A key that people can read and that hashes to `slot`.
QByteArray readableKey(Slot slot)
{
    if (cluster::keySlot(storyKey) == slot)
        return storyKey.toByteArray();
    // Of a million such keys each slot has some sixty.
    for (int i = 1; i < 1'000'000; ++i) {
        const QByteArray key = "user:" + QByteArray::number(i);
        if (cluster::keySlot(key) == slot)
            return key;
    }
    return "user:" + QByteArray::number(slot.number());
}

QByteArray siblingOf(const QByteArray& key)
{
    return '{' + key + "}.name";
}

net::Endpoint endpointOf(const ManifestNode& node)
{
    return { u"127.0.0.1"_s, node.port };
}

/// The open slot that is wanted, or the first one, with both its sides.
std::optional<SandboxMigration> openMigration(const Topology& topology, std::optional<Slot> wanted)
{
    for (const cluster::Node& node : topology.nodes()) {
        for (const cluster::OpenSlot& open : node.migrating) {
            if (!wanted || open.slot == *wanted)
                return SandboxMigration { open.slot, node.id, open.peer, {}, {} };
        }
        for (const cluster::OpenSlot& open : node.importing) {
            if (!wanted || open.slot == *wanted)
                return SandboxMigration { open.slot, open.peer, node.id, {}, {} };
        }
    }
    return std::nullopt;
}

/// The primary that takes the slot: the one after its owner, in slot order.
std::optional<NodeId> targetFor(const Topology& topology, const NodeId& owner)
{
    const QList<cluster::Shard>& shards = topology.shards();
    const int from = topology.shardIndexOf(owner);
    for (qsizetype step = 1; step < shards.size(); ++step) {
        const cluster::Shard& shard = shards.at((from + step) % shards.size());
        const cluster::Node* primary = topology.nodeById(shard.primaryId);
        if (primary != nullptr && primary->health == cluster::Health::Ok)
            return primary->id;
    }
    return std::nullopt;
}

} // namespace

class SlotMigrationAction::Private final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Private)
public:
    Private(What action, QString file, std::optional<Slot> chosen, SlotMigrationAction* owner)
        : q(owner)
        , what(action)
        , manifestFile(std::move(file))
        , wanted(chosen)
        , pool(net::ConnectionOptions {})
    { }

    using Then = std::function<void()>;

    void begin();
    void discover(qsizetype seed);
    void onTopology(const Topology& found);
    void planBegin();
    void planFinish();
    void moveRemainingKeys();
    void assignSlot();

    /// Checks everything, then sends a command that changes `id`; any error ends the action.
    void write(const NodeId& id, const Argv& argv, Then then);
    /// Checks that the servers behind `ids` are the manifest's.
    void check(QList<NodeId> ids, Then then);
    void send(const NodeId& id, const Argv& argv, std::function<void(const resp::Reply&)> then);
    void end(const std::optional<Error>& error);

    SlotMigrationAction* q;
    What what;
    QString manifestFile;
    std::optional<Slot> wanted;
    net::ConnectionPool pool;
    Manifest manifest;
    Topology topology;
    SandboxMigration migration;
    QList<NodeId> toAssign; ///< who still has to be told of the slot's new owner
    bool ended = false;
};

void SlotMigrationAction::Private::begin()
{
    Result<Manifest> read = Manifest::read(manifestFile);
    if (!read) {
        end(read.error());
        return;
    }
    manifest = std::move(read).value();
    discover(0);
}

void SlotMigrationAction::Private::discover(qsizetype seed)
{
    const net::Endpoint endpoint = endpointOf(manifest.nodes.at(seed));
    auto* discovery = new cluster::Discovery(&pool, endpoint, endpoint.toString(), this);
    connect(discovery, &cluster::Discovery::finished, this,
        [this, seed, discovery](bool ok, const Topology& found, const Error& error) {
            discovery->deleteLater();
            if (ok)
                onTopology(found);
            else if (seed + 1 < manifest.nodes.size())
                discover(seed + 1); // a server may have been killed: ask another
            else
                end(error);
        });
    discovery->start();
}

void SlotMigrationAction::Private::onTopology(const Topology& found)
{
    topology = found;
    for (const cluster::Node& node : topology.nodes()) {
        if (manifest.nodeById(node.id) == nullptr) {
            end(Error { ErrorCode::NotOurSandbox, explain::strangeNode(node.id.toString()),
                node.address.toString() });
            return;
        }
    }
    if (what == What::Begin)
        planBegin();
    else
        planFinish();
}

void SlotMigrationAction::Private::planBegin()
{
    const Slot slot = wanted.value_or(cluster::keySlot(storyKey));
    if (const auto open = openMigration(topology, {})) {
        end(Error {
            ErrorCode::NotPossible, explain::slotIsMovingAlready(open->slot.number()), {} });
        return;
    }
    const cluster::Node* owner = topology.ownerOf(slot);
    const auto target = owner != nullptr ? targetFor(topology, owner->id) : std::nullopt;
    if (!target) {
        end(Error { ErrorCode::NotPossible, explain::slotCannotMove(slot.number()), {} });
        return;
    }
    const QByteArray key = readableKey(slot);
    migration = { slot, owner->id, *target, key, siblingOf(key) };

    const QByteArray number = QByteArray::number(slot.number());
    const QByteArray targetPort = QByteArray::number(manifest.nodeById(migration.to)->port);
    const NodeId from = migration.from;
    const NodeId to = migration.to;
    const Argv importing { "CLUSTER", "SETSLOT", number, "IMPORTING", from.toByteArray() };
    const Argv migrating { "CLUSTER", "SETSLOT", number, "MIGRATING", to.toByteArray() };
    const Argv migrate { "MIGRATE", "127.0.0.1", targetPort, "", "0",
        migrateTimeoutMs.toByteArray(), "REPLACE", "KEYS", migration.movedKey };
    write(from, { "SET", migration.movedKey, "ok" }, [=, this] {
        write(from, { "SET", migration.stayingKey, "ok" }, [=, this] {
            write(to, importing, [=, this] {
                write(from, migrating, [=, this] { write(from, migrate, [this] { end({}); }); });
            });
        });
    });
}

void SlotMigrationAction::Private::planFinish()
{
    const auto open = openMigration(topology, wanted);
    if (!open) {
        end(Error { ErrorCode::NotPossible, explain::noSlotIsMoving(), {} });
        return;
    }
    if (manifest.nodeById(open->from) == nullptr || manifest.nodeById(open->to) == nullptr) {
        end(Error { ErrorCode::NotOurSandbox, explain::strangeMigration(), {} });
        return;
    }
    migration = *open;
    migration.movedKey = readableKey(migration.slot);
    migration.stayingKey = siblingOf(migration.movedKey);
    // The target first: were the source told first, nobody would own the slot for a moment.
    toAssign = { migration.to, migration.from };
    for (const cluster::Node& node : topology.nodes()) {
        const bool other = node.role == cluster::Role::Primary && !toAssign.contains(node.id);
        if (other && node.health == cluster::Health::Ok)
            toAssign.append(node.id);
    }
    moveRemainingKeys();
}

void SlotMigrationAction::Private::moveRemainingKeys()
{
    const Argv remaining { "CLUSTER", "GETKEYSINSLOT", QByteArray::number(migration.slot.number()),
        QByteArray::number(keysAtOnce) };
    send(migration.from, remaining, [this](const resp::Reply& keys) {
        if (keys.size() == 0) {
            assignSlot();
            return;
        }
        const QByteArray targetPort = QByteArray::number(manifest.nodeById(migration.to)->port);
        Argv migrate { "MIGRATE", "127.0.0.1", targetPort, "", "0", migrateTimeoutMs.toByteArray(),
            "REPLACE", "KEYS" };
        for (const resp::Reply& key : keys)
            migrate.append(key.toByteArray());
        write(migration.from, migrate, [this] { moveRemainingKeys(); });
    });
}

void SlotMigrationAction::Private::assignSlot()
{
    if (toAssign.isEmpty()) {
        end({});
        return;
    }
    const NodeId next = toAssign.takeFirst();
    const Argv assign { "CLUSTER", "SETSLOT", QByteArray::number(migration.slot.number()), "NODE",
        migration.to.toByteArray() };
    write(next, assign, [this] { assignSlot(); });
}

void SlotMigrationAction::Private::write(const NodeId& id, const Argv& argv, Then then)
{
    Result<Manifest> read = Manifest::read(manifestFile);
    if (!read) {
        end(read.error());
        return;
    }
    manifest = std::move(read).value();
    QList<NodeId> concerned { migration.from, migration.to };
    if (!concerned.contains(id))
        concerned.append(id);
    check(concerned, [=, this] { send(id, argv, [then](const resp::Reply&) { then(); }); });
}

void SlotMigrationAction::Private::check(QList<NodeId> ids, Then then)
{
    if (ids.isEmpty()) {
        then();
        return;
    }
    const NodeId id = ids.takeFirst();
    send(id, { "CLUSTER", "MYID" }, [=, this](const resp::Reply& myId) {
        send(id, { "CONFIG", "GET", "dir" }, [=, this](const resp::Reply& dir) {
            const ManifestNode* node = manifest.nodeById(id);
            const QString directory = QString::fromLocal8Bit(dir.value("dir").toByteArray());
            if (myId.text() != id.toByteArray() || directory != node->directory) {
                end(Error { ErrorCode::NotOurSandbox,
                    explain::expectedNodeIn(id.toString(), node->directory),
                    endpointOf(*node).toString() });
                return;
            }
            check(ids, then);
        });
    });
}

void SlotMigrationAction::Private::send(
    const NodeId& id, const Argv& argv, std::function<void(const resp::Reply&)> then)
{
    const ManifestNode* node = manifest.nodeById(id);
    if (node == nullptr) {
        end(Error { ErrorCode::NotOurSandbox, explain::strangeNode(id.toString()), {} });
        return;
    }
    const QString address = endpointOf(*node).toString();
    const QPointer<Private> self(this);
    pool.connectionTo(endpointOf(*node))
        ->send(argv, [self, address, then](const net::Answer& answer) {
            if (!self || self->ended)
                return;
            if (!answer.reply)
                self->end(answer.reply.error());
            else if (answer.reply->isError())
                self->end(Error { ErrorCode::ServerError,
                    support::toVisibleText(answer.reply->toByteArray(), 300), address });
            else
                then(*answer.reply);
        });
}

void SlotMigrationAction::Private::end(const std::optional<Error>& error)
{
    if (ended)
        return;
    ended = true;
    QMetaObject::invokeMethod(
        this, [this, error] { Q_EMIT q->finished(!error, migration, error.value_or(Error {})); },
        Qt::QueuedConnection);
}

SlotMigrationAction::SlotMigrationAction(
    What what, QString manifestFile, std::optional<Slot> slot, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(what, std::move(manifestFile), slot, this))
{ }

SlotMigrationAction::~SlotMigrationAction() = default;

void SlotMigrationAction::start()
{
    d->begin();
}

} // namespace slotscope::sandbox

#include "slotmigration.moc"
