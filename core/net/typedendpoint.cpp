// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/typedendpoint.h"

#include "core/explain/addresses.h"

#include <QHostAddress>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace slotscope::net {

using support::invalidInput;
using support::Result;

namespace {

constexpr quint16 defaultPort = 6379;
constexpr int longestHost = 253; // RFC 1035, 2.3.4
constexpr int longestLabel = 63;

// What is wrong, in words. Text of the user's is quoted only where no password can be.
bool isDigitOrDot(QChar c)
{
    return c == u'.' || (c >= u'0' && c <= u'9');
}

bool isIPv4(QStringView host)
{
    const QList<QStringView> parts = host.split(u'.');
    return parts.size() == 4 && std::all_of(parts.begin(), parts.end(), [](QStringView part) {
        bool ok = false;
        return part.size() <= 3 && part.toUInt(&ok) <= 255 && ok;
    });
}

/// Why this can be no host name, empty if it can. Names in any script are left to the resolver.
QString hostProblem(const QString& host)
{
    if (host.isEmpty())
        return explain::noHost();
    if (isIPv6(host))
        return {};
    if (host.size() > longestHost)
        return explain::hostTooLong(longestHost);
    if (std::all_of(host.begin(), host.end(), isDigitOrDot)) {
        if (isIPv4(host))
            return {};
        if (!host.contains(u'.'))
            return explain::numberAlone(host);
        return explain::notIPv4(host);
    }
    const bool plain = std::all_of(host.begin(), host.end(), [](QChar c) {
        return c.isLetterOrNumber() || c.isMark() || c == u'-' || c == u'.' || c == u'_';
    });
    if (!plain)
        return explain::notAHostName();
    const QStringView labels = host.endsWith(u'.') ? QStringView(host).chopped(1) : host;
    for (const QStringView label : labels.split(u'.')) {
        if (label.isEmpty() || label.size() > longestLabel || label.startsWith(u'-'))
            return explain::partOfHostIsBad(longestLabel);
    }
    return {};
}

/// `host`, `host:port`, `[v6]`, `[v6]:port`, a bare IPv6 address.
Result<Endpoint> parseAuthority(QStringView text)
{
    QStringView host = text;
    QStringView port;
    bool hasPort = false;
    if (text.startsWith(u'[')) {
        const qsizetype end = text.indexOf(u']');
        if (end < 0 || !isIPv6(text.sliced(1, end - 1)))
            return invalidInput(explain::noIPv6InBrackets());
        host = text.sliced(1, end - 1);
        const QStringView rest = text.sliced(end + 1);
        if (!rest.isEmpty() && !rest.startsWith(u':'))
            return invalidInput(explain::noPortBehindBracket());
        hasPort = !rest.isEmpty();
        port = rest.mid(1);
    } else if (!isIPv6(text)) {
        if (text.count(u':') > 1)
            return invalidInput(explain::tooManyColons());
        const qsizetype colon = text.indexOf(u':');
        hasPort = colon >= 0;
        if (hasPort) {
            host = text.first(colon);
            port = text.sliced(colon + 1);
        }
    }
    Endpoint endpoint { host.toString(), defaultPort };
    if (const QString problem = hostProblem(endpoint.host); !problem.isEmpty())
        return invalidInput(problem);
    if (hasPort) {
        bool ok = false;
        endpoint.port = port.toUShort(&ok);
        const bool isNumber = std::all_of(port.begin(), port.end(), isDigitOrDot);
        if (!ok || !isNumber || endpoint.port == 0)
            return invalidInput(explain::portNotInRange());
    }
    return endpoint;
}

QString percentDecoded(QStringView text)
{
    return QString::fromUtf8(QByteArray::fromPercentEncoding(text.toUtf8()));
}

/// As redis-py (db=3) and Lettuce (database=3) have it; 0 if it tells none.
int databaseOf(QStringView query)
{
    for (const QStringView item : query.mid(1).split(u'&')) {
        for (const QStringView name : { QStringView(u"db="), QStringView(u"database=") }) {
            if (item.startsWith(name))
                return item.sliced(name.size()).toInt();
        }
    }
    return 0;
}

Result<TypedEndpoint> parseUrl(QStringView text, qsizetype schemeLength)
{
    const QString scheme = text.first(schemeLength).toString().toLower();
    TypedEndpoint result;
    if (scheme == u"rediss"_s || scheme == u"valkeys"_s)
        result.tls = true;
    else if (scheme != u"redis"_s && scheme != u"valkey"_s)
        return invalidInput(explain::notOurScheme());

    const QStringView rest = text.sliced(schemeLength + 3);
    const auto authorityEnd = std::find_if(
        rest.begin(), rest.end(), [](QChar c) { return QStringView(u"/?#").contains(c); });
    const QStringView whole = rest.first(authorityEnd - rest.begin());
    QStringView path = rest.sliced(whole.size());
    const qsizetype at = whole.lastIndexOf(u'@');
    if (path.contains(u'@') && at < 0)
        return invalidInput(explain::encodeBeforeAt());
    if (const auto query
        = std::find_if(path.begin(), path.end(), [](QChar c) { return c == u'?' || c == u'#'; });
        query != path.end()) {
        result.database = databaseOf(path.sliced(query - path.begin()));
        path = path.first(query - path.begin());
    }
    if (path.size() > 1) {
        const QStringView database = path.sliced(1);
        if (!std::all_of(
                database.begin(), database.end(), [](QChar c) { return c >= u'0' && c <= u'9'; }))
            return invalidInput(explain::notADatabase());
        bool isSmall = true;
        result.database = database.toInt(&isSmall);
        if (!isSmall)
            return invalidInput(explain::notADatabase());
    }

    QString shownUser;
    if (at >= 0) {
        const QStringView userInfo = whole.first(at);
        const qsizetype colon = userInfo.indexOf(u':');
        // Without a colon it is a password, as redis-cli reads it: to take a password for a user
        // would show it.
        if (colon >= 0) {
            result.user = percentDecoded(userInfo.first(colon));
            shownUser = userInfo.first(colon).toString();
        }
        const QStringView password = userInfo.sliced(colon + 1);
        if (!password.isEmpty())
            result.password = percentDecoded(password);
        result.isWordAlone = colon < 0 && !password.isEmpty();
    }
    const Result<Endpoint> endpoint = parseAuthority(whole.sliced(at + 1));
    if (!endpoint)
        return endpoint.error();
    result.endpoint = *endpoint;
    // Without the query too: some clients take a password there.
    result.typed = text.first(schemeLength + 3).toString()
        + (shownUser.isEmpty() ? QString() : QString(shownUser + u":@"_s))
        + whole.sliced(at + 1).toString() + path.toString();
    return result;
}

} // namespace

Result<TypedEndpoint> parseTypedEndpoint(QStringView text)
{
    const QStringView trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return invalidInput(explain::addressIsEmpty());
    const bool hasBlank = std::any_of(trimmed.begin(), trimmed.end(),
        [](QChar c) { return c.isSpace() || c.category() == QChar::Other_Control; });
    if (hasBlank)
        return invalidInput(explain::addressHasBlanks());
    if (const qsizetype scheme = trimmed.indexOf(u"://"_s); scheme >= 0)
        return parseUrl(trimmed, scheme);
    if (trimmed.contains(u'@'))
        return invalidInput(explain::userNeedsUrl());
    const Result<Endpoint> endpoint = parseAuthority(trimmed);
    if (!endpoint)
        return endpoint.error();
    TypedEndpoint result;
    result.typed = trimmed.toString();
    result.endpoint = *endpoint;
    return result;
}

} // namespace slotscope::net
