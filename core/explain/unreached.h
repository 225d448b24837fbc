// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QStringList>

/// Sentences about announced addresses that lead nowhere from here. Addresses come in as text.
namespace slotscope::explain {

QString unreachedNodes(int failed, int asked); ///< "5 of 6 nodes cannot be reached from here."
QString unreachedLoopback(const QStringList& addresses);
QString unreachedPrivate(const QStringList& addresses);
QString unreachedContainerName(const QStringList& addresses);
QString unreachedName(const QStringList& addresses);
QString unreachedRefused(const QStringList& addresses);
QString unreachedSilent(const QStringList& addresses);
QString unreachedWrongNode(const QStringList& addresses);
QString unreachedFarEnd(const QStringList& addresses);
QString unreachedOther(const QStringList& addresses);

QString proposeMap(const QStringList& rules);
QString proposeSsh();
QString proposeSocks();

} // namespace slotscope::explain
