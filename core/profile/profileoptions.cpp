// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/profileoptions.h"

namespace slotscope::profile {

using namespace Qt::StringLiterals;
using support::Error;
using support::ErrorCode;
using support::Result;

namespace {

Error invalid(const QString& detail)
{
    return { ErrorCode::InvalidInput, detail, {} };
}

} // namespace

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
        return invalid(u"the profile has no endpoint"_s);
    return seeds;
}

Result<net::ConnectionOptions> optionsOf(const Profile& profile, const net::ConnectionOptions& base)
{
    // What was not understood may be what keeps a secret safe.
    if (!profile.problems.isEmpty()) {
        return invalid(u"the profile %1 has what is not understood here: %2"_s.arg(
            profile.name, profile.problems.join(u", "_s)));
    }
    const Result<QList<net::TypedEndpoint>> seeds = seedsOf(profile);
    if (!seeds)
        return seeds.error();
    if (profile.wayIn.kind != WayIn::Kind::Direct)
        return invalid(u"the way in through %1 is not built yet"_s.arg(profile.wayIn.address));
    if (!profile.tls.pkcs12File.isEmpty())
        return invalid(u"PKCS#12 files are not read yet"_s);

    net::ConnectionOptions options = base;
    options.user = profile.authentication.kind == AuthenticationKind::Password
        ? QString()
        : profile.authentication.user;
    options.password.reset();
    options.tls = {};
    options.tls.enabled = profile.tls.enabled;
    options.tls.caFile = profile.tls.caFile;
    options.tls.certificateFile = profile.tls.certificateFile;
    options.tls.keyFile = profile.tls.keyFile;
    options.tls.insecure = profile.tls.insecure;
    if (profile.tls.verify == VerifyName::Seed)
        options.tls.verifyName = seeds->first().endpoint.host;
    else if (profile.tls.verify == VerifyName::Fixed)
        options.tls.verifyName = profile.tls.fixedName;
    options.addressMap = {};
    for (const QString& rule : profile.addressMap) {
        if (const auto added = options.addressMap.addRule(rule); !added)
            return added.error();
    }
    options.timeout = profile.timeout.value_or(base.timeout);
    options.respVersion = profile.respVersion.value_or(base.respVersion);
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
    profile.tls.insecure = options.tls.insecure;
    profile.tls.fixedName = options.tls.verifyName;
    profile.tls.verify
        = options.tls.verifyName.isEmpty() ? VerifyName::Announced : VerifyName::Fixed;
    profile.addressMap = options.addressMap.rules();
    return profile;
}

} // namespace slotscope::profile
