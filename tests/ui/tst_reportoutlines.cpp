// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// What a report is made of, as an outline that a reviewer can read: tests/data/outlines. With
// SLOTSCOPE_WRITE_OUTLINES=1 in the environment they are written anew; look at the difference then.

#include "tests/ui/paintfixtures.h"
#include "tests/ui/reportfixtures.h"
#include "ui/report/report.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace slotscope::ui;

namespace slotscope::tests {

using namespace Qt::StringLiterals;

namespace {

/// Lines, of which neighbours that are the same become one with a number.
class Outline
{
public:
    void add(int depth, const QString& text)
    {
        const QString line = QString(depth * 2, u' ') + text.simplified();
        if (!m_lines.isEmpty() && m_lines.last().first == line)
            ++m_lines.last().second;
        else
            m_lines.append({ line, 1 });
    }
    QString text() const
    {
        QString all;
        for (const auto& [line, count] : m_lines)
            all += (count > 1 ? u"%1 x %2"_s.arg(line).arg(count) : line) + u'\n';
        return all;
    }

private:
    QList<std::pair<QString, int>> m_lines;
};

/// The elements, with the words of those that name something. A picture is one of them.
QString htmlOutline(const QByteArray& html)
{
    static const QStringList naming { u"title"_s, u"h1"_s, u"h2"_s, u"h3"_s, u"th"_s,
        u"figcaption"_s };
    static const QStringList passed { u"tbody"_s, u"td"_s, u"meta"_s, u"style"_s, u"span"_s };
    Outline outline;
    QXmlStreamReader reader(html);
    int depth = 0;
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isEndElement())
            --depth;
        if (!reader.isStartElement())
            continue;
        const QString name = reader.name().toString();
        if (naming.contains(name)) {
            outline.add(depth,
                name + u": "_s + reader.readElementText(QXmlStreamReader::IncludeChildElements));
        } else if (name == u"svg") {
            outline.add(depth, u"svg: "_s + reader.attributes().value(u"aria-label"_s));
            reader.skipCurrentElement();
        } else {
            if (!passed.contains(name))
                outline.add(depth, name);
            ++depth;
        }
    }
    return reader.hasError() ? reader.errorString() : outline.text();
}

/// The words in it, in their order.
QString svgOutline(const QByteArray& svg)
{
    Outline outline;
    QXmlStreamReader reader(svg);
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement)
            continue;
        const QString name = reader.name().toString();
        if (name == u"title" || name == u"desc" || name == u"text")
            outline.add(
                0, name + u": "_s + reader.readElementText(QXmlStreamReader::IncludeChildElements));
    }
    return reader.hasError() ? reader.errorString() : outline.text();
}

/// Headings, pictures, heads of tables, and how much of everything else.
QString markdownOutline(const QByteArray& markdown)
{
    Outline outline;
    bool isRaw = false;
    bool isInTable = false;
    for (const QString& line : QString::fromUtf8(markdown).split(u'\n')) {
        const bool isFence = line.startsWith(u"```"_s);
        const bool isTable = !isRaw && line.startsWith(u'|');
        if (isFence && !std::exchange(isRaw, !isRaw))
            outline.add(0, line);
        else if (isFence || isRaw || line.isEmpty() || line.startsWith(u"| ---"_s))
            ;
        else if (line.startsWith(u'#') || line.startsWith(u"!["_s) || (isTable && !isInTable))
            outline.add(0, line);
        else
            outline.add(0, isTable ? u"| ..."_s : u"text"_s);
        isInTable = isTable;
    }
    return outline.text();
}

} // namespace

class TestReportOutlines final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void aReportIsMadeOf_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<capture::Capture>("capture");
        for (const auto& ending : { "html", "svg", "md" }) {
            const auto add = [&](const char* name, const capture::Capture& capture) {
                const QString file = QString::fromLatin1(name) + u'.' + QLatin1String(ending);
                QTest::newRow(qPrintable(file)) << file << capture;
            };
            add("incident", incidentCapture(3, 1, { 1 }));
            add("afterwards", afterwardsCapture());
        }
        QTest::newRow("partial.svg") << u"partial.svg"_s << partialCapture();
    }
    void aReportIsMadeOf()
    {
        QFETCH(QString, name);
        QFETCH(capture::Capture, capture);
        const QTemporaryDir folder;
        ReportOptions options;
        if (!name.endsWith(u"svg"_s)) {
            options.contents.emplace();
            options.contents->rawReplies = true;
        }
        QVERIFY(bool(writeReport(folder.filePath(name), capture, options)));
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray written = file.readAll();
        const QString outline = name.endsWith(u"html"_s) ? htmlOutline(written)
            : name.endsWith(u"svg"_s)                    ? svgOutline(written)
                                                         : markdownOutline(written);
        QFile expected(QFINDTESTDATA("../data/outlines") + u'/' + name + u".txt"_s);
        if (qEnvironmentVariableIsSet("SLOTSCOPE_WRITE_OUTLINES")) {
            QVERIFY(expected.open(QIODevice::WriteOnly));
            expected.write(outline.toUtf8());
            return;
        }
        QVERIFY2(expected.open(QIODevice::ReadOnly), qPrintable(expected.fileName()));
        const QStringList wanted = QString::fromUtf8(expected.readAll()).split(u'\n');
        const QStringList found = outline.split(u'\n');
        for (qsizetype i = 0; i < wanted.size(); ++i)
            QCOMPARE(found.value(i), wanted.at(i));
        QCOMPARE(found.size(), wanted.size());
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestReportOutlines)
#include "tst_reportoutlines.moc"
