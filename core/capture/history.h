// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/timeline.h"

#include <chrono>
#include <functional>

namespace slotscope::capture {

/// A capture or recording, finished or still being written, as a document of time. Reads blocks
/// when they are asked for and remembers the last few. For one thread at a time; reading takes
/// milliseconds, so that it has no place in the I/O thread.
class History
{
public:
    /// How far back a moment's events and samples go.
    static constexpr std::chrono::minutes span { 15 };

    /// As BlockFile::open(). Of a recording also what its tail has (recordingfile.h).
    static support::Result<History> open(const QString& file);

    /// What the timeline covers, UTC; invalid where nothing was recorded.
    QDateTime from() const;
    QDateTime to() const;
    /// There is a capture: last() is more than at(to()).
    bool hasCapture() const;
    /// Where the file is cut or damaged; what is whole can be read.
    const std::optional<support::Error>& damage() const { return m_file.damage(); }

    /// What was known at `time`: the topology then, and the events, samples, traces and notes of
    /// the span before. Before the beginning that is nothing. FileDamaged when a block does not
    /// hold.
    support::Result<Capture> at(const QDateTime& time);
    /// The capture with the last span of the timeline, and late answers; of a recording its end.
    support::Result<Capture> last();
    /// The newest events of the whole timeline, at most so many, oldest first. What is damaged is
    /// left out.
    QList<cluster::TopologyEvent> events(qsizetype most) const;
    /// Of the whole timeline, as its blocks say.
    qint64 eventCount() const;
    /// The timeline from `from` on, block by block, oldest first; blocks that are damaged are an
    /// error.
    support::Result<support::Done> forEachStretch(
        const QDateTime& from, const std::function<void(const Stretch&)>& take) const;

private:
    explicit History(BlockFile file)
        : m_file(std::move(file))
    { }
    static support::Result<History> openOnce(const QString& file);
    support::Result<Stretch> stretch(qsizetype block);
    QList<qsizetype> timeline() const;
    support::Result<QList<Stretch>> stretchesBefore(const QDateTime& time);
    void setTailSpan();
    static void addLate(Capture* capture, const NodeAnswers& answers);

    BlockFile m_file;
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
