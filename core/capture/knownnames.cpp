// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/knownnames.h"

#include <QHostAddress>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace slotscope::capture {

using namespace Qt::StringLiterals;

namespace {

bool isLetterOrDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'
        || static_cast<uchar>(c) >= 0x80;
}

/// [begin, end) is no part of a longer word of letters and digits.
bool standsAlone(QByteArrayView text, qsizetype begin, qsizetype end)
{
    const bool joinsBefore
        = begin > 0 && isLetterOrDigit(text[begin]) && isLetterOrDigit(text[begin - 1]);
    const bool joinsAfter
        = end < text.size() && isLetterOrDigit(text[end - 1]) && isLetterOrDigit(text[end]);
    return !joinsBefore && !joinsAfter;
}

std::optional<QByteArray> valueIn(const QHash<QByteArray, QByteArray>& table, QByteArrayView key)
{
    const auto found = table.constFind(QByteArray::fromRawData(key.data(), key.size()));
    return found == table.constEnd() ? std::nullopt : std::optional(*found);
}

} // namespace

QByteArray replaced(QByteArrayView text, QList<Replacement> replacements)
{
    if (replacements.isEmpty())
        return text.toByteArray();
    std::stable_sort(
        replacements.begin(), replacements.end(), [](const Replacement& a, const Replacement& b) {
            return a.end - a.begin > b.end - b.begin;
        });
    // For each byte the replacement that covers it, -1: none, -2: it goes with a longer one.
    QList<int> coveredBy(text.size(), -1);
    for (int i = 0; i < replacements.size(); ++i) {
        const Replacement& one = replacements.at(i);
        const auto begin = coveredBy.begin() + one.begin;
        const auto end = coveredBy.begin() + one.end;
        const bool isFree = std::all_of(begin, end, [](int by) { return by == -1; });
        std::transform(begin, end, begin, [=](int by) { return by != -1 ? by : isFree ? i : -2; });
    }
    QByteArray result;
    result.reserve(text.size());
    for (qsizetype at = 0; at < text.size(); ++at) {
        const int by = coveredBy.at(at);
        if (by == -1)
            result += text[at];
        else if (by >= 0 && replacements.at(by).begin == at)
            result += replacements.at(by).text;
    }
    return result;
}

QList<Look> looksOf(QByteArrayView word)
{
    static const QRegularExpression expression(
        // Numbers and dots around it would make it something else (a version, an OID).
        uR"((?<address>(?<![0-9.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\.?[0-9])))"
        uR"(|(?<id>(?<![0-9A-Za-z])[0-9a-fA-F]{40}(?![0-9A-Za-z])))"
        uR"(|(?<short>(?<![0-9A-Za-z.-])(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{8}(?![0-9A-Za-z.-])))"
        uR"(|(?<host>(?<![0-9A-Za-z._-])(?:[0-9A-Za-z_](?:[0-9A-Za-z_-]*[0-9A-Za-z_])?\.)+)"
        uR"([A-Za-z](?:[A-Za-z-]*[A-Za-z])?(?![0-9A-Za-z_-])))"_s);
    static const QSet<QByteArray> usualEnds { "com", "net", "org", "io", "dev", "cloud", "cn", "de",
        "uk", "eu", "us", "co", "internal", "local", "localdomain", "lan", "corp", "home", "intra",
        "intranet", "private", "test", "example", "invalid", "arpa", "svc" };
    constexpr qsizetype shortest = 4;
    constexpr qsizetype longest = 2048; // for a name that is no name, and long for the expression
    QList<Look> looks;
    if (word.size() < shortest || (word.size() < 8 && !word.contains('.')))
        return looks;
    if (word.size() > longest)
        return { { Looks::Id, 0, word.size() } };
    auto matches = expression.globalMatch(QString::fromLatin1(word));
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        const QByteArray text = match.captured().toLatin1();
        Looks what = Looks::HostName;
        if (match.capturedLength(u"address"_s) > 0)
            what = Looks::Address;
        else if (match.capturedLength(u"id"_s) > 0)
            what = Looks::Id;
        else if (match.capturedLength(u"short"_s) > 0)
            what = Looks::ShortId;
        else if (text.count('.') < 2
            && !usualEnds.contains(text.mid(text.lastIndexOf('.') + 1).toLower()))
            continue;
        looks.append({ what, match.capturedStart(), match.capturedEnd() });
    }
    return looks;
}

bool isAddress(QByteArrayView text)
{
    if (text.size() > 64)
        return false;
    const auto dots = std::count(text.begin(), text.end(), '.');
    const auto colons = std::count(text.begin(), text.end(), ':');
    QHostAddress address;
    return (dots == 3 || colons >= 2) && address.setAddress(QString::fromLatin1(text));
}

QByteArray canonicalAddress(QByteArrayView text)
{
    return QHostAddress(QString::fromLatin1(text)).toString().toLatin1();
}

bool isCommonWord(QByteArrayView name)
{
    static const QSet<QByteArray> words { "redis", "valkey", "cluster", "node", "nodes", "master",
        "slave", "primary", "replica", "localhost", "server", "host", "seed", "cache", "ok",
        "connected", "disconnected", "fail", "slot", "slots", "myself", "shard", "ip", "and", "the",
        "a", "to", "of", "is", "in", "it", "up", "down", "online", "none", "unknown" };
    return words.contains(name.toByteArray().toLower());
}

void KnownNames::addWord(const QByteArray& name, const QByteArray& replacement)
{
    if (!name.isEmpty() && !m_words.contains(name))
        m_words.insert(name, replacement);
}

void KnownNames::addPhrase(const QByteArray& name, const QByteArray& replacement)
{
    if (!name.isEmpty())
        m_phrases.insert(name, replacement);
}

std::optional<QByteArray> KnownNames::replacementOf(QByteArrayView word) const
{
    return valueIn(m_words, word);
}

std::optional<QByteArray> KnownNames::phraseOf(QByteArrayView phrase) const
{
    return valueIn(m_phrases, phrase);
}

void KnownNames::findPhrases(QByteArrayView text, QList<Replacement>* found) const
{
    for (auto phrase = m_phrases.cbegin(); phrase != m_phrases.cend(); ++phrase) {
        const QByteArray& name = phrase.key();
        for (qsizetype at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            if (standsAlone(text, at, at + name.size()))
                found->append({ at, at + name.size(), phrase.value() });
        }
    }
}

} // namespace slotscope::capture
