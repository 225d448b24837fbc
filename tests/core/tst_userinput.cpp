// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/userinput.h"

#include <QRegularExpression>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using cluster::Topology;
using command::Redirect;
using net::TypedEndpoint;
using session::understandInput;
using session::UserInput;
using support::Error;

namespace {

const QString nodesText
    = u"07c37dfeb235213a872192d90877d0cd55635b91 127.0.0.1:30004@31004,host-4 slave "
      "e7d1eecce10fd6bb5eb35b9f99a514335d9ba9ca 0 1426238317239 4 connected\n"
      "67ed2db8d677e59ec4a4cefb06858cf2a1a89fa1 127.0.0.1:30002@31002 master - 0 1426238316232 2 "
      "connected 5461-10922\n"
      "292f8b365bb7edb5e285caf0b7e6ddc7265d2f4f 127.0.0.1:30003@31003 master - 0 1426238318243 3 "
      "connected 10923-16383\n"
      "e7d1eecce10fd6bb5eb35b9f99a514335d9ba9ca 127.0.0.1:30001@31001 myself,master - 0 0 1 "
      "connected 0-5460 [42->-67ed2db8d677e59ec4a4cefb06858cf2a1a89fa1]\n"_s;

} // namespace

class UserInputTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void findsRedirects_data();
    void findsRedirects();
    void understandsNodes_data();
    void understandsNodes();
    void pastedTopologyHasNoTime();
    void damagedNodesAreAnError();
    void understandsEndpoints_data();
    void understandsEndpoints();
    void refusesGarbage_data();
    void refusesGarbage();
};

void UserInputTest::findsRedirects_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("moved");
    QTest::addColumn<int>("slot");
    QTest::addColumn<QString>("target");
    QTest::newRow("bare") << u"MOVED 1738 127.0.0.1:6379"_s << true << 1738 << u"127.0.0.1:6379"_s;
    QTest::newRow("redis-cli") << u"(error) MOVED 1738 127.0.0.1:6379"_s << true << 1738
                               << u"127.0.0.1:6379"_s;
    QTest::newRow("wire") << u"-MOVED 1738 127.0.0.1:6379\r\n"_s << true << 1738
                          << u"127.0.0.1:6379"_s;
    QTest::newRow("Go") << u"panic: redis: MOVED 1738 10.0.0.1:6379\n\ngoroutine 1 [running]:"_s
                        << true << 1738 << u"10.0.0.1:6379"_s;
    QTest::newRow("ioredis") << u"ReplyError: ASK 0 10.0.0.1:7001\n    at parseError"_s << false
                             << 0 << u"10.0.0.1:7001"_s;
    QTest::newRow("redis-py") << u"redis.exceptions.MovedError: 3999 127.0.0.1:6381"_s << true
                              << 3999 << u"127.0.0.1:6381"_s;
    QTest::newRow("redis-py ASK") << u"AskError: 3999 127.0.0.1:6381"_s << false << 3999
                                  << u"127.0.0.1:6381"_s;
    QTest::newRow("quoted")
        << u"{\"err\": \"MOVED 1738 orders-0001-001.x.cache.amazonaws.com:6379\"}"_s << true << 1738
        << u"orders-0001-001.x.cache.amazonaws.com:6379"_s;
    QTest::newRow("with ERR") << u"ERR MOVED 1 h:1"_s << true << 1 << u"h:1"_s;
    QTest::newRow("IPv6 of a server")
        << u"MOVED 12706 ::1:22022"_s << true << 12706 << u"::1:22022"_s;
    QTest::newRow("empty host") << u"MOVED 866 :6380"_s << true << 866 << u":6380"_s;
    QTest::newRow("unknown host") << u"MOVED 12706 ?:22002"_s << true << 12706 << u"?:22002"_s;
    QTest::newRow("end of a sentence")
        << u"It said MOVED 1738 10.0.0.1:6379."_s << true << 1738 << u"10.0.0.1:6379"_s;
}

void UserInputTest::findsRedirects()
{
    QFETCH(QString, text);
    QFETCH(bool, moved);
    QFETCH(int, slot);
    QFETCH(QString, target);
    const UserInput input = understandInput(text);
    QVERIFY(std::holds_alternative<Redirect>(input));
    const auto& redirect = std::get<Redirect>(input);
    QCOMPARE(redirect.kind == Redirect::Kind::Moved, moved);
    QCOMPARE(redirect.slot.number(), slot);
    QCOMPARE(redirect.targetText, target);
}

