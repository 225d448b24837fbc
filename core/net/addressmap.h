// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/endpoint.h"

#include <QList>

namespace slotscope::net {

/// One function "announced host:port -> dialled host:port", applied at every place a socket is
/// opened. Identity stays with the announced address; what no rule matches passes unchanged.
class AddressMap
{
public:
    /// `HOST=HOST` (every port of the host, kept) or `HOST:PORT=HOST:PORT`. The first match wins,
    /// rules with a port before rules without.
    support::Result<support::Done> addRule(QStringView rule);
    Endpoint toDialled(const Endpoint& announced) const;
    bool isEmpty() const { return m_rules.isEmpty(); }
    /// The rules as text, in the order they were given.
    QStringList rules() const;

    friend bool operator==(const AddressMap&, const AddressMap&) = default;

private:
    struct Rule
    {
        Endpoint announced; ///< port 0: any
        Endpoint dialled; ///< port 0: keep the announced one
        friend bool operator==(const Rule&, const Rule&) = default;
    };
    QList<Rule> m_rules;
};

} // namespace slotscope::net
