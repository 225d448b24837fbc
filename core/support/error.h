// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QMetaType>
#include <QString>

#include <optional>

class QFileDevice;

namespace slotscope::support {

/// What went wrong, as a code. core/explain has the sentence for each; nothing else does.
enum class ErrorCode {
    InvalidInput, ///< what the user typed or a file holds cannot be understood
    ResolveFailed, ///< DNS does not know the name; with a detail: it did not answer, or there is
                   ///< no address to dial
    ConnectionRefused,
    ConnectTimeout,
    ConnectFailed, ///< any other failure of connect(2)
    ProxyUnreachable, ///< the proxy on the way does not serve; the address is the proxy's
    TunnelFailed, ///< there is no ssh tunnel; the address is whom ssh was to connect to
    ProxyRefused, ///< the proxy, or the far end of the tunnel, could not reach the node
    TlsFailed, ///< handshake or verification failed; detail says which
    TlsOutOfTime, ///< a certificate has expired, or is not valid yet; detail says which
    TlsClientRefused, ///< the server wants a client certificate, or another one
    TlsNotSpoken, ///< TLS was asked for, the port answers in plain text
    TlsExpected, ///< plain text was spoken, the port seems to expect TLS
    NotRedis, ///< something answered, but not in RESP (detail: its first line)
    NoReply, ///< the port accepted the connection and said nothing in time
    AuthRequired, ///< NOAUTH
    NoCredentials, ///< there is nothing to log in with; detail is a sentence that says why
    AuthFailed, ///< WRONGPASS, ERR invalid password
    TokenRefused, ///< the same for a token that expires (IAM), which is signed with this computer's
                  ///< time
    NoPermission, ///< NOPERM; detail is the server's line
    CommandUnavailable, ///< unknown command or subcommand
    Loading, ///< LOADING
    ServerError, ///< any other error reply; detail is the server's line
    ProtocolError, ///< bytes that are not RESP after RESP was spoken
    LimitExceeded, ///< a reply larger, deeper or longer than the bounds
    ConnectionLost, ///< closed by the other side, or by a network error
    ReplyTimeout, ///< a command was sent and not answered in time
    Cancelled,
    WrongNode, ///< the node that answered is not the node that was meant
    NotOurSandbox, ///< the right to write does not extend to this server
    FileError, ///< a local file cannot be read or written
    FileDamaged, ///< a local file does not hold what it should (checksum, version)
    NotPossible, ///< what was asked for cannot be done as things are; detail is a sentence
    ProcessFailed, ///< a child process (a sandbox server) did not start or died
};

/// The stage of getting to an answer, in the words of the JSON contract.
enum class Stage { Input, Resolve, Tcp, Tls, Auth, Permission, Kind, Identity, Reply, Local };

/// A typed error: a code, the raw detail (a server's line, an errno text; untrusted text) and the
/// address it concerns ("host:port", empty when none).
struct Error
{
    ErrorCode code = ErrorCode::InvalidInput;
    QString detail;
    QString address;
    /// What to try instead. Of a TLS name mismatch: the name that the certificate is for, which the
    /// one that was asked for stands for (a CNAME). Else empty.
    QString suggestion {};
    /// Of TokenRefused: how far the server's clock is ahead of this computer's, in microseconds, as
    /// far as it or another node of it has told. Else nothing.
    std::optional<qint64> clockAheadMicros {};

    friend bool operator==(const Error&, const Error&) = default;
};

Error invalidInput(const QString& detail);
/// "FILE: reason".
Error fileError(const QString& file, const QString& reason);
Error fileError(const QFileDevice& file); ///< with its errorString()

/// The stage at which an error of this code happens.
Stage stageOf(ErrorCode code);
/// "connection-refused", ...: for files.
QString codeName(ErrorCode code);
std::optional<ErrorCode> codeFromName(QStringView name); ///< its inverse
/// "resolve", "tcp", ...: the contract's name of a stage.
QString stageName(Stage stage);

} // namespace slotscope::support

Q_DECLARE_METATYPE(slotscope::support::Error)
