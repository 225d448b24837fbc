// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/ui/paintfixtures.h"
#include "tests/ui/reportfixtures.h"
#include "ui/report/picture.h"
#include "ui/report/picturefonts.h"
#include "ui/report/picturelayout.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"

#include <QFile>
#include <QTest>
#include <QXmlStreamReader>

using namespace slotscope;
using namespace slotscope::ui;

namespace slotscope::tests {

using namespace Qt::StringLiterals;

class TestPicture final : public QObject
{
    Q_OBJECT

    static PictureLayout layoutOf(
        const capture::Capture& capture, const PictureOptions& options = {})
    {
        return PictureLayout::layout(capture, Incident::of(capture), options);
    }

    static QString svgText(const QByteArray& svg, bool* isWellFormed)
    {
        QString text;
        QXmlStreamReader reader(svg);
        while (!reader.atEnd()) {
            if (reader.readNext() == QXmlStreamReader::Characters)
                text += reader.text();
            else if (reader.isStartElement() && reader.name() == "script"_L1)
                text += u"[script element]"_s;
        }
        *isWellFormed = !reader.hasError();
        return text;
    }

    static QStringList textsOf(const QList<PictureLayout::Line>& lines)
    {
        QStringList texts;
        for (const PictureLayout::Line& line : lines)
            texts.append(line.text);
        return texts;
    }

    static QList<QRectF> partsOf(const PictureLayout& layout)
    {
        QList<QRectF> parts { layout.sign, layout.headline, layout.badge.rect, layout.evidence.rect,
            layout.ribbon, layout.picture, layout.caption.rect, layout.tilesTitle.rect,
            layout.timelineTitle.rect, layout.recording.rect, layout.moreRows.rect };
        if (!layout.tiles.cards.isEmpty())
            parts.append(layout.tiles.bounds);
        for (const PictureLayout::Pair& pair : layout.pairs)
            parts.append(pair.rect);
        for (const PictureLayout::Row& row : layout.rows)
            parts.append(row.rect);
        for (const PictureLayout::Mark& mark : layout.marks)
            parts.append(mark.line.rect);
        for (const PictureLayout::Line& line : layout.footer)
            parts.append(line.rect);
        parts.removeIf([](const QRectF& rect) { return rect.isEmpty(); });
        return parts;
    }

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void hasItsSize()
    {
        const QImage image = renderPicture(healthyCapture());
        QCOMPARE(image.size(), QSize(3200, 1800));
        QCOMPARE(image.devicePixelRatio(), 2.0);
        QCOMPARE(renderPicture(healthyCapture(), {}, 1).size(), QSize(1600, 900));
    }

    void isPaintedLightAndDark()
    {
        PictureOptions options;
        QCOMPARE(
            renderPicture(healthyCapture(), options, 1).pixelColor(3, 3), Theme::light().window);
        options.dark = true;
        QCOMPARE(renderPicture(healthyCapture(), options, 1).pixelColor(3, 3),
            Theme::darkTheme().window);
    }

    void ribbonIsColoured()
    {
        const QImage image = renderPicture(healthyCapture());
        const QRectF ribbon = layoutOf(healthyCapture()).ribbon;
        const QPointF inFirst(ribbon.left() + 20, ribbon.center().y() - 8);
        QCOMPARE(image.pixelColor((inFirst * 2).toPoint()), Theme::light().shardColor(0));
    }

    void headlineIsReadableWhenSmall()
    {
        // Shown 480 wide, letters are at least 12 pixels.
        QVERIFY(PictureLayout::leastHeadlinePixels * 480 / PictureLayout::width >= 12);
    }

    void headlineIsWholeWithItsImpact_data()
    {
        QTest::addColumn<int>("shards");
        QTest::addColumn<int>("failing");
        QTest::newRow("1 of 3") << 3 << 1;
        QTest::newRow("3 of 40") << 40 << 3;
        QTest::newRow("100 of 100") << 100 << 100;
    }
    void headlineIsWholeWithItsImpact()
    {
        QFETCH(int, shards);
        QFETCH(int, failing);
        QList<int> list;
        for (int i = 0; i < failing; ++i)
            list.append(i);
        const PictureLayout layout = layoutOf(incidentCapture(shards, 1, list));
        QVERIFY(layout.headlineLines.last().endsWith(u"unserved."_s));
        QVERIFY(layout.headlinePixels >= PictureLayout::leastHeadlinePixels);
        // No word stands alone below the others.
        if (layout.headlineLines.size() > 1) {
            const QFont font = headlineFont(layout.headlinePixels);
            QVERIFY2(textWidth(layout.headlineLines.last(), font)
                    > textWidth(layout.headlineLines.first(), font) / 2,
                qPrintable(layout.headlineLines.join(u'|')));
        }
        for (const QString& line : layout.headlineLines)
            QVERIFY(
                textWidth(line, headlineFont(layout.headlinePixels)) <= layout.headline.width());
    }

