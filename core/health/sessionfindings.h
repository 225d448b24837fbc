// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/health/healthreport.h"
#include "core/session/toldviews.h"

namespace slotscope::health {

/// What a session's polling shows without asking anybody more: of the topology and of the views
/// behind it (none: of a topology that was pasted or opened). Pure. Replication, versions and what
/// a server forbids are not polled: those are for a check.
QList<Finding> findingsOf(const session::ToldViews& views, const cluster::Topology& topology);

/// Whether only a check of every node can find this, so that polling does not make it go away.
bool needsCheck(FindingCode code);
/// `live`, and those of the last check that polling can neither confirm nor refute. Worst first.
QList<Finding> joined(QList<Finding> live, const QList<Finding>& ofCheck);

} // namespace slotscope::health
