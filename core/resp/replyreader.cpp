// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/resp/replyreader.h"

#include "core/explain/answers.h"
#include "core/resp/replybuilder.h"
#include "core/support/bytes.h"

#include <hiredis/read.h>

#include <QByteArray>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace slotscope::resp {

using support::Error;
using support::ErrorCode;

namespace {

// hiredis moves what is left of its buffer to the front after every kilobyte of replies: cheap
// for a little, quadratic for megabytes. So it is given a little at a time.
constexpr qsizetype sliceSize = 64 * 1024;

// What an error shows of the element that is wrong.
constexpr qsizetype excerptSize = 16;

} // namespace

class ReplyReader::Private
{
public:
    explicit Private(Limits bounds)
        : limits(bounds)
    {
        renewReader();
    }
    ~Private() { redisReaderFree(reader); }
    Q_DISABLE_COPY_MOVE(Private)

    void renewReader()
    {
        redisReaderFree(reader);
        reader = redisReaderCreateWithFunctions(&functions);
        Q_CHECK_PTR(reader);
        reader->privdata = this;
        // Ours is checked in createArray, where it can be told from nonsense. This one only keeps
        // hiredis from doubling a map's count beyond its type.
        reader->maxelements = std::numeric_limits<long long>::max() / 2;
    }
    std::optional<Reply> parse();
    void rest();
    void feedSlice();
    void forgetSlice();
    void checkPending();
    void fail(ErrorCode code, const QString& problem);
    /// Wire bytes that hiredis has consumed so far.
    qint64 consumed() const { return fed - static_cast<qint64>(reader->len - reader->pos); }
    /// The first bytes of the element that is being read.
    QByteArray elementExcerpt() const;
    void* added(qint64 end)
    {
        elementStart = end;
        return this;
    }

    // hiredis' object functions. They return any pointer but null, which means "stop": the objects
    // are nodes of the builder. It needs no free function.
    static Private* self(const redisReadTask* task)
    {
        return static_cast<Private*>(task->privdata);
    }
    static void* createString(const redisReadTask* task, char* text, size_t length);
    static void* createArray(const redisReadTask* task, size_t elements);
    static void* createInteger(const redisReadTask* task, long long value);
    static void* createDouble(const redisReadTask* task, double value, char* text, size_t length);
    static void* createNil(const redisReadTask* task);
    static void* createBoolean(const redisReadTask* task, int value);
    static redisReplyObjectFunctions functions;

    const Limits limits;
    redisReader* reader = nullptr;
    ReplyBuilder builder;
    std::optional<Error> error;
    QByteArray pending; ///< not yet given to hiredis, from pendingStart on
    qsizetype pendingStart = 0;
    qsizetype slice = 0; ///< bytes before pendingStart that were given to it last
    QByteArray carried; ///< the element's first bytes, where it began before that slice
    qint64 fed = 0; ///< bytes given to hiredis since the beginning
    qint64 replyStart = 0; ///< where in them the current reply begins
    qint64 elementStart = 0; ///< and the current element, behind the last that was added
};

redisReplyObjectFunctions ReplyReader::Private::functions = {
    &Private::createString,
    &Private::createArray,
    &Private::createInteger,
    &Private::createDouble,
    &Private::createNil,
    &Private::createBoolean,
    nullptr,
};

