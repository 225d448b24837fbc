// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/clients.h"

#include "core/explain/wording.h"

#include <QCoreApplication>

namespace slotscope::explain {

namespace {

// The translation context.
struct Clients
{
    Q_DECLARE_TR_FUNCTIONS(Clients)
};

} // namespace

QString withOneAddress(const QString& constructor)
{
    return Clients::tr("%1 with one address").arg(constructor);
}

QString makesPlainClient(
    const QString& constructor, std::optional<double> movedShare, bool isReplica)
{
    if (isReplica)
        return Clients::tr(
            "%1 makes a single-server client. This node is a replica, which owns no slots: your "
            "program receives MOVED for every key.")
            .arg(constructor);
    if (!movedShare)
        return Clients::tr(
            "%1 makes a single-server client: your program receives MOVED for every slot that "
            "this node does not own.")
            .arg(constructor);
    if (*movedShare <= 0)
        return Clients::tr(
            "%1 makes a single-server client. It works only as long as this node owns every "
            "slot: after a failover or a move of slots your program receives MOVED.")
            .arg(constructor);
    if (*movedShare >= 1)
        return Clients::tr(
            "%1 makes a single-server client: your program receives MOVED for every slot.")
            .arg(constructor);
    // Rounded down, as everywhere: what works now and then must not read as never.
    const int percent = static_cast<int>(*movedShare * 100);
    if (percent < 1)
        return Clients::tr(
            "%1 makes a single-server client: your program receives MOVED for less than 1 % of "
            "the slots.")
            .arg(constructor);
    return Clients::tr(
        "%1 makes a single-server client: your program receives MOVED for %2 % of the slots.")
        .arg(constructor, QString::number(percent));
}

QString findsClusterItself(const QString& constructor)
{
    return Clients::tr(
        "%1 asks the server, finds the cluster's nodes from this one address and follows MOVED "
        "and ASK by itself.")
        .arg(constructor);
}

QString refusesReplica(const QString& constructor)
{
    return Clients::tr("%1 makes a single-server client, which wants a primary. This node is a "
                       "replica: connecting fails.")
        .arg(constructor);
}

QString sampleKeysMoved(int moved, int answered)
{
    return Clients::tr("Asked for %1 sample keys, this node answered %2 with MOVED.")
        .arg(QString::number(answered), QString::number(moved));
}

QString sampleKeysFollowed(int asked, int served, int first, int second)
{
    const auto redirects = [](int count) {
        return count == 0 ? Clients::tr("no redirect")
                          : counted(count, Clients::tr("%1 redirect"), Clients::tr("%1 redirects"));
    };
    if (served == 0) {
        return Clients::tr("A cluster client that begins with this one address and follows MOVED "
                           "was served none of %1 keys.")
            .arg(QString::number(asked));
    }
    QString text
        = Clients::tr("A cluster client that begins with this one address and follows MOVED was "
                      "served %1 of %2 keys, with %3 the first time and %4 the second time.")
              .arg(QString::number(served), QString::number(asked), redirects(first),
                  redirects(second));
    if (first > 0 && second == 0)
        text += u' '
            + Clients::tr("It remembers what MOVED said. One that loads the slot map "
                          "before its first command needs no redirects at all.");
    else if (second > 0)
        text += u' ' + Clients::tr("Slots are moving, or nodes disagree about them.");
    return text;
}

QString sampleKeyFailed(const QString& why)
{
    return Clients::tr("Not served, for example: %1").arg(why);
}

QString questionMarkIsNoName()
{
    return Clients::tr(
        "\"?\" is a node without a name: cluster-preferred-endpoint-type is hostname, "
        "and cluster-announce-hostname is not set there. Set it on each node, or the "
        "type to ip.");
}

QString mapIsRefused(const QString& constructor, const QString& command)
{
    return Clients::tr("%1 loads its slot map with %2, which is refused to this user here: it "
                       "cannot load it.")
        .arg(constructor, command);
}

QString logsInByToken(const QString& hook)
{
    if (hook.isEmpty()) {
        return Clients::tr(
            "This user logs in with an IAM token of 15 minutes instead of REDIS_PASSWORD: make a "
            "new one for each connection; no token provider of this client is known here.");
    }
    return Clients::tr(
        "This user logs in with an IAM token of 15 minutes instead of REDIS_PASSWORD: a token "
        "provider must make a new one for each connection, given as %1. AWS ends a connection "
        "after 12 hours unless it has logged in again (AUTH); the client then connects anew and "
        "asks the provider again.")
        .arg(hook);
}

QString plainClientIsRight(const QString& constructor)
{
    return Clients::tr(
        "%1 makes a single-server client, which is right: cluster support is off here, and this "
        "server never answers MOVED.")
        .arg(constructor);
}

QString clusterClientFails(const QString& constructor)
{
    return Clients::tr(
        "%1 would fail: this server answers CLUSTER SLOTS with \"This instance has cluster support "
        "disabled\".")
        .arg(constructor);
}

QString sentinelServesNoData(const QString& constructor)
{
    return Clients::tr(
        "%1 makes a client of the sentinel itself, which holds no data: GET and SET are unknown "
        "commands there.")
        .arg(constructor);
}

QString asksSentinel(const QString& constructor, const QString& master)
{
    return Clients::tr(
        "%1 asks the sentinel where the primary of \"%2\" is, and again after a failover.")
        .arg(constructor, master);
}

} // namespace slotscope::explain
