// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/redactreply.h"

#include "core/resp/replybuilder.h"
#include "core/support/bytes.h"
#include "core/support/redact.h"

#include <functional>

namespace slotscope::command {

namespace {

using resp::Reply;
using resp::Type;

bool isCommand(const Argv& argv, QByteArrayView name, QByteArrayView subcommand)
{
    return argv.size() >= 2 && support::equalsIgnoreCase(argv[0], name)
        && support::equalsIgnoreCase(argv[1], subcommand);
}

const QByteArray& redacted()
{
    static const QByteArray word = QByteArrayLiteral("(redacted)");
    return word;
}

/// The text that stands for `text`; `name` is the element before it where elements come in pairs.
using Replace = std::function<QByteArray(QByteArrayView name, QByteArrayView text)>;

void copy(
    const Reply& reply, QByteArrayView name, const Replace& replace, resp::ReplyBuilder& builder)
{
    if (reply.isAggregate()) {
        builder.openAggregate(reply.type(), static_cast<quint32>(reply.size()));
        QByteArray before;
        bool isValue = false;
        for (const Reply& child : reply) {
            copy(child, isValue ? before : QByteArray(), replace, builder);
            before = child.toByteArray();
            isValue = !isValue;
        }
        return;
    }
    switch (reply.type()) {
    case Type::Null:
        return builder.addNull();
    case Type::Integer:
        return builder.addInteger(reply.toInteger());
    case Type::Boolean:
        return builder.addBoolean(reply.toBoolean());
    case Type::Verbatim:
        return builder.addVerbatim(reply.verbatimFormat(), replace(name, reply.text()));
    default:
        return builder.addText(reply.type(), replace(name, reply.text()));
    }
}

Reply rewritten(const Reply& reply, const Replace& replace)
{
    resp::ReplyBuilder builder;
    copy(reply, {}, replace, builder);
    return builder.take();
}

/// One line of ACL LIST: `user app on #<hash> ~* ...`.
QByteArray withoutHashes(QByteArrayView line)
{
    QByteArrayList words = line.toByteArray().split(' ');
    for (QByteArray& word : words) {
        if (word.startsWith('#') || word.startsWith('>'))
            word = redacted();
    }
    return words.join(' ');
}

} // namespace

Reply redactReply(const Argv& argv, const Reply& reply)
{
    if (reply.isError()) {
        const QList<QByteArray> secrets = support::secretsOf(argv);
        if (secrets.isEmpty())
            return reply;
        return Reply::fromText(Type::Error, support::redactLine(reply.text(), secrets));
    }
    if (!reply.isAggregate())
        return reply;
    if (isCommand(argv, "CONFIG", "GET") || isCommand(argv, "SENTINEL", "CONFIG")) {
        return rewritten(reply, [](QByteArrayView name, QByteArrayView text) {
            return !text.isEmpty() && support::isSecretParameter(name) ? redacted()
                                                                       : text.toByteArray();
        });
    }
    if (isCommand(argv, "ACL", "LIST")) {
        return rewritten(
            reply, [](QByteArrayView, QByteArrayView text) { return withoutHashes(text); });
    }
    if (isCommand(argv, "ACL", "GETUSER")) {
        constexpr qsizetype sha256Digits = 64;
        return rewritten(reply, [](QByteArrayView, QByteArrayView text) {
            return text.size() == sha256Digits
                    && QByteArray::fromHex(text.toByteArray()).size() == 32
                ? redacted()
                : text.toByteArray();
        });
    }
    return reply;
}

Reply redactReplies(const QList<Argv>& commands, const Reply& reply)
{
    if (reply.type() != Type::Array)
        return reply;
    const Replace keep = [](QByteArrayView, QByteArrayView text) { return text.toByteArray(); };
    resp::ReplyBuilder builder;
    builder.openAggregate(Type::Array, static_cast<quint32>(reply.size()));
    qsizetype index = 0;
    for (const Reply& child : reply)
        copy(redactReply(commands.value(index++), child), {}, keep, builder);
    return reply.size() == 0 ? reply : builder.take();
}

} // namespace slotscope::command
