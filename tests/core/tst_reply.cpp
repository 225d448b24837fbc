// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/resp/replyformat.h"
#include "core/resp/replyreader.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope;
using resp::Reply;
using resp::Type;

namespace {

Reply read(const QByteArray& bytes)
{
    resp::ReplyReader reader;
    reader.feed(bytes);
    const auto next = reader.next();
    if (!next || !*next)
        qFatal("not a reply");
    return **next;
}

QJsonObject parsed(const QByteArray& json)
{
    return QJsonDocument::fromJson(json).object();
}

} // namespace

class TestReply : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void defaultIsNull();
    void madeUpReplies();
    void childrenByIndexAndInOrder();
    void valuesByKey();
    void partsOutliveTheWhole();
    void equality();
    void convertsToInteger_data();
    void convertsToInteger();
    void jsonOfTheContract_data();
    void jsonOfTheContract();
    void jsonThereAndBack();
    void hostileJsonGivesNull_data();
    void hostileJsonGivesNull();
    void displayText_data();
    void displayText();
    void displayTextIsCut();
};

void TestReply::defaultIsNull()
{
    const Reply reply;
    QVERIFY(reply.isNull());
    QVERIFY(!reply.isAggregate());
    QCOMPARE(reply.size(), 0);
    QVERIFY(reply.text().isEmpty());
    QVERIFY(reply.at(0).isNull());
    QVERIFY(reply.value("key").isNull());
    for (const Reply& child : reply)
        QFAIL(qPrintable(u"a child: "_s + resp::toDisplayText(child)));
    QCOMPARE(reply, read("_\r\n"));
}

void TestReply::madeUpReplies()
{
    QCOMPARE(Reply::fromText(Type::Error, "ERR x"), read("-ERR x\r\n"));
    QCOMPARE(Reply::fromText(Type::String, ""), read("$0\r\n\r\n"));
    QCOMPARE(Reply::fromText(Type::Verbatim, "a"), read("=5\r\ntxt:a\r\n"));
    QCOMPARE(Reply::fromInteger(-7), read(":-7\r\n"));
    QVERIFY(Reply::fromText(Type::Array, "x").isNull());
}

void TestReply::childrenByIndexAndInOrder()
{
    const Reply flat = read("*3\r\n+a\r\n+b\r\n+c\r\n");
    QCOMPARE(flat.at(2).toByteArray(), "c"_ba);
    QVERIFY(flat.at(3).isNull());
    QVERIFY(flat.at(-1).isNull());

    const Reply nested = read("*4\r\n*2\r\n+a\r\n*1\r\n+b\r\n*0\r\n+c\r\n%1\r\n+k\r\n*1\r\n+v\r\n");
    QCOMPARE(nested.size(), 4);
    QCOMPARE(nested.at(0).at(1).at(0).toByteArray(), "b"_ba);
    QCOMPARE(nested.at(1).size(), 0);
    QCOMPARE(nested.at(2).toByteArray(), "c"_ba);
    QCOMPARE(nested.at(3).value("k").at(0).toByteArray(), "v"_ba);
    QList<Type> types;
    for (const Reply& child : nested)
        types.append(child.type());
    QCOMPARE(types, (QList<Type> { Type::Array, Type::Array, Type::Status, Type::Map }));
}

void TestReply::valuesByKey()
{
    // RESP3, RESP2, and a RESP2 array whose last key has lost its value.
    for (const QByteArray& bytes :
        { "%2\r\n+a\r\n:1\r\n+b\r\n:2\r\n"_ba, "*4\r\n$1\r\na\r\n:1\r\n$1\r\nb\r\n:2\r\n"_ba,
            "*5\r\n$1\r\na\r\n:1\r\n$1\r\nb\r\n:2\r\n$1\r\nc\r\n"_ba }) {
        const Reply map = read(bytes);
        QCOMPARE(map.value("a").toInteger(), 1);
        QCOMPARE(map.value("b").toInteger(), 2);
        QVERIFY(map.value("c").isNull());
    }
    // A value that looks like a key is none.
    QVERIFY(read("*2\r\n+a\r\n+b\r\n").value("b").isNull());
    QVERIFY(read("+a\r\n").value("a").isNull());
}

void TestReply::partsOutliveTheWhole()
{
    Reply part;
    {
        const Reply whole = read("*2\r\n+first\r\n*1\r\n$6\r\nsecond\r\n");
        part = whole.at(1);
    }
    QCOMPARE(part.at(0).toByteArray(), "second"_ba);
}

