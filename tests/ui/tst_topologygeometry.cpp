// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/ui/paintfixtures.h"
#include "ui/theme/theme.h"
#include "ui/topology/cardpainter.h"
#include "ui/topology/storynotes.h"
#include "ui/topology/storypainter.h"
#include "ui/topology/storyroutes.h"
#include "ui/topology/storyscene.h"
#include "ui/topology/topologygeometry.h"
#include "ui/topology/topologyview.h"

#include <QPainter>
#include <QSignalSpy>
#include <QTest>

using namespace slotscope;
using namespace slotscope::ui;
using command::StepKind;
using command::Storyboard;

namespace {

constexpr QRectF panel { 16, 14, 908, 532 };

int stepOf(const Storyboard& story, StepKind kind, int nth = 0)
{
    for (int i = 0; i < story.size(); ++i) {
        if (story.at(i).kind == kind && nth-- == 0)
            return i;
    }
    return -1;
}

command::StoryFrame lastFrame(const Storyboard& story)
{
    return { static_cast<int>(story.size()) - 1, 1.0 };
}

const Card* cardOf(const TopologyGeometry& geometry, int shard)
{
    for (const Card& card : geometry.cards) {
        if (card.shard == shard)
            return &card;
    }
    return nullptr;
}

bool touches(const QRectF& rect, const QPointF& point)
{
    return rect.adjusted(-2, -2, 2, 2).contains(point);
}

} // namespace

namespace slotscope::tests {

class TestTopologyGeometry final : public QObject
{
    Q_OBJECT

    // For tests of every kind of story.
    static void stories()
    {
        QTest::addColumn<cluster::Topology>("topology");
        QTest::addColumn<Storyboard>("story");
        const auto healthy = healthyCluster();
        const auto migrating = migratingCluster();
        const auto many = cluster::Topology::build(evenCluster(500));
        QTest::newRow("MOVED") << healthy << movedStory(healthy);
        QTest::newRow("MOVED, plain client") << healthy << movedStory(healthy, false);
        QTest::newRow("MOVED among 500") << many << movedStory(many);
        QTest::newRow("ASK") << migrating << askStory(migrating);
        QTest::newRow("TRYAGAIN") << migrating << waitStory(migrating);
        QTest::newRow("stranger") << healthy << strangerStory(healthy);
        QTest::newRow("connect failed") << healthy << connectFailedStory(healthy);
        QTest::newRow("outcome unknown") << healthy << outcomeUnknownStory(healthy);
    }

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void cardsFit_data()
    {
        QTest::addColumn<int>("shards");
        QTest::addColumn<int>("replicas");
        QTest::addColumn<QRectF>("bounds");
        for (const int shards : { 1, 2, 3, 4, 5, 7, 12, 40, 120, 500 }) {
            for (const int replicas : { 0, 1, 5 }) {
                QTest::addRow("%d shards, %d replicas", shards, replicas)
                    << shards << replicas << panel;
            }
        }
        QTest::newRow("wide") << 3 << 1 << QRectF(0, 0, 2400, 300);
        QTest::newRow("tall") << 3 << 1 << QRectF(0, 0, 300, 1400);
        QTest::newRow("tiny") << 6 << 1 << QRectF(0, 0, 60, 50);
        QTest::newRow("nothing") << 6 << 1 << QRectF();
    }
    void cardsFit()
    {
        QFETCH(int, shards);
        QFETCH(int, replicas);
        QFETCH(QRectF, bounds);
        const auto topology = cluster::Topology::build(evenCluster(shards, replicas));
        for (const Storyboard& story : { Storyboard(), movedStory(topology) }) {
            const auto geometry = TopologyGeometry::layout(topology, bounds, story);
            if (bounds.isEmpty()) {
                QVERIFY(geometry.cards.isEmpty());
                continue;
            }
            QCOMPARE(geometry.cards.size(), shards);
            for (qsizetype i = 0; i < geometry.cards.size(); ++i) {
                const QRectF& rect = geometry.cards.at(i).rect;
                QVERIFY2(bounds.adjusted(-2, -2, 2, 2).contains(rect) || bounds.width() < 100,
                    qPrintable(geometry.cards.at(i).title));
                for (qsizetype j = 0; j < i; ++j)
                    QVERIFY(!rect.adjusted(1, 1, -1, -1).intersects(geometry.cards.at(j).rect)
                        || bounds.width() < 100);
                QVERIFY(!geometry.computer.intersects(rect) || bounds.width() < 100);
            }
        }
    }

