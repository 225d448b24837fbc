// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QFile>
#include <QList>

#include <optional>

namespace slotscope::capture {

/// What a block of a capture or recording holds (docs/capture-format.md).
enum class Holds {
    Timeline, ///< what happened, in the order of time; begins with a keyframe
    Capture, ///< one capture: everything that was known at its moment, but the nodes' answers
    Nodes, ///< nodes' answers of the capture before it; as many blocks as it takes
    Late, ///< answers that came after a capture's deadline
    Index, ///< the heads of all blocks before it
};

/// The head of a block.
struct BlockHead
{
    Holds holds = Holds::Timeline;
    QDateTime from; ///< UTC; of what it holds
    QDateTime to;
    qint64 events = 0; ///< lines of type "event"
    qint64 compressed = 0; ///< bytes
    qint64 raw = 0; ///< bytes
    qint64 offset = 0; ///< of the head's line in the file; not part of what is written

    friend bool operator==(const BlockHead&, const BlockHead&) = default;
};

/// The first line of every file.
QByteArray fileBeginning();
/// Head, compressed data and line end. `head` gets its sizes. More than BlockFile::largestRawBlock
/// is written as it is, and no reader takes it: who writes keeps below that.
QByteArray toBlock(BlockHead& head, const QByteArray& raw);
/// The index of these blocks as a block that stands at `offset`, and the line that points to it:
/// what a finished file ends with.
QByteArray fileEnd(const QList<BlockHead>& blocks, qint64 offset);

/// An open file of blocks. Reads heads at once and blocks when asked; believes nothing: every size
/// is bounded and every byte checked. A value that can be moved to another thread.
class BlockFile
{
public:
    static constexpr qint64 largestRawBlock = 64LL * 1024 * 1024;
    static constexpr qint64 largestFile = 4LL * 1024 * 1024 * 1024;

    /// FileError when it cannot be read, FileDamaged when it is no such file, or one of a newer
    /// Slotscope. A file without a valid end is read block by block up to where it is cut: then
    /// damage() says so, and what is whole can be read.
    static support::Result<BlockFile> open(const QString& fileName);

    const QList<BlockHead>& blocks() const { return m_blocks; } ///< without the index
    /// Nullopt: the file is finished and its end is sound.
    const std::optional<support::Error>& damage() const { return m_damage; }
    /// The bytes of blocks()[index]; FileDamaged with the block's number (from 1).
    support::Result<QByteArray> read(qsizetype index) const;
    /// Where the next block goes: the end of the last whole one.
    qint64 end() const { return m_end; }

private:
    void walk();
    bool readIndex();

    std::unique_ptr<QFile> m_file;
    QList<BlockHead> m_blocks;
    std::optional<support::Error> m_damage;
    qint64 m_end = 0;
};

} // namespace slotscope::capture
