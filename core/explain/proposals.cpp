// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/proposals.h"

#include <QCoreApplication>

namespace slotscope::explain {

namespace {

// The translation context.
struct Proposals
{
    Q_DECLARE_TR_FUNCTIONS(Proposals)
};

} // namespace

QString userIsNotDescribed()
{
    return Proposals::tr("Users have access here; the description does not say with which name.");
}

QString isMemcached(const QString& name)
{
    return Proposals::tr("%1 is Memcached, which does not speak the protocol of Redis and Valkey.")
        .arg(name);
}

QString sshKeysStayWithSsh()
{
    return Proposals::tr("The SSH password or key was not taken over: ssh itself asks for it, or "
                         "takes the keys of its agent and of ~/.ssh.");
}

QString wordIsAPassword()
{
    return Proposals::tr("What stands before the @ was read as a password, as redis-cli reads it: "
                         "with a user it would be user:password@.");
}

QString databaseIsLeftOut(int number)
{
    return Proposals::tr("Database %1 is left out: commands run in database 0 here, the one that "
                         "every cluster has.")
        .arg(QString::number(number));
}

QString verificationStaysOn()
{
    return Proposals::tr("The server's certificate will be verified here, also where the other "
                         "tool did not.");
}

QString certificateIsInFile()
{
    return Proposals::tr("The certificate to trust is text in the file: save it as a file of its "
                         "own and choose that.");
}

QString clientCertificateIsInFile()
{
    return Proposals::tr("The client certificate and its key are text in the file: save them as "
                         "files of their own and choose those.");
}

QString sentinelIsAskedItself()
{
    return Proposals::tr("This is a sentinel: it will be shown with the masters it knows.");
}

QString commandIsNotTakenOver(const QString& command)
{
    return Proposals::tr("A command that prints the secret was not taken over, since it would be "
                         "run: %1")
        .arg(command);
}

} // namespace slotscope::explain
