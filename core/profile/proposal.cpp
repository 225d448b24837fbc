// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/proposal.h"

#include "core/explain/addresses.h"
#include "core/explain/proposals.h"
#include "core/profile/endpointguess.h"
#include "core/profile/profilejson.h"
#include "core/profile/proposalparts.h"

#include <QJsonArray>

#include <algorithm>

namespace slotscope::profile {

using namespace Qt::StringLiterals;
using support::Done;
using support::invalidInput;
using support::Result;

namespace {

constexpr qsizetype longestText = 4 * 1024 * 1024;

/// Without what a copy from a chat or a web page leaves in a text, invisible.
QString cleaned(QString text)
{
    text.removeIf([](QChar c) {
        return c == QChar(0x200b) || c == QChar(0x2060) || c == QChar::ByteOrderMark;
    });
    return text.trimmed();
}

/// The file of Another Redis Desktop Manager: JSON in base64.
QByteArray unpacked(const QString& text)
{
    const auto decoded
        = QByteArray::fromBase64Encoding(text.toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    return decoded && (*decoded).trimmed().startsWith('[') ? *decoded : QByteArray();
}

/// Of several seeds once.
void addNote(Proposal& proposal, const QString& note)
{
    if (!proposal.notes.contains(note))
        proposal.notes.append(note);
}

} // namespace

Result<Done> addSeed(Proposal& proposal, const net::TypedEndpoint& seed)
{
    const EndpointGuess guess = guessEndpoint(seed.endpoint);
    if (guess.isRefused())
        return invalidInput(guess.reason);
    Profile& profile = proposal.profile;
    const bool isFirst = profile.endpoints.isEmpty();
    // Users and passwords do not stay in it: see checked().
    const QString scheme
        = seed.typed.contains("://"_L1) ? seed.typed.section(u"://"_s, 0, 0) : u""_s;
    const QString address = seed.endpoint.toString();
    const QString typed = scheme.isEmpty() ? address : QString(scheme + u"://"_s + address);
    if (!profile.endpoints.contains(typed))
        profile.endpoints.append(typed);
    leaveOutDatabase(proposal, seed.database);
    if (seed.isWordAlone)
        addNote(proposal, explain::wordIsAPassword());
    profile.tls.enabled = profile.tls.enabled || seed.tls || guess.tls.value_or(false);
    if (isFirst) {
        if (profile.name.isEmpty())
            profile.name = guess.id.isEmpty() ? seed.endpoint.host : guess.id;
        // For the form, in case that IAM is chosen there.
        profile.authentication.cacheName = guess.id;
        profile.authentication.region = guess.region;
    }
    addCredentials(proposal, seed.user, seed.password.value_or(QString()));
    return Done {};
}

Result<Done> addSeed(Proposal& proposal, const QString& typed)
{
    const Result<net::TypedEndpoint> seed = net::parseTypedEndpoint(typed);
    if (!seed)
        return seed.error();
    return addSeed(proposal, *seed);
}

void leaveOutDatabase(Proposal& proposal, int number)
{
    if (number != 0)
        addNote(proposal, explain::databaseIsLeftOut(number));
}

void addCredentials(Proposal& proposal, const QString& user, const QString& password)
{
    Authentication& authentication = proposal.profile.authentication;
    // "default" is the user of a password alone; its name is no news.
    if (!user.isEmpty() && user != "default"_L1 && authentication.user.isEmpty()) {
        authentication.kind = AuthenticationKind::AclUser;
        authentication.user = user;
    }
    if (password.isEmpty() || !proposal.password.isEmpty())
        return;
    if (authentication.kind == AuthenticationKind::None)
        authentication.kind = AuthenticationKind::Password;
    proposal.password = Secret(password);
    proposal.profile.secret.kind = SecretSource::Kind::Keychain;
}

Result<QList<Proposal>> proposeProfiles(const QString& text)
{
    if (text.size() > longestText)
        return invalidInput(explain::textTooLong());
    const QString trimmed = cleaned(text);
    if (trimmed.isEmpty())
        return invalidInput(explain::nothingEntered());
    QByteArray json = trimmed.toUtf8();
    if (!json.startsWith('{') && !json.startsWith('['))
        json = unpacked(trimmed);
    if (!json.isEmpty()) {
        const QJsonDocument document = QJsonDocument::fromJson(json);
        if (std::optional<Proposals> proposals = proposeFromAws(document))
            return *std::move(proposals);
        if (std::optional<Proposals> proposals = proposeFromExport(document))
            return *std::move(proposals);
    }
    return proposeFromText(trimmed);
}

QByteArray exportProfiles(const ProfileList& profiles)
{
    QJsonArray entries;
    for (const Profile& profile : profiles) {
        QJsonObject entry = toJson(profile);
        entry.remove("id"_L1);
        entries.append(entry);
    }
    const QJsonObject root {
        { u"slotscope"_s, u"profiles"_s },
        { u"version"_s, profileFormatVersion },
        { u"profiles"_s, entries },
    };
    return QJsonDocument(root).toJson(QJsonDocument::Indented);
}

} // namespace slotscope::profile
