// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/svgpicture.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QPainter>
#include <QSvgGenerator>

namespace slotscope::ui {

namespace {

/// Every family gets a successor. In a text no quotes are left, so that nothing else looks so.
void addFallbackFonts(QByteArray* svg)
{
    const QByteArray attribute = "font-family=\"";
    QByteArray result;
    result.reserve(svg->size() + svg->size() / 16);
    qsizetype copied = 0;
    for (qsizetype at = svg->indexOf(attribute); at >= 0; at = svg->indexOf(attribute, copied)) {
        const qsizetype begin = at + attribute.size();
        const qsizetype end = svg->indexOf('"', begin);
        if (end < 0)
            break;
        const QByteArrayView family = QByteArrayView(*svg).sliced(begin, end - begin);
        result.append(QByteArrayView(*svg).sliced(copied, begin - copied));
        result.append('\'').append(family).append('\'');
        result.append(
            family.toByteArray().toLower().contains("mono") ? ", monospace" : ", sans-serif");
        copied = end;
    }
    result.append(QByteArrayView(*svg).sliced(copied));
    *svg = result;
}

} // namespace

QByteArray svgDocument(QSize size, const std::function<void(QPainter&)>& paint)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QSvgGenerator generator;
        generator.setOutputDevice(&buffer);
        generator.setSize(size);
        generator.setViewBox(QRect(QPoint(0, 0), size));
        generator.setResolution(96); // of CSS: it writes millimetres
        generator.setTitle(QStringLiteral("Slotscope"));
        generator.setDescription(
            QCoreApplication::translate("ReportTexts", "A picture made by Slotscope"));
        QPainter painter(&generator);
        paint(painter);
    }
    addFallbackFonts(&bytes);
    return bytes;
}

QByteArray svgElement(QSize size, const QString& label, const std::function<void(QPainter&)>& paint)
{
    const QByteArray document = svgDocument(size, paint);
    // Without the prologue, and with a size of its own.
    const qsizetype begin = document.indexOf("<svg");
    const qsizetype end = begin < 0 ? -1 : document.indexOf('>', begin);
    if (end < 0)
        return {};
    const QByteArray view
        = QByteArray::number(size.width()) + ' ' + QByteArray::number(size.height());
    return "<svg viewBox=\"0 0 " + view + "\" width=\"100%\" role=\"img\" aria-label=\""
        + label.toHtmlEscaped().toUtf8() + "\" "
        + "xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">"
        + document.mid(end + 1);
}

} // namespace slotscope::ui
