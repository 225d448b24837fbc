// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QStringList>

// Sentences about a line that was typed and a command that was not sent. Positions count from 1.
namespace slotscope::explain {

QString unterminatedQuote(int position);
QString textAfterQuote(int position);
QString emptyCommand();
/// `name` streams: it has no single reply.
QString streamingCommand(const QString& name);
/// `key` as it is shown, quotes included.
QString keyInSlot(const QString& key, int slot);
/// `places`: keyInSlot() of the first of them. `example`: the first key with a hash tag that would
/// bring all of them into one slot; empty when there is none to propose.
QString keysInDifferentSlots(int keys, const QStringList& places, const QString& example);
QString slotUnowned(int slot);
/// `name` (MULTI, EXEC, WATCH, ...) works on the connection that it is sent on, and nothing else.
QString transactionCommandAlone(const QString& name);
/// `name` would end the transaction, or change the connection that it stands on.
QString notInsideTransaction(const QString& name);
/// A command of a transaction got an error instead of QUEUED, or EXEC says EXECABORT.
QString refusedWhileQueued();
QString watchedKeyChanged();
/// Asked to stream a command that has one reply.
QString notAStream();
/// The server ended the subscription of a shard channel.
QString slotMovedAway();
/// CLUSTER SLOT-STATS. `why`: what the servers said, if they were asked.
QString noSlotStats(const QString& why = {});
QString slotsMovedMeanwhile(); ///< while their owner was asked about them
// Several nodes at once, and commands split by slot.
QString scanNotFannedOut();
QString actsOnOneConnection(const QString& name);
QString nobodyToAsk();
QString commandNotSplit(const QString& name);
QString atomicCommandNotSplit(const QString& name); ///< MSETNX
QString argumentsMissing(const QString& name);
QString splitIsNotAtomic(int parts);
/// A part of a split command was answered with something else than its values.
QString answerDoesNotFit();
/// Cancelled while nothing was on its way.
QString cancelled();

} // namespace slotscope::explain
