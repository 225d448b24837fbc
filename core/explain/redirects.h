// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace slotscope::explain {

// Captions of the redirect player. `command` is the command as a line, labels are S01, S03/2 or
// addresses.
QString askingFor(const QString& command, int slot, const QString& node);
QString askingKeyless(const QString& command, const QString& node);
QString askingUnknown(const QString& command, const QString& node); ///< it is in no table
/// After a wait, to the node that a newer map names.
QString sendingByNewerMap(const QString& command, const QString& node);
QString readingFromReplica(const QString& command, int slot, const QString& replica);
/// After a connection that could not be made.
QString waitingForAnotherWay(qint64 micros);
QString sendingAgain(const QString& command, const QString& node);
QString sendingToTheSame(const QString& command, const QString& node);
QString sendingAskingTogether(const QString& commandName, const QString& node);
QString movedReply(const QString& node, int slot, const QString& target);
QString mapRewritten(int slot, const QString& target);
QString askReply(const QString& node, int slot, const QString& target);
QString mapStays(const QString& commandName);
QString plainClientStops();
/// `share`: of the slots, 0 to 1, those that are not the node's own.
QString movedFromThisNode(double share);
/// A name that gave several addresses.
QString nameResolved(const QString& name, int addresses, const QString& chosen);
/// Of commands that play together: what else moves in this step.
QString andOthers(int count);
/// Of one node, as this computer received them: "MOVED 12/s, 340 in all"; "340 MOVED in all" when
/// none came in the last second. Empty for none.
QString redirectsCounted(const QString& word, qint64 inLastSecond, qint64 total);
QString seenBySlotscope(const QString& counts); ///< "..., seen by Slotscope"
QString endedTogether(int answered, int commands, qint64 micros);
QString waiting(const QString& word, const QString& node, qint64 micros);
QString connectFailed(const QString& node, const QString& reason);
QString outcomeUnknown(const QString& node);
QString answered(const QString& node, const QString& replyText);
QString tooManyRedirects(int hops);
QString redirectedInCircle(const QString& node, const QString& target);
QString gaveUpWaiting(const QString& word, const QString& node, qint64 micros);
/// NOAUTH, NOPERM, WRONGPASS.
QString deniedByNode(const QString& node, const QString& address);
QString redirectUnusable(const QString& target);
QString noAddressKnown(const QString& node);
QString ended(int hops, qint64 micros);
QString nextTimeStraight(const QString& node);
QString nextTimeAgain(const QString& node);
/// The same ghosts where the next command of this client starts anew: only a client that kept the
/// map would go there. The end says then where it really goes.
QString straightWithThisMap(const QString& node);
QString againWithThisMap(const QString& node);
QString startsWithoutMap(const QString& node);
QString startsWhereChosen(const QString& node);

/// "312 us", "1.2 ms", "2.0 s".
QString duration(qint64 micros);
QString connectedIn(qint64 micros); ///< "connected in 1.2 ms"
QString waited(qint64 micros); ///< "waited 50 ms"

/// An explanation of a MOVED or ASK that was pasted, made without any connection.
struct RedirectExplanation
{
    QString title; ///< "MOVED: slot 1738 belongs to 127.0.0.1:6379"
    QString meaning; ///< what the server said, in words
    QString likelyCause; ///< marked as a guess
    QString advice; ///< what to write instead, in words
    QString wrongCode; ///< Go, what probably stands there now; empty for ASK
    QString rightCode; ///< Go, for the target's port or "your endpoint"
};
RedirectExplanation explainRedirect(bool moved, int slot, const QString& target);

} // namespace slotscope::explain