    void partialIsSaid()
    {
        QCOMPARE(layoutOf(partialCapture()).badge.text, u"PARTIAL 118/120"_s);
        // One node has told its view of all: that is a part, too.
        capture::Capture capture = healthyCapture();
        QVERIFY(!layoutOf(capture).badge.isEmpty());
        cluster::TopologyData data = capture.topology.data();
        data.viewsAsked = data.viewsAnswered = static_cast<int>(data.nodes.size());
        capture.topology = cluster::Topology::build(data);
        QVERIFY(layoutOf(capture).badge.isEmpty());
    }

    void affectedShardsAreLargeBeforeAndNow()
    {
        const PictureLayout layout = layoutOf(incidentCapture(3, 1, { 1 }));
        QCOMPARE(layout.pairs.size(), 1);
        const PictureLayout::Pair& pair = layout.pairs.first();
        QVERIFY(pair.before && pair.now);
        QCOMPARE(pair.before->nodes.first().status, u"primary"_s);
        QCOMPARE(pair.now->nodes.first().status, u"primary: down"_s);
        QCOMPARE(pair.now->nodes.at(1).status, u"replica: link to its primary down"_s);
        QCOMPARE(pair.beforeText.text, u"before, 13:52:10Z"_s);
        QCOMPARE(pair.nowText.text, u"now, 14:07:41Z"_s);
        QVERIFY(!pair.arrow.isEmpty());
        const QString said = textsOf(pair.saidBy).join(u' ');
        QVERIFY2(said.contains(u"down, say all 5 views"_s)
                && said.contains(u"from this computer: connection refused"_s),
            qPrintable(said));
        // The others are tiles, and no card is there twice.
        QCOMPARE(layout.tiles.cards.size(), 2);
        for (const Card& card : layout.tiles.cards)
            QVERIFY(card.detail != Detail::Full && card.title != u"S02"_s);
        QVERIFY(layout.picture.isEmpty());
    }

    void whatAFindingTellsIsAffected()
    {
        capture::Capture capture = healthyCapture();
        capture.findings
            = { { health::Severity::Warning, health::FindingCode::PrimaryWithoutReplica,
                u"S02 has no working replica."_s, {}, { nodeId(1) }, {}, {} } };
        const PictureLayout layout = layoutOf(capture);
        QCOMPARE(layout.pairs.size(), 1);
        QCOMPARE(layout.pairs.first().now->title, u"S02"_s);
        QCOMPARE(textsOf(layout.pairs.first().saidBy).join(u' '), u"S02 has no working replica."_s);
    }

    void anOldPrimaryIsSaidToBeOne()
    {
        capture::Capture capture = afterwardsCapture();
        cluster::TopologyData data = capture.topology.data();
        data.nodes[2].role = cluster::Role::Primary;
        data.nodes[2].primaryId = {};
        data.nodes[2].health = cluster::Health::Fail;
        for (cluster::Shard& shard : data.shards)
            shard.replicaIds.removeAll(nodeId(1));
        capture.topology = cluster::Topology::build(data);
        const Incident incident = Incident::of(capture);
        const auto old = std::find_if(incident.affected.begin(), incident.affected.end(),
            [](const Incident::Affected& affected) {
                return affected.now && affected.now->kind == Card::Kind::LooseNode;
            });
        QVERIFY(old != incident.affected.end());
        QCOMPARE(old->beforeText, u"primary of S02 at 13:52:10Z"_s);
    }

    void whatIsWrongComesBeforeARedirect()
    {
        PictureOptions options;
        options.story = movedStory(healthyCluster());
        options.frame = { 1, 0.5 };
        QVERIFY(!layoutOf(healthyCapture(), options).caption.isEmpty());
        const PictureLayout layout = layoutOf(incidentCapture(3, 1, { 1 }), options);
        QVERIFY(layout.caption.isEmpty());
        QCOMPARE(layout.pairs.size(), 1);
    }

    void suspicionIsNoFailure()
    {
        const PictureLayout layout = layoutOf(partialCapture());
        QCOMPARE(layout.pairs.first().now->title, u"S18"_s);
        const QString said = textsOf(layout.pairs.first().saidBy).join(u' ');
        QVERIFY2(said.contains(u"suspected, say all 117 views"_s), qPrintable(said));
    }

