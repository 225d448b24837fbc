// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/connecting.h"

#include <QCoreApplication>

namespace slotscope::explain {

namespace {

// The translation context.
struct Connecting
{
    Q_DECLARE_TR_FUNCTIONS(Connecting)
};

} // namespace

QString noCommand()
{
    return Connecting::tr("no command");
}

QString replyToNoCommand(const QString& reply)
{
    return Connecting::tr("a reply to no command: %1").arg(reply);
}

QString closedWithoutAWord()
{
    return Connecting::tr("closed without a word");
}

QString closedInsideReply()
{
    return Connecting::tr("closed in the middle of a reply");
}

QString noAddressToDial()
{
    return Connecting::tr("no address to dial");
}

QString resolverIsSilent()
{
    return Connecting::tr("no answer from the resolver in time");
}

QString noAnswer()
{
    return Connecting::tr("no answer");
}

QString noAnswerOf(const QString& address)
{
    return Connecting::tr("%1: no answer").arg(address);
}

QString noAnswerInTime()
{
    return Connecting::tr("no answer in time");
}

QString proxyClosed()
{
    return Connecting::tr("it closed the connection");
}

QString proxyIsSilent()
{
    return Connecting::tr("it says nothing");
}

QString proxyIsNotSocks5()
{
    return Connecting::tr("it does not speak SOCKS5");
}

QString proxyWantsLogin()
{
    return Connecting::tr("it wants a user name and a password");
}

QString proxyRulesForbid()
{
    return Connecting::tr("not allowed by the proxy's rules");
}

QString networkUnreachable()
{
    return Connecting::tr("network unreachable");
}

QString hostUnreachable()
{
    return Connecting::tr("host unreachable, or its name unknown there");
}

QString refusedThere()
{
    return Connecting::tr("connection refused");
}

QString timedOutThere()
{
    return Connecting::tr("timed out");
}

QString proxyCannot()
{
    return Connecting::tr("the proxy cannot do that");
}

QString proxyFailed()
{
    return Connecting::tr("general failure");
}

QString closedBeforeAnything()
{
    return Connecting::tr("closed before anything was said");
}

QString sshEnded(int status)
{
    return Connecting::tr("ssh ended with status %1").arg(QString::number(status));
}

QString sshWasKilled()
{
    return Connecting::tr("ssh was killed");
}

QString programNotStarted(const QString& program, const QString& why)
{
    return Connecting::tr("%1 cannot be started: %2").arg(program, why);
}

QString sshNotReady(const QString& said, const QString& seconds)
{
    return Connecting::tr("%1; ended because it was not ready after %2 s").arg(said, seconds);
}

QString sshNotAnswered(const QString& said)
{
    return Connecting::tr("%1; its question was not answered").arg(said);
}

} // namespace slotscope::explain
