// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/movedshare.h"
#include "core/command/storyboard.h"
#include "core/explain/redirects.h"
#include "core/resp/replyreader.h"
#include "tests/support/topologies.h"

#include <QTest>

#include <limits>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace command;

namespace {

const net::Endpoint s01 { u"127.0.0.1"_s, 7001 };
const net::Endpoint s02 { u"127.0.0.1"_s, 7002 };
const net::Endpoint s03 { u"127.0.0.1"_s, 7003 };

cluster::NodeId idOf(int shard)
{
    return cluster::NodeId(QByteArray(40, static_cast<char>('0' + shard)));
}

Hop hopTo(int shard, HopOutcome outcome)
{
    Hop hop;
    hop.nodeId = idOf(shard);
    hop.nodeLabel = u"S0%1"_s.arg(shard);
    hop.address = { u"127.0.0.1"_s, static_cast<quint16>(7000 + shard) };
    hop.outcome = outcome;
    hop.micros = 100 + shard;
    return hop;
}

Hop redirected(int from, int to, HopOutcome outcome)
{
    Hop hop = hopTo(from, outcome);
    hop.slot = cluster::Slot(1738);
    hop.targetAddress = { u"127.0.0.1"_s, static_cast<quint16>(7000 + to) };
    hop.target = hop.targetAddress.toString();
    hop.targetLabel = u"S0%1"_s.arg(to);
    hop.raw = (outcome == HopOutcome::Moved ? "MOVED 1738 " : "ASK 1738 ") + hop.target.toLatin1();
    return hop;
}

Trace traceOf(Behaviour behaviour)
{
    Trace trace;
    trace.argv = { "GET", "user:2935" };
    trace.keys = { "user:2935" };
    trace.slot = cluster::Slot(1738);
    trace.behaviour = std::move(behaviour);
    trace.map = threeShards({ s01, s02, s03 }, cluster::Slot(1738));
    trace.seed = s03;
    return trace;
}

void finish(Trace& trace, TraceOutcome outcome, const char* reply = nullptr)
{
    trace.outcome = outcome;
    trace.totalMicros = 412;
    if (reply)
        trace.reply = resp::Reply::fromText(resp::Type::String, reply);
}

Trace movedTrace(Behaviour behaviour = Behaviour::clusterClientWithMap())
{
    Trace trace = traceOf(std::move(behaviour));
    Hop first = redirected(3, 1, HopOutcome::Moved);
    first.mapChanged = true;
    trace.hops = { first, hopTo(1, HopOutcome::Reply) };
    finish(trace, TraceOutcome::Reply, "ok");
    return trace;
}

Trace askTrace()
{
    Trace trace = traceOf(Behaviour::clusterClientWithMap());
    Hop second = hopTo(1, HopOutcome::Reply);
    second.asking = true;
    trace.hops = { redirected(3, 1, HopOutcome::Ask), second };
    finish(trace, TraceOutcome::Reply, "ok");
    return trace;
}

Trace movedThenAskTrace()
{
    Trace trace = traceOf(Behaviour::clusterClientWithoutMap());
    Hop first = redirected(2, 3, HopOutcome::Moved);
    first.mapChanged = true;
    Hop third = hopTo(1, HopOutcome::Reply);
    third.asking = true;
    trace.hops = { first, redirected(3, 1, HopOutcome::Ask), third };
    finish(trace, TraceOutcome::Reply, "ok");
    return trace;
}

Trace plainTrace()
{
    Trace trace = traceOf(Behaviour::plainClient());
    trace.hops = { redirected(3, 1, HopOutcome::Moved) };
    finish(trace, TraceOutcome::RedirectNotFollowed);
    return trace;
}

Trace waitTrace()
{
    Trace trace = traceOf(Behaviour::clusterClientWithMap());
    Hop busy = hopTo(3, HopOutcome::TryAgain);
    busy.raw = "TRYAGAIN Multiple keys request during rehashing of slot";
    Hop again = hopTo(3, HopOutcome::Reply);
    again.waitMicros = 50'000;
    trace.hops = { busy, again };
    finish(trace, TraceOutcome::Reply, "ok");
    return trace;
}

QString kindName(StepKind kind)
{
    static const QHash<StepKind, QString> names {
        { StepKind::Resolve, u"resolve"_s },
        { StepKind::Ask, u"ask"_s },
        { StepKind::Wait, u"wait"_s },
        { StepKind::Reply, u"reply"_s },
        { StepKind::MovedReply, u"moved"_s },
        { StepKind::AskReply, u"askreply"_s },
        { StepKind::MapRewrite, u"rewrite"_s },
        { StepKind::MapLocked, u"locked"_s },
        { StepKind::PlainStop, u"stop"_s },
        { StepKind::ConnectFailed, u"broken"_s },
        { StepKind::OutcomeUnknown, u"unknown"_s },
        { StepKind::End, u"end"_s },
    };
    return names.value(kind);
}

// "ask S03 | moved S03 | ...": what happens, and the node at the far end.
QString summary(const Storyboard& story)
{
    QStringList steps;
    for (const Step& step : story)
        steps << QString(kindName(step.kind) + (step.asking ? u"+" : u"") + u' ' + step.nodeLabel);
    return steps.join(u" | ");
}

QStringList mapLines(const Storyboard& story)
{
    QStringList lines;
    for (const Step& step : story)
        lines << step.mapLine;
    return lines;
}

bool isSame(const Step& a, const Step& b)
{
    return a.kind == b.kind && a.hop == b.hop && a.nodeId == b.nodeId && a.address == b.address
        && a.caption == b.caption && a.bead == b.bead && a.mapLine == b.mapLine
        && a.mapLineBefore == b.mapLineBefore && a.mapLocked == b.mapLocked && a.ghost == b.ghost
        && a.timeLabel == b.timeLabel && a.asking == b.asking && a.nodeLabel == b.nodeLabel
        && a.ghostNodeId == b.ghostNodeId && a.ghostAddress == b.ghostAddress;
}

} // namespace

class StoryboardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void failover();
    void replicaReads();
    void namesWithSeveralAddresses();
    void plainClientsLearnTheShare();
    void together();
    void togetherInSpiteOfWaits();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void sequence_data();
    void sequence();
    void whatWasNotSentLooksNothingUp();
    void aStandaloneServerIsInNoMap();
    void movedInWords();
    void askInWords();
    void ghostIsTrueOfTheClient();
    void sentAgainToTheSame();
    void plainClientInWords();
    void mapOfTheClient();
    void unknownSlotIsLearnt();
    void keyless();
    void outcomeUnknownInWords();
    void connectFailedInWords();
    void waits();
    void gaveUp();
    void hostileTextIsVisible();
    void isPure_data();
    void isPure();
    void prefixes_data();
    void prefixes();
    void frames();
};

void StoryboardTest::sequence_data()
{
    QTest::addColumn<Trace>("trace");
    QTest::addColumn<QString>("expected");

    QTest::newRow("empty") << Trace() << u""_s;
    QTest::newRow("moved")
        << movedTrace() << u"ask S03 | moved S03 | rewrite S01 | ask S01 | reply S01 | end S01"_s;
    QTest::newRow("ask")
        << askTrace()
        << u"ask S03 | askreply S03 | locked S01 | ask+ S01 | reply+ S01 | end+ S01"_s;
    QTest::newRow("moved then ask")
        << movedThenAskTrace()
        << u"ask S02 | moved S02 | rewrite S03 | ask S03 | askreply S03 | locked S01 | ask+ S01 | "
           "reply+ S01 | end+ S01"_s;
    QTest::newRow("plain") << plainTrace() << u"ask S03 | moved S03 | stop S03"_s;
    QTest::newRow("wait") << waitTrace()
                          << u"ask S03 | reply S03 | wait S03 | ask S03 | reply S03 | end S03"_s;

    Trace plainAsk = traceOf(Behaviour::plainClient());
    plainAsk.hops = { redirected(3, 1, HopOutcome::Ask) };
    finish(plainAsk, TraceOutcome::RedirectNotFollowed);
    QTest::newRow("plain, ASK") << plainAsk << u"ask S03 | askreply S03 | stop S03"_s;

    Trace reply = traceOf(Behaviour::clusterClientWithMap());
    reply.hops = { hopTo(3, HopOutcome::Reply) };
    finish(reply, TraceOutcome::Reply, "ok");
    QTest::newRow("reply at once") << reply << u"ask S03 | reply S03 | end S03"_s;

    Trace refused = traceOf(Behaviour::clusterClientWithMap());
    refused.hops = { hopTo(3, HopOutcome::ConnectFailed) };
    finish(refused, TraceOutcome::ConnectFailed);
    QTest::newRow("refused") << refused << u"broken S03"_s;

    Trace lost = movedTrace();
    lost.hops.last().outcome = HopOutcome::OutcomeUnknown;
    finish(lost, TraceOutcome::OutcomeUnknown);
    QTest::newRow("outcome unknown after moved")
        << lost << u"ask S03 | moved S03 | rewrite S01 | ask S01 | unknown S01"_s;

    Trace crossSlot = traceOf(Behaviour::clusterClientWithMap());
    crossSlot.detail = u"why"_s;
    finish(crossSlot, TraceOutcome::CrossSlot);
    QTest::newRow("never sent") << crossSlot << u"end "_s;

    Trace loop = movedTrace();
    Hop back = redirected(1, 3, HopOutcome::Moved);
    loop.hops = { loop.hops.first(), back };
    loop.detail = u"why"_s;
    finish(loop, TraceOutcome::TooManyRedirects);
    QTest::newRow("loop") << loop
                          << u"ask S03 | moved S03 | rewrite S01 | ask S01 | moved S01 | end S01"_s;
}

