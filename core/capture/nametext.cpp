// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// Names in texts: what of NameRedactor looks for them.

#include "core/capture/nameredactor.h"

#include <QRegularExpression>

#include <algorithm>

namespace slotscope::capture {

using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView argumentsFollow = "with args beginning with:";

/// What a host, an address or an id is made of.
bool isNameByte(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'
        || c == '.' || c == ':' || c == '-' || c == '%' || static_cast<uchar>(c) >= 0x80;
}

bool isPort(QByteArrayView text)
{
    return !text.isEmpty() && text.size() <= 5
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

QByteArray NameRedactor::bytes(QByteArrayView in, TextKind kind, const KnownNames* more)
{
    if (in.isEmpty() || m_options == RedactionOptions::none())
        return in.toByteArray();
    QList<Replacement> found;
    QByteArray text = in.toByteArray();
    if (m_options.users != Showing::Shown)
        findUsers(text, &found);
    if (m_isCollecting)
        return text;
    findNames(in, &found);
    m_names.findPhrases(in, &found);
    if (hidesHosts())
        findPaths(text, &found);
    if (more != nullptr)
        more->findPhrases(in, &found);
    if (kind == TextKind::UsersOwn)
        m_data.findPhrases(in, &found);
    if (kind == TextKind::ErrorLine && m_options.values != Showing::Shown)
        findQuoted(in, &found);
    return replaced(in, std::move(found));
}

QString NameRedactor::text(const QString& in, TextKind kind, const KnownNames* more)
{
    return QString::fromUtf8(bytes(in.toUtf8(), kind, more));
}

void NameRedactor::findNames(QByteArrayView text, QList<Replacement>* found)
{
    qsizetype begin = 0;
    while (begin < text.size()) {
        qsizetype end = begin;
        while (end < text.size() && isNameByte(text[end]))
            ++end;
        if (end > begin)
            findInWord(text, begin, end, found);
        begin = end + 1;
    }
}

void NameRedactor::findInWord(
    QByteArrayView text, qsizetype begin, qsizetype end, QList<Replacement>* found)
{
    const auto slice = [&](qsizetype from, qsizetype to) { return text.sliced(from, to - from); };
    while (begin < end && (text[begin] == '-' || text[begin] == '.'))
        ++begin;
    while (begin < end && text[begin] == ':' && !slice(begin, end).startsWith("::"))
        ++begin;
    while (end > begin && (text[end - 1] == '-' || text[end - 1] == '.'))
        --end;
    while (end > begin && text[end - 1] == ':' && !slice(begin, end).endsWith("::"))
        --end;
    if (begin == end)
        return;
    const auto takeIfKnown = [&](qsizetype from, qsizetype to) {
        const std::optional<QByteArray> known = m_names.replacementOf(slice(from, to));
        // "[::1]:7000" becomes "ip-1:7000".
        const bool inBrackets = known && slice(from, to).contains(':') && from > 0
            && text[from - 1] == '[' && to < text.size() && text[to] == ']';
        if (known)
            found->append({ from - (inBrackets ? 1 : 0), to + (inBrackets ? 1 : 0), *known });
        return known.has_value();
    };
    if (takeIfKnown(begin, end))
        return;
    const auto takeIfAddress = [&](qsizetype from, qsizetype to) {
        if (!hidesAddresses() || slice(from, to).count(':') < 2 || !isAddress(slice(from, to)))
            return false;
        hostBytes(slice(from, to).toByteArray());
        return takeIfKnown(from, to);
    };
    // Servers print IPv6 addresses without brackets: "::1:7000".
    const qsizetype colon = begin + slice(begin, end).lastIndexOf(':');
    if (colon > begin && isPort(slice(colon + 1, end))
        && (takeIfKnown(begin, colon) || takeIfAddress(begin, colon)))
        return;
    if (takeIfAddress(begin, end))
        return;
    for (qsizetype from = begin; from < end;) {
        const qsizetype next = slice(from, end).indexOf(':');
        const qsizetype to = next < 0 ? end : from + next;
        if (to > from && !takeIfKnown(from, to))
            findLooks(text, from, to, found);
        from = to + 1;
    }
}

void NameRedactor::findLooks(
    QByteArrayView text, qsizetype begin, qsizetype end, QList<Replacement>* found)
{
    const QByteArrayView word = text.sliced(begin, end - begin);
    for (const Look& look : looksOf(word)) {
        const QByteArray name = word.sliced(look.begin, look.end - look.begin).toByteArray();
        const std::optional<QByteArray> known = m_names.replacementOf(name);
        QByteArray replacement = known.value_or(name);
        if (!known && (look.what == Looks::Id || look.what == Looks::ShortId))
            replacement = idBytes(name, NameKind::Id);
        else if (!known)
            replacement = hostBytes(name);
        if (replacement != name)
            found->append({ begin + look.begin, begin + look.end, replacement });
    }
    // A part of a known name within another one: "redis-3.lan", "orders-0001-002".
    constexpr qsizetype shortestPart = 4;
    qsizetype from = 0;
    for (qsizetype to = 0; to <= word.size(); ++to) {
        if (to < word.size() && word[to] != '.' && word[to] != '-')
            continue;
        const auto known = to - from < shortestPart
            ? std::nullopt
            : m_names.replacementOf(word.sliced(from, to - from));
        if (known)
            found->append({ begin + from, begin + to, *known });
        from = to + 1;
    }
}

/// "User alice has no permissions", "user=alice", "alice@bastion".
void NameRedactor::findUsers(const QByteArray& text, QList<Replacement>* found)
{
    static const QRegularExpression expression(
        uR"(\bUser '?(?<a>[^\s']+)'? has no|\buser=(?<b>[^\s,;'"]+))"
        uR"(|(?<![\w.%+-])(?<c>[A-Za-z_][\w.%+-]*)@(?=[A-Za-z0-9\[]))"_s);
    if (!text.contains("ser") && !text.contains('@'))
        return;
    auto matches = expression.globalMatch(QString::fromLatin1(text));
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        for (const QString& group : { u"a"_s, u"b"_s, u"c"_s }) {
            if (match.capturedLength(group) <= 0)
                continue;
            const QByteArray name = match.captured(group).toLatin1();
            const QString replacement = user(QString::fromUtf8(name));
            found->append(
                { match.capturedStart(group), match.capturedEnd(group), replacement.toUtf8() });
        }
    }
}

