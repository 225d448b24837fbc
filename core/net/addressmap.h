// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/endpoint.h"

#include <QHostAddress>
#include <QList>

#include <optional>

namespace slotscope::net {

/// One function "announced host:port -> dialled host:port", applied at every place a socket is
/// opened. Identity stays with the announced address; what no rule matches passes unchanged.
class AddressMap
{
public:
    /// A rule is `ANNOUNCED=DIALLED`, each a host and perhaps a port:
    ///
    ///     HOST=HOST                     every port of the host, kept
    ///     HOST:PORT=HOST:PORT
    ///     HOST:7000-7005=HOST:17000-17005   ports of two ranges of one size, one by one
    ///
    /// The announced host may be a pattern: with one `*` for any text (10.0.1.*, *.internal, *), or
    /// a subnet (10.0.0.0/16). The dialled one may have a `*` for what that text was, or be
    /// `@seed`: the host that the user typed. Hosts as they are go before patterns, then rules
    /// with a port before rules without, then the first.
    support::Result<support::Done> addRule(QStringView rule);
    /// What `@seed` stands for. Rules with it match nothing as long as it is not known.
    void setSeedHost(const QString& host) { m_seedHost = host; }
    Endpoint toDialled(const Endpoint& announced) const;
    bool isEmpty() const { return m_rules.isEmpty(); }
    /// The rules as text, in the order they were given.
    QStringList rules() const;

    friend bool operator==(const AddressMap& a, const AddressMap& b)
    {
        return a.m_rules == b.m_rules;
    }

private:
    struct Side
    {
        QString host; ///< a pattern has its `*`
        int prefixLength = -1; ///< of a subnet; else -1
        quint16 firstPort = 0; ///< 0: any, or kept
        quint16 lastPort = 0;

        bool isPattern() const;
        QString toString() const;
        friend bool operator==(const Side&, const Side&) = default;
    };
    struct Rule
    {
        Side announced;
        Side dialled;

        /// What its `*` stands for; nullopt when it does not match.
        std::optional<QString> match(const Endpoint& address) const;
        int rank() const;
        friend bool operator==(const Rule&, const Rule&) = default;
    };

    static support::Result<Side> parseSide(QStringView text);

    QList<Rule> m_rules;
    QString m_seedHost;
};

} // namespace slotscope::net
