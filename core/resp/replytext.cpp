// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/resp/replytext.h"

#include "core/explain/answers.h"
#include "core/resp/replyformat.h"
#include "core/support/bytes.h"

#include <QJsonDocument>
#include <QStringDecoder>

#include <cmath>

using namespace Qt::StringLiterals;

namespace slotscope::resp {

namespace {

QString aggregateName(Type type)
{
    switch (type) {
    case Type::Set:
        return u"set"_s;
    case Type::Map:
        return u"map"_s;
    case Type::Push:
        return u"push"_s;
    default:
        return u"array"_s;
    }
}

bool isUtf8(QByteArrayView bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(bytes);
    return !decoder.hasError();
}

bool isText(const Reply& reply)
{
    return (reply.type() == Type::String || reply.type() == Type::Status
               || reply.type() == Type::Verbatim)
        && isUtf8(reply.text());
}

/// Indented JSON, written until it has become too long.
class JsonWriter
{
public:
    explicit JsonWriter(qsizetype limit)
        : m_limit(limit)
    { }

    BoundedText write(const Reply& reply)
    {
        add(reply, 0);
        if (m_text.size() > m_limit)
            m_text.truncate(m_limit);
        return { m_text, m_isCut };
    }

    /// `document` is valid JSON: its own tokens, on lines of their own.
    BoundedText reindent(QByteArrayView document)
    {
        const QString source = QString::fromUtf8(document);
        int depth = 0;
        bool inString = false;
        for (qsizetype i = 0; i < source.size() && !isFull(); ++i) {
            const QChar c = source[i];
            if (inString) {
                put(c);
                if (c == u'\\' && i + 1 < source.size())
                    put(source[++i]);
                else if (c == u'"')
                    inString = false;
            } else if (c == u'"') {
                inString = true;
                put(c);
            } else if (c == u'{' || c == u'[') {
                qsizetype next = i + 1;
                while (next < source.size() && source[next].isSpace())
                    ++next;
                put(c);
                if (next < source.size() && (source[next] == u'}' || source[next] == u']')) {
                    put(source[next]);
                    i = next;
                } else {
                    newLine(++depth);
                }
            } else if (c == u'}' || c == u']') {
                newLine(--depth);
                put(c);
            } else if (c == u',') {
                put(c);
                newLine(depth);
            } else if (c == u':') {
                m_text += u": "_s;
            } else if (!c.isSpace()) {
                put(c);
            }
        }
        return { m_text, m_isCut };
    }

private:
    bool isFull()
    {
        m_isCut = m_isCut || m_text.size() > m_limit;
        return m_isCut;
    }

    /// What could hide or turn round text is escaped, as JSON allows for every character.
    void put(QChar c)
    {
        const ushort code = c.unicode();
        const bool isOdd = code == 0x7f || (code >= 0x80 && code < 0xa0)
            || (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e)
            || (code >= 0x2060 && code <= 0x206f) || code == 0xfeff;
        if (isOdd)
            m_text += u"\\u"_s + QString::number(code, 16).rightJustified(4, u'0');
        else
            m_text += c;
    }

    void newLine(int depth) { m_text += u'\n' + QString(2 * depth, u' '); }

    void addString(QByteArrayView bytes)
    {
        m_text += u'"';
        // Nobody reads on for longer, and the escapes of what is cut would be work for nothing.
        const QString text = QString::fromUtf8(bytes.first(qMin(bytes.size(), 4 * m_limit)));
        for (const QChar c : text) {
            if (isFull())
                break;
            if (c == u'"' || c == u'\\')
                m_text += u'\\' + QString(c);
            else if (c == u'\n')
                m_text += u"\\n"_s;
            else if (c == u'\r')
                m_text += u"\\r"_s;
            else if (c == u'\t')
                m_text += u"\\t"_s;
            else if (c.unicode() < 0x20)
                m_text += u"\\u"_s + QString::number(c.unicode(), 16).rightJustified(4, u'0');
            else
                put(c);
        }
        m_text += u'"';
    }

    void addBytes(QByteArrayView bytes)
    {
        if (isUtf8(bytes))
            return addString(bytes);
        m_text += u"{ \"base64\": \""_s
            + QString::fromLatin1(bytes.first(qMin(bytes.size(), m_limit)).toByteArray().toBase64())
            + u"\" }"_s;
    }

    void add(const Reply& reply, int depth)
    {
        switch (reply.type()) {
        case Type::Null:
            m_text += u"null"_s;
            break;
        case Type::Integer:
            m_text += QString::number(reply.toInteger());
            break;
        case Type::Boolean:
            m_text += reply.toBoolean() ? u"true"_s : u"false"_s;
            break;
        case Type::Double:
            addDouble(reply);
            break;
        case Type::Error:
            m_text += u"{ \"error\": "_s;
            addBytes(reply.text());
            m_text += u" }"_s;
            break;
        case Type::String:
        case Type::Status:
        case Type::BigNumber:
        case Type::Verbatim:
            addBytes(reply.text());
            break;
        case Type::Array:
        case Type::Set:
        case Type::Push:
            addList(reply, depth);
            break;
        case Type::Map:
            addMap(reply, depth);
            break;
        }
    }

