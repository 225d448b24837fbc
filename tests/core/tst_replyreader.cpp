// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/resp/encoder.h"
#include "core/resp/replyformat.h"
#include "core/resp/replyreader.h"

#include <QTest>

#include <malloc.h>
#include <random>

using namespace Qt::StringLiterals;
using namespace slotscope;
using resp::Limits;
using resp::Reply;
using resp::ReplyReader;
using resp::Type;
using support::ErrorCode;

namespace {

/// All replies of a stream that is fed in these pieces, as redis-cli prints them; "!code" at an
/// error.
QStringList readAll(const QList<QByteArray>& pieces, const Limits& limits = {})
{
    ReplyReader reader(limits);
    QStringList replies;
    for (const QByteArray& piece : pieces) {
        reader.feed(piece);
        while (true) {
            const auto next = reader.next();
            if (!next) {
                replies.append(u"!%1 %2"_s.arg(int(next.error().code)).arg(next.error().detail));
                return replies;
            }
            if (!*next)
                break;
            replies.append(resp::toDisplayText(**next));
        }
    }
    return replies;
}

Reply readOne(const QByteArray& bytes)
{
    ReplyReader reader;
    reader.feed(bytes);
    const auto next = reader.next();
    if (!next || !*next || reader.isInsideReply())
        qFatal("not exactly one reply");
    return **next;
}

ErrorCode errorOf(const QByteArray& bytes, const Limits& limits = {})
{
    ReplyReader reader(limits);
    reader.feed(bytes);
    while (true) {
        const auto next = reader.next();
        if (!next)
            return next.error().code;
        if (!*next)
            return ErrorCode::Cancelled; // "no error"
    }
}

QByteArray everyType()
{
    return "+OK\r\n-MOVED 1738 10.0.0.1:6379\r\n:42\r\n:-9223372036854775808\r\n$5\r\na\r\nb\0\r\n"
           "$0\r\n\r\n$-1\r\n*-1\r\n_\r\n#t\r\n#f\r\n,1.10\r\n,-inf\r\n,nan\r\n"
           "(3492890328409238509324850943850943825024385\r\n=7\r\ntxt:a\nb\r\n"
           "*3\r\n:1\r\n*2\r\n+a\r\n$-1\r\n*0\r\n%2\r\n+k\r\n:1\r\n$1\r\nv\r\n%0\r\n~2\r\n:1\r\n:"
           "2\r\n"
           ">2\r\n+invalidate\r\n*1\r\n$1\r\nk\r\n"_ba;
}

} // namespace

class TestReplyReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void readsEveryType();
    void keepsTheServersText();
    void everySplitGivesTheSameReplies();
    void randomSplitsGiveTheSameReplies();
    void waitsForTheRest();
    void refusesWhatIsNotResp_data();
    void refusesWhatIsNotResp();
    void saysWhereAndWhat_data();
    void saysWhereAndWhat();
    void refusesAttacksAtOnce_data();
    void refusesAttacksAtOnce();
    void acceptsWhatIsWithinTheLimits_data();
    void acceptsWhatIsWithinTheLimits();
    void attacksTakeNoMemory_data();
    void attacksTakeNoMemory();
    void limitsAreForOneReply();
    void staysInItsError();
    void readsDeepReplies();
    void readsManyRepliesFedAtOnce();
    void encodesCommands();
};

void TestReplyReader::readsEveryType()
{
    const QStringList expected {
        u"OK"_s,
        u"(error) MOVED 1738 10.0.0.1:6379"_s,
        u"(integer) 42"_s,
        u"(integer) -9223372036854775808"_s,
        u"\"a\\r\\nb\\x00\""_s,
        u"\"\""_s,
        u"(nil)"_s,
        u"(nil)"_s,
        u"(nil)"_s,
        u"(true)"_s,
        u"(false)"_s,
        u"(double) 1.10"_s,
        u"(double) -inf"_s,
        u"(double) nan"_s,
        u"3492890328409238509324850943850943825024385"_s,
        u"a\nb"_s,
        u"1) (integer) 1\n2) 1) a\n   2) (nil)\n3) (empty array)"_s,
        u"1# k => (integer) 1\n2# \"v\" => (empty hash)"_s,
        u"1~ (integer) 1\n2~ (integer) 2"_s,
        u"1) invalidate\n2) 1) \"k\""_s,
    };
    QCOMPARE(readAll({ everyType() }), expected);
}