void StoryboardTest::sequence()
{
    QFETCH(Trace, trace);
    QFETCH(QString, expected);
    const Storyboard story = tellStory(trace);
    QCOMPARE(summary(story), expected);
    for (const Step& step : story) {
        QVERIFY(!step.caption.isEmpty());
        // A step that belongs to a node has its address, so that it can be drawn.
        QCOMPARE(step.address.isDialable(), step.hop >= 0);
    }
}

void StoryboardTest::whatWasNotSentLooksNothingUp()
{
    for (const TraceOutcome outcome : { TraceOutcome::CrossSlot, TraceOutcome::NotSent }) {
        Trace refused = traceOf(Behaviour::clusterClientWithMap());
        QVERIFY(refused.slot);
        refused.detail = u"why"_s;
        finish(refused, outcome);
        const Storyboard story = tellStory(refused);
        QCOMPARE(story.size(), 1);
        QVERIFY(story.first().mapLine.isEmpty());
    }
}

void StoryboardTest::aStandaloneServerIsInNoMap()
{
    cluster::TopologyData data;
    data.kind = cluster::Kind::Standalone;
    data.nodes.append(cluster::Node());
    data.nodes.first().address = s01;
    Trace trace = traceOf(Behaviour::clusterClientWithoutMap());
    trace.map = cluster::Topology::build(std::move(data));
    trace.hops = { hopTo(1, HopOutcome::Reply) };
    finish(trace, TraceOutcome::Reply, "ok");
    const Storyboard story = tellStory(trace);
    QVERIFY(!story.isEmpty());
    for (const Step& step : story)
        QVERIFY(step.mapLine.isEmpty());
}

void StoryboardTest::movedInWords()
{
    const Storyboard story = tellStory(movedTrace());
    QCOMPARE(story.at(0).caption, u"GET user:2935 is slot 1738. This computer asks S03."_s);
    QCOMPARE(story.at(0).bead, u"GET user:2935"_s);
    QCOMPARE(story.at(1).caption,
        u"S03 does not own slot 1738: MOVED, it belongs to S01. S03 forwards nothing."_s);
    QCOMPARE(story.at(1).bead, u"MOVED 1738 127.0.0.1:7001"_s);
    QCOMPARE(story.at(1).timeLabel, u"103 us"_s);
    QCOMPARE(story.at(2).caption,
        u"A cluster client writes 1738 -> S01 into its map and sends again to S01."_s);
    QCOMPARE(story.at(2).mapLineBefore, u"1738 -> S03"_s);
    QCOMPARE(story.at(2).mapLine, u"1738 -> S01"_s);
    QCOMPARE(story.at(2).nodeId, idOf(1));
    QCOMPARE(story.last().ghost, u"next time: straight to S01"_s);
    QCOMPARE(story.last().ghostNodeId, idOf(1));
    QCOMPARE(story.last().ghostAddress, s01);
    for (const Step& step : story) {
        QVERIFY(!step.mapLocked);
        QVERIFY2(!step.caption.contains(u"ASK"), qPrintable(step.caption));
    }
    // After the first question, which DESIGN words so, nothing of a MOVED "asks".
    for (const Step& step : story.sliced(1))
        QVERIFY2(!step.caption.contains(u"ask", Qt::CaseInsensitive), qPrintable(step.caption));
}

