// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/dial.h"

#include <QList>

#include <optional>

namespace slotscope::net {

/// What became of one announced address.
struct AddressOutcome
{
    Endpoint announced;
    QByteArray nodeId; ///< 40 hex; empty where it is not known
    std::optional<support::Error> error; ///< nothing: it answered

    friend bool operator==(const AddressOutcome&, const AddressOutcome&) = default;
};

/// How we came to the cluster, and what was announced there.
struct WayTaken
{
    Endpoint typed; ///< the seed
    Endpoint dialled; ///< of it; may be empty
    std::optional<Endpoint> announced; ///< by that node of itself
    Way way = Way::Direct;
};

/// What is likely to be in the way, as far as address and error tell.
enum class WhyUnreached {
    Loopback, ///< announced from within a container or another machine
    PrivateNetwork, ///< of another network than the one that the seed was reached in
    ContainerName, ///< a name without a dot, unknown here
    UnknownName,
    Refused,
    Silent, ///< nobody answers: down, or a firewall
    WrongNode,
    FarEnd, ///< the far end of the proxy or tunnel does not reach it
    Other,
};

/// Another way that may work. Values only: WayTrial tries it.
struct WayProposal
{
    enum class Kind {
        Map, ///< `rules`, besides those that there are
        Ssh, ///< --ssh to a host that reaches them
        Socks,
    };
    Kind kind = Kind::Map;
    QStringList rules;

    friend bool operator==(const WayProposal&, const WayProposal&) = default;
};

/// Which of how many announced addresses cannot be reached, why, and what may help.
struct Unreached
{
    struct Group
    {
        WhyUnreached why = WhyUnreached::Other;
        QList<Endpoint> addresses;
        friend bool operator==(const Group&, const Group&) = default;
    };

    int asked = 0;
    int failed = 0;
    QList<Group> groups; ///< the largest first
    QList<WayProposal> proposals; ///< the likeliest first

    friend bool operator==(const Unreached&, const Unreached&) = default;
};

/// Pure; asks nobody. A guess with its reason, which is to be tried.
Unreached judge(const WayTaken& way, const QList<AddressOutcome>& outcomes);
/// "5 of 6 nodes ...", a sentence for each group. Empty when all were reached.
QStringList sentencesOf(const Unreached& unreached);
/// A sentence for each proposal, naming the options of the command line.
QStringList proposalsOf(const Unreached& unreached);
/// Why, group by group, and the proposals; empty where there is none. How many is not said.
QStringList adviceOf(const Unreached& unreached);

} // namespace slotscope::net
