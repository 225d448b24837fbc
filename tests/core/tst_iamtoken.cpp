// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/iamtoken.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace slotscope::profile;
using support::ErrorCode;

namespace {

QDateTime timeOf(const QString& amzDate)
{
    QDateTime time = QDateTime::fromString(amzDate, u"yyyyMMdd'T'HHmmss'Z'"_s);
    time.setTimeSpec(Qt::UTC);
    return time;
}

const QDateTime newYear = timeOf(u"20250101T000000Z"_s);

AwsCredentials fake(const QString& sessionToken = {})
{
    return { u"fakeAccessKeyId"_s, Secret(u"fakeSecretKey"_s), Secret(sessionToken), {} };
}

Authentication iam(AuthenticationKind kind)
{
    return { kind, u"my-user-id"_s, u"my-replication-group-id"_s, u"eu-west-1"_s, {} };
}

QString signatureOf(const Secret& token)
{
    return token.reveal().section(u"X-Amz-Signature="_s, 1);
}

} // namespace

class IamTokenTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void vectors_data();
    void vectors();
    void tokens_data();
    void tokens();
    void theNameIsLowerCase();
    void expires();
    void refuses();
    void isNeverPrinted();
};

void IamTokenTest::vectors_data()
{
    QTest::addColumn<QJsonObject>("vector");
    QFile file(QFINDTESTDATA("../data/sigv4.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray vectors = QJsonDocument::fromJson(file.readAll()).array();
    QVERIFY(vectors.size() >= 8);
    for (const QJsonValue& vector : vectors)
        QTest::newRow(qPrintable(vector["name"_L1].toString())) << vector.toObject();
}

void IamTokenTest::vectors()
{
    QFETCH(QJsonObject, vector);
    QCOMPARE(vector.value("method"_L1).toString(), u"GET"_s);
    QCOMPARE(vector.value("path"_L1).toString(), u"/"_s);
    PresignRequest request;
    request.host = vector.value("host"_L1).toString();
    const QJsonObject parameters = vector.value("params"_L1).toObject();
    for (auto it = parameters.begin(); it != parameters.end(); ++it)
        request.parameters.append({ it.key(), it->toString() });
    request.service = vector.value("service"_L1).toString();
    request.region = vector.value("region"_L1).toString();
    request.time = timeOf(vector.value("amz_date"_L1).toString());
    request.lifetime = std::chrono::seconds(vector.value("expires"_L1).toInt());
    const AwsCredentials credentials { vector.value("access_key"_L1).toString(),
        Secret(vector.value("secret_key"_L1).toString()),
        Secret(vector.value("session_token"_L1).toString()), {} };
    const QString url = presigned(request, credentials);
    QCOMPARE(url, vector.value("token_sorted"_L1).toString());
    QCOMPARE(signatureOf(Secret(url)), vector.value("signature"_L1).toString());
}

void IamTokenTest::tokens_data()
{
    QTest::addColumn<AuthenticationKind>("kind");
    QTest::addColumn<QString>("session");
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("last");
    QTest::newRow("ElastiCache") << AuthenticationKind::IamElastiCache << QString() << u"9e361603"_s
                                 << u"e8d7"_s;
    QTest::newRow("ElastiCache, session") << AuthenticationKind::IamElastiCache
                                          << u"fakeSessionToken"_s << u"bbce2bd6"_s << u"66dc"_s;
    QTest::newRow("serverless") << AuthenticationKind::IamServerless << QString() << u"57292e57"_s
                                << u"ffaa"_s;
    QTest::newRow("serverless, session")
        << AuthenticationKind::IamServerless << u"fakeSessionToken"_s << u"f9c006e2"_s << u"92f2"_s;
    QTest::newRow("MemoryDB") << AuthenticationKind::IamMemoryDb << QString() << u"13373b4f"_s
                              << u"f558"_s;
    QTest::newRow("MemoryDB, session")
        << AuthenticationKind::IamMemoryDb << u"fakeSessionToken"_s << u"0a680af3"_s << u"ac38"_s;
}

void IamTokenTest::tokens()
{
    QFETCH(AuthenticationKind, kind);
    QFETCH(QString, session);
    QFETCH(QString, first);
    QFETCH(QString, last);
    const auto token = makeIamToken(iam(kind), fake(session), newYear);
    QVERIFY(token.hasValue());
    const QString signature = signatureOf(token->token);
    QCOMPARE(signature.size(), 64);
    QVERIFY2(signature.startsWith(first), qPrintable(signature));
    QVERIFY2(signature.endsWith(last), qPrintable(signature));
    QVERIFY(token->token.reveal().startsWith("my-replication-group-id/?Action=connect&"_L1));
}

void IamTokenTest::theNameIsLowerCase()
{
    Authentication authentication = iam(AuthenticationKind::IamElastiCache);
    const auto token = makeIamToken(authentication, fake(), newYear);
    authentication.cacheName = u"My-Replication-Group-ID"_s;
    QVERIFY(makeIamToken(authentication, fake(), newYear)->token == token->token);
}

void IamTokenTest::expires()
{
    AwsCredentials credentials = fake();
    const auto token = makeIamToken(iam(AuthenticationKind::IamElastiCache), credentials, newYear);
    QCOMPARE(token->expires, newYear.addSecs(15 * 60));
    // What signs a token must be valid as long as the token is.
    credentials.expires = newYear.addSecs(60);
    QCOMPARE(makeIamToken(iam(AuthenticationKind::IamElastiCache), credentials, newYear)->expires,
        newYear.addSecs(60));
}

void IamTokenTest::refuses()
{
    const auto codeOf = [](const Authentication& authentication, const AwsCredentials& keys) {
        const auto token = makeIamToken(authentication, keys, newYear);
        return token ? std::nullopt : std::optional(token.error().code);
    };
    const Authentication good = iam(AuthenticationKind::IamElastiCache);
    QCOMPARE(codeOf(good, fake()), std::nullopt);
    QCOMPARE(codeOf(iam(AuthenticationKind::AclUser), fake()), ErrorCode::InvalidInput);
    for (QString Authentication::*field :
        { &Authentication::user, &Authentication::cacheName, &Authentication::region }) {
        Authentication bad = good;
        (bad.*field).clear();
        QCOMPARE(codeOf(bad, fake()), ErrorCode::InvalidInput);
    }
    QCOMPARE(codeOf(good, {}), ErrorCode::InvalidInput);
    AwsCredentials expired = fake();
    expired.expires = newYear;
    QCOMPARE(codeOf(good, expired), ErrorCode::InvalidInput);
}

void IamTokenTest::isNeverPrinted()
{
    QString text;
    QDebug(&text) << Secret(u"swordfish"_s);
    QVERIFY(!text.contains(u"swordfish"_s));
    QVERIFY(text.contains(u"secret"_s));
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::IamTokenTest)
#include "tst_iamtoken.moc"