void TestReply::equality()
{
    const Reply a = read("*2\r\n+x\r\n*1\r\n:1\r\n");
    QCOMPARE(a, read("*2\r\n+x\r\n*1\r\n:1\r\n"));
    QVERIFY(!(a == read("*2\r\n+y\r\n*1\r\n:1\r\n")));
    QVERIFY(!(a == read("*2\r\n+x\r\n*1\r\n:2\r\n")));
    QVERIFY(!(a == read("*2\r\n$1\r\nx\r\n*1\r\n:1\r\n")));
    QVERIFY(!(a == read("*3\r\n+x\r\n*0\r\n:1\r\n")));
    QVERIFY(!(read("=5\r\ntxt:a\r\n") == read("=5\r\nmkd:a\r\n")));
    QVERIFY(!(a == Reply()));
    // A part equals the same thing alone.
    QCOMPARE(a.at(1), read("*1\r\n:1\r\n"));
}

void TestReply::convertsToInteger_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<qint64>("value");
    QTest::newRow("integer") << ":12\r\n"_ba << qint64(12);
    QTest::newRow("decimal string") << "$3\r\n-12\r\n"_ba << qint64(-12);
    QTest::newRow("other string") << "$3\r\n12x\r\n"_ba << qint64(-1);
    QTest::newRow("overflow") << "$19\r\n9223372036854775808\r\n"_ba << qint64(-1);
    QTest::newRow("status") << "+12\r\n"_ba << qint64(-1);
    QTest::newRow("null") << "_\r\n"_ba << qint64(-1);
}

void TestReply::convertsToInteger()
{
    QFETCH(QByteArray, bytes);
    QFETCH(qint64, value);
    QCOMPARE(read(bytes).toInteger(-1), value);
}

void TestReply::jsonOfTheContract_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("string") << "$2\r\nok\r\n"_ba
                            << R"({"type":"string","value":"ok"})"_ba;
    QTest::newRow("bytes") << "$2\r\n\xff\x00\r\n"_ba
                           << R"({"type":"string","value":{"base64":"/wA="}})"_ba;
    QTest::newRow("status") << "+OK\r\n"_ba
                            << R"({"type":"status","value":"OK"})"_ba;
    QTest::newRow("error") << "-ERR x\r\n"_ba
                           << R"({"type":"error","value":"ERR x"})"_ba;
    QTest::newRow("largest integer") << ":9223372036854775807\r\n"_ba
                                     << R"({"type":"integer","value":9223372036854775807})"_ba;
    QTest::newRow("double") << ",1.5\r\n"_ba
                            << R"({"type":"double","value":1.5})"_ba;
    QTest::newRow("infinity") << ",inf\r\n"_ba
                              << R"({"type":"double","value":"inf"})"_ba;
    QTest::newRow("nan") << ",nan\r\n"_ba
                         << R"({"type":"double","value":"nan"})"_ba;
    QTest::newRow("boolean") << "#t\r\n"_ba
                             << R"({"type":"boolean","value":true})"_ba;
    QTest::newRow("null") << "$-1\r\n"_ba
                          << R"({"type":"null","value":null})"_ba;
    QTest::newRow("big number") << "(123\r\n"_ba
                                << R"({"type":"bignum","value":"123"})"_ba;
    QTest::newRow("verbatim") << "=6\r\ntxt:hi\r\n"_ba
                              << R"({"format":"txt","type":"verbatim","value":"hi"})"_ba;
    QTest::newRow("array")
        << "*2\r\n:1\r\n*0\r\n"_ba
        << R"({"type":"array","value":[{"type":"integer","value":1},{"type":"array","value":[]}]})"_ba;
    QTest::newRow("set") << "~1\r\n:1\r\n"_ba
                         << R"({"type":"set","value":[{"type":"integer","value":1}]})"_ba;
    QTest::newRow("push") << ">1\r\n:1\r\n"_ba
                          << R"({"type":"push","value":[{"type":"integer","value":1}]})"_ba;
    QTest::newRow("map")
        << "%1\r\n+k\r\n:1\r\n"_ba
        << R"({"type":"map","value":[[{"type":"status","value":"k"},{"type":"integer","value":1}]]})"_ba;
}

