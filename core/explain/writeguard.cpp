// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/writeguard.h"

#include <QCoreApplication>

namespace slotscope::explain {

namespace {

// The translation context.
struct WriteGuard
{
    Q_DECLARE_TR_FUNCTIONS(WriteGuard)
};

QString onNodes(int nodes)
{
    return nodes == 1 ? WriteGuard::tr("on one node")
                      : WriteGuard::tr("on %1 nodes").arg(QString::number(nodes));
}

} // namespace

QString slotscopeIsReadOnly()
{
    return WriteGuard::tr("Slotscope is read-only");
}

QString deletesAllKeys(const QString& name, int nodes)
{
    return WriteGuard::tr("%1 deletes all keys %2.").arg(name, onNodes(nodes));
}

QString deletesAllScripts(const QString& name, int nodes)
{
    return WriteGuard::tr("%1 deletes all cached scripts %2.").arg(name, onNodes(nodes));
}

QString deletesAllFunctions(const QString& name, int nodes)
{
    return WriteGuard::tr("%1 deletes all functions %2.").arg(name, onNodes(nodes));
}

QString isDangerous(const QString& name, int nodes)
{
    return WriteGuard::tr("%1 counts as a dangerous command, and would be executed %2.")
        .arg(name, onNodes(nodes));
}

QString holdsUp(const QString& name, int nodes)
{
    return WriteGuard::tr("%1 only reads, but may keep a server from answering anybody else while "
                          "it does. It would be executed %2.")
        .arg(name, onNodes(nodes));
}

QString writes(const QString& name)
{
    return WriteGuard::tr("%1 writes.").arg(name);
}

QString runsScript(const QString& name)
{
    return WriteGuard::tr("%1 brings a script, which may write.").arg(name);
}

QString publishes(const QString& name)
{
    return WriteGuard::tr("%1 sends a message to other clients.").arg(name);
}

QString isUnknown(const QString& name)
{
    return WriteGuard::tr("%1 is not known here, so it may write.").arg(name);
}

QString isUnclear(const QString& name)
{
    return WriteGuard::tr("The server does not say whether %1 writes, so it may.").arg(name);
}

QString readOnlyRefuses(const QString& effect)
{
    return WriteGuard::tr("%1. %2 Not sent.").arg(slotscopeIsReadOnly(), effect);
}

QString askToSend(const QString& effect)
{
    return WriteGuard::tr("%1 Send it?").arg(effect);
}

QString wasNotConfirmed(const QString& effect)
{
    return WriteGuard::tr("%1 It must be confirmed first. Not sent.").arg(effect);
}

} // namespace slotscope::explain
