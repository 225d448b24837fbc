// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/replytimer.h"

#include "core/net/clock.h"

#include <algorithm>

namespace slotscope::net {

using namespace std::chrono;

ReplyTimer::ReplyTimer(QObject* parent)
    : QObject(parent)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { onTimeout(); });
}

void ReplyTimer::waitSince(qint64 sinceNanos, milliseconds limit)
{
    m_deadlineNanos = limit.count() > 0 ? sinceNanos + nanoseconds(limit).count() : 0;
    if (m_deadlineNanos == 0 || (m_timer.isActive() && m_armedNanos <= m_deadlineNanos))
        return;
    arm();
}

void ReplyTimer::stop()
{
    m_deadlineNanos = 0;
    m_timer.stop();
}

void ReplyTimer::onTimeout()
{
    if (m_deadlineNanos == 0)
        return;
    if (monotonicNanos() < m_deadlineNanos) {
        arm(); // It was set for an earlier wait.
        return;
    }
    m_deadlineNanos = 0;
    Q_EMIT expired();
}

void ReplyTimer::arm()
{
    const nanoseconds left(m_deadlineNanos - monotonicNanos());
    m_timer.start(std::max(ceil<milliseconds>(left), milliseconds(1)));
    m_armedNanos = m_deadlineNanos;
}

} // namespace slotscope::net