    void detailFollowsRoom_data()
    {
        QTest::addColumn<int>("shards");
        QTest::addColumn<Detail>("detail");
        QTest::newRow("3") << 3 << Detail::Full;
        QTest::newRow("12") << 12 << Detail::Full;
        QTest::newRow("40") << 40 << Detail::Compact;
        QTest::newRow("100") << 100 << Detail::Tile;
        QTest::newRow("500") << 500 << Detail::Dot;
    }
    void detailFollowsRoom()
    {
        QFETCH(int, shards);
        QFETCH(Detail, detail);
        const auto geometry
            = TopologyGeometry::layout(cluster::Topology::build(evenCluster(shards)), panel);
        for (const Card& card : geometry.cards)
            QCOMPARE(card.detail, detail);
    }

    void textsOfACard()
    {
        const auto geometry = TopologyGeometry::layout(healthyCluster(), panel);
        const Card& card = geometry.cards.at(1);
        QCOMPARE(card.title, QStringLiteral("S02"));
        QCOMPARE(card.share, QStringLiteral("5461 slots, 33.3 %"));
        QCOMPARE(card.rangeTexts.first(), QStringLiteral("5461-10921"));
        QCOMPARE(card.nodes.size(), 2);
        QCOMPARE(card.nodes.at(0).text, QStringLiteral(":30003"));
        QCOMPARE(card.nodes.at(0).status, QStringLiteral("primary"));
        QCOMPARE(card.nodes.at(1).status, QStringLiteral("replica"));
        QCOMPARE(card.alarm, Alarm::None);
    }

    void troubleHasWords()
    {
        const auto geometry = TopologyGeometry::layout(troubledCluster(), panel);
        QCOMPARE(geometry.cards.at(1).alarm, Alarm::Bad);
        QCOMPARE(geometry.cards.at(1).nodes.at(0).status, QStringLiteral("primary: down"));
        QCOMPARE(geometry.cards.at(1).rangeTexts.first(),
            QStringLiteral("5461-5999, 6410-8000, 8002-10921"));
        QCOMPARE(geometry.cards.at(1).rangeTexts.last(), QStringLiteral("5461-5999, +2 ranges"));
        QCOMPARE(geometry.cards.at(2).nodes.at(1).status, QStringLiteral("replica: suspected"));
        const auto moving = TopologyGeometry::layout(migratingCluster(), panel);
        QCOMPARE(moving.cards.at(0).note, QStringLiteral("slots moving to S02: 1"));
        QCOMPARE(moving.cards.at(1).note, QStringLiteral("slots moving from S01: 1"));
        QVERIFY(moving.cards.at(2).note.isEmpty());
        QCOMPARE(moving.cards.at(0).oddities, QList { Oddity::Migrating });
        QCOMPARE(moving.cards.at(1).oddities, QList { Oddity::Importing });
        // One side alone says so.
        cluster::TopologyData half = migratingCluster().data();
        half.migrations.first().to = {};
        const auto halfMoving = TopologyGeometry::layout(cluster::Topology::build(half), panel);
        QCOMPARE(halfMoving.cards.at(0).note, QStringLiteral("slots moving to S02?: 1"));
        QVERIFY(halfMoving.cards.at(1).note.isEmpty());
    }

    void worstIsLargeAmongMany()
    {
        auto data = evenCluster(200);
        data.nodes[20].health = cluster::Health::Fail;
        data.nodes[31].health = cluster::Health::PFail;
        const auto geometry = TopologyGeometry::layout(cluster::Topology::build(data), panel);
        for (const Card& card : geometry.cards)
            QCOMPARE(card.detail == Detail::Full, card.alarm != Alarm::None);
        QVERIFY(geometry.cards.at(10).rect.bottom() < geometry.cards.at(0).rect.top());
    }