void TestReplyReader::keepsTheServersText()
{
    const Reply verbatim = readOne("=8\r\nmkd:# hi\r\n");
    QCOMPARE(verbatim.type(), Type::Verbatim);
    QCOMPARE(verbatim.verbatimFormat().toByteArray(), "mkd"_ba);
    QCOMPARE(verbatim.toByteArray(), "# hi"_ba);

    const Reply number = readOne(",1.10\r\n");
    QCOMPARE(number.type(), Type::Double);
    QCOMPARE(number.toByteArray(), "1.10"_ba);

    QCOMPARE(readOne("$-1\r\n").type(), Type::Null);
    QCOMPARE(readOne("*-1\r\n").type(), Type::Null);
    QCOMPARE(readOne("_\r\n").type(), Type::Null);
    QCOMPARE(readOne(">1\r\n+x\r\n").type(), Type::Push);
}

void TestReplyReader::everySplitGivesTheSameReplies()
{
    const QByteArray stream = everyType();
    const QStringList whole = readAll({ stream });
    for (qsizetype i = 0; i <= stream.size(); ++i)
        QCOMPARE(readAll({ stream.first(i), stream.sliced(i) }), whole);
    QList<QByteArray> single;
    for (const char byte : stream)
        single.append(QByteArray(1, byte));
    QCOMPARE(readAll(single), whole);
}

void TestReplyReader::randomSplitsGiveTheSameReplies()
{
    QByteArray stream;
    for (int i = 0; i < 40; ++i)
        stream += everyType();
    const QStringList whole = readAll({ stream });
    std::mt19937 random(20260101);
    for (int round = 0; round < 100; ++round) {
        QList<QByteArray> pieces;
        for (qsizetype at = 0; at < stream.size();) {
            const qsizetype size = qMin<qsizetype>(1 + random() % 700, stream.size() - at);
            pieces.append(stream.sliced(at, size));
            at += size;
        }
        QCOMPARE(readAll(pieces), whole);
    }
}

void TestReplyReader::waitsForTheRest()
{
    ReplyReader reader;
    QVERIFY(!reader.isInsideReply());
    reader.feed("*2\r\n$3\r\nab");
    auto next = reader.next();
    QVERIFY(next && !*next);
    QVERIFY(reader.isInsideReply());
    reader.feed("c\r\n:1\r\n+more");
    next = reader.next();
    QVERIFY(next && *next);
    QCOMPARE((*next)->at(0).toByteArray(), "abc"_ba);
    QCOMPARE((*next)->at(1).toInteger(), 1);
    next = reader.next();
    QVERIFY(next && !*next);
    QVERIFY(reader.isInsideReply());
    reader.feed("\r\n");
    next = reader.next();
    QVERIFY(next && *next);
    // Looked for, and nothing of it has come.
    next = reader.next();
    QVERIFY(next && !*next);
    QVERIFY(!reader.isInsideReply());
}

void TestReplyReader::refusesWhatIsNotResp_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("http") << "HTTP/1.1 400 Bad Request\r\n\r\n"_ba;
    QTest::newRow("tls alert") << "\x15\x03\x01\x00\x02\x02\x28"_ba;
    QTest::newRow("nul") << QByteArray("\0\0\0", 3);
    QTest::newRow("integer without digits") << ":abc\r\n"_ba;
    QTest::newRow("integer overflow") << ":9223372036854775808\r\n"_ba;
    QTest::newRow("negative bulk length") << "$-2\r\n"_ba;
    QTest::newRow("bulk length with blank") << "$ 3\r\nabc\r\n"_ba;
    QTest::newRow("no CR LF after a bulk") << "$3\r\nabcdefgh\r\n"_ba;
    QTest::newRow("no CR after a bulk") << "$3\r\nabcX\n"_ba;
    QTest::newRow("no LF after a bulk") << "$3\r\nabc\rX"_ba;
    QTest::newRow("bulk shorter than the truth") << "*1\r\n$3\r\nabcd\r\n"_ba;
    QTest::newRow("negative array") << "*-2\r\n"_ba;
    QTest::newRow("boolean of neither kind") << "#x\r\n"_ba;
    QTest::newRow("double of letters") << ",abc\r\n"_ba;
    QTest::newRow("verbatim without format") << "=2\r\nab\r\n"_ba;
    QTest::newRow("null with text") << "_x\r\n"_ba;
    QTest::newRow("newline inside a status") << "+a\nb\r\n"_ba;
    // hiredis knows neither; no server sends them unless asked to (DEBUG PROTOCOL, modules).
    QTest::newRow("attribute") << "|1\r\n+ttl\r\n:1\r\n:2\r\n"_ba;
    QTest::newRow("blob error") << "!3\r\nERR\r\n"_ba;
}

