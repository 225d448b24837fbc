// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/profiles.h"

#include <QCoreApplication>

namespace slotscope::explain {

namespace {

// The translation context.
struct Profiles
{
    Q_DECLARE_TR_FUNCTIONS(Profiles)
};

} // namespace

QString profileNeedsName()
{
    return Profiles::tr("a profile needs a name");
}

QString profileNameIsBad()
{
    return Profiles::tr("the name is too long, or has control characters");
}

QString profileNameIsTaken(const QString& name)
{
    return Profiles::tr("there is another profile named %1").arg(name);
}

QString profileNeedsEndpoint()
{
    return Profiles::tr("a profile needs an endpoint");
}

QString profileHasNoEndpoint()
{
    return Profiles::tr("the profile has no endpoint");
}

QString tooManyEndpoints(qsizetype most)
{
    return Profiles::tr("more than %1 endpoints").arg(QString::number(most));
}

QString endpointIsBad(const QString& why)
{
    return Profiles::tr("an endpoint: %1").arg(why);
}

QString profileNotUnderstood(const QString& name, const QString& what)
{
    return Profiles::tr("the profile %1 has what is not understood here: %2").arg(name, what);
}

QString profileIsGone()
{
    return Profiles::tr("this profile is no longer there");
}

QString noSuchProfile(const QString& name)
{
    return Profiles::tr("there is no profile %1").arg(name);
}

QString userIsMissing()
{
    return Profiles::tr("the user's name is missing");
}

QString iamNeedsNames()
{
    return Profiles::tr("IAM needs the user's id, the name of the cache and the region");
}

QString iamNeedsTls()
{
    return Profiles::tr("IAM needs TLS: a token in plain text could be read on its way");
}

QString profileIsNotIam()
{
    return Profiles::tr("this profile does not authenticate with IAM");
}

QString variableIsMissing()
{
    return Profiles::tr("the environment variable's name is missing");
}

QString commandIsMissing()
{
    return Profiles::tr("the command is missing");
}

QString nameToVerifyIsMissing()
{
    return Profiles::tr("the name to verify is missing");
}

QString socksProxyIsBad()
{
    return Profiles::tr("the SOCKS proxy is not HOST[:PORT]");
}

QString sshServerIsBad()
{
    return Profiles::tr("the SSH server is not [USER@]HOST[:PORT]");
}

QString addressMapIsBad(const QString& rule, const QString& why)
{
    return Profiles::tr("the address map, %1: %2").arg(rule, why);
}

QString timeoutIsBad()
{
    return Profiles::tr("the timeout is not between 1 ms and an hour");
}

QString respVersionIsBad()
{
    return Profiles::tr("the version of RESP is neither 2 nor 3");
}

QString refreshIntervalIsBad()
{
    return Profiles::tr("the refresh interval is longer than an hour");
}

QString keptAs(const QString& why, const QString& file)
{
    return Profiles::tr("%1; kept as %2").arg(why, file);
}

QString profilesTooLarge(qint64 megabytes)
{
    return Profiles::tr("larger than %1 MB").arg(QString::number(megabytes));
}

QString profilesAreNewer(int version, int known)
{
    return Profiles::tr("format version %1 is newer than %2")
        .arg(QString::number(version), QString::number(known));
}

QString notAListOfProfiles()
{
    return Profiles::tr("not a list of profiles");
}

QString profileWithoutName()
{
    return Profiles::tr("a profile without a name");
}

QString noAddressInText()
{
    return Profiles::tr("there is no address in this text");
}

QString noAddressUnderstood()
{
    return Profiles::tr("there is no address in this text that is understood");
}

QString tooManyWords(qsizetype most)
{
    return Profiles::tr("more than %1 words").arg(QString::number(most));
}

QString tooManyEntries(qsizetype most)
{
    return Profiles::tr("more than %1 entries").arg(QString::number(most));
}

QString entryIsBad(qsizetype number, const QString& why)
{
    return Profiles::tr("entry %1: %2").arg(QString::number(number), why);
}

QString listIsEmpty()
{
    return Profiles::tr("the list is empty");
}

QString hasNoEndpointYet(const QString& name)
{
    return Profiles::tr("%1 has no endpoint yet").arg(name);
}

QString portIsNoNumber()
{
    return Profiles::tr("the port is no number");
}

QString ofNewerSlotscope()
{
    return Profiles::tr("it is of a newer version of Slotscope");
}

} // namespace slotscope::explain
