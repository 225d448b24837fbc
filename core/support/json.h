// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <algorithm>
#include <concepts>
#include <limits>
#include <optional>

namespace slotscope::support {

/// Counters and epochs are unsigned 64-bit, JSON's whole numbers signed: larger ones are cut.
template <std::integral Number>
QJsonValue jsonNumber(Number number)
{
    if constexpr (std::unsigned_integral<Number>) {
        constexpr quint64 largest = std::numeric_limits<qint64>::max();
        return static_cast<qint64>(std::min<quint64>(number, largest));
    } else {
        return static_cast<qint64>(number);
    }
}

/// Null for what is not known.
template <std::integral Number>
QJsonValue orNull(const std::optional<Number>& number)
{
    return number ? jsonNumber(*number) : QJsonValue();
}

/// Null for an empty text.
inline QJsonValue orNull(const QString& text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

/// An object as a document of the contract: "schema" and "version" first, then its members.
QByteArray toDocument(const QJsonObject& object, const QString& version);

} // namespace slotscope::support
