// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/tls.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace slotscope::net {

using support::Error;
using support::ErrorCode;
using support::Result;

namespace {

Result<QByteArray> readFile(const QString& path)
{
    // A key or a bundle of every authority there is: never more than this.
    constexpr qint64 maxSize = 16 * 1024 * 1024;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error { ErrorCode::FileError, path + u": "_s + file.errorString(), {} };
    return file.read(maxSize);
}

Result<QList<QSslCertificate>> readCertificates(const QString& path)
{
    const Result<QByteArray> pem = readFile(path);
    if (!pem)
        return pem.error();
    const QList<QSslCertificate> certificates = QSslCertificate::fromData(*pem, QSsl::Pem);
    if (certificates.isEmpty())
        return Error { ErrorCode::FileError, path + u": no PEM certificate inside"_s, {} };
    return certificates;
}

Result<QSslKey> readKey(const QString& path)
{
    const Result<QByteArray> pem = readFile(path);
    if (!pem)
        return pem.error();
    for (const QSsl::KeyAlgorithm algorithm : { QSsl::Rsa, QSsl::Ec, QSsl::Dsa }) {
        const QSslKey key(*pem, algorithm, QSsl::Pem);
        if (!key.isNull())
            return key;
    }
    return Error { ErrorCode::FileError, path + u": no PEM private key without a passphrase"_s,
        {} };
}

/// What OpenSSL says when the first bytes of the other side are no TLS record.
bool isPlainTextAnswer(const QString& text)
{
    return text.contains(u"wrong version number"_s) || text.contains(u"packet length too long"_s)
        || text.contains(u"http request"_s) || text.contains(u"unknown protocol"_s);
}

} // namespace

Result<QSslConfiguration> toSslConfiguration(const TlsOptions& options)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(
        options.insecure ? QSslSocket::VerifyNone : QSslSocket::VerifyPeer);
    if (!options.caFile.isEmpty()) {
        const auto authorities = readCertificates(options.caFile);
        if (!authorities)
            return authorities.error();
        configuration.setCaCertificates(*authorities);
    }
    if (!options.certificateFile.isEmpty()) {
        const auto chain = readCertificates(options.certificateFile);
        if (!chain)
            return chain.error();
        configuration.setLocalCertificateChain(*chain);
    }
    if (!options.keyFile.isEmpty()) {
        const auto key = readKey(options.keyFile);
        if (!key)
            return key.error();
        configuration.setPrivateKey(*key);
    }
    return configuration;
}

Error tlsError(
    QAbstractSocket::SocketError code, const QString& text, const QList<QSslError>& verification)
{
    if (!verification.isEmpty()) {
        QStringList problems;
        for (const QSslError& problem : verification)
            problems.append(problem.errorString());
        problems.removeDuplicates();
        return { ErrorCode::TlsFailed, problems.join(u"; "_s), {} };
    }
    if (isPlainTextAnswer(text))
        return { ErrorCode::TlsNotSpoken, text, {} };
    if (code == QAbstractSocket::RemoteHostClosedError)
        return { ErrorCode::TlsFailed, u"closed during the TLS handshake"_s, {} };
    return { ErrorCode::TlsFailed, text, {} };
}

bool isTlsError(QAbstractSocket::SocketError code)
{
    return code == QAbstractSocket::SslHandshakeFailedError
        || code == QAbstractSocket::SslInternalError
        || code == QAbstractSocket::SslInvalidUserDataError;
}

QString protocolName(QSsl::SslProtocol protocol)
{
    switch (protocol) {
    case QSsl::TlsV1_2:
        return u"TLSv1.2"_s;
    case QSsl::TlsV1_3:
        return u"TLSv1.3"_s;
    default:
        return {};
    }
}

} // namespace slotscope::net
