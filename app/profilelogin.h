// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/connectionarguments.h"
#include "core/profile/profile.h"

namespace slotscope::app {

/// What can only be known by asking: gets the password of a profile from where it says (unless the
/// arguments have one) and the passphrase of its key. For the start of a program, before anything
/// else happens, and before other Interrupts: the event loop runs until it is done. NoCredentials
/// when there are none; Cancelled by Ctrl-C.
support::Result<support::Done> completeFrom(
    const profile::Profile& profile, ConnectionArguments& arguments);

/// Where there are several seeds, makes the one that answers (profile::SeedSearch) `endpoint`; the
/// event loop runs until it does. After whoever answers a tunnel's questions is there, and in the
/// thread that goes on using the tunnel.
void chooseSeed(ConnectionArguments& arguments);

} // namespace slotscope::app