    void whatIsWrongIsNeverSmallerThanWhatIsWell_data()
    {
        QTest::addColumn<int>("shards");
        QTest::addColumn<QSizeF>("size");
        QTest::addColumn<bool>("withStory");
        for (const int shards : { 3, 8, 12, 20, 50, 500 }) {
            for (const QSizeF& size : { QSizeF(820, 220), QSizeF(820, 420), QSizeF(1500, 800) }) {
                for (const bool withStory : { false, true }) {
                    QTest::addRow("%d in %dx%d%s", shards, int(size.width()), int(size.height()),
                        withStory ? " with a story" : "")
                        << shards << size << withStory;
                }
            }
        }
    }
    void whatIsWrongIsNeverSmallerThanWhatIsWell()
    {
        QFETCH(int, shards);
        QFETCH(QSizeF, size);
        QFETCH(bool, withStory);
        auto data = evenCluster(shards);
        data.nodes[2].health = cluster::Health::Fail;
        const auto topology = cluster::Topology::build(data);
        const Storyboard story = withStory ? movedStory(topology) : Storyboard();
        const auto geometry
            = TopologyGeometry::layout(topology, QRectF(QPointF(8, 8), size), story);
        const Card& wrong = geometry.cards.at(1);
        QCOMPARE(wrong.alarm, Alarm::Bad);
        // Where there is hardly any room its main line is legible.
        QVERIFY(wrong.detail == Detail::Full
            || (wrong.detail == Detail::Compact && withStory && shards >= 50));
        QVERIFY2(wrong.scale >= 0.7, qPrintable(QString::number(wrong.scale)));
        for (const Card& card : geometry.cards) {
            QVERIFY(card.rect.width() <= wrong.rect.width() + 1);
            QVERIFY(card.rect.height() <= wrong.rect.height() + 1);
        }
    }

    void smallCardsTellLessRatherThanBecomeUnreadable()
    {
        CardFacts facts;
        facts.hasNumbers = true;
        const auto topology = healthyCluster();
        const Storyboard story = movedStory(topology);
        const auto large = TopologyGeometry::layout(topology, panel, story, facts);
        QVERIFY(!large.cards.first().isBrief);
        QVERIFY(!large.cards.first().numbersRect().isEmpty());
        const QRectF low(8, 8, 800, 210);
        const auto small = TopologyGeometry::layout(topology, low, story, facts);
        const Card& card = small.cards.first();
        QVERIFY(card.isBrief);
        QVERIFY(card.rangesRect().isEmpty() && card.numbersRect().isEmpty());
        QVERIFY2(card.scale >= 0.85, qPrintable(QString::number(card.scale)));
        QVERIFY(card.nodes.last().rect.bottom() <= card.rect.bottom());
        // Where they are small because there is little width, it would not help.
        const auto four = cluster::Topology::build(evenCluster(4));
        const auto narrow
            = TopologyGeometry::layout(four, QRectF(8, 8, 820, 260), movedStory(four), facts);
        QVERIFY(narrow.cards.first().scale < 0.85);
        QVERIFY(!narrow.cards.first().isBrief);
        // A closer look has room for all.
        Viewport viewport;
        viewport.zoom = 2;
        const Card seen = small.seenThrough(viewport).cards.first();
        QVERIFY(!seen.isBrief);
        QVERIFY(seen.numbersRect().bottom() <= seen.rect.bottom() + 1);
    }

    void nothingTravelsAcrossWhatIsWrong()
    {
        auto data = evenCluster(50);
        data.nodes[40].health = cluster::Health::Fail; // between the two of the story
        const auto topology = cluster::Topology::build(data);
        const Storyboard story = movedStory(topology);
        const QRectF low(8, 8, 800, 240);
        const auto geometry = TopologyGeometry::layout(topology, low, story);
        const StoryRoutes routes(geometry, story);
        const Theme theme = Theme::light();
        const auto wrong = std::find_if(geometry.cards.begin(), geometry.cards.end(),
            [](const Card& card) { return card.alarm == Alarm::Bad; });
        QVERIFY(wrong != geometry.cards.end());
        const QRect inside = wrong->rect.adjusted(2, 2, -2, -2).toAlignedRect();
        const auto paint = [&](const StoryScene& scene) {
            QImage image(816, 256, QImage::Format_RGB32);
            image.fill(theme.window);
            QPainter painter(&image);
            paintCards(painter, geometry, theme);
            paintStory(painter, geometry, scene, theme);
            return image;
        };
        const QImage calm = paint({}).copy(inside);
        int travelling = 0;
        for (int step = 0; step < story.size(); ++step) {
            for (const double progress : { 0.2, 0.5, 0.8, 1.0 }) {
                command::StoryFrame frame;
                frame.step = step;
                frame.progress = progress;
                const StoryScene scene = sceneAt(routes, frame);
                travelling += !scene.beads.isEmpty();
                QVERIFY2(paint(scene).copy(inside) == calm,
                    qPrintable(QStringLiteral("step %1 at %2").arg(step).arg(progress)));
            }
        }
        QVERIFY(travelling > 4);
    }

