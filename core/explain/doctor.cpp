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

QString examEncrypted(const QString& protocol, bool verified)
{
    return verified ? tr("%1, certificate and name verified").arg(protocol)
                    : tr("%1, NOT verified: the profile says so").arg(protocol);
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

} // namespace slotscope::explain
