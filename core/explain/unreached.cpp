// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/unreached.h"

#include "core/explain/codestring.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace slotscope::explain {
namespace {

// The translation context.
struct UnreachedTexts
{
    Q_DECLARE_TR_FUNCTIONS(UnreachedTexts)
};

/// Three of them, and how many more.
QString some(const QStringList& addresses)
{
    constexpr qsizetype most = 3;
    const QString first = addresses.first(qMin(most, addresses.size())).join(u", "_s);
    return addresses.size() <= most
        ? first
        : UnreachedTexts::tr("%1 and %2 more").arg(first, QString::number(addresses.size() - most));
}

} // namespace

QString unreachedNodes(int failed, int asked)
{
    return (asked == 1 ? UnreachedTexts::tr("%1 of %2 node cannot be reached from here.")
                       : UnreachedTexts::tr("%1 of %2 nodes cannot be reached from here."))
        .arg(failed)
        .arg(asked);
}

QString unreachedLoopback(const QStringList& addresses)
{
    return UnreachedTexts::tr(
        "%1: announced as loopback, which is this computer here and was theirs there (a "
        "container, perhaps).")
        .arg(some(addresses));
}

QString unreachedPrivate(const QStringList& addresses)
{
    return UnreachedTexts::tr("%1: addresses of a private network that this computer is not in.")
        .arg(some(addresses));
}

QString unreachedContainerName(const QStringList& addresses)
{
    return UnreachedTexts::tr(
        "%1: a name that is known only among containers or on another network.")
        .arg(some(addresses));
}

QString unreachedName(const QStringList& addresses)
{
    return UnreachedTexts::tr("%1: the name is not known to DNS here.").arg(some(addresses));
}

QString unreachedRefused(const QStringList& addresses)
{
    return UnreachedTexts::tr("%1: refused. Nothing listens there.").arg(some(addresses));
}

QString unreachedSilent(const QStringList& addresses)
{
    return UnreachedTexts::tr("%1: no answer. The node is down, or a firewall drops what is sent.")
        .arg(some(addresses));
}

QString unreachedWrongNode(const QStringList& addresses)
{
    return UnreachedTexts::tr(
        "%1: another node answers there. Check the address map and the tunnel.")
        .arg(some(addresses));
}

QString unreachedFarEnd(const QStringList& addresses)
{
    return UnreachedTexts::tr("%1: not reached by the far end of the proxy or tunnel.")
        .arg(some(addresses));
}

QString unreachedOther(const QStringList& addresses)
{
    return UnreachedTexts::tr("%1: it cannot be used.").arg(some(addresses));
}

QString proposeMap(const QStringList& rules)
{
    QStringList options;
    for (const QString& rule : rules)
        options.append(u"--map "_s + codeString(CodeLanguage::Shell, rule));
    return UnreachedTexts::tr("If their ports are forwarded to the host you typed, map them: %1.")
        .arg(options.join(u' '));
}

QString proposeSsh()
{
    return UnreachedTexts::tr(
        "If you can log in to a host that reaches them, go through it: --ssh HOST.");
}

QString proposeSocks()
{
    return UnreachedTexts::tr(
        "If there is a SOCKS5 proxy that reaches them, go through it: --socks HOST:PORT.");
}

} // namespace slotscope::explain
