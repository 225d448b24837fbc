// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/profile/profile.h"
#include "core/session/session.h"

#include <optional>

namespace slotscope::ui {

/// How to connect to what was typed: `base` and what the endpoint itself says. Credentials of
/// `last`, and how it verifies, are used again for the same endpoint, and never for another one;
/// the same endpoint stays read-only, and its shards keep their labels.
session::SessionConfig configFor(const net::TypedEndpoint& endpoint,
    const net::ConnectionOptions& base, const std::optional<session::SessionConfig>& last);

/// How to connect to a profile: its way in, and of `base` only what is no part of a way in. Seeds
/// that are refused by their names are left out; NotPossible, with the reason, when none is left.
support::Result<session::SessionConfig> configFor(
    const profile::Profile& profile, const net::ConnectionOptions& base);

/// A profile of the way that a session uses, without a name and without the password; with the
/// labels of the shards that it has found.
profile::Profile profileOf(const session::SessionConfig& config);

} // namespace slotscope::ui