void TestReplyReader::refusesWhatIsNotResp()
{
    QFETCH(QByteArray, bytes);
    QCOMPARE(errorOf(bytes), ErrorCode::ProtocolError);
    QCOMPARE(errorOf("+OK\r\n" + bytes), ErrorCode::ProtocolError);
}

void TestReplyReader::saysWhereAndWhat_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("detail");
    QTest::newRow("first byte") << "HTTP/1.1 400 Bad Request\r\n"_ba
                                << u"Protocol error, got \"H\" as reply type byte, at byte 0: "
                                   "48 54 54 50 2f 31 2e 31 20 34 30 30 20 42 61 64 "
                                   "(HTTP/1.1 400 Bad)"_s;
    QTest::newRow("not printable")
        << "+OK\r\n\x1b[0m\r\n"_ba
        << u"Protocol error, got \"\\x1b\" as reply type byte, at byte 5: "
           "1b 5b 30 6d 0d 0a (\\x1b[0m\\r\\n)"_s;
    QTest::newRow("after every kind of element")
        << "*10\r\n$-1\r\n_\r\n*-1\r\n$2\r\nab\r\n=5\r\ntxt:x\r\n:1\r\n,1.5\r\n#t\r\n(12\r\n?\r\n"_ba
        << u"Protocol error, got \"?\" as reply type byte, at byte 56: 3f 0d 0a (?\\r\\n)"_s;
    QTest::newRow("after a nil string")
        << "*2\r\n$-1\r\n?\r\n"_ba
        << u"Protocol error, got \"?\" as reply type byte, at byte 9: 3f 0d 0a (?\\r\\n)"_s;
    QTest::newRow("after large strings, in the third reply")
        << QByteArray("$100000\r\n" + QByteArray(100'000, 'x') + "\r\n").repeated(2) + ":a\r\n"
        << u"Bad integer value, at byte 200022: 3a 61 0d 0a (:a\\r\\n)"_s;
    QTest::newRow("the string, not what follows it")
        << "$3\r\nabcdefgh\r\n"_ba
        << u"no CR LF after a string of 3 bytes, at byte 0: "
           "24 33 0d 0a 61 62 63 64 65 66 67 68 0d 0a ($3\\r\\nabcdefgh\\r\\n)"_s;
    QTest::newRow("a limit") << "*1\r\n$9223372036854775807\r\n"_ba
                             << u"bytes over the limit of 536871936, at byte 4: "
                                "24 39 32 32 33 33 37 32 30 33 36 38 35 34 37 37 "
                                "($922337203685477)"_s;
}

void TestReplyReader::saysWhereAndWhat()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, detail);
    QCOMPARE(readAll({ bytes }).constLast().section(u' ', 1), detail);
    // The same however the bytes arrive, but for those of the last element that are not here yet.
    QList<QByteArray> single;
    for (const char byte : std::as_const(bytes))
        single.append(QByteArray(1, byte));
    const QString piecemeal = readAll(single).constLast().section(u' ', 1);
    QCOMPARE(piecemeal.section(u": "_s, 0, -2), detail.section(u": "_s, 0, -2));
    QCOMPARE(piecemeal.section(u": "_s, -1).first(2), detail.section(u": "_s, -1).first(2));
}

