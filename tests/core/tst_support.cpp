// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/support/bytes.h"
#include "core/support/error.h"
#include "core/support/redact.h"
#include "core/support/savefile.h"
#include "tests/support/fulldisk.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope::support;

class TestSupport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void showsBytes_data();
    void showsBytes();
    void cutsVisibleText();
    void quotesAsRedisCli();
    void jsonThereAndBack_data();
    void jsonThereAndBack();
    void refusesOtherJson();
    void comparesWords();
    void redacts_data();
    void redacts();
    void namesStages();
    void keepsAWholeFileOnAFullDisk();
};

void TestSupport::keepsAWholeFileOnAFullDisk()
{
    const QTemporaryDir folder;
    const QString name = folder.filePath(u"x.json"_s);
    const auto save = [&name](const QByteArray& bytes) {
        QSaveFile file(name);
        const bool done = file.open(QIODevice::WriteOnly) && commit(file, bytes);
        if (done == (file.error() != QFileDevice::NoError))
            qFatal("the file does not know why");
        return done;
    };
    QVERIFY(save("whole"));
    {
        const slotscope::tests::FullDisk full(100);
        QVERIFY(!save(QByteArray(1000, 'x'))); // all of it waits in memory until the end
        QVERIFY(!save(QByteArray(100'000, 'x'))); // some of it gets to the disk at once
    }
    QFile file(name);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "whole"_ba);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void TestSupport::showsBytes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << "MOVED 1738 h:1"_ba << u"MOVED 1738 h:1"_s;
    QTest::newRow("utf-8") << "gr\xc3\xbc\xc3\x9f \xf0\x9f\x98\x80"_ba << u"grüß 😀"_s;
    QTest::newRow("line ends and tab") << "a\r\n\tb"_ba << u"a\\r\\n\\tb"_s;
    QTest::newRow("terminal escape") << "\x1b[2J\x07\x7f"_ba << u"\\x1b[2J\\x07\\x7f"_s;
    QTest::newRow("nul") << QByteArray("\0a", 2) << u"\\x00a"_s;
    QTest::newRow("backslash stays single") << "a\\n"_ba << u"a\\n"_s;
    QTest::newRow("c1 control") << "\xc2\x9b"_ba << u"\\u009b"_s;
    QTest::newRow("right-to-left override") << "a\xe2\x80\xae"
                                               "b"_ba
                                            << u"a\\u202eb"_s;
    QTest::newRow("isolate") << "\xe2\x81\xa6"_ba << u"\\u2066"_s;
    QTest::newRow("zero width space") << "\xe2\x80\x8b"_ba << u"\\u200b"_s;
    QTest::newRow("line separator") << "\xe2\x80\xa8"_ba << u"\\u2028"_s;
    QTest::newRow("byte order mark") << "\xef\xbb\xbf"_ba << u"\\ufeff"_s;
    QTest::newRow("tag beyond the first plane") << "\xf3\xa0\x80\x81"_ba << u"\\U000e0001"_s;
    QTest::newRow("not utf-8") << "\xff"
                                  "a\x80"_ba
                               << u"\\xffa\\x80"_s;
    QTest::newRow("truncated") << "a\xe2\x82"_ba << u"a\\xe2\\x82"_s;
    QTest::newRow("overlong") << "\xc0\xaf"_ba << u"\\xc0\\xaf"_s;
    QTest::newRow("surrogate") << "\xed\xa0\x80"_ba << u"\\xed\\xa0\\x80"_s;
    QTest::newRow("too large") << "\xf4\x90\x80\x80"_ba << u"\\xf4\\x90\\x80\\x80"_s;
    QTest::newRow("empty") << QByteArray() << QString();
}

void TestSupport::showsBytes()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    QCOMPARE(toVisibleText(bytes), text);
}

void TestSupport::cutsVisibleText()
{
    QCOMPARE(toVisibleText("abcde", 5), u"abcde"_s);
    QCOMPARE(toVisibleText("abcdef", 5), u"abcd\u2026"_s);
    // An escape or a pair of surrogates is not torn apart.
    QCOMPARE(toVisibleText("abc\x01"
                           "d",
                 5),
        u"abc\u2026"_s);
    QCOMPARE(toVisibleText("abc\xf0\x9f\x98\x80"
                           "d",
                 5),
        u"abc\u2026"_s);
    QCOMPARE(toVisibleText("abc", 1), u"\u2026"_s);
    QCOMPARE(toVisibleText("abc", 0), QString());
    QCOMPARE(toVisibleText(QByteArray(1'000'000, 'x')).size(), 4096);
}

void TestSupport::quotesAsRedisCli()
{
    QCOMPARE(
        toQuotedText("a \"b\" \\ \r\n\t\a\b\x01\xff"_ba), uR"("a \"b\" \\ \r\n\t\a\b\x01\xff")"_s);
    QCOMPARE(toQuotedText(QByteArray()), u"\"\""_s);
    QCOMPARE(toQuotedText("abcdef", 6), u"\"abc\u2026\""_s);
}

void TestSupport::jsonThereAndBack_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isText");
    QTest::newRow("empty") << QByteArray("") << true;
    QTest::newRow("text") << "gr\xc3\xbc\xc3\x9f\n\x01"_ba << true;
    QTest::newRow("nul") << QByteArray("a\0b", 3) << true;
    QTest::newRow("byte order mark first") << "\xef\xbb\xbfx"_ba << false;
    QTest::newRow("noncharacter") << "\xef\xbf\xbe"_ba << true;
    QTest::newRow("bytes") << "\xff\xfe"_ba << false;
    QTest::newRow("surrogate") << "\xed\xa0\x80"_ba << false;
}

