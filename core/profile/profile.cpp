// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/profile.h"

#include "core/explain/addresses.h"
#include "core/explain/profiles.h"
#include "core/net/addressmap.h"
#include "core/net/connectionoptions.h"
#include "core/net/sshtarget.h"
#include "core/net/typedendpoint.h"
#include "core/profile/limits.h"
#include "core/profile/profileoptions.h"

#include <algorithm>

namespace slotscope::profile {

using namespace Qt::StringLiterals;
using support::Done;
using support::invalidInput;
using support::Result;

namespace {

constexpr qsizetype longestName = 200;
constexpr qsizetype mostEndpoints = 1000;

void trim(QString& text)
{
    text = text.trimmed();
}

void trim(Profile& profile)
{
    for (QString* text : { &profile.name, &profile.group, &profile.colour, &profile.tls.fixedName,
             &profile.tls.caFile, &profile.tls.certificateFile, &profile.tls.keyFile,
             &profile.tls.pkcs12File, &profile.authentication.user,
             &profile.authentication.cacheName, &profile.authentication.region,
             &profile.authentication.awsProfile, &profile.secret.variable,
             &profile.keySecret.variable, &profile.wayIn.address })
        trim(*text);
    for (QStringList* list : { &profile.endpoints, &profile.addressMap }) {
        std::for_each(list->begin(), list->end(), qOverload<QString&>(trim));
        list->removeAll(QString());
        list->removeDuplicates();
    }
}

bool hasControl(const QString& text)
{
    return std::any_of(
        text.begin(), text.end(), [](QChar c) { return c.category() == QChar::Other_Control; });
}

/// Without password and user: a user alone before the @ would be read as a password.
QString withoutUserInfo(const net::TypedEndpoint& endpoint)
{
    QString text = endpoint.typed;
    const qsizetype host = text.indexOf("://"_L1) + 3;
    if (const qsizetype at = text.lastIndexOf(u'@'); at >= host)
        text.remove(host, at + 1 - host);
    return text;
}

Result<Done> checkEndpoints(Profile& profile)
{
    if (profile.endpoints.isEmpty())
        return invalidInput(explain::profileNeedsEndpoint());
    if (profile.endpoints.size() > mostEndpoints)
        return invalidInput(explain::tooManyEndpoints(mostEndpoints));
    for (QString& typed : profile.endpoints) {
        const Result<net::TypedEndpoint> endpoint = net::parseTypedEndpoint(typed);
        if (!endpoint)
            return invalidInput(explain::endpointIsBad(endpoint.error().detail));
        if (endpoint->database != 0)
            return invalidInput(explain::endpointIsBad(explain::otherDatabase(endpoint->database)));
        typed = withoutUserInfo(*endpoint);
        profile.tls.enabled = profile.tls.enabled || wantsTls(*endpoint);
        Authentication& authentication = profile.authentication;
        if (!endpoint->user.isEmpty() && authentication.user.isEmpty()
            && authentication.kind != AuthenticationKind::Password) {
            authentication.user = endpoint->user;
            if (authentication.kind == AuthenticationKind::None)
                authentication.kind = AuthenticationKind::AclUser;
        }
    }
    profile.endpoints.removeDuplicates();
    return Done {};
}

Result<Done> checkAuthentication(const Profile& profile)
{
    const Authentication& authentication = profile.authentication;
    if (authentication.kind == AuthenticationKind::AclUser && authentication.user.isEmpty())
        return invalidInput(explain::userIsMissing());
    if (!authentication.isIam())
        return Done {};
    if (authentication.user.isEmpty() || authentication.cacheName.isEmpty()
        || authentication.region.isEmpty())
        return invalidInput(explain::iamNeedsNames());
    if (!profile.tls.enabled)
        return invalidInput(explain::iamNeedsTls());
    return Done {};
}

Result<Done> checkSource(const SecretSource& source)
{
    if (source.kind == SecretSource::Kind::Environment && source.variable.isEmpty())
        return invalidInput(explain::variableIsMissing());
    if (source.kind == SecretSource::Kind::Command && source.command.value(0).trimmed().isEmpty())
        return invalidInput(explain::commandIsMissing());
    return Done {};
}

Result<Done> checkWayIn(const WayIn& way)
{
    switch (way.kind) {
    case WayIn::Kind::Direct:
        return Done {};
    case WayIn::Kind::Socks:
        if (const auto proxy = net::Endpoint::parse(way.address, net::usualSocksPort);
            !proxy || !proxy->isDialable())
            return invalidInput(explain::socksProxyIsBad());
        return Done {};
    case WayIn::Kind::Ssh:
        if (!net::SshTarget::parse(way.address))
            return invalidInput(explain::sshServerIsBad());
        return Done {};
    }
    return Done {};
}

Result<Done> checkNumbers(const Profile& profile)
{
    using std::chrono::milliseconds;
    for (const auto& time : { profile.timeout, profile.connectTimeout }) {
        if (time && (*time < milliseconds(1) || *time > longestTime))
            return invalidInput(explain::timeoutIsBad());
    }
    if (profile.respVersion && *profile.respVersion != 2 && *profile.respVersion != 3)
        return invalidInput(explain::respVersionIsBad());
    if (profile.refreshInterval
        && (*profile.refreshInterval < milliseconds(0) || *profile.refreshInterval > longestTime))
        return invalidInput(explain::refreshIntervalIsBad());
    return Done {};
}

} // namespace

bool Authentication::isIam() const
{
    switch (kind) {
    case AuthenticationKind::IamElastiCache:
    case AuthenticationKind::IamServerless:
    case AuthenticationKind::IamMemoryDb:
        return true;
    case AuthenticationKind::None:
    case AuthenticationKind::Password:
    case AuthenticationKind::AclUser:
        break;
    }
    return false;
}

Result<Profile> checked(Profile profile)
{
    trim(profile);
    if (profile.name.isEmpty())
        return invalidInput(explain::profileNeedsName());
    if (profile.name.size() > longestName || hasControl(profile.name))
        return invalidInput(explain::profileNameIsBad());
    if (const Result<Done> done = checkEndpoints(profile); !done)
        return done.error();
    if (const Result<Done> done = checkAuthentication(profile); !done)
        return done.error();
    for (const SecretSource* source : { &profile.secret, &profile.keySecret }) {
        if (const Result<Done> done = checkSource(*source); !done)
            return done.error();
    }
    if (profile.tls.verify == VerifyName::Fixed && profile.tls.fixedName.isEmpty())
        return invalidInput(explain::nameToVerifyIsMissing());
    if (const Result<Done> done = checkWayIn(profile.wayIn); !done)
        return done.error();
    net::AddressMap map;
    for (const QString& rule : std::as_const(profile.addressMap)) {
        if (const Result<Done> added = map.addRule(rule); !added)
            return invalidInput(explain::addressMapIsBad(rule, added.error().detail));
    }
    if (const Result<Done> done = checkNumbers(profile); !done)
        return done.error();
    return profile;
}

} // namespace slotscope::profile
