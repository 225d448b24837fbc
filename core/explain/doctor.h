// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QStringList>

namespace slotscope::explain {

// The details of the doctor's stages that went well, and what is special about those that did not.
QString examNothingToResolve();
/// Every address of the name; two at least are worth a list.
QString examResolved(const QStringList& addresses);
QString examConnected(const QString& address);
QString examEncrypted(const QString& protocol, bool verified);
/// `user` empty: the default one.
QString examGreeted(const QString& user, bool withPassword, int respVersion);
QString examPermitted();
/// Commands that Slotscope can do without.
QString examUnavailable(const QStringList& commands);
/// A cluster; `state` is "ok", "fail" or "unknown".
QString examCluster(const QString& state);
QString examStandalone();
QString examSentinel();
QString examKindUnknown();
QString examIsNode(const QString& id);
QString examIdentityUnknown();
QString examOtherNode(const QString& expected, const QString& told);
QString examPong();

} // namespace slotscope::explain
