// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QIcon>

namespace slotscope::ui {

enum class PlayerIcon { Replay, StepBack, Play, Pause, StepForward };

/// Drawn, not loaded: the icons take the palette's colour, so they are right in light and dark.
QIcon playerIcon(PlayerIcon icon, const QColor& color);

} // namespace slotscope::ui
