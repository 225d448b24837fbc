// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/connection.h"

#include <QHash>

namespace slotscope::net {

/// What a server has refused on one connection, so that it is not asked again and again: commands
/// that it does not know, and those that this user may not run. By the command's name, and that of
/// its subcommand where it has some.
class Refusals
{
public:
    /// Null: not refused so far.
    const resp::Reply* find(const Argv& argv) const;
    /// Keeps a reply that refuses the command as such, whatever its arguments; no other.
    void take(const Argv& argv, const resp::Reply& reply);
    void clear() { m_refused.clear(); }

private:
    QHash<QByteArray, resp::Reply> m_refused;
};

} // namespace slotscope::net
