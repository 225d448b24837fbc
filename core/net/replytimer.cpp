// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/net/replytimer.h"

#include "core/net/clock.h"

#include <algorithm>

namespace slotscope::net {

using namespace std::chrono;

namespace {

// A QTimer counts milliseconds in an int, 24 days of them; it is set again when it rings early.
constexpr nanoseconds longestRun = hours(24);
// The clock counts nanoseconds in 64 bits, 292 years of them.
constexpr milliseconds longestWait = hours(24 * 365 * 100);

} // namespace

ReplyTimer::ReplyTimer(QObject* parent)
    : QObject(parent)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { onTimeout(); });
}

void ReplyTimer::waitSince(qint64 sinceNanos, milliseconds limit)
{
    const nanoseconds wait = std::min(limit, longestWait);
    m_deadlineNanos = wait.count() > 0 ? sinceNanos + wait.count() : 0;
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
    const qint64 now = monotonicNanos();
    const nanoseconds left = std::min(nanoseconds(m_deadlineNanos - now), longestRun);
    m_timer.start(std::max(ceil<milliseconds>(left), milliseconds(1)));
    m_armedNanos = now + left.count();
}

} // namespace slotscope::net
