// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/commands.h"

#include <QCoreApplication>

namespace slotscope::explain {

namespace {

// The translation context.
struct Commands
{
    Q_DECLARE_TR_FUNCTIONS(Commands)
};

} // namespace

QString unterminatedQuote(int position)
{
    return Commands::tr("The quote opened at position %1 is not closed.").arg(position);
}

QString textAfterQuote(int position)
{
    return Commands::tr("A blank must follow the closing quote before position %1.").arg(position);
}

QString emptyCommand()
{
    return Commands::tr("There is no command to send.");
}

QString streamingCommand(const QString& name)
{
    return Commands::tr(
        "%1 turns a connection into a stream and has no single reply, so it is not sent here.")
        .arg(name);
}

QString keyInSlot(const QString& key, int slot)
{
    return Commands::tr("%1 is in slot %2").arg(key, QString::number(slot));
}

QString keysInDifferentSlots(int keys, const QStringList& places, const QString& example)
{
    QString where = places.join(Commands::tr(", "));
    if (places.size() < keys)
        where = Commands::tr("%1, and so on").arg(where);
    const QString advice = example.isEmpty()
        ? Commands::tr("Keys with the same {hash tag} share a slot.")
        : Commands::tr("Keys with the same {hash tag} share a slot: name them like %1.")
              .arg(example);
    return Commands::tr("The %1 keys of this command are in different slots: a cluster answers "
                        "CROSSSLOT. %2. %3 Not sent.")
        .arg(QString::number(keys), where, advice);
}

QString slotUnowned(int slot)
{
    return Commands::tr("This computer's map names no owner for slot %1. Not sent.").arg(slot);
}

QString transactionCommandAlone(const QString& name)
{
    return Commands::tr(
        "%1 works only together with the commands around it on the same connection, and each "
        "command here gets a connection by itself. Not sent. Run the commands as one transaction, "
        "or as one script with EVAL.")
        .arg(name);
}

QString notInsideTransaction(const QString& name)
{
    return Commands::tr("%1 cannot be one of the commands inside a transaction. Not sent.")
        .arg(name);
}

QString refusedWhileQueued()
{
    return Commands::tr(
        "A command of the transaction was refused while it was queued. EXEC would answer "
        "EXECABORT: nothing was executed.");
}

QString watchedKeyChanged()
{
    return Commands::tr(
        "A watched key was changed by somebody else before EXEC: nothing was executed.");
}

QString notAStream()
{
    return Commands::tr(
        "Only SUBSCRIBE, PSUBSCRIBE, SSUBSCRIBE and MONITOR go on answering. Not sent.");
}

QString noSlotStats(const QString& why)
{
    const QString text = Commands::tr(
        "CLUSTER SLOT-STATS is not available here (Valkey has it from 8.0, Redis from 8.2)");
    return why.isEmpty() ? QString(text + u'.') : Commands::tr("%1: %2").arg(text, why);
}

QString slotsMovedMeanwhile()
{
    return Commands::tr("Slots have moved to another node meanwhile. Ask again.");
}

QString slotMovedAway()
{
    return Commands::tr(
        "The server ended the subscription: the slot of the channel moves to another node. This "
        "computer subscribes again there; what is published in between is missed.");
}

QString scanNotFannedOut()
{
    return Commands::tr(
        "A SCAN cursor belongs to the node that gave it, so one SCAN cannot be sent "
        "to several nodes: each primary has to be scanned with a cursor of its "
        "own. Not sent.");
}

QString actsOnOneConnection(const QString& name)
{
    return Commands::tr("%1 concerns only the connection that it is sent on, so sending it to "
                        "several nodes on new connections would mean nothing. Not sent.")
        .arg(name);
}

QString nobodyToAsk()
{
    return Commands::tr("This computer's map has no such node. Not sent.");
}

QString commandNotSplit(const QString& name)
{
    return Commands::tr("%1 is not split by slot: only DEL, UNLINK, EXISTS, TOUCH, MGET and MSET "
                        "are. Not sent.")
        .arg(name);
}

QString atomicCommandNotSplit(const QString& name)
{
    return Commands::tr("%1 sets all of its keys or none. Split by slot it could set some of them, "
                        "so it is never split. Not sent.")
        .arg(name);
}

QString argumentsMissing(const QString& name)
{
    return Commands::tr("Arguments of %1 are missing. Not sent.").arg(name);
}

QString splitIsNotAtomic(int parts)
{
    return Commands::tr("Split into %1 commands, one for each slot. They are not executed "
                        "together: others may see some done and some not, and one may fail alone.")
        .arg(parts);
}

QString answerDoesNotFit()
{
    return Commands::tr("The answer does not fit this part of the command.");
}

QString cancelled()
{
    return Commands::tr("Cancelled. Nothing was executed.");
}

} // namespace slotscope::explain
