// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/picture.h"

#include "ui/report/picturepainter.h"

#include <QBuffer>
#include <QImageWriter>
#include <QPainter>

namespace slotscope::ui {

void paintPicture(QPainter& painter, const capture::Capture& capture, const PictureOptions& options)
{
    const Incident incident = Incident::of(capture);
    paintPicture(
        painter, capture, incident, PictureLayout::layout(capture, incident, options), options);
}

QByteArray toPng(const QImage& image)
{
    // The first of zlib's levels: the default takes nearly twice as long for a sixth less.
    constexpr int compression = 20; // of 100
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, "png");
    writer.setCompression(compression);
    return !image.isNull() && writer.write(image) ? bytes : QByteArray();
}

} // namespace slotscope::ui
