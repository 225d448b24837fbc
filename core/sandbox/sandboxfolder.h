// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/support/result.h"

#include <QList>
#include <QStringList>

#include <memory>

namespace slotscope::sandbox {

/// The folder of one sandbox: private (0700), in the temporary folder, with a lock file that is
/// held as long as this object and its process live. An unlocked one is a leftover. Is not removed
/// by the destructor.
class SandboxFolder final
{
public:
    static support::Result<std::unique_ptr<SandboxFolder>> create();
    ~SandboxFolder();
    Q_DISABLE_COPY_MOVE(SandboxFolder)

    /// Absolute, without symbolic links: as the servers inside will name it.
    const QString& path() const { return m_path; }
    /// Where a sandbox's manifest is.
    static QString manifestFile(const QString& folder);
    /// Every sandbox's folder of this user and of others that can be seen.
    static QStringList all();

private:
    SandboxFolder(QString path, int lock);

    QString m_path;
    int m_lock = -1;
};

/// The servers that the folder's manifest names and that really run in it. A process id alone says
/// nothing: it may be another process by now.
QList<qint64> serversIn(const QString& folder);

/// If `folder` is a sandbox's folder of this user that nobody holds: ends the servers in it
/// (SIGKILL), removes it and returns true. Blocks until they are gone (some milliseconds; at most 2
/// s).
bool removeIfLeftOver(const QString& folder);

} // namespace slotscope::sandbox
