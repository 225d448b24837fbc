// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/resp/reply.h"
#include "core/support/result.h"

#include <QByteArrayList>
#include <QList>
#include <QMetaType>
#include <QString>

#include <memory>

namespace slotscope::command {

/// One argument as COMMAND DOCS describes it (Redis documentation, "COMMAND DOCS").
struct ArgumentDoc
{
    enum class Kind {
        Value, ///< a key, a string, a number, a pattern, ...
        PureToken, ///< a word and nothing else: NX
        OneOf, ///< one of `arguments`
        Block, ///< all of `arguments`
    };
    Kind kind = Kind::Value;
    QByteArray name; ///< as it is to be displayed
    QByteArray token; ///< the word before it, or that it is; upper case
    bool isOptional = false;
    bool isMultiple = false;
    bool repeatsToken = false; ///< each time with its token
    QList<ArgumentDoc> arguments;
};

/// One command or subcommand.
struct CommandDoc
{
    QByteArray name; ///< lower case, "parent|sub" for subcommands
    QString summary; ///< one line of plain text, bounded
    QString since;
    QString group;
    bool isDeprecated = false;
    QList<ArgumentDoc> arguments;
};

/// What a server says in COMMAND DOCS. An immutable value that shares its storage. Everything in it
/// is untrusted text, bounded in number, depth and length.
class CommandDocs
{
public:
    CommandDocs();
    /// `reply`: to COMMAND DOCS of Redis 7 or newer, RESP2 or RESP3. Entries that make no sense are
    /// left out. ServerError with the line of an error reply; ProtocolError when it is no list of
    /// commands.
    static support::Result<CommandDocs> fromReply(const resp::Reply& reply);

    bool isEmpty() const;
    /// `name` in lower case; null when unknown. Valid as long as any copy of these docs.
    const CommandDoc* find(const QByteArray& name) const;
    /// Names of all commands, without subcommands, sorted.
    QByteArrayList names() const;
    /// Of the command's subcommands, without its own name, sorted.
    QByteArrayList subcommandsOf(const QByteArray& name) const;

private:
    struct Data;
    explicit CommandDocs(std::shared_ptr<const Data> data);

    std::shared_ptr<const Data> d;
};

/// The arguments as the Redis documentation writes them, without the command's name:
/// "key value [NX | XX] [GET] [EX seconds | PX milliseconds]". At most 1000 characters.
QString syntaxOf(const CommandDoc& doc);

} // namespace slotscope::command

Q_DECLARE_METATYPE(slotscope::command::CommandDocs)