void* ReplyReader::Private::createString(const redisReadTask* task, char* text, size_t length)
{
    Private* d = self(task);
    const bool isBulk = task->type == REDIS_REPLY_STRING || task->type == REDIS_REPLY_VERB;
    if (!isBulk && static_cast<qint64>(length) > d->limits.lineLength) {
        d->fail(ErrorCode::LimitExceeded, explain::overLimit("line"_L1, d->limits.lineLength));
        return nullptr;
    }
    // hiredis has waited for these two bytes and skips them unread.
    if (isBulk && (text[length] != '\r' || text[length + 1] != '\n')) {
        d->fail(ErrorCode::ProtocolError, explain::noLineEnd(static_cast<qint64>(length)));
        return nullptr;
    }
    if (length > std::numeric_limits<quint32>::max()) {
        d->fail(ErrorCode::LimitExceeded,
            explain::overLimit("string"_L1, std::numeric_limits<quint32>::max()));
        return nullptr;
    }
    const QByteArrayView bytes(text, static_cast<qsizetype>(length));
    switch (task->type) {
    case REDIS_REPLY_STATUS:
        d->builder.addText(Type::Status, bytes);
        break;
    case REDIS_REPLY_ERROR:
        d->builder.addText(Type::Error, bytes);
        break;
    case REDIS_REPLY_BIGNUM:
        d->builder.addText(Type::BigNumber, bytes);
        break;
    case REDIS_REPLY_VERB: // hiredis has checked that "txt:" is there
        d->builder.addVerbatim(bytes.first(3), bytes.sliced(4));
        break;
    default:
        d->builder.addText(Type::String, bytes);
        break;
    }
    // hiredis counts the bytes of a bulk only after this.
    const char* end = text + length + 2;
    return d->added(d->fed - (d->reader->buf + d->reader->len - end));
}

void* ReplyReader::Private::createArray(const redisReadTask* task, size_t elements)
{
    Private* d = self(task);
    const quint64 limit = std::min<quint64>(
        std::max<qint64>(d->limits.elements, 0), std::numeric_limits<quint32>::max());
    // Every announced element will be at least one node: no need to wait for them.
    if (elements > limit || d->builder.expectedNodes() + elements > limit) {
        d->fail(ErrorCode::LimitExceeded, explain::overLimit("elements"_L1, d->limits.elements));
        return nullptr;
    }
    if (d->builder.depth() >= d->limits.depth) {
        d->fail(ErrorCode::LimitExceeded, explain::overLimit("nesting"_L1, d->limits.depth));
        return nullptr;
    }
    Type type = Type::Array;
    if (task->type == REDIS_REPLY_MAP)
        type = Type::Map;
    else if (task->type == REDIS_REPLY_SET)
        type = Type::Set;
    else if (task->type == REDIS_REPLY_PUSH)
        type = Type::Push;
    d->builder.openAggregate(type, static_cast<quint32>(elements));
    return d->added(d->consumed());
}

void* ReplyReader::Private::createInteger(const redisReadTask* task, long long value)
{
    Private* d = self(task);
    d->builder.addInteger(value);
    return d->added(d->consumed());
}

void* ReplyReader::Private::createDouble(
    const redisReadTask* task, double /*value*/, char* text, size_t length)
{
    Private* d = self(task);
    // The server's text says more than a double's: "1.10", "-nan".
    d->builder.addText(Type::Double, { text, static_cast<qsizetype>(length) });
    return d->added(d->consumed());
}

void* ReplyReader::Private::createNil(const redisReadTask* task)
{
    Private* d = self(task);
    d->builder.addNull();
    // The line of "$-1" is counted only after this.
    const bool isBulk = task->type == REDIS_REPLY_STRING || task->type == REDIS_REPLY_VERB;
    return d->added(d->consumed() + (isBulk ? 4 : 0));
}

void* ReplyReader::Private::createBoolean(const redisReadTask* task, int value)
{
    Private* d = self(task);
    d->builder.addBoolean(value != 0);
    return d->added(d->consumed());
}

QByteArray ReplyReader::Private::elementExcerpt() const
{
    const QByteArrayView last(pending.constData() + pendingStart - slice, slice);
    const qint64 before = elementStart - (fed - slice);
    const QByteArray start = before < 0 ? carried : QByteArray();
    const QByteArrayView rest = last.sliced(qMin<qint64>(qMax<qint64>(before, 0), slice));
    return start + rest.first(qMin(rest.size(), excerptSize - start.size()));
}

void ReplyReader::Private::forgetSlice()
{
    carried = elementExcerpt();
    slice = 0;
    if (pendingStart == pending.size()) {
        pending.clear();
        pendingStart = 0;
    }
}

/// Nothing more to read now: hundreds of idle connections should not each keep what their largest
/// reply took.
void ReplyReader::Private::rest()
{
    constexpr qsizetype worthKeeping = 4096;
    const bool isLarge = slice > worthKeeping;
    forgetSlice();
    if (isLarge && reader->ridx < 0 && reader->pos == reader->len)
        renewReader();
}

