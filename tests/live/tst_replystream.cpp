// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/connection.h"
#include "tests/live/realserver.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

#include <memory>
#include <vector>

namespace slotscope::tests {

using namespace Qt::StringLiterals;

namespace {

constexpr int servers = 3;
constexpr int depth = 200; ///< commands under way on each connection

/// Sends commands of all kinds, many at a time, and checks each reply against its own command.
class Checker final
{
public:
    Checker(const net::Endpoint& endpoint, int number, int share)
        : m_number(number)
        , m_left(share)
    {
        net::ConnectionOptions options;
        options.respVersion = number % 2 == 0 ? 3 : 2;
        m_connection = std::make_unique<net::Connection>(endpoint, options);
        m_connection->open();
        for (int i = 0; i < depth; ++i)
            next();
    }

    qint64 checked = 0;
    qint64 wrong = 0;
    QString firstWrong;
    bool isDone() const { return m_left == 0 && m_underWay == 0; }

private:
    void next()
    {
        if (m_left == 0)
            return;
        --m_left;
        ++m_underWay;
        const int i = ++m_count;
        const QByteArray word = QByteArray::number(m_number) + '-' + QByteArray::number(i);
        switch (i % 8) {
        case 0: // grows to some hundred bytes, so that replies end anywhere in a read
            return ask({ "ECHO", word.repeated(1 + i % 50) }, word.repeated(1 + i % 50));
        case 1:
            return ask({ "SET", "k", word }, "OK");
        case 2: // the one just above it
            return ask(
                { "GET", "k" }, QByteArray::number(m_number) + '-' + QByteArray::number(i - 1));
        case 3:
            return askNumber({ "INCR", "n" + QByteArray::number(m_number) }, ++m_increments);
        case 4:
            return ask({ "NOSUCH", word }, "ERR unknown command 'NOSUCH'", resp::Type::Error);
        case 5:
            return ask({ "GET", "absent" }, {}, resp::Type::Null);
        case 6:
            return askNumber({ "STRLEN", "k" }, lengthOfLastSet(i));
        default:
            return askThree(i - 6);
        }
    }

    qint64 lengthOfLastSet(int i) const
    {
        return (QByteArray::number(m_number) + '-' + QByteArray::number(i - 5)).size();
    }

    void ask(
        const net::Argv& argv, const QByteArray& expected, resp::Type type = resp::Type::Status)
    {
        m_connection->send(argv, [this, expected, type](const net::Answer& answer) {
            const bool right = answer.reply
                && (type == resp::Type::Error
                        ? answer.reply->isError() && answer.reply->text().startsWith(expected)
                        : type == resp::Type::Null ? answer.reply->isNull()
                                                   : answer.reply->text() == expected);
            check(right, answer);
        });
    }

    void askNumber(const net::Argv& argv, qint64 expected)
    {
        m_connection->send(argv, [this, expected](const net::Answer& answer) {
            check(answer.reply && answer.reply->type() == resp::Type::Integer
                    && answer.reply->toInteger() == expected,
                answer);
        });
    }

    /// An array with a nil in the middle, of what the command with this number has set.
    void askThree(int set)
    {
        const QByteArray value = QByteArray::number(m_number) + '-' + QByteArray::number(set);
        m_connection->send(
            { "MGET", "k", "absent", "k" }, [this, value](const net::Answer& answer) {
                check(answer.reply && answer.reply->size() == 3
                        && answer.reply->at(0).text() == value && answer.reply->at(1).isNull()
                        && answer.reply->at(2).text() == value,
                    answer);
            });
    }

    void check(bool right, const net::Answer& answer)
    {
        --m_underWay;
        ++checked;
        if (!right) {
            if (++wrong == 1) {
                firstWrong = answer.reply ? QString::fromUtf8(answer.reply->toByteArray())
                                          : answer.reply.error().detail;
            }
        }
        next();
    }

    std::unique_ptr<net::Connection> m_connection;
    int m_number = 0;
    int m_left = 0;
    int m_underWay = 0;
    int m_count = 0;
    qint64 m_increments = 0;
};

} // namespace

/// A million replies (SLOTSCOPE_STREAM_REPLIES: another number), each checked against the command
/// that it answers.
class ReplyStreamTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void everyReplyAnswersItsCommand();
};

void ReplyStreamTest::everyReplyAnswersItsCommand()
{
    bool isGiven = false;
    const int given = qEnvironmentVariableIntValue("SLOTSCOPE_STREAM_REPLIES", &isGiven);
    const int total = isGiven ? given : 1'000'000;
    std::vector<std::unique_ptr<RealServer>> all;
    std::vector<std::unique_ptr<Checker>> checkers;
    for (int i = 0; i < servers; ++i) {
        all.push_back(std::make_unique<RealServer>());
        QVERIFY2(all.back()->start(), "needs the package redis-server");
    }
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < servers; ++i) {
        const int share = total / servers + (i < total % servers ? 1 : 0);
        checkers.push_back(
            std::make_unique<Checker>(all.at(static_cast<size_t>(i))->endpoint(), i, share));
    }
    const auto areDone = [&] {
        return std::all_of(checkers.begin(), checkers.end(),
            [](const auto& checker) { return checker->isDone(); });
    };
    QVERIFY(QTest::qWaitFor(areDone, 200'000));
    qint64 checked = 0;
    for (const auto& checker : checkers) {
        QVERIFY2(checker->wrong == 0, qPrintable(checker->firstWrong));
        checked += checker->checked;
    }
    QCOMPARE(checked, total);
    qInfo("  %lld replies in %lld ms", checked, clock.elapsed());
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::ReplyStreamTest)
#include "tst_replystream.moc"
