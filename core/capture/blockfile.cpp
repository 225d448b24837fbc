// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/blockfile.h"

#include "core/capture/jsonlines.h"
#include "core/cluster/topologyjson.h"
#include "core/explain/files.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtEndian>

#include <array>
#include <memory>
#include <utility>

namespace slotscope::capture {

using namespace Qt::StringLiterals;
using support::Error;
using support::ErrorCode;
using support::fileError;
using support::Result;

namespace {

constexpr QByteArrayView firstLine = "{\"slotscope\": 2}\n";
constexpr int format = 2;
// zlib unpacks into at most 1032 times as much, so that a block that lies about its raw size cannot
// take more memory than the largest block may.
constexpr qint64 largestCompressedBlock = 64LL * 1024 * 1024;
constexpr qint64 longestHead = 512;
constexpr qsizetype hashDigits = 64;
constexpr QByteArrayView endWord = "index ";
constexpr qint64 endBytes = 6 + 20 + 1; ///< the last line: the word, 20 digits, a line end

constexpr std::array<std::pair<Holds, QLatin1StringView>, 5> kinds { {
    { Holds::Timeline, "timeline"_L1 },
    { Holds::Capture, "capture"_L1 },
    { Holds::Nodes, "nodes"_L1 },
    { Holds::Late, "late"_L1 },
    { Holds::Index, "index"_L1 },
} };

QJsonObject toJson(const BlockHead& head)
{
    const auto* kind = std::find_if(
        kinds.begin(), kinds.end(), [&](const auto& entry) { return entry.first == head.holds; });
    return { { u"holds"_s, QString(kind->second) }, { u"from"_s, cluster::timeToJson(head.from) },
        { u"to"_s, cluster::timeToJson(head.to) }, { u"events"_s, head.events },
        { u"bytes"_s, head.compressed }, { u"raw"_s, head.raw } };
}

std::optional<BlockHead> headFromJson(const QJsonObject& object)
{
    const QString word = object.value("holds"_L1).toString();
    const auto* kind = std::find_if(
        kinds.begin(), kinds.end(), [&](const auto& entry) { return entry.second == word; });
    BlockHead head;
    head.from = timeIn(object, "from"_L1);
    head.to = timeIn(object, "to"_L1);
    head.events = object.value("events"_L1).toInteger(-1);
    head.compressed = object.value("bytes"_L1).toInteger(-1);
    head.raw = object.value("raw"_L1).toInteger(-1);
    if (kind == kinds.end() || head.events < 0 || head.compressed <= 0
        || head.compressed > largestCompressedBlock || head.raw <= 0
        || head.raw > BlockFile::largestRawBlock)
        return std::nullopt;
    head.holds = kind->first;
    return head;
}

QByteArray toLine(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray hashOf(QByteArrayView head, const QByteArray& data)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(head);
    hash.addData(data);
    return hash.result().toHex();
}

/// A head as it stands in a file.
struct ReadHead
{
    BlockHead head;
    QByteArray text; ///< that the hash covers
    QByteArray hash;
    qint64 dataAt = 0;
};

std::optional<ReadHead> readHead(QFile& file, qint64 offset)
{
    if (!file.seek(offset))
        return std::nullopt;
    const QByteArray line = file.readLine(longestHead);
    const qsizetype textEnd = line.size() - hashDigits - 2;
    if (textEnd <= 0 || !line.endsWith('\n') || line.at(textEnd) != ' ')
        return std::nullopt;
    ReadHead read;
    read.text = line.left(textEnd);
    read.hash = line.mid(textEnd + 1, hashDigits);
    const auto head = headFromJson(QJsonDocument::fromJson(read.text).object());
    // Only what we would have written: the hash covers the text, and nobody else's spelling.
    if (!head || toLine(toJson(*head)) != read.text)
        return std::nullopt;
    read.head = *head;
    read.head.offset = offset;
    read.dataAt = offset + line.size();
    return read;
}

qint64 endOf(const ReadHead& read)
{
    return read.dataAt + read.head.compressed + 1;
}

Error damaged(const QString& reason)
{
    return { ErrorCode::FileDamaged, reason, {} };
}

Error damagedBlock(qsizetype number, const QString& reason)
{
    return damaged(explain::blockIsBad(number, reason));
}

/// `number` counts from 1.
Result<QByteArray> readData(QFile& file, const ReadHead& read, qsizetype number)
{
    // Four bytes for the length that qUncompress() wants in front.
    QByteArray sized(4, Qt::Uninitialized);
    qToBigEndian(static_cast<quint32>(read.head.raw), sized.data());
    if (!file.seek(read.dataAt))
        return damagedBlock(number, file.errorString());
    const QByteArray data = file.read(read.head.compressed);
    if (data.size() != read.head.compressed || file.read(1) != "\n")
        return damagedBlock(number, explain::blockIsCut());
    if (hashOf(read.text, data) != read.hash)
        return damagedBlock(number, explain::checksumIsWrong());
    const QByteArray raw = qUncompress(sized + data);
    if (raw.size() != read.head.raw)
        return damagedBlock(number, explain::lengthIsWrong());
    return raw;
}

/// A whole first line; one that is damaged names no format.
bool isOfNewerFormat(const QByteArray& line)
{
    return line.endsWith('\n')
        && QJsonDocument::fromJson(line).object().value("slotscope"_L1).toInt() > format;
}

} // namespace

QByteArray fileBeginning()
{
    return firstLine.toByteArray();
}

QByteArray toBlock(BlockHead& head, const QByteArray& raw)
{
    // qCompress() puts four bytes of length in front of the zlib data; the format has none.
    const QByteArray data = qCompress(raw).mid(4);
    head.compressed = data.size();
    head.raw = raw.size();
    const QByteArray text = toLine(toJson(head));
    return text + ' ' + hashOf(text, data) + '\n' + data + '\n';
}

QByteArray fileEnd(const QList<BlockHead>& blocks, qint64 offset)
{
    QByteArray rows;
    for (const BlockHead& block : blocks) {
        QJsonObject row = toJson(block);
        row.insert(u"offset"_s, block.offset);
        rows += toLine(row) + '\n';
    }
    // A block is never empty.
    if (rows.isEmpty())
        rows = "\n";
    BlockHead head;
    head.holds = Holds::Index;
    if (!blocks.isEmpty()) {
        head.from = blocks.first().from;
        head.to = blocks.last().to;
    }
    return toBlock(head, rows) + endWord.toByteArray()
        + QByteArray::number(offset).rightJustified(20, '0') + '\n';
}

Result<BlockFile> BlockFile::open(const QString& fileName)
{
    BlockFile result;
    result.m_file = std::make_unique<QFile>(fileName);
    QFile& file = *result.m_file;
    // A pipe would be waited for without end.
    if (const QFileInfo info(fileName); info.exists() && !info.isFile())
        return fileError(fileName, explain::isNoFile());
    if (!file.open(QIODevice::ReadOnly))
        return fileError(fileName, file.errorString());
    if (file.isSequential() || file.size() > largestFile)
        return damaged(explain::notACaptureFile());
    const QByteArray line = file.readLine(64);
    if (line != firstLine && isOfNewerFormat(line))
        return Error { ErrorCode::NotPossible, explain::captureIsNewer(format), {} };
    if (line != firstLine)
        return damaged(explain::notACapture());
    result.m_end = line.size();
    if (!result.readIndex())
        result.walk();
    return result;
}

/// From head to head.
void BlockFile::walk()
{
    m_blocks.clear();
    m_end = firstLine.size();
    const qint64 size = m_file->size();
    for (;;) {
        const auto read = readHead(*m_file, m_end);
        if (!read || endOf(*read) > size || read->head.holds == Holds::Index)
            break;
        m_blocks.append(read->head);
        m_end = endOf(*read);
    }
    m_damage = damagedBlock(
        m_blocks.size() + 1, m_end < size ? explain::notWholeBlock() : explain::fileHasNoEnd());
}

/// False when the file has no sound end.
bool BlockFile::readIndex()
{
    const qint64 size = m_file->size();
    if (size < firstLine.size() + endBytes || !m_file->seek(size - endBytes))
        return false;
    const QByteArray line = m_file->read(endBytes);
    bool ok = false;
    const qint64 at = line.mid(endWord.size(), 20).toLongLong(&ok);
    if (!ok || !line.startsWith(endWord) || !line.endsWith('\n') || at < firstLine.size()
        || at >= size)
        return false;
    const auto read = readHead(*m_file, at);
    if (!read || read->head.holds != Holds::Index || endOf(*read) + endBytes != size)
        return false;
    const Result<QByteArray> rows = readData(*m_file, *read, 0);
    if (!rows)
        return false;
    qint64 next = firstLine.size();
    for (const QByteArray& row : rows->split('\n')) {
        if (row.isEmpty())
            continue;
        const QJsonObject object = QJsonDocument::fromJson(row).object();
        std::optional<BlockHead> head = headFromJson(object);
        if (!head || head->holds == Holds::Index || object.value("offset"_L1).toInteger() != next)
            return false;
        head->offset = next;
        // Each stands right behind the last one.
        next += toLine(toJson(*head)).size() + 1 + hashDigits + 1 + head->compressed + 1;
        if (next > at)
            return false;
        m_blocks.append(*head);
    }
    m_end = at;
    return next == at;
}

Result<QByteArray> BlockFile::read(qsizetype index) const
{
    const BlockHead& expected = m_blocks.at(index);
    const auto found = readHead(*m_file, expected.offset);
    if (!found || found->head != expected)
        return damagedBlock(index + 1, explain::notBeginningOfBlock());
    return readData(*m_file, *found, index + 1);
}

} // namespace slotscope::capture
