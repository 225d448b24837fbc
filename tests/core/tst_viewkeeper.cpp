// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/reachkeeper.h"
#include "core/session/viewkeeper.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope::cluster;
using slotscope::session::PollTarget;
using slotscope::session::ViewKeeper;

namespace slotscope::tests {
namespace {

NodeId id(char letter)
{
    return NodeId(QByteArray(1, letter));
}

/// What node `myself` prints; `lines` are "x FLAGS ...", node x has the address 10.0.0.x:1.
QByteArray textOf(char myself, const QList<QByteArray>& lines)
{
    QByteArray text;
    for (const QByteArray& line : lines) {
        text += line.left(1) + " 10.0.0." + QByteArray::number(line.front() - 'a' + 1) + ":1@11 ";
        text += (line.front() == myself ? "myself," : "") + line.mid(2) + '\n';
    }
    return text;
}

ViewInput viewOf(char myself, const QList<QByteArray>& lines)
{
    const auto parsed = parseNodes(textOf(myself, lines));
    if (!parsed)
        qFatal("%s", qPrintable(parsed.error().detail));
    return { *parsed, {}, u"10.0.0.9"_s, 1, {} };
}

Topology merged(const ViewKeeper& keeper)
{
    return keeper.merge({}, {}, {});
}

QString ownerOf(const ViewKeeper& keeper, int slot)
{
    const Topology topology = merged(keeper);
    const Node* owner = topology.ownerOf(Slot(slot));
    return owner == nullptr ? QString() : owner->id.toString();
}

Health healthOf(const ViewKeeper& keeper, char letter)
{
    const Topology topology = merged(keeper);
    const Node* node = topology.nodeById(id(letter));
    return node == nullptr ? Health::Unknown : node->health;
}

net::Answer answerOf(const QByteArray& text)
{
    return { resp::Reply::fromText(resp::Type::String, text), true, 0, 0 };
}

const QByteArray a = "a master - 0 0 1 connected 0-99";
const QByteArray b = "b master - 0 0 2 connected 100-199";
const QByteArray c = "c master - 0 0 3 connected 200-299";

} // namespace

class TestViewKeeper final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aChangeIsNoDispute();
    void aDisputeStays();
    void whoIsBehindUndoesNothing();
    void whoIsHeardFirstAndBehindUndoesNothing();
    void slotsThatLoseTheirOwner();
    void aForgottenNodeStaysUntilNobodyNamesIt();
    void aNodeThatOnlyNamesItselfIsNotAMember();
    void suspicionStaysUntilItIsWithdrawn();
    void recoveryIsBelievedAtOnce();
    void aFailedNodeMayStillSpeak();
    void aSilentNewestIsTheBaseUntilAnotherAnswers();
    void handshakesOfOthersAreNotKept();
    void silenceAndItsEndAreToldOnce();
    void understands_data();
    void understands();
    void mayFollow();
    void manyViewsInTime();
};

void TestViewKeeper::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
}

void TestViewKeeper::aChangeIsNoDispute()
{
    ViewKeeper keeper;
    keeper.add(viewOf('a', { a, b, c }));
    keeper.add(viewOf('b', { a, b, c }));
    const QByteArray less = "a master - 0 0 1 connected 0-89";
    const QByteArray more = "b master - 0 0 4 connected 90-199";
    keeper.add(viewOf('b', { less, more, c }));
    QCOMPARE(ownerOf(keeper, 95), u"b"_s);
    QVERIFY(merged(keeper).data().claims.isEmpty());
    QVERIFY(merged(keeper).data().disputes.isEmpty());
    // c is heard for the first time and knows it as well.
    keeper.add(viewOf('c', { less, more, c }));
    QVERIFY(merged(keeper).data().claims.isEmpty());
    QCOMPARE(merged(keeper).data().viewsAnswered, 3);
}

void TestViewKeeper::aDisputeStays()
{
    ViewKeeper keeper;
    const QByteArray greedy = "b master - 0 0 2 connected 90-199";
    for (int i = 0; i < 5; ++i) {
        keeper.add(viewOf('a', { a, b, c }));
        keeper.add(viewOf('b', { "a master - 0 0 1 connected 0-89", greedy, c }));
        keeper.add(viewOf('c', { a, b, c }));
    }
    const TopologyData data = merged(keeper).data();
    QCOMPARE(data.disputes.size(), 1);
    QCOMPARE(data.disputes.front().range, (SlotRange { Slot(90), Slot(99) }));
    QCOMPARE(data.claims.size(), 2);
    QCOMPARE(ownerOf(keeper, 90), u"b"_s);
}

