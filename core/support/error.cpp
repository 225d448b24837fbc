// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/support/error.h"

using namespace Qt::StringLiterals;

namespace slotscope::support {

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
    case ErrorCode::TlsClientRefused:
    case ErrorCode::TlsNotSpoken:
    case ErrorCode::TlsExpected:
        return Stage::Tls;
    case ErrorCode::AuthRequired:
    case ErrorCode::NoCredentials:
    case ErrorCode::AuthFailed:
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
