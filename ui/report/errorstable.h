// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/report/document.h"

namespace slotscope::ui {

/// Errors that tell how clients fare: how many were answered to all since the servers started, when
/// the first and the last of them showed while the cluster was recorded, and the same of those that
/// were answered to Slotscope. No rows where there were none.
Table errorsTable(const capture::Capture& capture);

} // namespace slotscope::ui
