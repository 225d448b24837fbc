// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/doctor/examination.h"
#include "core/net/connectionoptions.h"

#include <QObject>

#include <memory>

namespace slotscope::doctor {

/// Operation: the doctor's matrix. The seed goes through the stages; its view of the cluster names
/// the other nodes, and each of these does the same, 128 at a time, at the address that it
/// announces (the seed's own announced address too: that is where clients go).
///
/// Nobody waits for anybody: all of it takes little longer than the seed and the slowest node.
/// Nothing is written.
class ClusterExamRun final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ClusterExamRun)
public:
    /// `typed` is what the user wrote, for the topology's seed.
    ClusterExamRun(net::ConnectionOptions options, net::Endpoint seed, QString typed,
        QObject* parent = nullptr);
    ~ClusterExamRun() override;

    void start();
    /// finished() follows with what there is, unless it already came.
    void cancel();
    const Examination& examination() const; ///< so far

Q_SIGNALS:
    /// A row is new or has changed. The receiver may delete or cancel the operation.
    void nodeChanged(int index);
    /// Exactly once, from the event loop.
    void finished(const slotscope::doctor::Examination& examination);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::doctor