void StoryboardTest::askInWords()
{
    const Storyboard story = tellStory(askTrace());
    QCOMPARE(story.at(1).caption,
        u"S03 owns slot 1738 but no longer has this key, because the slot is moving to S01: ASK, "
        "try S01 this once."_s);
    QCOMPARE(story.at(2).caption, u"It sends ASKING and GET together. Its map stays as it was."_s);
    QVERIFY(!story.at(1).mapLocked);
    for (const Step& step : story.sliced(2))
        QVERIFY(step.mapLocked);
    QVERIFY(story.at(3).asking);
    QCOMPARE(mapLines(story), QStringList(story.size(), u"1738 -> S03"_s));
    QCOMPARE(story.last().ghost, u"next time: S03 again"_s);
    QCOMPARE(story.last().ghostNodeId, idOf(3));
}

/// A ghost shows where this client will go, not where another one would.
void StoryboardTest::ghostIsTrueOfTheClient()
{
    const auto endOf = [](const Trace& trace) { return tellStory(trace).last(); };
    const QString withoutMap
        = u" This client starts without a map each time: the next command goes to S03 first again."_s;
    const Step reader = endOf(movedTrace(Behaviour::replicaReader()));
    QCOMPARE(reader.ghost, u"next time: straight to S01"_s);
    QVERIFY2(!reader.caption.contains(u"each time"), qPrintable(reader.caption));

    const Step anew = endOf(movedTrace(Behaviour::clusterClientWithoutMap()));
    QCOMPARE(anew.ghost, u"with this map: straight to S01"_s);
    QCOMPARE(anew.caption, explain::ended(2, 412) + withoutMap);

    const Step chosen = endOf(movedTrace({ Start::Node, s03, true }));
    QCOMPARE(chosen.ghost, u"with this map: straight to S01"_s);
    QVERIFY2(chosen.caption.endsWith(u"at the chosen node each time: the next command goes to S03 "
                                     "first again."),
        qPrintable(chosen.caption));

    Trace byName = movedTrace(Behaviour::clusterClientWithoutMap());
    byName.hops[0].address = { u"clustercfg.orders"_s, 6379 };
    byName.hops[0].resolved = { u"10.0.0.1"_s, u"10.0.0.2"_s };
    QVERIFY(endOf(byName).caption.contains(u"goes to clustercfg.orders:6379 first again"_s));

    // ASK: it goes to the owner again, map or not, when that is where it starts.
    Trace asked = askTrace();
    asked.behaviour = Behaviour::clusterClientWithoutMap();
    QCOMPARE(endOf(asked).ghost, u"next time: S03 again"_s);
    QCOMPARE(endOf(asked).caption, explain::ended(2, 412));
    const Step askedLater = endOf(movedThenAskTrace());
    QCOMPARE(askedLater.ghost, u"with this map: S03 again"_s);
    QVERIFY2(
        askedLater.caption.contains(u"goes to S02 first again"), qPrintable(askedLater.caption));
}

void StoryboardTest::sentAgainToTheSame()
{
    const Storyboard story = tellStory(waitTrace());
    QCOMPARE(
        story.at(3).caption, u"This computer sends GET user:2935 again, to the same node, S03."_s);
    const Storyboard moved = tellStory(movedTrace());
    QCOMPARE(moved.at(3).caption, u"This computer sends GET user:2935 again, now to S01."_s);
}

