// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/support/error.h"

#include <utility>
#include <variant>

namespace slotscope::support {

/// A value or the reason why there is none, in the shape of C++23's std::expected.
///
/// Fallible functions return it; nothing in Slotscope throws. value() on an error and error() on a
/// value are programming mistakes (std::get throws std::bad_variant_access, which ends the
/// program).
template <typename T, typename E = Error>
class [[nodiscard]] Result
{
public:
    Result(T value) // NOLINT(google-explicit-constructor): `return value;` must read naturally
        : m_state(std::in_place_index<0>, std::move(value))
    { }
    Result(E error) // NOLINT(google-explicit-constructor)
        : m_state(std::in_place_index<1>, std::move(error))
    { }

    bool hasValue() const { return m_state.index() == 0; }
    explicit operator bool() const { return hasValue(); }

    const T& value() const& { return std::get<0>(m_state); }
    T& value() & { return std::get<0>(m_state); }
    T&& value() && { return std::get<0>(std::move(m_state)); }
    const E& error() const { return std::get<1>(m_state); }

    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }

private:
    std::variant<T, E> m_state;
};

/// "Done, nothing to hand over": Result<Done> is what a fallible void function returns.
struct Done
{ };

} // namespace slotscope::support
