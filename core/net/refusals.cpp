// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/refusals.h"

#include <algorithm>

namespace slotscope::net {

namespace {

QByteArray nameOf(const Argv& argv)
{
    const QByteArray word = argv.value(0).toUpper();
    const bool hasSubcommands = word == "CLUSTER" || word == "COMMAND" || word == "CLIENT"
        || word == "CONFIG" || word == "SLOWLOG" || word == "LATENCY" || word == "ACL";
    return hasSubcommands && argv.size() > 1 ? word + ' ' + argv.at(1).toUpper() : word;
}

/// NOPERM for a key is about that key; all texts about a command name it so.
bool isOfCommand(QByteArrayView line)
{
    const QByteArray text
        = line.first(std::min<qsizetype>(line.size(), 200)).toByteArray().toLower();
    return (text.startsWith("noperm") && text.contains("command"))
        || text.contains("unknown command") || text.contains("unknown subcommand")
        || text.contains("wrong cluster subcommand");
}

} // namespace

const resp::Reply* Refusals::find(const Argv& argv) const
{
    if (m_refused.isEmpty())
        return nullptr;
    const auto refused = m_refused.constFind(nameOf(argv));
    return refused == m_refused.cend() ? nullptr : &*refused;
}

void Refusals::take(const Argv& argv, const resp::Reply& reply)
{
    if (reply.isError() && isOfCommand(reply.text()))
        m_refused.insert(nameOf(argv), reply);
}

} // namespace slotscope::net
