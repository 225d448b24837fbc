// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/gifwriter.h"

#include <QHash>
#include <QRect>

#include <algorithm>
#include <array>
#include <gif_lib.h>
#include <limits>
#include <vector>

namespace slotscope::ui {

namespace {

constexpr int mapSize = 256;
constexpr int transparent = 255; // the last index

int writeBytes(GifFileType* file, const GifByteType* bytes, int count)
{
    static_cast<QByteArray*>(file->UserData)->append(reinterpret_cast<const char*>(bytes), count);
    return count;
}

const QRgb* lineOf(const QImage& image, int y)
{
    return reinterpret_cast<const QRgb*>(image.constScanLine(y));
}

/// The smallest rectangle that holds every pixel that is different.
QRect changedRect(const QImage& a, const QImage& b)
{
    int left = a.width();
    int right = -1;
    int top = -1;
    int bottom = -1;
    for (int y = 0; y < a.height(); ++y) {
        const QRgb* was = lineOf(a, y);
        const QRgb* is = lineOf(b, y);
        const auto [from, same] = std::mismatch(was, was + a.width(), is);
        if (from == was + a.width())
            continue;
        int last = a.width() - 1;
        while (was[last] == is[last])
            --last;
        left = std::min(left, static_cast<int>(from - was));
        right = std::max(right, last);
        top = top < 0 ? y : top;
        bottom = y;
    }
    return right < 0 ? QRect() : QRect(QPoint(left, top), QPoint(right, bottom));
}

} // namespace

QList<QRgb> paletteOf(const QList<QImage>& samples, int most)
{
    struct Bucket
    {
        qint64 count = 0;
        qint64 red = 0;
        qint64 green = 0;
        qint64 blue = 0;
    };
    // Five bits a channel.
    QHash<int, Bucket> buckets;
    for (const QImage& sample : samples) {
        const QImage image = sample.convertToFormat(QImage::Format_RGB32);
        for (int y = 0; y < image.height(); ++y) {
            const QRgb* line = lineOf(image, y);
            for (int x = 0; x < image.width(); ++x) {
                const QRgb pixel = line[x];
                Bucket& bucket = buckets[(qRed(pixel) >> 3) << 10 | (qGreen(pixel) >> 3) << 5
                    | qBlue(pixel) >> 3];
                ++bucket.count;
                bucket.red += qRed(pixel);
                bucket.green += qGreen(pixel);
                bucket.blue += qBlue(pixel);
            }
        }
    }
    QList<int> keys = buckets.keys();
    std::sort(keys.begin(), keys.end(), [&buckets](int a, int b) {
        const qint64 countA = buckets.value(a).count;
        const qint64 countB = buckets.value(b).count;
        return countA != countB ? countA > countB : a < b;
    });
    QList<QRgb> palette;
    for (const int key : keys.mid(0, most)) {
        const Bucket bucket = buckets.value(key);
        palette.append(qRgb(static_cast<int>(bucket.red / bucket.count),
            static_cast<int>(bucket.green / bucket.count),
            static_cast<int>(bucket.blue / bucket.count)));
    }
    return palette;
}

class GifWriter::Private
{
public:
    Private(QSize frameSize, const QList<QRgb>& colors)
        : palette(colors.mid(0, transparent))
    {
        int error = 0;
        file = EGifOpen(&bytes, writeBytes, &error);
        if (!file)
            return;
        std::array<GifColorType, mapSize> table {};
        for (qsizetype i = 0; i < palette.size(); ++i) {
            table[static_cast<std::size_t>(i)] = { static_cast<GifByteType>(qRed(palette.at(i))),
                static_cast<GifByteType>(qGreen(palette.at(i))),
                static_cast<GifByteType>(qBlue(palette.at(i))) };
        }
        ColorMapObject* map = GifMakeMapObject(mapSize, table.data());
        EGifSetGifVersion(file, true);
        ok = map
            && EGifPutScreenDesc(file, frameSize.width(), frameSize.height(), 8, 0, map) == GIF_OK
            && repeatForEver();
        GifFreeMapObject(map);
    }
    ~Private() { close(); }
    Q_DISABLE_COPY_MOVE(Private)

