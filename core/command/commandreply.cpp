// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/commandreply.h"

#include "core/support/bytes.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace slotscope::command {

namespace {

using resp::Reply;
using support::equalsIgnoreCase;

// Redis 8 with its modules has 600 commands; the longest name has 30 bytes.
constexpr qsizetype mostCommands = 10'000;
constexpr qsizetype longestName = 128;
constexpr qsizetype mostSpecs = 32;
constexpr int deepest = 4; // subcommands of subcommands do not exist yet
constexpr qint64 farthest = 1'000'000; // a position or a step: no command has more arguments

// The fields of one command, in their order.
enum Field { Name, Arity, Flags, First, Last, Step, Categories, Tips, Specs, Subcommands, Fields };

QByteArray nameIn(const Reply& reply)
{
    const QByteArray name = reply.toByteArray().toLower();
    const bool isName = !name.isEmpty() && name.size() <= longestName
        && std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 0x7f; });
    return isName ? name : QByteArray();
}

quint8 flagsIn(const Reply& flags, const Reply& categories)
{
    static constexpr std::array<std::pair<const char*, CommandFlag>, 5> words { {
        { "admin", AdminFlag },
        { "write", WriteFlag },
        { "readonly", ReadOnlyFlag },
        { "blocking", BlockingFlag },
        { "movablekeys", MovableKeysFlag },
    } };
    quint8 result = NoFlags;
    for (const Reply& flag : flags) {
        for (const auto& [word, bit] : words) {
            if (equalsIgnoreCase(flag.text(), word))
                result |= bit;
        }
    }
    for (const Reply& category : categories) {
        if (equalsIgnoreCase(category.text(), "@blocking"))
            result |= BlockingFlag;
        else if (equalsIgnoreCase(category.text(), "@dangerous"))
            result |= DangerousFlag;
        else if (equalsIgnoreCase(category.text(), "@admin"))
            result |= AdminFlag;
    }
    return result;
}

RequestPolicy requestPolicy(QByteArrayView name)
{
    static constexpr std::array<std::pair<const char*, RequestPolicy>, 4> names { {
        { "all_nodes", RequestPolicy::AllNodes },
        { "all_shards", RequestPolicy::AllShards },
        { "multi_shard", RequestPolicy::MultiShard },
        { "special", RequestPolicy::Special },
    } };
    for (const auto& [word, policy] : names) {
        if (name == word)
            return policy;
    }
    return RequestPolicy::None;
}

ResponsePolicy responsePolicy(QByteArrayView name)
{
    static constexpr std::array<std::pair<const char*, ResponsePolicy>, 8> names { {
        { "one_succeeded", ResponsePolicy::OneSucceeded },
        { "all_succeeded", ResponsePolicy::AllSucceeded },
        { "agg_sum", ResponsePolicy::Sum },
        { "agg_min", ResponsePolicy::Min },
        { "agg_max", ResponsePolicy::Max },
        { "agg_logical_and", ResponsePolicy::LogicalAnd },
        { "agg_logical_or", ResponsePolicy::LogicalOr },
        { "special", ResponsePolicy::Special },
    } };
    for (const auto& [word, policy] : names) {
        if (name == word)
            return policy;
    }
    // A policy that is not known here cannot be carried out.
    return ResponsePolicy::Special;
}

void readTips(const Reply& tips, CommandEntry& entry)
{
    const QByteArrayView request = "request_policy:";
    const QByteArrayView response = "response_policy:";
    for (const Reply& tip : tips) {
        const QByteArrayView text = tip.text();
        if (text.startsWith(request))
            entry.request = requestPolicy(text.sliced(request.size()));
        else if (text.startsWith(response))
            entry.response = responsePolicy(text.sliced(response.size()));
    }
}

// False when the field is missing or no position can be so large.
bool readNumber(const Reply& map, QByteArrayView field, qint32& number)
{
    const qint64 value = map.value(field).toInteger(std::numeric_limits<qint64>::max());
    if (value < -farthest || value > farthest)
        return false;
    number = static_cast<qint32>(value);
    return true;
}

// False when it does not tell where the keys are: "unknown", "incomplete", or what is not known
// here.
bool readSpec(const Reply& reply, KeySpec& spec)
{
    for (const Reply& flag : reply.value("flags")) {
        if (equalsIgnoreCase(flag.text(), "incomplete"))
            return false;
        if (equalsIgnoreCase(flag.text(), "not_key"))
            spec.notKey = true;
    }
    const Reply begin = reply.value("begin_search");
    const Reply where = begin.value("spec");
    if (begin.value("type").text() == "index") {
        if (!readNumber(where, "index", spec.index) || spec.index < 1)
            return false;
    } else if (begin.value("type").text() == "keyword") {
        spec.keyword = where.value("keyword").toByteArray();
        if (spec.keyword.isEmpty() || spec.keyword.size() > longestName
            || !readNumber(where, "startfrom", spec.index) || spec.index == 0) {
            return false;
        }
    } else {
        return false;
    }

    const Reply find = reply.value("find_keys");
    const Reply how = find.value("spec");
    const bool isRange = find.value("type").text() == "range";
    if (!isRange && find.value("type").text() != "keynum")
        return false;
    spec.kind = isRange ? KeySpec::Kind::Range : KeySpec::Kind::KeyNumber;
    return readNumber(how, isRange ? "lastkey" : "keynumidx", spec.last)
        && readNumber(how, "keystep", spec.step) && spec.step >= 1
        && readNumber(how, isRange ? "limit" : "firstkey", spec.extra) && spec.extra >= 0
        && (isRange || spec.last >= 0);
}