    void aLongStoryLeavesTheWorstLarge()
    {
        auto data = evenCluster(50);
        data.nodes[90].health = cluster::Health::Fail;
        const auto topology = cluster::Topology::build(data);
        Storyboard story;
        for (int node = 0; node < 40; ++node) {
            command::Step step;
            step.hop = node;
            step.nodeId = nodeId(node);
            story.append(step);
        }
        const auto geometry = TopologyGeometry::layout(topology, panel, story);
        const auto worst = std::find_if(geometry.cards.begin(), geometry.cards.end(),
            [](const Card& card) { return card.alarm == Alarm::Bad; });
        QVERIFY(worst != geometry.cards.end());
        QVERIFY(worst->detail <= Detail::Compact);
        for (const Card& card : geometry.cards)
            QVERIFY(card.rect.width() <= worst->rect.width());
    }

    void nodesOfTheStoryAreLargeAmongMany()
    {
        const auto topology = cluster::Topology::build(evenCluster(200));
        const auto geometry = TopologyGeometry::layout(topology, panel, movedStory(topology));
        QCOMPARE(cardOf(geometry, 199)->detail, Detail::Full);
        const int owner = topology.shardIndexOf(topology.ownerOf(cluster::Slot(1738))->id);
        QCOMPARE(cardOf(geometry, owner)->detail, Detail::Full);
        QVERIFY(cardOf(geometry, 5)->detail != Detail::Full);
        QVERIFY(cardOf(geometry, 5)->rect.bottom() < cardOf(geometry, 199)->rect.top());
    }

    void smallNodesOfTheStoryLeaveItsLinesRoom()
    {
        const auto topology = cluster::Topology::build(evenCluster(20));
        const auto geometry
            = TopologyGeometry::layout(topology, QRectF(0, 0, 826, 190), movedStory(topology));
        const int owner = topology.shardIndexOf(topology.ownerOf(cluster::Slot(1738))->id);
        const Card* left = cardOf(geometry, owner);
        const Card* right = cardOf(geometry, 19);
        QCOMPARE(left->detail, Detail::Compact);
        QCOMPARE(left->rect.top(), right->rect.top());
        QVERIFY(right->rect.left() - left->rect.right() >= 40);
        QVERIFY(left->rect.left() >= 0 && right->rect.right() <= 826);
    }

    void otherKinds()
    {
        const auto standalone = TopologyGeometry::layout(standaloneServer(), panel);
        QCOMPARE(standalone.cards.size(), 1);
        QCOMPARE(standalone.cards.first().title, QStringLiteral("standalone server"));
        QCOMPARE(standalone.cards.first().nodes.first().text, QStringLiteral("127.0.0.1:6379"));
        const auto sentinel = TopologyGeometry::layout(sentinelServer(), panel);
        QCOMPARE(sentinel.cards.size(), 2);
        QCOMPARE(sentinel.cards.at(1).title, QStringLiteral("sessions"));
        QVERIFY(TopologyGeometry::layout({}, panel).cards.isEmpty());

        auto data = evenCluster(2);
        cluster::Node loose;
        loose.id = nodeId(7);
        loose.address = { QStringLiteral("127.0.0.1"), 39999 };
        loose.role = cluster::Role::Primary;
        loose.health = cluster::Health::Handshake;
        data.nodes.append(loose);
        cluster::Node nowhere = loose; // what NODES prints as ":0@0 master,noaddr"
        nowhere.id = nodeId(8);
        nowhere.address = {};
        nowhere.health = cluster::Health::NoAddr;
        data.nodes.append(nowhere);
        cluster::Node joining
            = nowhere; // its id is not its own yet, and its address not for clients
        joining.id = nodeId(9);
        joining.ip = QStringLiteral("10.1.1.1");
        joining.port = 7000;
        joining.health = cluster::Health::Handshake;
        data.nodes.append(joining);
        const auto geometry = TopologyGeometry::layout(cluster::Topology::build(data), panel);
        QCOMPARE(geometry.cards.size(), 5);
        const Card& first = geometry.cards.at(2);
        QCOMPARE(first.kind, Card::Kind::LooseNode);
        QCOMPARE(first.nodes.first().status, QStringLiteral("primary: handshake"));
        QCOMPARE(first.nodes.first().text, QStringLiteral(":39999")); // the others have no host
        QCOMPARE(geometry.cards.at(3).nodes.first().text, nodeId(8).shortText());
        QCOMPARE(geometry.cards.at(4).nodes.first().text, QStringLiteral("10.1.1.1:7000"));
    }

