// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/dial.h"
#include "tests/support/deadport.h"
#include "tests/support/names.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope;
using namespace std::chrono_literals;
using net::ConnectionOptions;
using net::Dial;
using net::Endpoint;
using support::Error;
using support::ErrorCode;
using tests::DeadPort;

namespace {

/// Listens on this address, and on this port if one is given.
struct Listener : QTcpServer
{
    explicit Listener(const QString& address, quint16 port = 0)
    {
        if (!listen(QHostAddress(address), port))
            qFatal("cannot listen");
    }
};

} // namespace

/// Dialling names with several addresses, of which some are dead.
class TestDialNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void triesEveryAddress();
    void doesNotWaitForADeadAddress();
    void findsTheLivingRecord_data();
    void findsTheLivingRecord();
    void takesTheFamiliesInTurn();
    void dialsAnIPv6Literal();
    void triesAllOfManyInTime();
    void namesEveryDeadAddress();
    void asksTheResolverEveryTime();
    void cancelsALookup();
    void aStuckNameHoldsUpNoOther();
    void aStuckNameDoesNotHoldUpTheExit();
};

void TestDialNames::triesEveryAddress()
{
    // Nobody listens on the first two (all of 127.0.0.0/8 is this machine).
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress(u"127.0.0.1"_s)));
    Dial dial(Endpoint { u"node.invalid"_s, server.serverPort() }, {});
    QSignalSpy finished(&dial, &Dial::finished);
    dial.startWith({ QHostAddress(u"127.0.0.3"_s), QHostAddress(u"127.0.0.2"_s),
        QHostAddress(u"127.0.0.1"_s) });
    QVERIFY(finished.wait());
    QVERIFY(finished[0][0].toBool());
    QCOMPARE(dial.info().dialled, (Endpoint { u"127.0.0.1"_s, server.serverPort() }));
    QCOMPARE(dial.info().resolved.size(), 3);
    QVERIFY(dial.takeSocket());
}

void TestDialNames::doesNotWaitForADeadAddress()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress(u"127.0.0.1"_s)));
    const DeadPort dead(u"127.0.0.2"_s, server.serverPort());
    Dial dial(Endpoint { u"node.invalid"_s, server.serverPort() }, {});
    QSignalSpy finished(&dial, &Dial::finished);
    dial.startWith({ QHostAddress(u"127.0.0.2"_s), QHostAddress(u"127.0.0.1"_s) });
    QVERIFY(finished.wait());
    QVERIFY(finished[0][0].toBool());
    QCOMPARE(dial.info().dialled, (Endpoint { u"127.0.0.1"_s, server.serverPort() }));
    // The second attempt began after its delay, not after the timeout of five seconds.
    QVERIFY2(dial.info().connectMicros >= 200'000 && dial.info().connectMicros < 2'000'000,
        qPrintable(QString::number(dial.info().connectMicros)));
    const auto socket = dial.takeSocket();
    QCOMPARE(dial.findChildren<QTcpSocket*>().size(), 0);
}

void TestDialNames::findsTheLivingRecord_data()
{
    // r: refuses, d: drops what comes (its backlog is full), L: lives; 6: the IPv6 loopback.
    QTest::addColumn<QString>("records");
    QTest::addColumn<int>("fastest"); // milliseconds
    QTest::newRow("one refuses") << u"rL"_s << 0;
    QTest::newRow("one drops") << u"dL"_s << 200;
    QTest::newRow("several of both kinds") << u"rdrdL"_s << 400;
    QTest::newRow("dead ones behind") << u"Ldr"_s << 0;
    QTest::newRow("IPv6 refuses") << u"6L"_s << 0;
    QTest::newRow("IPv6 refuses, IPv4 drops") << u"6dL"_s << 200;
}

