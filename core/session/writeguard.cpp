// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/writeguard.h"

#include "core/command/fanoutplan.h"
#include "core/explain/writeguard.h"
#include "core/support/bytes.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace slotscope::session {

using command::Argv;
using command::CommandEntry;
using command::CommandTable;

namespace {

/// Neither flagged as readers, or in @dangerous for what they tell, and yet they do no more than
/// look, or change nothing but the connection that they are sent on, which is Slotscope's own.
constexpr std::array onlyLook = std::to_array<std::string_view>({
    "acl|cat",
    "acl|dryrun",
    "acl|genpass",
    "acl|getuser",
    "acl|list",
    "acl|log",
    "acl|users",
    "acl|whoami",
    "asking",
    "auth",
    "client|caching",
    "client|capa",
    "client|getname",
    "client|getredir",
    "client|id",
    "client|info",
    "client|list",
    "client|no-evict",
    "client|no-touch",
    "client|reply",
    "client|setinfo",
    "client|setname",
    "client|tracking",
    "client|trackinginfo",
    "cluster|count-failure-reports",
    "cluster|countkeysinslot",
    "cluster|getkeysinslot",
    "cluster|info",
    "cluster|keyslot",
    "cluster|links",
    "cluster|myid",
    "cluster|myshardid",
    "cluster|nodes",
    "cluster|replicas",
    "cluster|shards",
    "cluster|slaves",
    "cluster|slot-stats",
    "cluster|slots",
    "command",
    "command|count",
    "command|docs",
    "command|getkeys",
    "command|getkeysandflags",
    "command|info",
    "command|list",
    "commandlog|get",
    "commandlog|len",
    "config|get",
    "discard",
    "echo",
    "exec",
    "function|dump",
    "function|list",
    "function|stats",
    "hello",
    "info",
    "lastsave",
    "latency|doctor",
    "latency|graph",
    "latency|histogram",
    "latency|history",
    "latency|latest",
    "lolwut",
    "memory|doctor",
    "memory|malloc-stats",
    "memory|stats",
    "module|list",
    "multi",
    "ping",
    "psubscribe",
    "pubsub",
    "pubsub|channels",
    "pubsub|numpat",
    "pubsub|numsub",
    "pubsub|shardchannels",
    "pubsub|shardnumsub",
    "punsubscribe",
    "quit",
    "readonly",
    "readwrite",
    "reset",
    "role",
    "script|exists",
    "select",
    "slowlog|get",
    "slowlog|len",
    "ssubscribe",
    "subscribe",
    "sunsubscribe",
    "time",
    "unsubscribe",
    "unwatch",
    "wait",
    "waitaof",
    "watch",
});

constexpr std::array scripts = std::to_array<std::string_view>(
    { "eval", "evalsha", "fcall", "script|load", "function|load" });

/// Commands of these that no table knows can be anything; those that are known are mostly bad.
constexpr std::array dangerousContainers = std::to_array<std::string_view>(
    { "acl", "cluster", "config", "debug", "module", "sentinel" });

/// Commands of modules that say "readonly" of themselves, and write.
constexpr std::array unlikelyReaders = std::to_array<std::string_view>({ "ft.aliasadd",
    "ft.aliasdel", "ft.aliasupdate", "ft.alter", "ft.config", "ft.create", "ft.cursor", "ft.debug",
    "ft.dictadd", "ft.dictdel", "ft.drop", "ft.dropindex", "ft.synupdate", "rg.pyexecute" });

/// What old servers do not say of themselves, having no categories, and what none says.
constexpr std::array moreDangerous = std::to_array<std::string_view>({ "commandlog|reset",
    "function|delete", "function|kill", "function|restore", "script|debug", "script|kill" });

template <size_t N>
bool contains(const std::array<std::string_view, N>& names, const QByteArray& name)
{
    return std::find(names.begin(), names.end(),
               std::string_view(name.constData(), static_cast<size_t>(name.size())))
        != names.end();
}

QString shownName(const Argv& argv, const CommandEntry* entry)
{
    QByteArray name = entry ? entry->name : argv.value(0);
    if (entry && (entry->flags & command::ContainerFlag) && argv.size() > 1)
        name += ' ' + argv.at(1);
    return support::toVisibleText(name.replace('|', ' ').toUpper(), 64);
}

GuardReason reasonOf(const Argv& argv, const CommandTable& table)
{
    const CommandEntry* entry = table.entryOf(argv);
    if (entry == nullptr)
        return GuardReason::Unknown;
    const QByteArray& name = entry->name;
    if (name == "flushall" || name == "flushdb")
        return GuardReason::DeletesKeys;
    if (name == "script|flush")
        return GuardReason::DeletesScripts;
    if (name == "function|flush")
        return GuardReason::DeletesFunctions;
    if (contains(scripts, name))
        return GuardReason::RunsScript;
    if (name == "monitor")
        return GuardReason::HoldsUp;
    if (name == "acl|log" && argv.size() > 2 && support::equalsIgnoreCase(argv.at(2), "reset"))
        return GuardReason::Dangerous;
    if (contains(onlyLook, name) || name.endsWith("|help"))
        return GuardReason::None;
    if (contains(unlikelyReaders, name))
        return GuardReason::Writes;
    const bool reads
        = (entry->flags & command::ReadOnlyFlag) && !(entry->flags & command::WriteFlag);
    if ((entry->flags & command::ContainerFlag) && !reads) // a subcommand that nobody knows
        return contains(dangerousContainers, name) ? GuardReason::Dangerous : GuardReason::Unknown;
    // Before Redis 6.0 servers have no categories.
    const CommandEntry* known = CommandTable::builtIn().find(name);
    const int flags = entry->flags | (known ? known->flags : 0);
    const bool isDangerous
        = contains(moreDangerous, name) || (flags & (command::DangerousFlag | command::AdminFlag));
    if (isDangerous)
        return reads && !(flags & command::AdminFlag) ? GuardReason::HoldsUp
                                                      : GuardReason::Dangerous;
    if (reads)
        return GuardReason::None;
    if (entry->flags & command::WriteFlag)
        return GuardReason::Writes;
    if (name == "publish" || name == "spublish")
        return GuardReason::Publishes;
    return GuardReason::Unclear;
}

Permission permissionFor(GuardReason reason, bool readOnly)
{
    switch (reason) {
    case GuardReason::None:
        return Permission::Allowed;
    case GuardReason::HoldsUp:
        return Permission::AskFirst;
    case GuardReason::DeletesKeys:
    case GuardReason::DeletesScripts:
    case GuardReason::DeletesFunctions:
    case GuardReason::Dangerous:
        return readOnly ? Permission::Refused : Permission::AskFirst;
    default:
        return readOnly ? Permission::Refused : Permission::Allowed;
    }
}

/// What the command does, as a sentence.
QString effectSentence(const GuardVerdict& verdict, int nodes)
{
    switch (verdict.reason) {
    case GuardReason::None:
        return {};
    case GuardReason::DeletesKeys:
        return explain::deletesAllKeys(verdict.name, nodes);
    case GuardReason::DeletesScripts:
        return explain::deletesAllScripts(verdict.name, nodes);
    case GuardReason::DeletesFunctions:
        return explain::deletesAllFunctions(verdict.name, nodes);
    case GuardReason::Dangerous:
        return explain::isDangerous(verdict.name, nodes);
    case GuardReason::HoldsUp:
        return explain::holdsUp(verdict.name, nodes);
    case GuardReason::Writes:
        return explain::writes(verdict.name);
    case GuardReason::RunsScript:
        return explain::runsScript(verdict.name);
    case GuardReason::Publishes:
        return explain::publishes(verdict.name);
    case GuardReason::Unknown:
        return explain::isUnknown(verdict.name);
    case GuardReason::Unclear:
        return explain::isUnclear(verdict.name);
    }
    return {};
}

} // namespace

