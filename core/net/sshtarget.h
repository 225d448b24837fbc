// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/support/result.h"

#include <QString>

namespace slotscope::net {

/// Whom `ssh` is asked to connect to. The host may be an alias of ~/.ssh/config.
struct SshTarget
{
    QString user; ///< empty: ssh's own choice
    QString host;
    quint16 port = 0; ///< 0: ssh's own choice

    /// `[USER@]HOST[:PORT]`, the host an IPv6 address in brackets or anything without a colon.
    /// Refused: what ssh would take for an option (it begins with '-'), white space, control
    /// characters.
    static support::Result<SshTarget> parse(QStringView text);
    QString toString() const;

    friend bool operator==(const SshTarget&, const SshTarget&) = default;
};

} // namespace slotscope::net
