// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/resp/reply.h"
#include "core/support/result.h"

#include <QByteArrayList>
#include <QMetaType>

#include <memory>

namespace slotscope::command {

/// Flags of a command, as COMMAND prints them; the others are of no use here.
enum CommandFlag : quint8 {
    NoFlags = 0,
    WriteFlag = 1, ///< "write"
    ReadOnlyFlag = 2, ///< "readonly"
    BlockingFlag = 4, ///< "blocking", "@blocking": may wait for another client
    MovableKeysFlag = 8, ///< "movablekeys"
    ContainerFlag = 16, ///< has subcommands
    DangerousFlag = 32, ///< "@dangerous"
    AdminFlag = 64, ///< "admin", "@admin"
};

/// Who should be asked (Redis documentation, "Command tips": request_policy).
enum class RequestPolicy : quint8 {
    None, ///< one node: the owner of the keys, any node without keys
    AllNodes,
    AllShards, ///< every primary
    MultiShard, ///< may be split by slot, when the user says so
    Special,
};

/// How the answers of several nodes make one (Redis documentation, "Command tips":
/// response_policy).
enum class ResponsePolicy : quint8 {
    None,
    OneSucceeded,
    AllSucceeded,
    Sum,
    Min,
    Max,
    LogicalAnd,
    LogicalOr,
    Special,
};

/// One key specification: where the first key is, and how many follow (Redis documentation,
/// "Command key specifications").
struct KeySpec
{
    enum class Kind : quint8 { Range, KeyNumber };

    Kind kind = Kind::Range;
    bool notKey = false; ///< "not_key": a channel, which routes by its slot as a key does
    qint32 index = 0; ///< begin_search index; with a keyword: its startfrom
    QByteArray keyword; ///< begin_search keyword; empty: there is none
    qint32 last = 0; ///< Range: lastkey; KeyNumber: keynumidx
    qint32 step = 1; ///< keystep
    qint32 extra = 0; ///< Range: limit; KeyNumber: firstkey

    friend bool operator==(const KeySpec&, const KeySpec&) = default;
};

/// Where the knowledge about a command's keys came from.
enum class KeySource : quint8 {
    None, ///< the command is in no table
    BuiltIn, ///< the table that Slotscope was built with
    Correction, ///< code of Slotscope's own: what servers say of this command is wrong or
                ///< incomplete
    Server, ///< this server's COMMAND
    Asked, ///< this server's COMMAND GETKEYS, for this very line
};

/// One command, or one of its subcommands.
struct CommandEntry
{
    QByteArray name; ///< lower case, "parent|sub" for subcommands
    quint8 flags = NoFlags;
    QList<KeySpec> specs;
    int arity = 0; ///< with the name; negative: at least; 0: not known
    RequestPolicy request = RequestPolicy::None;
    ResponsePolicy response = ResponsePolicy::None;
    KeySource source = KeySource::BuiltIn;
    bool isUnclear = false; ///< it has keys, and `specs` cannot tell which
};

/// What is known of the commands of a server. An immutable value that shares its storage.
///
/// builtIn() is made from COMMAND of redis-server 7.0 and a supplement for other versions and
/// modules. fromReply() is what one server says of itself, corrected where servers are known to be
/// wrong, and completed by the built-in table: for old servers without key specifications, for
/// incomplete specifications, for commands that the server does not list.
class CommandTable
{
public:
    /// The built-in table.
    CommandTable();
    static CommandTable builtIn() { return {}; }
    /// `reply`: to COMMAND or COMMAND INFO of Redis 2.8.13 or newer, RESP2 or RESP3. Entries that
    /// make no sense are left out. ServerError with the line of an error reply; ProtocolError when
    /// it is no list of commands; LimitExceeded above ten thousand commands.
    static support::Result<CommandTable> fromReply(const resp::Reply& reply);

    /// The entry of a command or a subcommand ("object|encoding"), in lower case; null when
    /// unknown. Valid as long as any copy of this table.
    const CommandEntry* find(const QByteArray& name) const;
    /// The entry of the subcommand that `argv` names, else that of its command; null when unknown.
    const CommandEntry* entryOf(const QByteArrayList& argv) const;
    /// Names of all entries that are no subcommands, sorted.
    QByteArrayList names() const;
    /// Names of a command's subcommands, without its own ("encoding" for "object"), sorted.
    QByteArrayList subcommandsOf(const QByteArray& name) const;
    /// A server listed its commands: what is not in here is no command of it.
    bool isFromServer() const;

private:
    struct Data;
    explicit CommandTable(std::shared_ptr<const Data> data);

    std::shared_ptr<const Data> d;
};

} // namespace slotscope::command

Q_DECLARE_METATYPE(slotscope::command::CommandTable)
