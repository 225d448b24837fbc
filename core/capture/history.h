// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/timeline.h"

#include <chrono>
#include <functional>

namespace slotscope::capture {

/// A capture or recording, finished, still being written, or damaged, as a document of time. Reads
/// blocks when they are asked for and remembers the last few. What does not hold is left out, and
/// Capture::missing of the answer says so. For one thread at a time; reading takes milliseconds, so
/// that it has no place in the I/O thread.
class History
{
public:
    /// How far back a moment's events and samples go.
    static constexpr std::chrono::minutes span { 15 };

    enum class End {
        Sound, ///< a finished file
        BeingWritten, ///< a recording of a running program, as it was when it was opened
        Killed, ///< a recording of a program that was killed: all that it wrote is here
        Cut, ///< the file ends too early, or a part of it is damaged and all behind it is lost
    };

    /// As BlockFile::open(). Of a recording also what its tail has (recordingfile.h).
    static support::Result<History> open(const QString& file);

    /// What the timeline covers, UTC; invalid where nothing was recorded.
    QDateTime from() const;
    QDateTime to() const;
    /// There is a capture: last() is more than at(to()).
    bool hasCapture() const;
    /// Where the file ends without an end; what is whole can be read.
    const std::optional<support::Error>& damage() const { return m_file.damage(); }
    End end() const { return m_end; }
    /// What the end means for the reader; empty where nothing is missing.
    QStringList missing() const;
    /// The first block that an answer has left out.
    const std::optional<support::Error>& leftOut() const { return m_leftOut; }

    /// What was known at `time`: the topology then, who had not answered (in `nodes`: these alone)
    /// and the findings, and the events, samples, traces and notes of the span before. Before the
    /// beginning that is nothing. FileDamaged: too much of one moment.
    support::Result<Capture> at(const QDateTime& time);
    /// The capture with the last span of the timeline, and late answers; of a recording, and where
    /// the capture cannot be read, the timeline's end.
    support::Result<Capture> last();
    /// The newest events of the whole timeline, at most so many, oldest first. What is damaged is
    /// left out.
    QList<cluster::TopologyEvent> events(qsizetype most) const;
    /// Of the whole timeline, as its blocks say.
    qint64 eventCount() const;
    /// The timeline from `from` on, block by block, oldest first. Blocks that are damaged are left
    /// out; gives the first one's error then.
    support::Result<support::Done> forEachStretch(
        const QDateTime& from, const std::function<void(const Stretch&)>& take) const;

private:
    explicit History(BlockFile file)
        : m_file(std::move(file))
    { }
    static support::Result<History> openOnce(const QString& file, bool isLastAttempt);
    void setEnd(const QString& file, bool isTailNext);
    void leaveOut(const support::Error& error, QStringList* missing);
    support::Result<Capture> lastCapture(qsizetype block);
    support::Result<Capture> withoutCapture(const support::Error& error);
    support::Result<Stretch> stretch(qsizetype block);
    QList<qsizetype> timeline() const;
    support::Result<QList<Stretch>> stretchesBefore(const QDateTime& time, QStringList* missing);
    void setTailSpan();
    static void addLate(Capture* capture, const NodeAnswers& answers);

    BlockFile m_file;
    End m_end = End::Sound;
    std::optional<support::Error> m_leftOut;
    std::optional<Stretch> m_tail; ///< of a recording; not yet a block
    QDateTime m_tailFrom;
    QDateTime m_tailTo;
    struct Read
    {
        qsizetype block = -1;
        Stretch stretch;
    };
    QList<Read> m_read; ///< the last few, the newest last
};

} // namespace slotscope::capture
