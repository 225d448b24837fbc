// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/sessionhandle.h"

#include <functional>

namespace slotscope::ui {

class DoctorDialog;

/// Links a doctor's dialog with the one that offers other ways to what was not reached. A way that
/// was tried and chosen there is what the doctor tests next, and `chosen` is told of it. `adopt` is
/// called with options that have a new tunnel, before they are used. Of several calls for one
/// dialog the last counts. Both functions may be called as long as the dialog lives.
void offerWays(DoctorDialog* dialog, session::IoThread& io,
    std::function<void(const net::ConnectionOptions&)> adopt,
    std::function<void(const net::ConnectionOptions&)> chosen);

} // namespace slotscope::ui
