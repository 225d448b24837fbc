// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/resp/replybuilder.h"
#include "core/resp/replyreader.h"
#include "core/resp/replyrows.h"
#include "core/resp/replytext.h"

#include <QRegularExpression>
#include <QTest>

using namespace slotscope;
using namespace Qt::StringLiterals;
using resp::Reply;
using resp::ReplyRows;

namespace {

Reply parsed(const QByteArray& wire)
{
    resp::ReplyReader reader;
    reader.feed(wire);
    const auto reply = reader.next();
    return reply && *reply ? **reply : Reply();
}

/// A row in a test's words: depth, number, key, value.
QString told(const ReplyRows::Row& row)
{
    QString text = QString::number(row.depth) + u':' + QString::number(row.number) + u' ';
    if (row.key)
        text += resp::summaryLine(*row.key) + u" => "_s;
    return text + resp::summaryLine(row.value);
}

QStringList told(const ReplyRows& rows)
{
    QStringList lines;
    for (qsizetype i = 0; i < rows.size(); ++i)
        lines.append(told(rows.at(i)));
    return lines;
}

} // namespace

class TestReplyRows final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void tellsRows_data()
    {
        QTest::addColumn<QByteArray>("wire");
        QTest::addColumn<QStringList>("rows");
        const auto row = [](const char* name, const QByteArray& wire, const QStringList& rows) {
            QTest::newRow(name) << wire << rows;
        };
        row("scalar", ":3\r\n", { u"0:0 (integer) 3"_s });
        row("empty array", "*0\r\n", { u"0:0 (empty array)"_s });
        row("flat", "*2\r\n+a\r\n:2\r\n", { u"0:0 a"_s, u"0:1 (integer) 2"_s });
        row("nested", "*2\r\n*2\r\n+a\r\n*0\r\n+b\r\n",
            { u"0:0 array of 2"_s, u"1:0 a"_s, u"1:1 (empty array)"_s, u"0:1 b"_s });
        row("map", "%2\r\n+k\r\n:1\r\n+l\r\n*1\r\n:2\r\n",
            { u"0:0 k => (integer) 1"_s, u"0:1 l => array of 1"_s, u"1:0 (integer) 2"_s });
        row("map with a key that is an array", "%1\r\n*1\r\n:9\r\n+v\r\n",
            { u"0:0 array of 1"_s, u"1:0 (integer) 9"_s, u"0:0 v"_s });
        row("map in an array", "*2\r\n%1\r\n+k\r\n$-1\r\n:7\r\n",
            { u"0:0 map of 1"_s, u"1:0 k => (nil)"_s, u"0:1 (integer) 7"_s });
    }
    void tellsRows()
    {
        QFETCH(QByteArray, wire);
        QFETCH(QStringList, rows);
        QCOMPARE(told(ReplyRows(parsed(wire))), rows);
    }

    void nothingIsOneRow()
    {
        const ReplyRows rows { Reply() };
        QCOMPARE(rows.size(), 1);
        QVERIFY(rows.at(0).value.isNull());
    }

    void closesAndOpens()
    {
        ReplyRows rows(
            parsed("*3\r\n*2\r\n+a\r\n*1\r\n+deep\r\n%1\r\n+k\r\n*2\r\n:1\r\n:2\r\n+z\r\n"));
        const QStringList all = told(rows);
        QCOMPARE(all.size(), 9);
        QVERIFY(rows.toggle(2)); // the inner array
        QCOMPARE(rows.size(), 8);
        QVERIFY(!rows.at(2).isOpen);
        QVERIFY(rows.toggle(0)); // and the one around it
        QCOMPARE(told(rows),
            (QStringList { all[0], u"0:1 map of 1"_s, u"1:0 k => array of 2"_s,
                u"2:0 (integer) 1"_s, u"2:1 (integer) 2"_s, u"0:2 z"_s }));
        QVERIFY(rows.toggle(2)); // the value of a pair
        QCOMPARE(told(rows).last(), u"0:2 z"_s);
        QCOMPARE(rows.size(), 4);
        QVERIFY(!rows.toggle(3)); // a scalar
        // Nodes: 0 root, 1 array, 2 a, 3 array, 4 deep, 5 map, 6 k, 7 array, 8, 9, 10 z.
        QCOMPARE(rows.rowOf(4), 0);
        QCOMPARE(rows.rowOf(6), 2);
        QCOMPARE(rows.rowOf(9), 2);
        QCOMPARE(rows.rowOf(10), 3);
        rows.reveal(4);
        rows.reveal(9);
        QCOMPARE(told(rows), all);
        for (qsizetype i = 0; i < rows.size(); ++i)
            QCOMPARE(rows.rowOf(rows.at(i).node), i);
        QCOMPARE(rows.rowOf(6), rows.rowOf(7));
    }

    void findsTextNumbersAndKeys()
    {
        const ReplyRows rows(parsed("*4\r\n+Apple\r\n:4217\r\n%1\r\n+Key\r\n+v\r\n+apple pie\r\n"));
        QCOMPARE(rows.find("APPLE", -1), 1);
        QCOMPARE(rows.find("apple", 1), 6);
        QCOMPARE(rows.find("apple", 6), 1); // round again
        QCOMPARE(rows.find("apple", 1, false), 6);
        QCOMPARE(rows.find("421", -1), 2);
        QCOMPARE(rows.find("key", 0), 4);
        QCOMPARE(rows.find("absent", 0), -1);
        QCOMPARE(rows.find("", 0), -1);
    }

    void knowsAMillionRowsWithoutCopies()
    {
        constexpr quint32 pairs = 250'000;
        resp::ReplyBuilder builder;
        builder.openAggregate(resp::Type::Array, 2 * pairs);
        for (quint32 i = 0; i < pairs; ++i) {
            builder.addInteger(i);
            builder.openAggregate(resp::Type::Array, 2);
            builder.addText(resp::Type::String, "field");
            builder.addNull();
        }
        ReplyRows rows(builder.take());
        QCOMPARE(rows.size(), qsizetype(4 * pairs));
        for (const quint32 i : { 0U, 1U, 4095U, 123'456U, pairs - 1 }) {
            QCOMPARE(rows.at(4 * i).value.toInteger(-1), qint64(i));
            QCOMPARE(rows.at(4 * i).number, qsizetype(2 * i));
            QCOMPARE(rows.at(4 * i + 3).depth, 1);
            QCOMPARE(rows.at(4 * i + 3).number, 1);
        }
        QVERIFY(rows.toggle(1));
        QCOMPARE(rows.at(2).value.toInteger(-1), 1);
        QCOMPARE(rows.at(4 * (pairs - 1) - 2).value.toInteger(-1), qint64(pairs - 1));
    }

    void readableJson_data()
    {
        QTest::addColumn<QByteArray>("wire");
        QTest::addColumn<QString>("json");
        const auto row = [](const char* name, const QByteArray& wire, const QString& json) {
            QTest::newRow(name) << wire << json;
        };
        row("text", "$3\r\na\"b\r\n", u"\"a\\\"b\""_s);
        row("bytes", "$2\r\n\xff\x01\r\n", u"{ \"base64\": \"/wE=\" }"_s);
        row("a map", "%1\r\n+k\r\n*2\r\n:1\r\n_\r\n", u"{\n  \"k\": [\n    1,\n    null\n  ]\n}"_s);
        row("a map with numbers for keys", "%1\r\n:1\r\n+v\r\n", u"[\n  [ 1, \"v\" ]\n]"_s);
        row("a document", "$21\r\n{\"b\":[1,2],\"a\":\"x,{\"}\r\n",
            u"{\n  \"b\": [\n    1,\n    2\n  ],\n  \"a\": \"x,{\"\n}"_s);
        row("almost a document", "$5\r\n{\"b\":\r\n", u"\"{\\\"b\\\":\""_s);
        row("text that turns round", "$3\r\n\xe2\x80\xae\r\n", u"\"\\u202e\""_s);
    }
    void readableJson()
    {
        QFETCH(QByteArray, wire);
        QFETCH(QString, json);
        QCOMPARE(resp::toReadableJson(parsed(wire)).text, json);
    }

    void whatIsTooLongIsCutAndSaysSo()
    {
        const Reply text = Reply::fromText(resp::Type::String, QByteArray(5000, 'x'));
        QVERIFY(resp::toReadableText(text, 100).isCut);
        QVERIFY(resp::toReadableText(text, 100).text.size() <= 101);
        QVERIFY(!resp::toReadableText(text).isCut);
        QVERIFY(resp::toReadableJson(text, 100).isCut);
        QCOMPARE(resp::toReadableText(Reply::fromText(resp::Type::String, "a\r\nb\x01")).text,
            u"a\nb\\x01"_s);
    }

    void bytesAreShownAsHexdumpDoes()
    {
        QCOMPARE(resp::hexLine("0123456789abcdef\xff!", 16),
            u"00000010  ff 21"_s + QString(43, u' ') + u"  |.!|"_s);
    }
};

QTEST_APPLESS_MAIN(TestReplyRows)
#include "tst_replyrows.moc"
