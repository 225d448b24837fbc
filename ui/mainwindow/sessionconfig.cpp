// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/sessionconfig.h"

namespace slotscope::ui {

session::SessionConfig configFor(const net::TypedEndpoint& endpoint,
    const net::ConnectionOptions& base, const std::optional<session::SessionConfig>& last)
{
    session::SessionConfig config;
    config.endpoint = endpoint;
    config.options = base;
    config.options.tls.enabled = endpoint.tls || base.tls.enabled;
    // What was said under TLS is not said again in plain text.
    const bool isAsSafe = last && (config.options.tls.enabled || !last->options.tls.enabled);
    if (isAsSafe && last->endpoint.endpoint == endpoint.endpoint) {
        config.options.user = last->options.user;
        config.options.password = last->options.password;
    }
    if (!endpoint.user.isEmpty())
        config.options.user = endpoint.user;
    if (endpoint.password)
        config.options.password = endpoint.password;
    return config;
}

support::Result<session::SessionConfig> configFor(
    const profile::Profile& profile, const net::ConnectionOptions& base)
{
    const auto endpoint = net::parseTypedEndpoint(profile.endpoint);
    if (!endpoint)
        return endpoint.error();
    session::SessionConfig config;
    config.endpoint = *endpoint;
    config.options = base;
    config.options.user = profile.user;
    config.options.password.reset();
    config.options.tls = profile.tls;
    config.options.addressMap = {};
    for (const QString& rule : profile.addressMap) {
        if (const auto added = config.options.addressMap.addRule(rule); !added)
            return added.error();
    }
    config.readOnly = profile.readOnly;
    return config;
}

profile::Profile profileOf(const session::SessionConfig& config)
{
    return { {}, config.endpoint.typed, config.options.user, config.options.tls,
        config.options.addressMap.rules(), config.readOnly };
}

} // namespace slotscope::ui
