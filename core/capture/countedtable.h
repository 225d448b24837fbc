// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"

namespace slotscope::capture {

/// Which errors the nodes have answered to all other clients, how many, and when the first and the
/// last showed in their counters. A plain value.
class CountedTable
{
public:
    /// True when something is new.
    bool update(const QList<session::MetricsSample>& samples, const QDateTime& now);
    /// One entry for each word.
    const QList<CountedErrors>& errors() const { return m_errors; }

private:
    QList<CountedErrors> m_errors;
};

} // namespace slotscope::capture