void TestViewKeeper::whoIsBehindUndoesNothing()
{
    ViewKeeper keeper;
    keeper.add(viewOf('a', { a, b, c }));
    keeper.add(viewOf('b', { a, b, c }));
    // From a to b, then on to c. Node a has heard of the first step only.
    keeper.add(viewOf('b',
        { "a master - 0 0 1 connected 0-89", "b master - 0 0 4 connected 100-199",
            "c master - 0 0 5 connected 90-99 200-299" }));
    QCOMPARE(ownerOf(keeper, 90), u"c"_s);
    keeper.add(
        viewOf('a', { "a master - 0 0 1 connected 0-89", "b master - 0 0 4 connected 90-199", c }));
    QCOMPARE(ownerOf(keeper, 90), u"c"_s);
}

void TestViewKeeper::whoIsHeardFirstAndBehindUndoesNothing()
{
    ViewKeeper keeper;
    keeper.add(
        viewOf('a', { "a master - 0 0 1 connected 0-89", "b master - 0 0 4 connected 90-199", c }));
    keeper.add(viewOf('c', { a, b, c }));
    QCOMPARE(ownerOf(keeper, 90), u"b"_s);
    QVERIFY(!merged(keeper).data().disputes.isEmpty()); // so it is, until c has heard
}

void TestViewKeeper::slotsThatLoseTheirOwner()
{
    ViewKeeper keeper;
    keeper.add(viewOf('a', { a, b, c }));
    keeper.add(viewOf('b', { a, b, c }));
    keeper.add(viewOf('b', { a, b, "c master - 0 0 3 connected 200-298" }));
    QCOMPARE(ownerOf(keeper, 299), QString());
    QCOMPARE(ownerOf(keeper, 298), u"c"_s);
}

/// CLUSTER FORGET empties one view; those of the others follow one by one, or not at all.
void TestViewKeeper::aForgottenNodeStaysUntilNobodyNamesIt()
{
    const QByteArray empty = "d master - 0 0 0 connected";
    ViewKeeper keeper;
    for (const char node : { 'a', 'b', 'd' })
        keeper.add(viewOf(node, { a, b, empty }));
    QVERIFY(!keeper.missesNodes());
    keeper.add(viewOf('a', { a, b }));
    QVERIFY(keeper.missesNodes());
    QVERIFY(merged(keeper).nodeById(id('d')) != nullptr);
    keeper.add(viewOf('b', { a, b, empty }));
    QVERIFY(!keeper.missesNodes());
    QVERIFY(merged(keeper).nodeById(id('d')) != nullptr);
    keeper.add(viewOf('b', { a, b }));
    QVERIFY(!keeper.missesNodes());
    QVERIFY(merged(keeper).nodeById(id('d')) == nullptr);
    QCOMPARE(merged(keeper).data().viewsAnswered, 2);
}

void TestViewKeeper::aNodeThatOnlyNamesItselfIsNotAMember()
{
    ViewKeeper keeper;
    keeper.add(viewOf('d', { a, b, "d slave a 0 0 1 connected" }));
    keeper.add(viewOf('a', { a, b }));
    keeper.markSilent(id('d'), { u"gone"_s });
    QVERIFY(merged(keeper).nodeById(id('d')) == nullptr);
    keeper.add(viewOf('b', { a, b }));
    QVERIFY(keeper.silent().isEmpty());
}

void TestViewKeeper::suspicionStaysUntilItIsWithdrawn()
{
    const QByteArray suspected = "c master,fail? - 0 0 3 connected 200-299";
    ViewKeeper keeper;
    keeper.add(viewOf('b', { a, b, c }));
    keeper.add(viewOf('a', { a, b, c }));
    keeper.add(viewOf('a', { a, b, suspected }));
    QCOMPARE(healthOf(keeper, 'c'), Health::PFail);
    // It is a's opinion: that b does not share it proves nothing, the next time nor the time after.
    keeper.add(viewOf('b', { a, b, c }));
    QCOMPARE(healthOf(keeper, 'c'), Health::PFail);
    keeper.add(viewOf('b', { a, b, c }));
    QCOMPARE(healthOf(keeper, 'c'), Health::PFail);
    keeper.add(viewOf('a', { a, b, c }));
    QCOMPARE(healthOf(keeper, 'c'), Health::Ok);
}