    void nodesAreFound()
    {
        const auto topology = healthyCluster();
        const auto geometry = TopologyGeometry::layout(topology, panel);
        for (const cluster::Node& node : topology.nodes()) {
            const auto byId = geometry.find(node.id, {});
            QVERIFY(byId.isValid());
            QCOMPARE(geometry.box(byId)->address, node.address);
            QCOMPARE(geometry.find({}, node.address), byId);
            QCOMPARE(geometry.nodeAt(geometry.box(byId)->rect.center()), byId);
        }
        QVERIFY(!geometry.find(nodeId(9), {}).isValid());
        QVERIFY(!geometry.find({}, {}).isValid());
    }

    void strangersGetACard()
    {
        const auto topology = healthyCluster();
        const Storyboard story = strangerStory(topology);
        const auto geometry = TopologyGeometry::layout(topology, panel, story);
        QCOMPARE(geometry.cards.size(), 4);
        QCOMPARE(geometry.cards.last().kind, Card::Kind::Stranger);
        const StoryScene scene = sceneAt({ geometry, story }, lastFrame(story));
        QCOMPARE(scene.trips.size(), 4);
        QVERIFY(touches(geometry.cards.last().rect, scene.trips.at(2).course.at(1)));
    }

    void everyTripTouchesThisComputer_data() { stories(); }
    void everyTripTouchesThisComputer()
    {
        QFETCH(cluster::Topology, topology);
        QFETCH(Storyboard, story);
        const auto geometry = TopologyGeometry::layout(topology, panel, story);
        const StoryScene scene = sceneAt({ geometry, story }, lastFrame(story));
        QVERIFY(!scene.trips.isEmpty());
        for (const Trip& trip : scene.trips) {
            const bool outward
                = trip.kind == Trip::Kind::Question || trip.kind == Trip::Kind::Failed;
            const QPointF here = trip.course.at(outward ? 0 : 1);
            const QPointF there = trip.course.at(outward ? 1 : 0);
            QVERIFY(touches(geometry.computer, here));
            const command::Step& step = story.at(trip.number - 1);
            const auto node = geometry.find(step.nodeId, step.address);
            QVERIFY(touches(geometry.cards.at(node.card).rect, there));
            QVERIFY(panel.adjusted(-1, -1, 1, 1).contains(trip.badge));
        }
    }

    void linesCrossNoCard_data()
    {
        QTest::addColumn<int>("shards");
        for (const int shards : { 1, 2, 3, 4, 5, 6, 9 })
            QTest::addRow("%d", shards) << shards;
    }
    void linesCrossNoCard()
    {
        QFETCH(int, shards);
        const auto topology = cluster::Topology::build(evenCluster(shards));
        const Storyboard story = movedStory(topology);
        const auto geometry = TopologyGeometry::layout(topology, panel, story);
        for (const Trip& trip : sceneAt({ geometry, story }, lastFrame(story)).trips) {
            for (int percent = 3; percent <= 97; ++percent) {
                const QPointF point = trip.course.at(percent / 100.0);
                for (const Card& card : geometry.cards)
                    QVERIFY2(
                        !card.rect.adjusted(3, 3, -3, -3).contains(point), qPrintable(card.title));
            }
        }
    }

