// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/connectionneeds.h"

#include "core/support/bytes.h"

#include <algorithm>
#include <array>

namespace slotscope::command {

namespace {

template <size_t N>
bool isOneOf(const Argv& argv, const std::array<const char*, N>& names)
{
    return !argv.isEmpty() && std::any_of(names.begin(), names.end(), [&](const char* one) {
        return support::equalsIgnoreCase(argv.first(), one);
    });
}

} // namespace

bool needsOwnConnection(const Argv& argv, const KeyInfo& info)
{
    static constexpr std::array names { "asking", "auth", "client", "debug", "hello", "quit",
        "readonly", "readwrite", "replconf", "reset", "script", "select" };
    return info.blocking || isOneOf(argv, names);
}

bool isPartOfTransaction(const Argv& argv)
{
    static constexpr std::array names { "discard", "exec", "multi", "unwatch", "watch" };
    return isOneOf(argv, names);
}

} // namespace slotscope::command