void TestSupport::jsonThereAndBack()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, isText);
    const QJsonObject object { { u"v"_s, toJson(bytes) } };
    QCOMPARE(object[u"v"_s].isString(), isText);
    QCOMPARE(object[u"v"_s].isObject(), !isText);
    const QByteArray document = QJsonDocument(object).toJson();
    QCOMPARE(fromJson(QJsonDocument::fromJson(document)[u"v"_s]), bytes);
}

void TestSupport::refusesOtherJson()
{
    QCOMPARE(fromJson(QJsonValue()), QByteArray());
    QCOMPARE(fromJson(3), QByteArray());
    QCOMPARE(fromJson(QJsonObject { { u"base64"_s, u"*"_s } }), QByteArray());
    QCOMPARE(fromJson(QJsonObject { { u"base64"_s, 3 } }), QByteArray());
}

void TestSupport::comparesWords()
{
    QVERIFY(equalsIgnoreCase("moved", "MOVED"));
    QVERIFY(!equalsIgnoreCase("moved", "MOVE"));
    QVERIFY(equalsIgnoreCase("", ""));
    // ASCII only: no server means its Kelvin sign by a k.
    QVERIFY(!equalsIgnoreCase("\xc3\xa4", "\xc3\x84"));
}

void TestSupport::redacts_data()
{
    QTest::addColumn<QByteArray>("command");
    QTest::addColumn<QByteArray>("shown");
    const auto row = [](const char* command, const char* shown) {
        QTest::newRow(command) << QByteArray(command) << QByteArray(shown);
    };
    row("GET k", "GET k");
    row("SET AUTH x", "SET AUTH x");
    row("AUTH s", "AUTH (redacted)");
    row("auth bob s", "auth (redacted) (redacted)");
    row("HELLO 3", "HELLO 3");
    row("HELLO 3 AUTH bob s SETNAME x", "HELLO 3 AUTH bob (redacted) SETNAME x");
    row("hello 3 SETNAME x auth bob s", "hello 3 SETNAME x auth bob (redacted)");
    row("HELLO 3 AUTH bob s t SETNAME x", "HELLO 3 AUTH bob (redacted) (redacted) SETNAME x");
    row("HELLO 3 AUTH bob SETNAME SETNAME x", "HELLO 3 AUTH bob (redacted) SETNAME x");
    row("HELLO 3 AUTH", "HELLO 3 AUTH");
    row("ACL SETUSER bob on >s <t #u !v ~* +@all",
        "ACL SETUSER bob on (redacted) (redacted) (redacted) (redacted) ~* +@all");
    row("ACL GETUSER >bob", "ACL GETUSER >bob");
    row("CONFIG SET requirepass s", "CONFIG SET requirepass (redacted)");
    row("config set maxmemory 1 MASTERAUTH s", "config set maxmemory 1 MASTERAUTH (redacted)");
    row("CONFIG SET tls-key-file-pass s", "CONFIG SET tls-key-file-pass (redacted)");
    row("CONFIG GET requirepass", "CONFIG GET requirepass");
    row("SENTINEL SET m auth-pass s quorum 2", "SENTINEL SET m auth-pass (redacted) quorum 2");
    row("SENTINEL CONFIG SET sentinel-pass s", "SENTINEL CONFIG SET sentinel-pass (redacted)");
    row("MIGRATE h 1 k 0 9 COPY AUTH s", "MIGRATE h 1 k 0 9 COPY AUTH (redacted)");
    row("MIGRATE h 1 k 0 9 auth2 bob s KEYS auth k2",
        "MIGRATE h 1 k 0 9 auth2 bob (redacted) KEYS auth k2");
    row("MIGRATE h 1 k 0 9 AUTH", "MIGRATE h 1 k 0 9 AUTH");
    // Commands that are only spoken of.
    row("ACL DRYRUN bob AUTH s", "ACL DRYRUN bob AUTH (redacted)");
    row("acl dryrun bob GET k", "acl dryrun bob GET k");
    row("ACL DRYRUN", "ACL DRYRUN");
    row("ACL DRYRUN bob", "ACL DRYRUN bob");
    row("COMMAND GETKEYS MIGRATE h 1 k 0 9 AUTH s",
        "COMMAND GETKEYS MIGRATE h 1 k 0 9 AUTH (redacted)");
    row("ACL DRYRUN bob COMMAND GETKEYS AUTH s", "ACL DRYRUN bob COMMAND GETKEYS AUTH (redacted)");
}

