// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

// What is wrong with a certificate, or with the handshake that shows it: details of errors.
// `problem` and `said` are the words of Qt and of OpenSSL.
namespace slotscope::explain {

QString certificateIsOver(const QString& date);
QString certificateIsEarly(const QString& date);
QString certificateOfOthers(const QString& problem, const QString& asked, const QString& names);
/// `problem`: certificateOfOthers(). `name` is the one to verify.
QString nameStandsFor(const QString& problem, const QString& name);
QString clientCertificateRefused(const QString& said);
QString noClientCertificate(const QString& said);
QString mayWantClientCertificate(const QString& said);
QString closedDuringHandshake();

// Files.
QString noCertificateInside();
QString noKeyInside();

} // namespace slotscope::explain
