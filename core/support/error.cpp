// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/support/error.h"

#include <QFileDevice>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace slotscope::support {
namespace {

constexpr std::array<std::pair<ErrorCode, QLatin1StringView>, 34> codeNames { {
    { ErrorCode::InvalidInput, "invalid-input"_L1 },
    { ErrorCode::ResolveFailed, "resolve-failed"_L1 },
    { ErrorCode::ConnectionRefused, "connection-refused"_L1 },
    { ErrorCode::ConnectTimeout, "connect-timeout"_L1 },
    { ErrorCode::ConnectFailed, "connect-failed"_L1 },
    { ErrorCode::ProxyUnreachable, "proxy-unreachable"_L1 },
    { ErrorCode::TunnelFailed, "tunnel-failed"_L1 },
    { ErrorCode::ProxyRefused, "proxy-refused"_L1 },
    { ErrorCode::TlsFailed, "tls-failed"_L1 },
    { ErrorCode::TlsOutOfTime, "tls-out-of-time"_L1 },
    { ErrorCode::TlsClientRefused, "tls-client-refused"_L1 },
    { ErrorCode::TlsNotSpoken, "tls-not-spoken"_L1 },
    { ErrorCode::TlsExpected, "tls-expected"_L1 },
    { ErrorCode::NotRedis, "not-redis"_L1 },
    { ErrorCode::NoReply, "no-reply"_L1 },
    { ErrorCode::AuthRequired, "auth-required"_L1 },
    { ErrorCode::NoCredentials, "no-credentials"_L1 },
    { ErrorCode::AuthFailed, "auth-failed"_L1 },
    { ErrorCode::TokenRefused, "token-refused"_L1 },
    { ErrorCode::NoPermission, "no-permission"_L1 },
    { ErrorCode::CommandUnavailable, "command-unavailable"_L1 },
    { ErrorCode::Loading, "loading"_L1 },
    { ErrorCode::ServerError, "server-error"_L1 },
    { ErrorCode::ProtocolError, "protocol-error"_L1 },
    { ErrorCode::LimitExceeded, "limit-exceeded"_L1 },
    { ErrorCode::ConnectionLost, "connection-lost"_L1 },
    { ErrorCode::ReplyTimeout, "reply-timeout"_L1 },
    { ErrorCode::Cancelled, "cancelled"_L1 },
    { ErrorCode::WrongNode, "wrong-node"_L1 },
    { ErrorCode::NotOurSandbox, "not-our-sandbox"_L1 },
    { ErrorCode::FileError, "file-error"_L1 },
    { ErrorCode::FileDamaged, "file-damaged"_L1 },
    { ErrorCode::NotPossible, "not-possible"_L1 },
    { ErrorCode::ProcessFailed, "process-failed"_L1 },
} };

} // namespace

QString codeName(ErrorCode code)
{
    const auto* entry = std::find_if(codeNames.begin(), codeNames.end(),
        [code](const auto& candidate) { return candidate.first == code; });
    return entry != codeNames.end() ? QString(entry->second) : QString();
}

std::optional<ErrorCode> codeFromName(QStringView name)
{
    const auto* entry = std::find_if(codeNames.begin(), codeNames.end(),
        [name](const auto& candidate) { return candidate.second == name; });
    return entry != codeNames.end() ? std::optional(entry->first) : std::nullopt;
}

Error invalidInput(const QString& detail)
{
    return { ErrorCode::InvalidInput, detail, {} };
}

Error fileError(const QString& file, const QString& reason)
{
    return { ErrorCode::FileError, file + u": "_s + reason, {} };
}

Error fileError(const QFileDevice& file)
{
    return fileError(file.fileName(), file.errorString());
}

Stage stageOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidInput:
        return Stage::Input;
    case ErrorCode::ResolveFailed:
        return Stage::Resolve;
    case ErrorCode::ConnectionRefused:
    case ErrorCode::ConnectTimeout:
    case ErrorCode::ConnectFailed:
    case ErrorCode::ProxyUnreachable:
    case ErrorCode::ProxyRefused:
    case ErrorCode::TunnelFailed:
        return Stage::Tcp;
    case ErrorCode::TlsFailed:
    case ErrorCode::TlsOutOfTime:
    case ErrorCode::TlsClientRefused:
    case ErrorCode::TlsNotSpoken:
    case ErrorCode::TlsExpected:
        return Stage::Tls;
    case ErrorCode::AuthRequired:
    case ErrorCode::NoCredentials:
    case ErrorCode::AuthFailed:
    case ErrorCode::TokenRefused:
        return Stage::Auth;
    case ErrorCode::NoPermission:
    case ErrorCode::CommandUnavailable:
        return Stage::Permission;
    case ErrorCode::NotRedis:
        return Stage::Kind;
    case ErrorCode::WrongNode:
    case ErrorCode::NotOurSandbox:
        return Stage::Identity;
    case ErrorCode::NoReply:
    case ErrorCode::Loading:
    case ErrorCode::ServerError:
    case ErrorCode::ProtocolError:
    case ErrorCode::LimitExceeded:
    case ErrorCode::ConnectionLost:
    case ErrorCode::ReplyTimeout:
        return Stage::Reply;
    case ErrorCode::Cancelled:
    case ErrorCode::FileError:
    case ErrorCode::FileDamaged:
    case ErrorCode::NotPossible:
    case ErrorCode::ProcessFailed:
        return Stage::Local;
    }
    return Stage::Local;
}

QString stageName(Stage stage)
{
    switch (stage) {
    case Stage::Input:
        return u"input"_s;
    case Stage::Resolve:
        return u"resolve"_s;
    case Stage::Tcp:
        return u"tcp"_s;
    case Stage::Tls:
        return u"tls"_s;
    case Stage::Auth:
        return u"auth"_s;
    case Stage::Permission:
        return u"permission"_s;
    case Stage::Kind:
        return u"kind"_s;
    case Stage::Identity:
        return u"identity"_s;
    case Stage::Reply:
        return u"reply"_s;
    case Stage::Local:
        break;
    }
    return u"local"_s;
}

} // namespace slotscope::support