void TestViewKeeper::recoveryIsBelievedAtOnce()
{
    const QByteArray failed = "c master,fail - 0 0 3 connected 200-299";
    ViewKeeper keeper;
    keeper.add(viewOf('a', { a, b, failed }));
    keeper.add(viewOf('b', { a, b, failed }));
    QCOMPARE(healthOf(keeper, 'c'), Health::Fail);
    keeper.add(viewOf('a', { a, b, c })); // b has not been asked again
    QCOMPARE(healthOf(keeper, 'c'), Health::Ok);
}

void TestViewKeeper::aFailedNodeMayStillSpeak()
{
    const QByteArray failed = "c master,fail - 0 0 3 connected 200-299";
    ViewKeeper keeper;
    keeper.add(viewOf('c', { a, b, c }));
    keeper.add(viewOf('a', { a, b, c }));
    keeper.add(viewOf('a', { a, b, failed }));
    QVERIFY(!keeper.speaking().contains(id('c'))); // what it said is from before
    keeper.add(viewOf('c', { a, b, c }));
    keeper.add(viewOf('b', { a, b, failed }));
    QVERIFY(keeper.speaking().contains(id('c')));
    QCOMPARE(healthOf(keeper, 'c'), Health::Fail);
}

void TestViewKeeper::aSilentNewestIsTheBaseUntilAnotherAnswers()
{
    ViewKeeper keeper;
    keeper.add(viewOf('b', { a, b, c }));
    keeper.add(viewOf('a', { a, b, c }));
    keeper.markSilent(id('a'), { u"a is silent."_s });
    Topology topology = merged(keeper);
    QCOMPARE(topology.nodes().size(), 3);
    QCOMPARE(topology.data().viewsAsked, 2);
    QCOMPARE(topology.data().viewsAnswered, 1);
    QCOMPARE(topology.data().warnings, QStringList { u"a is silent."_s });
    keeper.add(viewOf('b', { a, b, c }));
    topology = merged(keeper);
    QCOMPARE(topology.data().views, QList<NodeId> { id('b') });
    QCOMPARE(topology.data().viewsAsked, 2);
    keeper.add(viewOf('a', { a, b, c }));
    QCOMPARE(merged(keeper).data().viewsAnswered, 2);
    QVERIFY(merged(keeper).data().warnings.isEmpty());
}

void TestViewKeeper::handshakesOfOthersAreNotKept()
{
    ViewKeeper keeper;
    keeper.add(viewOf('a', { a, b, "x handshake - 0 0 0 disconnected" }));
    QCOMPARE(merged(keeper).nodes().size(), 3);
    keeper.add(viewOf('b', { a, b, "y handshake - 0 0 0 disconnected" }));
    QCOMPARE(merged(keeper).nodes().size(), 3);
    QVERIFY(merged(keeper).nodeById(id('x')) == nullptr);
}

void TestViewKeeper::silenceAndItsEndAreToldOnce()
{
    ViewKeeper keeper;
    session::ReachKeeper reach;
    const auto news = [&](bool isFirst = false) {
        QStringList texts;
        for (const TopologyEvent& event : reach.eventsOf(keeper, merged(keeper), isFirst)) {
            texts.append(changeName(event.change.kind) + u' ' + event.change.node.toString() + u' '
                + event.change.after);
        }
        return texts;
    };
    for (const char letter : { 'a', 'b', 'c' })
        keeper.add(viewOf(letter, { a, b, c }));
    keeper.markSilent(id('c'), { u"c is silent."_s });
    // It may have been so for long.
    QCOMPARE(
        news(true), QStringList { u"node-unreached c it was silent when the session began"_s });
    QCOMPARE(news(), QStringList());
    keeper.markSilent(
        id('b'), { {}, support::Error { support::ErrorCode::ConnectionRefused, {}, {} } });
    QCOMPARE(news(), QStringList { u"node-unreached b connection refused"_s });
    keeper.markSilent(id('b'), { u"b is silent."_s });
    QCOMPARE(news(), QStringList());
    keeper.add(viewOf('c', { a, b, c }));
    keeper.add(viewOf('b', { a, b, c }));
    QCOMPARE(news(), (QStringList { u"node-reached b "_s, u"node-reached c "_s }));
    QCOMPARE(news(), QStringList());
}