void TestDialNames::findsTheLivingRecord()
{
    QFETCH(QString, records);
    QFETCH(int, fastest);
    const Listener living(u"127.0.1.1"_s);
    std::vector<std::unique_ptr<DeadPort>> dead;
    QStringList addresses;
    for (const QChar record : std::as_const(records)) {
        const QString next = u"127.0.2.%1"_s.arg(addresses.size() + 1);
        if (record == u'd')
            dead.push_back(std::make_unique<DeadPort>(next, living.serverPort()));
        addresses.append(record == u'L' ? u"127.0.1.1"_s : record == u'6' ? u"::1"_s : next);
    }
    tests::Names::instance().set(u"node.slotscope.test"_s, addresses);
    Dial dial({ u"node.slotscope.test"_s, living.serverPort() }, {});
    QSignalSpy finished(&dial, &Dial::finished);
    QElapsedTimer clock;
    clock.start();
    dial.start();
    QVERIFY(finished.wait());
    QVERIFY2(finished[0][0].toBool(), qPrintable(finished[0][1].value<Error>().detail));
    QCOMPARE(dial.info().dialled, (Endpoint { u"127.0.1.1"_s, living.serverPort() }));
    QCOMPARE(QSet<QString>(dial.info().resolved.begin(), dial.info().resolved.end()),
        QSet<QString>(addresses.begin(), addresses.end()));
    QVERIFY2(clock.elapsed() >= fastest && clock.elapsed() < fastest + 4000,
        qPrintable(QString::number(clock.elapsed())));
    QVERIFY(dial.takeSocket());
}

void TestDialNames::takesTheFamiliesInTurn()
{
    const Listener living(u"127.0.1.1"_s);
    tests::Names::instance().set(u"node.slotscope.test"_s,
        { u"::1"_s, u"::2"_s, u"::3"_s, u"127.0.1.1"_s, u"127.0.1.1"_s, u"127.0.1.2"_s });
    Dial dial({ u"node.slotscope.test"_s, living.serverPort() }, {});
    QSignalSpy finished(&dial, &Dial::finished);
    dial.start();
    QVERIFY(finished.wait());
    QVERIFY(finished[0][0].toBool());
    QCOMPARE(dial.info().resolved,
        (QStringList { u"::1"_s, u"127.0.1.1"_s, u"::2"_s, u"127.0.1.2"_s, u"::3"_s }));
}

void TestDialNames::dialsAnIPv6Literal()
{
    const Listener living(u"::1"_s);
    for (const QString& host : { u"::1"_s, u"0:0:0:0:0:0:0:1"_s }) {
        Dial dial({ host, living.serverPort() }, {});
        QSignalSpy finished(&dial, &Dial::finished);
        dial.start();
        QVERIFY(finished.wait());
        QVERIFY2(finished[0][0].toBool(), qPrintable(finished[0][1].value<Error>().detail));
        QCOMPARE(dial.info().dialled.toString(), u"[::1]:%1"_s.arg(living.serverPort()));
    }
}

void TestDialNames::triesAllOfManyInTime()
{
    // Ten that drop: one each quarter of a second would be too late for the last.
    const Listener living(u"127.0.1.1"_s);
    std::vector<std::unique_ptr<DeadPort>> dead;
    QStringList addresses;
    for (int i = 1; i <= 10; ++i) {
        addresses.append(u"127.0.2.%1"_s.arg(i));
        dead.push_back(std::make_unique<DeadPort>(addresses.constLast(), living.serverPort()));
    }
    addresses.append(u"127.0.1.1"_s);
    tests::Names::instance().set(u"node.slotscope.test"_s, addresses);
    ConnectionOptions options;
    options.timeout = 2000ms;
    Dial dial({ u"node.slotscope.test"_s, living.serverPort() }, options);
    QSignalSpy finished(&dial, &Dial::finished);
    dial.start();
    QVERIFY(finished.wait());
    QVERIFY2(finished[0][0].toBool(), qPrintable(finished[0][1].value<Error>().detail));
}

