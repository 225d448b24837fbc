// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/profiles.h"
#include "core/explain/proposals.h"
#include "core/profile/proposalparts.h"
#include "core/profile/shellwords.h"

#include <QMap>
#include <QRegularExpression>

namespace slotscope::profile {

using namespace Qt::StringLiterals;
using support::Done;
using support::invalidInput;
using support::Result;

namespace {

constexpr qsizetype mostSeeds = 1000;

Proposals onlyOne(Proposal proposal)
{
    return QList<Proposal> { std::move(proposal) };
}

/// A URL, or an address with its port: not just any word.
bool isWhole(const QString& text)
{
    static const QRegularExpression port(uR"(:\d{1,5}$)"_s);
    return text.contains("://"_L1) || port.match(text).hasMatch();
}

/// Takes the value of a field such as `Password: "..."` out of the text, so that nothing else is
/// read into it.
QString takeField(QString& text, const QString& names)
{
    const QRegularExpression field(
        uR"(\b(?:%1)["'`]?\s{0,9}(?::=|[:=,(])\s{0,9}(["'`])([^"'`]{0,1000})\1)"_s.arg(names));
    const QRegularExpressionMatch match = field.match(text);
    if (!match.hasMatch())
        return {};
    const QString value = match.captured(2);
    text.replace(match.capturedStart(), match.capturedLength(), u" "_s);
    return value;
}

bool wantsTls(const QString& text)
{
    static const QRegularExpression tls(
        uR"(\btls["']?\s*:\s*(?:\{|true)|\bTLSConfig\s*:|\bssl\s*=\s*True|\buse_tls\s*=\s*True|)"
        uR"(\.ssl\(true\))"_s);
    return tls.match(text).hasMatch();
}

/// Addresses of source text by their position in it.
using Places = QMap<qsizetype, QString>;

/// {host: 'a', port: 7000}, (host="a", port=7000), {"port": "7000", "host": "a"}
void findFields(const QString& text, Places& places)
{
    static const QRegularExpression group(uR"([{(][^{}()]{0,2000}[})])"_s);
    static const QRegularExpression host(
        uR"(\b[hH]ost(?:[nN]ame)?["'`]?\s*[:=]\s*(["'`])([^"'`\s]{1,300})\1)"_s);
    static const QRegularExpression port(uR"(\b[pP]ort["'`]?\s*[:=]\s*["'`]?(\d{1,5})\b)"_s);
    QRegularExpressionMatchIterator groups = group.globalMatch(text);
    while (groups.hasNext() && places.size() < mostSeeds) {
        const QRegularExpressionMatch found = groups.next();
        const QRegularExpressionMatch hostMatch = host.match(found.captured());
        if (!hostMatch.hasMatch())
            continue;
        const QRegularExpressionMatch portMatch = port.match(found.captured());
        net::Endpoint endpoint { hostMatch.captured(2), 6379 };
        if (portMatch.hasMatch())
            endpoint.port = portMatch.captured(1).toUShort();
        places.insert(found.capturedStart(), endpoint.toString());
    }
}

/// HostAndPort("a", 7000), ClusterNode('a', 7000), NodeAddress("a", 7000)
void findArguments(const QString& text, Places& places)
{
    static const QRegularExpression pair(
        uR"(\(\s{0,9}(["'`])([^"'`\s]{1,300})\1\s{0,9},\s{0,9}(\d{1,5})\s{0,9}[,)])"_s);
    QRegularExpressionMatchIterator matches = pair.globalMatch(text);
    while (matches.hasNext() && places.size() < mostSeeds) {
        const QRegularExpressionMatch match = matches.next();
        const net::Endpoint endpoint { match.captured(2), match.captured(3).toUShort() };
        places.insert(match.capturedStart(), endpoint.toString());
    }
}

