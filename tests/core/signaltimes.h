// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QElapsedTimer>
#include <QObject>

namespace slotscope::tests {

/// When a signal came, of a sender that outlives it: on a loaded computer a test looks at what has
/// happened long afterwards.
class SignalTimes
{
public:
    template <typename Sender, typename Signal>
    SignalTimes(Sender* sender, Signal signal)
    {
        m_clock.start();
        m_connection
            = QObject::connect(sender, signal, sender, [this] { m_at.append(m_clock.elapsed()); });
    }
    ~SignalTimes() { QObject::disconnect(m_connection); }
    Q_DISABLE_COPY_MOVE(SignalTimes)

    /// Between two of them, in ms.
    qint64 between(qsizetype first, qsizetype second) const
    {
        return m_at.at(second) - m_at.at(first);
    }

private:
    QElapsedTimer m_clock;
    QList<qint64> m_at;
    QMetaObject::Connection m_connection;
};

} // namespace slotscope::tests
