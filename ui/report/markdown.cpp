// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/markup.h"

#include <QUrl>

#include <algorithm>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

bool isMarkup(QChar c)
{
    switch (c.unicode()) {
    case u'\\':
    case u'`':
    case u'*':
    case u'_':
    case u'[':
    case u']':
    case u'!':
    case u'|':
    case u'~':
    case u'$':
    case u'^':
    case u'@':
        return true;
    default:
        return false;
    }
}

class MarkdownWriter
{
public:
    MarkdownWriter(const Document& document, const QStringList& pictures)
        : m_document(document)
        , m_pictures(pictures)
    { }

    QByteArray write()
    {
        line(u"# "_s + markdownText(m_document.title));
        line(markdownText(m_document.caption));
        for (const Section& section : m_document.sections) {
            line(u"## "_s + markdownText(section.title));
            for (const Block& block : section.blocks)
                std::visit([this](const auto& content) { add(content); }, block);
        }
        return m_text.toUtf8();
    }

private:
    /// A paragraph of its own.
    void line(const QString& text)
    {
        if (!m_text.isEmpty())
            m_text += u'\n';
        m_text += text + u'\n';
    }

    void add(const Paragraph& paragraph)
    {
        const QString text = markdownText(paragraph.text);
        line(paragraph.isStrong ? QString(u"**"_s + text + u"**"_s) : text);
    }

    void add(const Figure& figure)
    {
        if (m_pictures.isEmpty())
            return;
        const QString file = m_pictures.value(m_figures++);
        const QString target
            = QString::fromLatin1(QUrl::toPercentEncoding(file, "/", "()<>[]!*_~'"));
        line(u"!["_s + markdownText(figure.title) + u"]("_s + target + u')');
        line(markdownText(figure.caption));
    }

    void add(const Table& table)
    {
        QString text;
        const qsizetype columns = table.head.isEmpty()
            ? (table.rows.isEmpty() ? 0 : table.rows.first().size())
            : table.head.size();
        const auto row = [&text](const QStringList& cells) {
            text += u'|';
            for (const QString& cell : cells)
                text += u' ' + markdownText(cell) + u" |"_s;
            text += u'\n';
        };
        row(table.head.isEmpty() ? QStringList(columns, QString()) : table.head);
        text += u'|' + u" --- |"_s.repeated(columns) + u'\n';
        for (const QStringList& cells : table.rows)
            row(cells);
        line(text.chopped(1));
    }

    void add(const RawText& raw)
    {
        line(u"### "_s + markdownText(raw.title));
        // Longer than any run of backticks in it.
        qsizetype longest = 2;
        for (const QString& text : raw.lines) {
            qsizetype run = 0;
            for (const QChar c : text) {
                run = c == u'`' ? run + 1 : 0;
                longest = std::max(longest, run);
            }
        }
        const QString fence(longest + 1, u'`');
        line(fence + u"text\n"_s + raw.lines.join(u'\n') + u'\n' + fence);
    }

    const Document& m_document;
    const QStringList& m_pictures;
    qsizetype m_figures = 0;
    QString m_text;
};

} // namespace

QString markdownText(const QString& text)
{
    QString escaped;
    escaped.reserve(text.size() + text.size() / 8);
    qsizetype digits = 0; // with which the text begins
    while (digits < text.size() && text.at(digits).isDigit())
        ++digits;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c == u'<')
            escaped += u"&lt;"_s;
        else if (c == u'>')
            escaped += u"&gt;"_s;
        else if (c == u'&')
            escaped += u"&amp;"_s;
        else if (isMarkup(c))
            escaped += u'\\' + QString(c);
        else if (i == 0 && (c == u'#' || c == u'-' || c == u'+' || c == u'='))
            escaped += u'\\' + QString(c); // a heading, a list, a rule
        else if (digits > 0 && i == digits && (c == u'.' || c == u')')
            && (i + 1 == text.size() || text.at(i + 1).isSpace()))
            escaped += u'\\' + QString(c); // a numbered list
        else if (c == u':' && text.mid(i, 3) == u"://")
            escaped += u"\\:"_s; // an address does not become a link by itself
        else if (c == u'.' && i >= 3
            && text.mid(i - 3, 3).compare(u"www"_s, Qt::CaseInsensitive) == 0)
            escaped += u"\\."_s;
        else
            escaped += c;
    }
    return escaped;
}

QByteArray toMarkdown(const Document& document, const QStringList& pictures)
{
    return MarkdownWriter(document, pictures).write();
}

} // namespace slotscope::ui