    bool repeatForEver()
    {
        const std::array<GifByteType, 3> loop { 1, 0, 0 };
        return EGifPutExtensionLeader(file, APPLICATION_EXT_FUNC_CODE) == GIF_OK
            && EGifPutExtensionBlock(file, 11, "NETSCAPE2.0") == GIF_OK
            && EGifPutExtensionBlock(file, static_cast<int>(loop.size()), loop.data()) == GIF_OK
            && EGifPutExtensionTrailer(file) == GIF_OK;
    }

    void close()
    {
        if (!file)
            return;
        int error = 0;
        ok = EGifCloseFile(file, &error) == GIF_OK && ok;
        file = nullptr;
    }

    GifByteType indexOf(QRgb color)
    {
        const auto known = indexes.constFind(color);
        if (known != indexes.constEnd())
            return *known;
        int best = 0;
        int least = std::numeric_limits<int>::max();
        for (int i = 0; i < palette.size(); ++i) {
            const QRgb other = palette.at(i);
            const int red = qRed(color) - qRed(other);
            const int green = qGreen(color) - qGreen(other);
            const int blue = qBlue(color) - qBlue(other);
            const int distance = 3 * red * red + 4 * green * green + 2 * blue * blue;
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        const auto index = static_cast<GifByteType>(best);
        indexes.insert(color, index);
        return index;
    }

    /// The frame that waits, now that it is known for how long it is seen.
    void writePending()
    {
        if (!ok || pendingRect.isEmpty())
            return;
        GraphicsControlBlock control {};
        control.DisposalMode = DISPOSE_DO_NOT;
        control.UserInputFlag = false;
        control.DelayTime = std::clamp(pendingMilliseconds / 10, 2, 6000);
        control.TransparentColor = transparent;
        std::array<GifByteType, 4> extension {};
        EGifGCBToExtension(&control, extension.data());
        const QRect& rect = pendingRect;
        ok = EGifPutExtension(file, GRAPHICS_EXT_FUNC_CODE, 4, extension.data()) == GIF_OK
            && EGifPutImageDesc(
                   file, rect.left(), rect.top(), rect.width(), rect.height(), false, nullptr)
                == GIF_OK;
        std::vector<GifPixelType> row(static_cast<std::size_t>(rect.width()));
        for (int y = rect.top(); ok && y <= rect.bottom(); ++y) {
            const QRgb* is = lineOf(pending, y);
            const QRgb* was = shown.isNull() ? nullptr : lineOf(shown, y);
            for (int x = rect.left(); x <= rect.right(); ++x) {
                const bool isSame = was && was[x] == is[x];
                row[static_cast<std::size_t>(x - rect.left())]
                    = isSame ? static_cast<GifPixelType>(transparent) : indexOf(is[x]);
            }
            ok = EGifPutLine(file, row.data(), rect.width()) == GIF_OK;
        }
        shown = pending;
        pendingRect = {};
    }

    QByteArray bytes;
    GifFileType* file = nullptr;
    bool ok = false;
    const QList<QRgb> palette;
    QHash<QRgb, GifByteType> indexes;
    QImage shown; ///< what is seen after all that was written
    QImage pending;
    QRect pendingRect;
    int pendingMilliseconds = 0;
};

GifWriter::GifWriter(QSize size, const QList<QRgb>& palette)
    : d(std::make_unique<Private>(size, palette))
{ }

GifWriter::~GifWriter() = default;

void GifWriter::add(const QImage& image, int milliseconds)
{
    const QImage frame = image.convertToFormat(QImage::Format_RGB32);
    const QRect rect = d->pending.isNull() ? frame.rect() : changedRect(d->pending, frame);
    if (rect.isEmpty()) {
        d->pendingMilliseconds += milliseconds;
        return;
    }
    d->writePending();
    d->pending = frame;
    d->pendingRect = rect;
    d->pendingMilliseconds = milliseconds;
}

qsizetype GifWriter::size() const
{
    return d->bytes.size();
}

QByteArray GifWriter::finish()
{
    d->writePending();
    d->close();
    return d->ok ? d->bytes : QByteArray();
}

} // namespace slotscope::ui
