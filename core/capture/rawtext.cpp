// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/rawtext.h"

#include "core/resp/replybuilder.h"
#include "core/resp/replyformat.h"
#include "core/support/redact.h"

#include <QList>

#include <algorithm>

namespace slotscope::capture {

using resp::Reply;
using resp::Type;

namespace {

constexpr qsizetype longestText = 4 * 1024 * 1024;
constexpr qsizetype longestLine = 4096;
constexpr qsizetype lastTextOfEntry = 5; ///< after the arguments: the client's address and its name

void addHidden(resp::ReplyBuilder* builder)
{
    builder->addText(Type::String, "(redacted)");
}

void addArguments(resp::ReplyBuilder* builder, const Reply& arguments, SlowLogArguments how)
{
    QList<QByteArray> argv;
    for (const Reply& argument : arguments)
        argv.append(argument.isAggregate() ? QByteArray() : argument.toByteArray());
    if (how == SlowLogArguments::Kept)
        argv = support::redactCommand(argv);
    builder->openAggregate(Type::Array, static_cast<quint32>(argv.size()));
    for (qsizetype i = 0; i < argv.size(); ++i) {
        if (i == 0 || how == SlowLogArguments::Kept)
            builder->addText(Type::String, argv.at(i));
        else
            addHidden(builder);
    }
}

/// Number, time, microseconds, arguments; from Redis 4 on the client's address and its name.
void addEntry(resp::ReplyBuilder* builder, const Reply& entry, SlowLogArguments how)
{
    builder->openAggregate(Type::Array, static_cast<quint32>(entry.size()));
    qsizetype index = 0;
    for (const Reply& field : entry) {
        const bool isText = field.type() == Type::String || field.type() == Type::Status;
        if (index == 3 && field.isAggregate())
            addArguments(builder, field, how);
        else if (field.type() == Type::Integer)
            builder->addInteger(field.toInteger());
        else if (isText && index > 3 && index <= lastTextOfEntry)
            builder->addText(Type::String, field.text());
        else
            addHidden(builder);
        ++index;
    }
}

} // namespace

Reply redactedSlowLog(const Reply& reply, SlowLogArguments arguments)
{
    resp::ReplyBuilder builder;
    if (!reply.isAggregate()) {
        addHidden(&builder);
        return builder.take();
    }
    builder.openAggregate(Type::Array, static_cast<quint32>(reply.size()));
    for (const Reply& entry : reply) {
        if (entry.isAggregate())
            addEntry(&builder, entry, arguments);
        else
            addHidden(&builder);
    }
    return builder.take();
}

int slowLogEntries(QByteArrayView text)
{
    int entries = 0;
    while (!text.isEmpty()) {
        // The first line of an entry has its number; what is in it stands further in.
        qsizetype digits = text.startsWith(' ') ? 1 : 0;
        const qsizetype indent = digits;
        while (digits < text.size() && text.at(digits) >= '0' && text.at(digits) <= '9')
            ++digits;
        if (digits > indent && text.sliced(digits).startsWith(") "))
            ++entries;
        const qsizetype end = text.indexOf('\n');
        text = end < 0 ? QByteArrayView() : text.sliced(end + 1);
    }
    return entries;
}

QByteArray rawText(const Reply& reply, int mostLines)
{
    if (reply.type() == Type::String || reply.type() == Type::Verbatim) {
        const qsizetype length = reply.text().size();
        QByteArray text = reply.text().first(std::min(length, longestText)).toByteArray();
        if (length > longestText)
            text += "\n... (cut: " + QByteArray::number(length) + " bytes)\n";
        return text;
    }
    // CLUSTER SLOTS of a large cluster: every slot may be a range of its own.
    QByteArray text = resp::toDisplayText(reply, mostLines, longestLine, longestText).toUtf8();
    const QByteArray cutMark = QStringLiteral("\n\u2026").toUtf8();
    if (text.endsWith(cutMark)) {
        text.chop(cutMark.size());
        text += "\n... (cut: more than " + QByteArray::number(text.size()) + " bytes)\n";
    }
    return text;
}

} // namespace slotscope::capture
