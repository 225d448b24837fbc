// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/picture.h"

#include "ui/report/picturepainter.h"
#include "ui/report/svgpicture.h"

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

QImage renderPicture(const capture::Capture& capture, const PictureOptions& options, qreal scale)
{
    QImage image(qRound(PictureLayout::width * scale), qRound(PictureLayout::height * scale),
        QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    paintPicture(painter, capture, options);
    return image;
}

QByteArray pictureSvg(const capture::Capture& capture, const PictureOptions& options)
{
    return svgDocument({ PictureLayout::width, PictureLayout::height },
        [&](QPainter& painter) { paintPicture(painter, capture, options); });
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
