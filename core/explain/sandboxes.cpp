// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/sandboxes.h"

#include <QCoreApplication>

namespace slotscope::explain {

namespace {

// The translation context.
struct Sandboxes
{
    Q_DECLARE_TR_FUNCTIONS(Sandboxes)
};

} // namespace

QString sandboxSizes(int primaries, int nodes)
{
    return Sandboxes::tr("A sandbox has 1 to %1 primaries, and at most %2 nodes.")
        .arg(QString::number(primaries), QString::number(nodes));
}

QString allAnnounceOrNone()
{
    return Sandboxes::tr("Every node announces an address, or none does.");
}

QString slotIsMovingAlready(int slot)
{
    return Sandboxes::tr("Slot %1 is being moved already: finish that first.")
        .arg(QString::number(slot));
}

QString slotCannotMove(int slot)
{
    return Sandboxes::tr("Slot %1 has no owner, or no other primary can take it.")
        .arg(QString::number(slot));
}

QString noSlotIsMoving()
{
    return Sandboxes::tr("No slot is being moved.");
}

QString portIsTaken(int port)
{
    return Sandboxes::tr("port %1 or its bus port is not free").arg(QString::number(port));
}

QString tooFewPorts()
{
    return Sandboxes::tr("not enough free ports");
}

QString notAServer()
{
    return Sandboxes::tr("not a Redis or Valkey server");
}

QString notUpInTime(const QString& missing)
{
    return Sandboxes::tr("not up in time: %1").arg(missing);
}

QString notConnectedYet(const QString& why)
{
    return Sandboxes::tr("no connection: %1").arg(why);
}

QString stateIsNotOk()
{
    return Sandboxes::tr("the cluster's state is not ok");
}

QString nodesAreMissing()
{
    return Sandboxes::tr("does not know all nodes");
}

QString linkIsNotUp()
{
    return Sandboxes::tr("the link to its primary is not up");
}

QString anotherServerAnswers(const QString& folder)
{
    return Sandboxes::tr("another server answers (dir %1)").arg(folder);
}

QString strangeNode(const QString& id)
{
    return Sandboxes::tr("unknown node %1").arg(id);
}

QString strangeMigration()
{
    return Sandboxes::tr("one side of the migration is unknown");
}

QString expectedNodeIn(const QString& id, const QString& folder)
{
    return Sandboxes::tr("expected node %1 in %2").arg(id, folder);
}

QString manifestIsNotPrivate()
{
    return Sandboxes::tr("not a private file of this user");
}

QString notAManifest()
{
    return Sandboxes::tr("not a sandbox's manifest");
}

QString manifestIsElsewhere()
{
    return Sandboxes::tr("not inside its own folder");
}

QString folderIsNotPrivate()
{
    return Sandboxes::tr("its folder is not private");
}

QString manifestNodeIsBad()
{
    return Sandboxes::tr("a node that cannot be");
}

QString manifestIsEmpty()
{
    return Sandboxes::tr("no nodes");
}

} // namespace slotscope::explain
