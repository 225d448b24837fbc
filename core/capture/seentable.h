// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "core/session/redirectmeter.h"

namespace slotscope::capture {

/// Which errors each node has answered to the sessions of a tab, how many, and when the first and
/// the last came (as exact as it is told: ten times a second). A plain value.
class SeenTable
{
public:
    /// True when something is new.
    bool update(const session::SeenRedirects& seen, const QDateTime& now);
    const QList<SeenErrors>& errors() const { return m_errors; }
    /// The next session counts from nothing again; here it goes on.
    void endSession();

private:
    QList<SeenErrors> m_errors;
    QList<qint64> m_before; ///< of each, what earlier sessions had counted
};

} // namespace slotscope::capture
