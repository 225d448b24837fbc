// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/command/commandline.h"
#include "core/resp/reply.h"

#include <QDateTime>
#include <QMetaType>
#include <QStringList>

#include <optional>

namespace slotscope::command {

/// Where a run sends its command first.
enum class Start {
    Owner, ///< the owner of the key's slot by the map: a cluster client with a map
    Seed, ///< the endpoint that was typed: a plain client, or a cluster client without a map
    Node, ///< a node that the user chose
    Replica, ///< a replica of that owner, for commands that only read; else the owner
};

/// How a run behaves: which client it plays.
struct Behaviour
{
    Start start = Start::Owner;
    net::Endpoint node; ///< with Start::Node: its announced address
    bool follow = true; ///< false: stop at the first redirect, as a plain client does
    bool stepwise = false; ///< each visit after the first waits for CommandRun::proceed()

    static Behaviour plainClient() { return { Start::Seed, {}, false }; }
    static Behaviour clusterClientWithoutMap() { return { Start::Seed, {}, true }; }
    static Behaviour clusterClientWithMap() { return { Start::Owner, {}, true }; }
    static Behaviour replicaReader() { return { Start::Replica, {}, true }; }
    friend bool operator==(const Behaviour&, const Behaviour&) = default;
};

/// What became of one visit to a node. Errors that say more than "error" have a word of their own.
enum class HopOutcome {
    Pending, ///< on its way; only in a trace that is not complete
    Reply,
    Error,
    Moved,
    Ask,
    TryAgain,
    ClusterDown,
    Loading,
    MasterDown,
    ReadOnly,
    ConnectFailed,
    OutcomeUnknown, ///< sent, no reply: it may have been executed
    Cancelled, ///< before it was sent
};

/// One visit of a command to one node.
struct Hop
{
    cluster::NodeId nodeId; ///< null when the address is in no map
    QString nodeLabel; ///< "S03", "S03/2", or the address
    net::Endpoint address; ///< announced
    QString dialled; ///< "ip:port", empty when nothing was dialled
    /// Every address that its name gave, in the order tried; empty unless there were several.
    QStringList resolved;
    bool asking = false; ///< ASKING was sent in the same write
    bool replicaRead = false; ///< at a replica, on a connection that said READONLY
    qint64 startedMicros = 0; ///< since the start of the trace
    std::optional<qint64> connectMicros; ///< when this hop had to open the connection
    qint64 waitMicros = 0; ///< the pause before this hop (backoff)
    qint64 micros = 0; ///< the wait for its reply alone
    HopOutcome outcome = HopOutcome::Pending;
    QByteArray raw; ///< the error line as received, or the reason of a failure; empty for a reply
    std::optional<cluster::Slot> slot; ///< that a redirect names
    QString target; ///< as a redirect prints it
    QString targetLabel; ///< "S01" or the address
    net::Endpoint targetAddress; ///< as it will be connected to; not dialable when it cannot be
    bool mapChanged = false; ///< MOVED rewrote this computer's map
};

/// What became of the whole command.
enum class TraceOutcome {
    Running,
    Reply,
    Error,
    RedirectNotFollowed,
    TooManyRedirects,
    GaveUp, ///< TRYAGAIN, CLUSTERDOWN or LOADING did not end in time, or a redirect led back and
            ///< forth
    ConnectFailed,
    OutcomeUnknown,
    CrossSlot, ///< recognised before sending
    SlotUnowned, ///< the map names no owner and the run had to start there
    NotSent, ///< refused before sending; `detail` of the trace says why
    Cancelled,
};

/// The hops of one command. An immutable-by-convention value: a run emits a longer one each time
/// something happens; readers replay whatever prefix they hold. `argv`, `reply`
/// and the hops' `raw` hold no secrets.
struct Trace
{
    QDateTime startedAt; ///< UTC
    /// The monotonic clock then, for what began together; 0 in a trace from a capture.
    qint64 startedMicros = 0;
    Argv argv;
    QList<QByteArray> keys;
    std::optional<cluster::Slot> slot;
    Behaviour behaviour;
    cluster::Topology map; ///< this computer's map when the run began
    net::Endpoint seed;
    QList<Hop> hops;
    TraceOutcome outcome = TraceOutcome::Running;
    QString detail; ///< for outcomes without a reply: why, in words
    resp::Reply reply; ///< of the last hop, an error reply included; Null when it has none
    qint64 totalMicros = 0; ///< without the time for which it stood still (Behaviour::stepwise)
    bool isPaused = false; ///< it stands still, until it is told to proceed

    bool isComplete() const { return outcome != TraceOutcome::Running; }
};

QString hopOutcomeName(
    HopOutcome outcome); ///< the contract's words: "moved", "connect_failed", ...
QString traceOutcomeName(TraceOutcome outcome);

} // namespace slotscope::command

Q_DECLARE_METATYPE(slotscope::command::Trace)
