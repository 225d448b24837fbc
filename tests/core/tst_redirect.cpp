// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/redirect.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using command::errorWord;
using command::parseRedirect;
using command::Redirect;
using command::resolveTarget;

class RedirectTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void linesOfServers_data();
    void linesOfServers();
    void parses_data();
    void parses();
    void refuses_data();
    void refuses();
    void resolves_data();
    void resolves();
    void firstWord();
};

void RedirectTest::linesOfServers_data()
{
    QTest::addColumn<QJsonObject>("row");

    QFile file(QFINDTESTDATA("../data/redirects.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray rows = QJsonDocument::fromJson(file.readAll()).array();
    QVERIFY(rows.size() >= 20);
    for (const QJsonValue& row : rows)
        QTest::newRow(row[u"line"].toString().toUtf8().constData()) << row.toObject();
}

void RedirectTest::linesOfServers()
{
    QFETCH(QJsonObject, row);
    const QString kind = row[u"kind"].toString();
    const bool isRedirect = kind == u"moved" || kind == u"ask";
    const auto redirect = parseRedirect(row[u"line"].toString().toUtf8());
    QCOMPARE(redirect.has_value(), isRedirect && row[u"valid"].toBool());
    if (!redirect)
        return;

    QCOMPARE(redirect->kind, kind == u"ask" ? Redirect::Kind::Ask : Redirect::Kind::Moved);
    QCOMPARE(redirect->slot.number(), row[u"slot"].toInt());
    QCOMPARE(int(redirect->target.port), row[u"port"].toInt());
    const auto origin = net::Endpoint::parse(row[u"received_from"].toString());
    QVERIFY(origin);
    const auto target = resolveTarget(*redirect, *origin);
    QCOMPARE(target.has_value(), row[u"connect_host"].isString());
    if (target) {
        QCOMPARE(target->host, row[u"connect_host"].toString());
        QCOMPARE(target->port, redirect->target.port);
        QCOMPARE(*target == *origin, row[u"self_redirect"].toBool());
    }
}

void RedirectTest::parses_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<bool>("isAsk");
    QTest::addColumn<int>("slot");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("text");

    QTest::newRow("ask") << "ASK 42 h:7"_ba << true << 42 << u"h"_s << 7 << u"h:7"_s;
    QTest::newRow("minus in front") << "-MOVED 1 h:7"_ba << false << 1 << u"h"_s << 7 << u"h:7"_s;
    QTest::newRow("minus and ERR") << "-ERR ASK 1 h:7"_ba << true << 1 << u"h"_s << 7 << u"h:7"_s;
    QTest::newRow("text behind") << "MOVED 1 h:7 and more"_ba << false << 1 << u"h"_s << 7
                                 << u"h:7"_s;
    QTest::newRow("line end") << "MOVED 1 h:7\r\n"_ba << false << 1 << u"h"_s << 7 << u"h:7"_s;
    QTest::newRow("brackets") << "MOVED 1 [::1]:7"_ba << false << 1 << u"::1"_s << 7
                              << u"[::1]:7"_s;
    QTest::newRow("last slot") << "MOVED 16383 h:65535"_ba << false << 16383 << u"h"_s << 65535
                               << u"h:65535"_s;
    QTest::newRow("port 0") << "MOVED 1 h:0"_ba << false << 1 << u"h"_s << 0 << u"h:0"_s;
}

void RedirectTest::parses()
{
    QFETCH(QByteArray, line);
    QFETCH(bool, isAsk);
    QFETCH(int, slot);
    QFETCH(QString, host);
    QFETCH(int, port);
    QFETCH(QString, text);
    const auto redirect = parseRedirect(line);
    QVERIFY(redirect);
    QCOMPARE(redirect->kind == Redirect::Kind::Ask, isAsk);
    QCOMPARE(redirect->slot.number(), slot);
    QCOMPARE(redirect->target.host, host);
    QCOMPARE(int(redirect->target.port), port);
    QCOMPARE(redirect->targetText, text);
}

void RedirectTest::refuses_data()
{
    QTest::addColumn<QByteArray>("line");

    QTest::newRow("empty") << ""_ba;
    QTest::newRow("lower case") << "moved 1 h:7"_ba;
    QTest::newRow("no target") << "ASK 1"_ba;
    QTest::newRow("no colon") << "ASK 1 h"_ba;
    QTest::newRow("negative slot") << "MOVED -1 h:7"_ba;
    QTest::newRow("signed slot") << "MOVED +1 h:7"_ba;
    QTest::newRow("huge slot") << "MOVED 99999999999999999999 h:7"_ba;
    QTest::newRow("signed port") << "MOVED 1 h:+7"_ba;
    QTest::newRow("negative port") << "MOVED 1 h:-7"_ba;
    QTest::newRow("control in the host") << "MOVED 1 h\x1b[31m:7"_ba;
    QTest::newRow("not ASCII in the host") << "MOVED 1 h\xc3\xa4:7"_ba;
    QTest::newRow("error that mentions it") << "ERR the answer was MOVED 1 h:7"_ba;
}

void RedirectTest::refuses()
{
    QFETCH(QByteArray, line);
    QVERIFY(!parseRedirect(line));
}

void RedirectTest::resolves_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("expected");

    QTest::newRow("named") << "MOVED 1 10.0.0.2:7"_ba << u"10.0.0.2:7"_s;
    QTest::newRow("empty host") << "ASK 1 :7"_ba << u"origin:7"_s;
    QTest::newRow("question mark") << "MOVED 1 ?:7"_ba << QString();
    QTest::newRow("port 0") << "MOVED 1 10.0.0.2:0"_ba << QString();
}

void RedirectTest::resolves()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, expected);
    const auto redirect = parseRedirect(line);
    QVERIFY(redirect);
    const auto target = resolveTarget(*redirect, { u"origin"_s, 1 });
    QCOMPARE(target ? target->toString() : QString(), expected);
}

void RedirectTest::firstWord()
{
    QCOMPARE(errorWord("NOAUTH Authentication required."), "NOAUTH"_ba);
    QCOMPARE(errorWord("-LOADING Valkey is loading"), "LOADING"_ba);
    QCOMPARE(errorWord("ERR"), "ERR"_ba);
    QCOMPARE(errorWord(""), QByteArray());
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::RedirectTest)
#include "tst_redirect.moc"
