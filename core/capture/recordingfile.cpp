// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/recordingfile.h"

#include "core/explain/files.h"
#include "core/support/privatefile.h"
#include "core/support/savefile.h"

#include <QDir>
#include <QFileInfo>

namespace slotscope::capture {

using namespace Qt::StringLiterals;
using support::Done;
using support::Error;
using support::ErrorCode;
using support::fileError;
using support::PrivateFile;
using support::Result;

namespace {

/// A block is closed when so much has come after its keyframe. Smaller ones compress less, larger
/// ones take longer to read.
constexpr qsizetype blockBytes = 256 * 1024;
/// It may be larger than the keyframe by so many times: keyframes of large clusters are large.
constexpr qsizetype keyframesPerBlock = 4;
constexpr qsizetype largestTrace = 4 * 1024 * 1024; ///< of its line, the reply in it
constexpr QByteArrayView tailWord = "{\"tail_of\": ";

QString tailName(const QString& file)
{
    return file + u".tail"_s;
}

QString lockName(const QString& file)
{
    return file + u".lock"_s;
}

std::unique_ptr<QLockFile> lock(const QString& file)
{
    auto result = std::make_unique<QLockFile>(lockName(file));
    // In use for as long as the program runs, be it weeks.
    result->setStaleLockTime(0);
    return result->tryLock(0) ? std::move(result) : nullptr;
}

QByteArray tailBeginning(qsizetype blocks)
{
    return tailWord.toByteArray() + QByteArray::number(blocks) + "}\n";
}

/// Bytes that are on their way to the disk when it returns.
Result<Done> put(QFile& file, const QByteArray& bytes)
{
    if (!support::writeAll(file, bytes) || !support::flushAll(file))
        return fileError(file);
    return Done {};
}

} // namespace

Result<RecordingFile> RecordingFile::create(const QString& fileName, const RecordingLimits& limits)
{
    const QFileInfo folder(QFileInfo(fileName).path());
    if (!folder.isDir()) {
        const bool isMade = QDir().mkpath(folder.path())
            && folder.dir().mkdir(folder.fileName(), PrivateFile::onlyOwner | QFile::ExeOwner);
        if (!isMade)
            return fileError(folder.filePath(), explain::cannotBeCreated());
    }
    RecordingFile recording;
    recording.m_limits = limits;
    recording.m_lock = lock(fileName);
    if (!recording.m_lock)
        return Error { ErrorCode::FileError, fileName + u": "_s + explain::inUseOrNotWritable(),
            {} };
    recording.m_file = std::make_unique<QFile>(fileName);
    recording.m_tail = std::make_unique<QFile>(tailName(fileName));
    for (QFile* file : { recording.m_file.get(), recording.m_tail.get() }) {
        if (!file->open(QIODevice::ReadWrite | QIODevice::Truncate, PrivateFile::onlyOwner))
            return fileError(*file);
    }
    if (const Result<Done> begun = put(*recording.m_file, fileBeginning()); !begun)
        return begun.error();
    if (const Result<Done> begun = recording.beginTail(); !begun)
        return begun.error();
    return recording;
}

Result<Done> RecordingFile::beginTail()
{
    if (!m_tail->resize(0) || !m_tail->seek(0))
        return fileError(*m_tail);
    m_writer = {};
    m_raw.clear();
    m_keyframeBytes = 0;
    return put(*m_tail, tailBeginning(m_blocks.size()));
}

Result<Done> RecordingFile::write(
    const QDateTime& at, const std::function<QByteArray(TimelineWriter&)>& lines)
{
    QByteArray added;
    // The first thing in a block is what the cluster looks like.
    if (m_writer.isEmpty() && !m_topology.isEmpty()) {
        added = m_writer.topology({ at, m_topology });
        if (m_found) {
            m_found->at = at;
            added += m_writer.found(*m_found);
        }
        if (!m_seen.isEmpty())
            added += m_writer.seen(at, m_seen);
        if (!m_counted.isEmpty())
            added += m_writer.counted(at, m_counted);
        m_keyframeBytes = added.size();
    }
    added += lines(m_writer);
    m_raw += added;
    if (const Result<Done> done = put(*m_tail, added); !done)
        return done;
    return m_raw.size() > std::max(blockBytes, m_keyframeBytes * keyframesPerBlock)
        ? closeBlock()
        : Result<Done>(Done {});
}

Result<Done> RecordingFile::closeBlock()
{
    if (m_raw.isEmpty())
        return Done {};
    BlockHead head;
    head.from = m_writer.from();
    head.to = m_writer.to();
    head.events = m_writer.events();
    head.offset = m_file->pos();
    const QByteArray block = toBlock(head, m_raw);
    if (const Result<Done> done = put(*m_file, block); !done) {
        // The tail still has it.
        m_file->resize(head.offset);
        m_file->seek(head.offset);
        return done;
    }
    m_blocks.append(head);
    if (const Result<Done> begun = beginTail(); !begun)
        return begun;
    return prune();
}

/// Copies what is kept: rarely, and always much at a time. Where that is not possible what should
/// have been dropped does no harm, and the next block tries again.
Result<Done> RecordingFile::prune()
{
    const auto millis
        = [](std::chrono::seconds span) { return std::chrono::milliseconds(span).count(); };
    const QDateTime& now = m_blocks.last().to;
    const QDateTime& oldest = m_blocks.first().to;
    const bool isLong = oldest < now.addMSecs(-millis(m_limits.age * 5 / 4));
    const bool isLarge = m_file->pos() > m_limits.bytes;
    if ((!isLong && !isLarge) || m_blocks.size() < 2)
        return Done {};
    qsizetype first = 0;
    const auto bytesFrom
        = [this](qsizetype index) { return m_file->pos() - m_blocks.at(index).offset; };
    while (first + 1 < m_blocks.size()
        && (m_blocks.at(first).to < now.addMSecs(-millis(m_limits.age))
            || bytesFrom(first) > m_limits.bytes * 3 / 4))
        ++first;
    if (first == 0)
        return Done {};
    PrivateFile out(m_file->fileName());
    if (!out.open())
        return Done {};
    const QByteArray beginning = fileBeginning();
    out.write(beginning);
    const qint64 end = m_file->pos();
    const qint64 shift = m_blocks.at(first).offset - beginning.size();
    constexpr qint64 most = 1024 * 1024;
    bool isWhole = m_file->seek(m_blocks.at(first).offset);
    for (qint64 left = end - m_blocks.at(first).offset; left > 0 && isWhole;) {
        const QByteArray bytes = m_file->read(std::min(left, most));
        out.write(bytes);
        left -= bytes.size();
        isWhole = !bytes.isEmpty();
    }
    if (!m_file->seek(end))
        return fileError(*m_file);
    if (!isWhole || !out.commit())
        return Done {};
    // From here on the old file has no name any more.
    auto file = std::make_unique<QFile>(m_file->fileName());
    if (!file->open(QIODevice::ReadWrite) || !file->seek(file->size()))
        return fileError(*file);
    m_file = std::move(file);
    m_blocks.remove(0, first);
    for (BlockHead& block : m_blocks)
        block.offset -= shift;
    return beginTail(); // which says how many blocks there are
}

Result<Done> RecordingFile::add(const TimedTopology& topology)
{
    m_topology = topology.topology;
    return write(topology.at, [&](TimelineWriter& writer) { return writer.topology(topology); });
}

Result<Done> RecordingFile::add(const Refreshed& refreshed)
{
    return write(refreshed.at, [&](TimelineWriter& writer) { return writer.refreshed(refreshed); });
}

Result<Done> RecordingFile::add(const Found& found)
{
    const Result<Done> done
        = write(found.at, [&](TimelineWriter& writer) { return writer.found(found); });
    m_found = found;
    return done;
}

Result<Done> RecordingFile::add(const cluster::TopologyEvent& event)
{
    return write(event.at, [&](TimelineWriter& writer) { return writer.event(event); });
}

Result<Done> RecordingFile::add(const QList<NodeSample>& samples)
{
    if (samples.isEmpty())
        return Done {};
    return write(
        samples.first().at, [&](TimelineWriter& writer) { return writer.samples(samples); });
}

Result<Done> RecordingFile::add(const command::Trace& trace)
{
    // A reply may be larger than a block.
    TimelineWriter trial = m_writer;
    command::Trace kept = trace;
    if (trial.trace(trace).size() > largestTrace)
        kept.reply = {};
    return write(kept.startedAt, [&](TimelineWriter& writer) { return writer.trace(kept); });
}

Result<Done> RecordingFile::add(const QDateTime& at, const QList<SeenErrors>& seen)
{
    m_seen = seen;
    return write(at, [&](TimelineWriter& writer) { return writer.seen(at, seen); });
}

Result<Done> RecordingFile::add(const QDateTime& at, const QList<CountedErrors>& counted)
{
    m_counted = counted;
    return write(at, [&](TimelineWriter& writer) { return writer.counted(at, counted); });
}

Result<Done> RecordingFile::add(const Note& note)
{
    return write(note.at, [&](TimelineWriter& writer) { return writer.note(note); });
}

Result<Done> RecordingFile::finish()
{
    if (const Result<Done> closed = closeBlock(); !closed)
        return closed;
    if (const Result<Done> ended = put(*m_file, fileEnd(m_blocks, m_file->pos())); !ended)
        return ended;
    m_file->close();
    m_tail->remove();
    m_lock->unlock();
    return Done {};
}

void RecordingFile::remove()
{
    m_file->remove();
    m_tail->remove();
    m_lock->unlock();
}

bool RecordingFile::hasTail(const QString& file)
{
    return QFile::exists(tailName(file));
}

std::optional<RecordingFile::Tail> RecordingFile::tailOf(const QString& file)
{
    QFile in(tailName(file));
    if (!in.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QByteArray line = in.readLine(64);
    Tail tail;
    QByteArray number = line.mid(tailWord.size());
    number.chop(2);
    tail.blocks = number.toLongLong();
    if (line != tailBeginning(tail.blocks))
        return std::nullopt;
    tail.lines = in.read(BlockFile::largestRawBlock);
    return tail;
}

bool RecordingFile::isInUse(const QString& file)
{
    // Without a lock nobody does, and none is made: the folder may be a read-only one.
    return QFile::exists(lockName(file)) && !lock(file);
}

} // namespace slotscope::capture
