// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/redactreply.h"
#include "core/resp/replyformat.h"
#include "core/resp/replyreader.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope;

/// No reply that a trace keeps may hold a secret.
class TestRedactReply final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }
    void redacts_data();
    void redacts();
};

void TestRedactReply::redacts_data()
{
    QTest::addColumn<QByteArray>("command");
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<bool>("changed");
    QTest::newRow("CONFIG GET as RESP2 pairs")
        << "CONFIG GET *"_ba
        << "*6\r\n$9\r\nmaxmemory\r\n$1\r\n0\r\n$11\r\nrequirepass\r\n$6\r\nhush-1\r\n"
           "$3\r\ndir\r\n$4\r\n/tmp\r\n"_ba
        << true;
    QTest::newRow("CONFIG GET as RESP3 map")
        << "config get masterauth"_ba
        << "%1\r\n$10\r\nmasterauth\r\n$6\r\nhush-1\r\n"_ba << true;
    QTest::newRow("CONFIG GET without a secret")
        << "CONFIG GET dir"_ba
        << "*2\r\n$3\r\ndir\r\n$6\r\nhush-1\r\n"_ba << false;
    QTest::newRow("ACL LIST") << "ACL LIST"_ba
                              << "*1\r\n$26\r\nuser a on #hush-1 ~* +@all\r\n"_ba << true;
    QTest::newRow("unknown AUTH") << "AUTH hush-1"_ba
                                  << "-ERR unknown command `AUTH`, with args beginning with: "
                                     "`hush-1`, \r\n"_ba
                                  << true;
    QTest::newRow("unknown HELLO, cut in the middle")
        << "HELLO 3 AUTH a hush-1-and-much-more"_ba
        << "-ERR unknown command `HELLO`, with args beginning with: `3`, `AUTH`, `a`, "
           "`hush-1\r\n"_ba
        << true;
    QTest::newRow("a value of a key") << "GET requirepass"_ba
                                      << "$6\r\nhush-1\r\n"_ba << false;
    QTest::newRow("an error of a command without secrets")
        << "GETT hush-1"_ba
        << "-ERR unknown command 'GETT', with args beginning with: 'hush-1'\r\n"_ba << false;
}

void TestRedactReply::redacts()
{
    QFETCH(QByteArray, command);
    QFETCH(QByteArray, reply);
    QFETCH(bool, changed);
    resp::ReplyReader reader;
    reader.feed(reply);
    const auto parsed = reader.next();
    QVERIFY(parsed && parsed->has_value());
    const resp::Reply shown = command::redactReply(command.split(' '), **parsed);
    QCOMPARE(shown.type(), (*parsed)->type());
    QCOMPARE(shown.size(), (*parsed)->size());
    QCOMPARE(shown == **parsed, !changed);
    QCOMPARE(resp::toDisplayText(shown).contains(u"hush-1"_s), !changed);
    if (changed)
        QVERIFY(resp::toDisplayText(shown).contains(u"(redacted)"_s));
}

QTEST_GUILESS_MAIN(TestRedactReply)
#include "tst_redactreply.moc"