    void addDouble(const Reply& reply)
    {
        bool ok = false;
        const double value = reply.text().toDouble(&ok);
        if (ok && std::isfinite(value))
            m_text += QString::fromLatin1(reply.text());
        else
            addBytes(reply.text());
    }

    void addList(const Reply& reply, int depth)
    {
        m_text += u'[';
        bool isFirst = true;
        for (const Reply& child : reply) {
            if (isFull())
                return;
            if (!std::exchange(isFirst, false))
                m_text += u',';
            newLine(depth + 1);
            add(child, depth + 1);
        }
        if (!isFirst)
            newLine(depth);
        m_text += u']';
    }

    void addMap(const Reply& reply, int depth)
    {
        bool isObject = true;
        qsizetype i = 0;
        for (const Reply& child : reply)
            isObject = isObject && (i++ % 2 == 1 || isText(child));
        m_text += isObject ? u'{' : u'[';
        i = 0;
        for (const Reply& child : reply) {
            if (isFull())
                return;
            const bool isKey = i % 2 == 0;
            if (isKey) {
                if (i > 0)
                    m_text += u',';
                newLine(depth + 1);
                if (!isObject)
                    m_text += u"[ "_s;
            } else {
                m_text += isObject ? u": "_s : u", "_s;
            }
            add(child, depth + 1);
            if (!isKey && !isObject)
                m_text += u" ]"_s;
            ++i;
        }
        if (i > 0)
            newLine(depth);
        m_text += isObject ? u'}' : u']';
    }

    const qsizetype m_limit;
    QString m_text;
    bool m_isCut = false;
};

bool looksLikeJson(QByteArrayView text)
{
    const QByteArrayView trimmed = text.trimmed();
    return trimmed.startsWith('{') || trimmed.startsWith('[');
}

} // namespace

QString summaryLine(const Reply& reply, qsizetype maxText)
{
    if (!reply.isAggregate()) {
        if (reply.type() == Type::Verbatim)
            return support::toVisibleText(reply.text(), maxText);
        return toDisplayText(reply, 1, maxText);
    }
    const QString name = aggregateName(reply.type());
    if (reply.size() == 0)
        return u"(empty %1)"_s.arg(name);
    const qsizetype size = reply.type() == Type::Map ? reply.size() / 2 : reply.size();
    return explain::aggregateOf(name, size);
}

BoundedText toReadableJson(const Reply& reply, qsizetype limit)
{
    if (isText(reply) && reply.text().size() <= 4 * limit && looksLikeJson(reply.text())) {
        QJsonParseError error;
        QJsonDocument::fromJson(reply.toByteArray(), &error);
        if (error.error == QJsonParseError::NoError)
            return JsonWriter(limit).reindent(reply.text());
    }
    return JsonWriter(limit).write(reply);
}

BoundedText toReadableText(const Reply& reply, qsizetype limit)
{
    if (reply.isAggregate()) {
        // Fifty thousand lines are more than anybody reads; the tree has them all.
        const QString text = toDisplayText(reply, 50'000, 4096);
        return { text.left(limit), text.size() > limit || text.endsWith(u'…') };
    }
    if (reply.text().isEmpty())
        return { toDisplayText(reply), false };
    BoundedText result;
    QByteArrayView rest = reply.text();
    while (true) {
        const qsizetype end = rest.indexOf('\n');
        QByteArrayView line = end < 0 ? rest : rest.first(end);
        if (line.endsWith('\r'))
            line.chop(1);
        const qsizetype room = limit - result.text.size();
        if (room <= 0) {
            result.isCut = true;
            break;
        }
        result.isCut = line.size() > room;
        result.text += support::toVisibleText(line, room);
        if (end < 0 || result.isCut)
            break;
        result.text += u'\n';
        rest = rest.sliced(end + 1);
    }
    return result;
}

QString hexLine(QByteArrayView bytes, qsizetype offset)
{
    QString line = QString::number(offset, 16).rightJustified(8, u'0') + u' ';
    QString printable;
    for (qsizetype i = 0; i < 16; ++i) {
        if (i == 8)
            line += u' ';
        if (offset + i >= bytes.size()) {
            line += u"   "_s;
            continue;
        }
        const auto byte = static_cast<uchar>(bytes[offset + i]);
        line += u' ' + QString::number(byte, 16).rightJustified(2, u'0');
        printable += byte >= 0x20 && byte < 0x7f ? QLatin1Char(static_cast<char>(byte))
                                                 : QLatin1Char('.');
    }
    return line + u"  |"_s + printable + u'|';
}

} // namespace slotscope::resp
