// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/node.h"
#include "core/support/result.h"

#include <QList>
#include <QString>

namespace slotscope::sandbox {

/// One server of a sandbox as its supervisor started it.
struct ManifestNode
{
    cluster::NodeId id;
    quint16 port = 0;
    QString directory; ///< absolute; what CONFIG GET dir must answer
    qint64 pid = 0;
};

/// What proves the right to write to a sandbox: a private file (0600) in the sandbox's folder
/// (0700), written by the supervisor. Read again and checked before each write; an address never
/// gives the right.
struct Manifest
{
    QString folder; ///< absolute
    qint64 supervisorPid = 0;
    QList<ManifestNode> nodes;

    const ManifestNode* nodeById(const cluster::NodeId& id) const;
    support::Result<support::Done> write(const QString& file) const;
    /// NotOurSandbox when the file is not ours, not private, or not inside its own folder.
    static support::Result<Manifest> read(const QString& file);
};

} // namespace slotscope::sandbox
