// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/codestring.h"

#include <algorithm>

namespace slotscope::explain {

namespace {

QString hex(char32_t c, int digits)
{
    return QStringLiteral("%1").arg(uint(c), digits, 16, QLatin1Char('0'));
}

QString octal(char32_t c)
{
    return QStringLiteral("\\%1").arg(uint(c), 3, 8, QLatin1Char('0'));
}

// Only for what does not print.
QString escaped(CodeLanguage language, char32_t c)
{
    if (c == U'\n')
        return QStringLiteral("\\n");
    if (c == U'\t')
        return QStringLiteral("\\t");
    if (c == U'\r')
        return QStringLiteral("\\r");
    switch (language) {
    case CodeLanguage::Rust:
    case CodeLanguage::Ruby:
    case CodeLanguage::Php:
        return u"\\u{" % hex(c, 4) % u'}';
    case CodeLanguage::JavaScript:
        return c <= 0xffff ? QString(u"\\u" % hex(c, 4)) : QString(u"\\u{" % hex(c, 5) % u'}');
    case CodeLanguage::Java: {
        // \u000a would be a line feed before the compiler looks for strings.
        if (c <= 0xff)
            return octal(c);
        QString units;
        for (const QChar unit : QString::fromUcs4(&c, 1))
            units += u"\\u" % hex(unit.unicode(), 4);
        return units;
    }
    case CodeLanguage::Go:
    case CodeLanguage::Python:
    case CodeLanguage::CSharp:
    case CodeLanguage::Shell: // bash, inside $'...'
        break;
    }
    return c <= 0xffff ? QString(u"\\u" % hex(c, 4)) : QString(u"\\U" % hex(c, 8));
}

// What means something inside double quotes besides the quote and the backslash.
bool isSpecial(CodeLanguage language, char32_t c)
{
    return (language == CodeLanguage::Ruby && c == U'#')
        || (language == CodeLanguage::Php && c == U'$');
}

QString shellWord(const QString& text)
{
    const std::u32string characters = text.toStdU32String();
    const auto isPlain = [](char32_t c) {
        return c < 128
            && (QChar::isLetterOrNumber(c)
                || QStringView(u"._-:/@%+=,").contains(QChar(static_cast<char16_t>(c))));
    };
    if (!characters.empty() && std::all_of(characters.begin(), characters.end(), isPlain))
        return text;
    if (std::all_of(
            characters.begin(), characters.end(), [](char32_t c) { return QChar::isPrint(c); })) {
        QString out = text;
        out.replace(u'\'', QStringLiteral("'\\''"));
        return u'\'' % out % u'\'';
    }
    QString out = QStringLiteral("$'");
    for (const char32_t c : characters) {
        if (c == U'\'' || c == U'\\')
            out += u'\\';
        out += QChar::isPrint(c) ? QString::fromUcs4(&c, 1) : escaped(CodeLanguage::Shell, c);
    }
    return out % u'\'';
}

} // namespace

QString codeLanguageName(CodeLanguage language)
{
    switch (language) {
    case CodeLanguage::Go:
        return QStringLiteral("go");
    case CodeLanguage::Python:
        return QStringLiteral("python");
    case CodeLanguage::JavaScript:
        return QStringLiteral("javascript");
    case CodeLanguage::Java:
        return QStringLiteral("java");
    case CodeLanguage::CSharp:
        return QStringLiteral("csharp");
    case CodeLanguage::Rust:
        return QStringLiteral("rust");
    case CodeLanguage::Ruby:
        return QStringLiteral("ruby");
    case CodeLanguage::Php:
        return QStringLiteral("php");
    case CodeLanguage::Shell:
        return QStringLiteral("shell");
    }
    return {};
}

QString codeString(CodeLanguage language, const QString& text)
{
    if (language == CodeLanguage::Shell)
        return shellWord(text);
    QString out(u'"');
    for (const char32_t c : text.toStdU32String()) {
        if (c == U'"' || c == U'\\' || isSpecial(language, c)) {
            out += u'\\';
            out += QChar(static_cast<char16_t>(c));
        } else if (QChar::isPrint(c)) {
            out += QString::fromUcs4(&c, 1);
        } else {
            out += escaped(language, c);
        }
    }
    return out % u'"';
}

} // namespace slotscope::explain
