// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/redactanswer.h"
#include "core/command/keyextraction.h"
#include "core/command/redactreply.h"
#include "core/command/redirect.h"
#include "core/resp/replybuilder.h"
#include "core/support/redact.h"

#include <QSet>

#include <algorithm>

namespace slotscope::capture {

using namespace Qt::StringLiterals;

namespace {

/// Words of options, which are no values wherever they stand.
bool isOption(const QByteArray& upper)
{
    static const QSet<QByteArray> words { "EX", "PX", "EXAT", "PXAT", "NX", "XX", "GT", "LT", "CH",
        "INCR", "KEEPTTL", "GET", "WITHSCORES", "WITHVALUES", "LIMIT", "COUNT", "MATCH", "TYPE",
        "BY", "ASC", "DESC", "ALPHA", "STORE", "WEIGHTS", "AGGREGATE", "SUM", "MIN", "MAX",
        "STREAMS", "BLOCK", "GROUP", "MAXLEN", "MINID", "REPLACE", "ABSTTL", "COPY", "KEYS", "AUTH",
        "SETNAME", "LEFT", "RIGHT", "BEFORE", "AFTER", "PERSIST", "WITHCOORD", "WITHDIST",
        "FROMMEMBER", "FROMLONLAT", "BYRADIUS", "BYBOX", "SYNC", "ASYNC", "(REDACTED)" };
    return words.contains(upper);
}

/// The command's name as a table has it, with its subcommand: "cluster nodes"; empty: unknown.
QByteArray nameOf(const command::Argv& argv)
{
    if (argv.isEmpty())
        return {};
    const command::CommandEntry* entry = command::CommandTable::builtIn().entryOf(argv);
    return entry == nullptr ? QByteArray() : QByteArray(entry->name).replace('|', ' ');
}

/// Its reply is about the cluster or the server, and no data of the user's.
bool isAboutServer(const QByteArray& name)
{
    static const QSet<QByteArray> names { "info", "role", "time", "dbsize", "lastsave", "wait",
        "command", "command count", "command docs", "command info", "asking", "readonly",
        "readwrite", "latency latest" };
    return names.contains(name) || (name.startsWith("cluster ") && name != "cluster getkeysinslot");
}

bool namesKeys(const QByteArray& name)
{
    return name == "keys" || name == "scan" || name == "randomkey"
        || name == "cluster getkeysinslot";
}

/// Its integers count or time something; those of others are what a key holds.
bool countsSomething(const QByteArray& name)
{
    static const QSet<QByteArray> names { "exists", "del", "unlink", "touch", "expire", "pexpire",
        "expireat", "pexpireat", "persist", "ttl", "pttl", "expiretime", "pexpiretime", "strlen",
        "llen", "scard", "hlen", "zcard", "xlen", "zcount", "pfcount", "sadd", "srem", "hset",
        "hdel", "hsetnx", "setnx", "msetnx", "rpush", "lpush", "rpushx", "lpushx", "ltrim", "lrem",
        "linsert", "zadd", "zrem", "xadd", "xdel", "xtrim", "publish", "spublish",
        "object refcount", "object idletime", "object freq", "memory usage", "append", "setrange",
        "bitcount", "hexists", "sismember" };
    return names.contains(name);
}

bool isUsualStatus(QByteArrayView text)
{
    static const QSet<QByteArray> words { "OK", "QUEUED", "PONG", "RESET", "string", "list", "set",
        "zset", "hash", "stream", "none", "NOKEY" };
    return words.contains(text.toByteArray());
}

/// A command line with other names, and what they were.
class LineRedactor
{
public:
    LineRedactor(const command::Trace& trace, NameRedactor* names)
        : m_name(nameOf(trace.argv))
        , m_names(names)
    {
        const QSet<QByteArray> keys(trace.keys.begin(), trace.keys.end());
        const command::KeyInfo info = command::extractKeys(trace.argv);
        const qsizetype fixed = m_name.isEmpty() ? 0 : 1 + m_name.count(' ');
        const QSet<int> users = userPositions(trace.argv);
        for (qsizetype i = 0; i < trace.argv.size(); ++i) {
            const QByteArray& argument = trace.argv.at(i);
            const int position = static_cast<int>(i);
            const bool isName = i < fixed;
            if (!isName && (keys.contains(argument) || info.positions.contains(position)))
                m_argv.append(names->key(argument));
            else if (!isName && users.contains(position))
                m_argv.append(names->user(QString::fromUtf8(argument)).toUtf8());
            else if (isName || isOption(argument.toUpper()))
                m_argv.append(argument);
            else
                m_argv.append(names->argument(argument));
            if (m_argv.last() != argument)
                NameRedactor::addPrinted(argument, m_argv.last(), &m_known);
        }
        for (const QByteArray& key : trace.keys) {
            if (const QByteArray other = names->key(key); other != key)
                NameRedactor::addPrinted(key, other, &m_known);
        }
    }

    const command::Argv& argv() const { return m_argv; }
    const KnownNames& known() const { return m_known; }

    resp::Reply reply(const resp::Reply& reply) const
    {
        resp::ReplyBuilder builder;
        const auto nodes = reply.nodes();
        if (nodes.empty())
            return reply;
        for (std::size_t i = 0; i < nodes.size(); ++i)
            add(&builder, reply.node(static_cast<quint32>(i)), nodes[i]);
        return builder.take();
    }

private:
    static QSet<int> userPositions(const command::Argv& argv)
    {
        QSet<int> positions;
        const auto upper = [&](qsizetype i) { return argv.value(i).toUpper(); };
        if (upper(0) == "AUTH" && argv.size() == 3)
            positions.insert(1);
        if (upper(0) == "ACL" && upper(1) != "CAT" && upper(1) != "LOG")
            positions.insert(2);
        for (qsizetype i = 1; upper(0) == "HELLO" && i < argv.size(); ++i) {
            if (upper(i) == "AUTH")
                positions.insert(static_cast<int>(i) + 1);
        }
        return positions;
    }