    void beadTravels()
    {
        const auto topology = healthyCluster();
        const Storyboard story = movedStory(topology);
        const auto geometry = TopologyGeometry::layout(topology, panel, story);
        const int ask = stepOf(story, StepKind::Ask);
        qreal height = geometry.bounds.bottom();
        for (const double progress : { 0.1, 0.3, 0.5, 0.7, 0.85 }) {
            const StoryScene scene = sceneAt({ geometry, story }, { ask, progress });
            QCOMPARE(scene.beads.size(), 1);
            QCOMPARE(scene.beads.first().texts, QStringList { QStringLiteral("GET user:2935") });
            QVERIFY(scene.beads.first().centre.y() < height);
            height = scene.beads.first().centre.y();
            const QRegion changed = changedRegion(geometry, {}, scene);
            QVERIFY(changed.contains(scene.beads.first().centre.toPoint()));
            QVERIFY(changedRegion(geometry, scene, scene).isEmpty());
        }
    }

    void movedRewritesTheMap()
    {
        const auto topology = healthyCluster();
        const Storyboard story = movedStory(topology);
        const auto geometry = TopologyGeometry::layout(topology, panel, story);
        const StoryScene back
            = sceneAt({ geometry, story }, { stepOf(story, StepKind::MovedReply), 0.5 });
        QCOMPARE(back.beads.first().kind, Trip::Kind::Moved);
        QCOMPARE(back.sheet.line, QStringLiteral("1738 -> ?"));
        const int rewrite = stepOf(story, StepKind::MapRewrite);
        const StoryScene begun = sceneAt({ geometry, story }, { rewrite, 0.1 });
        QCOMPARE(begun.sheet.before, QStringLiteral("1738 -> ?"));
        QCOMPARE(begun.sheet.line, QStringLiteral("1738 -> S01"));
        QVERIFY(begun.sheet.rewritten < 0.2);
        QVERIFY(begun.beads.isEmpty());
        const StoryScene end = sceneAt({ geometry, story }, lastFrame(story));
        QCOMPARE(end.sheet.rewritten, 1.0);
        QCOMPARE(end.sheet.locked, 0.0);
        QCOMPARE(end.sheet.ghost, QStringLiteral("with this map: straight to S01"));
        QVERIFY(!end.ghost.isEmpty());
        QVERIFY(end.outcome.visible);
        QVERIFY(!end.outcome.plainStop);
        QCOMPARE(end.outcome.text, QStringLiteral("\"Ada Lovelace\""));
    }

    void askLeavesTheMapLocked()
    {
        const auto topology = migratingCluster();
        const Storyboard story = askStory(topology);
        const auto geometry = TopologyGeometry::layout(topology, panel, story);
        const StoryScene back
            = sceneAt({ geometry, story }, { stepOf(story, StepKind::AskReply), 0.5 });
        QCOMPARE(back.beads.first().kind, Trip::Kind::Ask);
        const StoryScene again
            = sceneAt({ geometry, story }, { stepOf(story, StepKind::Ask, 1), 0.5 });
        QCOMPARE(again.beads.first().texts,
            (QStringList { QStringLiteral("ASKING"), QStringLiteral("GET user:2935") }));
        const StoryScene end = sceneAt({ geometry, story }, lastFrame(story));
        QCOMPARE(end.sheet.locked, 1.0);
        QVERIFY(end.sheet.before.isEmpty());
        QCOMPARE(end.sheet.line, QStringLiteral("1738 -> S01"));
    }

    void plainClientStops()
    {
        const auto topology = healthyCluster();
        const Storyboard story = movedStory(topology, false);
        const auto geometry = TopologyGeometry::layout(topology, panel, story);
        const StoryScene end = sceneAt({ geometry, story }, lastFrame(story));
        QVERIFY(end.outcome.plainStop);
        QCOMPARE(end.outcome.text, QStringLiteral("MOVED 1738 127.0.0.1:30001"));
        QVERIFY(end.sheet.line.isEmpty());
        QCOMPARE(end.trips.size(), 2);
    }

