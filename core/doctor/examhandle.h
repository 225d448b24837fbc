// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/doctor/clientreplay.h"
#include "core/doctor/clusterreplay.h"
#include "core/doctor/examination.h"
#include "core/net/connectionoptions.h"
#include "core/session/sessionhandle.h"

#include <QObject>

namespace slotscope::doctor {

/// An examination as the window sees it: lives in the window's thread, while the operation lives in
/// the I/O thread. For one examination. Nothing is emitted after its destruction, which ends the
/// operation.
class ExamHandle final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ExamHandle)
public:
    /// As ClusterExamRun's.
    ExamHandle(session::IoThread& io, net::ConnectionOptions options, net::Endpoint seed,
        QString typed, QObject* parent = nullptr);
    ~ExamHandle() override;

    void start();
    /// finished() and ended() follow with what there is, unless they already came.
    void cancel();

Q_SIGNALS:
    /// Rows are new or have changed: once in 33 ms at most, and not after finished().
    void changed(const slotscope::doctor::Examination& examination);
    /// Exactly once after start().
    void finished(const slotscope::doctor::Examination& examination);
    /// After finished(), where the seed is of a cluster: what a client for a single server was
    /// answered by it; then what a client of the cluster was that begins there.
    void replayed(const slotscope::doctor::ClientReplayResult& replay);
    void followed(const slotscope::doctor::ClusterReplayResult& replay);
    /// Exactly once, after all of them: nothing is asked any more.
    void ended();

private:
    class Work;
    Work* m_work = nullptr; ///< lives in the I/O thread; deleted there
};

} // namespace slotscope::doctor
