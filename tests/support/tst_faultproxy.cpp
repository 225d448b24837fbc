// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/support/faultproxy.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

#include <cerrno>
#include <memory>
#include <optional>
#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace slotscope::tests {

using Way = FaultProxy::Way;

/// An echo behind a proxy.
class FaultProxyTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void passesOn();
    void delays();
    void throttles();
    void freezesAndThaws();
    void cuts_data();
    void cuts();
    void countsFromTheFault();
    void resets();
    void halfCloses();
    void refuses();
    void cutsOffByAddress();
    void passesOnTheEnd();
    void targetThatIsAway();

private:
    void connectClient(const QHostAddress& from = {});
    void say(const QByteArray& bytes);
    QByteArray heard() { return m_heard; }

    QTcpServer m_echo;
    std::optional<FaultProxy> m_proxy;
    std::unique_ptr<QTcpSocket> m_client;
    QByteArray m_heard;
    QByteArray m_echoHeard;
};

void FaultProxyTest::initTestCase()
{
    QVERIFY(m_echo.listen(QHostAddress::LocalHost));
    connect(&m_echo, &QTcpServer::newConnection, this, [this] {
        QTcpSocket* socket = m_echo.nextPendingConnection();
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
            const QByteArray bytes = socket->readAll();
            m_echoHeard += bytes;
            if (bytes == "bye")
                socket->disconnectFromHost();
            else
                socket->write(bytes);
        });
    });
}

void FaultProxyTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_heard.clear();
    m_echoHeard.clear();
    m_proxy.emplace(m_echo.serverPort());
    connectClient();
}

void FaultProxyTest::cleanup()
{
    m_client.reset();
    m_proxy.reset();
}

void FaultProxyTest::connectClient(const QHostAddress& from)
{
    m_client = std::make_unique<QTcpSocket>();
    connect(
        m_client.get(), &QTcpSocket::readyRead, this, [this] { m_heard += m_client->readAll(); });
    if (!from.isNull())
        QVERIFY(m_client->bind(from));
    m_client->connectToHost(QHostAddress::LocalHost, m_proxy->port());
    QTRY_COMPARE(m_client->state(), QTcpSocket::ConnectedState);
}

void FaultProxyTest::say(const QByteArray& bytes)
{
    m_client->write(bytes);
    m_client->flush();
}

void FaultProxyTest::passesOn()
{
    const QByteArray large(3'000'000, 'x');
    say(large);
    QTRY_COMPARE(heard().size(), large.size());
    QCOMPARE(heard(), large);
    QCOMPARE(m_proxy->bytesPassed(Way::ToServer), large.size());
    QCOMPARE(m_proxy->bytesPassed(Way::ToClient), large.size());
    QCOMPARE(m_proxy->connectionCount(), 1);
}

void FaultProxyTest::delays()
{
    FaultProxy::Faults slow;
    slow.delayMs = 60;
    m_proxy->setFaults(Way::ToServer, slow);
    m_proxy->setFaults(Way::ToClient, slow);
    QElapsedTimer clock;
    clock.start();
    say("one");
    QTRY_COMPARE(heard(), "one");
    QVERIFY2(clock.elapsed() >= 118, qPrintable(QString::number(clock.elapsed())));
}

