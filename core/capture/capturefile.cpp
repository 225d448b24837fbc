// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/capturefile.h"

#include "core/capture/capturelines.h"
#include "core/capture/history.h"
#include "core/explain/files.h"

#include <QFileInfo>

#include <utility>

namespace slotscope::capture {

using namespace Qt::StringLiterals;
using support::Done;
using support::Error;
using support::ErrorCode;
using support::fileError;
using support::Result;

namespace {

/// Of nodes' answers in one block, unless a single one is larger: a node's view of a large cluster
/// is as large as the cluster.
constexpr qsizetype nodesBlockBytes = 8 * 1024 * 1024;

/// What a capture knows of what happened, nothing if that is nothing.
std::optional<Stretch> stretchOf(const Capture& capture)
{
    Stretch stretch;
    stretch.events = capture.events;
    stretch.samples = capture.samples;
    QDateTime from = capture.recordingBegan;
    const auto begin = [&from](const QDateTime& at) {
        if (!from.isValid() || at < from)
            from = at;
    };
    if (!stretch.events.isEmpty())
        begin(stretch.events.first().at);
    if (!stretch.samples.isEmpty())
        begin(stretch.samples.first().at);
    if (!from.isValid())
        return std::nullopt;
    const bool hasChanged = !capture.before.isEmpty();
    stretch.topologies.append({ from, hasChanged ? capture.before : capture.topology });
    if (hasChanged) {
        const QDateTime& seen = capture.topology.data().capturedAt;
        stretch.topologies.append({ seen.isValid() ? seen : capture.savedAt, capture.topology });
    }
    return stretch;
}

} // namespace

CaptureWriter::CaptureWriter(const QString& file)
    : m_file(file)
    , m_opened(m_file.open())
{
    const QByteArray beginning = fileBeginning();
    m_file.write(beginning);
    m_end = beginning.size();
}

void CaptureWriter::append(BlockHead head, const QByteArray& block)
{
    m_isTooLarge = m_isTooLarge || head.raw > BlockFile::largestRawBlock;
    head.offset = m_end;
    m_blocks.append(head);
    m_end += block.size();
    m_file.write(block);
}

/// In as many blocks as it takes.
void CaptureWriter::append(const BlockHead& head, const QByteArrayList& lines)
{
    QByteArray raw;
    const auto put = [&] {
        if (raw.isEmpty())
            return;
        BlockHead own = head;
        const QByteArray block = toBlock(own, raw);
        append(own, block);
        raw.clear();
    };
    for (const QByteArray& line : lines) {
        if (raw.size() + line.size() > nodesBlockBytes)
            put();
        raw += line;
    }
    put();
}

void CaptureWriter::add(const Stretch& stretch)
{
    if (!m_file.isOpen())
        return;
    BlockHead head;
    const QByteArray block = toBlock(stretch, &head);
    // A recording that has just closed a block has nothing after it yet; a block is never empty.
    if (head.raw > 0)
        append(head, block);
}

Result<Done> CaptureWriter::finish(const Capture& capture)
{
    if (!m_opened)
        return m_opened;
    if (m_blocks.isEmpty()) {
        if (const auto stretch = stretchOf(capture))
            add(*stretch);
    }
    BlockHead head;
    head.holds = Holds::Capture;
    head.from = capture.savedAt;
    head.to = capture.savedAt;
    const QByteArray block = toBlock(head, linesOf(capture));
    append(head, block);
    head.holds = Holds::Nodes;
    append(head, linesOf(capture.nodes));
    if (m_isTooLarge) {
        m_opened = support::fileError(m_file.name(), explain::captureTooLarge());
        return m_opened;
    }
    m_file.write(fileEnd(m_blocks, m_end));
    return m_file.commit();
}

Result<Done> writeCapture(const QString& file, const Capture& capture)
{
    return CaptureWriter(file).finish(capture);
}

Result<Done> appendLate(const QString& fileName, const QList<NodeAnswers>& answers)
{
    const Result<BlockFile> old = BlockFile::open(fileName);
    if (!old)
        return old.error();
    if (old->damage())
        return *old->damage();
    QFile in(fileName);
    support::PrivateFile out(fileName);
    if (!in.open(QIODevice::ReadOnly))
        return fileError(in);
    if (const Result<Done> opened = out.open(); !opened)
        return opened;
    constexpr qint64 most = 1024 * 1024;
    for (qint64 left = old->end(); left > 0;) {
        const QByteArray bytes = in.read(std::min(left, most));
        if (bytes.isEmpty())
            return fileError(in);
        out.write(bytes);
        left -= bytes.size();
    }
    BlockHead head;
    head.holds = Holds::Late;
    head.offset = old->end();
    const QByteArray block = toBlock(head, linesOf(answers).join());
    out.write(block);
    out.write(fileEnd(old->blocks() + QList<BlockHead> { head }, old->end() + block.size()));
    return out.commit(in.permissions());
}

Result<Capture> readWhatIsWhole(const QString& file)
{
    Result<History> history = History::open(file);
    if (!history)
        return history.error();
    Result<Capture> capture = history->last();
    if (capture && capture->topology.isEmpty() && history->damage())
        return *history->damage();
    return capture;
}

bool hasCaptureEnding(const QString& file)
{
    const QString ending = u".slotscope"_s;
    return file.endsWith(ending, Qt::CaseInsensitive) && QFileInfo(file).fileName() != ending;
}

} // namespace slotscope::capture