bool isPlain(const KeySpec& spec)
{
    return spec.kind == KeySpec::Kind::Range && spec.keyword.isEmpty();
}

void readSpecs(const Reply& specs, CommandEntry& entry)
{
    for (const Reply& one : specs) {
        KeySpec spec;
        if (entry.specs.size() == mostSpecs || !readSpec(one, spec))
            entry.isUnclear = true;
        else
            entry.specs.append(spec);
    }
    // A module that finds its keys by code of its own says "movablekeys", though its specifications
    // look whole.
    if ((entry.flags & MovableKeysFlag)
        && std::all_of(entry.specs.begin(), entry.specs.end(), isPlain))
        entry.isUnclear = true;
}

// What servers said before there were specifications; `last` counts from the end when negative.
void readPositions(const QList<Reply>& fields, CommandEntry& entry)
{
    const qint64 first = fields.at(First).toInteger();
    const qint64 last = fields.at(Last).toInteger();
    const qint64 step = fields.at(Step).toInteger();
    entry.isUnclear = entry.flags & MovableKeysFlag;
    if (first == 0)
        return;
    if (first < 0 || first > farthest || last < -farthest || last > farthest
        || (last >= 0 && last < first) || step < 1 || step > farthest) {
        entry.isUnclear = true;
        return;
    }
    KeySpec spec;
    spec.index = static_cast<qint32>(first);
    spec.last = static_cast<qint32>(last < 0 ? last : last - first);
    spec.step = static_cast<qint32>(step);
    entry.specs.append(spec);
}

QList<Reply> fieldsOf(const Reply& reply)
{
    QList<Reply> fields;
    for (const Reply& field : reply) {
        if (fields.size() == Fields)
            break; // newer servers may say more
        fields.append(field);
    }
    return fields;
}

// False when there are too many.
bool readCommands(
    const Reply& list, const QByteArray& parent, int depth, QList<ServerCommand>& commands)
{
    for (const Reply& one : list) {
        const QList<Reply> fields = fieldsOf(one);
        QByteArray name = fields.isEmpty() ? QByteArray() : nameIn(fields.at(Name));
        if (fields.size() <= Step || name.isEmpty())
            continue;
        if (commands.size() == mostCommands)
            return false;
        if (!parent.isEmpty() && !name.startsWith(QByteArray(parent + '|')))
            name = parent + '|' + name;

        ServerCommand command;
        CommandEntry& entry = command.entry;
        entry.name = name;
        entry.source = KeySource::Server;
        const qint64 arity = fields.at(Arity).toInteger();
        entry.arity = arity >= -farthest && arity <= farthest ? static_cast<int>(arity) : 0;
        entry.flags = flagsIn(fields.at(Flags), fields.value(Categories));
        readTips(fields.value(Tips), entry);
        command.hasSpecifications = fields.size() > Specs;
        if (command.hasSpecifications && fields.at(Specs).size() > 0)
            readSpecs(fields.at(Specs), entry);
        else
            readPositions(fields, entry);
        const Reply subcommands = fields.value(Subcommands);
        if (subcommands.size() > 0)
            entry.flags |= ContainerFlag;
        commands.append(command);
        if (depth < deepest && !readCommands(subcommands, name, depth + 1, commands))
            return false;
    }
    return true;
}

} // namespace

support::Result<QList<ServerCommand>> parseCommandReply(const Reply& reply)
{
    using support::Error;
    using support::ErrorCode;
    if (reply.isError())
        return Error { ErrorCode::ServerError, support::toVisibleText(reply.text()), {} };
    QList<ServerCommand> commands;
    if (!reply.isAggregate() || reply.type() == resp::Type::Map)
        return Error { ErrorCode::ProtocolError, QStringLiteral("COMMAND"), {} };
    if (!readCommands(reply, {}, 1, commands))
        return Error { ErrorCode::LimitExceeded, QStringLiteral("COMMAND"), {} };
    if (commands.isEmpty())
        return Error { ErrorCode::ProtocolError, QStringLiteral("COMMAND"), {} };
    return commands;
}

} // namespace slotscope::command
