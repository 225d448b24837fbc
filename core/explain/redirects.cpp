// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/redirects.h"

#include "core/explain/goredis.h"

#include <QCoreApplication>

namespace slotscope::explain {

namespace {

// The translation context.
struct Redirects
{
    Q_DECLARE_TR_FUNCTIONS(Redirects)
};

} // namespace

QString askingFor(const QString& command, int slot, const QString& node)
{
    return Redirects::tr("%1 is slot %2. This computer asks %3.")
        .arg(command, QString::number(slot), node);
}

QString askingKeyless(const QString& command, const QString& node)
{
    return Redirects::tr("%1 has no key. This computer asks %2.").arg(command, node);
}

QString askingUnknown(const QString& command, const QString& node)
{
    return Redirects::tr("Where the keys of %1 stand is not known here. This computer asks %2.")
        .arg(command, node);
}

QString sendingAgain(const QString& command, const QString& node)
{
    return Redirects::tr("This computer sends %1 again, now to %2.").arg(command, node);
}

QString sendingByNewerMap(const QString& command, const QString& node)
{
    return Redirects::tr(
        "Meanwhile this computer has a newer map, which names %2. It sends %1 there.")
        .arg(command, node);
}

QString readingFromReplica(const QString& command, int slot, const QString& replica)
{
    return Redirects::tr(
        "%1 is slot %2. This computer reads from %3, a replica, after READONLY: what it answers "
        "may be a little old.")
        .arg(command, QString::number(slot), replica);
}

QString waitingForAnotherWay(qint64 micros)
{
    if (micros <= 0)
        return Redirects::tr("This computer waits for a newer map, then tries again.");
    return Redirects::tr("This computer waits %1 for a newer map, then tries again.")
        .arg(duration(micros));
}

QString sendingAskingTogether(const QString& commandName, const QString& node)
{
    return Redirects::tr("ASKING and %1 travel to %2 together, in one write.")
        .arg(commandName, node);
}

QString movedReply(const QString& node, int slot, const QString& target)
{
    return Redirects::tr("%1 does not own slot %2: MOVED, it belongs to %3. %1 forwards nothing.")
        .arg(node, QString::number(slot), target);
}

QString mapRewritten(int slot, const QString& target)
{
    return Redirects::tr("A cluster client writes %1 -> %2 into its map and sends again to %2.")
        .arg(QString::number(slot), target);
}

QString askReply(const QString& node, int slot, const QString& target)
{
    return Redirects::tr(
        "%1 owns slot %2 but no longer has this key, because the slot is moving to %3: "
        "ASK, try %3 this once.")
        .arg(node, QString::number(slot), target);
}

QString mapStays(const QString& commandName)
{
    return Redirects::tr("It sends ASKING and %1 together. Its map stays as it was.")
        .arg(commandName);
}

QString plainClientStops()
{
    return Redirects::tr("A plain client stops here. Your program receives this error.");
}

QString movedFromThisNode(double share)
{
    if (share <= 0)
        return {};
    if (share >= 1)
        return Redirects::tr("From this node every slot answers MOVED.");
    // Rounded down: what works now and then must not read as never.
    const int percent = static_cast<int>(share * 100);
    if (percent < 1)
        return Redirects::tr(
            "From this node less than 1 % of slots answer MOVED, which is why it mostly works.");
    return Redirects::tr(
        "From this node %1 % of slots answer MOVED, which is why it sometimes works.")
        .arg(percent);
}

QString nameResolved(const QString& name, int addresses, const QString& chosen)
{
    return Redirects::tr("%1 resolves to %2 addresses; this computer chose %3.")
        .arg(name, QString::number(addresses), chosen);
}

QString andOthers(int count)
{
    if (count <= 0)
        return {};
    if (count == 1)
        return Redirects::tr("One other command is on its way.");
    return Redirects::tr("%1 other commands are on their way.").arg(count);
}

QString redirectsCounted(const QString& word, qint64 inLastSecond, qint64 total)
{
    if (total <= 0)
        return {};
    if (inLastSecond <= 0)
        return Redirects::tr("%1 %2 in all").arg(QString::number(total), word);
    return Redirects::tr("%1 %2/s, %3 in all")
        .arg(word, QString::number(inLastSecond), QString::number(total));
}

QString seenBySlotscope(const QString& counts)
{
    return Redirects::tr("%1, seen by Slotscope").arg(counts);
}

QString endedTogether(int answered, int commands, qint64 micros)
{
    return Redirects::tr("%1 of %2 commands were answered, after %3 in all.")
        .arg(QString::number(answered), QString::number(commands), duration(micros));
}

QString waiting(const QString& word, const QString& node, qint64 micros)
{
    if (micros <= 0)
        return Redirects::tr(
            "%1 from %2: nothing was executed. This computer waits, then sends again.")
            .arg(word, node);
    return Redirects::tr(
        "%1 from %2: nothing was executed. This computer waits %3, then sends again.")
        .arg(word, node, duration(micros));
}

QString connectFailed(const QString& node, const QString& reason)
{
    if (reason.isEmpty())
        return Redirects::tr("No connection to %1. Nothing was sent.").arg(node);
    return Redirects::tr("No connection to %1: nothing was sent. %2").arg(node, reason);
}

QString outcomeUnknown(const QString& node)
{
    return Redirects::tr("Sent to %1, no reply. It may have been executed. Not sent again.")
        .arg(node);
}

QString answered(const QString& node, const QString& replyText)
{
    return Redirects::tr("%1 answers: %2").arg(node, replyText);
}

QString tooManyRedirects(int hops)
{
    return Redirects::tr("Stopped after %1 visits: the redirects do not end.")
        .arg(QString::number(hops));
}

QString redirectedInCircle(const QString& node, const QString& target)
{
    return Redirects::tr(
        "Stopped: %1 answered MOVED to %2 a second time. The nodes' maps disagree.")
        .arg(node, target);
}

QString gaveUpWaiting(const QString& word, const QString& node, qint64 micros)
{
    return Redirects::tr(
        "Gave up: %2 still answers %1 after waits of %3 altogether. Nothing was executed.")
        .arg(word, node, duration(micros));
}

QString deniedByNode(const QString& node, const QString& address)
{
    return Redirects::tr(
        "%1 refuses this user. Each node keeps users and passwords for itself, so others may let "
        "it in: compare its ACL with theirs. Not sent again.")
        .arg(node == address ? node : node % QStringLiteral(" (") % address % u')');
}

QString redirectUnusable(const QString& target)
{
    return Redirects::tr(
        "The redirect names \"%1\", which cannot be dialled, and the map knows no other "
        "address for it.")
        .arg(target);
}

QString noAddressKnown(const QString& node)
{
    return Redirects::tr("The map has no address for %1 that can be dialled.").arg(node);
}

QString ended(int hops, qint64 micros)
{
    if (hops == 1)
        return Redirects::tr("Answered at the first visit, after %1 in all.").arg(duration(micros));
    return Redirects::tr("Answered after %1 visits and %2 in all.")
        .arg(QString::number(hops), duration(micros));
}

QString nextTimeStraight(const QString& node)
{
    return Redirects::tr("next time: straight to %1").arg(node);
}

QString nextTimeAgain(const QString& node)
{
    return Redirects::tr("next time: %1 again").arg(node);
}

QString duration(qint64 micros)
{
    if (micros < 1000)
        return Redirects::tr("%1 us").arg(QString::number(micros));
    if (micros < 10'000)
        return Redirects::tr("%1 ms").arg(QString::number(double(micros) / 1000.0, 'f', 1));
    if (micros < 1'000'000)
        return Redirects::tr("%1 ms").arg(QString::number(micros / 1000));
    return Redirects::tr("%1 s").arg(QString::number(double(micros) / 1'000'000.0, 'f', 1));
}

QString connectedIn(qint64 micros)
{
    return Redirects::tr("connected in %1").arg(duration(micros));
}

QString waited(qint64 micros)
{
    return Redirects::tr("waited %1").arg(duration(micros));
}

RedirectExplanation explainRedirect(bool moved, int slot, const QString& target)
{
    const QString number = QString::number(slot);
    const qsizetype colon = target.lastIndexOf(u':');
    const QString host = target.left(qMax(colon, qsizetype(0)));
    const QString port = target.mid(colon + 1);
    // Several arguments go into one arg() call, here and everywhere: a "%1" that a server put into
    // one of them must not be replaced by the next. An empty host means "the host you asked", "?"
    // means that the node announces none.
    const bool named = !host.isEmpty() && host != u"?";
    const QString place = named ? target
        : host.isEmpty()        ? Redirects::tr("port %1 of the host that answered").arg(port)
                         : Redirects::tr("a node on port %1 that announces no host name").arg(port);

    // Not the target: one node of many, whose address may be gone tomorrow.
    const QString yourEndpoint = QStringLiteral("your-endpoint:") + port;

    RedirectExplanation e;
    if (moved) {
        e.title = Redirects::tr("MOVED: slot %1 belongs to %2").arg(number, place);
        e.meaning = Redirects::tr(
            "The server that answered is part of a cluster and does not own slot %1. It "
            "executed nothing and forwarded nothing: the client must send the command "
            "again, to %2, and remember that for the next time.")
                        .arg(number, place);
        e.likelyCause = Redirects::tr(
            "Probably (a guess): the program uses a client for a single server. go-redis' "
            "NewUniversalClient with one address makes such a client, even when that "
            "address is the configuration endpoint of a cluster.");
        e.advice = Redirects::tr(
            "Use a cluster client. It may be given this one address: it learns all others "
            "from the server. In go-redis that is NewClusterClient, or NewUniversalClient with "
            "IsClusterMode: true since v9.8.0. Every other language has its own; redis-cli "
            "needs -c.");
        const GoRedisCode code = goRedisCode(yourEndpoint, false, QString(), false);
        e.wrongCode = code.wrong;
        e.rightCode = code.right;
        return e;
    }
    e.title = Redirects::tr("ASK: slot %1 is moving to %2").arg(number, place);
    e.meaning = Redirects::tr(
        "The server that answered owns slot %1 but no longer has this key, because the "
        "slot is being moved. The client must send ASKING and the command to %2, this "
        "once, and go on using the old owner for the slot.")
                    .arg(number, place);
    e.likelyCause = Redirects::tr(
        "Probably (a guess): somebody is resharding the cluster at this moment, and the "
        "program's client does not follow redirects: a client for a single server, or a "
        "cluster client that was told not to.");
    e.advice = Redirects::tr(
        "A cluster client follows ASK by itself. A plain client meets this error for keys "
        "that have moved already, until the slot's move is finished; then the old owner "
        "answers MOVED.");
    e.rightCode = goRedisCode(yourEndpoint, false, QString(), false).right;
    return e;
}

} // namespace slotscope::explain
