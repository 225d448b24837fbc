// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/doctor/clientreplay.h"
#include "core/doctor/clusterreplay.h"

#include <QStringList>

namespace slotscope::doctor {

/// What the sample keys have shown, in lines: a sentence, and three of the redirects as they came.
/// Empty when no key was answered. What servers said is made visible.
QStringList replayLines(const ClientReplayResult& replay);
/// A sentence, and why a key was not served, if one was not. Empty for a replay that never ran.
QStringList replayLines(const ClusterReplayResult& replay);

} // namespace slotscope::doctor