void UserInputTest::understandsNodes_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("as printed") << nodesText;
    QTest::newRow("CRLF") << QString(nodesText).replace(u"\n"_s, u"\r\n"_s);
    QTest::newRow("indented") << u"    "_s + QString(nodesText).replace(u"\n"_s, u"\n    "_s);
    QTest::newRow("tabs") << QString(nodesText).replace(u' ', u'\t');
    QTest::newRow("JSON string") << u'"' + QString(nodesText).replace(u"\n"_s, u"\\n"_s) + u'"';
    QTest::newRow("JSON string of Go") << u'"'
            + QString(nodesText).replace(u"\n"_s, u"\\n"_s).replace(u">"_s, u"\\u003e"_s) + u'"';
    QTest::newRow("with the prompt") << u"127.0.0.1:7000> cluster nodes\n"_s + nodesText;
    QTest::newRow("verbatim") << u"txt:"_s + nodesText;
    QTest::newRow("nodes.conf") << nodesText + u"vars currentEpoch 6 lastVoteEpoch 0\n"_s;
}

void UserInputTest::understandsNodes()
{
    QFETCH(QString, text);
    const UserInput input = understandInput(text);
    QVERIFY(std::holds_alternative<Topology>(input));
    const auto& topology = std::get<Topology>(input);
    QCOMPARE(topology.nodes().size(), 4);
    QCOMPARE(topology.shards().size(), 3);
    QCOMPARE(topology.uncovered().size(), 0);
    const cluster::Node* owner = topology.ownerOf(cluster::Slot(42));
    QVERIFY(owner != nullptr);
    QCOMPARE(owner->id.toByteArray(), "e7d1eecce10fd6bb5eb35b9f99a514335d9ba9ca");
    QCOMPARE(owner->address.toString(), u"127.0.0.1:30001"_s);
    QVERIFY(topology.migrationOf(cluster::Slot(42)) != nullptr);
}

void UserInputTest::pastedTopologyHasNoTime()
{
    const UserInput input = understandInput(nodesText);
    const auto& data = std::get<Topology>(input).data();
    QVERIFY(!data.capturedAt.isValid());
    QCOMPARE(data.viewsAnswered, 1);
    QCOMPARE(data.answeredBy.toByteArray(), "e7d1eecce10fd6bb5eb35b9f99a514335d9ba9ca");
    QVERIFY(data.seedTyped.isEmpty());
}

void UserInputTest::damagedNodesAreAnError()
{
    const UserInput input
        = understandInput(QString(nodesText).replace(u"5461-10922"_s, u"5461-99999"_s));
    QVERIFY(std::holds_alternative<Error>(input));
    QCOMPARE(std::get<Error>(input).code, support::ErrorCode::InvalidInput);
}

void UserInputTest::understandsEndpoints_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("endpoint");
    QTest::newRow("host") << u" redis.example "_s << u"redis.example:6379"_s;
    QTest::newRow("host and port") << u"127.0.0.1:7000"_s << u"127.0.0.1:7000"_s;
    QTest::newRow("URL") << u"rediss://orders:6380"_s << u"orders:6380"_s;
    QTest::newRow("database 0") << u"redis://orders:6380/0"_s << u"orders:6380"_s;
    QTest::newRow("a host called moved") << u"moved:7000"_s << u"moved:7000"_s;
}

void UserInputTest::understandsEndpoints()
{
    QFETCH(QString, text);
    QFETCH(QString, endpoint);
    const UserInput input = understandInput(text);
    QVERIFY(std::holds_alternative<TypedEndpoint>(input));
    QCOMPARE(std::get<TypedEndpoint>(input).endpoint.toString(), endpoint);
}

void UserInputTest::refusesGarbage_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << u" \n"_s;
    QTest::newRow("a sentence") << u"Please look at my cluster"_s;
    QTest::newRow("another URL") << u"http://example.com:6379"_s;
    QTest::newRow("another database") << u"redis://127.0.0.1:6379/3"_s;
    QTest::newRow("a slot that cannot be") << u"MOVED 16384 127.0.0.1:6379"_s;
    QTest::newRow("a port that cannot be") << u"MOVED 1 127.0.0.1:99999"_s;
    QTest::newRow("binary") << QString::fromLatin1("\x01\x02\xff\xfe one two");
    QTest::newRow("very long") << QString(9'000'000, u'x');
}

void UserInputTest::refusesGarbage()
{
    QFETCH(QString, text);
    const UserInput input = understandInput(text);
    QVERIFY(std::holds_alternative<Error>(input));
    QCOMPARE(std::get<Error>(input).code, support::ErrorCode::InvalidInput);
    QVERIFY(!std::get<Error>(input).detail.isEmpty());
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::UserInputTest)
#include "tst_userinput.moc"
