// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/picture.h"

#include "ui/report/atomicfile.h"
#include "ui/report/picturepainter.h"
#include "ui/report/svgpicture.h"

#include <QBuffer>
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

support::Result<support::Done> savePicturePng(
    const QString& file, const capture::Capture& capture, const PictureOptions& options)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!renderPicture(capture, options).save(&buffer, "PNG"))
        return support::Error { support::ErrorCode::FileError, QStringLiteral("PNG"), file };
    return writeFiles({ { file, bytes } });
}

support::Result<support::Done> savePictureSvg(
    const QString& file, const capture::Capture& capture, const PictureOptions& options)
{
    return writeFiles({ { file, pictureSvg(capture, options) } });
}

} // namespace slotscope::ui
