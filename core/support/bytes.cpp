// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/support/bytes.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QUtf8StringView>

using namespace Qt::StringLiterals;

namespace slotscope::support {

namespace {

constexpr QChar ellipsis = u'\u2026';

struct CodePoint
{
    char32_t value = 0;
    int length = 0;
};

/// The code point that starts at `pos`, strictly: no overlong forms, no surrogates.
std::optional<CodePoint> decodeAt(QByteArrayView bytes, qsizetype pos)
{
    const auto byteAt = [&](qsizetype i) { return static_cast<unsigned char>(bytes[i]); };
    const unsigned char first = byteAt(pos);
    if (first < 0x80)
        return CodePoint { first, 1 };
    int length = 0;
    char32_t value = 0;
    char32_t smallest = 0;
    if ((first & 0xe0) == 0xc0) {
        length = 2;
        value = first & 0x1f;
        smallest = 0x80;
    } else if ((first & 0xf0) == 0xe0) {
        length = 3;
        value = first & 0x0f;
        smallest = 0x800;
    } else if ((first & 0xf8) == 0xf0) {
        length = 4;
        value = first & 0x07;
        smallest = 0x10000;
    } else {
        return std::nullopt;
    }
    if (pos + length > bytes.size())
        return std::nullopt;
    for (int i = 1; i < length; ++i) {
        const unsigned char next = byteAt(pos + i);
        if ((next & 0xc0) != 0x80)
            return std::nullopt;
        value = (value << 6) | (next & 0x3f);
    }
    if (value < smallest || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
        return std::nullopt;
    return CodePoint { value, length };
}

QString hexEscape(unsigned char byte)
{
    return u"\\x"_s + QString::number(byte, 16).rightJustified(2, u'0');
}

/// Everything that draws nothing, moves other text about, or means nothing yet. Joiners and soft
/// hyphens count: whoever looks at a key wants to see why it is not the key that it looks like.
bool isInvisible(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

QString visible(char32_t c)
{
    switch (c) {
    case U'\n':
        return u"\\n"_s;
    case U'\r':
        return u"\\r"_s;
    case U'\t':
        return u"\\t"_s;
    default:
        break;
    }
    if (c < 0x80 && isInvisible(c))
        return hexEscape(static_cast<unsigned char>(c));
    if (isInvisible(c)) {
        if (c <= 0xffff)
            return u"\\u"_s + QString::number(uint(c), 16).rightJustified(4, u'0');
        return u"\\U"_s + QString::number(uint(c), 16).rightJustified(8, u'0');
    }
    return QString::fromUcs4(&c, 1);
}

QString quoted(unsigned char byte)
{
    switch (byte) {
    case '"':
        return u"\\\""_s;
    case '\\':
        return u"\\\\"_s;
    case '\n':
        return u"\\n"_s;
    case '\r':
        return u"\\r"_s;
    case '\t':
        return u"\\t"_s;
    case '\a':
        return u"\\a"_s;
    case '\b':
        return u"\\b"_s;
    default:
        break;
    }
    if (byte >= 0x20 && byte < 0x7f)
        return QString(QLatin1Char(static_cast<char>(byte)));
    return hexEscape(byte);
}

/// Collects pieces that must not be torn apart, up to a length that includes the ellipsis.
class LimitedText
{
public:
    explicit LimitedText(qsizetype limit)
        : m_limit(qMax<qsizetype>(limit, 0))
    { }

    /// False when the piece did not fit: the text is cut and complete.
    bool append(const QString& piece)
    {
        if (m_text.size() + piece.size() > m_limit) {
            cut();
            return false;
        }
        // Where the ellipsis has to go if the next piece does not fit.
        if (m_text.size() + piece.size() <= m_limit - 1)
            m_cutAt = m_text.size() + piece.size();
        m_text += piece;
        return true;
    }
    QString text() const { return m_text; }

private:
    void cut()
    {
        m_text.truncate(m_cutAt);
        if (m_limit > 0)
            m_text += ellipsis;
    }

    QString m_text;
    qsizetype m_limit;
    qsizetype m_cutAt = 0;
};

} // namespace

QString toVisibleText(QByteArrayView bytes, qsizetype limit)
{
    LimitedText text(limit);
    for (qsizetype pos = 0; pos < bytes.size();) {
        const std::optional<CodePoint> point = decodeAt(bytes, pos);
        const QString piece
            = point ? visible(point->value) : hexEscape(static_cast<unsigned char>(bytes[pos]));
        pos += point ? point->length : 1;
        if (!text.append(piece))
            break;
    }
    return text.text();
}

QString toVisibleText(QStringView text, qsizetype limit)
{
    return toVisibleText(text.toUtf8(), limit);
}

QString toQuotedText(QByteArrayView bytes, qsizetype limit)
{
    LimitedText text(limit - 2);
    for (const char byte : bytes) {
        if (!text.append(quoted(static_cast<unsigned char>(byte))))
            break;
    }
    return u'"' + text.text() + u'"';
}

QJsonValue toJson(QByteArrayView bytes)
{
    // Readers of JSON, Qt's too, swallow a byte order mark at the start of a string.
    if (QUtf8StringView(bytes.data(), bytes.size()).isValidUtf8()
        && !bytes.startsWith("\xef\xbb\xbf"))
        return QString::fromUtf8(bytes);
    return QJsonObject { { u"base64"_s, QString::fromLatin1(bytes.toByteArray().toBase64()) } };
}

QJsonArray toJson(const QList<QByteArray>& list)
{
    QJsonArray array;
    for (const QByteArray& bytes : list)
        array.append(toJson(bytes));
    return array;
}

QByteArray fromJson(const QJsonValue& value)
{
    if (value.isString())
        return value.toString().toUtf8();
    const QByteArray encoded = value[u"base64"_s].toString().toLatin1();
    const auto decoded
        = QByteArray::fromBase64Encoding(encoded, QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? *decoded : QByteArray();
}

std::optional<int> digitsToInt(QByteArrayView digits)
{
    if (digits.isEmpty() || digits.size() > 9)
        return std::nullopt;
    int number = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9')
            return std::nullopt;
        number = number * 10 + (c - '0');
    }
    return number;
}

bool equalsIgnoreCase(QByteArrayView a, QByteArrayView b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

} // namespace slotscope::support
