// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

// What is wrong with the bytes or the values that a server answered with: details of errors, to
// stand in brackets or behind a colon. `excerpt` and `said` are what it sent, as it is shown.
namespace slotscope::explain {

QString emptyReply();
QString unexpectedType(const QString& command);
QString noListOfCommands();

// RESP. `what` is a word of the protocol.
QString aggregateOf(const QString& what, qint64 elements); ///< "array of 3"
QString overLimit(QLatin1StringView what, qint64 limit);
QString noLineEnd(qint64 bytes);
QString outOfMemory();
QString problemAtByte(
    const QString& problem, qint64 byte, const QString& hex, const QString& excerpt);

// CLUSTER NODES, SLOTS and SHARDS.
QString answerIsNotArray(const QString& command);
QString lineOfAnswerIsBad(const QString& command, qsizetype number, const QString& why);
QString entryOfAnswerIsBad(const QString& command, qsizetype number, const QString& why);
QString noLineInAnswer(const QString& command);
QString moreEntriesThanSlots(const QString& command);
QString tooManyLines(const QString& command, qsizetype most);
QString tooManyOwners(const QString& command, qsizetype most);
QString tooManyNodesInEntries(const QString& command, qsizetype most);
QString largerThanACluster(const QString& command);
QString isNotArray();
QString shardIsNotMap();
QString nodeIsNotMap();
QString rangeIsBad();
QString rangeIsHalf();
QString tooManyFields();
QString tooFewFields();
QString nodeIdIsMissing();
QString portIsMissing();
QString portIsBad();
QString nodeWithoutPort();
QString nodeIsMissing();
QString slotIsBad(const QString& said);
QString openSlotIsBad(const QString& said);

} // namespace slotscope::explain
