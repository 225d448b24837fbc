// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/commandtable.h"

#include "core/command/commandreply.h"

#include <QHash>

#include <algorithm>
#include <array>
#include <cstring>

namespace slotscope::command {

struct CommandTable::Data
{
    QHash<QByteArray, CommandEntry> entries;
    bool isFromServer = false;
};

namespace {

constexpr auto Range = KeySpec::Kind::Range;
constexpr auto KeyNumber = KeySpec::Kind::KeyNumber;
constexpr auto AllNodes = RequestPolicy::AllNodes;
constexpr auto AllShards = RequestPolicy::AllShards;
constexpr auto MultiShard = RequestPolicy::MultiShard;
constexpr auto SpecialRequest = RequestPolicy::Special;
constexpr auto AnyReply = ResponsePolicy::None;
constexpr auto OneSucceeded = ResponsePolicy::OneSucceeded;
constexpr auto AllSucceeded = ResponsePolicy::AllSucceeded;
constexpr auto Sum = ResponsePolicy::Sum;
constexpr auto Min = ResponsePolicy::Min;
constexpr auto LogicalAnd = ResponsePolicy::LogicalAnd;
constexpr auto SpecialReply = ResponsePolicy::Special;

// KeySpec and CommandEntry, as constants that cost nothing before they are needed.
struct BuiltInSpec
{
    KeySpec::Kind kind = Range;
    int index = 0; // 0: there is no specification
    const char* keyword = nullptr;
    int last = 0;
    int step = 1;
    int extra = 0;
    bool notKey = false;
};

struct BuiltInEntry
{
    const char* name = nullptr;
    quint8 flags = NoFlags;
    std::array<BuiltInSpec, 3> specs {};
    int arity = 0;
    RequestPolicy request = RequestPolicy::None;
    ResponsePolicy response = ResponsePolicy::None;
};

// Of two entries the later counts, so the order of the two lists matters.
constexpr BuiltInEntry builtInEntries[] = {
// clang-format off
#include "core/command/commandtable.inc" // made by make_commandtable.py
#include "core/command/commandsupplement.inc"
    // clang-format on
};

// Not copied: the constants live as long as the program.
QByteArray constant(const char* text)
{
    return QByteArray::fromRawData(text, static_cast<qsizetype>(std::strlen(text)));
}

// Commands that extractKeys() reads by code of its own.
bool hasOwnCode(const QByteArray& name)
{
    static constexpr std::array names { "sort", "sort_ro", "georadius", "georadiusbymember",
        "migrate" };
    return std::find(names.begin(), names.end(), name) != names.end();
}

// What servers say wrongly.
void correct(CommandEntry& entry)
{
    if (hasOwnCode(entry.name)) {
        entry.source = KeySource::Correction;
        entry.isUnclear = false;
    }
    // MSETNX sets all keys or none, so it can never be split, though Redis 7.0 says multi_shard.
    // WAIT and WAITAOF ask for the writes of their own connection, though servers say all_shards: a
    // connection that was opened for the question has written nothing.
    static constexpr std::array ofOneNode { "msetnx", "wait", "waitaof" };
    if (std::find(ofOneNode.begin(), ofOneNode.end(), entry.name) != ofOneNode.end()) {
        entry.request = RequestPolicy::None;
        entry.response = ResponsePolicy::None;
    }
}

CommandEntry toEntry(const BuiltInEntry& constants)
{
    CommandEntry entry;
    entry.name = constant(constants.name);
    entry.flags = constants.flags;
    entry.arity = constants.arity;
    entry.request = constants.request;
    entry.response = constants.response;
    for (const BuiltInSpec& spec : constants.specs) {
        if (spec.index != 0) {
            entry.specs.append({ spec.kind, spec.notKey, spec.index,
                spec.keyword ? constant(spec.keyword) : QByteArray(), spec.last, spec.step,
                spec.extra });
        }
    }
    correct(entry);
    return entry;
}

// What a server says of a command, where that is enough; else what is known of it.
CommandEntry completed(const ServerCommand& said, const CommandEntry& known)
{
    CommandEntry entry = said.entry;
    // Before Redis 7.0 nothing but the category says that a command blocks, before 6.0 nothing.
    entry.flags |= known.flags & (BlockingFlag | ContainerFlag);
    if (entry.isUnclear || !said.hasSpecifications) {
        entry.specs = known.specs;
        entry.source = known.source;
        entry.isUnclear = false;
    }
    if (entry.request == RequestPolicy::None) {
        entry.request = known.request;
        entry.response = known.response;
    }
    return entry;
}

} // namespace

CommandTable::CommandTable()
    : d([] {
        static const std::shared_ptr<const Data> table = [] {
            auto made = std::make_shared<Data>();
            made->entries.reserve(std::size(builtInEntries));
            for (const BuiltInEntry& constants : builtInEntries) {
                const CommandEntry entry = toEntry(constants);
                made->entries.insert(entry.name, entry);
            }
            return made;
        }();
        return table;
    }())
{ }

CommandTable::CommandTable(std::shared_ptr<const Data> data)
    : d(std::move(data))
{ }

support::Result<CommandTable> CommandTable::fromReply(const resp::Reply& reply)
{
    const auto parsed = parseCommandReply(reply);
    if (!parsed)
        return parsed.error();
    const CommandTable known;
    auto made = std::make_shared<Data>(*known.d);
    made->isFromServer = true;
    for (const ServerCommand& said : *parsed) {
        const CommandEntry* one = known.find(said.entry.name);
        CommandEntry entry = one ? completed(said, *one) : said.entry;
        correct(entry);
        made->entries.insert(entry.name, entry);
    }
    return CommandTable(std::move(made));
}

const CommandEntry* CommandTable::find(const QByteArray& name) const
{
    const auto entry = d->entries.constFind(name);
    return entry == d->entries.constEnd() ? nullptr : &*entry;
}

const CommandEntry* CommandTable::entryOf(const QByteArrayList& argv) const
{
    // "object|encoding" in one word is no command, though the table has an entry of this name.
    if (argv.isEmpty() || argv.first().contains('|'))
        return nullptr;
    const QByteArray name = argv.first().toLower();
    if (argv.size() > 1 && !argv.at(1).contains('|')) {
        if (const CommandEntry* entry = find(QByteArray(name + '|' + argv.at(1).toLower())))
            return entry;
    }
    return find(name);
}

QByteArrayList CommandTable::names() const
{
    QByteArrayList names;
    for (const CommandEntry& entry : d->entries) {
        if (!entry.name.contains('|'))
            names.append(entry.name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

QByteArrayList CommandTable::subcommandsOf(const QByteArray& name) const
{
    QByteArrayList names;
    const QByteArray prefix = name + '|';
    for (const CommandEntry& entry : d->entries) {
        if (entry.name.startsWith(prefix))
            names.append(entry.name.sliced(prefix.size()));
    }
    std::sort(names.begin(), names.end());
    return names;
}

bool CommandTable::isFromServer() const
{
    return d->isFromServer;
}

} // namespace slotscope::command