    void retriesAreNotTheAnswer()
    {
        const auto topology = migratingCluster();
        const Storyboard story = waitStory(topology);
        const auto geometry = TopologyGeometry::layout(topology, panel, story);
        const StoryScene waiting
            = sceneAt({ geometry, story }, { stepOf(story, StepKind::Wait), 0.5 });
        QVERIFY(!waiting.outcome.visible);
        QCOMPARE(waiting.clocks.size(), 1);
        QVERIFY(waiting.clocks.first().current);
        // Clock and time stand together in the middle of their card.
        const QRectF pause = pauseRect(waiting.clocks.first(), geometry.scale);
        QVERIFY(pause.width() > 2 * clockSize * geometry.scale);
        const Card* card = geometry.cardAt(QPointF(pause.center().x(), pause.bottom() - 1));
        QVERIFY2(card, "it touches its card");
        QVERIFY2(pause.bottom() <= card->rect.top() + clockSize / 2 * geometry.scale, "little");
        QVERIFY(panel.adjusted(0, -12, 0, 0).contains(pause));
        QVERIFY(std::abs(pause.center().x() - card->rect.center().x()) < 0.5);
        QVERIFY(pause.left() >= card->rect.left() && pause.right() <= card->rect.right());
        QVERIFY(sceneAt({ geometry, story }, lastFrame(story)).outcome.visible);
    }

    void brokenLinesEndOnTheWay()
    {
        const auto topology = healthyCluster();
        for (const Storyboard& story :
            { connectFailedStory(topology), outcomeUnknownStory(topology) }) {
            const auto geometry = TopologyGeometry::layout(topology, panel, story);
            const StoryScene end = sceneAt({ geometry, story }, lastFrame(story));
            QVERIFY(end.trips.last().reached < 0.9);
            QVERIFY(end.beads.isEmpty());
            QVERIFY(!end.outcome.visible);
        }
    }

    /// Several commands at once: a bead each, at the same time; what is over is gone.
    void storiesPlayTogether()
    {
        const auto topology = healthyCluster();
        const Storyboard story = togetherStory(topology);
        const auto geometry = TopologyGeometry::layout(topology, panel, story);
        const StoryScene questions = sceneAt({ geometry, story }, command::frameAt(story, 0.5));
        QCOMPARE(questions.beads.size(), 3);
        QCOMPARE(questions.trips.size(), 3);
        QVERIFY(questions.beads.at(0).centre != questions.beads.at(1).centre);
        const StoryScene answers = sceneAt({ geometry, story }, command::frameAt(story, 1.5));
        QCOMPARE(answers.beads.size(), 3);
        QVERIFY(!answers.outcome.visible);
        QVERIFY(sceneAt({ geometry, story }, lastFrame(story)).trips.isEmpty());
    }

    void cardsSayWhatTheirNodesAnswered()
    {
        const auto geometry = TopologyGeometry::layout(healthyCluster(), panel);
        QVERIFY(cardNotes(geometry, {}).isEmpty());
        RedirectNote primary;
        primary.nodeId = nodeId(1);
        primary.movedNow = 10;
        primary.moved = 300;
        RedirectNote replica;
        replica.nodeId = nodeId(1, 1);
        replica.movedNow = 2;
        replica.moved = 40;
        RedirectNote silent;
        silent.nodeId = nodeId(0);
        const QList<CardNote> notes = cardNotes(geometry, { silent, primary, replica });
        QCOMPARE(notes.size(), 1);
        const CardNote& note = notes.first();
        QVERIFY(note.text.startsWith(QStringLiteral("MOVED 12/s, 340 in all")));
        QVERIFY(note.live);
        const QRectF card = geometry.shardRect(1);
        QVERIFY(card.left() <= note.rect.left() && note.rect.right() <= card.right());

        replica.movedNow = primary.movedNow = 0;
        replica.asked = 1;
        QCOMPARE((primary += replica).text(), QStringLiteral("340 MOVED in all; 1 ASK in all"));
        QCOMPARE(primary.shortText(), QStringLiteral("340 MOVED"));
        QVERIFY(!primary.isLive());
        // By address where the id is not known.
        RedirectNote unknown;
        unknown.address = { QStringLiteral("127.0.0.1"), 30001 };
        unknown.moved = 1;
        QCOMPARE(cardNotes(geometry, { unknown }).size(), 1);
    }

    void whatACardSaysStaysInThePicture()
    {
        const auto topology = healthyCluster();
        RedirectNotes all;
        for (const cluster::Node& node : topology.nodes())
            all.append({ node.id, node.address, 3, 1 });
        for (int height = 140; height < 500; height += 10) {
            const auto geometry = TopologyGeometry::layout(topology, QRectF(0, 0, 480, height), {});
            for (const CardNote& note : cardNotes(geometry, all))
                QVERIFY(note.rect.bottom() <= geometry.bounds.bottom() + 12);
        }
    }