void FaultProxyTest::throttles()
{
    FaultProxy::Faults slow;
    slow.bytesPerSecond = 100'000;
    m_proxy->setFaults(Way::ToClient, slow);
    QElapsedTimer clock;
    clock.start();
    say(QByteArray(20'000, 'x'));
    QTRY_COMPARE(m_echoHeard.size(), 20'000);
    QVERIFY(heard().size() < 15'000);
    QTRY_COMPARE(heard().size(), 20'000);
    QVERIFY2(clock.elapsed() >= 180, qPrintable(QString::number(clock.elapsed())));
}

void FaultProxyTest::freezesAndThaws()
{
    FaultProxy::Faults frozen;
    frozen.frozen = true;
    m_proxy->setFaults(Way::ToClient, frozen);
    say("one");
    QTRY_COMPARE(m_echoHeard, "one");
    QTest::qWait(30);
    QCOMPARE(heard(), "");
    m_proxy->setFaults(Way::ToServer, frozen);
    say("two");
    QTest::qWait(30);
    QCOMPARE(m_echoHeard, "one");
    m_proxy->setFaults(Way::ToClient, {});
    QTRY_COMPARE(heard(), "one");
    m_proxy->setFaults(Way::ToServer, {});
    QTRY_COMPARE(heard(), "onetwo");
}

void FaultProxyTest::cuts_data()
{
    QTest::addColumn<int>("after");
    QTest::addColumn<bool>("byReset");
    for (const int after : { 0, 1, 5, 8 }) {
        QTest::addRow("after %d by RST", after) << after << true;
        QTest::addRow("after %d by FIN", after) << after << false;
    }
}

void FaultProxyTest::cuts()
{
    QFETCH(int, after);
    QFETCH(bool, byReset);
    FaultProxy::Faults cut;
    cut.cutAfter = after;
    cut.cutByReset = byReset;
    m_proxy->setFaults(Way::ToClient, cut);
    say("12345678");
    QTRY_COMPARE(m_client->state(), QTcpSocket::UnconnectedState);
    QCOMPARE(m_client->error(), QTcpSocket::RemoteHostClosedError);
    // A reset may overtake what was sent.
    if (!byReset)
        QCOMPARE(heard(), QByteArray("12345678").left(after));
    QCOMPARE(m_proxy->bytesPassed(Way::ToClient), after);
    QCOMPARE(m_proxy->connectionCount(), 0);
}

void FaultProxyTest::countsFromTheFault()
{
    say("0123456789");
    QTRY_COMPARE(heard().size(), 10);
    FaultProxy::Faults cut;
    cut.cutAfter = 12;
    cut.cutByReset = false;
    m_proxy->setFaults(Way::ToClient, cut);
    say("0123456789");
    QTRY_COMPARE(heard().size(), 20);
    say("0123456789");
    QTRY_COMPARE(m_client->state(), QTcpSocket::UnconnectedState);
    QCOMPARE(heard().size(), 22);
    // The next connection is counted anew.
    m_heard.clear();
    connectClient();
    say("0123456789");
    QTRY_COMPARE(heard().size(), 10);
}

/// What a plain socket sees: Qt gives a reset and an end the same name.
void FaultProxyTest::resets()
{
    const int fd = static_cast<int>(m_client->socketDescriptor());
    m_client->blockSignals(true);
    QTRY_COMPARE(m_proxy->connectionCount(), 1);
    char byte = 0;
    m_proxy->halfCloseAll(Way::ToClient);
    QCOMPARE(::recv(fd, &byte, 1, 0), 0);
    connectClient();
    m_client->blockSignals(true);
    QTRY_COMPARE(m_proxy->acceptedCount(), 2);
    m_proxy->resetAll();
    QCOMPARE(::recv(static_cast<int>(m_client->socketDescriptor()), &byte, 1, 0), -1);
    QCOMPARE(errno, ECONNRESET);
}

void FaultProxyTest::halfCloses()
{
    say("one");
    QTRY_COMPARE(heard(), "one");
    m_proxy->halfCloseAll(Way::ToServer);
    // The server sees the end and closes, and so it ends for all.
    QTRY_COMPARE(m_client->state(), QTcpSocket::UnconnectedState);
    QCOMPARE(m_echoHeard, "one");
}

void FaultProxyTest::refuses()
{
    m_proxy->setRefusing(true);
    QTcpSocket late;
    late.connectToHost(QHostAddress::LocalHost, m_proxy->port());
    QTRY_COMPARE(late.error(), QTcpSocket::ConnectionRefusedError);
    say("still here");
    QTRY_COMPARE(heard(), "still here");
    m_proxy->setRefusing(false);
    connectClient();
    m_heard.clear();
    say("again");
    QTRY_COMPARE(heard(), "again");
    QCOMPARE(m_proxy->acceptedCount(), 2);
}

void FaultProxyTest::cutsOffByAddress()
{
    const QHostAddress two(u"127.0.0.2"_s);
    connectClient(two);
    m_proxy->setCutOff({ two });
    say("lost");
    QTest::qWait(30);
    QCOMPARE(m_echoHeard, "");
    const std::unique_ptr<QTcpSocket> cutOff = std::move(m_client);
    connectClient();
    say("heard");
    QTRY_COMPARE(m_echoHeard, "heard");
    m_proxy->setCutOff({});
    QTRY_COMPARE(m_echoHeard, "heardlost");
}

void FaultProxyTest::passesOnTheEnd()
{
    say("bye");
    QTRY_COMPARE(m_client->state(), QTcpSocket::UnconnectedState);
    QTRY_COMPARE(m_proxy->connectionCount(), 0);
}

void FaultProxyTest::targetThatIsAway()
{
    QTcpServer away;
    QVERIFY(away.listen(QHostAddress::LocalHost));
    m_proxy->setTarget(away.serverPort());
    away.close();
    QTcpSocket late;
    QSignalSpy ended(&late, &QTcpSocket::disconnected);
    late.connectToHost(QHostAddress::LocalHost, m_proxy->port());
    QTRY_COMPARE(ended.size(), 1);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::FaultProxyTest)
#include "tst_faultproxy.moc"
