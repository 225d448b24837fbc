// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/typedendpoint.h"

#include <QHostAddress>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace slotscope::net {

using support::invalidInput;
using support::Result;

namespace {

constexpr quint16 defaultPort = 6379;

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
        return u"no host"_s;
    if (isIPv6(host))
        return {};
    if (host.size() > 253)
        return u"the host is longer than 253 characters"_s;
    if (std::all_of(host.begin(), host.end(), isDigitOrDot)) {
        if (isIPv4(host))
            return {};
        if (!host.contains(u'.'))
            return u"a number alone: a port needs a host before it, as in 127.0.0.1:%1"_s.arg(host);
        return u"%1 is not an IPv4 address"_s.arg(host);
    }
    const bool plain = std::all_of(host.begin(), host.end(), [](QChar c) {
        return c.isLetterOrNumber() || c.isMark() || c == u'-' || c == u'.' || c == u'_';
    });
    if (!plain)
        return u"characters that no host name has"_s;
    const QStringView labels = host.endsWith(u'.') ? QStringView(host).chopped(1) : host;
    for (const QStringView label : labels.split(u'.')) {
        if (label.isEmpty() || label.size() > 63 || label.startsWith(u'-'))
            return u"the host has a part that is empty, begins with - or is longer than 63"_s;
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
            return invalidInput(u"no IPv6 address in [ ]"_s);
        host = text.sliced(1, end - 1);
        const QStringView rest = text.sliced(end + 1);
        if (!rest.isEmpty() && !rest.startsWith(u':'))
            return invalidInput(u"something other than a port after ]"_s);
        hasPort = !rest.isEmpty();
        port = rest.mid(1);
    } else if (!isIPv6(text)) {
        if (text.count(u':') > 1)
            return invalidInput(u"more than one colon, and no IPv6 address"_s);
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
            return invalidInput(u"the port is not a number from 1 to 65535"_s);
    }
    return endpoint;
}

QString percentDecoded(QStringView text)
{
    return QString::fromUtf8(QByteArray::fromPercentEncoding(text.toUtf8()));
}

Result<TypedEndpoint> parseUrl(QStringView text, qsizetype schemeLength)
{
    const QString scheme = text.first(schemeLength).toString().toLower();
    TypedEndpoint result;
    if (scheme == u"rediss"_s || scheme == u"valkeys"_s)
        result.tls = true;
    else if (scheme != u"redis"_s && scheme != u"valkey"_s)
        return invalidInput(u"not a scheme of Redis or Valkey"_s);

    const QStringView rest = text.sliced(schemeLength + 3);
    const auto authorityEnd = std::find_if(
        rest.begin(), rest.end(), [](QChar c) { return QStringView(u"/?#").contains(c); });
    const QStringView whole = rest.first(authorityEnd - rest.begin());
    QStringView path = rest.sliced(whole.size());
    const qsizetype at = whole.lastIndexOf(u'@');
    if (path.contains(u'@') && at < 0)
        return invalidInput(u"a / ? or # before the @ must be percent-encoded"_s);
    if (const auto query
        = std::find_if(path.begin(), path.end(), [](QChar c) { return c == u'?' || c == u'#'; });
        query != path.end())
        path = path.first(query - path.begin());
    if (!path.isEmpty()) {
        const QStringView database = path.sliced(1);
        if (!std::all_of(
                database.begin(), database.end(), [](QChar c) { return c >= u'0' && c <= u'9'; }))
            return invalidInput(u"the path is not a database number"_s);
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
        return invalidInput(u"empty"_s);
    const bool hasBlank = std::any_of(trimmed.begin(), trimmed.end(),
        [](QChar c) { return c.isSpace() || c.category() == QChar::Other_Control; });
    if (hasBlank)
        return invalidInput(u"blanks or line breaks inside"_s);
    if (const qsizetype scheme = trimmed.indexOf(u"://"_s); scheme >= 0)
        return parseUrl(trimmed, scheme);
    if (trimmed.contains(u'@'))
        return invalidInput(u"a user or a password needs a redis:// URL"_s);
    const Result<Endpoint> endpoint = parseAuthority(trimmed);
    if (!endpoint)
        return endpoint.error();
    TypedEndpoint result;
    result.typed = trimmed.toString();
    result.endpoint = *endpoint;
    return result;
}

} // namespace slotscope::net
