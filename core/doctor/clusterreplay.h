// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/runcontext.h"
#include "core/command/trace.h"

#include <QJsonObject>
#include <QMetaType>
#include <QObject>

#include <memory>

namespace slotscope::doctor {

/// What a cluster client that begins without a map was answered to harmless reads of sample keys,
/// the first time and, with what MOVED has taught it, the second time.
struct ClusterReplayResult
{
    struct Sample
    {
        QByteArray key;
        cluster::Slot slot; ///< by the key's own hash
        int firstRedirects = 0;
        int secondRedirects = 0;
        bool served = false; ///< the second time; where the first one failed there is none
        QString servedBy; ///< the announced address of who has served it
        QString detail; ///< not served: why, in words or as the server said it; untrusted
    };

    QList<Sample> samples; ///< the keys of ClientReplay
    bool complete = false; ///< every key was served

    int served() const;
    int firstRedirects() const;
    int secondRedirects() const;
    QString firstFailure() const; ///< of a key that was not served; empty: all were
};

/// {"asked", "served", "first_redirects", "second_redirects", "samples": [{"key", "slot",
/// "first_redirects", "second_redirects", "served_by", "detail"}]}.
QJsonObject toJson(const ClusterReplayResult& result);

/// Operation: asks for the sample keys of ClientReplay as a cluster client would that knows nothing
/// but the seed: it follows each MOVED and remembers what it says; then once more. EXISTS of each
/// key, all in one go; nothing is written. It waits for nothing (CLUSTERDOWN ends a key) and asks
/// for no map: clients that load one first are not redirected at all, as long as it is right.
class ClusterReplay final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ClusterReplay)
public:
    /// The context's pool must outlive the operation. Its map is not used.
    explicit ClusterReplay(command::RunContext context, int keys = 24, QObject* parent = nullptr);
    ~ClusterReplay() override;

    void start();
    /// finished() follows, unless it already came; what was answered until then stays.
    void cancel();

Q_SIGNALS:
    /// Exactly once, from the event loop.
    void finished(const slotscope::doctor::ClusterReplayResult& result);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::doctor

Q_DECLARE_METATYPE(slotscope::doctor::ClusterReplayResult)
