// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/doctor/clientadvice.h"

#include <QJsonObject>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace doctor;

class ClientAdviceTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void goRedisComesFirst();
    void json();

private:
    static ClientTarget target()
    {
        ClientTarget target;
        target.endpoint = { u"redis.example.net"_s, 6380 };
        target.movedShare = 2.0 / 3;
        return target;
    }
};

void ClientAdviceTest::goRedisComesFirst()
{
    const ClientAdvice advice = clientAdvice(target()).value(0);
    QCOMPARE(advice.name, u"go-redis"_s);
    QCOMPARE(advice.mode, ClientMode::Plain);
    QCOMPARE(advice.movedShare, 2.0 / 3);
    QCOMPARE(advice.whatHappens,
        u"NewUniversalClient with one address makes a single-server client: your program receives "
        "MOVED for 66 % of the slots."_s);
    QVERIFY(advice.wrongCode.contains(u"NewUniversalClient"_s));
    QVERIFY(advice.snippet.contains(u"NewClusterClient"_s));
    QVERIFY(advice.snippet.contains(u"\"redis.example.net:6380\""_s));
}

void ClientAdviceTest::json()
{
    const QJsonObject first = toJson(clientAdvice(target())).first().toObject();
    QCOMPARE(first.value(u"name"_s).toString(), u"go-redis"_s);
    QCOMPARE(first.value(u"mode"_s).toString(), u"plain"_s);
    QCOMPARE(first.value(u"language"_s).toString(), u"go"_s);
    QCOMPARE(first.value(u"moved_share"_s).toDouble(), 2.0 / 3);
    for (const QString& field : { u"versions"_s, u"what_happens"_s, u"snippet"_s })
        QVERIFY2(first.value(field).isString(), qPrintable(field));
    ClientTarget unknown = target();
    unknown.movedShare.reset();
    QVERIFY(toJson(clientAdvice(unknown)).first().toObject().value(u"moved_share"_s).isNull());
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::ClientAdviceTest)
#include "tst_clientadvice.moc"
