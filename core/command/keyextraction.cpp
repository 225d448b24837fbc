// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/keyextraction.h"

#include "core/cluster/keyslot.h"
#include "core/explain/commands.h"
#include "core/support/bytes.h"

#include <QStringList>

#include <algorithm>
#include <array>

namespace slotscope::command {

namespace {

using support::equalsIgnoreCase;
using Positions = QList<int>;

// The arguments of a range that starts at `first`; nothing when it leaves the command (the server
// calls that a syntax error).
void appendRange(Positions& positions, qint64 first, qint64 last, qint64 step, qint64 argc)
{
    if (first < 1 || first >= argc || last < first || last >= argc || step < 1)
        return;
    for (qint64 i = first; i <= last; i += step)
        positions.append(static_cast<int>(i));
}

// Where begin_search leads: the index of the first argument behind it, 0 when a keyword is missing.
qint64 beginOf(const KeySpec& spec, const Argv& argv)
{
    if (spec.keyword.isEmpty())
        return spec.index;
    const qint64 argc = argv.size();
    const bool forward = spec.index > 0;
    for (qint64 i = forward ? spec.index : argc + spec.index; i > 0 && i < argc;
         i += forward ? 1 : -1) {
        if (equalsIgnoreCase(argv.at(i), spec.keyword))
            return i + 1;
    }
    return 0;
}

// Source: Redis documentation, "Command key specifications".
void appendSpec(Positions& positions, const KeySpec& spec, const Argv& argv)
{
    const qint64 argc = argv.size();
    const qint64 first = beginOf(spec, argv);
    if (first < 1)
        return;
    if (spec.kind == KeySpec::Kind::Range) {
        qint64 last = first + spec.last;
        if (spec.last < 0) {
            const qint64 limit = spec.extra;
            last = limit > 0 ? first + (argc - first) / limit + spec.last : argc + spec.last;
        }
        appendRange(positions, first, last, spec.step, argc);
        return;
    }
    if (first + spec.last >= argc)
        return;
    bool isNumber = false;
    const int keys = argv.at(first + spec.last).toInt(&isNumber);
    if (!isNumber || keys < 1)
        return;
    const qint64 firstKey = first + spec.extra;
    appendRange(positions, firstKey, firstKey + (qint64(keys) - 1) * spec.step, spec.step, argc);
}

// SORT key ... [STORE destination]: the last STORE counts; the words behind BY, GET and LIMIT may
// look like options. The patterns of BY and GET name keys only through the data.
Positions sortPositions(const Argv& argv)
{
    Positions positions;
    if (argv.size() > 1)
        positions.append(1);
    int store = 0;
    for (int i = 2; i < argv.size(); ++i) {
        if (equalsIgnoreCase(argv.at(i), "store") && i + 1 < argv.size())
            store = ++i;
        else if (equalsIgnoreCase(argv.at(i), "limit"))
            i += 2;
        else if (equalsIgnoreCase(argv.at(i), "by") || equalsIgnoreCase(argv.at(i), "get"))
            i += 1;
    }
    if (store > 0 && equalsIgnoreCase(argv.at(0), "sort"))
        positions.append(store);
    return positions;
}

// GEORADIUS key ... [STORE key | STOREDIST key]: the last of the two counts.
Positions geoRadiusPositions(const Argv& argv)
{
    Positions positions;
    if (argv.size() > 1)
        positions.append(1);
    int store = 0;
    for (int i = 5; i + 1 < argv.size(); ++i) {
        if (equalsIgnoreCase(argv.at(i), "store") || equalsIgnoreCase(argv.at(i), "storedist"))
            store = ++i;
    }
    if (store > 0)
        positions.append(store);
    return positions;
}

// MIGRATE host port key|"" db timeout [COPY] [REPLACE] [AUTH pw | AUTH2 user pw] [KEYS key ...]:
// a password may be the word KEYS.
Positions migratePositions(const Argv& argv)
{
    if (argv.size() > 3 && !argv.at(3).isEmpty())
        return { 3 };
    Positions positions;
    for (int i = 6; i < argv.size(); ++i) {
        if (equalsIgnoreCase(argv.at(i), "auth")) {
            i += 1;
        } else if (equalsIgnoreCase(argv.at(i), "auth2")) {
            i += 2;
        } else if (equalsIgnoreCase(argv.at(i), "keys")) {
            appendRange(positions, i + 1, argv.size() - 1, 1, argv.size());
            break;
        }
    }
    return positions;
}

Positions keyPositions(const CommandEntry& entry, const Argv& argv)
{
    // Commands whose key specifications are incomplete or cannot tell.
    const QByteArray& name = entry.name;
    if (name == "sort" || name == "sort_ro")
        return sortPositions(argv);
    if (name == "georadius" || name == "georadiusbymember")
        return geoRadiusPositions(argv);
    if (name == "migrate")
        return migratePositions(argv);

    Positions positions;
    for (const KeySpec& spec : entry.specs)
        appendSpec(positions, spec, argv);
    return positions;
}

// Commands that have no single reply.
bool isStreaming(QByteArrayView name)
{
    static constexpr std::array names { "monitor", "psubscribe", "psync", "punsubscribe",
        "ssubscribe", "subscribe", "sunsubscribe", "sync", "unsubscribe" };
    return std::any_of(names.begin(), names.end(), [name](const char* one) { return name == one; });
}

} // namespace

KeyInfo extractKeys(const Argv& argv, const CommandTable& table)
{
    KeyInfo info;
    if (argv.isEmpty() || argv.first().isEmpty())
        return info;
    const CommandEntry* entry = table.entryOf(argv);
    if (!entry) {
        info.needsServer = !table.isFromServer();
        return info;
    }
    const QByteArray name = argv.first().toLower();
    info.known = true;
    info.kind = isStreaming(name) ? CommandKind::Streaming : CommandKind::Ordinary;
    info.readOnly = entry->flags & ReadOnlyFlag;
    info.write = entry->flags & WriteFlag;
    info.dangerous = entry->flags & DangerousFlag;
    info.blocking = (entry->flags & BlockingFlag) || name == "wait" || name == "waitaof";
    info.source = entry->source;
    info.needsServer = entry->isUnclear;
    info.areChannels = std::any_of(
        entry->specs.begin(), entry->specs.end(), [](const KeySpec& spec) { return spec.notKey; });
    return entry->isUnclear ? info : withKeys(info, argv, keyPositions(*entry, argv));
}

KeyInfo withKeys(KeyInfo info, const Argv& argv, const QList<int>& positions)
{
    info.positions = positions;
    info.keys.clear();
    info.slots.clear();
    for (const int position : positions) {
        const QByteArray& key = argv.at(position);
        info.keys.append(key);
        info.slots.append(cluster::keySlot(key));
    }
    info.slot = info.slots.isEmpty() ? std::nullopt : std::optional(info.slots.first());
    info.crossSlot = info.slots.count(info.slots.value(0)) != info.slots.size();
    return info;
}

QByteArray tagThatJoins(const QList<QByteArray>& keys)
{
    if (keys.size() < 2)
        return {};
    qsizetype common = keys.first().size();
    for (const QByteArray& key : keys) {
        const auto end = std::mismatch(
            keys.first().begin(), keys.first().begin() + common, key.begin(), key.end());
        common = end.first - keys.first().begin();
    }
    // Up to the last separator that all share: of user:1:name and user:1:nick that is user:1.
    const QByteArray start = keys.first().first(common);
    const auto isSeparator = [](char c) { return QByteArrayView(":/.|-_").contains(c); };
    const auto last = std::find_if(start.rbegin(), start.rend(), isSeparator);
    const QByteArray tag = start.first(start.rend() - last).chopped(last == start.rend() ? 0 : 1);
    return tag.contains('{') || tag.contains('}') ? QByteArray() : tag;
}

QString crossSlotSentence(const QList<QByteArray>& keys)
{
    constexpr qsizetype mostShown = 5;
    constexpr qsizetype longestKey = 40;
    QStringList places;
    for (qsizetype i = 0; i < std::min(mostShown, keys.size()); ++i) {
        places.append(explain::keyInSlot(
            support::toQuotedText(keys.at(i), longestKey), cluster::keySlot(keys.at(i)).number()));
    }
    const QByteArray tag = tagThatJoins(keys);
    QString example;
    if (!tag.isEmpty() && tag.size() <= longestKey) {
        const QByteArray joined = '{' + tag + '}' + keys.first().sliced(tag.size());
        example = support::toQuotedText(joined, 2 * longestKey);
    }
    return explain::keysInDifferentSlots(static_cast<int>(keys.size()), places, example);
}

} // namespace slotscope::command
