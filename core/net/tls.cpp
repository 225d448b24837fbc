// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/tls.h"

#include "core/explain/certificates.h"
#include "core/explain/credentials.h"
#include "core/support/bytes.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QFile>
#include <QSslCertificate>
#include <QSslCertificateExtension>
#include <QSslCipher>
#include <QSslConfiguration>
#include <QSslKey>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace slotscope::net {

using support::Done;
using support::Error;
using support::ErrorCode;
using support::fileError;
using support::Result;

namespace {

Result<QByteArray> readFile(const QString& path)
{
    // A key or a bundle of every authority there is: never more than this.
    constexpr qint64 maxSize = 16 * 1024 * 1024;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fileError(file);
    return file.read(maxSize);
}

Result<QList<QSslCertificate>> readCertificates(const QString& path)
{
    const Result<QByteArray> pem = readFile(path);
    if (!pem)
        return pem.error();
    const QList<QSslCertificate> certificates = QSslCertificate::fromData(*pem, QSsl::Pem);
    if (certificates.isEmpty())
        return fileError(path, explain::noCertificateInside());
    return certificates;
}

QByteArray passphraseOf(const TlsOptions& options)
{
    // Never null: OpenSSL would ask for it on the terminal.
    return options.keyPassphrase ? options.keyPassphrase->toUtf8() : ""_ba;
}

bool isEncrypted(const QByteArray& pem)
{
    return pem.contains("ENCRYPTED");
}

Result<QSslKey> readKey(const TlsOptions& options)
{
    const Result<QByteArray> pem = readFile(options.keyFile);
    if (!pem)
        return pem.error();
    for (const QSsl::KeyAlgorithm algorithm : { QSsl::Rsa, QSsl::Ec, QSsl::Dsa }) {
        const QSslKey key(*pem, algorithm, QSsl::Pem, QSsl::PrivateKey, passphraseOf(options));
        if (!key.isNull())
            return key;
    }
    if (isEncrypted(*pem)) {
        return Error { ErrorCode::NoCredentials,
            explain::keyIsLocked(options.keyFile, options.keyPassphrase.has_value()), {} };
    }
    return fileError(options.keyFile, explain::noKeyInside());
}

Result<Done> addPkcs12(const TlsOptions& options, QSslConfiguration* configuration)
{
    const Result<QByteArray> bytes = readFile(options.pkcs12File);
    if (!bytes)
        return bytes.error();
    QBuffer buffer;
    buffer.setData(*bytes);
    buffer.open(QIODevice::ReadOnly);
    QSslKey key;
    QSslCertificate certificate;
    QList<QSslCertificate> others;
    if (!QSslCertificate::importPkcs12(
            &buffer, &key, &certificate, &others, passphraseOf(options))) {
        return Error { ErrorCode::NoCredentials,
            explain::pkcs12IsLocked(options.pkcs12File, options.keyPassphrase.has_value()), {} };
    }
    configuration->setLocalCertificateChain(QList { certificate } + others);
    configuration->setPrivateKey(key);
    return Done {};
}

/// A server's alert about the certificate that it was, or was not, shown.
bool isAboutClientCertificate(const QString& text)
{
    return text.contains(u"alert"_s)
        && (text.contains(u"certificate"_s) || text.contains(u"unknown ca"_s));
}

QString dateText(const QDateTime& time)
{
    return time.toUTC().toString(u"yyyy-MM-dd HH:mm'Z'"_s);
}

/// One label may be a `*`, the first (RFC 6125).
bool isFor(const PeerCertificate& certificate, const QString& name)
{
    const QString wildcard = u'*' + name.mid(name.indexOf(u'.'));
    return !name.isEmpty()
        && (certificate.names.contains(name, Qt::CaseInsensitive)
            || (name.contains(u'.') && certificate.names.contains(wildcard, Qt::CaseInsensitive)));
}

bool isOfTime(const QSslError& problem)
{
    return problem.error() == QSslError::CertificateExpired
        || problem.error() == QSslError::CertificateNotYetValid;
}

/// Qt's words, and the fact that they leave out.
QString problemText(const QSslError& problem, const TlsInfo& info)
{
    const QString text = problem.errorString();
    const PeerCertificate certificate = info.chain.value(0);
    switch (problem.error()) {
    case QSslError::CertificateExpired:
        return explain::certificateIsOver(dateText(problem.certificate().expiryDate()));
    case QSslError::CertificateNotYetValid:
        return explain::certificateIsEarly(dateText(problem.certificate().effectiveDate()));
    case QSslError::HostNameMismatch: {
        const QString problemInWords = explain::certificateOfOthers(text, info.nameAsked,
            certificate.names.isEmpty() ? certificate.subject : certificate.names.join(u", "_s));
        if (!isFor(certificate, info.realName))
            return problemInWords;
        return explain::nameStandsFor(problemInWords, info.realName);
    }
    default:
        return text;
    }
}

QString nameOf(const QStringList& common, const QStringList& organisation)
{
    return support::toVisibleText(
        (common.isEmpty() ? organisation : common).join(u", "_s).toUtf8(), 300);
}

PeerCertificate toPeer(const QSslCertificate& certificate)
{
    PeerCertificate peer;
    peer.subject = nameOf(certificate.subjectInfo(QSslCertificate::CommonName),
        certificate.subjectInfo(QSslCertificate::Organization));
    peer.issuer = nameOf(certificate.issuerInfo(QSslCertificate::CommonName),
        certificate.issuerInfo(QSslCertificate::Organization));
    const auto names = certificate.subjectAlternativeNames();
    for (auto name = names.begin(); name != names.end(); ++name) {
        if (name.key() != QSsl::EmailEntry)
            peer.names.append(support::toVisibleText(name.value(), 300));
    }
    peer.names.sort();
    peer.notBefore = certificate.effectiveDate().toUTC();
    peer.notAfter = certificate.expiryDate().toUTC();
    peer.sha256 = QString::fromLatin1(certificate.digest(QCryptographicHash::Sha256).toHex(':'));
    peer.isSelfSigned = certificate.isSelfSigned();
    return peer;
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
    // QueryPeer accepts everything as well, but says what is wrong with it.
    configuration.setPeerVerifyMode(
        options.insecure ? QSslSocket::QueryPeer : QSslSocket::VerifyPeer);
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
    if (!options.pkcs12File.isEmpty()) {
        if (const auto added = addPkcs12(options, &configuration); !added)
            return added.error();
    }
    if (!options.keyFile.isEmpty()) {
        const auto key = readKey(options);
        if (!key)
            return key.error();
        configuration.setPrivateKey(*key);
    }
    return configuration;
}

bool isKeyLocked(const TlsOptions& options)
{
    if (!options.pkcs12File.isEmpty()) {
        QSslConfiguration unused;
        return readFile(options.pkcs12File) && !addPkcs12(options, &unused);
    }
    if (options.keyFile.isEmpty())
        return false;
    const Result<QByteArray> pem = readFile(options.keyFile);
    return pem && isEncrypted(*pem) && !readKey(options);
}

Error tlsError(QAbstractSocket::SocketError code, const QString& text,
    const QList<QSslError>& verification, const TlsOptions& options, const TlsInfo& info)
{
    if (!verification.isEmpty()) {
        QStringList problems;
        for (const QSslError& problem : verification)
            problems.append(problemText(problem, info));
        problems.removeDuplicates();
        const bool isAlias
            = std::any_of(verification.begin(), verification.end(), [](const QSslError& problem) {
                  return problem.error() == QSslError::HostNameMismatch;
              });
        const bool isLate = std::any_of(verification.begin(), verification.end(), isOfTime);
        Error error { isLate ? ErrorCode::TlsOutOfTime : ErrorCode::TlsFailed,
            problems.join(u"; "_s), {} };
        if (isAlias && isFor(info.chain.value(0), info.realName))
            error.suggestion = info.realName;
        return error;
    }
    if (isPlainTextAnswer(text))
        return { ErrorCode::TlsNotSpoken, text, {} };
    if (text.contains(u"key values mismatch"_s) && !options.keyFile.isEmpty()) {
        return { ErrorCode::NoCredentials,
            explain::keyOfAnotherCertificate(options.keyFile, options.certificateFile), {} };
    }
    const bool shows = !options.certificateFile.isEmpty() || !options.pkcs12File.isEmpty();
    if (isAboutClientCertificate(text)) {
        return { ErrorCode::TlsClientRefused,
            shows ? explain::clientCertificateRefused(text) : explain::noClientCertificate(text),
            {} };
    }
    // What TLS 1.2 says instead.
    if (!shows && text.contains(u"alert handshake failure"_s))
        return { ErrorCode::TlsFailed, explain::mayWantClientCertificate(text), {} };
    if (code == QAbstractSocket::RemoteHostClosedError)
        return { ErrorCode::TlsFailed, explain::closedDuringHandshake(), {} };
    return { ErrorCode::TlsFailed, text, {} };
}

void describe(const QSslSocket& socket, const QList<QSslError>& verification,
    const TlsOptions& options, TlsInfo* info)
{
    info->protocol = socket.isEncrypted() ? protocolName(socket.sessionProtocol()) : QString();
    info->cipher = socket.isEncrypted() ? socket.sessionCipher().name() : QString();
    info->chain.clear();
    constexpr qsizetype mostShown = 16;
    const QList<QSslCertificate> chain = socket.peerCertificateChain();
    for (const QSslCertificate& certificate : chain.first(qMin(chain.size(), mostShown)))
        info->chain.append(toPeer(certificate));
    info->problems.clear();
    for (const QSslError& problem : verification + socket.sslHandshakeErrors())
        info->problems.append(problemText(problem, *info));
    info->problems.removeDuplicates();
    info->isVerified = socket.isEncrypted() && !options.insecure && info->problems.isEmpty();
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
