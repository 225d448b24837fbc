// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/iamtoken.h"

#include "core/explain/clocks.h"
#include "core/explain/profiles.h"
#include "core/explain/tools.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

#include <algorithm>

namespace slotscope::profile {

using namespace Qt::StringLiterals;
using support::Error;
using support::ErrorCode;
using support::Result;

namespace {

constexpr auto sha256 = QCryptographicHash::Sha256;

QByteArray hmac(const QByteArray& key, const QByteArray& message)
{
    return QMessageAuthenticationCode::hash(message, key, sha256);
}

/// RFC 3986 with only the unreserved characters as they are, which is Qt's default.
QByteArray encoded(const QString& text)
{
    return text.toUtf8().toPercentEncoding();
}

QByteArray serviceName(AuthenticationKind kind)
{
    return kind == AuthenticationKind::IamMemoryDb ? "memorydb"_ba : "elasticache"_ba;
}

QString timeText(const QDateTime& time)
{
    return time.toUTC().toString(u"yyyy-MM-dd HH:mm 'UTC'"_s);
}

} // namespace

QString doubtOfClock(const AwsCredentials& credentials, const QDateTime& now)
{
    constexpr qint64 longest = std::chrono::milliseconds(std::chrono::hours(36)).count();
    const qint64 left = credentials.expires.isValid() ? now.msecsTo(credentials.expires) : 0;
    if (left <= longest)
        return {};
    return explain::credentialsLastTooLong(
        timeText(credentials.expires), std::min<qint64>(left, 1'000'000'000'000'000) * 1000);
}

QString presigned(const PresignRequest& request, const AwsCredentials& credentials)
{
    const QDateTime utc = request.time.toUTC();
    const QByteArray date = utc.toString(u"yyyyMMdd"_s).toLatin1();
    const QByteArray stamp = date + utc.toString(u"'T'HHmmss'Z'"_s).toLatin1();
    const QByteArray region = request.region.toUtf8();
    const QByteArray service = request.service.toUtf8();
    const QByteArray scope = date + '/' + region + '/' + service + "/aws4_request";
    const QByteArray algorithm = "AWS4-HMAC-SHA256";

    QList<QPair<QByteArray, QByteArray>> parameters;
    for (const auto& [name, value] : request.parameters)
        parameters.append({ encoded(name), encoded(value) });
    const QString credential = credentials.accessKeyId + u'/' + QString::fromUtf8(scope);
    parameters += { { "X-Amz-Algorithm", algorithm }, { "X-Amz-Credential", encoded(credential) },
        { "X-Amz-Date", stamp },
        { "X-Amz-Expires", QByteArray::number(qint64(request.lifetime.count())) },
        { "X-Amz-SignedHeaders", "host" } };
    if (!credentials.sessionToken.isEmpty()) {
        parameters.append({ "X-Amz-Security-Token", encoded(credentials.sessionToken.reveal()) });
    }
    std::sort(parameters.begin(), parameters.end());
    QByteArrayList pairs;
    for (const auto& [name, value] : std::as_const(parameters))
        pairs.append(name + '=' + value);
    const QByteArray query = pairs.join('&');

    const QByteArray host = request.host.toUtf8();
    const QByteArray emptyPayload = QCryptographicHash::hash(QByteArrayView(), sha256).toHex();
    const QByteArray canonical
        = "GET\n/\n" + query + "\nhost:" + host + "\n\nhost\n" + emptyPayload;
    const QByteArray toSign = algorithm + '\n' + stamp + '\n' + scope + '\n'
        + QCryptographicHash::hash(canonical, sha256).toHex();

    QByteArray key = "AWS4" + credentials.secretAccessKey.reveal().toUtf8();
    for (const QByteArray& part : { date, region, service, "aws4_request"_ba })
        key = hmac(key, part);
    return QString::fromUtf8(host + "/?" + query + "&X-Amz-Signature=" + hmac(key, toSign).toHex());
}

Result<IamToken> makeIamToken(
    const Authentication& authentication, const AwsCredentials& credentials, const QDateTime& now)
{
    const auto invalid = [](const QString& detail) {
        return Error { ErrorCode::InvalidInput, detail, {} };
    };
    if (!authentication.isIam())
        return invalid(explain::profileIsNotIam());
    if (authentication.user.isEmpty() || authentication.cacheName.isEmpty()
        || authentication.region.isEmpty())
        return invalid(explain::iamNeedsNames());
    if (credentials.accessKeyId.isEmpty() || credentials.secretAccessKey.isEmpty())
        return invalid(explain::noAwsKeys());
    if (credentials.expires.isValid() && credentials.expires <= now) {
        return invalid(explain::credentialsExpired(timeText(credentials.expires), timeText(now)));
    }

    PresignRequest request;
    // The service signs the name in lower case, whatever the user wrote.
    request.host = authentication.cacheName.toLower();
    request.parameters = { { u"Action"_s, u"connect"_s }, { u"User"_s, authentication.user } };
    if (authentication.kind == AuthenticationKind::IamServerless)
        request.parameters.append({ u"ResourceType"_s, u"ServerlessCache"_s });
    request.service = QString::fromLatin1(serviceName(authentication.kind));
    request.region = authentication.region;
    request.time = now;
    request.lifetime = iamTokenLifetime;
    IamToken result { Secret(presigned(request, credentials)),
        now.toUTC().addSecs(iamTokenLifetime.count()) };
    if (credentials.expires.isValid())
        result.expires = std::min(result.expires, credentials.expires.toUTC());
    return result;
}

} // namespace slotscope::profile
