// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/slot.h"
#include "core/sandbox/manifest.h"

#include <QObject>

#include <memory>
#include <optional>

namespace slotscope::sandbox {

/// A migration of one slot that was begun and can be finished.
struct SandboxMigration
{
    cluster::Slot slot;
    cluster::NodeId from;
    cluster::NodeId to;
    QByteArray movedKey; ///< exists only at `to`: GET of it is answered by ASK
    QByteArray stayingKey; ///< exists only at `from`
};

/// Operation: begins (writes two keys of the slot, CLUSTER SETSLOT IMPORTING / MIGRATING, MIGRATEs
/// one of the keys) or finishes (MIGRATEs the rest, SETSLOT NODE on the target, the source and the
/// other primaries) a real migration in a sandbox cluster. Before each write the manifest is read
/// again, and CLUSTER MYID and CONFIG GET dir of both sides and of the server that is written to
/// are compared with it: NotOurSandbox otherwise, and nothing more is written.
class SlotMigrationAction final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SlotMigrationAction)
public:
    enum class What { Begin, Finish };
    /// `slot`: which slot to move; nullopt: Begin picks one, Finish takes whatever slot is open.
    SlotMigrationAction(What what, QString manifestFile, std::optional<cluster::Slot> slot = {},
        QObject* parent = nullptr);
    ~SlotMigrationAction() override;

    void start();

Q_SIGNALS:
    /// Exactly once, from the event loop.
    void finished(bool ok, const slotscope::sandbox::SandboxMigration& migration,
        const slotscope::support::Error& error);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::sandbox

Q_DECLARE_METATYPE(slotscope::sandbox::SandboxMigration)