void NameRedactor::findPaths(const QByteArray& text, QList<Replacement>* found) const
{
    static const QRegularExpression expression(
        uR"((?<![\w.:/-])(?<!\x3c)/[\w.+@~-]+(?:/[\w.+@~-]+)+/?|(?<=:)/[\w.+@~-]+(?:/[\w.+@~-]+)+)"_s);
    if (!text.contains('/'))
        return;
    auto matches = expression.globalMatch(QString::fromLatin1(text));
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        found->append({ match.capturedStart(), match.capturedEnd(), "(path)" });
    }
}

/// What an error line quotes of a command.
void NameRedactor::findQuoted(QByteArrayView text, QList<Replacement>* found)
{
    if (const qsizetype at = text.indexOf(argumentsFollow); at >= 0) {
        const qsizetype begin = at + argumentsFollow.size();
        found->append({ begin, text.size(), " (arguments)" });
        text = text.first(at);
    }
    for (const char quote : { '\'', '`', '"' }) {
        qsizetype begin = text.indexOf(quote);
        while (begin >= 0) {
            // An apostrophe within a word is none.
            const bool opens = begin == 0 || !isNameByte(text[begin - 1]);
            const qsizetype end = opens ? text.indexOf(quote, begin + 1) : -1;
            if (end > begin + 1) {
                const QByteArrayView quoted = text.sliced(begin + 1, end - begin - 1);
                if (!isHarmless(quoted))
                    found->append({ begin + 1, end,
                        dataReplacementOf(quoted).value_or(value(quoted.toByteArray())) });
            }
            begin = text.indexOf(quote, (end > begin ? end : begin) + 1);
        }
    }
}

} // namespace slotscope::capture
