// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/resp/replyformat.h"

#include "core/resp/replybuilder.h"
#include "core/support/bytes.h"

#include <QJsonArray>
#include <QLocale>
#include <QStringList>

#include <cmath>

using namespace Qt::StringLiterals;

namespace slotscope::resp {

namespace {

struct TypeName
{
    Type type;
    QLatin1StringView name;
};
constexpr TypeName typeNames[] = {
    { Type::Null, "null"_L1 },
    { Type::String, "string"_L1 },
    { Type::Status, "status"_L1 },
    { Type::Error, "error"_L1 },
    { Type::Integer, "integer"_L1 },
    { Type::Double, "double"_L1 },
    { Type::Boolean, "boolean"_L1 },
    { Type::BigNumber, "bignum"_L1 },
    { Type::Verbatim, "verbatim"_L1 },
    { Type::Array, "array"_L1 },
    { Type::Set, "set"_L1 },
    { Type::Map, "map"_L1 },
    { Type::Push, "push"_L1 },
};

QLatin1StringView nameOf(Type type)
{
    for (const TypeName& entry : typeNames) {
        if (entry.type == type)
            return entry.name;
    }
    return "null"_L1;
}

Type typeOf(const QString& name)
{
    for (const TypeName& entry : typeNames) {
        if (entry.name == name)
            return entry.type;
    }
    return Type::Null;
}

QJsonValue doubleValue(QByteArrayView text)
{
    bool ok = false;
    const double value = text.toDouble(&ok);
    if (ok && std::isfinite(value))
        return value;
    return QString::fromLatin1(text);
}

QJsonArray childrenOf(const Reply& reply)
{
    QJsonArray children;
    if (reply.type() != Type::Map) {
        for (const Reply& child : reply)
            children.append(toJson(child));
        return children;
    }
    QJsonArray pair;
    for (const Reply& child : reply) {
        pair.append(toJson(child));
        if (pair.size() == 2) {
            children.append(pair);
            pair = {};
        }
    }
    return children;
}

QByteArray doubleText(const QJsonValue& value)
{
    if (value.isDouble())
        return QByteArray::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    return value.toString().toLatin1();
}

void addFromJson(ReplyBuilder& builder, const QJsonObject& object);

void addMapFromJson(ReplyBuilder& builder, const QJsonArray& pairs)
{
    builder.openAggregate(Type::Map, static_cast<quint32>(pairs.size() * 2));
    for (const QJsonValue& pair : pairs) {
        addFromJson(builder, pair[0].toObject());
        addFromJson(builder, pair[1].toObject());
    }
}

void addFromJson(ReplyBuilder& builder, const QJsonObject& object)
{
    const QJsonValue value = object[u"value"_s];
    const Type type = typeOf(object[u"type"_s].toString());
    switch (type) {
    case Type::Null:
        builder.addNull();
        break;
    case Type::String:
    case Type::Status:
    case Type::Error:
        builder.addText(type, support::fromJson(value));
        break;
    case Type::Integer:
        builder.addInteger(value.toInteger());
        break;
    case Type::Double:
        builder.addText(type, doubleText(value));
        break;
    case Type::Boolean:
        builder.addBoolean(value.toBool());
        break;
    case Type::BigNumber:
        builder.addText(type, value.toString().toLatin1());
        break;
    case Type::Verbatim:
        builder.addVerbatim(support::fromJson(object[u"format"_s]), support::fromJson(value));
        break;
    case Type::Map:
        addMapFromJson(builder, value.toArray());
        break;
    case Type::Array:
    case Type::Set:
    case Type::Push: {
        const QJsonArray children = value.toArray();
        builder.openAggregate(type, static_cast<quint32>(children.size()));
        for (const QJsonValue& child : children)
            addFromJson(builder, child.toObject());
        break;
    }
    }
}

/// Writes a reply in the layout of redis-cli on a terminal, line after line.
class DisplayWriter
{
public:
    DisplayWriter(int maxLines, qsizetype maxText, qsizetype maxTotal)
        : m_maxLines(maxLines)
        , m_maxText(maxText)
        , m_left(maxTotal)
    { }

    QString write(const Reply& reply)
    {
        add(reply, {});
        m_lines.append(m_line);
        if (m_cut || m_lines.size() > m_maxLines) {
            m_lines.resize(qMin<qsizetype>(m_lines.size(), qMax(m_maxLines, 0)));
            if (!m_lines.isEmpty())
                m_lines.last() = QString(u'\u2026');
        }
        return m_lines.join(u'\n');
    }

private:
    void endLine()
    {
        m_left -= m_line.size() + 1;
        m_lines.append(m_line);
        m_line.clear();
        // One more than fits, so that write() sees that something is missing.
        m_cut = m_lines.size() > m_maxLines || m_left < 0;
    }

