// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/fuzz/fuzztargets.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;

namespace slotscope::tests {

/// A short mutation fuzz of fuzzOne() from seeds that are nearly right: the same inputs on each run
/// (fixed generator), bounded by count and by time. SLOTSCOPE_FUZZ_SECONDS lengthens it for a
/// night.
class TestFuzz final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void mutatedSeeds();

private:
    static QByteArray mutate(QByteArray data, QRandomGenerator& random);
};

namespace {

const QByteArrayList& seeds()
{
    static const QByteArrayList list {
        "+OK\r\n:42\r\n$5\r\nhello\r\n$-1\r\n*-1\r\n_\r\n#t\r\n,3.14\r\n(123456789012345678901\r\n",
        "*2\r\n*3\r\n:1\r\n:2\r\n:3\r\n*2\r\n+a\r\n-ERR b\r\n",
        "%2\r\n+server\r\n$5\r\nredis\r\n+proto\r\n:3\r\n~2\r\n:1\r\n:2\r\n>2\r\n+a\r\n+b\r\n",
        "=8\r\ntxt:abcd\r\n,inf\r\n,nan\r\n$0\r\n\r\n*0\r\n%0\r\n",
        "*1\r\n*4\r\n:0\r\n:5460\r\n*4\r\n$9\r\n127.0.0.1\r\n:7000\r\n$40\r\n"
        "b3b8cf1d85dc3761f27fe82b8b5ca61f7c6a7f20\r\n*0\r\n*3\r\n$0\r\n\r\n:7001\r\n$1\r\nx\r\n",
        "b3b8cf1d85dc3761f27fe82b8b5ca61f7c6a7f20 127.0.0.1:21100@31100,host,shard-id=1 "
        "myself,master - 0 1795400687371 1 connected 0-5460 7000 [13513->-"
        "64363ccc0d1490ff70578a246f5f946c3db6d85c] [1-<-64363ccc0d1490ff70578a246f5f946c3db6d85c]\n"
        "64363ccc0d1490ff70578a246f5f946c3db6d85c ::1:21101@31101 slave,fail? "
        "b3b8cf1d85dc3761f27fe82b8b5ca61f7c6a7f20 0 0 2 disconnected\n",
        "MOVED 1738 127.0.0.1:6379",
        "-ASK 16383 [::1]:7000",
        "(error) MOVED 1738 clustercfg.example:6379",
        "rediss://user:p%40ss@[::1]:6380/0",
        "SET \"a\\x00b\\n\" 'it\\'s' {tag}key EX 10",
        "EVAL \"return 1\" 2 {a}1 {a}2 x",
        "XREAD COUNT 2 STREAMS a b 0 0",
        "# Server\r\nredis_version:7.0.15\r\ncluster_enabled:1\r\n",
        "*1000000000\r\n",
        "$9223372036854775807\r\n",
    };
    return list;
}

} // namespace

QByteArray TestFuzz::mutate(QByteArray data, QRandomGenerator& random)
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
            const QByteArray& other = seeds().at(random.bounded(static_cast<int>(seeds().size())));
            const auto from
                = static_cast<qsizetype>(random.bounded(static_cast<int>(other.size())));
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

void TestFuzz::mutatedSeeds()
{
    const int seconds = qMax(1, qEnvironmentVariableIntValue("SLOTSCOPE_FUZZ_SECONDS"));
    const bool night = seconds > 1;
    QRandomGenerator random(20261123);
    QElapsedTimer clock;
    clock.start();
    for (const QByteArray& seed : seeds())
        fuzzOne(seed);
    int runs = 0;
    while (night ? clock.elapsed() < seconds * 1000LL : runs < 20'000 && clock.elapsed() < 30'000) {
        const QByteArray& seed = seeds().at(random.bounded(static_cast<int>(seeds().size())));
        fuzzOne(mutate(seed, random));
        ++runs;
    }
    qInfo("%d mutated inputs in %lld ms", runs, clock.elapsed());
    QVERIFY(runs > 100);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestFuzz)
#include "tst_fuzz.moc"
