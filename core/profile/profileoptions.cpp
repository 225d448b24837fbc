// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/profileoptions.h"

#include "core/explain/profiles.h"
#include "core/net/sshtunnel.h"
#include "core/profile/endpointguess.h"
#include "core/profile/secretstore.h"

#include <algorithm>

namespace slotscope::profile {

using namespace Qt::StringLiterals;
using support::invalidInput;
using support::Result;

Result<QList<net::TypedEndpoint>> seedsOf(const Profile& profile)
{
    QList<net::TypedEndpoint> seeds;
    for (const QString& typed : profile.endpoints) {
        const Result<net::TypedEndpoint> seed = net::parseTypedEndpoint(typed);
        if (!seed)
            return seed.error();
        seeds.append(*seed);
    }
    if (seeds.isEmpty())
        return invalidInput(explain::profileHasNoEndpoint());
    return seeds;
}

QList<net::TypedEndpoint> dialledSeeds(const QList<net::TypedEndpoint>& seeds)
{
    QList<net::TypedEndpoint> dialled = seeds;
    dialled.removeIf(
        [](const net::TypedEndpoint& seed) { return guessEndpoint(seed.endpoint).isRefused(); });
    return dialled;
}

Result<net::ConnectionOptions> optionsOf(const Profile& profile, const net::ConnectionOptions& base)
{
    // What was not understood may be what keeps a secret safe.
    if (!profile.problems.isEmpty()) {
        return invalidInput(
            explain::profileNotUnderstood(profile.name, profile.problems.join(u", "_s)));
    }
    const Result<QList<net::TypedEndpoint>> seeds = seedsOf(profile);
    if (!seeds)
        return seeds.error();

    net::ConnectionOptions options = base;
    options.user = profile.authentication.kind == AuthenticationKind::Password
        ? QString()
        : profile.authentication.user;
    options.password.reset();
    options.currentPassword.reset();
    options.tls = {};
    // A file that was written by hand may not say what the names say.
    options.tls.enabled
        = profile.tls.enabled || std::any_of(seeds->cbegin(), seeds->cend(), wantsTls);
    options.tls.caFile = profile.tls.caFile;
    options.tls.certificateFile = profile.tls.certificateFile;
    options.tls.keyFile = profile.tls.keyFile;
    options.tls.pkcs12File = profile.tls.pkcs12File;
    options.tls.insecure = profile.tls.insecure;
    options.tls.verifySeed = profile.tls.verify == VerifyName::Seed;
    if (profile.tls.verify == VerifyName::Fixed)
        options.tls.verifyName = profile.tls.fixedName;
    options.addressMap = {};
    for (const QString& rule : profile.addressMap) {
        if (const auto added = options.addressMap.addRule(rule); !added)
            return added.error();
    }
    options.timeout = profile.timeout.value_or(base.timeout);
    options.connectTimeout = profile.connectTimeout ? profile.connectTimeout : base.connectTimeout;
    options.respVersion = profile.respVersion.value_or(base.respVersion);
    options.socks.reset();
    options.tunnel.reset();
    if (profile.wayIn.kind == WayIn::Kind::Socks) {
        const auto proxy = net::Endpoint::parse(profile.wayIn.address, net::usualSocksPort);
        if (!proxy)
            return proxy.error();
        options.socks = *proxy;
    } else if (profile.wayIn.kind == WayIn::Kind::Ssh) {
        const auto target = net::SshTarget::parse(profile.wayIn.address);
        if (!target)
            return target.error();
        auto ssh = net::SshOptions::of(*target, options.timeToConnect());
        ssh.secretVariables = secretVariables(profile);
        options.tunnel = net::SshTunnel::create(ssh);
    }
    options.setSeed(seeds->first().endpoint);
    return options;
}

Profile profileOfWay(const net::TypedEndpoint& endpoint, const net::ConnectionOptions& options)
{
    Profile profile;
    profile.endpoints = { endpoint.typed };
    if (!options.user.isEmpty())
        profile.authentication = { AuthenticationKind::AclUser, options.user, {}, {}, {} };
    else if (options.password)
        profile.authentication.kind = AuthenticationKind::Password;
    profile.tls.enabled = options.tls.enabled;
    profile.tls.caFile = options.tls.caFile;
    profile.tls.certificateFile = options.tls.certificateFile;
    profile.tls.keyFile = options.tls.keyFile;
    profile.tls.pkcs12File = options.tls.pkcs12File;
    profile.tls.insecure = options.tls.insecure;
    if (options.tls.verifySeed) {
        profile.tls.verify = VerifyName::Seed;
    } else if (!options.tls.verifyName.isEmpty()) {
        profile.tls.verify = VerifyName::Fixed;
        profile.tls.fixedName = options.tls.verifyName;
    }
    profile.addressMap = options.addressMap.rules();
    if (options.tunnel)
        profile.wayIn = { WayIn::Kind::Ssh, options.tunnel->target().toString() };
    else if (options.socks)
        profile.wayIn = { WayIn::Kind::Socks, options.socks->toString() };
    return profile;
}

bool wantsTls(const net::TypedEndpoint& endpoint)
{
    if (endpoint.tls || endpoint.typed.contains("://"_L1))
        return endpoint.tls;
    const EndpointGuess guess = guessEndpoint(endpoint.endpoint);
    return guess.certain && guess.tls.value_or(false);
}

} // namespace slotscope::profile
