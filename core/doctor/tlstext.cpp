// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/doctor/tlstext.h"

#include "core/explain/doctor.h"

namespace slotscope::doctor {

namespace {

constexpr qsizetype mostNames = 8;

QString dateOf(const QDateTime& time)
{
    return time.date().toString(Qt::ISODate);
}

} // namespace

QString tlsSentence(const net::TlsInfo& tls)
{
    if (tls.protocol.isEmpty())
        return {};
    QString text = explain::examEncrypted(tls.protocol, tls.cipher, tls.nameAsked, tls.isVerified);
    if (!tls.problems.isEmpty())
        text += u' ' + explain::examTlsProblems(tls.problems);
    return text;
}

QStringList chainSentences(const net::TlsInfo& tls, const QDateTime& now)
{
    QStringList sentences;
    for (const net::PeerCertificate& certificate : tls.chain) {
        const QString text = explain::examCertificate(certificate.subject,
            certificate.isSelfSigned ? explain::examItself() : certificate.issuer,
            certificate.names.mid(0, mostNames), dateOf(certificate.notAfter),
            now.daysTo(certificate.notAfter));
        sentences.append(text + u' '
            + explain::examCertificateMore(dateOf(certificate.notBefore), certificate.sha256));
    }
    return sentences;
}

} // namespace slotscope::doctor
