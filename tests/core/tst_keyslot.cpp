// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/keyslot.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope::cluster;

namespace slotscope::tests {

class TestKeySlot final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void vectors_data();
    void vectors();
    void tags_data();
    void tags();
    void bytes();
};

void TestKeySlot::vectors_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<int>("slot");
    QFile file(QFINDTESTDATA("../data/keyslot.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray cases
        = QJsonDocument::fromJson(file.readAll()).object().value(u"cases"_s).toArray();
    QVERIFY(cases.size() > 50);
    for (const QJsonValue& value : cases) {
        const QByteArray hex = value[u"key_hex"].toString().toLatin1();
        QTest::addRow("%s", hex.isEmpty() ? "empty" : hex.constData())
            << QByteArray::fromHex(hex) << value[u"slot"].toInt();
    }
}

void TestKeySlot::vectors()
{
    QFETCH(QByteArray, key);
    QTEST(keySlot(key).number(), "slot");
}

void TestKeySlot::tags_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("tag");
    QTest::newRow("none") << "foo"_ba
                          << "foo"_ba;
    QTest::newRow("tag") << "{user1000}.following"_ba
                         << "user1000"_ba;
    QTest::newRow("empty tag") << "foo{}{bar}"_ba
                               << "foo{}{bar}"_ba;
    QTest::newRow("only braces") << "{}"_ba
                                 << "{}"_ba;
    QTest::newRow("braces, then a tag") << "{}{a}"_ba
                                        << "{}{a}"_ba;
    QTest::newRow("open alone") << "{"_ba
                                << "{"_ba;
    QTest::newRow("closed twice") << "{}}"_ba
                                  << "{}}"_ba;
    QTest::newRow("brace inside") << "{{}"_ba
                                  << "{"_ba;
    QTest::newRow("closed first") << "}{a}"_ba
                                  << "a"_ba;
    QTest::newRow("first open, first close") << "foo{{bar}}zap"_ba
                                             << "{bar"_ba;
    QTest::newRow("first of two") << "foo{bar}{zap}"_ba
                                  << "bar"_ba;
    QTest::newRow("not closed") << "{a"_ba
                                << "{a"_ba;
    QTest::newRow("empty") << ""_ba
                           << ""_ba;
}

void TestKeySlot::tags()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, tag);
    QCOMPARE(hashTag(key).toByteArray(), tag);
    QCOMPARE(keySlot(key), keySlot(tag));
}

void TestKeySlot::bytes()
{
    QCOMPARE(keySlot("123456789").number(), 0x31C3);
    QCOMPARE(keySlot({}).number(), 0);
    // NUL and the like count.
    QVERIFY(keySlot(QByteArrayView("a\0b", 3)) != keySlot("a"));
    QVERIFY(keySlot("a\r\n") != keySlot("a"));
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestKeySlot)
#include "tst_keyslot.moc"
