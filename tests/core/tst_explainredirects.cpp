// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/goredis.h"
#include "core/explain/redirects.h"

#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace explain;

class ExplainRedirectsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void captions();
    void percentSignsOfOthersStay();
    void durations_data();
    void durations();
    void moved();
    void ask();
    void targetsThatNameNoHost();
    void goCode();
    void goCodeWithEverything();
    void goStringsAreEscaped();
};

void ExplainRedirectsTest::captions()
{
    QCOMPARE(askingFor(u"GET k"_s, 7, u"S03"_s), u"GET k is slot 7. This computer asks S03."_s);
    QCOMPARE(plainClientStops(), u"A plain client stops here. Your program receives this error."_s);
    QCOMPARE(outcomeUnknown(u"S17"_s),
        u"Sent to S17, no reply. It may have been executed. Not sent again."_s);
    QCOMPARE(nextTimeStraight(u"S01"_s), u"next time: straight to S01"_s);
    QCOMPARE(nextTimeAgain(u"S03"_s), u"next time: S03 again"_s);
}

// Commands and addresses come from users and servers.
void ExplainRedirectsTest::percentSignsOfOthersStay()
{
    QCOMPARE(askingFor(u"GET %2%3"_s, 7, u"%1"_s), u"GET %2%3 is slot 7. This computer asks %1."_s);
    QCOMPARE(movedReply(u"%3"_s, 7, u"%1"_s),
        u"%3 does not own slot 7: MOVED, it belongs to %1. %3 forwards nothing."_s);
}

void ExplainRedirectsTest::durations_data()
{
    QTest::addColumn<qint64>("micros");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << qint64(0) << u"0 us"_s;
    QTest::newRow("microseconds") << qint64(999) << u"999 us"_s;
    QTest::newRow("one digit") << qint64(1240) << u"1.2 ms"_s;
    QTest::newRow("milliseconds") << qint64(50'123) << u"50 ms"_s;
    QTest::newRow("seconds") << qint64(2'000'000) << u"2.0 s"_s;
}

void ExplainRedirectsTest::durations()
{
    QFETCH(qint64, micros);
    QFETCH(QString, text);
    QCOMPARE(duration(micros), text);
}

void ExplainRedirectsTest::moved()
{
    const RedirectExplanation e = explainRedirect(true, 1738, u"127.0.0.1:6379"_s);
    QCOMPARE(e.title, u"MOVED: slot 1738 belongs to 127.0.0.1:6379"_s);
    QVERIFY(e.meaning.contains(u"1738") && e.meaning.contains(u"127.0.0.1:6379"));
    QVERIFY(e.likelyCause.contains(u"guess"));
    QVERIFY(e.likelyCause.contains(u"NewUniversalClient"));
    QVERIFY(e.advice.contains(u"cluster client"));
    QVERIFY(e.wrongCode.contains(u"redis.NewUniversalClient("));
    QVERIFY(e.rightCode.contains(u"redis.NewClusterClient("));
    QVERIFY(e.rightCode.contains(u"\"your-endpoint:6379\""));
    for (const QString& text : { e.title, e.meaning, e.likelyCause, e.advice }) {
        QVERIFY2(!QRegularExpression(u"\\bask"_s, QRegularExpression::CaseInsensitiveOption)
                      .match(text)
                      .hasMatch(),
            qPrintable(text));
    }
}

void ExplainRedirectsTest::ask()
{
    const RedirectExplanation e = explainRedirect(false, 42, u"10.0.0.2:7001"_s);
    QCOMPARE(e.title, u"ASK: slot 42 is moving to 10.0.0.2:7001"_s);
    QVERIFY(e.meaning.contains(u"ASKING"));
    QVERIFY(e.likelyCause.contains(u"guess"));
    QVERIFY(e.wrongCode.isEmpty());
    QVERIFY(e.rightCode.contains(u"redis.NewClusterClient("));
}

void ExplainRedirectsTest::targetsThatNameNoHost()
{
    const QString empty = explainRedirect(true, 1, u":6380"_s).title;
    QCOMPARE(empty, u"MOVED: slot 1 belongs to port 6380 of the host that answered"_s);
    const QString unknown = explainRedirect(true, 1, u"?:6380"_s).title;
    QCOMPARE(
        unknown, u"MOVED: slot 1 belongs to a node on port 6380 that announces no host name"_s);
    QCOMPARE(explainRedirect(true, 1, u"::1:6380"_s).title, u"MOVED: slot 1 belongs to ::1:6380"_s);
}

void ExplainRedirectsTest::goCode()
{
    const GoRedisCode code = goRedisCode(u"h:6379"_s, false, {}, false);
    QCOMPARE(code.wrong,
        u"client := redis.NewUniversalClient(&redis.UniversalOptions{\n"
        "\tAddrs: []string{\"h:6379\"},\n"
        "})\n"_s);
    QCOMPARE(code.right,
        u"client := redis.NewClusterClient(&redis.ClusterOptions{\n"
        "\tAddrs: []string{\"h:6379\"},\n"
        "})\n"_s);
}

void ExplainRedirectsTest::goCodeWithEverything()
{
    QCOMPARE(goRedisCode(u"h:6379"_s, true, u"alice"_s, true).right,
        u"client := redis.NewClusterClient(&redis.ClusterOptions{\n"
        "\tAddrs:     []string{\"h:6379\"},\n"
        "\tUsername:  \"alice\",\n"
        "\tPassword:  os.Getenv(\"REDIS_PASSWORD\"),\n"
        "\tTLSConfig: &tls.Config{},\n"
        "})\n"_s);
}

void ExplainRedirectsTest::goStringsAreEscaped()
{
    const QString code = goRedisCode(u"h\"}, evil: \\\n\u202e:1"_s, false, u"ä%1"_s, false).right;
    QVERIFY(code.contains(uR"("h\"}, evil: \\\n\u202e:1")"_s));
    QVERIFY(code.contains(u"\"ä%1\""_s));
    QCOMPARE(code.count(u'\n'), 4);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::ExplainRedirectsTest)
#include "tst_explainredirects.moc"
