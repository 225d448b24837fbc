// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/endpoint.h"
#include "core/resp/reply.h"
#include "core/support/error.h"

#include <QByteArray>
#include <QList>

#include <atomic>

namespace slotscope::net {

/// Sees what connections send and receive, while it is on. Called in the I/O thread; may be turned
/// on and off in any. It is given everything as it is, secrets too: it must keep none of them.
class WireTap
{
public:
    WireTap() = default;
    virtual ~WireTap() = default;
    Q_DISABLE_COPY_MOVE(WireTap)

    bool isOn() const { return m_isOn.load(std::memory_order_relaxed); }
    void setOn(bool on) { m_isOn.store(on, std::memory_order_relaxed); }

    /// A command is handed to the socket, `bytes` long.
    virtual void sent(const Endpoint& node, const QList<QByteArray>& argv, qint64 bytes) = 0;
    /// The reply to `argv`. Commands that were queued while the tap was off are not told.
    virtual void received(const Endpoint& node, const QList<QByteArray>& argv,
        const resp::Reply& reply, qint64 micros)
        = 0;
    /// What a server says unasked.
    virtual void pushed(const Endpoint& node, const resp::Reply& message) = 0;
    virtual void closed(const Endpoint& node, const support::Error& reason) = 0;

private:
    std::atomic<bool> m_isOn = false;
};

} // namespace slotscope::net
