// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/answers.h"

#include <QCoreApplication>

namespace slotscope::explain {

namespace {

// The translation context.
struct Answers
{
    Q_DECLARE_TR_FUNCTIONS(Answers)
};

} // namespace

QString emptyReply()
{
    return Answers::tr("an empty reply");
}

QString unexpectedType(const QString& command)
{
    return Answers::tr("%1: unexpected type of reply").arg(command);
}

QString noListOfCommands()
{
    return Answers::tr("COMMAND DOCS: no list of commands");
}

QString aggregateOf(const QString& what, qint64 elements)
{
    return Answers::tr("%1 of %2").arg(what, QString::number(elements));
}

QString overLimit(QLatin1StringView what, qint64 limit)
{
    return Answers::tr("%1 over the limit of %2").arg(QString(what), QString::number(limit));
}

QString noLineEnd(qint64 bytes)
{
    return Answers::tr("no CR LF after a string of %1 bytes").arg(QString::number(bytes));
}

QString outOfMemory()
{
    return Answers::tr("out of memory");
}

QString problemAtByte(
    const QString& problem, qint64 byte, const QString& hex, const QString& excerpt)
{
    return Answers::tr("%1, at byte %2: %3 (%4)").arg(problem, QString::number(byte), hex, excerpt);
}

QString answerIsNotArray(const QString& command)
{
    return Answers::tr("%1: not an array").arg(command);
}

QString lineOfAnswerIsBad(const QString& command, qsizetype number, const QString& why)
{
    return Answers::tr("%1, line %2: %3").arg(command, QString::number(number), why);
}

QString entryOfAnswerIsBad(const QString& command, qsizetype number, const QString& why)
{
    return Answers::tr("%1, entry %2: %3").arg(command, QString::number(number), why);
}

QString noLineInAnswer(const QString& command)
{
    return Answers::tr("%1: no line").arg(command);
}

QString moreEntriesThanSlots(const QString& command)
{
    return Answers::tr("%1: more entries than slots").arg(command);
}

QString tooManyLines(const QString& command, qsizetype most)
{
    return Answers::tr("%1: more than %2 lines").arg(command, QString::number(most));
}

QString tooManyOwners(const QString& command, qsizetype most)
{
    return Answers::tr("%1: more than %2 owners of slots").arg(command, QString::number(most));
}

QString tooManyNodesInEntries(const QString& command, qsizetype most)
{
    return Answers::tr("%1: more than %2 nodes in its entries").arg(command, QString::number(most));
}

QString largerThanACluster(const QString& command)
{
    return Answers::tr("%1: more nodes or ranges than a cluster can have").arg(command);
}

QString isNotArray()
{
    return Answers::tr("not an array");
}

QString shardIsNotMap()
{
    return Answers::tr("a shard is not a map");
}

QString nodeIsNotMap()
{
    return Answers::tr("a node is not a map");
}

QString rangeIsBad()
{
    return Answers::tr("bad range of slots");
}

QString rangeIsHalf()
{
    return Answers::tr("half a range of slots");
}

QString tooManyFields()
{
    return Answers::tr("too many fields");
}

QString tooFewFields()
{
    return Answers::tr("fewer than 8 fields");
}

QString nodeIdIsMissing()
{
    return Answers::tr("no node id");
}

QString portIsMissing()
{
    return Answers::tr("no port");
}

QString portIsBad()
{
    return Answers::tr("bad port");
}

QString nodeWithoutPort()
{
    return Answers::tr("a node without a port");
}

QString nodeIsMissing()
{
    return Answers::tr("no node");
}

QString slotIsBad(const QString& said)
{
    return Answers::tr("bad slot %1").arg(said);
}

QString openSlotIsBad(const QString& said)
{
    return Answers::tr("bad open slot %1").arg(said);
}

} // namespace slotscope::explain
