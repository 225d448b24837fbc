// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/waytrial.h"
#include "core/session/sessionhandle.h"

namespace slotscope::session {

/// A trial of a way as the window sees it: lives in the window's thread, while the operation lives
/// in the I/O thread. Begins at once. Nothing is emitted after its destruction, which ends the
/// operation.
class TrialHandle final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TrialHandle)
public:
    /// As WayTrial's.
    TrialHandle(IoThread& io, net::ConnectionOptions options, QList<net::AddressOutcome> nodes,
        QObject* parent = nullptr);
    ~TrialHandle() override;

Q_SIGNALS:
    /// Exactly once.
    void finished(const QList<slotscope::net::TrialResult>& results);

private:
    net::WayTrial* const m_trial; ///< in the I/O thread; deleted there
};

} // namespace slotscope::session