    void add(
        resp::ReplyBuilder* builder, const resp::Reply& reply, const resp::FlatNode& node) const
    {
        using resp::Type;
        switch (node.type) {
        case Type::Null:
            return builder->addNull();
        case Type::Boolean:
            return builder->addBoolean(reply.toBoolean());
        case Type::Integer:
            return addInteger(builder, reply.toInteger());
        case Type::Error:
            return builder->addText(
                node.type, m_names->bytes(reply.text(), TextKind::ErrorLine, &m_known));
        case Type::Status:
            return builder->addText(
                node.type, isUsualStatus(reply.text()) ? reply.toByteArray() : data(reply));
        case Type::Double:
        case Type::BigNumber:
            if (m_names->options().values == Showing::Shown || isAboutServer(m_name))
                return builder->addText(node.type, reply.text());
            return addReplaced(builder, reply.toByteArray()); // it is no number any more
        case Type::String:
        case Type::Verbatim:
            if (isValue())
                return addReplaced(builder, reply.toByteArray());
            return node.type == Type::String
                ? builder->addText(node.type, data(reply))
                : builder->addVerbatim(reply.verbatimFormat(), data(reply));
        case Type::Array:
        case Type::Set:
        case Type::Map:
        case Type::Push:
            return builder->openAggregate(node.type, node.children);
        }
    }

    void addInteger(resp::ReplyBuilder* builder, qint64 value) const
    {
        // -2 to 1 say "no such key", "without end", "no", "yes".
        const bool saysNothing = value >= -2 && value <= 1;
        if (saysNothing || m_names->options().values == Showing::Shown || isAboutServer(m_name)
            || countsSomething(m_name))
            builder->addInteger(value);
        else
            addReplaced(builder, QByteArray::number(value));
    }

    /// The texts of the reply are what a key holds, and are not shown.
    bool isValue() const
    {
        return m_names->options().values != Showing::Shown && !isAboutServer(m_name)
            && !namesKeys(m_name);
    }

    /// A line of Slotscope's and no text of the server's: it is printed without quotes.
    void addReplaced(resp::ReplyBuilder* builder, const QByteArray& value) const
    {
        QByteArray text = m_names->value(value);
        if (text == value)
            return builder->addText(resp::Type::String, text);
        if (text.startsWith('(') && text.endsWith(')'))
            text.insert(text.size() - 1, ", redacted");
        builder->addText(resp::Type::Status, text);
    }

    /// A text of the reply.
    QByteArray data(const resp::Reply& reply) const
    {
        const QByteArray text = reply.toByteArray();
        if (isAboutServer(m_name))
            return serverData(text);
        if (namesKeys(m_name))
            return m_names->key(text);
        return m_names->options().values == Showing::Shown
            ? m_names->bytes(text, TextKind::Sentence, &m_known)
            : m_names->value(text);
    }

    QByteArray serverData(const QByteArray& text) const
    {
        const QString command = QString::fromLatin1(m_name);
        if (m_name == "info" || m_name == "cluster nodes" || m_name == "cluster info")
            return redactedAnswer(command, text, m_names);
        // One text of a list: as it would stand there in quotes.
        const QByteArray quoted = redactedAnswer(command, '"' + text + '"', m_names);
        return quoted.mid(1, quoted.size() - 2);
    }

    QByteArray m_name;
    NameRedactor* m_names;
    command::Argv m_argv;
    KnownNames m_known;
};

} // namespace

command::Trace redactedTrace(const command::Trace& trace, NameRedactor* names)
{
    command::Trace result = trace;
    result.argv = support::redactCommand(trace.argv);
    result.reply = command::redactReply(trace.argv, trace.reply);
    if (names->options() == RedactionOptions::none())
        return result;
    const LineRedactor line(result, names);
    const auto lineText = [&](const QString& text) {
        return names->text(text, TextKind::ErrorLine, &line.known());
    };
    result.argv = line.argv();
    for (QByteArray& key : result.keys)
        key = names->key(key);
    result.reply = line.reply(result.reply);
    result.behaviour.node = names->endpoint(trace.behaviour.node);
    result.seed = names->endpoint(trace.seed);
    result.detail = lineText(trace.detail);
    for (command::Hop& hop : result.hops) {
        hop.nodeId = names->id(hop.nodeId);
        hop.nodeLabel = names->label(hop.nodeLabel);
        hop.address = names->endpoint(hop.address);
        hop.dialled = names->address(hop.dialled);
        for (QString& address : hop.resolved)
            address = names->address(address);
        if (const auto redirect = command::parseRedirect(hop.raw);
            redirect && !hop.target.isEmpty()) {
            hop.raw.replace(hop.target.toUtf8(), names->target(hop.target).toUtf8());
        }
        hop.raw = names->bytes(hop.raw, TextKind::ErrorLine, &line.known());
        hop.target = names->target(hop.target);
        hop.targetLabel = names->label(hop.targetLabel);
        hop.targetAddress = names->endpoint(hop.targetAddress);
    }
    return result;
}

} // namespace slotscope::capture