void TestViewKeeper::understands_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<char>("asked");
    QTest::addColumn<bool>("hasView");
    QTest::addColumn<QString>("trouble");
    QTest::newRow("a view") << textOf('a', { a, b }) << 'a' << true << QString();
    QTest::newRow("knows only itself")
        << textOf('a', { "a master - 0 0 0 connected" }) << 'a' << false << QString();
    QTest::newRow("another cluster")
        << textOf('x', { "x master - 0 0 1 connected 0-9", "y master - 0 0 2 connected 10" }) << 'a'
        << false << u"Expected node a, reached x"_s;
    QTest::newRow("rebuilt under another id")
        << textOf('n', { "n master - 0 0 1 connected 0-99", b }) << 'a' << true
        << u"a's view is missing."_s;
    QTest::newRow("crossed addresses")
        << textOf('b', { a, b }) << 'a' << false << u"Expected node a, reached b"_s;
    QTest::newRow("no line of its own") << textOf('z', { a, b }) << 'a' << false << QString();
    QTest::newRow("garbage") << QByteArray("<html>") << 'a' << false << u"view is missing."_s;
}

void TestViewKeeper::understands()
{
    QFETCH(const QByteArray, text);
    QFETCH(const char, asked);
    QFETCH(const bool, hasView);
    QFETCH(const QString, trouble);
    ViewKeeper keeper;
    keeper.add(viewOf('a', { a, b, c }));
    const auto understood
        = keeper.understand(answerOf(text), PollTarget { id(asked), { u"10.0.0.1"_s, 1 } });
    QCOMPARE(understood.view.has_value(), hasView);
    QVERIFY2(understood.trouble.why.contains(trouble), qPrintable(understood.trouble.why));
    QCOMPARE(understood.trouble.why.isEmpty(), trouble.isEmpty());
}

void TestViewKeeper::mayFollow()
{
    const auto of
        = [](const QList<QByteArray>& lines) { return mergeViews({ viewOf('a', lines) }, {}); };
    const Topology known = of({ a, b });
    const Topology empty = of({ "a master - 0 0 0 connected" });
    TopologyData standalone;
    standalone.kind = Kind::Standalone;
    standalone.nodes = { Node() };
    QVERIFY(session::mayFollow(known, of({ a })));
    QVERIFY(session::mayFollow(Topology(), empty));
    QVERIFY(session::mayFollow(empty, of({ c })));
    QVERIFY(!session::mayFollow(known, empty));
    QVERIFY(!session::mayFollow(known, of({ c })));
    QVERIFY(!session::mayFollow(known, Topology::build(standalone)));
    QVERIFY(!session::mayFollow(known, Topology()));
}

/// 300 nodes that agree, and 300 that have all seen a failover. Each pair of views compared slot by
/// slot would take minutes.
void TestViewKeeper::manyViewsInTime()
{
    constexpr int count = 300;
    NodesView view;
    for (int i = 0; i < count; ++i) {
        Node node;
        node.id = NodeId(QByteArray::number(i).rightJustified(40, '0'));
        node.ip = u"10.0.0.%1"_s.arg(i);
        node.port = 7000;
        node.address = { node.ip, node.port };
        node.role = Role::Primary;
        node.health = Health::Ok;
        node.configEpoch = 1;
        node.ranges = { { Slot(i * 54), Slot(i * 54 + 53) } };
        view.nodes.append(node);
    }
    const auto viewsOf = [](const NodesView& common) {
        QList<ViewInput> views;
        for (int i = 0; i < count; ++i) {
            NodesView own = common;
            own.myself = i;
            Node line = own.nodes.at(i);
            line.myself = true;
            own.nodes[i] = line;
            views.append({ own, {}, line.ip, 7000, {} });
        }
        return views;
    };
    const QList<ViewInput> before = viewsOf(view);
    Node winner = view.nodes.at(1);
    Node loser = view.nodes.at(0);
    std::swap(winner.ranges, loser.ranges);
    loser.configEpoch = 2;
    winner.configEpoch = 3;
    view.nodes[0] = loser;
    view.nodes[1] = winner;
    const QList<ViewInput> after = viewsOf(view);

    ViewKeeper keeper;
    QElapsedTimer timer;
    timer.start();
    keeper.addTogether(before);
    QCOMPARE(merged(keeper).data().views.size(), count);
    const qint64 first = timer.restart();
    for (const ViewInput& one : after)
        keeper.add(one);
    const Topology topology = merged(keeper);
    const qint64 second = timer.restart();
    qInfo("%d views: %lld ms together, %lld ms one by one", count, static_cast<long long>(first),
        static_cast<long long>(second));
    QCOMPARE(topology.ownerOf(Slot(0))->id, winner.id);
    QVERIFY(topology.data().disputes.isEmpty());
    QVERIFY2(first + second < 20'000, "too slow");
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestViewKeeper)
#include "tst_viewkeeper.moc"
