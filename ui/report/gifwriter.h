// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QImage>
#include <QList>

#include <memory>

namespace slotscope::ui {

/// Colours for pictures that have more: the most frequent ones of `samples`, at most `most`.
QList<QRgb> paletteOf(const QList<QImage>& samples, int most);

/// Writes an animated GIF that repeats for ever, frame by frame. The one place that knows giflib.
class GifWriter final
{
    Q_DISABLE_COPY_MOVE(GifWriter)
public:
    /// `palette`: at most 255 colours, at least one; every pixel becomes the nearest of them.
    GifWriter(QSize size, const QList<QRgb>& palette);
    ~GifWriter();

    /// Shows `image`, which has the size, for so long. Of what is as before only the rectangle that
    /// changed is written; a frame without a change prolongs the one before.
    void add(const QImage& image, int milliseconds);
    /// So many so far.
    qsizetype size() const;
    /// The whole file, once; empty when something went wrong.
    QByteArray finish();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::ui