void StoryboardTest::plainClientInWords()
{
    const Storyboard story = tellStory(plainTrace());
    QVERIFY(story.last().caption.startsWith(
        u"A plain client stops here. Your program receives this error."));
    QCOMPARE(story.last().bead, u"MOVED 1738 127.0.0.1:7001"_s);
    QCOMPARE(mapLines(story), QStringList(3, QString()));
    QVERIFY(story.last().ghost.isEmpty());
}

void StoryboardTest::mapOfTheClient()
{
    const QStringList withoutMap { u"1738 -> ?"_s, u"1738 -> ?"_s, u"1738 -> S01"_s,
        u"1738 -> S01"_s, u"1738 -> S01"_s, u"1738 -> S01"_s };
    QCOMPARE(mapLines(tellStory(movedTrace(Behaviour::clusterClientWithoutMap()))), withoutMap);
    QCOMPARE(tellStory(movedTrace(Behaviour::clusterClientWithoutMap())).at(2).mapLineBefore,
        u"1738 -> ?"_s);

    Trace noMap = movedTrace();
    noMap.map = {};
    QCOMPARE(mapLines(tellStory(noMap)), withoutMap);

    // Custom: starts at a chosen node, with the map.
    const auto chosen = tellStory(movedTrace({ Start::Node, s03, true }));
    QCOMPARE(chosen.first().mapLine, u"1738 -> S03"_s);
    const auto stopping = tellStory(movedTrace({ Start::Owner, {}, false }));
    QCOMPARE(stopping.first().mapLine, u"1738 -> S03"_s);
}

void StoryboardTest::unknownSlotIsLearnt()
{
    Trace trace = movedTrace();
    trace.argv = { "NEWCOMMAND", "user:2935" };
    trace.slot.reset();
    const Storyboard story = tellStory(trace);
    QCOMPARE(story.at(0).caption,
        u"Where the keys of NEWCOMMAND user:2935 stand is not known here. This computer asks S03."_s);
    QCOMPARE(mapLines(story),
        QStringList({ u""_s, u"1738 -> S03"_s, u"1738 -> S01"_s, u"1738 -> S01"_s, u"1738 -> S01"_s,
            u"1738 -> S01"_s }));
}

void StoryboardTest::keyless()
{
    Trace trace = traceOf(Behaviour::clusterClientWithMap());
    trace.argv = { "PING" };
    trace.keys.clear();
    trace.slot.reset();
    trace.hops = { hopTo(3, HopOutcome::Reply) };
    finish(trace, TraceOutcome::Reply, "PONG");
    const Storyboard story = tellStory(trace);
    QCOMPARE(story.at(0).caption, u"PING has no key. This computer asks S03."_s);
    QCOMPARE(story.at(1).bead, u"\"PONG\""_s);
    QCOMPARE(story.at(1).caption, u"S03 answers: \"PONG\""_s);
    QCOMPARE(mapLines(story), QStringList(3, QString()));

    resp::ReplyReader reader;
    reader.feed("%2\r\n+name\r\n+Ada\r\n+role\r\n+admin\r\n");
    trace.reply = reader.next()->value();
    QCOMPARE(tellStory(trace).at(1).caption, u"S03 answers: map of 2"_s);
}

void StoryboardTest::outcomeUnknownInWords()
{
    Trace trace = traceOf(Behaviour::clusterClientWithMap());
    trace.hops = { hopTo(3, HopOutcome::OutcomeUnknown) };
    finish(trace, TraceOutcome::OutcomeUnknown);
    QCOMPARE(tellStory(trace).last().caption,
        u"Sent to S03, no reply. It may have been executed. Not sent again."_s);
}

void StoryboardTest::connectFailedInWords()
{
    Trace trace = traceOf(Behaviour::clusterClientWithMap());
    trace.hops = { hopTo(3, HopOutcome::ConnectFailed) };
    trace.hops.first().raw = "the reason";
    finish(trace, TraceOutcome::ConnectFailed);
    const QString caption = tellStory(trace).last().caption;
    QVERIFY2(caption.contains(u"S03") && caption.contains(u"the reason"), qPrintable(caption));
}

