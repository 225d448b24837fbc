// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/connectionarguments.h"
#include "core/profile/profile.h"

namespace slotscope::app {

/// What can only be known by asking: gets the password of a profile from where it says (unless the
/// arguments have one) and the passphrase of its key, then chooses the seed that answers (not
/// through a tunnel: the first is taken there). For the start of a program, before anything else
/// happens: the event loop runs until it is done. NoCredentials when there are none.
support::Result<support::Done> completeFrom(
    const profile::Profile& profile, ConnectionArguments& arguments);

} // namespace slotscope::app
