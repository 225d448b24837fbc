// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/clocks.h"
#include "core/explain/errors.h"
#include "core/net/serverclock.h"
#include "core/profile/iamtoken.h"

#include <QRegularExpression>
#include <QTest>

#include <limits>

namespace slotscope::tests {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 second = 1'000'000;
constexpr qint64 minute = 60 * second;
constexpr qint64 hour = 60 * minute;

} // namespace

class TestClocks final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void spans_data();
    void spans();
    void middleOfTheRoundTrip();
    void comparisons();
    void whatItMeansToTokens();
    void refusedToken();
    void credentials();
};

void TestClocks::spans_data()
{
    QTest::addColumn<qint64>("micros");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << qint64(0) << u"0.0 s"_s;
    QTest::newRow("tenths") << qint64(449'999) << u"0.4 s"_s;
    QTest::newRow("seconds") << 12 * second << u"12 s"_s;
    QTest::newRow("minutes") << 7 * minute + 12 * second << u"7 min 12 s"_s;
    QTest::newRow("behind") << -(7 * minute + 12 * second) << u"7 min 12 s"_s;
    QTest::newRow("hours") << 3 * hour + 5 * minute << u"3 h 5 min"_s;
    QTest::newRow("days") << 52 * hour << u"2 days 4 h"_s;
    QTest::newRow("as much as there is") << std::numeric_limits<qint64>::min() << u""_s;
}

void TestClocks::spans()
{
    QFETCH(qint64, micros);
    QFETCH(QString, text);
    const QString span = explain::timeSpan(micros);
    if (text.isEmpty())
        QVERIFY(span.endsWith(u" h"_s));
    else
        QCOMPARE(span, text);
}

void TestClocks::middleOfTheRoundTrip()
{
    QCOMPARE(net::clockSkew(1000, 900, 100), (net::ClockSkew { 150, 50 }));
    QCOMPARE(net::clockSkew(1000, 1100, -1), (net::ClockSkew { -100, 0 }));
    net::ServerClock clock;
    QVERIFY(!clock.last());
    clock.note({ 5, 1 });
    clock.note({ 6, 1 });
    QCOMPARE(clock.last()->skew.aheadMicros, 6);
    QVERIFY(clock.last()->atNanos > 0 && clock.last()->atNanos <= net::monotonicNanos());
}

void TestClocks::comparisons()
{
    using explain::clocksCompared;
    QCOMPARE(clocksCompared(u"10.0.0.1:1"_s, 432 * second, 0),
        u"The clock of 10.0.0.1:1 is 7 min 12 s ahead of this computer's."_s);
    QCOMPARE(clocksCompared({}, -2 * hour, 0),
        u"The clock of the server is 2 h 0 min behind this computer's."_s);
    QCOMPARE(clocksCompared({}, 300'000, 100'000),
        u"The clocks of the server and of this computer agree (to within 0.4 s)."_s);
    // A slow answer proves nothing.
    QVERIFY(clocksCompared({}, 3 * second, 4 * second).contains(u"agree"_s));
    QCOMPARE(explain::clocksAgree(1, 0),
        u"The clocks of 1 node and of this computer agree (to within 0.1 s)."_s);
    QVERIFY(explain::clocksAgree(6, second).startsWith(u"The clocks of 6 nodes"_s));
    QVERIFY(clocksCompared(u"%1 %2"_s, hour, 0).startsWith(u"The clock of %1 %2 is 1 h"_s));
}

void TestClocks::whatItMeansToTokens()
{
    QVERIFY(explain::skewRefusesTokens(5 * minute).isEmpty());
    QVERIFY(explain::skewRefusesTokens(-5 * minute).isEmpty());
    QVERIFY(explain::skewRefusesTokens(5 * minute + 1).contains(u"five minutes"_s));
    QVERIFY(explain::skewRefusesTokens(-6 * minute).contains(u"IAM User Guide"_s));
}

void TestClocks::refusedToken()
{
    support::Error error { support::ErrorCode::TokenRefused, u"WRONGPASS"_s, u"h:1"_s };
    QCOMPARE(explain::errorSentence(error), u"h:1 refused this user's token (WRONGPASS)."_s);
    const QString unknown = explain::errorRemedy(error);
    QVERIFY(unknown.startsWith(u"A server tells its time only to who is logged in"_s));
    QVERIFY(unknown.contains(u"elasticache:Connect"_s));
    error.clockAheadMicros = 432 * second;
    const QString skewed = explain::errorRemedy(error);
    QVERIFY2(
        skewed.startsWith(u"The clock of the server is 7 min 12 s ahead of this computer's. That "
                          "is probably the reason."_s),
        qPrintable(skewed));
    error.clockAheadMicros = 0;
    QVERIFY(explain::errorRemedy(error).contains(u"They are not the reason."_s));
}

void TestClocks::credentials()
{
    const QDateTime now = QDateTime::fromString(u"2026-11-29T02:00:00Z"_s, Qt::ISODate);
    profile::Authentication iam;
    iam.kind = profile::AuthenticationKind::IamElastiCache;
    iam.user = u"u"_s;
    iam.cacheName = u"c"_s;
    iam.region = u"us-east-1"_s;
    profile::AwsCredentials keys;
    keys.accessKeyId = u"id"_s;
    keys.secretAccessKey = profile::Secret(u"key"_s);
    QVERIFY(profile::doubtOfClock(keys, now).isEmpty());
    keys.expires = now.addSecs(36 * 3600);
    QVERIFY(profile::doubtOfClock(keys, now).isEmpty());
    QVERIFY(profile::makeIamToken(iam, keys, now));

    keys.expires = now.addSecs(40 * 3600);
    QVERIFY(profile::makeIamToken(iam, keys, now)); // it may be right all the same
    const QString doubt = profile::doubtOfClock(keys, now);
    QVERIFY2(doubt.contains(u"until 2026-11-30 18:00 UTC, which is 40 h 0 min from now"_s),
        qPrintable(doubt));

    keys.expires = now.addSecs(-3600);
    QVERIFY(profile::doubtOfClock(keys, now).isEmpty());
    const auto refused = profile::makeIamToken(iam, keys, now);
    QVERIFY(!refused);
    QVERIFY2(
        refused.error().detail.contains(u"expired on 2026-11-29 01:00 UTC, and this computer's "
                                        "clock says 2026-11-29 02:00 UTC"_s),
        qPrintable(refused.error().detail));
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestClocks)
#include "tst_clocks.moc"