void TestReply::jsonOfTheContract()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, json);
    const Reply reply = read(bytes);
    QCOMPARE(QJsonDocument(resp::toJson(reply)).toJson(QJsonDocument::Compact), json);
    QCOMPARE(resp::replyFromJson(parsed(json)), reply);
}

void TestReply::jsonThereAndBack()
{
    const Reply reply = read("%2\r\n*2\r\n=6\r\ntxt:hi\r\n,0.1\r\n~2\r\n#f\r\n_\r\n"
                             "$4\r\n\xef\xbb\xbf!\r\n>1\r\n(99999999999999999999\r\n");
    const QByteArray json = QJsonDocument(resp::toJson(reply)).toJson();
    QCOMPARE(resp::replyFromJson(parsed(json)), reply);
}

void TestReply::hostileJsonGivesNull_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << "{}"_ba;
    QTest::newRow("unknown type") << R"({"type":"teapot","value":1})"_ba;
    QTest::newRow("type is no string") << R"({"type":3,"value":1})"_ba;
    QTest::newRow("not an object") << "[1]"_ba;
}

void TestReply::hostileJsonGivesNull()
{
    QFETCH(QByteArray, json);
    QVERIFY(resp::replyFromJson(parsed(json)).isNull());
    // Inside a map whose pairs are none, too.
    const Reply map = resp::replyFromJson(parsed(R"({"type":"map","value":[)" + json + "]}"));
    QCOMPARE(map.size(), 2);
    QVERIFY(map.at(0).isNull() && map.at(1).isNull());
}

void TestReply::displayText_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("string") << "$4\r\na\"\n\x01\r\n"_ba << uR"("a\"\n\x01")"_s;
    QTest::newRow("utf-8 as redis-cli") << "$2\r\n\xc3\xa4\r\n"_ba << uR"("\xc3\xa4")"_s;
    QTest::newRow("error") << "-MOVED 1 :7\r\n"_ba << u"(error) MOVED 1 :7"_s;
    QTest::newRow("escape sequence in an error")
        << "-\x1b[31mred\r\n"_ba << u"(error) \\x1b[31mred"_s;
    QTest::newRow("ten elements align")
        << "*10\r\n" + QByteArray(":1\r\n").repeated(8) + "*2\r\n+a\r\n+b\r\n+z\r\n"
        << u" 1) (integer) 1\n 2) (integer) 1\n 3) (integer) 1\n 4) (integer) 1\n"
           " 5) (integer) 1\n 6) (integer) 1\n 7) (integer) 1\n 8) (integer) 1\n"
           " 9) 1) a\n    2) b\n10) z"_s;
    QTest::newRow("map of map") << "%2\r\n+a\r\n%1\r\n+b\r\n:1\r\n+c\r\n:2\r\n"_ba
                                << u"1# a => 1# b => (integer) 1\n2# c => (integer) 2"_s;
    QTest::newRow("verbatim in an array")
        << "*2\r\n=8\r\ntxt:a\nb\n\r\n+z\r\n"_ba << u"1) a\n   b\n2) z"_s;
    QTest::newRow("empty ones")
        << "*4\r\n*0\r\n%0\r\n~0\r\n>0\r\n"_ba
        << u"1) (empty array)\n2) (empty hash)\n3) (empty set)\n4) (empty push)"_s;
}

void TestReply::displayText()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    QCOMPARE(resp::toDisplayText(read(bytes)), text);
}

void TestReply::displayTextIsCut()
{
    const Reply five = read("*5\r\n:1\r\n:2\r\n:3\r\n:4\r\n:5\r\n");
    QCOMPARE(resp::toDisplayText(five, 5).count(u'\n'), 4);
    QVERIFY(!resp::toDisplayText(five, 5).contains(u'\u2026'));
    QCOMPARE(resp::toDisplayText(five, 3), u"1) (integer) 1\n2) (integer) 2\n\u2026"_s);
    QCOMPARE(resp::toDisplayText(read("=13\r\ntxt:a\nb\nc\nd\ne\r\n"), 2), u"a\n\u2026"_s);
    // A million elements cost what is shown.
    const Reply million = read("*1000000\r\n" + QByteArray(":1\r\n").repeated(1'000'000));
    QCOMPARE(resp::toDisplayText(million).count(u'\n'), 999);
}

QTEST_GUILESS_MAIN(TestReply)
#include "tst_reply.moc"
