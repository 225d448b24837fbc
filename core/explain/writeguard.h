// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

// Sentences of the write guard. `name` is the command in capitals ("CONFIG SET"), `nodes` is where
// it would be executed; `effect` is one of the sentences that say what it does.
namespace slotscope::explain {

QString slotscopeIsReadOnly(); ///< "Slotscope is read-only": without a full stop, for a badge too

QString deletesAllKeys(const QString& name, int nodes);
QString deletesAllScripts(const QString& name, int nodes);
QString deletesAllFunctions(const QString& name, int nodes);
QString isDangerous(const QString& name, int nodes);
QString holdsUp(const QString& name, int nodes);
QString writes(const QString& name);
QString runsScript(const QString& name);
QString publishes(const QString& name);
QString isUnknown(const QString& name);
QString isUnclear(const QString& name);

QString readOnlyRefuses(const QString& effect);
QString askToSend(const QString& effect);
QString wasNotConfirmed(const QString& effect);

} // namespace slotscope::explain
