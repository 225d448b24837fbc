// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/profiles.h"
#include "core/explain/proposals.h"
#include "core/profile/profilejson.h"
#include "core/profile/proposalparts.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

namespace slotscope::profile {

using namespace Qt::StringLiterals;
using support::Done;
using support::Error;
using support::ErrorCode;
using support::Result;

// Checked against the sources of the two tools, not against files of theirs:
//
// - RedisInsight exports an array of ExportDatabase (api/src/modules/database/models, 2024): host,
//   port, db, name, username, password, connectionType, tls, tlsServername, verifyServerCert,
//   caCert and clientCert (name, certificate, key as PEM text), ssh, sshOptions (host, port,
//   username, password, privateKey, passphrase), sentinelMaster.
// - Another Redis Desktop Manager exports its stored connections, JSON in base64
//   (src/components/Setting.vue, NewConnectionDialog.vue, 2024): host, port, auth, username, name,
//   cluster, connectionReadOnly, sshOptions (host, port, username, password, privatekey,
//   passphrase), sslOptions (key, cert, ca as paths; servername), sentinelOptions, color.

namespace {

constexpr qsizetype longestColour = 16;

QString textOf(const QJsonObject& object, QLatin1StringView name)
{
    const QJsonValue value = object.value(name);
    return value.isDouble() ? QString::number(value.toInteger()) : value.toString().trimmed();
}

Result<Done> addAddress(Proposal& proposal, const QJsonObject& entry)
{
    QString host = textOf(entry, "host"_L1);
    if (host.isEmpty())
        host = u"127.0.0.1"_s;
    const QString port = textOf(entry, "port"_L1);
    bool isNumber = false;
    const net::Endpoint endpoint { host,
        port.isEmpty() ? quint16(6379) : port.toUShort(&isNumber) };
    if (!port.isEmpty() && !isNumber)
        return Error { ErrorCode::InvalidInput, explain::portIsNoNumber(), {} };
    return addSeed(proposal, endpoint.toString());
}

void addSsh(Proposal& proposal, const QJsonObject& ssh, QLatin1StringView keyName)
{
    const QString host = textOf(ssh, "host"_L1);
    if (host.isEmpty())
        return;
    const QString user = textOf(ssh, "username"_L1);
    const QString port = textOf(ssh, "port"_L1);
    QString address = user.isEmpty() ? host : QString(user + u'@' + host);
    if (!port.isEmpty() && port != "22"_L1)
        address += u':' + port;
    proposal.profile.wayIn = { WayIn::Kind::Ssh, address };
    const bool hasSecret = !textOf(ssh, "password"_L1).isEmpty()
        || !textOf(ssh, "passphrase"_L1).isEmpty() || !textOf(ssh, keyName).isEmpty();
    if (hasSecret)
        proposal.notes.append(explain::sshKeysStayWithSsh());
}

void verifyFixed(Tls& tls, const QString& name)
{
    if (name.isEmpty())
        return;
    tls.verify = VerifyName::Fixed;
    tls.fixedName = name;
}

Result<Proposal> fromRedisInsight(const QJsonObject& entry)
{
    Proposal proposal;
    Profile& profile = proposal.profile;
    profile.name = textOf(entry, "name"_L1);
    if (const Result<Done> added = addAddress(proposal, entry); !added)
        return added.error();
    leaveOutDatabase(proposal, entry.value("db"_L1).toInt());
    addCredentials(proposal, textOf(entry, "username"_L1), entry.value("password"_L1).toString());
    profile.tls.enabled = entry.value("tls"_L1).toBool();
    if (profile.tls.enabled) {
        verifyFixed(profile.tls, textOf(entry, "tlsServername"_L1));
        if (!entry.value("verifyServerCert"_L1).toBool())
            proposal.notes.append(explain::verificationStaysOn());
        // PEM text, and a key is a secret: neither goes into a profile.
        if (!entry.value("caCert"_L1).toObject().isEmpty())
            proposal.notes.append(explain::certificateIsInFile());
        if (!entry.value("clientCert"_L1).toObject().isEmpty())
            proposal.notes.append(explain::clientCertificateIsInFile());
    }
    if (entry.value("ssh"_L1).toBool())
        addSsh(proposal, entry.value("sshOptions"_L1).toObject(), "privateKey"_L1);
    if (!entry.value("sentinelMaster"_L1).toObject().isEmpty())
        proposal.notes.append(explain::sentinelIsAskedItself());
    return proposal;
}

Result<Proposal> fromAnotherManager(const QJsonObject& entry)
{
    Proposal proposal;
    Profile& profile = proposal.profile;
    profile.name = textOf(entry, "name"_L1);
    if (profile.name.isEmpty())
        profile.name = textOf(entry, "connectionName"_L1);
    if (const Result<Done> added = addAddress(proposal, entry); !added)
        return added.error();
    addCredentials(proposal, textOf(entry, "username"_L1), entry.value("auth"_L1).toString());
    profile.readOnly = entry.value("connectionReadOnly"_L1).toBool();
    profile.colour = textOf(entry, "color"_L1).left(longestColour);
    profile.tls.enabled = entry.value("sslOptions"_L1).isObject();
    if (profile.tls.enabled) {
        const QJsonObject ssl = entry.value("sslOptions"_L1).toObject();
        profile.tls.caFile = textOf(ssl, "ca"_L1);
        profile.tls.certificateFile = textOf(ssl, "cert"_L1);
        profile.tls.keyFile = textOf(ssl, "key"_L1);
        verifyFixed(profile.tls, textOf(ssl, "servername"_L1));
        // In some versions the text of a file and not its path.
        for (QString* file :
            { &profile.tls.caFile, &profile.tls.certificateFile, &profile.tls.keyFile }) {
            if (file->contains("-----BEGIN"_L1)) {
                file->clear();
                proposal.notes.append(explain::certificateIsInFile());
            }
        }
        proposal.notes.removeDuplicates();
        proposal.notes.append(explain::verificationStaysOn());
    }
    addSsh(proposal, entry.value("sshOptions"_L1).toObject(), "privatekey"_L1);
    if (!entry.value("sentinelOptions"_L1).toObject().isEmpty())
        proposal.notes.append(explain::sentinelIsAskedItself());
    return proposal;
}

/// Of somebody else, perhaps: nothing that it names is run, nothing is trusted because it says so.
Result<Proposal> fromOurs(const QJsonObject& entry)
{
    Proposal proposal;
    proposal.profile = profileFromJson(entry);
    Profile& profile = proposal.profile;
    profile.id.clear();
    for (SecretSource* source : { &profile.secret, &profile.keySecret }) {
        if (source->kind != SecretSource::Kind::Command)
            continue;
        proposal.notes.append(explain::commandIsNotTakenOver(source->command.join(u' ')));
        *source = {};
    }
    if (profile.tls.insecure) {
        profile.tls.insecure = false;
        proposal.notes.append(explain::verificationStaysOn());
    }
    if (!profile.problems.isEmpty()) {
        return Error { ErrorCode::InvalidInput,
            profile.name + u": "_s + profile.problems.join(u", "_s), {} };
    }
    // Passwords that somebody wrote into a URL.
    const QStringList endpoints = std::exchange(profile.endpoints, {});
    const Authentication authentication = profile.authentication;
    const Tls tls = profile.tls;
    for (const QString& endpoint : endpoints) {
        if (const Result<Done> added = addSeed(proposal, endpoint); !added)
            return added.error();
    }
    if (authentication.kind != AuthenticationKind::None)
        profile.authentication = authentication;
    profile.tls = tls;
    if (const Result<Profile> good = checked(profile); !good)
        return Error { good.error().code, profile.name + u": "_s + good.error().detail, {} };
    return proposal;
}

using Read = Result<Proposal> (*)(const QJsonObject&);

Proposals readAll(const QJsonArray& entries, Read read)
{
    QList<Proposal> proposals;
    if (entries.size() > mostProposals) {
        return Error { ErrorCode::InvalidInput, explain::tooManyEntries(mostProposals), {} };
    }
    for (qsizetype i = 0; i < entries.size(); ++i) {
        Result<Proposal> proposal = read(entries.at(i).toObject());
        if (!proposal) {
            return Error { ErrorCode::InvalidInput,
                explain::entryIsBad(i + 1, proposal.error().detail), {} };
        }
        proposals.append(*std::move(proposal));
    }
    if (proposals.isEmpty())
        return Error { ErrorCode::InvalidInput, explain::listIsEmpty(), {} };
    return proposals;
}

bool anyHas(const QJsonArray& entries, std::initializer_list<QLatin1StringView> names)
{
    return std::any_of(entries.begin(), entries.end(), [&names](const QJsonValue& entry) {
        const QJsonObject object = entry.toObject();
        return std::any_of(names.begin(), names.end(),
            [&object](QLatin1StringView name) { return object.contains(name); });
    });
}

} // namespace

std::optional<Proposals> proposeFromExport(const QJsonDocument& document)
{
    if (document.isObject()) {
        const QJsonObject root = document.object();
        if (!root.value("profiles"_L1).isArray())
            return std::nullopt;
        if (root.value("version"_L1).toInt() > profileFormatVersion) {
            return Error { ErrorCode::InvalidInput, explain::ofNewerSlotscope(), {} };
        }
        QJsonArray entries = root.value("profiles"_L1).toArray();
        if (root.value("version"_L1).toInt() == 1)
            std::transform(entries.begin(), entries.end(), entries.begin(),
                [](const QJsonValue& entry) { return migratedFromVersion1(entry.toObject()); });
        return readAll(entries, fromOurs);
    }
    const QJsonArray entries = document.array();
    if (anyHas(entries, { "connectionType"_L1, "verifyServerCert"_L1, "nameFromProvider"_L1 }))
        return readAll(entries, fromRedisInsight);
    if (anyHas(entries, { "separator"_L1, "connectionName"_L1, "auth"_L1, "sslOptions"_L1 }))
        return readAll(entries, fromAnotherManager);
    return std::nullopt;
}

} // namespace slotscope::profile
