// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/capturefile.h"

#include "core/cluster/topologyjson.h"
#include "core/command/traceformat.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QtEndian>

namespace slotscope::capture {

using namespace Qt::StringLiterals;
using support::Done;
using support::Error;
using support::ErrorCode;
using support::Result;

namespace {

constexpr QByteArrayView firstLine = "slotscope-capture 1\n";
constexpr qint64 writtenBlockBytes = 256 * 1024;
constexpr qint64 largestRawBlock = 64LL * 1024 * 1024;
// zlib unpacks into at most 1032 times as much, so that a block that lies about its raw size cannot
// take more memory than the largest file may.
constexpr qint64 largestCompressedBlock = 1024 * 1024;
constexpr qint64 largestRawFile = 1024LL * 1024 * 1024;
constexpr qint64 longestBlockLine = 128;

Error fileError(const QString& file, const QString& reason)
{
    return { ErrorCode::FileError, file + u": "_s + reason, {} };
}

Error damaged(const QString& reason)
{
    return { ErrorCode::FileDamaged, reason, {} };
}

Error damagedBlock(int number, const QString& reason)
{
    return damaged(u"block %1: %2"_s.arg(number).arg(reason));
}

QByteArray toLine(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

QByteArray toBlock(const QByteArray& raw)
{
    // qCompress() puts four bytes of length in front of the zlib data; the format has none.
    const QByteArray compressed = qCompress(raw).mid(4);
    const QByteArray hash = QCryptographicHash::hash(compressed, QCryptographicHash::Sha256);
    return "block " + QByteArray::number(compressed.size()) + ' ' + QByteArray::number(raw.size())
        + ' ' + hash.toHex() + '\n' + compressed + '\n';
}

/// Every topology once: the capture's own and the maps that its traces began with.
class TopologyTable
{
public:
    /// The number of `topology` in the table; a line is added to `out` when it is new.
    int numberOf(const cluster::Topology& topology, QByteArray& out)
    {
        const QJsonObject json = cluster::toJson(topology);
        const qsizetype known = m_topologies.indexOf(json);
        if (known >= 0)
            return static_cast<int>(known);
        const int number = static_cast<int>(m_topologies.size());
        m_topologies.append(json);
        out += toLine(
            { { u"type"_s, u"topology"_s }, { u"number"_s, number }, { u"topology"_s, json } });
        return number;
    }

private:
    QList<QJsonObject> m_topologies;
};

QByteArray toLines(const Capture& capture)
{
    QByteArray lines;
    TopologyTable table;
    // The capture's own topology is number 0.
    table.numberOf(capture.topology, lines);
    for (const command::Trace& trace : capture.traces) {
        const int map = table.numberOf(trace.map, lines);
        lines += toLine({ { u"type"_s, u"trace"_s }, { u"map"_s, map },
            { u"trace"_s, command::toJson(trace) } });
    }
    const QJsonObject header { { u"type"_s, u"header"_s },
        { u"saved_at"_s, cluster::timeToJson(capture.savedAt) },
        { u"tool_version"_s, capture.toolVersion } };
    return toLine(header) + lines;
}

/// Takes lines in and puts the capture together.
class LineReader
{
public:
    /// Complete lines of `bytes`; the rest waits for the next block.
    Result<Done> feed(const QByteArray& bytes)
    {
        m_waiting += bytes;
        qsizetype begin = 0;
        for (;;) {
            const qsizetype end = m_waiting.indexOf('\n', begin);
            if (end < 0)
                break;
            const QByteArray line = m_waiting.mid(begin, end - begin);
            begin = end + 1;
            if (Result<Done> read = readLine(line); !read)
                return read;
        }
        m_waiting.remove(0, begin);
        return Done {};
    }

    Result<Capture> take()
    {
        if (!m_waiting.isEmpty())
            return damaged(u"line %1 has no end"_s.arg(m_lines + 1));
        if (m_lines == 0)
            return damaged(u"no header"_s);
        if (!m_topologies.isEmpty())
            m_capture.topology = m_topologies.first();
        return std::move(m_capture);
    }

private:
    Result<Done> readLine(const QByteArray& line)
    {
        ++m_lines;
        QJsonParseError parseError;
        const QJsonDocument document = QJsonDocument::fromJson(line, &parseError);
        if (parseError.error != QJsonParseError::NoError || !document.isObject())
            return damagedLine(u"not a JSON object"_s);
        const QJsonObject object = document.object();
        const QString type = object.value("type"_L1).toString();
        if (m_lines == 1) {
            if (type != "header"_L1)
                return damagedLine(u"not a header"_s);
            return readHeader(object);
        }
        if (type == "topology"_L1)
            return readTopology(object);
        if (type == "trace"_L1)
            return readTrace(object);
        // A newer Slotscope may write more.
        return Done {};
    }

    Result<Done> readHeader(const QJsonObject& object)
    {
        m_capture.savedAt
            = QDateTime::fromString(object.value("saved_at"_L1).toString(), Qt::ISODateWithMs)
                  .toUTC();
        m_capture.toolVersion = object.value("tool_version"_L1).toString();
        return Done {};
    }

    Result<Done> readTopology(const QJsonObject& object)
    {
        if (object.value("number"_L1).toInt(-1) != m_topologies.size())
            return damagedLine(u"a topology out of order"_s);
        Result<cluster::Topology> topology
            = cluster::topologyFromJson(object.value("topology"_L1).toObject());
        if (!topology)
            return damagedLine(topology.error().detail);
        m_topologies.append(std::move(topology).value());
        return Done {};
    }

    Result<Done> readTrace(const QJsonObject& object)
    {
        const int map = object.value("map"_L1).toInt(-1);
        if (map < 0 || map >= m_topologies.size())
            return damagedLine(u"a trace without its map"_s);
        Result<command::Trace> trace
            = command::traceFromJson(object.value("trace"_L1).toObject(), m_topologies.at(map));
        if (!trace)
            return damagedLine(trace.error().detail);
        m_capture.traces.append(std::move(trace).value());
        return Done {};
    }

    Error damagedLine(const QString& reason) const
    {
        return damaged(u"line %1: %2"_s.arg(m_lines).arg(reason));
    }

    Capture m_capture;
    QList<cluster::Topology> m_topologies;
    QByteArray m_waiting;
    int m_lines = 0;
};

struct BlockHead
{
    qint64 compressed = 0;
    qint64 raw = 0;
    QByteArray hash;
};

std::optional<BlockHead> parseBlockHead(const QByteArray& line)
{
    if (!line.endsWith('\n'))
        return std::nullopt;
    const QList<QByteArray> words = line.chopped(1).split(' ');
    if (words.size() != 4 || words.at(0) != "block" || words.at(3).size() != 64)
        return std::nullopt;
    bool compressedOk = false;
    bool rawOk = false;
    const BlockHead head { words.at(1).toLongLong(&compressedOk), words.at(2).toLongLong(&rawOk),
        words.at(3) };
    const bool inBounds = head.compressed > 0 && head.compressed <= largestCompressedBlock
        && head.raw > 0 && head.raw <= largestRawBlock;
    return compressedOk && rawOk && inBounds ? std::optional(head) : std::nullopt;
}

/// The raw bytes of the block that begins here.
Result<QByteArray> readBlock(QFile& file, int number)
{
    const std::optional<BlockHead> head = parseBlockHead(file.readLine(longestBlockLine));
    if (!head)
        return damagedBlock(number, u"not the beginning of a block"_s);
    // Four bytes for the length that qUncompress() wants in front.
    QByteArray data(4, Qt::Uninitialized);
    qToBigEndian(static_cast<quint32>(head->raw), data.data());
    const QByteArray compressed = file.read(head->compressed);
    if (compressed.size() != head->compressed || file.read(1) != "\n")
        return damagedBlock(number, u"cut off"_s);
    if (QCryptographicHash::hash(compressed, QCryptographicHash::Sha256).toHex() != head->hash)
        return damagedBlock(number, u"the checksum does not hold"_s);
    QByteArray raw = qUncompress(data + compressed);
    if (raw.size() != head->raw)
        return damagedBlock(number, u"the length does not hold"_s);
    return raw;
}

} // namespace

Result<Done> writeCapture(const QString& fileName, const Capture& capture)
{
    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly))
        return fileError(fileName, file.errorString());
    file.write(firstLine.data(), firstLine.size());
    const QByteArray lines = toLines(capture);
    for (qsizetype at = 0; at < lines.size(); at += writtenBlockBytes)
        file.write(toBlock(lines.mid(at, writtenBlockBytes)));
    if (!file.commit())
        return fileError(fileName, file.errorString());
    return Done {};
}

Result<Capture> readCapture(const QString& fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return fileError(fileName, file.errorString());
    if (file.readLine(longestBlockLine) != firstLine)
        return damaged(u"not a capture, or one of a newer Slotscope"_s);
    LineReader lines;
    qint64 total = 0;
    for (int number = 1; !file.atEnd(); ++number) {
        Result<QByteArray> raw = readBlock(file, number);
        if (!raw)
            return raw.error();
        total += raw->size();
        if (total > largestRawFile)
            return damagedBlock(number, u"the file is too large"_s);
        if (Result<Done> fed = lines.feed(*raw); !fed)
            return fed.error();
    }
    if (file.error() != QFileDevice::NoError)
        return fileError(fileName, file.errorString());
    return lines.take();
}

} // namespace slotscope::capture
