// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/dial.h"

#include <QJsonArray>

namespace slotscope::net {

/// [{"address", "dialled", "tls"}] of connections that are open. `tls` is null without TLS, else
/// {"protocol", "cipher", "name", "verified", "problems", "chain"}, and a certificate of the chain,
/// the node's own first, {"subject", "issuer", "names", "not_before", "not_after", "sha256",
/// "self_signed"}.
QJsonArray toJson(const QList<DialInfo>& ways);

} // namespace slotscope::net
