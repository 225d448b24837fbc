// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/ui/paintfixtures.h"
#include "ui/report/picture.h"
#include "ui/report/picturelayout.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace slotscope;
using namespace slotscope::ui;

namespace slotscope::tests {

class TestPicture final : public QObject
{
    Q_OBJECT

    static PictureInput inputFor(const cluster::Topology& topology)
    {
        PictureInput input;
        input.topology = topology;
        input.headline = { health::Severity::Error,
            QStringLiteral("S02's primary is down: 5461 slots (33.3 %) unserved."),
            QStringLiteral("5 of 6 nodes answered, 2 s ago") };
        input.footer = QStringLiteral("2026-11-23 14:02:40Z");
        return input;
    }

    static QString svgText(const PictureInput& input, bool* isWellFormed)
    {
        const QTemporaryDir folder;
        const QString name = folder.filePath(QStringLiteral("picture.svg"));
        if (!savePictureSvg(name, input))
            return {};
        QFile file(name);
        if (!file.open(QIODevice::ReadOnly))
            return {};
        QString text;
        QXmlStreamReader reader(&file);
        while (!reader.atEnd()) {
            if (reader.readNext() == QXmlStreamReader::Characters)
                text += reader.text();
            else if (reader.isStartElement() && reader.name() == QLatin1String("script"))
                text += QStringLiteral("[script element]");
        }
        *isWellFormed = !reader.hasError();
        return text;
    }

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void hasItsSize()
    {
        const QImage image = renderPicture(inputFor(healthyCluster()));
        QCOMPARE(image.size(), QSize(3200, 1800));
        QCOMPARE(image.devicePixelRatio(), 2.0);
    }

    void isPaintedLightAndDark()
    {
        PictureInput input = inputFor(healthyCluster());
        QCOMPARE(renderPicture(input).pixelColor(3, 3), Theme::light().window);
        input.dark = true;
        QCOMPARE(renderPicture(input).pixelColor(3, 3), Theme::darkTheme().window);
    }

    void ribbonIsColoured()
    {
        const PictureInput input = inputFor(healthyCluster());
        const QImage image = renderPicture(input);
        const QRectF ribbon = PictureLayout::layout(input).ribbon;
        const QPointF inFirst(ribbon.left() + 20, ribbon.center().y() - 8);
        QCOMPARE(image.pixelColor((inFirst * 2).toPoint()), Theme::light().shardColor(0));
    }

    void headlineIsReadableWhenSmall()
    {
        // Shown 480 wide, letters are at least 13 pixels.
        QVERIFY(PictureLayout::headlinePixels * 480 / PictureLayout::width >= 13);
    }

    void headlineTakesTwoLines()
    {
        PictureInput input = inputFor(troubledCluster());
        input.headline.verdict = QStringLiteral("word ").repeated(60);
        const PictureLayout layout = PictureLayout::layout(input);
        QCOMPARE(layout.headlineLines.size(), 2);
        const QFont font = textFont(PictureLayout::headlinePixels, QFont::Bold);
        for (const QString& line : layout.headlineLines)
            QVERIFY(textWidth(line, font) <= layout.headline.width());
        QVERIFY(layout.headlineLines.last().endsWith(QChar(0x2026)));
        input.headline.verdict = QString(300, QLatin1Char('x'));
        QCOMPARE(PictureLayout::layout(input).headlineLines.size(), 1);
    }

    void partialIsSaid()
    {
        QCOMPARE(PictureLayout::layout(inputFor(troubledCluster())).badgeText,
            QStringLiteral("PARTIAL 5/6"));
        QVERIFY(PictureLayout::layout(inputFor(healthyCluster())).badge.isEmpty());
    }

    void silentNodesAreNotWell()
    {
        PictureInput input = inputFor(healthyCluster());
        const QImage before = renderPicture(input);
        input.silent = { nodeId(1) };
        bool isWellFormed = false;
        QVERIFY(svgText(input, &isWellFormed).contains(QStringLiteral("no answer")));
        QVERIFY(isWellFormed);
        QVERIFY(renderPicture(input) != before);
    }

    void partsDoNotOverlap_data()
    {
        QTest::addColumn<bool>("withStory");
        QTest::newRow("still") << false;
        QTest::newRow("with a story") << true;
    }
    void partsDoNotOverlap()
    {
        QFETCH(bool, withStory);
        PictureInput input = inputFor(troubledCluster());
        if (withStory) {
            input.story = movedStory(input.topology);
            input.frame = { 1, 0.5 };
        }
        const PictureLayout layout = PictureLayout::layout(input);
        QCOMPARE(layout.caption.isEmpty(), !withStory);
        QList<QRectF> parts { layout.sign, layout.headline, layout.badge, layout.evidence,
            layout.ribbon, layout.picture, layout.caption, layout.footer };
        parts.removeAll(QRectF());
        for (qsizetype i = 0; i < parts.size(); ++i) {
            QVERIFY(QRectF(0, 0, 1600, 900).contains(parts.at(i)));
            for (qsizetype j = 0; j < i; ++j)
                QVERIFY(!parts.at(i).intersects(parts.at(j)));
        }
        QVERIFY(layout.picture.height() > 300);
    }

    void emptyPictureIsNoCrash()
    {
        QCOMPARE(renderPicture({}).size(), QSize(3200, 1800));
        PictureInput input;
        input.story = movedStory(healthyCluster());
        input.frame = { 2, 0.5 };
        QVERIFY(!renderPicture(input).isNull());
    }

    void svgHasRealText()
    {
        PictureInput input = inputFor(healthyCluster());
        input.story = movedStory(input.topology);
        input.frame = { 0, 0.5 };
        bool isWellFormed = false;
        const QString text = svgText(input, &isWellFormed);
        QVERIFY(isWellFormed);
        for (const auto& wanted : { "S03", ":30005", "5461 slots, 33.3 %", "this computer",
                 "GET user:2935", "1738 -> ?", "2026-11-23 14:02:40Z" })
            QVERIFY2(text.contains(QLatin1String(wanted)), wanted);
    }

    void svgEscapesHostileText()
    {
        auto data = evenCluster(2);
        data.nodes[0].address.host = QStringLiteral("<script>x</script>&\u202e\x01");
        data.nodes[1].address.host = QStringLiteral("\"'>]]>");
        PictureInput input = inputFor(cluster::Topology::build(data));
        input.headline.verdict = QStringLiteral("<script>alert(1)</script>\uffff");
        input.footer = QStringLiteral("</text></svg>");
        bool isWellFormed = false;
        const QString text = svgText(input, &isWellFormed);
        QVERIFY(isWellFormed);
        QVERIFY(!text.contains(QLatin1String("[script element]")));
        QVERIFY(text.contains(QLatin1String("<script>alert(1)</script>")));
        QVERIFY(text.contains(QLatin1String("</text></svg>")));
        QVERIFY(!text.contains(QChar(0x202e)));
    }

    void savesPng()
    {
        const QTemporaryDir folder;
        const QString name = folder.filePath(QStringLiteral("picture.png"));
        QVERIFY(bool(savePicturePng(name, inputFor(healthyCluster()))));
        QCOMPARE(QImage(name).size(), QSize(3200, 1800));
        const auto failed = savePicturePng(
            folder.filePath(QStringLiteral("no/such/folder.png")), inputFor(healthyCluster()));
        QVERIFY(!failed);
        QCOMPARE(failed.error().code, support::ErrorCode::FileError);
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestPicture)
#include "tst_picture.moc"
