// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/markup.h"
#include "ui/report/svgpicture.h"

#include <QPainter>

#include <cmath>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

// Named, so that a text can have its double quotes escaped as well.
QByteArray escaped(const QString& text)
{
    return text.toHtmlEscaped().replace(u'\'', u"&#39;"_s).toUtf8();
}

QByteArray styleOf(const Theme& theme)
{
    const QByteArray text = R"(
:root { color-scheme: %scheme; }
body { margin: 0 auto; padding: 24px; max-width: 1280px; background: %window; color: %text;
  font: 15px/1.45 system-ui, "DejaVu Sans", Verdana, sans-serif; }
h1 { font-size: 26px; margin: 0 0 4px; }
h2 { font-size: 19px; margin: 32px 0 8px; border-bottom: 1px solid %border; padding-bottom: 4px; }
h3 { font-size: 14px; margin: 18px 0 4px; }
.caption, figcaption { color: %muted; font-size: 13px; }
.strong { font-weight: 700; font-size: 17px; }
figure { margin: 8px 0 16px; }
figure.narrow { max-width: 860px; }
figure svg { display: block; width: 100%; height: auto; border: 1px solid %border; border-radius: 6px; }
table { border-collapse: collapse; margin: 8px 0 16px; background: %surface; font-size: 13px; }
th, td { border: 1px solid %border; padding: 4px 8px; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; }
pre { background: %surface; border: 1px solid %border; padding: 8px; font-size: 12px;
  white-space: pre-wrap; overflow-wrap: anywhere; }
@media print {
  body { max-width: none; padding: 0; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  h2, h3, .strong { break-after: avoid; }
  figure, tr { break-inside: avoid; }
  thead { display: table-header-group; }
}
@page { size: A4 landscape; margin: 12mm; }
)";
    QByteArray style = text;
    const auto set = [&style](const char* name, const QColor& color) {
        style.replace(name, color.name().toLatin1());
    };
    style.replace("%scheme", theme.dark ? "dark" : "light");
    set("%window", theme.window);
    set("%text", theme.text);
    set("%border", theme.border);
    set("%muted", theme.mutedText);
    set("%surface", theme.surface);
    return style;
}

class HtmlWriter
{
public:
    explicit HtmlWriter(const Document& document)
        : m_document(document)
    { }

    QByteArray write()
    {
        m_html = "<!DOCTYPE html>\n<html lang=\"en\" "
                 "xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                 "<meta http-equiv=\"Content-Security-Policy\" "
                 "content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n"
                 "<meta name=\"viewport\" content=\"width=device-width\"/>\n"
                 "<meta name=\"generator\" content=\"Slotscope\"/>\n<title>"
            + escaped(m_document.title) + "</title>\n<style>" + styleOf(m_document.theme)
            + "</style>\n</head>\n<body>\n<h1>" + escaped(m_document.title)
            + "</h1>\n<p class=\"caption\">" + escaped(m_document.caption) + "</p>\n";
        for (const Section& section : m_document.sections) {
            m_html += "<section>\n<h2>" + escaped(section.title) + "</h2>\n";
            for (const Block& block : section.blocks)
                std::visit([this](const auto& content) { add(content); }, block);
            m_html += "</section>\n";
        }
        m_html += "</body>\n</html>\n";
        return m_html;
    }

private:
    void add(const Paragraph& paragraph)
    {
        m_html += paragraph.isStrong ? "<p class=\"strong\">" : "<p>";
        m_html += escaped(paragraph.text) + "</p>\n";
    }

    void add(const Figure& figure)
    {
        const QSize size(static_cast<int>(std::ceil(figure.size.width())),
            static_cast<int>(std::ceil(figure.size.height())));
        const Theme& theme = m_document.theme;
        m_html += figure.size.width() < 1200 ? "<figure class=\"narrow\">\n" : "<figure>\n";
        m_html += svgElement(size, figure.title, [&](QPainter& painter) {
            painter.fillRect(QRectF(QPointF(0, 0), QSizeF(size)), theme.window);
            figure.paint(painter);
        });
        m_html += "\n<figcaption>" + escaped(figure.title) + "<br/>" + escaped(figure.caption)
            + "</figcaption>\n</figure>\n";
    }

    void add(const Table& table)
    {
        m_html += "<table>\n";
        if (!table.head.isEmpty()) {
            m_html += "<thead><tr>";
            for (const QString& cell : table.head)
                m_html += "<th scope=\"col\">" + escaped(cell) + "</th>";
            m_html += "</tr></thead>\n";
        }
        m_html += "<tbody>\n";
        for (const QStringList& row : table.rows) {
            m_html += "<tr>";
            for (qsizetype i = 0; i < row.size(); ++i) {
                const bool isName = table.head.isEmpty() && i == 0;
                m_html += isName ? "<th scope=\"row\">" : "<td>";
                m_html += escaped(row.at(i));
                m_html += isName ? "</th>" : "</td>";
            }
            m_html += "</tr>\n";
        }
        m_html += "</tbody>\n</table>\n";
    }

    void add(const RawText& raw)
    {
        m_html += "<h3>" + escaped(raw.title) + "</h3>\n<pre>" + escaped(raw.lines.join(u'\n'))
            + "</pre>\n";
    }

    const Document& m_document;
    QByteArray m_html;
};

} // namespace

QByteArray toHtml(const Document& document)
{
    return HtmlWriter(document).write();
}

} // namespace slotscope::ui
