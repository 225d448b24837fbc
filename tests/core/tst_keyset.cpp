// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/keyset.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

namespace slotscope::tests {

using command::KeySet;

class TestKeySet final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void tellsWhatIsNew();
    void keepsAllWhileItGrows();
};

void TestKeySet::tellsWhatIsNew()
{
    KeySet set(42);
    std::vector<bool> isNew;
    const std::vector<QByteArrayView> first { "a", "b", "a", "", QByteArrayView("\0", 1) };
    set.insert(first, &isNew);
    QCOMPARE(isNew, std::vector<bool>({ true, true, false, true, true }));
    const std::vector<QByteArrayView> second { "b", "c" };
    set.insert(second, &isNew);
    QCOMPARE(isNew, std::vector<bool>({ false, true }));
    QCOMPARE(set.size(), 5);
    set.insert({}, &isNew);
    QVERIFY(isNew.empty());
}

/// Many times the room that it begins with, in batches of uneven sizes, each key twice.
void TestKeySet::keepsAllWhileItGrows()
{
    KeySet set(7);
    set.reserve(-1);
    set.reserve(10);
    constexpr int count = 50'000;
    QByteArrayList keys;
    for (int i = 0; i < count; ++i)
        keys.append("key:" + QByteArray::number(i));
    std::vector<bool> isNew;
    for (int round = 0; round < 2; ++round) {
        int begin = 0;
        for (int size = 1; begin < count; size = size % 3000 + 7) {
            const int end = std::min(begin + size, count);
            const std::vector<QByteArrayView> batch(keys.begin() + begin, keys.begin() + end);
            set.insert(batch, &isNew);
            QVERIFY(std::all_of(
                isNew.begin(), isNew.end(), [round](bool one) { return one == (round == 0); }));
            begin = end;
        }
        QCOMPARE(set.size(), count);
    }
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestKeySet)
#include "tst_keyset.moc"