GuardVerdict judge(const Argv& argv, const CommandTable& table, bool readOnly)
{
    const GuardReason reason = reasonOf(argv, table);
    const Permission permission = permissionFor(reason, readOnly);
    return { permission, reason,
        reason == GuardReason::None ? QString() : shownName(argv, table.entryOf(argv)) };
}

GuardVerdict judge(const QList<Argv>& commands, const CommandTable& table, bool readOnly)
{
    GuardVerdict worst;
    for (const Argv& argv : commands) {
        const GuardReason reason = reasonOf(argv, table);
        const Permission permission = permissionFor(reason, readOnly);
        const bool isWorse = permission > worst.permission
            || (worst.reason == GuardReason::None && reason != GuardReason::None);
        if (isWorse)
            worst = { permission, reason, shownName(argv, table.entryOf(argv)) };
    }
    return worst;
}

int nodesReached(const cluster::Topology& map, std::optional<command::FanOutTarget> target)
{
    if (!target || *target == command::FanOutTarget::Slots)
        return 1;
    return static_cast<int>(command::rowsOn(map, *target).size());
}

QString guardQuestion(const GuardVerdict& verdict, int nodes)
{
    return explain::askToSend(effectSentence(verdict, nodes));
}

QString refusalSentence(const GuardVerdict& verdict, int nodes)
{
    const QString effect = effectSentence(verdict, nodes);
    return verdict.permission == Permission::Refused ? explain::readOnlyRefuses(effect)
                                                     : explain::wasNotConfirmed(effect);
}

} // namespace slotscope::session