void TestSupport::redacts()
{
    QFETCH(QByteArray, command);
    QFETCH(QByteArray, shown);
    QCOMPARE(redactCommand(command.split(' ')).join(' '), shown);
    QVERIFY(redactCommand({}).isEmpty());
}

void TestSupport::namesStages()
{
    QCOMPARE(stageName(stageOf(ErrorCode::InvalidInput)), u"input"_s);
    QCOMPARE(stageName(stageOf(ErrorCode::ResolveFailed)), u"resolve"_s);
    QCOMPARE(stageName(stageOf(ErrorCode::ConnectTimeout)), u"tcp"_s);
    QCOMPARE(stageName(stageOf(ErrorCode::ProxyRefused)), u"tcp"_s);
    QCOMPARE(stageName(stageOf(ErrorCode::TlsNotSpoken)), u"tls"_s);
    QCOMPARE(stageName(stageOf(ErrorCode::AuthRequired)), u"auth"_s);
    QCOMPARE(stageName(stageOf(ErrorCode::NoPermission)), u"permission"_s);
    QCOMPARE(stageName(stageOf(ErrorCode::NotRedis)), u"kind"_s);
    QCOMPARE(stageName(stageOf(ErrorCode::WrongNode)), u"identity"_s);
    QCOMPARE(stageName(stageOf(ErrorCode::NoReply)), u"reply"_s);
    QCOMPARE(stageName(stageOf(ErrorCode::FileError)), u"local"_s);
}

QTEST_GUILESS_MAIN(TestSupport)
#include "tst_support.moc"
