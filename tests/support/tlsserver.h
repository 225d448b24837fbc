// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QFile>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTest>

namespace slotscope::tests {

/// The path of one of the tests' certificates and keys.
inline QString certificate(const QString& name)
{
    return QFINDTESTDATA(QStringLiteral("../data/tls/") + name);
}

/// A TLS server on loopback with the tests' certificate.
class TlsServer : public QSslServer
{
public:
    explicit TlsServer(bool wantsClientCertificate = false)
    {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificate(
            QSslCertificate::fromPath(certificate(QStringLiteral("server.crt"))).value(0));
        QFile key(certificate(QStringLiteral("server.key")));
        if (key.open(QIODevice::ReadOnly))
            configuration.setPrivateKey(QSslKey(&key, QSsl::Ec));
        configuration.setCaCertificates(
            QSslCertificate::fromPath(certificate(QStringLiteral("authority.crt"))));
        configuration.setPeerVerifyMode(
            wantsClientCertificate ? QSslSocket::VerifyPeer : QSslSocket::VerifyNone);
        setSslConfiguration(configuration);
        listen(QHostAddress::LocalHost);
    }
};

} // namespace slotscope::tests