void TestDialNames::namesEveryDeadAddress()
{
    const DeadPort dead(u"127.0.2.1"_s);
    const QStringList addresses { u"127.0.2.1"_s, u"127.0.2.2"_s, u"::1"_s };
    tests::Names::instance().set(u"node.slotscope.test"_s, addresses);
    ConnectionOptions options;
    options.timeout = 400ms;
    Dial dial({ u"node.slotscope.test"_s, dead.endpoint().port }, options);
    QSignalSpy finished(&dial, &Dial::finished);
    dial.start();
    QVERIFY(finished.wait());
    const auto error = finished[0][1].value<Error>();
    QCOMPARE(error.code, ErrorCode::ConnectTimeout);
    QCOMPARE(error.address, u"node.slotscope.test:%1"_s.arg(dead.endpoint().port));
    for (const QString& address : addresses)
        QVERIFY2(error.detail.contains(address + u": "_s), qPrintable(error.detail));
    QVERIFY2(error.detail.endsWith(u"127.0.2.1: no answer"_s), qPrintable(error.detail));
}

void TestDialNames::asksTheResolverEveryTime()
{
    const Listener first(u"127.0.1.1"_s);
    const Listener second(u"127.0.1.2"_s, first.serverPort());
    const int before = tests::Names::instance().asked();
    for (const QString& address : { u"127.0.1.1"_s, u"127.0.1.2"_s }) {
        tests::Names::instance().set(u"moves.slotscope.test"_s, { address });
        Dial dial({ u"moves.slotscope.test"_s, first.serverPort() }, {});
        QSignalSpy finished(&dial, &Dial::finished);
        dial.start();
        QVERIFY(finished.wait());
        QCOMPARE(dial.info().dialled.host, address);
    }
    QCOMPARE(tests::Names::instance().asked() - before, 2);
}

void TestDialNames::cancelsALookup()
{
    Dial dial({ u"localhost"_s, 1 }, {});
    QSignalSpy finished(&dial, &Dial::finished);
    dial.start();
    dial.cancel();
    QVERIFY(finished.wait());
    QTest::qWait(50);
    QCOMPARE(finished.size(), 1);
    QCOMPARE(finished[0][1].value<Error>().code, ErrorCode::Cancelled);
}

void TestDialNames::aStuckNameHoldsUpNoOther()
{
    const Listener living(u"127.0.1.1"_s);
    tests::Names& names = tests::Names::instance();
    names.hang(u"stuck.slotscope.test"_s);
    names.set(u"stuck.slotscope.test"_s, { u"127.0.1.1"_s });
    names.set(u"node.slotscope.test"_s, { u"127.0.1.1"_s });
    ConnectionOptions patient;
    patient.timeout = 30s;
    std::vector<std::unique_ptr<Dial>> stuck;
    for (int i = 0; i < 60; ++i) {
        stuck.push_back(std::make_unique<Dial>(
            Endpoint { u"stuck.slotscope.test"_s, living.serverPort() }, patient));
        stuck.back()->start();
    }
    QTRY_COMPARE(names.hanging(), 60);
    Dial dial({ u"node.slotscope.test"_s, living.serverPort() }, {});
    QSignalSpy finished(&dial, &Dial::finished);
    dial.start();
    QVERIFY(finished.wait());
    QVERIFY(finished[0][0].toBool());

    // Whoever is still there gets the answer, whoever is gone is not missed.
    QSignalSpy late(stuck.back().get(), &Dial::finished);
    stuck.erase(stuck.begin(), stuck.begin() + 30);
    names.release();
    QVERIFY(late.wait());
    QVERIFY(late[0][0].toBool());
    QTRY_COMPARE(names.hanging(), 0);
}

void TestDialNames::aStuckNameDoesNotHoldUpTheExit()
{
    QProcess process;
    process.start(QCoreApplication::applicationFilePath(), { u"--dial-a-stuck-name"_s });
    QVERIFY(process.waitForFinished(10'000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), static_cast<int>(ErrorCode::ResolveFailed));
}

namespace {

/// Another process of this program: its resolver never answers. Exits with the code of the error.
int dialAStuckName()
{
    tests::Names::instance().hang(u"stuck.slotscope.test"_s);
    ConnectionOptions options;
    options.timeout = 100ms;
    Dial dial({ u"stuck.slotscope.test"_s, 1 }, options);
    QObject::connect(&dial, &Dial::finished, qApp,
        [](bool, const Error& error) { QCoreApplication::exit(static_cast<int>(error.code)); });
    dial.start();
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    if (application.arguments().contains(u"--dial-a-stuck-name"_s))
        return dialAStuckName();
    TestDialNames test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_dialnames.moc"
