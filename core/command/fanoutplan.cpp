// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/fanoutplan.h"

#include "core/command/connectionneeds.h"
#include "core/explain/commands.h"
#include "core/explain/redirects.h"
#include "core/resp/replybuilder.h"
#include "core/support/bytes.h"

#include <algorithm>
#include <array>

namespace slotscope::command {

namespace {

using cluster::Health;
using cluster::Node;
using resp::Reply;
using resp::Type;

bool isOneOf(const QByteArray& name, std::initializer_list<const char*> names)
{
    return std::any_of(names.begin(), names.end(), [&](const char* one) { return name == one; });
}

QString upperName(const Argv& argv)
{
    return support::toVisibleText(argv.value(0).toUpper(), 64);
}

bool isSplittable(const QByteArray& name)
{
    return isOneOf(name, { "del", "unlink", "exists", "touch", "mget", "mset" });
}

// They say or set something of the connection that they are sent on. WAIT and WAITAOF too: they ask
// for the writes of their own connection, and one that was opened for the question has none.
bool actsOnItsConnection(const CommandEntry* entry)
{
    return entry
        && isOneOf(entry->name,
            { "asking", "auth", "client|caching", "client|reply", "client|setinfo",
                "client|setname", "client|tracking", "hello", "quit", "readonly", "readwrite",
                "reset", "select", "wait", "waitaof" });
}

// A former primary that failed and has lost its slots to a replica is a shard no more.
bool isShardsPrimary(const Node& node)
{
    const bool isGone = node.health == Health::Fail || node.health == Health::NoAddr
        || node.health == Health::Handshake;
    return node.role == cluster::Role::Primary && !(isGone && node.ranges.isEmpty());
}

bool isMeant(const Node& node, FanOutTarget target)
{
    switch (target) {
    case FanOutTarget::Primaries:
        return isShardsPrimary(node);
    case FanOutTarget::Replicas:
        return node.role == cluster::Role::Replica;
    case FanOutTarget::Nodes:
        return node.health != Health::Handshake;
    case FanOutTarget::Slots:
        break;
    }
    return false;
}

FanOutRow rowFor(const cluster::Topology& map, const Node& node)
{
    FanOutRow row;
    row.nodeId = node.id;
    row.nodeLabel = map.labelOf(node);
    row.address = node.address;
    if (!node.address.isDialable()) {
        row.trace.outcome = TraceOutcome::ConnectFailed;
        row.trace.detail = explain::noAddressKnown(row.nodeLabel);
    }
    return row;
}

// Of one number and the next; null when the result is no 64-bit integer.
std::optional<qint64> combined(ResponsePolicy policy, qint64 a, qint64 b)
{
    qint64 sum = 0;
    switch (policy) {
    case ResponsePolicy::Sum:
        return __builtin_add_overflow(a, b, &sum) ? std::nullopt : std::optional(sum);
    case ResponsePolicy::Min:
        return std::min(a, b);
    case ResponsePolicy::Max:
        return std::max(a, b);
    case ResponsePolicy::LogicalAnd:
        return a != 0 && b != 0;
    case ResponsePolicy::LogicalOr:
        return a != 0 || b != 0;
    default:
        return std::nullopt;
    }
}

// The numbers of an integer, a boolean, or an array of them; null for anything else.
std::optional<QList<qint64>> numbersOf(const Reply& reply)
{
    const auto isNumber = [](const Reply& one) {
        return one.type() == Type::Integer || one.type() == Type::Boolean;
    };
    const auto valueOf = [](const Reply& one) {
        return one.type() == Type::Boolean ? qint64(one.toBoolean()) : one.toInteger();
    };
    if (isNumber(reply))
        return QList<qint64> { valueOf(reply) };
    if (reply.type() != Type::Array)
        return std::nullopt;
    QList<qint64> numbers;
    for (const Reply& one : reply) {
        if (!isNumber(one))
            return std::nullopt;
        numbers.append(valueOf(one));
    }
    return numbers;
}

// Element by element where the replies are arrays.
std::optional<Reply> calculated(ResponsePolicy policy, const QList<Reply>& replies)
{
    std::optional<QList<qint64>> result;
    for (const Reply& reply : replies) {
        const auto numbers = numbersOf(reply);
        if (!numbers || reply.type() != replies.first().type()
            || (result && result->size() != numbers->size())) {
            return std::nullopt;
        }
        if (!result) {
            result = numbers;
            continue;
        }
        for (qsizetype i = 0; i < numbers->size(); ++i) {
            const auto one = combined(policy, result->at(i), numbers->at(i));
            if (!one)
                return std::nullopt;
            (*result)[i] = *one;
        }
    }
    if (replies.first().type() != Type::Array)
        return Reply::fromInteger(result->first());
    resp::ReplyBuilder builder;
    builder.openAggregate(Type::Array, static_cast<quint32>(result->size()));
    for (const qint64 number : *result)
        builder.addInteger(number);
    return builder.take();
}

void copy(const Reply& reply, resp::ReplyBuilder& builder)
{
    switch (reply.type()) {
    case Type::Null:
        return builder.addNull();
    case Type::Integer:
        return builder.addInteger(reply.toInteger());
    case Type::Boolean:
        return builder.addBoolean(reply.toBoolean());
    case Type::Verbatim:
        return builder.addVerbatim(reply.verbatimFormat(), reply.text());
    case Type::Array:
    case Type::Set:
    case Type::Map:
    case Type::Push:
        builder.openAggregate(reply.type(), static_cast<quint32>(reply.size()));
        for (const Reply& child : reply)
            copy(child, builder);
        return;
    default:
        return builder.addText(reply.type(), reply.text());
    }
}

// Lists of the same kind, one behind the other.
std::optional<Reply> concatenated(const QList<Reply>& replies)
{
    const Type type = replies.first().type();
    quint32 size = 0;
    for (const Reply& reply : replies) {
        if (reply.type() != type || (type != Type::Array && type != Type::Set))
            return std::nullopt;
        size += static_cast<quint32>(reply.size());
    }
    resp::ReplyBuilder builder;
    builder.openAggregate(type, size);
    for (const Reply& reply : replies) {
        for (const Reply& child : reply)
            copy(child, builder);
    }
    return builder.take();
}

// What stands for the values of a row without them.
Reply missingValue(const FanOutRow& row)
{
    if (row.trace.reply.isError())
        return row.trace.reply;
    const QString why = row.hasSucceeded() ? explain::answerDoesNotFit() : row.trace.detail;
    return Reply::fromText(Type::Error, why.toUtf8());
}

// MGET's values in the order of its arguments.
Reply valuesInOrder(const FanOut& fanOut)
{
    QList<Reply> values(fanOut.keys.size());
    for (const FanOutRow& row : fanOut.rows) {
        const Reply& reply = row.trace.reply;
        const bool isWhole
            = row.hasSucceeded() && reply.type() == Type::Array && reply.size() == row.keys.size();
        qsizetype i = 0;
        for (const int key : row.keys)
            values[key] = isWhole ? reply.at(i++) : missingValue(row);
    }
    resp::ReplyBuilder builder;
    builder.openAggregate(Type::Array, static_cast<quint32>(values.size()));
    for (const Reply& value : values)
        copy(value, builder);
    return builder.take();
}

FanOutOutcome outcomeOf(const FanOut& fanOut, bool oneIsEnough)
{
    const auto count = [&](TraceOutcome outcome) {
        return std::count_if(fanOut.rows.begin(), fanOut.rows.end(),
            [&](const FanOutRow& row) { return row.trace.outcome == outcome; });
    };
    const auto good = count(TraceOutcome::Reply);
    if (count(TraceOutcome::OutcomeUnknown) > 0)
        return FanOutOutcome::OutcomeUnknown;
    if (good == fanOut.rows.size() || (oneIsEnough && good > 0))
        return FanOutOutcome::Done;
    if (count(TraceOutcome::Cancelled) > 0)
        return FanOutOutcome::Cancelled;
    if (good > 0)
        return FanOutOutcome::Partial;
    return count(TraceOutcome::ConnectFailed) == fanOut.rows.size() ? FanOutOutcome::Unreachable
                                                                    : FanOutOutcome::Failed;
}

} // namespace

std::optional<FanOutTarget> targetByPolicy(const Argv& argv, const CommandTable& table)
{
    const CommandEntry* entry = table.entryOf(argv);
    if (!entry || actsOnItsConnection(entry))
        return std::nullopt;
    if (entry->request == RequestPolicy::AllNodes)
        return FanOutTarget::Nodes;
    if (entry->request == RequestPolicy::AllShards)
        return FanOutTarget::Primaries;
    return std::nullopt;
}

QString refusalOfFanOut(const Argv& argv, FanOutTarget target, const CommandTable& table)
{
    if (argv.isEmpty() || argv.first().isEmpty())
        return explain::emptyCommand();
    const QByteArray name = argv.first().toLower();
    // How these six are split is fixed: a server's own table must not change it.
    const KeyInfo info = extractKeys(argv, target == FanOutTarget::Slots ? CommandTable() : table);
    if (info.kind == CommandKind::Streaming)
        return explain::streamingCommand(upperName(argv));
    if (isPartOfTransaction(argv))
        return explain::transactionCommandAlone(upperName(argv));
    if (target == FanOutTarget::Slots) {
        if (name == "msetnx")
            return explain::atomicCommandNotSplit(upperName(argv));
        if (!isSplittable(name))
            return explain::commandNotSplit(upperName(argv));
        const bool isWhole = name != "mset" || argv.size() % 2 == 1;
        return info.keys.isEmpty() || !isWhole ? explain::argumentsMissing(upperName(argv))
                                               : QString();
    }
    if (name == "scan")
        return explain::scanNotFannedOut();
    return actsOnItsConnection(table.entryOf(argv)) ? explain::actsOnOneConnection(upperName(argv))
                                                    : QString();
}

QList<FanOutRow> rowsOn(const cluster::Topology& map, FanOutTarget target)
{
    QList<const Node*> nodes;
    const auto add = [&](const Node* node) {
        if (node && isMeant(*node, target) && !nodes.contains(node))
            nodes.append(node);
    };
    for (const cluster::Shard& shard : map.shards()) {
        add(map.nodeById(shard.primaryId));
        for (const cluster::NodeId& id : shard.replicaIds)
            add(map.nodeById(id));
    }
    for (const Node& node : map.nodes())
        add(&node);
    QList<FanOutRow> rows;
    for (const Node* node : std::as_const(nodes))
        rows.append(rowFor(map, *node));
    return rows;
}

QList<FanOutRow> rowsBySlot(const KeyInfo& info)
{
    QList<FanOutRow> rows;
    QHash<int, qsizetype> rowOf;
    for (int key = 0; key < info.keys.size(); ++key) {
        const cluster::Slot slot = info.slots.at(key);
        const auto known = rowOf.constFind(slot.number());
        if (known != rowOf.constEnd()) {
            rows[*known].keys.append(key);
            continue;
        }
        rowOf.insert(slot.number(), rows.size());
        FanOutRow row;
        row.slot = slot;
        row.keys = { key };
        rows.append(row);
    }
    return rows;
}

Argv argvOfRow(const Argv& argv, const FanOutRow& row)
{
    if (!row.slot)
        return argv;
    const bool isPairs = support::equalsIgnoreCase(argv.first(), "mset");
    Argv part { argv.first() };
    for (const int key : row.keys) {
        if (isPairs)
            part += argv.sliced(1 + 2 * qsizetype(key), 2);
        else
            part.append(argv.at(1 + key));
    }
    return part;
}

void putTogether(FanOut& fanOut, const CommandTable& table)
{
    const QByteArray name = fanOut.argv.first().toLower();
    const CommandEntry* entry = table.entryOf(fanOut.argv);
    ResponsePolicy policy = ResponsePolicy::Special;
    if (fanOut.target == FanOutTarget::Slots)
        policy = name == "mset" ? ResponsePolicy::AllSucceeded : ResponsePolicy::Sum;
    // Without a request policy nothing says that the answers of several nodes belong together.
    else if (entry && entry->request != RequestPolicy::None)
        policy = entry->response;

    QList<Reply> replies;
    bool isComplete = true;
    for (const FanOutRow& row : std::as_const(fanOut.rows)) {
        const bool hasReply = row.hasSucceeded() || row.trace.reply.isError();
        if (hasReply)
            replies.append(row.trace.reply);
        isComplete = isComplete && hasReply;
    }
    fanOut.aggregate = fanOut.target == FanOutTarget::Slots && name == "mget"
        ? valuesInOrder(fanOut)
        : aggregateOf(policy, replies, isComplete);
    fanOut.outcome = outcomeOf(fanOut, policy == ResponsePolicy::OneSucceeded);
    fanOut.partial = fanOut.outcome != FanOutOutcome::Done;
}

std::optional<Reply> aggregateOf(
    ResponsePolicy policy, const QList<Reply>& replies, bool isComplete)
{
    QList<Reply> good;
    std::copy_if(replies.begin(), replies.end(), std::back_inserter(good),
        [](const Reply& reply) { return !reply.isError(); });
    const bool hasError = good.size() < replies.size();
    const auto firstError = std::find_if(
        replies.begin(), replies.end(), [](const Reply& reply) { return reply.isError(); });
    switch (policy) {
    case ResponsePolicy::Special:
        return std::nullopt;
    case ResponsePolicy::OneSucceeded:
        if (!good.isEmpty())
            return good.first();
        return hasError ? std::optional(*firstError) : std::nullopt;
    case ResponsePolicy::AllSucceeded:
        if (hasError)
            return *firstError;
        // Who has not answered has perhaps not succeeded.
        return isComplete && !good.isEmpty() ? std::optional(good.first()) : std::nullopt;
    case ResponsePolicy::None:
        return good.isEmpty() ? std::nullopt : concatenated(good);
    default:
        return good.isEmpty() ? std::nullopt : calculated(policy, good);
    }
}

} // namespace slotscope::command
