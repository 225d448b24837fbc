// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/tls.h"
#include "core/resp/replyreader.h"
#include "tests/core/connectionfixture.h"
#include "tests/support/tlsserver.h"

#include <algorithm>
#include <malloc.h>
#include <memory>

using namespace slotscope;
using namespace slotscope::tests;
using net::Answer;

using net::ConnectionOptions;

namespace {

/// Answers every command but the handshake with `value`.
class TlsNode : public TlsServer
{
public:
    explicit TlsNode(const QByteArray& value)
    {
        connect(this, &QSslServer::pendingConnectionAvailable, this, [this, value] {
            QTcpSocket* socket = nextPendingConnection();
            auto reader = std::make_shared<resp::ReplyReader>();
            connect(socket, &QTcpSocket::readyRead, this, [socket, reader, value] {
                reader->feed(socket->readAll());
                QByteArray replies;
                while (const auto command = reader->next()) {
                    if (!*command)
                        break;
                    const QByteArray word = (*command)->at(0).toByteArray();
                    if (word == "HELLO")
                        replies += "-ERR unknown command 'HELLO'\r\n";
                    else
                        replies += word == "CLIENT" ? "+OK\r\n"_ba : FakeNode::bulk(value);
                }
                socket->write(replies);
            });
        });
    }

    net::Endpoint endpoint() const { return { u"127.0.0.1"_s, serverPort() }; }
};

ConnectionOptions withTls()
{
    ConnectionOptions options = quick();
    options.tls.enabled = true;
    options.tls.caFile = certificate(u"authority.crt"_s);
    options.tls.verifyName = u"node.slotscope.test"_s;
    return options;
}

} // namespace

/// With TLS, to send is also to read: flush() decrypts what has come meanwhile, a few KB at a time,
/// and says readyRead() for each.
class TestConnectionTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".?"_s)); }

    void readsWithoutRecursion();
    void deletedWhileSending();
    void codesOfCertificates_data();
    void codesOfCertificates();
};

void TestConnectionTls::readsWithoutRecursion()
{
    // Each reply that is read makes a callback send, which may read the next.
    constexpr int count = 1000;
    TlsNode node(QByteArray(1500, 'v'));
    Client client(node.endpoint(), withTls());
    QVERIFY2(client.openAndWait(), qPrintable(client.reason().detail));
    QList<quintptr> depths;
    int answers = 0;
    for (int i = 0; i < count; ++i) {
        client.connection->send({ "GET", "a" }, [&](const Answer&) {
            const char here = 0;
            depths.append(reinterpret_cast<quintptr>(&here));
            client.connection->send({ "GET", "b" }, [&](const Answer&) { ++answers; });
        });
    }
    QTRY_COMPARE(answers, count);
    const auto [least, most] = std::minmax_element(depths.cbegin(), depths.cend());
    QVERIFY2(*most - *least < 48 * 1024, qPrintable(QString::number(*most - *least)));
}

void TestConnectionTls::deletedWhileSending()
{
    mallopt(M_PERTURB, 0x5a); // what is used after it was freed is noticed
    TlsNode node(QByteArray(3000, 'v'));
    for (int i = 1; i < 20; ++i) {
        Client client(node.endpoint(), withTls());
        QVERIFY2(client.openAndWait(), qPrintable(client.reason().detail));
        int answers = 0;
        const auto answered = [&](const Answer&) {
            if (++answers == i)
                client.connection.reset();
            else
                client.connection->send({ "PING" }, {});
        };
        for (int k = 0; k < 20; ++k)
            client.connection->send({ "GET", "k" }, answered);
        QTRY_COMPARE(answers, i);
        QTest::qWait(5);
        QCOMPARE(answers, i);
    }
    mallopt(M_PERTURB, 0);
}

void TestConnectionTls::codesOfCertificates_data()
{
    using Problems = QList<QSslError::SslError>;
    QTest::addColumn<Problems>("problems");
    QTest::addColumn<support::ErrorCode>("code");
    using support::ErrorCode;
    QTest::newRow("over") << Problems { QSslError::CertificateExpired } << ErrorCode::TlsOutOfTime;
    QTest::newRow("not yet") << Problems { QSslError::CertificateNotYetValid }
                             << ErrorCode::TlsOutOfTime;
    QTest::newRow("over, and of nobody who is trusted")
        << Problems { QSslError::CertificateUntrusted, QSslError::CertificateExpired }
        << ErrorCode::TlsOutOfTime;
    QTest::newRow("another name") << Problems { QSslError::HostNameMismatch }
                                  << ErrorCode::TlsFailed;
}

void TestConnectionTls::codesOfCertificates()
{
    QFETCH(QList<QSslError::SslError>, problems);
    QList<QSslError> verification;
    for (const QSslError::SslError problem : problems)
        verification.append(QSslError(problem));
    const support::Error error
        = net::tlsError(QAbstractSocket::SslHandshakeFailedError, {}, verification, {}, {});
    QTEST(error.code, "code");
    QVERIFY(!error.detail.isEmpty());
}

QTEST_GUILESS_MAIN(TestConnectionTls)
#include "tst_connectiontls.moc"
