// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/addresses.h"

#include <QCoreApplication>

namespace slotscope::explain {

namespace {

// The translation context.
struct Addresses
{
    Q_DECLARE_TR_FUNCTIONS(Addresses)
};

} // namespace

QString nothingEntered()
{
    return Addresses::tr("nothing was entered");
}

QString textTooLong()
{
    return Addresses::tr("that is too long");
}

QString addressIsEmpty()
{
    return Addresses::tr("empty");
}

QString addressHasBlanks()
{
    return Addresses::tr("blanks or line breaks inside");
}

QString notOurScheme()
{
    return Addresses::tr("not a scheme of Redis or Valkey");
}

QString encodeBeforeAt()
{
    return Addresses::tr("a / ? or # before the @ must be percent-encoded");
}

QString userNeedsUrl()
{
    return Addresses::tr("a user or a password needs a redis:// URL");
}

QString notADatabase()
{
    return Addresses::tr("the path is not a database number");
}

QString otherDatabase(int number)
{
    return Addresses::tr("commands run in database 0 here, the one that every cluster has: "
                         "leave out database %1")
        .arg(QString::number(number));
}

QString noHost()
{
    return Addresses::tr("no host");
}

QString noHostName()
{
    return Addresses::tr("no host name");
}

QString hostTooLong(int most)
{
    return Addresses::tr("the host is longer than %1 characters").arg(QString::number(most));
}

QString partOfHostIsBad(int most)
{
    return Addresses::tr("the host has a part that is empty, begins with - or is longer than %1")
        .arg(QString::number(most));
}

QString notAHostName()
{
    return Addresses::tr("characters that no host name has");
}

QString numberAlone(const QString& number)
{
    return Addresses::tr("a number alone: a port needs a host before it, as in 127.0.0.1:%1")
        .arg(number);
}

QString notIPv4(const QString& host)
{
    return Addresses::tr("%1 is not an IPv4 address").arg(host);
}

QString noIPv6InBrackets()
{
    return Addresses::tr("no IPv6 address in [ ]");
}

QString bracketNotClosed()
{
    return Addresses::tr("[ without ]");
}

QString tooManyColons()
{
    return Addresses::tr("more than one colon, and no IPv6 address");
}

QString noPort()
{
    return Addresses::tr("no port");
}

QString badPort()
{
    return Addresses::tr("bad port");
}

QString portNotInRange()
{
    return Addresses::tr("the port is not a number from 1 to 65535");
}

QString noPortBehindBracket()
{
    return Addresses::tr("something other than a port after ]");
}

QString notARule()
{
    return Addresses::tr("not HOST=HOST or HOST:PORT=HOST:PORT");
}

QString noSubnet()
{
    return Addresses::tr("no subnet");
}

QString moreThanOneStar()
{
    return Addresses::tr("more than one *");
}

QString starOnlyOnTheRight()
{
    return Addresses::tr("a * on the right only");
}

QString seedIsNotAnnounced()
{
    return Addresses::tr("@seed is where to dial, not what is announced");
}

QString subnetIsNotDialled()
{
    return Addresses::tr("a subnet cannot be dialled");
}

QString portOnOneSideOnly()
{
    return Addresses::tr("a port on one side only");
}

QString portRangesDiffer()
{
    return Addresses::tr("the ranges of ports differ in size");
}

QString noUserBeforeAt()
{
    return Addresses::tr("no user name before the @");
}

} // namespace slotscope::explain
