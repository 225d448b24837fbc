// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/doctor.h"

#include <QCoreApplication>

namespace slotscope::explain {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("doctor", text);
}

} // namespace

QString examNothingToResolve()
{
    return tr("an address, no name");
}

QString examResolved(const QStringList& addresses)
{
    return addresses.size() == 1
        ? addresses.first()
        : tr("%1 addresses: %2")
              .arg(QString::number(addresses.size()), addresses.join(QStringLiteral(", ")));
}

QString examConnected(const QString& address)
{
    return tr("connected to %1").arg(address);
}

QString examEncrypted(
    const QString& protocol, const QString& cipher, const QString& name, bool verified)
{
    const QString how = cipher.isEmpty() ? protocol : tr("%1, %2").arg(protocol, cipher);
    return verified ? tr("%1; the certificate and the name %2 are verified.").arg(how, name)
                    : tr("%1; NOT verified: the profile says so.").arg(how);
}

QString examCertificate(const QString& subject, const QString& issuer, const QStringList& names,
    const QString& until, qint64 days)
{
    QString text = tr("The certificate is %1's, signed by %2").arg(subject, issuer);
    if (!names.isEmpty())
        text += tr(", for %1").arg(names.join(QStringLiteral(", ")));
    text += days < 0 ? tr("; it has expired on %1.").arg(until)
        : days == 1  ? tr("; it is good until %1, one day more.").arg(until)
                     : tr("; it is good until %1, %2 days more.").arg(until, QString::number(days));
    return text;
}

QString examIssuers(const QStringList& subjects)
{
    return tr("Behind it: %1.").arg(subjects.join(QStringLiteral(", ")));
}

QString examGreeted(const QString& user, bool withPassword, int respVersion)
{
    const QString who = user.isEmpty() ? tr("the default user") : tr("user %1").arg(user);
    return withPassword ? tr("%1, with a password, RESP%2").arg(who, QString::number(respVersion))
                        : tr("%1, no password, RESP%2").arg(who, QString::number(respVersion));
}

QString examPermitted()
{
    return tr("may run all that Slotscope asks for");
}

QString examUnavailable(const QStringList& commands)
{
    return tr("not available here, and left out: %1").arg(commands.join(QStringLiteral(", ")));
}

QString examCluster(const QString& state)
{
    return tr("a cluster node, cluster_state:%1").arg(state);
}

QString examStandalone()
{
    return tr("Cluster support is off here. This server never answers MOVED.");
}

QString examSentinel()
{
    return tr("A sentinel: it tells which servers are primaries and holds no data.");
}

QString examKindUnknown()
{
    return tr("It tells nothing by which one knows whether it is a cluster.");
}

QString examIsNode(const QString& id)
{
    return tr("node %1").arg(id);
}

QString examIdentityUnknown()
{
    return tr("not checked: it does not tell its node id");
}

QString examOtherNode(const QString& expected, const QString& told)
{
    return tr("Expected node %1, reached %2. This may be another cluster.").arg(expected, told);
}

QString examPong()
{
    return tr("answered");
}

QString examFailsAt(const QString& stage, const QString& cause)
{
    return tr("%1: %2").arg(stage, cause);
}

QString examCountAt(int nodes, const QString& stage)
{
    return tr("%1 at %2").arg(QString::number(nodes), stage);
}

QString examPlaces(const QStringList& counts)
{
    return tr("%1.").arg(counts.join(QStringLiteral(", ")));
}

QString examNodesFail(int failing, int nodes, const QString& where)
{
    const char* text = failing == 1 ? QT_TRANSLATE_NOOP("doctor", "%1 of %2 nodes fails: %3")
                                    : QT_TRANSLATE_NOOP("doctor", "%1 of %2 nodes fail: %3");
    return tr(text).arg(QString::number(failing), QString::number(nodes), where);
}

QString examSeedFails(const QString& where)
{
    return tr("The endpoint fails: %1").arg(where);
}

QString examAllReached(int nodes)
{
    return nodes == 1 ? tr("1 of 1 node reached.")
                      : tr("%1 of %1 nodes reached.").arg(QString::number(nodes));
}

QString examServerReached()
{
    return tr("The server was reached. It names no other nodes.");
}

QString examStopped(int reached, int nodes)
{
    return tr("Stopped. %1 of %2 reached so far.")
        .arg(QString::number(reached), QString::number(nodes));
}

QString examUnderWay(int done, int nodes, int failing)
{
    const QString text
        = tr("Testing: %1 of %2 nodes done").arg(QString::number(done), QString::number(nodes));
    return failing == 0 ? text + u'…' : tr("%1, %2 failing…").arg(text, QString::number(failing));
}

QString examSeedUnderWay()
{
    return tr("Testing the endpoint; it will name the others…");
}

QString examTitleOfName()
{
    return tr("Name");
}

QString examTitleOfLogin()
{
    return tr("Login");
}

QString examTitleOfPermission()
{
    return tr("Permission");
}

QString examTitleOfKind()
{
    return tr("Kind");
}

QString examTitleOfIdentity()
{
    return tr("Identity");
}

QString examTitleOfRoundTrip()
{
    return tr("Round trip");
}

} // namespace slotscope::explain
