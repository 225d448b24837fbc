// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/slot.h"
#include "core/net/endpoint.h"

#include <QByteArrayView>

#include <optional>

namespace slotscope::command {

/// A parsed MOVED or ASK error (cluster specification, "MOVED Redirection", "ASK redirection").
struct Redirect
{
    enum class Kind { Moved, Ask };
    Kind kind = Kind::Moved;
    cluster::Slot slot;
    net::Endpoint target; ///< host as printed: may be empty (= the host that answered) or "?"
    QString targetText; ///< exactly as printed
};

/// nullopt unless the line is a well-formed redirect; an `ERR ` or `-` in front and trailing text
/// are accepted, the slot and the port are validated.
std::optional<Redirect> parseRedirect(QByteArrayView line);

/// Where to connect for a redirect received from `origin`; nullopt when the target cannot be
/// dialled
/// ("?", port 0).
std::optional<net::Endpoint> resolveTarget(const Redirect& redirect, const net::Endpoint& origin);

/// The class of an error reply by its first word: "MOVED", "ERR", "NOAUTH", ...
QByteArray errorWord(QByteArrayView line);

} // namespace slotscope::command
