// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connectionoptions.h"
#include "core/net/typedendpoint.h"
#include "core/profile/profile.h"

namespace slotscope::profile {

/// How a profile's nodes are connected to: its way in, and of `base` only what is no part of one.
/// Without the password: that comes from the profile's SecretSource. TLS also where a seed's name
/// wants it (wantsTls()). For the first seed: setSeed() for another one. InvalidInput for a profile
/// that was not understood, or whose way in cannot be gone.
support::Result<net::ConnectionOptions> optionsOf(
    const Profile& profile, const net::ConnectionOptions& base);

/// Its seeds, in order. InvalidInput when one is no endpoint, or there is none.
support::Result<QList<net::TypedEndpoint>> seedsOf(const Profile& profile);

/// Those of them that are dialled: one whose name tells that it is none of ours (Memcached) gets no
/// password. Empty when there is no other.
QList<net::TypedEndpoint> dialledSeeds(const QList<net::TypedEndpoint>& seeds);

/// Whether an endpoint that was typed wants TLS: by its scheme, or where it has none by its name,
/// as far as that is certain (`clustercfg.` in front). A password that goes with it is then never
/// sent in plain text by accident.
bool wantsTls(const net::TypedEndpoint& endpoint);

/// The way of a connection as a profile without a name and without the password.
Profile profileOfWay(const net::TypedEndpoint& endpoint, const net::ConnectionOptions& options);

} // namespace slotscope::profile
