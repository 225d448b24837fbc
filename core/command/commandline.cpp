// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/commandline.h"

#include "core/explain/commands.h"

#include <QStringDecoder>

#include <numeric>

namespace slotscope::command {

namespace {

// isspace() of the C locale, which is what redis-cli goes by.
bool isBlank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

// A word without quotes goes on through \v and \f, as in redis-cli.
bool endsBareWord(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

char unescaped(char c)
{
    switch (c) {
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case 'b':
        return '\b';
    case 'a':
        return '\a';
    default:
        return c;
    }
}

class Splitter
{
public:
    explicit Splitter(QByteArray line)
        : m_line(std::move(line))
    { }

    support::Result<Argv> split()
    {
        Argv argv;
        while (true) {
            while (!atEnd() && isBlank(here()))
                ++m_at;
            if (atEnd())
                return argv;
            QByteArray word;
            if (const auto error = readWord(word); !error.isEmpty())
                return support::Error { support::ErrorCode::InvalidInput, error, {} };
            argv.append(word);
        }
    }

private:
    bool atEnd() const { return m_at >= m_line.size(); }
    char here() const { return m_line.at(m_at); }
    char ahead(qsizetype n) const { return m_at + n < m_line.size() ? m_line.at(m_at + n) : '\0'; }

    // Positions are told in characters, counted from 1, as a person would count them.
    int position(qsizetype byte) const
    {
        return static_cast<int>(QString::fromUtf8(m_line.first(byte)).toUcs4().size()) + 1;
    }

    // Appends one argument to `word`; returns what is wrong, in words, or nothing.
    QString readWord(QByteArray& word)
    {
        while (!atEnd() && !endsBareWord(here())) {
            const char c = here();
            if (c != '"' && c != '\'') {
                word.append(c);
                ++m_at;
                continue;
            }
            const qsizetype opened = m_at++;
            const bool closed = c == '"' ? readDoubleQuoted(word) : readSingleQuoted(word);
            if (!closed)
                return explain::unterminatedQuote(position(opened));
            if (!atEnd() && !isBlank(here()))
                return explain::textAfterQuote(position(m_at));
            break; // a closing quote ends the argument
        }
        return {};
    }

    bool readDoubleQuoted(QByteArray& word)
    {
        while (!atEnd()) {
            const char c = here();
            if (c == '\\' && ahead(1) == 'x' && hexDigit(ahead(2)) >= 0
                && hexDigit(ahead(3)) >= 0) {
                word.append(static_cast<char>(hexDigit(ahead(2)) * 16 + hexDigit(ahead(3))));
                m_at += 4;
            } else if (c == '\\' && m_at + 1 < m_line.size()) {
                word.append(unescaped(ahead(1)));
                m_at += 2;
            } else if (c == '"') {
                ++m_at;
                return true;
            } else {
                word.append(c);
                ++m_at;
            }
        }
        return false;
    }

    bool readSingleQuoted(QByteArray& word)
    {
        while (!atEnd()) {
            const char c = here();
            if (c == '\\' && ahead(1) == '\'') {
                word.append('\'');
                m_at += 2;
            } else if (c == '\'') {
                ++m_at;
                return true;
            } else {
                word.append(c);
                ++m_at;
            }
        }
        return false;
    }

    QByteArray m_line;
    qsizetype m_at = 0;
};

bool isPlainWord(const QByteArray& argument, const QString& text)
{
    if (argument.isEmpty())
        return false;
    return std::all_of(text.begin(), text.end(), [](QChar c) {
        return c != u'"' && c != u'\'' && c != u'\\' && !c.isSpace()
            && (c.isPrint() || c.isSurrogate());
    });
}

void appendHex(QString& out, QByteArrayView bytes)
{
    for (const char c : bytes) {
        out += u"\\x";
        out += QString::fromLatin1(QByteArray(1, c).toHex());
    }
}

QString quoted(const QByteArray& argument, bool isUtf8)
{
    QString out(u'"');
    if (!isUtf8) {
        for (const char c : argument) {
            if (c == '"' || c == '\\') {
                out += u'\\';
                out += QLatin1Char(c);
            } else if (c >= ' ' && c < 0x7f) {
                out += QLatin1Char(c);
            } else {
                appendHex(out, QByteArrayView(&c, 1));
            }
        }
        out += u'"';
        return out;
    }
    for (const char32_t c : QString::fromUtf8(argument).toStdU32String()) {
        switch (c) {
        case U'"':
            out += u"\\\"";
            break;
        case U'\\':
            out += u"\\\\";
            break;
        case U'\n':
            out += u"\\n";
            break;
        case U'\r':
            out += u"\\r";
            break;
        case U'\t':
            out += u"\\t";
            break;
        case U'\b':
            out += u"\\b";
            break;
        case U'\a':
            out += u"\\a";
            break;
        default:
            const QString one = QString::fromUcs4(&c, 1);
            if (QChar::isPrint(c))
                out += one;
            else
                appendHex(out, one.toUtf8());
        }
    }
    out += u'"';
    return out;
}

} // namespace

qsizetype byteCount(const Argv& argv)
{
    return std::accumulate(argv.begin(), argv.end(), qsizetype(0),
        [](qsizetype sum, const QByteArray& argument) { return sum + argument.size(); });
}

support::Result<Argv> splitLine(QStringView line)
{
    return Splitter(line.toUtf8()).split();
}

QString joinLine(const Argv& argv)
{
    QStringList words;
    words.reserve(argv.size());
    for (const QByteArray& argument : argv) {
        QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        const QString text = decoder.decode(argument);
        const bool isUtf8 = !decoder.hasError();
        words.append(isUtf8 && isPlainWord(argument, text) ? text : quoted(argument, isUtf8));
    }
    return words.join(u' ');
}

} // namespace slotscope::command