    void add(const Reply& reply, const QString& indent)
    {
        switch (reply.type()) {
        case Type::Null:
            m_line += u"(nil)"_s;
            break;
        case Type::String:
            m_line += support::toQuotedText(reply.text(), m_maxText);
            break;
        case Type::Status:
            m_line += support::toVisibleText(reply.text(), m_maxText);
            break;
        case Type::Error:
            m_line += u"(error) "_s + support::toVisibleText(reply.text(), m_maxText);
            break;
        case Type::Integer:
            m_line += u"(integer) "_s + QString::number(reply.toInteger());
            break;
        case Type::Double:
            m_line += u"(double) "_s + support::toVisibleText(reply.text(), m_maxText);
            break;
        case Type::Boolean:
            m_line += reply.toBoolean() ? u"(true)"_s : u"(false)"_s;
            break;
        case Type::BigNumber:
            m_line += support::toVisibleText(reply.text(), m_maxText);
            break;
        case Type::Verbatim:
            addVerbatim(reply.text(), indent);
            break;
        case Type::Array:
            addAggregate(reply, indent, u')', u"(empty array)"_s);
            break;
        case Type::Push:
            addAggregate(reply, indent, u')', u"(empty push)"_s);
            break;
        case Type::Set:
            addAggregate(reply, indent, u'~', u"(empty set)"_s);
            break;
        case Type::Map:
            addAggregate(reply, indent, u'#', u"(empty hash)"_s);
            break;
        }
    }

    /// Text that is meant to be read: its line ends are line ends.
    void addVerbatim(QByteArrayView text, const QString& indent)
    {
        while (!m_cut) {
            const qsizetype lineEnd = text.indexOf('\n');
            QByteArrayView line = lineEnd < 0 ? text : text.first(lineEnd);
            if (line.endsWith('\r'))
                line.chop(1);
            m_line += support::toVisibleText(line, m_maxText);
            // A line end at the very end begins no line.
            if (lineEnd < 0 || lineEnd + 1 == text.size())
                return;
            text = text.sliced(lineEnd + 1);
            endLine();
            m_line = indent;
        }
    }

    void addAggregate(const Reply& reply, const QString& indent, QChar mark, const QString& ifEmpty)
    {
        if (reply.size() == 0) {
            m_line += ifEmpty;
            return;
        }
        const bool isMap = reply.type() == Type::Map;
        const qsizetype entries = isMap ? reply.size() / 2 : reply.size();
        const qsizetype width = QString::number(entries).size();
        const QString childIndent = indent + QString(width + 2, u' ');
        qsizetype i = 0;
        for (const Reply& child : reply) {
            if (isMap && i % 2 == 1) {
                m_line += u" => "_s;
            } else {
                if (i > 0) {
                    endLine();
                    if (m_cut)
                        return;
                    m_line = indent;
                }
                const qsizetype number = (isMap ? i / 2 : i) + 1;
                m_line += QString::number(number).rightJustified(width) + mark + u' ';
            }
            add(child, childIndent);
            if (m_cut)
                return;
            ++i;
        }
    }

    QStringList m_lines;
    QString m_line;
    int m_maxLines;
    qsizetype m_maxText;
    qsizetype m_left; ///< characters
    bool m_cut = false;
};

} // namespace

QJsonObject toJson(const Reply& reply)
{
    QJsonObject object { { u"type"_s, QString(nameOf(reply.type())) } };
    QJsonValue value;
    switch (reply.type()) {
    case Type::Null:
        break;
    case Type::String:
    case Type::Status:
    case Type::Error:
        value = support::toJson(reply.text());
        break;
    case Type::Integer:
        value = reply.toInteger();
        break;
    case Type::Double:
        value = doubleValue(reply.text());
        break;
    case Type::Boolean:
        value = reply.toBoolean();
        break;
    case Type::BigNumber:
        value = QString::fromLatin1(reply.text());
        break;
    case Type::Verbatim:
        value = support::toJson(reply.text());
        object.insert(u"format"_s, support::toJson(reply.verbatimFormat()));
        break;
    case Type::Array:
    case Type::Set:
    case Type::Map:
    case Type::Push:
        value = childrenOf(reply);
        break;
    }
    object.insert(u"value"_s, value);
    return object;
}

Reply replyFromJson(const QJsonObject& object)
{
    ReplyBuilder builder;
    addFromJson(builder, object);
    return builder.take();
}

QString toDisplayText(const Reply& reply, int maxLines, qsizetype maxText, qsizetype maxTotal)
{
    return DisplayWriter(maxLines, maxText, maxTotal).write(reply);
}

} // namespace slotscope::resp
