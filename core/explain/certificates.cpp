// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/certificates.h"

#include <QCoreApplication>

namespace slotscope::explain {

namespace {

// The translation context.
struct Certificates
{
    Q_DECLARE_TR_FUNCTIONS(Certificates)
};

} // namespace

QString certificateIsOver(const QString& date)
{
    return Certificates::tr("The certificate has expired (on %1)").arg(date);
}

QString certificateIsEarly(const QString& date)
{
    return Certificates::tr("The certificate is not yet valid (before %1)").arg(date);
}

QString certificateOfOthers(const QString& problem, const QString& asked, const QString& names)
{
    return Certificates::tr("%1 (asked for %2; it is for %3)").arg(problem, asked, names);
}

QString nameStandsFor(const QString& problem, const QString& name)
{
    return Certificates::tr(
        "%1; the name stands for %2, which the certificate is for: have that verified")
        .arg(problem, name);
}

QString clientCertificateRefused(const QString& said)
{
    return Certificates::tr("it does not accept the one it was shown: %1").arg(said);
}

QString noClientCertificate(const QString& said)
{
    return Certificates::tr("none was given: %1").arg(said);
}

QString mayWantClientCertificate(const QString& said)
{
    return Certificates::tr("%1; it may want a client certificate").arg(said);
}

QString closedDuringHandshake()
{
    return Certificates::tr("closed during the TLS handshake");
}

QString noCertificateInside()
{
    return Certificates::tr("no PEM certificate inside");
}

QString noKeyInside()
{
    return Certificates::tr("no PEM private key inside");
}

} // namespace slotscope::explain
