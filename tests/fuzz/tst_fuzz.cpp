// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/fuzz/fuzztargets.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;

namespace slotscope::tests {

/// A short mutation fuzz of each target from its seeds, which are right or nearly right: the same
/// inputs on each run (fixed generator), bounded by count and by time. SLOTSCOPE_FUZZ_SECONDS
/// lengthens it for a night.
class TestFuzz final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void mutatedSeeds_data();
    void mutatedSeeds();

private:
    static QByteArrayList seedsOf(const char* target);
    static QByteArray mutate(
        QByteArray data, const QByteArrayList& seeds, QRandomGenerator& random);
};

QByteArrayList TestFuzz::seedsOf(const char* target)
{
    const QDir folder(QFINDTESTDATA(u"corpus/"_s + QString::fromLatin1(target)));
    QByteArrayList seeds;
    const QStringList names = folder.entryList(QDir::Files, QDir::Name);
    for (const QString& name : names) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            seeds.append(file.readAll());
    }
    return seeds;
}

QByteArray TestFuzz::mutate(QByteArray data, const QByteArrayList& seeds, QRandomGenerator& random)
{
    const int times = 1 + random.bounded(6);
    for (int i = 0; i < times; ++i) {
        const auto at = static_cast<qsizetype>(random.bounded(static_cast<int>(data.size()) + 1));
        switch (random.bounded(6)) {
        case 0:
            data.insert(at, static_cast<char>(random.bounded(256)));
            break;
        case 1:
            data.remove(at, 1 + random.bounded(8));
            break;
        case 2:
            if (at < data.size())
                data[at] = static_cast<char>(random.bounded(256));
            break;
        case 3: {
            const QByteArray& other = seeds.at(random.bounded(static_cast<int>(seeds.size())));
            const auto from
                = static_cast<qsizetype>(random.bounded(static_cast<int>(other.size()) + 1));
            data.insert(at, other.mid(from, 1 + random.bounded(40)));
            break;
        }
        case 4:
            data.truncate(at);
            break;
        default: {
            static const QByteArrayList interesting { "\r\n", "*2147483647\r\n", "$-2\r\n", "-",
                "16384", "65536", "18446744073709551616", "\xff\xfe", "{", "}", "[", "->-", ",",
                "@", "\"" };
            data.insert(at, interesting.at(random.bounded(static_cast<int>(interesting.size()))));
        }
        }
    }
    return data;
}

void TestFuzz::mutatedSeeds_data()
{
    QTest::addColumn<int>("index");
    int index = 0;
    for (const FuzzTarget& target : fuzzTargets())
        QTest::newRow(target.name) << index++;
}

void TestFuzz::mutatedSeeds()
{
    QFETCH(int, index);
    const FuzzTarget& target = fuzzTargets().at(static_cast<std::size_t>(index));
    const QByteArrayList seeds = seedsOf(target.name);
    QVERIFY2(seeds.size() > 10, "no corpus");
    const int seconds = qMax(1, qEnvironmentVariableIntValue("SLOTSCOPE_FUZZ_SECONDS"));
    const bool night = seconds > 1;
    QRandomGenerator random(20261123);
    QElapsedTimer clock;
    clock.start();
    for (const QByteArray& seed : seeds)
        target.run(seed);
    int runs = 0;
    while (night ? clock.elapsed() < seconds * 1000LL : runs < 5'000 && clock.elapsed() < 8'000) {
        const QByteArray& seed = seeds.at(random.bounded(static_cast<int>(seeds.size())));
        target.run(mutate(seed, seeds, random));
        ++runs;
    }
    qInfo("%s: %d mutated inputs in %lld ms", target.name, runs, clock.elapsed());
    QVERIFY(runs > 100);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestFuzz)
#include "tst_fuzz.moc"
