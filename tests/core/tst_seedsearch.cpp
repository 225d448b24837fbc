// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/seedsearch.h"
#include "tests/support/fakenode.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using profile::SeedSearch;
using support::ErrorCode;

namespace {

constexpr int patience = 60'000;

} // namespace

/// Which of several seeds is taken, by what the first one does.
class TestSeedSearch final : public QObject
{
    Q_OBJECT

    static qsizetype chosen(const QList<net::Endpoint>& seeds)
    {
        SeedSearch search(seeds, {});
        QSignalSpy finished(&search, &SeedSearch::finished);
        search.start();
        if (finished.isEmpty() && !finished.wait(patience))
            return -1;
        return finished.first().first().value<qsizetype>();
    }
    static void makeServer(FakeNode& node) { node.on("PING", "+PONG\r\n"); }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void theFirstThatAnswers_data()
    {
        QTest::addColumn<QByteArray>("pong"); // of the first
        QTest::addColumn<bool>("mute");
        QTest::addColumn<int>("place");
        QTest::newRow("well") << QByteArray("+PONG\r\n") << false << 0;
        QTest::newRow("may not ping") << QByteArray("-NOPERM no\r\n") << false << 0;
        QTest::newRow("wants a password") << QByteArray("-NOAUTH no\r\n") << false << 0;
        QTest::newRow("loads") << QByteArray("-LOADING still\r\n") << false << 1;
        QTest::newRow("is silent") << QByteArray() << true << 1;
        QTest::newRow("is no server of ours") << QByteArray("HTTP/1.1 400 no\r\n") << false << 1;
    }
    void theFirstThatAnswers()
    {
        QFETCH(QByteArray, pong);
        QFETCH(bool, mute);
        QFETCH(int, place);
        FakeNode first;
        FakeNode second;
        makeServer(second);
        first.on("PING", pong);
        first.setMute(mute);
        QCOMPARE(chosen({ first.endpoint(), second.endpoint() }), place);
    }

    void aDeadOneIsPassedBy()
    {
        net::Endpoint dead;
        {
            FakeNode node;
            dead = node.endpoint();
        }
        FakeNode server;
        makeServer(server);
        QCOMPARE(chosen({ dead, dead, server.endpoint() }), 2);
        QCOMPARE(chosen({ dead, dead }), 0);
    }

    /// It tells something all the same, and will tell more.
    void oneThatLoadsIsMoreThanNone()
    {
        net::Endpoint dead;
        {
            FakeNode node;
            dead = node.endpoint();
        }
        FakeNode loading;
        loading.on("PING", "-LOADING still\r\n");
        QCOMPARE(chosen({ dead, loading.endpoint(), dead }), 1);
    }

    /// With a wrong password it is not knocked at one door after the other.
    void aRefusedLogInEndsIt()
    {
        FakeNode first;
        FakeNode second;
        makeServer(second);
        second.on("AUTH", "+OK\r\n");
        first.on("HELLO", "-WRONGPASS no\r\n");
        first.on("AUTH", "-WRONGPASS no\r\n");
        net::ConnectionOptions options;
        options.password = u"swordfish"_s;
        SeedSearch search({ first.endpoint(), second.endpoint() }, options);
        QSignalSpy finished(&search, &SeedSearch::finished);
        search.start();
        QVERIFY(finished.wait(patience));
        QCOMPARE(finished.first().first().value<qsizetype>(), 0);
    }

    void whichFailuresAnotherMayMend_data()
    {
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<bool>("may");
        QTest::newRow("name") << ErrorCode::ResolveFailed << true;
        QTest::newRow("refused") << ErrorCode::ConnectionRefused << true;
        QTest::newRow("silent") << ErrorCode::NoReply << true;
        QTest::newRow("TLS") << ErrorCode::TlsFailed << true;
        QTest::newRow("loading") << ErrorCode::Loading << true;
        QTest::newRow("beyond the proxy") << ErrorCode::ProxyRefused << true;
        QTest::newRow("the proxy") << ErrorCode::ProxyUnreachable << false;
        QTest::newRow("the tunnel") << ErrorCode::TunnelFailed << false;
        QTest::newRow("password") << ErrorCode::AuthFailed << false;
        QTest::newRow("token") << ErrorCode::TokenRefused << false;
        QTest::newRow("cancelled") << ErrorCode::Cancelled << false;
        QTest::newRow("another node") << ErrorCode::WrongNode << false;
    }
    void whichFailuresAnotherMayMend()
    {
        QFETCH(ErrorCode, code);
        QFETCH(bool, may);
        QCOMPARE(profile::mayAnotherSeedHelp({ code, {}, {} }), may);
    }
};

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestSeedSearch)
#include "tst_seedsearch.moc"
