// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/runcontext.h"
#include "core/command/trace.h"

#include <QMetaType>
#include <QObject>

#include <memory>

namespace slotscope::command {

/// One message of a stream. A value; everything in it is untrusted.
struct StreamMessage
{
    qint64 micros = 0; ///< since the start of the stream
    /// "message", "pmessage", "smessage" and the confirmations ("subscribe", "sunsubscribe", ...)
    /// as servers name them; "monitor" for a line of MONITOR.
    QByteArray kind;
    QByteArray channel; ///< or the pattern of a psubscribe; empty for a line of MONITOR
    QByteArray pattern; ///< of a pmessage
    QByteArray payload;
};

/// Messages that came since the last batch, and how many were dropped because they came faster than
/// they were taken.
struct StreamBatch
{
    QList<StreamMessage> messages;
    qint64 dropped = 0;
};

/// How much may wait for its reader, who may be slower than the server.
struct StreamLimits
{
    qsizetype mostMessages = 10'000; ///< waiting to be taken
    qsizetype mostBytes = 8 * 1024 * 1024; ///< of these
    int batchMs = 50;
    int pingMs = 5000; ///< how often the node is asked whether it is still there
};

/// Where a stream stands.
struct StreamState
{
    enum class Kind {
        Connecting,
        Streaming,
        Lost, ///< the connection is gone, or the slot has moved; tries again after `retryInMs`
        Refused, ///< a server's error, or a command that is no stream: the end
        Cancelled, ///< the end
    };
    Kind kind = Kind::Connecting;
    QString nodeLabel;
    net::Endpoint address;
    int retryInMs = 0;
    int gaps = 0; ///< how often messages may have been missed: between Lost and Streaming
    QString detail; ///< in words; of Lost, Refused
};

/// Operation: SUBSCRIBE, PSUBSCRIBE, SSUBSCRIBE or MONITOR on a connection of its own, until it is
/// cancelled.
///
/// SUBSCRIBE, PSUBSCRIBE and MONITOR go where `behaviour` says (the seed, or a node). SSUBSCRIBE
/// goes to the owner of its channels' slot, follows its redirects, and subscribes again at the new
/// owner when the slot moves away (the server says sunsubscribe then). After a lost connection it
/// subscribes again, with back-off, for as long as it is wanted; what was published in between is
/// lost, which the state says (`gaps`). SUBSCRIBE and PSUBSCRIBE go to another node then, if theirs
/// is gone. A node that is silent is asked by PING (which MONITOR shows), and lost if it does not
/// answer in time.
///
/// Messages wait in a bounded queue: batch() comes when some wait, at most once in
/// StreamLimits::batchMs, and not again before proceed() (but once more at the end): so a slow
/// listener in another thread costs dropped messages, which are counted, and never memory.
class StreamRun final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StreamRun)
public:
    StreamRun(RunContext context, Argv argv, Behaviour behaviour, StreamLimits limits = {},
        QObject* parent = nullptr);
    ~StreamRun() override;

    /// Whether `argv` is a command for a stream.
    static bool canRun(const Argv& argv);

    void start();
    void cancel();
    /// The last batch was dealt with: the next may come.
    void proceed();

    const StreamState& state() const;

Q_SIGNALS:
    void stateChanged(const slotscope::command::StreamState& state);
    void batch(const slotscope::command::StreamBatch& batch);
    void movedSeen(slotscope::cluster::Slot slot, const slotscope::net::Endpoint& target);
    void refreshWanted();
    /// Exactly once, from the event loop, after Refused or Cancelled. What waited comes before.
    void finished(const slotscope::command::StreamState& state);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::command

Q_DECLARE_METATYPE(slotscope::command::StreamBatch)
Q_DECLARE_METATYPE(slotscope::command::StreamState)
