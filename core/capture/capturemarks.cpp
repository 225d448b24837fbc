// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/capturemarks.h"

#include "core/capture/blockfile.h"
#include "core/capture/jsonlines.h"
#include "core/capture/partsjson.h"
#include "core/explain/files.h"
#include "core/support/privatefile.h"

#include <QJsonDocument>

#include <algorithm>

namespace slotscope::capture {

using namespace Qt::StringLiterals;
using support::Done;
using support::Error;
using support::ErrorCode;
using support::fileError;
using support::PrivateFile;
using support::Result;

namespace {

bool isMark(const QByteArray& line)
{
    // Most lines need not be read for that, and some are long.
    return line.contains(R"("type":"mark")")
        && QJsonDocument::fromJson(line).object().value("type"_L1) == u"mark"_s;
}

QByteArray withMarks(const QByteArray& raw, const QList<Mark>& marks)
{
    QByteArray lines;
    lines.reserve(raw.size());
    for (qsizetype begin = 0; begin < raw.size();) {
        const qsizetype end = raw.indexOf('\n', begin);
        const qsizetype next = end < 0 ? raw.size() : end + 1;
        const QByteArray line = raw.sliced(begin, next - begin);
        if (!isMark(line))
            lines += line;
        begin = next;
    }
    for (const Mark& mark : marks)
        lines += jsonLine(u"mark"_s, toJson(mark));
    return lines;
}

/// Of the capture's first line.
QDateTime savedAtIn(const QByteArray& raw)
{
    const QByteArray head = raw.left(raw.indexOf('\n'));
    return timeIn(QJsonDocument::fromJson(head).object(), "saved_at"_L1);
}

/// False: it cannot be read.
bool copy(QFile& in, qint64 from, qint64 until, PrivateFile& out)
{
    constexpr qint64 most = 1024 * 1024;
    if (!in.seek(from))
        return false;
    for (qint64 left = until - from; left > 0;) {
        const QByteArray bytes = in.read(std::min(left, most));
        if (bytes.isEmpty())
            return false;
        out.write(bytes);
        left -= bytes.size();
    }
    return true;
}

} // namespace

Result<Done> replaceMarks(
    const QString& fileName, const QList<Mark>& marks, const QDateTime& savedAt)
{
    const Result<BlockFile> old = BlockFile::open(fileName);
    if (!old)
        return old.error();
    if (old->damage())
        return *old->damage();
    const QList<BlockHead>& blocks = old->blocks();
    const auto isCapture = [](const BlockHead& head) { return head.holds == Holds::Capture; };
    const auto found = std::find_if(blocks.crbegin(), blocks.crend(), isCapture);
    if (found == blocks.crend())
        return Error { ErrorCode::FileDamaged, fileName + u": "_s + explain::holdsNoCapture(), {} };
    // The last one is the one that is shown.
    const qsizetype marked = blocks.crend() - found - 1;
    const Result<QByteArray> raw = old->read(marked);
    if (!raw)
        return raw.error();
    if (savedAtIn(*raw) != savedAt)
        return Error { ErrorCode::FileError, fileName + u": "_s + explain::holdsAnotherCapture(),
            {} };

    QFile in(fileName);
    if (!in.open(QIODevice::ReadOnly))
        return fileError(in);
    PrivateFile out(fileName);
    if (const Result<Done> opened = out.open(); !opened)
        return opened;
    const qint64 from = found->offset;
    const qint64 until = marked + 1 < blocks.size() ? blocks.at(marked + 1).offset : old->end();
    QList<BlockHead> heads = blocks;
    const QByteArray block = toBlock(heads[marked], withMarks(*raw, marks));
    if (heads.at(marked).raw > BlockFile::largestRawBlock)
        return support::fileError(fileName, explain::captureTooLarge());
    const qint64 longer = block.size() - (until - from);
    for (qsizetype i = marked + 1; i < heads.size(); ++i)
        heads[i].offset += longer;
    if (!copy(in, 0, from, out))
        return fileError(in);
    out.write(block);
    if (!copy(in, until, old->end(), out))
        return fileError(in);
    out.write(fileEnd(heads, old->end() + longer));
    return out.commit(in.permissions());
}

} // namespace slotscope::capture
