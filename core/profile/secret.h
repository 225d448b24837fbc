// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QDebug>
#include <QString>

#include <utility>

namespace slotscope::profile {

/// A password, a passphrase or a token on its way to where it is used. What prints or logs it gets
/// a placeholder; who wants the text has to say so.
class Secret
{
public:
    Secret() = default;
    explicit Secret(QString text)
        : m_text(std::move(text))
    { }

    bool isEmpty() const { return m_text.isEmpty(); }
    const QString& reveal() const { return m_text; }

    friend bool operator==(const Secret&, const Secret&) = default;
    friend QDebug operator<<(QDebug debug, const Secret&) { return debug << "(secret)"; }

private:
    QString m_text;
};

} // namespace slotscope::profile

Q_DECLARE_METATYPE(slotscope::profile::Secret)
