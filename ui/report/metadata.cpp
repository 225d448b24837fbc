// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/metadata.h"

#include "core/explain/wording.h"

#include <QCoreApplication>
#include <QStringDecoder>
#include <QtEndian>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

// The translation context.
struct MetadataTexts
{
    Q_DECLARE_TR_FUNCTIONS(MetadataTexts)
};

const QByteArray creationDate = QByteArrayLiteral("/CreationDate (D:");

QString chunkText(const QByteArray& type, const QByteArray& data)
{
    const QString name = QString::fromLatin1(type);
    if (type == "pHYs" && data.size() == 9) {
        return name + u": "_s
            + MetadataTexts::tr("%1 × %2 pixels per metre")
                  .arg(qFromBigEndian<quint32>(data.constData()))
                  .arg(qFromBigEndian<quint32>(data.constData() + 4));
    }
    if (type == "tEXt") {
        const qsizetype end = data.indexOf('\0');
        if (end > 0)
            return QString::fromLatin1(data.first(end)) + u": "_s
                + QString::fromLatin1(data.sliced(end + 1));
    }
    return name + u": "_s
        + explain::counted(
            data.size(), MetadataTexts::tr("%1 byte"), MetadataTexts::tr("%1 bytes"));
}

/// A literal string, from behind its opening bracket on; `at` gets to its end.
QString literalAt(const QByteArray& pdf, qsizetype* at)
{
    QByteArray bytes;
    int depth = 0;
    for (; *at < pdf.size(); ++*at) {
        char c = pdf.at(*at);
        if (c == ')' && depth-- == 0)
            break;
        if (c == '(')
            ++depth;
        if (c == '\\' && *at + 1 < pdf.size())
            c = pdf.at(++*at);
        bytes += c;
    }
    if (!bytes.startsWith("\xfe\xff"))
        return QString::fromLatin1(bytes);
    QStringDecoder decoder(QStringDecoder::Utf16BE, QStringDecoder::Flag::Stateless);
    return decoder(bytes.sliced(2));
}

} // namespace

QStringList metadataOfPng(const QByteArray& png)
{
    constexpr qsizetype signature = 8;
    constexpr qsizetype around = 12; // length, type, checksum
    const QByteArrayList ofPicture { "IHDR", "PLTE", "tRNS", "IDAT", "IEND" };
    QStringList lines;
    for (qsizetype at = signature; at + around <= png.size();) {
        const auto size = static_cast<qsizetype>(qFromBigEndian<quint32>(png.constData() + at));
        if (size > png.size() - at - around)
            break;
        const QByteArray type = png.sliced(at + 4, 4);
        if (!ofPicture.contains(type))
            lines.append(chunkText(type, png.sliced(at + 8, size)));
        at += around + size;
    }
    return lines;
}

QStringList metadataOfPdf(const QByteArray& pdf)
{
    // Qt writes the dictionary with a line for each entry; the names are those that there are.
    const QByteArrayList names { "Title", "Author", "Subject", "Keywords", "Creator", "Producer",
        "CreationDate", "ModDate" };
    QStringList lines;
    for (const QByteArray& name : names) {
        const QByteArray begin = "\n/" + name + " (";
        qsizetype at = pdf.indexOf(begin);
        if (at < 0)
            continue;
        at += begin.size();
        lines.append(QString::fromLatin1(name) + u": "_s + literalAt(pdf, &at));
    }
    return lines;
}

void setCreationDate(QByteArray* pdf, const QDateTime& at)
{
    const qsizetype found = pdf->indexOf(creationDate);
    if (!at.isValid() || found < 0)
        return;
    const qsizetype begin = found + creationDate.size();
    const qsizetype size = pdf->indexOf(')', begin) - begin;
    const QByteArray time = at.toUTC().toString(u"yyyyMMddHHmmss"_s).toLatin1();
    for (const char* zone : { "Z", "+00'00'" }) {
        const QByteArray text = time + zone;
        if (text.size() == size)
            pdf->replace(begin, size, text);
    }
}

} // namespace slotscope::ui
