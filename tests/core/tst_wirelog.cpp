// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/wirelog.h"
#include "tests/core/connectionfixture.h"

using namespace slotscope;
using namespace slotscope::tests;
using session::WireEntry;
using session::WireLog;

namespace {

QString told(const WireEntry& entry)
{
    static constexpr const char16_t marks[] = u"><!x";
    return QString(QChar(marks[int(entry.kind)])) + u' ' + entry.text;
}

QStringList told(const WireLog& log, quint64 after = 0)
{
    QStringList lines;
    for (const WireEntry& entry : log.after(after))
        lines.append(told(entry));
    return lines;
}

} // namespace

class TestWireLog final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void recordsWhatGoesOverTheWire()
    {
        FakeNode node;
        node.on("GET", FakeNode::bulk("v\x01"));
        node.on("MGET", "*2\r\n$1\r\na\r\n*1\r\n:3\r\n");
        auto log = std::make_shared<WireLog>();
        net::ConnectionOptions options = quick();
        options.tap = log;
        Client client(node.endpoint(), options);
        log->setOn(true);
        QVERIFY(client.openAndWait());
        client.send({ "GET", "a key" });
        QVERIFY(client.waitForAnswers(1));
        const QStringList lines = told(*log);
        QVERIFY2(lines.first().startsWith(u"> HELLO 3"_s), qPrintable(lines.first()));
        QVERIFY(lines.contains(u"> GET \"a key\""_s));
        QVERIFY(lines.contains(u"< \"v\\x01\""_s));
        const QList<WireEntry> entries = log->after(0);
        for (const WireEntry& entry : entries) {
            QCOMPARE(entry.node, node.endpoint().toString());
            QVERIFY(entry.at.isValid());
            if (told(entry) == u"> GET \"a key\""_s)
                QCOMPARE(entry.bytes, qint64(sizeof "*2\r\n$3\r\nGET\r\n$5\r\na key\r\n" - 1));
            QCOMPARE(entry.micros >= 0, entry.kind == WireEntry::Kind::Received);
        }
        const quint64 last = entries.last().number;
        client.send({ "MGET", "a", "b" });
        QVERIFY(client.waitForAnswers(2));
        QCOMPARE(
            told(*log, last), (QStringList { u"> MGET a b"_s, u"< [\"a\", [(integer) 3]]"_s }));
        client.connection->close({ support::ErrorCode::Cancelled, {}, {} });
        QVERIFY(told(*log).last().startsWith(u'x'));
    }

    void isOffUntilItIsTurnedOn()
    {
        FakeNode node;
        node.on("GET", FakeNode::bulk("v"));
        auto log = std::make_shared<WireLog>();
        net::ConnectionOptions options = quick();
        options.tap = log;
        Client client(node.endpoint(), options);
        QVERIFY(client.openAndWait());
        client.send({ "GET", "a" });
        QVERIFY(client.waitForAnswers(1));
        QVERIFY(log->after(0).isEmpty());
        QCOMPARE(log->totals().commands, 0);
        // The reply to what was sent before is nobody's.
        client.send({ "GET", "b" });
        log->setOn(true);
        client.send({ "GET", "c" });
        QVERIFY(client.waitForAnswers(3));
        QCOMPARE(told(*log), (QStringList { u"> GET c"_s, u"< \"v\""_s }));
    }

    void keepsNoSecret_data()
    {
        QTest::addColumn<net::Argv>("argv");
        QTest::addColumn<QByteArray>("reply");
        const auto row = [](const char* name, const net::Argv& argv, const QByteArray& reply) {
            QTest::newRow(name) << argv << reply;
        };
        row("AUTH", { "AUTH", "swordfish" }, "-ERR invalid swordfish\r\n");
        row("ACL", { "acl", "setuser", "u", ">swordfish" }, "+OK\r\n");
        row("CONFIG SET", { "CONFIG", "SET", "requirepass", "swordfish" }, "+OK\r\n");
        row("CONFIG GET", { "CONFIG", "GET", "*" },
            "*2\r\n$11\r\nrequirepass\r\n$9\r\nswordfish\r\n");
        row("EXEC", { "EXEC" }, "*1\r\n*2\r\n$11\r\nrequirepass\r\n$9\r\nswordfish\r\n");
        row("MIGRATE", { "MIGRATE", "h", "1", "k", "0", "9", "AUTH", "swordfish" }, "+OK\r\n");
    }
    void keepsNoSecret()
    {
        QFETCH(net::Argv, argv);
        QFETCH(QByteArray, reply);
        FakeNode node;
        node.on("AUTH", "+OK\r\n");
        node.on(argv.join(' '), reply);
        auto log = std::make_shared<WireLog>();
        net::ConnectionOptions options = quick();
        options.tap = log;
        if (argv.first() != "AUTH") // which is refused here
            options.password = u"swordfish"_s;
        log->setOn(true);
        Client client(node.endpoint(), options);
        QVERIFY(client.openAndWait());
        client.send(argv);
        QVERIFY(client.waitForAnswers(1));
        const QString all = told(*log).join(u'\n');
        QVERIFY2(!all.contains(u"swordfish"_s), qPrintable(all));
        QVERIFY(all.contains(u"redacted"_s));
    }

    void linesOfMonitorKeepNone()
    {
        WireLog log;
        const QByteArray line
            = "1700000000.1 [0 127.0.0.1:5000] \"config\" \"set\" \"requirepass\" "
              "\"swordfish\"";
        log.pushed({ u"127.0.0.1"_s, 1 }, resp::Reply::fromText(resp::Type::Status, line));
        const QString told = log.after(0).first().text;
        QVERIFY2(!told.contains(u"swordfish"_s), qPrintable(told));
        QVERIFY(told.startsWith(u"1700000000.1 [0 127.0.0.1:5000]"_s));
        const QByteArray harmless = "1700000000.1 [0 127.0.0.1:5000] \"get\" \"a\"";
        log.pushed({ u"127.0.0.1"_s, 1 }, resp::Reply::fromText(resp::Type::Status, harmless));
        QCOMPARE(log.after(1).first().text, QString::fromLatin1(harmless));
    }

    void isBounded()
    {
        WireLog log;
        const net::Endpoint node { u"127.0.0.1"_s, 1 };
        const qsizetype sent = WireLog::mostEntries + 500;
        for (qsizetype i = 0; i < sent; ++i)
            log.sent(node, { "SET", QByteArray::number(i), QByteArray(10'000, 'x') }, 10'030);
        QCOMPARE(log.after(0).size(), WireLog::mostEntries);
        QCOMPARE(log.after(0).first().number, quint64(501));
        QCOMPARE(log.after(sent - 1).size(), 1);
        QVERIFY(log.after(sent).isEmpty());
        QVERIFY(log.after(0).last().text.size() <= WireLog::mostText);
        QCOMPARE(log.totals().bytesSent, sent * 10'030);
        log.clear();
        QVERIFY(log.after(0).isEmpty());
        log.sent(node, { "PING" }, 14);
        QCOMPARE(log.after(0).first().number, quint64(sent + 1));
    }
};

QTEST_GUILESS_MAIN(TestWireLog)
#include "tst_wirelog.moc"
