// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/timeline.h"

#include <QLockFile>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace slotscope::capture {

/// How much of the past a recording keeps; what is older than that, or more, is dropped, the oldest
/// first.
struct RecordingLimits
{
    std::chrono::seconds age = std::chrono::hours(6);
    qint64 bytes = 100LL * 1024 * 1024; ///< of the file
    friend bool operator==(const RecordingLimits&, const RecordingLimits&) = default;
};

/// A recording while it is written. What was written survives the end of the program, whatever ends
/// it: each line goes to a second file, the tail, at once, and from there into a block of its own
/// in the recording. In memory is one block. Readers (History) may open it at any time. Only its
/// owner may read the files; a third one, a lock, says that they are in use.
class RecordingFile
{
public:
    /// Makes the folder too. FileError when it cannot be written, or is in use.
    static support::Result<RecordingFile> create(
        const QString& file, const RecordingLimits& limits = {});

    void setLimits(const RecordingLimits& limits) { m_limits = limits; }

    // Each of these is on its way to the disk when it returns. FileError: the disk is full, ...;
    // what was written before is whole.
    support::Result<support::Done> add(const TimedTopology& topology);
    support::Result<support::Done> add(const Refreshed& refreshed);
    support::Result<support::Done> add(const Found& found);
    support::Result<support::Done> add(const cluster::TopologyEvent& event);
    support::Result<support::Done> add(const QList<NodeSample>& samples);
    support::Result<support::Done> add(const command::Trace& trace);
    support::Result<support::Done> add(const QDateTime& at, const QList<SeenErrors>& seen);
    support::Result<support::Done> add(const QDateTime& at, const QList<CountedErrors>& counted);
    support::Result<support::Done> add(const Note& note);

    /// Ends it as a finished file, which stays.
    support::Result<support::Done> finish();
    /// Ends it, and nothing stays.
    void remove();

    static bool hasTail(const QString& file);
    /// What is behind the last block.
    struct Tail
    {
        qsizetype blocks = 0; ///< that are before it
        QByteArray lines; ///< the last one may be cut
    };
    /// Nullopt when there is none.
    static std::optional<Tail> tailOf(const QString& file);
    /// A running program writes it.
    static bool isInUse(const QString& file);

private:
    RecordingFile() = default;
    support::Result<support::Done> write(
        const QDateTime& at, const std::function<QByteArray(TimelineWriter&)>& lines);
    support::Result<support::Done> closeBlock();
    support::Result<support::Done> beginTail();
    support::Result<support::Done> prune();

    std::unique_ptr<QLockFile> m_lock;
    std::unique_ptr<QFile> m_file;
    std::unique_ptr<QFile> m_tail;
    RecordingLimits m_limits;
    QList<BlockHead> m_blocks;
    TimelineWriter m_writer;
    QByteArray m_raw; ///< of the block that is not yet one
    qsizetype m_keyframeBytes = 0; ///< of it
    cluster::Topology m_topology; ///< the keyframe of the next block
    std::optional<Found> m_found; ///< likewise, as the next two
    QList<SeenErrors> m_seen;
    QList<CountedErrors> m_counted;
};

} // namespace slotscope::capture
