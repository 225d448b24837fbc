// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/connection/sessionconfig.h"

#include "core/explain/addresses.h"
#include "core/explain/profiles.h"
#include "core/profile/endpointguess.h"
#include "core/profile/profileoptions.h"
#include "core/profile/shardlabels.h"

namespace slotscope::ui {

session::SessionConfig configFor(const net::TypedEndpoint& endpoint,
    const net::ConnectionOptions& base, const std::optional<session::SessionConfig>& last)
{
    session::SessionConfig config;
    config.endpoint = endpoint;
    config.options = base;
    const bool isSame = last && last->endpoint.endpoint == endpoint.endpoint;
    if (isSame)
        config.options.tls = last->options.tls;
    config.options.tls.enabled = profile::wantsTls(endpoint) || base.tls.enabled;
    // What was said under TLS is not said again in plain text.
    const bool isAsSafe = isSame && (config.options.tls.enabled || !last->options.tls.enabled);
    if (isAsSafe) {
        config.options.user = last->options.user;
        config.options.password = last->options.password;
        config.options.currentPassword = last->options.currentPassword;
    }
    if (isSame) {
        config.readOnly = last->readOnly;
        config.knownShards = last->knownShards;
    }
    if (!endpoint.user.isEmpty())
        config.options.user = endpoint.user;
    if (endpoint.password)
        config.options.password = endpoint.password;
    config.options.setSeed(endpoint.endpoint);
    return config;
}

support::Result<session::SessionConfig> configFor(
    const profile::Profile& profile, const net::ConnectionOptions& base)
{
    const auto options = profile::optionsOf(profile, base);
    if (!options)
        return options.error();
    const auto all = profile::seedsOf(profile);
    if (!all)
        return all.error();
    const QList<net::TypedEndpoint> seeds = profile::dialledSeeds(*all);
    if (seeds.isEmpty()) {
        const net::Endpoint& refused = all->constFirst().endpoint;
        return support::Error { support::ErrorCode::NotPossible,
            profile::guessEndpoint(refused).reason, refused.toString() };
    }
    // The store takes no such profile any more; a file may have one.
    for (const net::TypedEndpoint& seed : seeds) {
        if (seed.database != 0)
            return support::Error { support::ErrorCode::InvalidInput,
                explain::endpointIsBad(explain::otherDatabase(seed.database)), {} };
    }
    session::SessionConfig config;
    config.endpoint = seeds.first();
    config.otherSeeds = seeds.sliced(1);
    config.options = *options;
    config.options.setSeed(config.endpoint.endpoint);
    config.refreshInterval = profile.refreshInterval.value_or(config.refreshInterval);
    config.readOnly = profile.opensReadOnly();
    config.knownShards = profile::shardsOf(profile.shards);
    return config;
}

profile::Profile profileOf(const session::SessionConfig& config)
{
    profile::Profile profile = profile::profileOfWay(config.endpoint, config.options);
    profile.readOnly = config.readOnly;
    profile.shards = profile::shardNodesOf(config.knownShards);
    return profile;
}

} // namespace slotscope::ui
