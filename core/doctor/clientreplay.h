// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/runcontext.h"
#include "core/command/trace.h"

#include <QJsonObject>
#include <QMetaType>
#include <QObject>

#include <memory>
#include <optional>

namespace slotscope::doctor {

/// Names of keys that need not exist, the same ones each time: the n-th of `count` lies in the n-th
/// of `count` equal parts of the slots. 1 to 256.
QList<QByteArray> sampleKeys(int count);

/// What a client for a single server was answered to harmless reads of sample keys.
struct ClientReplayResult
{
    struct Sample
    {
        QByteArray key;
        cluster::Slot slot; ///< by the key's own hash
        command::TraceOutcome outcome = command::TraceOutcome::Cancelled;
        QByteArray raw; ///< the error line as received: "MOVED 1738 10.0.0.1:6379"; untrusted
        QString target; ///< as a redirect prints it; untrusted
        QString detail; ///< without an answer: why, in words
    };

    net::Endpoint seed; ///< that was asked
    QString dialled; ///< "ip:port"; empty when nothing was dialled
    QList<Sample> samples;
    int served = 0; ///< answered, as far as the key's place is concerned
    int moved = 0; ///< answered with MOVED
    bool complete = false; ///< every key was answered in one of these two ways

    /// Of the keys that were answered, the share of MOVED; nothing when none was.
    std::optional<double> movedShare() const;
};

/// {"asked", "served", "moved", "moved_share", "samples": [{"key", "slot", "raw", "target"}]}.
QJsonObject toJson(const ClientReplayResult& result);

/// Operation: asks the context's seed for sample keys as a client for a single server would: it
/// follows nothing, waits for nothing and tries nothing again. EXISTS of each key, all in one go;
/// nothing is written, and no other node is asked.
///
/// An answer that is neither MOVED nor a value (ASK, NOPERM, CLUSTERDOWN, no connection, ...) is in
/// its sample and counts for neither.
class ClientReplay final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ClientReplay)
public:
    /// The context's pool must outlive the operation.
    explicit ClientReplay(command::RunContext context, int keys = 24, QObject* parent = nullptr);
    ~ClientReplay() override;

    void start();
    /// finished() follows, unless it already came; what was answered until then stays.
    void cancel();

Q_SIGNALS:
    /// Exactly once, from the event loop.
    void finished(const slotscope::doctor::ClientReplayResult& result);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::doctor

Q_DECLARE_METATYPE(slotscope::doctor::ClientReplayResult)
