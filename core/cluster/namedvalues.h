// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QLatin1StringView>
#include <QString>
#include <QStringView>

#include <array>
#include <optional>
#include <utility>

namespace slotscope::cluster {

/// The words that the JSON contract has for the values of an enumeration. Internal to the room.
template <typename T, std::size_t n>
using NamedValues = std::array<std::pair<T, QLatin1StringView>, n>;

/// The word of `value`; that of the first entry when there is none.
template <typename T, std::size_t n>
QString nameOf(const NamedValues<T, n>& names, T value)
{
    for (const auto& [candidate, name] : names) {
        if (candidate == value)
            return name;
    }
    return names.front().second;
}

template <typename T, std::size_t n>
std::optional<T> valueOf(const NamedValues<T, n>& names, QStringView word)
{
    for (const auto& [value, name] : names) {
        if (word == name)
            return value;
    }
    return std::nullopt;
}

} // namespace slotscope::cluster
