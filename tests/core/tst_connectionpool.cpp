// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/connectionpool.h"
#include "tests/support/fakenode.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope;
using namespace std::chrono_literals;
using net::Answer;
using net::Connection;
using net::ConnectionOptions;
using net::ConnectionPool;
using support::ErrorCode;
using tests::FakeNode;

namespace {

ConnectionOptions quick()
{
    ConnectionOptions options;
    options.timeout = 2000ms;
    return options;
}

} // namespace

class TestConnectionPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void sharesAndForgets();
    void keepsAccessApart();
    void retires();
    void retiresWhatIsOpening();
    void saysWhatIsOpening();
};

void TestConnectionPool::saysWhatIsOpening()
{
    FakeNode node;
    ConnectionPool pool(quick());
    QVERIFY(!pool.isOpening(node.endpoint()));
    QTest::qWait(50);
    QCOMPARE(node.connectionCount(), 0); // asking does not dial
    const Connection* connection = pool.connectionTo(node.endpoint());
    QVERIFY(pool.isOpening(node.endpoint()));
    QTRY_COMPARE(connection->state(), Connection::State::Ready);
    QVERIFY(!pool.isOpening(node.endpoint()));
}

void TestConnectionPool::sharesAndForgets()
{
    FakeNode node;
    node.on("GET", FakeNode::bulk("v"));
    net::ConnectionPool pool(quick());
    Connection* first = pool.connectionTo(node.endpoint());
    QCOMPARE(pool.connectionTo(node.endpoint()), first);
    QSignalSpy firstReady(first, &Connection::ready);
    QVERIFY(firstReady.wait());
    const auto own = pool.dedicatedTo(node.endpoint());
    QVERIFY(own.get() != first);
    QSignalSpy ownReady(own.get(), &Connection::ready);
    QVERIFY(ownReady.wait());
    QCOMPARE(node.connectionCount(), 2);

    QSignalSpy closed(first, &Connection::closed);
    bool cancelled = false;
    first->send({ "GET", "k" }, [&](const Answer& answer) {
        cancelled = !answer.reply && answer.reply.error().code == ErrorCode::Cancelled;
    });
    first->close();
    // Closed, though its closed() has not come yet: a new one.
    Connection* second = pool.connectionTo(node.endpoint());
    QVERIFY(second != first);
    QVERIFY(closed.wait());
    QVERIFY(cancelled);
    QCOMPARE(pool.connectionTo(node.endpoint()), second);
    QSignalSpy secondReady(second, &Connection::ready);
    QVERIFY(secondReady.wait());
    QCOMPARE(own->state(), Connection::State::Ready);
}

void TestConnectionPool::keepsAccessApart()
{
    using Access = ConnectionPool::Access;
    FakeNode node;
    node.on("READONLY", "+OK\r\n");
    ConnectionPool pool(quick());
    Connection* normal = pool.connectionTo(node.endpoint());
    QSignalSpy normalReady(normal, &Connection::ready);
    QVERIFY(normalReady.wait());
    QTRY_VERIFY(node.received().contains("CLIENT NO-TOUCH ON"));
    QVERIFY(!node.received().contains("READONLY"));

    Connection* reads = pool.connectionTo(node.endpoint(), Access::ReplicaReads);
    QVERIFY(reads != normal);
    QCOMPARE(pool.connectionTo(node.endpoint(), Access::ReplicaReads), reads);
    QCOMPARE(pool.connectionTo(node.endpoint()), normal);
    QSignalSpy readsReady(reads, &Connection::ready);
    QVERIFY(readsReady.wait());
    QCOMPARE(node.received().count("READONLY"), 1);

    const auto own = pool.dedicatedTo(node.endpoint(), Access::ReplicaReads);
    QSignalSpy ownReady(own.get(), &Connection::ready);
    QVERIFY(ownReady.wait());
    QCOMPARE(node.received().count("READONLY"), 2);
    QCOMPARE(node.connectionCount(), 3);
}

void TestConnectionPool::retires()
{
    using Access = ConnectionPool::Access;
    FakeNode node;
    node.on("GET", { { FakeNode::Act::Answer, FakeNode::bulk("v"), 100 } });
    node.on("READONLY", "+OK\r\n");
    ConnectionPool pool(quick());
    Connection* first = pool.connectionTo(node.endpoint());
    QSignalSpy closed(first, &Connection::closed);
    Connection* reads = pool.connectionTo(node.endpoint(), Access::ReplicaReads);
    QSignalSpy readsClosed(reads, &Connection::closed);
    QSignalSpy ready(first, &Connection::ready);
    QVERIFY(ready.wait());
    int replies = 0;
    const auto count = [&](const Answer& answer) { replies += answer.reply.hasValue() ? 1 : 0; };
    first->send({ "GET", "k" }, count);
    QTRY_VERIFY(node.received().contains("GET k"));

    pool.retire(first);
    Connection* second = pool.connectionTo(node.endpoint());
    QVERIFY(second != first);
    // Another command learns the same from the old one, of either access, a little later.
    pool.retire(first);
    pool.retire(reads);
    QCOMPARE(pool.connectionTo(node.endpoint()), second);
    QVERIFY(pool.connectionTo(node.endpoint(), Access::ReplicaReads) != reads);
    // Its reply still comes, then it closes.
    QCOMPARE(first->state(), Connection::State::Ready);
    QVERIFY(closed.wait());
    QCOMPARE(replies, 1);
    QTRY_COMPARE(readsClosed.size(), 1);
    QCOMPARE(pool.connectionTo(node.endpoint()), second);
    QSignalSpy secondClosed(second, &Connection::closed);
    second->send({ "GET", "k" }, count);
    QTRY_COMPARE(replies, 2);
    QVERIFY(secondClosed.isEmpty());
}

void TestConnectionPool::retiresWhatIsOpening()
{
    FakeNode node;
    node.on("GET", FakeNode::bulk("v"));
    ConnectionPool pool(quick());
    Connection* first = pool.connectionTo(node.endpoint());
    QSignalSpy closed(first, &Connection::closed);
    int replies = 0;
    first->send({ "GET", "k" }, [&](const Answer& answer) { replies += answer.reply ? 1 : 0; });
    pool.retire(first);
    QVERIFY(closed.wait());
    QCOMPARE(replies, 1);
    // One that nobody has sent to yet: whoever waits for ready() still may.
    first = pool.connectionTo(node.endpoint());
    QSignalSpy emptyClosed(first, &Connection::closed);
    connect(first, &Connection::ready, this, [&, first] {
        first->send({ "GET", "k" }, [&](const Answer& answer) { replies += answer.reply ? 1 : 0; });
    });
    pool.retire(first);
    QVERIFY(emptyClosed.wait());
    QCOMPARE(replies, 2);
    // And with everything that it still does it can be closed.
    first = pool.connectionTo(node.endpoint());
    QSignalSpy secondClosed(first, &Connection::closed);
    bool cancelled = false;
    first->send({ "GET", "k" }, [&](const Answer& answer) {
        cancelled = !answer.reply && answer.reply.error().code == ErrorCode::Cancelled;
    });
    pool.retire(first);
    first->close();
    QVERIFY(secondClosed.wait());
    QVERIFY(cancelled);
}

QTEST_GUILESS_MAIN(TestConnectionPool)
#include "tst_connectionpool.moc"
