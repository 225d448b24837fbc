// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/endpoint.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace slotscope::tests {

/// Another one with each call, on which nobody listens: connections are refused. It is taken as
/// long as this process runs, so that no other program, test or connection gets it meanwhile, as it
/// may get one that was only free a moment ago.
inline net::Endpoint refusingEndpoint()
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (descriptor < 0 || ::bind(descriptor, generic, size) != 0
        || ::getsockname(descriptor, generic, &size) != 0)
        qFatal("no port is free");
    return { QStringLiteral("127.0.0.1"), ntohs(address.sin_port) };
}

} // namespace slotscope::tests
