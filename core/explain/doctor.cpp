// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/doctor.h"

#include <QCoreApplication>

namespace slotscope::explain {
namespace {

// The translation context.
struct DoctorTexts
{
    Q_DECLARE_TR_FUNCTIONS(DoctorTexts)
};

} // namespace

QString examNothingToResolve()
{
    return DoctorTexts::tr("an address, no name");
}

QString examResolved(const QStringList& addresses)
{
    return addresses.size() == 1
        ? addresses.first()
        : DoctorTexts::tr("%1 addresses: %2")
              .arg(QString::number(addresses.size()), addresses.join(QStringLiteral(", ")));
}

QString examConnected(const QString& address)
{
    return DoctorTexts::tr("connected to %1").arg(address);
}

QString examEncrypted(
    const QString& protocol, const QString& cipher, const QString& name, bool verified)
{
    const QString how
        = cipher.isEmpty() ? protocol : DoctorTexts::tr("%1, %2").arg(protocol, cipher);
    return verified
        ? DoctorTexts::tr("%1; the certificate and the name %2 are verified.").arg(how, name)
        : DoctorTexts::tr("%1; NOT verified: the profile says so.").arg(how);
}

QString examCertificate(const QString& subject, const QString& issuer, const QStringList& names,
    const QString& until, qint64 days)
{
    QString text = DoctorTexts::tr("The certificate is %1's, signed by %2").arg(subject, issuer);
    if (!names.isEmpty())
        text += DoctorTexts::tr(", for %1").arg(names.join(QStringLiteral(", ")));
    text += days < 0 ? DoctorTexts::tr("; it has expired on %1.").arg(until)
        : days == 1
        ? DoctorTexts::tr("; it is good until %1, one day more.").arg(until)
        : DoctorTexts::tr("; it is good until %1, %2 days more.").arg(until, QString::number(days));
    return text;
}

QString examTlsProblems(const QStringList& problems)
{
    return DoctorTexts::tr("Not heeded: %1.").arg(problems.join(QStringLiteral("; ")));
}

QString examItself()
{
    return DoctorTexts::tr("itself");
}

QString examCertificateMore(const QString& since, const QString& sha256)
{
    return DoctorTexts::tr("Good since %1. SHA-256: %2.").arg(since, sha256);
}

QString examIssuers(const QStringList& subjects)
{
    return DoctorTexts::tr("Behind it: %1.").arg(subjects.join(QStringLiteral(", ")));
}

QString examGreeted(const QString& user, bool withPassword, int respVersion)
{
    const QString who = user.isEmpty() ? DoctorTexts::tr("the default user")
                                       : DoctorTexts::tr("user %1").arg(user);
    return withPassword
        ? DoctorTexts::tr("%1, with a password, RESP%2").arg(who, QString::number(respVersion))
        : DoctorTexts::tr("%1, no password, RESP%2").arg(who, QString::number(respVersion));
}

QString examPermitted()
{
    return DoctorTexts::tr("may run all that Slotscope asks for");
}

QString examUnavailable(const QStringList& commands)
{
    return DoctorTexts::tr("not available here, and left out: %1")
        .arg(commands.join(QStringLiteral(", ")));
}

QString examCluster(const QString& state)
{
    return DoctorTexts::tr("a cluster node, cluster_state:%1").arg(state);
}

QString examStandalone()
{
    return DoctorTexts::tr("Cluster support is off here. This server never answers MOVED.");
}

QString examSentinel()
{
    return DoctorTexts::tr("A sentinel: it tells which servers are primaries and holds no data.");
}

QString examKindUnknown()
{
    return DoctorTexts::tr("It tells nothing by which one knows whether it is a cluster.");
}

QString examIsNode(const QString& id)
{
    return DoctorTexts::tr("node %1").arg(id);
}

QString examIdentityUnknown()
{
    return DoctorTexts::tr("not checked: it does not tell its node id");
}

QString examOtherNode(const QString& expected, const QString& told)
{
    return DoctorTexts::tr("Expected node %1, reached %2. This may be another cluster.")
        .arg(expected, told);
}

QString examPong()
{
    return DoctorTexts::tr("answered");
}

QString examFailsAt(const QString& stage, const QString& cause)
{
    return DoctorTexts::tr("%1: %2").arg(stage, cause);
}

QString examCountAt(int nodes, const QString& stage, const QString& reason)
{
    const QString text = DoctorTexts::tr("%1 at %2").arg(QString::number(nodes), stage);
    return reason.isEmpty() ? text : DoctorTexts::tr("%1 (%2)").arg(text, reason);
}

QString examReason(const QString& reason, const QString& detail)
{
    return DoctorTexts::tr("%1: %2").arg(reason, detail);
}

QString examSeedTitle()
{
    return DoctorTexts::tr("The seed, stage by stage:");
}

QString examMoreNodes(qsizetype nodes)
{
    return DoctorTexts::tr("and %1 more").arg(nodes);
}

QString clientsTitle()
{
    return DoctorTexts::tr("What clients do when they are given this one endpoint:");
}

QString examAnnouncesLoopback()
{
    return u' '
        + DoctorTexts::tr("They announce loopback addresses, which lead to this computer here.");
}

QString examAnnouncesPrivate()
{
    return u' '
        + DoctorTexts::tr(
            "They announce addresses of a private network that this computer is not in.");
}

QString examAnnouncesUnknownNames()
{
    return u' ' + DoctorTexts::tr("They announce names that are not known here.");
}

QString examPlaces(const QStringList& counts)
{
    return DoctorTexts::tr("%1.").arg(counts.join(QStringLiteral(", ")));
}

QString examNodesFail(int failing, int nodes, const QString& where)
{
    return (failing == 1 ? DoctorTexts::tr("%1 of %2 nodes fails: %3")
                         : DoctorTexts::tr("%1 of %2 nodes fail: %3"))
        .arg(QString::number(failing), QString::number(nodes), where);
}

QString examSeedFails(const QString& stage, const QString& cause)
{
    return DoctorTexts::tr("The endpoint fails at the stage %1. %2").arg(stage, cause);
}

QString examAllReached(int nodes)
{
    return nodes == 1 ? DoctorTexts::tr("1 of 1 node reached.")
                      : DoctorTexts::tr("%1 of %1 nodes reached.").arg(QString::number(nodes));
}

QString examServerReached()
{
    return DoctorTexts::tr("The server was reached. It names no other nodes.");
}

QString examStopped(int reached, int nodes)
{
    return DoctorTexts::tr("Stopped. %1 of %2 reached so far.")
        .arg(QString::number(reached), QString::number(nodes));
}

QString examUnderWay(int done, int nodes, int failing)
{
    const QString text = (nodes == 1 ? DoctorTexts::tr("Testing: %1 of %2 node done")
                                     : DoctorTexts::tr("Testing: %1 of %2 nodes done"))
                             .arg(QString::number(done), QString::number(nodes));
    return failing == 0 ? text + u'…'
                        : DoctorTexts::tr("%1, %2 failing…").arg(text, QString::number(failing));
}

QString examSeedUnderWay()
{
    return DoctorTexts::tr("Testing the endpoint; it will name the others…");
}

QString examTitleOfName()
{
    return DoctorTexts::tr("Name");
}

QString examTitleOfLogin()
{
    return DoctorTexts::tr("Login");
}

QString examTitleOfPermission()
{
    return DoctorTexts::tr("Permission");
}

QString examTitleOfKind()
{
    return DoctorTexts::tr("Kind");
}

QString examTitleOfIdentity()
{
    return DoctorTexts::tr("Identity");
}

QString examTitleOfRoundTrip()
{
    return DoctorTexts::tr("Round trip");
}

} // namespace slotscope::explain