    void whoTookOverIsTold()
    {
        const PictureLayout layout = layoutOf(afterwardsCapture());
        QCOMPARE(layout.pairs.size(), 2);
        const PictureLayout::Pair& pair = layout.pairs.first();
        QCOMPARE(pair.now->title, u"S02"_s); // before the one that only gave slots away
        QCOMPARE(pair.before->nodes.first().text, u":30003"_s);
        QCOMPARE(pair.now->nodes.first().text, u":30004"_s);
    }

    void lagIsTold()
    {
        capture::Capture capture = incidentCapture(3, 1, { 0, 1 });
        capture.nodes[4].replication.offset = 90'000'000;
        capture.nodes[5].replication.offset = 80'000'000;
        cluster::TopologyData data = capture.topology.data();
        data.nodes[4].health = cluster::Health::PFail; // so that it is shown large
        capture.topology = cluster::Topology::build(data);
        const Incident incident = Incident::of(capture);
        const auto third = std::find_if(incident.affected.begin(), incident.affected.end(),
            [](const Incident::Affected& affected) { return affected.title == u"S03"; });
        QVERIFY(third != incident.affected.end());
        QCOMPARE(third->now->nodes.at(1).status, u"replica: 9.5\u202fMiB behind"_s);
    }

    void manyAffectedStayFew()
    {
        QList<int> all;
        for (int i = 0; i < 100; ++i)
            all.append(i);
        const PictureLayout layout = layoutOf(incidentCapture(100, 1, all));
        QVERIFY(!layout.pairs.isEmpty() && layout.pairs.size() <= Incident::mostLarge);
        QCOMPARE(layout.pairs.size() + layout.tiles.cards.size(), 100);
        QVERIFY(layout.tilesTitle.text.contains(u"more are affected"_s));
        // Alike events are one row.
        QVERIFY(std::any_of(layout.rows.begin(), layout.rows.end(),
            [](const auto& row) { return row.row.text.startsWith(u"100 alike: "_s); }));
    }

    void silentNodesAreNotWell()
    {
        capture::Capture capture = healthyCapture();
        capture.nodes.append(capture::NodeAnswers());
        capture.nodes.last().id = nodeId(1);
        const PictureLayout layout = layoutOf(capture);
        QCOMPARE(layout.pairs.size(), 1);
        QCOMPARE(layout.pairs.first().now->nodes.first().status, u"primary: no answer"_s);
        QCOMPARE(layout.pairs.first().nowText.text, u"now, 14:07:41Z (before: unknown)"_s);
    }

    void timelineSaysWhenItBegan()
    {
        PictureLayout layout = layoutOf(incidentCapture(3, 1, { 1 }));
        QCOMPARE(layout.recording.text, u"recording began 13:52:10Z, earlier is unknown"_s);
        QCOMPARE(layout.rows.first().row.timeText(), u"14:03:06Z"_s);
        QVERIFY(layout.rows.last().row.text.contains(u"db-17"_s));
        layout = layoutOf(healthyCapture());
        QCOMPARE(layout.recording.text, u"nothing was recorded: what was before is unknown"_s);
        QVERIFY(layout.rows.isEmpty());
        // What is older than a quarter of an hour is no news.
        capture::Capture old = incidentCapture(3, 1, { 1 });
        old.savedAt = old.savedAt.addSecs(3600);
        old.notes.clear();
        old.seen.clear();
        layout = layoutOf(old);
        QVERIFY(layout.rows.isEmpty());
        QVERIFY(layout.recording.text.contains(u"the last change at 14:03:12Z"_s));
    }

    void marksAreNumbered()
    {
        const PictureLayout layout = layoutOf(afterwardsCapture());
        QCOMPARE(layout.marks.size(), 2);
        QCOMPARE(layout.marks.first().centre, QPointF(480, 468));
        QCOMPARE(layout.marks.first().line.text, u"the new primary"_s);
        const QRectF page(0, 0, PictureLayout::width, PictureLayout::height);
        QVERIFY(page.contains(layoutOf(hostileCapture()).marks.first().centre));
    }

    void footerSaysWhereItIsFrom()
    {
        const QString text = textsOf(layoutOf(incidentCapture(3, 1, { 1 })).footer).join(u'\n');
        for (const auto& wanted : { "2026-11-23 14:07:41 UTC", "15:07:41 where it was taken",
                 "5 of 6 answered", "merged from 5 views", "Redis 7.0.15", "clustercfg.orders",
                 "via ssh bastion", "TLS verified", "Slotscope 0.4.0", "nothing else redacted" })
            QVERIFY2(text.contains(QLatin1String(wanted)), wanted);
    }

