// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/commandline.h"

#include <QRandomGenerator>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using command::Argv;
using command::joinLine;
using command::splitLine;

class CommandLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void splits_data();
    void splits();
    void refuses_data();
    void refuses();
    void joinsReadably_data();
    void joinsReadably();
    void joinRoundTripsAnyBytes();
};

void CommandLineTest::splits_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<Argv>("argv");

    QTest::newRow("empty") << u""_s << Argv {};
    QTest::newRow("blanks only") << u" \t \v\f "_s << Argv {};
    QTest::newRow("two words") << u"GET k"_s << Argv { "GET", "k" };
    QTest::newRow("many blanks") << u"  GET \t k  "_s << Argv { "GET", "k" };
    QTest::newRow("newlines are blanks") << u"GET\r\nk\n"_s << Argv { "GET", "k" };
    QTest::newRow("\\v is part of a word") << u"a\vb"_s << Argv { "a\vb" };
    QTest::newRow("double quotes") << u"SET k \"a b\""_s << Argv { "SET", "k", "a b" };
    QTest::newRow("empty in quotes") << u"SET k \"\" ''"_s << Argv { "SET", "k", "", "" };
    QTest::newRow("escapes") << uR"("\n\r\t\b\a\\\"\q")"_s << Argv { "\n\r\t\b\a\\\"q" };
    QTest::newRow("hex") << uR"("\x00\xfF\x41")"_s
                         << Argv { QByteArray("\0\xff"
                                              "A",
                                3) };
    QTest::newRow("bad hex is an x") << uR"("\xg1\x4")"_s << Argv { "xg1x4" };
    QTest::newRow("no escapes without quotes") << uR"(a\nb \x41)"_s << Argv { "a\\nb", "\\x41" };
    QTest::newRow("single quotes take \\'") << uR"('it\'s' '\n')"_s << Argv { "it's", "\\n" };
    QTest::newRow("a quote may open inside a word")
        << uR"(foo"b r" x'y z')"_s << Argv { "foob r", "xy z" };
    QTest::newRow("quotes in quotes") << uR"("'" '"')"_s << Argv { "'", "\"" };
    QTest::newRow("UTF-8") << u"SET ключ 日本"_s << Argv { "SET", "ключ", "日本" };
    QTest::newRow("hash tag") << u"GET {a}b"_s << Argv { "GET", "{a}b" };
}

void CommandLineTest::splits()
{
    QFETCH(QString, line);
    QFETCH(Argv, argv);
    const auto result = splitLine(line);
    QVERIFY(result);
    QCOMPARE(*result, argv);
}

void CommandLineTest::refuses_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("position");

    QTest::newRow("unterminated double quote") << u"SET k \"abc"_s << 7;
    QTest::newRow("unterminated single quote") << u"'abc"_s << 1;
    QTest::newRow("single quote after a word") << u"GET it's"_s << 7;
    QTest::newRow("backslash hides the closing quote") << uR"(GET "a\")"_s << 5;
    QTest::newRow("backslash at the end") << uR"("a\)"_s << 1;
    QTest::newRow("text after a double quote") << uR"(GET "a"b)"_s << 8;
    QTest::newRow("text after a single quote") << u"'a'b"_s << 4;
    QTest::newRow("another quote after a quote") << uR"("a"'b')"_s << 4;
    QTest::newRow("characters are counted, not bytes") << u"GET ключ \"日"_s << 10;
}

void CommandLineTest::refuses()
{
    QFETCH(QString, line);
    QFETCH(int, position);
    const auto result = splitLine(line);
    QVERIFY(!result);
    QCOMPARE(result.error().code, support::ErrorCode::InvalidInput);
    const QString expected = u"position %1"_s.arg(position);
    QVERIFY2(QRegularExpression(expected + u"\\b"_s).match(result.error().detail).hasMatch(),
        qPrintable(result.error().detail));
}

void CommandLineTest::joinsReadably_data()
{
    QTest::addColumn<Argv>("argv");
    QTest::addColumn<QString>("line");

    QTest::newRow("none") << Argv {} << u""_s;
    QTest::newRow("plain") << Argv { "GET", "user:2935" } << u"GET user:2935"_s;
    QTest::newRow("blank") << Argv { "SET", "k", "a b" } << u"SET k \"a b\""_s;
    QTest::newRow("empty") << Argv { "SET", "k", "" } << u"SET k \"\""_s;
    QTest::newRow("quotes") << Argv { "a\"b'c" } << uR"("a\"b'c")"_s;
    QTest::newRow("control") << Argv { "\n\x1b" } << uR"("\n\x1b")"_s;
    QTest::newRow("UTF-8 stays") << Argv { "GET", "ключ", "😀" } << u"GET ключ 😀"_s;
    QTest::newRow("a direction override is escaped") << Argv { "a\u202e"
                                                               "b" }
                                                     << uR"("a\xe2\x80\xaeb")"_s;
    QTest::newRow("not UTF-8") << Argv { "\xff"
                                         "a" }
                               << uR"("\xffa")"_s;
}

void CommandLineTest::joinsReadably()
{
    QFETCH(Argv, argv);
    QFETCH(QString, line);
    QCOMPARE(joinLine(argv), line);
}

void CommandLineTest::joinRoundTripsAnyBytes()
{
    QRandomGenerator random(20261123);
    static constexpr char characters[] = "\"'\\x0aft{} \n\r\t\v\f\0\x7f\x80\xe2\xff";
    const QByteArray special(characters, sizeof characters - 1);
    for (int round = 0; round < 20'000; ++round) {
        Argv argv;
        const int count = random.bounded(5);
        for (int i = 0; i < count; ++i) {
            QByteArray argument;
            const int size = random.bounded(7);
            for (int j = 0; j < size; ++j) {
                argument.append(random.bounded(2) ? special.at(random.bounded(int(special.size())))
                                                  : char(random.bounded(256)));
            }
            if (random.bounded(8) == 0)
                argument.append("\u202e\u00a0日😀\U000e0001");
            argv.append(argument);
        }
        const QString line = joinLine(argv);
        const auto again = splitLine(line);
        QVERIFY2(again, qPrintable(line));
        QCOMPARE(*again, argv);
    }
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::CommandLineTest)
#include "tst_commandline.moc"