void TestReplyReader::refusesAttacksAtOnce_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("a string of 8 EiB") << "$9223372036854775807\r\n"_ba;
    QTest::newRow("a string over the limit") << "$1001\r\n"_ba;
    QTest::newRow("a verbatim over the limit") << "=1001\r\n"_ba;
    QTest::newRow("a string over what is left")
        << "*2\r\n$900\r\n"_ba + QByteArray(900, 'x') + "\r\n$90\r\n"_ba;
    QTest::newRow("an array of 2^31 elements") << "*2147483647\r\n"_ba;
    QTest::newRow("an array of 2^61 elements") << "*2305843009213693952\r\n"_ba;
    QTest::newRow("a map of 2^61 pairs") << "%2305843009213693952\r\n"_ba;
    QTest::newRow("a push of 10^8 elements") << ">100000000\r\n"_ba;
    QTest::newRow("arrays that add up") << "*60\r\n*60\r\n"_ba;
    QTest::newRow("nesting") << QByteArray("*1\r\n").repeated(9);
    QTest::newRow("nesting of empty arrays") << QByteArray("*1\r\n").repeated(8) + "*0\r\n";
    QTest::newRow("an endless status") << '+' + QByteArray(201, 'A');
    QTest::newRow("an endless error") << '-' + QByteArray(201, 'A');
    QTest::newRow("an endless number") << ':' + QByteArray(201, '1');
    QTest::newRow("an endless string length") << '$' + QByteArray(201, '0');
    QTest::newRow("an endless array length") << '*' + QByteArray(201, '0');
    QTest::newRow("a long status, complete") << '+' + QByteArray(201, 'A') + "\r\n";
    QTest::newRow("a long big number, complete") << '(' + QByteArray(201, '1') + "\r\n";
    QTest::newRow("many elements, too many bytes")
        << "*99\r\n" + QByteArray("$20\r\n" + QByteArray(20, 'x') + "\r\n").repeated(99);
}

void TestReplyReader::refusesAttacksAtOnce()
{
    QFETCH(QByteArray, bytes);
    const Limits limits { 1000, 100, 8, 200 };
    QCOMPARE(errorOf(bytes, limits), ErrorCode::LimitExceeded);
    // One byte after the other: the line limit must not depend on how the bytes arrive.
    QList<QByteArray> single;
    for (const char byte : std::as_const(bytes))
        single.append(QByteArray(1, byte));
    const QStringList replies = readAll(single, limits);
    QCOMPARE(replies.size(), 1);
    QVERIFY2(replies.constFirst().startsWith(u"!%1 "_s.arg(int(ErrorCode::LimitExceeded))),
        qPrintable(replies.constFirst()));
}

void TestReplyReader::acceptsWhatIsWithinTheLimits_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("bytes") << "$990\r\n" + QByteArray(990, 'x') + "\r\n";
    QTest::newRow("elements") << "*99\r\n" + QByteArray("_\r\n").repeated(99);
    QTest::newRow("nesting") << QByteArray("*1\r\n").repeated(7) + "*0\r\n";
    QTest::newRow("line") << '+' + QByteArray(200, 'A') + "\r\n";
}

void TestReplyReader::acceptsWhatIsWithinTheLimits()
{
    QFETCH(QByteArray, bytes);
    const QStringList replies = readAll({ bytes }, { 1000, 100, 8, 200 });
    QCOMPARE(replies.size(), 1);
    QVERIFY2(!replies.constFirst().startsWith(u'!'), qPrintable(replies.constFirst()));
}