void ReplyReader::Private::fail(ErrorCode code, const QString& problem)
{
    if (error)
        return;
    const QByteArray excerpt = elementExcerpt();
    error = Error { code,
        explain::problemAtByte(problem, elementStart, QString::fromLatin1(excerpt.toHex(' ')),
            support::toVisibleText(excerpt)),
        {} };
}

void ReplyReader::Private::feedSlice()
{
    forgetSlice();
    const qsizetype size = std::min(sliceSize, pending.size() - pendingStart);
    if (redisReaderFeed(reader, pending.constData() + pendingStart, static_cast<size_t>(size))
        != REDIS_OK) {
        fail(ErrorCode::LimitExceeded, explain::outOfMemory());
        return;
    }
    fed += size;
    pendingStart += size;
    slice = size;
}

/// hiredis bounds neither lines nor strings: looks at what it is waiting for.
void ReplyReader::Private::checkPending()
{
    if (fed - replyStart > limits.bytes) {
        fail(ErrorCode::LimitExceeded, explain::overLimit("bytes"_L1, limits.bytes));
        return;
    }
    if (reader->ridx < 0 || reader->task[reader->ridx]->type < 0)
        return;
    const QByteArrayView rest(
        reader->buf + reader->pos, static_cast<qsizetype>(reader->len - reader->pos));
    const int type = reader->task[reader->ridx]->type;
    if (type == REDIS_REPLY_STRING || type == REDIS_REPLY_VERB) {
        // The length line stays in the buffer until the whole string is there.
        const qsizetype lineEnd = rest.first(std::min<qsizetype>(rest.size(), 32)).indexOf("\r\n");
        if (lineEnd >= 0) {
            const qint64 claimed = rest.first(lineEnd).toLongLong();
            if (claimed > limits.bytes - (consumed() - replyStart))
                fail(ErrorCode::LimitExceeded, explain::overLimit("bytes"_L1, limits.bytes));
            return;
        }
    }
    if (rest.size() > limits.lineLength)
        fail(ErrorCode::LimitExceeded, explain::overLimit("line"_L1, limits.lineLength));
}

std::optional<Reply> ReplyReader::Private::parse()
{
    void* root = nullptr;
    if (redisReaderGetReply(reader, &root) != REDIS_OK) {
        // Ours, if one of the functions above said no; hiredis calls that "Out of memory".
        fail(reader->err == REDIS_ERR_OOM ? ErrorCode::LimitExceeded : ErrorCode::ProtocolError,
            QString::fromLatin1(reader->errstr));
        return std::nullopt;
    }
    if (!root) {
        checkPending();
        return std::nullopt;
    }
    const qint64 size = consumed() - replyStart;
    replyStart += size;
    if (size > limits.bytes) {
        fail(ErrorCode::LimitExceeded, explain::overLimit("bytes"_L1, limits.bytes));
        return std::nullopt;
    }
    return builder.take();
}

ReplyReader::ReplyReader(Limits limits)
    : d(std::make_unique<Private>(limits))
{ }

ReplyReader::~ReplyReader() = default;

void ReplyReader::feed(QByteArrayView bytes)
{
    if (d->error)
        return;
    d->forgetSlice();
    d->pending.append(bytes);
}

support::Result<std::optional<Reply>> ReplyReader::next()
{
    while (!d->error) {
        std::optional<Reply> reply = d->parse();
        if (reply)
            return reply;
        if (d->error)
            break;
        if (d->pendingStart == d->pending.size()) {
            d->rest();
            return std::optional<Reply>();
        }
        d->feedSlice();
    }
    d->builder.clear();
    d->pending.clear();
    d->pendingStart = d->slice = 0;
    return *d->error;
}

bool ReplyReader::isInsideReply() const
{
    // An item that was only begun to be waited for has no type yet.
    const int depth = d->reader->ridx;
    const bool hasBegun = depth > 0 || (depth == 0 && d->reader->task[0]->type != -1);
    return !d->error
        && (hasBegun || d->reader->pos < d->reader->len || d->pendingStart < d->pending.size());
}

} // namespace slotscope::resp