    void footerSaysHowItWasSecured()
    {
        using net::WaySecurity;
        const QList<std::pair<WaySecurity, QString>> ways { { WaySecurity::Plain,
                                                                u"without TLS"_s },
            { WaySecurity::TlsVerified, u"TLS verified"_s },
            { WaySecurity::TlsNotVerified, u"TLS, NOT VERIFIED"_s },
            { WaySecurity::Unknown, QString() } };
        for (const auto& [security, words] : ways) {
            capture::Capture capture = healthyCapture();
            cluster::TopologyData data = capture.topology.data();
            data.seedSecurity = security;
            capture.topology = cluster::Topology::build(data);
            const QString text = textsOf(layoutOf(capture).footer).join(u'\n');
            QVERIFY2(text.contains(words), qPrintable(text));
            QCOMPARE(text.contains(u"TLS"_s), !words.isEmpty());
        }
    }

    void partsDoNotOverlap_data()
    {
        QTest::addColumn<capture::Capture>("capture");
        QTest::addColumn<bool>("withStory");
        QTest::newRow("healthy") << healthyCapture() << false;
        QTest::newRow("with a story") << healthyCapture() << true;
        QTest::newRow("incident") << incidentCapture(3, 1, { 1 }) << false;
        QTest::newRow("three of 40") << incidentCapture(40, 2, { 3, 17, 31 }) << false;
        QTest::newRow("six of 300") << incidentCapture(300, 1, { 3, 17, 31, 50, 51, 52 }) << false;
        QTest::newRow("afterwards") << afterwardsCapture() << false;
        QTest::newRow("partial") << partialCapture() << false;
        QTest::newRow("hostile") << hostileCapture() << false;
    }
    void partsDoNotOverlap()
    {
        QFETCH(capture::Capture, capture);
        QFETCH(bool, withStory);
        PictureOptions options;
        if (withStory) {
            options.story = movedStory(capture.topology);
            options.frame = { 1, 0.5 };
        }
        const PictureLayout layout = layoutOf(capture, options);
        QCOMPARE(layout.caption.isEmpty(), !withStory);
        const QList<QRectF> parts = partsOf(layout);
        for (qsizetype i = 0; i < parts.size(); ++i) {
            QVERIFY(QRectF(0, 0, 1600, 900).contains(parts.at(i)));
            for (qsizetype j = 0; j < i; ++j)
                QVERIFY(!parts.at(i).intersects(parts.at(j)));
        }
        for (const PictureLayout::Pair& pair : layout.pairs) {
            for (const std::optional<Card>& card : { pair.before, pair.now })
                QVERIFY(!card || pair.rect.adjusted(-1, -1, 1, 1).contains(card->rect));
        }
    }

    void emptyPictureIsNoCrash()
    {
        QCOMPARE(renderPicture({}, {}, 1).size(), QSize(1600, 900));
        PictureOptions options;
        options.story = movedStory(healthyCluster());
        options.frame = { 2, 0.5 };
        QVERIFY(!renderPicture({}, options, 1).isNull());
        capture::Capture capture;
        for (const cluster::Topology& topology :
            { standaloneServer(), sentinelServer(), cluster::Topology::build(evenCluster(1, 0)) }) {
            capture.topology = topology;
            QVERIFY(!renderPicture(capture, {}, 1).isNull());
        }
    }

    void svgHasRealText()
    {
        bool isWellFormed = false;
        QString text = svgText(pictureSvg(incidentCapture(3, 1, { 1 })), &isWellFormed);
        QVERIFY(isWellFormed);
        for (const auto& wanted : { "unserved.", "S02", ":30003", "primary: down",
                 "5461 slots, 33.3 %", "PARTIAL 5/6", "14:03:12Z", "before, 13:52:10Z" })
            QVERIFY2(text.contains(QLatin1String(wanted)), wanted);
        PictureOptions options;
        options.story = movedStory(healthyCluster());
        options.frame = { 0, 0.5 };
        text = svgText(pictureSvg(healthyCapture(), options), &isWellFormed);
        for (const auto& wanted : { "this computer", "GET user:2935", "1738 -> ?" })
            QVERIFY2(text.contains(QLatin1String(wanted)), wanted);
    }

    void svgEscapesHostileText()
    {
        bool isWellFormed = false;
        const QByteArray svg = pictureSvg(hostileCapture());
        const QString text = svgText(svg, &isWellFormed);
        QVERIFY(isWellFormed);
        QVERIFY(!text.contains("[script element]"_L1));
        QVERIFY(text.contains("<script>alert(1)</script>"_L1)); // as a text
        QVERIFY(!svg.contains("<script"));
        QVERIFY(!svg.contains("<img"));
        QVERIFY(!text.contains(QChar(0x202e)));
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestPicture)
#include "tst_picture.moc"