void TestReplyReader::attacksTakeNoMemory_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("refused");
    // What a reader may fall for that believes a count, seen in others: gigabytes from a few bytes,
    // seconds of processor time, a stack that ends.
    QTest::newRow("a string of 8 EiB") << "$9223372036854775807\r\n"_ba << true;
    QTest::newRow("a string of 512 MB and more") << "$536871937\r\n"_ba << true;
    QTest::newRow("an array of 2^31-1") << "*2147483647\r\n"_ba << true;
    QTest::newRow("an array of 2^31") << "*2147483648\r\n"_ba << true;
    QTest::newRow("an array of 10^8") << "*100000000\r\n"_ba << true;
    QTest::newRow("arrays of 2^31-1 in one another")
        << QByteArray("*2147483647\r\n").repeated(3) << true;
    QTest::newRow("arrays that add up") << QByteArray("*9000000\r\n").repeated(2) << true;
    QTest::newRow("a map of 2^62 pairs") << "%4611686018427387904\r\n"_ba << true;
    QTest::newRow("a push of 2^32") << ">4294967296\r\n"_ba << true;
    QTest::newRow("a set of 2^63-1") << "~9223372036854775807\r\n"_ba << true;
    QTest::newRow("nesting without end") << QByteArray("*1\r\n").repeated(100'000) << true;
    QTest::newRow("maps without end") << QByteArray("%1\r\n+k\r\n").repeated(100'000) << true;
    QTest::newRow("an endless status") << '+' + QByteArray(60'000'000, 'A') << true;
    QTest::newRow("an endless error") << '-' + QByteArray(1'000'000, 'A') << true;
    QTest::newRow("an endless integer") << ':' + QByteArray(1'000'000, '1') << true;
    QTest::newRow("an endless big number") << '(' + QByteArray(1'000'000, '1') << true;
    QTest::newRow("an endless double") << ',' + QByteArray(1'000'000, '1') << true;
    QTest::newRow("an endless length") << '$' + QByteArray(1'000'000, '1') << true;
    QTest::newRow("an endless count") << '*' + QByteArray(1'000'000, '0') << true;
    QTest::newRow("no CR LF after a string") << "$3\r\nabc__$3\r\nabc__"_ba << true;
    QTest::newRow("a web page") << "HTTP/1.1 200 OK\r\n"_ba << true;
    QTest::newRow("zeros") << QByteArray(1'000'000, '\0') << true;
    // Within the limits: not refused, and not believed either.
    QTest::newRow("16 million elements, claimed") << "*15999999\r\n"_ba << false;
    QTest::newRow("512 MB, claimed") << "$536870912\r\n"_ba << false;
}

void TestReplyReader::attacksTakeNoMemory()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, refused);
    const auto used = [] {
        const struct mallinfo2 info = mallinfo2();
        return static_cast<qint64>(info.uordblks + info.hblkhd);
    };
    qint64 most = 0;
    QElapsedTimer clock;
    clock.start();
    {
        const qint64 before = used();
        ReplyReader reader;
        // As a connection does: as many bytes at a time as came.
        bool failed = false;
        for (qsizetype at = 0; at < bytes.size() && !failed; at += 64 * 1024) {
            reader.feed(QByteArrayView(bytes).sliced(at, qMin(64 * 1024, bytes.size() - at)));
            failed = !reader.next();
            most = qMax(most, used() - before);
        }
        QCOMPARE(failed, refused);
    }
    QVERIFY2(most < 1'000'000, qPrintable(QString::number(most)));
    QVERIFY2(clock.elapsed() < 10'000, qPrintable(QString::number(clock.elapsed())));
}

void TestReplyReader::limitsAreForOneReply()
{
    const QByteArray reply = "*2\r\n$400\r\n" + QByteArray(400, 'x') + "\r\n+OK\r\n";
    const QStringList replies = readAll({ reply.repeated(500) }, { 450, 3, 2, 100 });
    QCOMPARE(replies.size(), 500);
    QVERIFY(!replies.constLast().startsWith(u'!'));
}

void TestReplyReader::staysInItsError()
{
    ReplyReader reader;
    reader.feed("+OK\r\n?\r\n+OK\r\n");
    auto next = reader.next();
    QVERIFY(next && *next);
    QVERIFY(!reader.next());
    reader.feed("+OK\r\n");
    next = reader.next();
    QVERIFY(!next);
    QCOMPARE(next.error().code, ErrorCode::ProtocolError);
    QVERIFY(!reader.isInsideReply());
}

void TestReplyReader::readsDeepReplies()
{
    // COMMAND DOCS of Redis 7 is nested 12 deep.
    Reply reply = readOne(
        QByteArray("*2\r\n").repeated(100) + "+leaf\r\n" + QByteArray(":1\r\n").repeated(100));
    int depth = 0;
    for (; reply.isAggregate(); reply = reply.at(0)) {
        QCOMPARE(reply.size(), 2);
        QCOMPARE(reply.at(1).toInteger(), 1);
        ++depth;
    }
    QCOMPARE(depth, 100);
    QCOMPARE(reply.toByteArray(), "leaf"_ba);
}

void TestReplyReader::readsManyRepliesFedAtOnce()
{
    // hiredis alone moves its whole buffer every kilobyte: minutes for these 40 MB.
    constexpr int count = 40'000;
    const QByteArray reply = "$1000\r\n" + QByteArray(1000, 'x') + "\r\n";
    ReplyReader reader;
    reader.feed(reply.repeated(count));
    int replies = 0;
    for (auto next = reader.next(); next && *next; next = reader.next())
        replies += (*next)->text().size() == 1000 ? 1 : 0;
    QCOMPARE(replies, count);
    QVERIFY(!reader.isInsideReply());
}

void TestReplyReader::encodesCommands()
{
    QCOMPARE(resp::encodeCommand({ "SET", "k", QByteArray("\0\r\n", 3), "" }),
        "*4\r\n$3\r\nSET\r\n$1\r\nk\r\n$3\r\n\0\r\n\r\n$0\r\n\r\n"_ba);
}

QTEST_GUILESS_MAIN(TestReplyReader)
#include "tst_replyreader.moc"