    void badFramesShowNothing()
    {
        const auto topology = healthyCluster();
        const Storyboard story = movedStory(topology);
        const auto geometry = TopologyGeometry::layout(topology, panel, story);
        for (const int step : { -1, 99 })
            QVERIFY(sceneAt({ geometry, story }, { step, 0.5 }).trips.isEmpty());
        QVERIFY(sceneAt({ geometry, {} }, { 0, 0.5 }).trips.isEmpty());
    }

    void cardsShowTheirColors()
    {
        const auto geometry = TopologyGeometry::layout(healthyCluster(), panel);
        const Theme theme = Theme::light();
        QImage image(940, 560, QImage::Format_RGB32);
        image.fill(theme.window);
        QPainter painter(&image);
        paintCards(painter, geometry, theme);
        painter.end();
        for (const Card& card : geometry.cards) {
            const QPoint band(int(card.rect.left()) + 4, int(card.rect.center().y()));
            QCOMPARE(image.pixelColor(band), theme.shardColor(card.color));
        }
    }

    void viewTellsWhatIsHoveredAndClicked()
    {
        TopologyView view;
        view.resize(940, 560);
        const auto topology = healthyCluster();
        view.setTopology(topology);
        const auto geometry = TopologyGeometry::layout(topology, panel);
        QSignalSpy hovered(&view, &TopologyView::shardHovered);
        QSignalSpy clicked(&view, &TopologyView::nodeClicked);
        const QPoint replica
            = geometry.box(geometry.find(nodeId(1, 1), {}))->rect.center().toPoint();
        movePointer(view, replica);
        QTest::mouseClick(&view, Qt::LeftButton, {}, replica);
        movePointer(view, { 2, 2 });
        QTest::mouseClick(&view, Qt::LeftButton, {}, { 2, 2 });
        QCOMPARE(hovered.size(), 2);
        QCOMPARE(hovered.at(0).at(0).toInt(), 1);
        QCOMPARE(hovered.at(1).at(0).toInt(), -1);
        QCOMPARE(clicked.size(), 1);
        QCOMPARE(clicked.first().at(0).value<cluster::NodeId>(), nodeId(1, 1));
    }

    void partialRepaintsAreEnough_data()
    {
        stories();
        const auto healthy = healthyCluster();
        QTest::newRow("together") << healthy << togetherStory(healthy);
        const auto many = cluster::Topology::build(evenCluster(40));
        QTest::newRow("a crowd") << many << togetherStory(many);
    }

    /// What is repainted from one frame to the next is all that changes, and never the whole
    /// picture.
    void partialRepaintsAreEnough()
    {
        QFETCH(const cluster::Topology, topology);
        QFETCH(const Storyboard, story);
        TopologyView view;
        view.resize(940, 560);
        view.setTopology(topology);
        view.setStory(story);
        const QRectF bounds = QRectF(0, 0, 940, 560).adjusted(16, 14, -16, -14);
        const StoryRoutes routes(TopologyGeometry::layout(topology, bounds, story), story);
        QImage before = view.grab().toImage();
        StoryScene sceneBefore;
        for (double at = 0.1; at < command::storyLength(story); at += 0.3) {
            const command::StoryFrame frame = command::frameAt(story, at);
            view.setFrame(frame);
            const QImage after = view.grab().toImage();
            const StoryScene scene = sceneAt(routes, frame);
            const QRegion dirty = changedRegion(routes.geometry(), sceneBefore, scene);
            for (int y = 0; y < before.height(); ++y) {
                for (int x = 0; x < before.width(); ++x) {
                    if (before.pixel(x, y) != after.pixel(x, y))
                        QVERIFY2(dirty.contains(QPoint(x, y)),
                            qPrintable(QStringLiteral("%1 s at %2,%3").arg(at).arg(x).arg(y)));
                }
            }
            qint64 area = 0;
            for (const QRect& rect : dirty)
                area += qint64(rect.width()) * rect.height();
            QVERIFY(area < 940 * 560 * 0.7);
            before = after;
            sceneBefore = scene;
        }
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestTopologyGeometry)
#include "tst_topologygeometry.moc"