/// "a:7000", 'rediss://a'
void findQuoted(const QString& text, Places& places)
{
    static const QRegularExpression quoted(uR"((["'`])([^"'`\s]{1,2000})\1)"_s);
    QRegularExpressionMatchIterator matches = quoted.globalMatch(text);
    while (matches.hasNext() && places.size() < mostSeeds) {
        const QRegularExpressionMatch match = matches.next();
        if (isWhole(match.captured(2)))
            places.insert(match.capturedStart(), match.captured(2));
    }
}

/// Nothing when the text has no address as source text has them.
std::optional<Proposals> proposeFromSource(QString text)
{
    const QString password = takeField(text, uR"(\w{0,40}[pP]assword|auth)"_s);
    const QString user = takeField(text, uR"(\w{0,40}[uU]ser(?:[nN]ame)?)"_s);
    Places places;
    findFields(text, places);
    findArguments(text, places);
    findQuoted(text, places);
    Proposal proposal;
    for (const QString& place : std::as_const(places)) {
        // A string with a colon need not be an address.
        const Result<net::TypedEndpoint> seed = net::parseTypedEndpoint(place);
        if (!seed)
            continue;
        if (const Result<Done> added = addSeed(proposal, *seed); !added)
            return added.error();
    }
    if (proposal.profile.endpoints.isEmpty())
        return std::nullopt;
    proposal.profile.tls.enabled = proposal.profile.tls.enabled || wantsTls(text);
    addCredentials(proposal, user, password);
    return onlyOne(std::move(proposal));
}

/// redis-cli -h HOST -p PORT -n DATABASE --tls --user NAME -a PASSWORD, or with -u URL
Proposals proposeFromCli(const QStringList& words)
{
    Proposal proposal;
    net::Endpoint endpoint { u"127.0.0.1"_s, 6379 };
    QString url;
    QString user;
    QString password;
    Tls tls;
    for (qsizetype i = 1; i < words.size(); ++i) {
        const QString& word = words.at(i);
        const QString next = words.value(i + 1);
        if (word == "--tls"_L1) {
            tls.enabled = true;
        } else if (word == "--insecure"_L1) {
            proposal.notes.append(explain::verificationStaysOn());
        } else if (QString* text = word == "-h"_L1       ? &endpoint.host
                : word == "-u"_L1                        ? &url
                : word == "--user"_L1                    ? &user
                : word == "-a"_L1 || word == "--pass"_L1 ? &password
                : word == "--cacert"_L1                  ? &tls.caFile
                : word == "--cert"_L1                    ? &tls.certificateFile
                : word == "--key"_L1                     ? &tls.keyFile
                : word == "--sni"_L1                     ? &tls.fixedName
                                                         : nullptr) {
            *text = next;
            ++i;
        } else if (word == "-p"_L1) {
            endpoint.port = next.toUShort();
            ++i;
        } else if (word == "-n"_L1) {
            leaveOutDatabase(proposal, next.toInt());
            ++i;
        }
    }
    if (const Result<Done> added = addSeed(proposal, url.isEmpty() ? endpoint.toString() : url);
        !added)
        return added.error();
    tls.enabled = tls.enabled || proposal.profile.tls.enabled;
    tls.verify = tls.fixedName.isEmpty() ? VerifyName::Announced : VerifyName::Fixed;
    proposal.profile.tls = tls;
    addCredentials(proposal, user, password);
    return onlyOne(std::move(proposal));
}

/// Addresses with blanks, commas or semicolons between them, and the options (`ssl=true`) of
/// StackExchange.Redis.
Proposals proposeFromList(const QString& text)
{
    static const QRegularExpression separator(uR"([\s,;]+)"_s);
    const QStringList words = text.split(separator, Qt::SkipEmptyParts);
    if (words.size() > mostSeeds)
        return invalidInput(explain::tooManyWords(mostSeeds));
    Proposal proposal;
    QString user;
    QString password;
    for (const QString& word : words) {
        const qsizetype equals = word.indexOf(u'=');
        const qsizetype scheme = word.indexOf("://"_L1);
        const bool isAssigned = equals > 0 && (scheme < 0 || equals < scheme);
        const QString value = isAssigned ? word.mid(equals + 1) : word;
        if (isAssigned && scheme < 0) {
            const QString name = word.first(equals).toLower();
            if (name == "password"_L1)
                password = value;
            else if (name == "user"_L1)
                user = value;
            else if (name == "ssl"_L1 && value.compare("true"_L1, Qt::CaseInsensitive) == 0)
                proposal.profile.tls.enabled = true;
            continue;
        }
        // A word alone may be the name of a host, one of several is more likely prose.
        if (words.size() > 1 && !isWhole(value) && !value.contains(u'.')) {
            if (word.contains("export"_L1))
                continue;
            return invalidInput(explain::noAddressUnderstood());
        }
        if (const Result<Done> added = addSeed(proposal, value); !added)
            return added.error();
    }
    if (proposal.profile.endpoints.isEmpty())
        return invalidInput(explain::noAddressInText());
    addCredentials(proposal, user, password);
    return onlyOne(std::move(proposal));
}

} // namespace

Proposals proposeFromText(const QString& text)
{
    static const QRegularExpression cli(uR"(^(?:\S*/)?(?:redis|valkey)-cli\s)"_s);
    if (cli.match(text).hasMatch()) {
        const Result<QStringList> words = splitWords(text);
        return words ? proposeFromCli(*words) : Proposals(words.error());
    }
    // A password in a URL may have any character.
    if (const auto seed = net::parseTypedEndpoint(text)) {
        Proposal proposal;
        const Result<Done> added = addSeed(proposal, *seed);
        return added ? onlyOne(std::move(proposal)) : Proposals(added.error());
    }
    static const QRegularExpression quotes(u"[\"'`]"_s);
    if (text.contains(quotes)) {
        if (std::optional<Proposals> proposals = proposeFromSource(text))
            return *std::move(proposals);
        return invalidInput(explain::noAddressInText());
    }
    return proposeFromList(text);
}

} // namespace slotscope::profile