void StoryboardTest::waits()
{
    const Storyboard story = tellStory(waitTrace());
    QCOMPARE(story.at(2).timeLabel, u"waited 50 ms"_s);
    QCOMPARE(story.at(2).bead, u"TRYAGAIN"_s);
    QVERIFY(story.at(2).caption.contains(u"50 ms"));
    QCOMPARE(story.at(2).nodeId, idOf(3));

    Trace plain = traceOf(Behaviour::plainClient());
    plain.hops = { waitTrace().hops.first() };
    finish(plain, TraceOutcome::Error);
    QCOMPARE(summary(tellStory(plain)), u"ask S03 | reply S03 | end S03"_s);
}

void StoryboardTest::gaveUp()
{
    Trace trace = waitTrace();
    trace.hops.removeLast();
    trace.detail = u"the reason"_s;
    finish(trace, TraceOutcome::GaveUp);
    const Storyboard story = tellStory(trace);
    QCOMPARE(summary(story), u"ask S03 | reply S03 | end S03"_s);
    QCOMPARE(story.last().caption, u"the reason"_s);
}

void StoryboardTest::hostileTextIsVisible()
{
    Trace trace = movedTrace();
    trace.argv = { "GET", "%1%2\x1b[31m<b>\u202e" };
    trace.hops.last().outcome = HopOutcome::Error;
    trace.hops.last().raw = "ERR \x1b[2J%1" + QByteArray(10'000, 'x');
    finish(trace, TraceOutcome::Error);
    for (const Step& step : tellStory(trace)) {
        for (const QString& text : { step.caption, step.bead }) {
            QVERIFY(!text.contains(QChar(0x1b)));
            QVERIFY(!text.contains(QChar(0x202e)));
            QVERIFY(text.size() < 400);
        }
    }
    QVERIFY(tellStory(trace).first().caption.contains(u"%1%2"));
}

void StoryboardTest::isPure_data()
{
    QTest::addColumn<Trace>("trace");
    QTest::newRow("moved") << movedTrace();
    QTest::newRow("ask") << askTrace();
    QTest::newRow("moved then ask") << movedThenAskTrace();
    QTest::newRow("plain") << plainTrace();
    QTest::newRow("wait") << waitTrace();
}

void StoryboardTest::isPure()
{
    QFETCH(Trace, trace);
    const Storyboard one = tellStory(trace);
    const Storyboard two = tellStory(trace);
    QCOMPARE(one.size(), two.size());
    for (int i = 0; i < one.size(); ++i)
        QVERIFY(isSame(one.at(i), two.at(i)));
}

void StoryboardTest::prefixes_data()
{
    isPure_data();
}

// What a running command has told already stays told: only the last steps may still change.
void StoryboardTest::prefixes()
{
    QFETCH(Trace, trace);
    const Storyboard whole = tellStory(trace);
    for (int hops = 0; hops <= trace.hops.size(); ++hops) {
        for (const bool isPending : { false, true }) {
            Trace prefix = trace;
            prefix.hops.resize(hops);
            prefix.outcome = TraceOutcome::Running;
            if (isPending && hops > 0) {
                Hop& last = prefix.hops.last();
                last.outcome = HopOutcome::Pending;
                last.raw.clear();
                last.slot.reset();
                last.micros = 0;
                last.mapChanged = false;
            }
            const Storyboard part = tellStory(prefix);
            QVERIFY(part.size() <= whole.size());
            for (int i = 0; i + 1 < part.size(); ++i)
                QVERIFY2(isSame(part.at(i), whole.at(i)), qPrintable(whole.at(i).caption));
            if (!part.isEmpty())
                QCOMPARE(part.last().kind, whole.at(part.size() - 1).kind);
        }
    }
}

void StoryboardTest::frames()
{
    const Storyboard story = tellStory(plainTrace());
    const auto check = [&](double seconds, int step, double progress) {
        const StoryFrame frame = frameAt(story, seconds);
        return frame.step == step && qAbs(frame.progress - progress) < 1e-9;
    };
    QCOMPARE(story.size(), 3);
    QVERIFY(check(-1, 0, 0));
    QVERIFY(check(0, 0, 0));
    QVERIFY(check(0.25, 0, 0.25));
    QVERIFY(check(1, 1, 0));
    QVERIFY(check(2.5, 2, 0.5));
    QVERIFY(check(3, 2, 1));
    QVERIFY(check(1e300, 2, 1));
    QVERIFY(check(std::numeric_limits<double>::infinity(), 2, 1));
    QVERIFY(check(std::numeric_limits<double>::quiet_NaN(), 0, 0));
    QCOMPARE(frameAt({}, 1).step, -1);
}

// A dead owner, a wait, and the node that a newer map names.
void StoryboardTest::failover()
{
    Trace trace = traceOf(Behaviour::clusterClientWithMap());
    Hop dead = hopTo(3, HopOutcome::ConnectFailed);
    dead.raw = "Connection refused.";
    Hop heir = hopTo(1, HopOutcome::Reply);
    heir.waitMicros = 100'000;
    trace.hops = { dead, heir };
    trace.outcome = TraceOutcome::Reply;
    const Storyboard story = tellStory(trace);
    QCOMPARE(story.size(), 5);
    QCOMPARE(story.at(0).kind, StepKind::ConnectFailed);
    QCOMPARE(story.at(1).kind, StepKind::Wait);
    QVERIFY(story.at(1).caption.contains(u"100 ms"));
    QCOMPARE(story.at(2).kind, StepKind::Ask);
    QVERIFY(story.at(2).caption.contains(u"newer map"));
    QCOMPARE(story.at(2).mapLine, u"1738 -> S01"_s);
    QCOMPARE(story.at(3).kind, StepKind::Reply);
}

// A loading replica: another one is asked at once, and nobody waits.
void StoryboardTest::replicaReads()
{
    Trace trace = traceOf(Behaviour::replicaReader());
    Hop loading = hopTo(2, HopOutcome::Loading);
    loading.raw = "LOADING Redis is loading the dataset in memory";
    loading.replicaRead = true;
    Hop other = hopTo(1, HopOutcome::Reply);
    other.replicaRead = true;
    trace.hops = { loading, other };
    trace.outcome = TraceOutcome::Reply;
    const Storyboard story = tellStory(trace);
    QCOMPARE(story.size(), 5);
    QVERIFY(story.at(0).caption.contains(u"a replica"));
    QCOMPARE(story.at(1).kind, StepKind::Reply);
    QCOMPARE(story.at(2).kind, StepKind::Ask);
    QVERIFY(story.at(2).caption.contains(u"again"));
    QCOMPARE(story.at(2).mapLine, u"1738 -> S03"_s);
}

void StoryboardTest::namesWithSeveralAddresses()
{
    Trace trace = movedTrace(Behaviour::clusterClientWithoutMap());
    Hop& first = trace.hops.first();
    first.address.host = u"clustercfg.orders.example"_s;
    first.dialled = u"127.0.0.3:7003"_s;
    QCOMPARE(tellStory(trace).first().kind, StepKind::Ask);
    first.resolved = { u"127.0.0.1"_s, u"127.0.0.3"_s };
    const Storyboard story = tellStory(trace);
    const Step& step = story.first();
    QCOMPARE(step.kind, StepKind::Resolve);
    QCOMPARE(step.hop, 0);
    QCOMPARE(step.caption,
        u"clustercfg.orders.example resolves to 2 addresses; this computer chose 127.0.0.3."_s);
    QCOMPARE(step.choices,
        (QList<net::Endpoint> { { u"127.0.0.1"_s, 7003 }, { u"127.0.0.3"_s, 7003 } }));
    QCOMPARE(story.at(1).kind, StepKind::Ask);
    QCOMPARE(std::count_if(story.begin(), story.end(),
                 [](const Step& one) { return one.kind == StepKind::Resolve; }),
        1);
}

void StoryboardTest::plainClientsLearnTheShare()
{
    const Trace trace = plainTrace();
    const cluster::Node& asked = *trace.map.nodeById(idOf(3));
    // 5461 slots of its own, and the one that was moved to it.
    QCOMPARE(movedShare(trace.map, asked), 10922.0 / 16384);
    QVERIFY(tellStory(trace).last().caption.endsWith(
        u"From this node 66 % of slots answer MOVED, which is why it sometimes works."));

    // Of the slots that somebody owns; a replica owns none.
    cluster::TopologyData data = trace.map.data();
    data.shards.clear();
    data.nodes[0].ranges.clear();
    cluster::Node replica;
    replica.id = idOf(9);
    replica.role = cluster::Role::Replica;
    data.nodes.append(replica);
    const auto map = cluster::Topology::build(data);
    QCOMPARE(movedShare(map, map.nodes().at(0)), 1.0);
    QCOMPARE(movedShare(map, map.nodes().at(2)), 5462.0 / (5462 + 5462));
    QCOMPARE(movedShare(map, map.nodes().at(3)), 1.0);
    QCOMPARE(movedShare({}, map.nodes().at(2)), 0.0);

    Trace ask = plainTrace();
    ask.hops = { redirected(3, 1, HopOutcome::Ask) };
    QVERIFY(!tellStory(ask).last().caption.contains(u'%'));
    Trace chosen = plainTrace();
    chosen.behaviour.start = Start::Node;
    QVERIFY(!tellStory(chosen).last().caption.contains(u'%'));
}

// Three commands: two begin at once, the third when the first has been answered.
void StoryboardTest::together()
{
    QList<Trace> traces { movedTrace(), plainTrace(), movedTrace() };
    for (Trace& trace : traces)
        trace.totalMicros = 600;
    traces[0].startedMicros = 1'000'000;
    traces[1].startedMicros = 1'000'000;
    traces[2].startedMicros = 1'000'600;
    const Storyboard story = tellStory(traces);
    QCOMPARE(traceCount(story), 3);
    for (qsizetype i = 1; i < story.size(); ++i)
        QVERIFY(beginOf(story, i - 1) <= beginOf(story, i));
    // A step a second within each command; 13 steps took 1800 us, so 600 us are 4.33 s.
    QList<double> begins;
    for (int i = 0; i < story.size(); ++i) {
        if (story.at(i).trace == 2)
            begins.append(beginOf(story, i));
    }
    QCOMPARE(begins.size(), 5);
    QVERIFY(qAbs(begins.first() - 13.0 / 3) < 1e-9);
    QVERIFY(qAbs(begins.last() - begins.first() - 4) < 1e-9);

    const StoryFrame both = frameAt(story, 0.5);
    QCOMPARE(both.step, 1);
    QCOMPARE(both.others.size(), 1);
    QCOMPARE(both.others.first().step, 0);
    QCOMPARE(progressOf(both, 0), 0.5);
    QCOMPARE(progressOf(both, 2), -1.0);
    const StoryFrame later = frameAt(story, 2.5);
    QCOMPARE(progressOf(later, 0), 1.0);

    // One end for all.
    QCOMPARE(std::count_if(story.begin(), story.end(),
                 [](const Step& step) { return step.kind == StepKind::End; }),
        1);
    QCOMPARE(story.last().kind, StepKind::End);
    QCOMPARE(story.last().caption, u"3 of 3 commands were answered, after 1.2 ms in all."_s);
    QCOMPARE(storyLength(story), beginOf(story, story.size() - 1) + 1);

    traces[2].outcome = TraceOutcome::Running;
    QVERIFY(tellStory(traces).last().kind != StepKind::End);
    // What has not begun is not told, and one is as if it were alone.
    traces[1].hops.clear();
    traces[2].hops.clear();
    QCOMPARE(tellStory(traces).size(), tellStory(traces.first()).size());
    QCOMPARE(tellStory(QList<Trace>()).size(), 0);
}

// A command that began long after the others does not keep everybody waiting for it.
void StoryboardTest::togetherInSpiteOfWaits()
{
    QList<Trace> traces { movedTrace(), movedTrace() };
    traces[0].startedMicros = 1;
    traces[1].startedMicros = 1 + 3600'000'000LL;
    const Storyboard story = tellStory(traces);
    QVERIFY(storyLength(story) <= 26);
    // From a capture: milliseconds of the clock on the wall.
    traces[0].startedMicros = 0;
    traces[0].startedAt = QDateTime::fromMSecsSinceEpoch(1'000'000, Qt::UTC);
    traces[1].startedAt = traces[0].startedAt.addMSecs(1);
    const Storyboard recorded = tellStory(traces);
    QVERIFY(beginOf(recorded, recorded.size() - 2) > 5);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::StoryboardTest)
#include "tst_storyboard.moc"
