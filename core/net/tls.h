// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connectionoptions.h"
#include "core/net/tlsinfo.h"

#include <QSslError>
#include <QSslSocket>

#include <optional>

namespace slotscope::net {

/// Files and switches of TlsOptions as Qt wants them. FileError when a file cannot be read or does
/// not hold what it should; its detail names the file. NoCredentials when a private key is locked.
support::Result<QSslConfiguration> toSslConfiguration(const TlsOptions& options);

/// The private key is locked, and the passphrase of `options`, if there is one, does not open it.
/// Of a PKCS#12 file that opens with none nobody can tell whether it is one at all.
bool isKeyLocked(const TlsOptions& options);

/// What a failed TLS handshake means. `verification` is what was wrong with the certificate, empty
/// when it was not rejected; `info` what is known of it. Without an address.
support::Error tlsError(QAbstractSocket::SocketError code, const QString& text,
    const QList<QSslError>& verification, const TlsOptions& options, const TlsInfo& info);

/// Adds what the socket knows: the version and the cipher when the handshake is done, and the chain
/// as soon as it was shown.
void describe(const QSslSocket& socket, const QList<QSslError>& verification,
    const TlsOptions& options, TlsInfo* info);

/// An error of a socket that was connected is one of TLS (a server that wants a client certificate
/// says so only after a TLS 1.3 handshake is done here).
bool isTlsError(QAbstractSocket::SocketError code);

/// "TLSv1.3"; empty for protocols that are not spoken.
QString protocolName(QSsl::SslProtocol protocol);

} // namespace slotscope::net
