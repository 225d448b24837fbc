// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/waytext.h"

#include "core/explain/connecting.h"
#include "core/net/sshtunnel.h"

using namespace Qt::StringLiterals;

namespace slotscope::net {

QString wayText(const ConnectionOptions& options)
{
    if (options.tunnel)
        return u"ssh "_s + options.tunnel->target().toString();
    return options.socks ? QString(u"SOCKS5 "_s + options.socks->toString()) : QString();
}

WaySecurity securityOf(const ConnectionOptions& options)
{
    if (!options.tls.enabled)
        return WaySecurity::Plain;
    return options.tls.insecure ? WaySecurity::TlsNotVerified : WaySecurity::TlsVerified;
}

bool isReached(const ConnectionOptions& options, const Endpoint& target)
{
    return !options.tunnel || options.tunnel->hasReached(target);
}

QString farEndsWords(const ConnectionOptions& options, const Endpoint& target)
{
    const QString complaint = options.tunnel ? options.tunnel->complaint(target) : QString();
    return complaint.isEmpty() ? explain::closedBeforeAnything() : u"ssh: "_s + complaint;
}

} // namespace slotscope::net
