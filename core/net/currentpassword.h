// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QMutex>
#include <QString>

#include <utility>

namespace slotscope::net {

/// What a password has become: a token that expires is replaced while its connections go on.
/// Connections that are opened afterwards log in with the new one; those that are logged in stay.
/// Another password than the one it began with is left alone. Thread-safe.
class CurrentPassword
{
    Q_DISABLE_COPY_MOVE(CurrentPassword)
public:
    explicit CurrentPassword(QString first)
        : m_first(std::move(first))
        , m_text(m_first)
    { }

    QString newestOf(const QString& password) const
    {
        const QMutexLocker lock(&m_mutex);
        return password == m_first ? m_text : password;
    }
    void replace(const QString& text)
    {
        const QMutexLocker lock(&m_mutex);
        m_text = text;
    }

private:
    const QString m_first;
    mutable QMutex m_mutex;
    QString m_text;
};

} // namespace slotscope::net
