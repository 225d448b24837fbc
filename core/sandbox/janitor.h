// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

#include <memory>

namespace slotscope::sandbox {

/// A tiny process that outlives its supervisor, however that ends, to remove what it left. It waits
/// for the end of its link to it; then it ends the servers in each watched folder and removes the
/// folder. It has its own session, so that Ctrl-C and a closed terminal do not reach it.
class Janitor final
{
public:
    /// Forks. Call it first in main(), while there is one thread and nothing is open. Null when
    /// there can be no second process: then only sweepLeftovers() of a later start cleans up.
    static std::unique_ptr<Janitor> start();
    /// Lets it go: nothing is left to be done when the folders are gone already. Waits for its end.
    ~Janitor();
    Q_DISABLE_COPY_MOVE(Janitor)

    /// `folder` is to be removed when this process is no more.
    void watch(const QString& folder);

private:
    Janitor(qint64 pid, int link);

    qint64 m_pid = 0;
    int m_link = -1;
};

} // namespace slotscope::sandbox
