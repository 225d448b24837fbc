// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/health/sessionfindings.h"
#include "core/session/viewkeeper.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope::cluster;
using namespace slotscope::health;
using slotscope::session::asSeenBy;
using slotscope::session::ToldViews;
using slotscope::session::ViewKeeper;

namespace slotscope::tests {
namespace {

NodeId id(char letter)
{
    return NodeId(QByteArray(1, letter));
}

/// As `myself` prints three primaries and a replica of the first; flags and slots may be others.
struct Print
{
    char myself = 'a';
    QByteArray flagsOfB = "master";
    QByteArray slotsOfA = "0-5460";
    QByteArray slotsOfB = "5461-10922";
};

ViewInput viewOf(const Print& print)
{
    QByteArray text = "a 10.0.0.1:1@11 master - 0 0 1 connected " + print.slotsOfA
        + "\nb 10.0.0.2:1@11 " + print.flagsOfB + " - 0 0 2 connected " + print.slotsOfB
        + "\nc 10.0.0.3:1@11 master - 0 0 3 connected 10923-16383"
          "\nd 10.0.1.1:1@11 slave a 0 0 1 connected"
          "\ne 10.0.1.2:1@11 slave b 0 0 1 connected"
          "\nf 10.0.1.3:1@11 slave c 0 0 1 connected\n";
    const QByteArray own = QByteArray(1, print.myself) + " ";
    const auto line = text.startsWith(own) ? 0 : text.indexOf(QByteArray('\n' + own)) + 1;
    text.insert(text.indexOf("@11 ", line) + 4, "myself,");
    const auto parsed = parseNodes(text);
    if (!parsed)
        qFatal("%s", qPrintable(parsed.error().detail));
    return { *parsed, {}, u"10.0.0.9"_s, 1, {} };
}

Topology merged(const ViewKeeper& keeper)
{
    TopologyData head;
    head.state = ClusterState::Ok;
    return keeper.merge(head, { ClusterState::Ok, 6 }, {});
}

QStringList codesOf(const QList<Finding>& findings)
{
    QStringList codes;
    for (const Finding& finding : findings)
        codes << QString(severityName(finding.severity) % u' ' % codeName(finding.code));
    return codes;
}

QStringList codesOf(const ViewKeeper& keeper)
{
    return codesOf(findingsOf(keeper.told(), merged(keeper)));
}

} // namespace

class TestSessionFindings final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void wellIsNothing();
    void whoSaysSoIsCounted();
    void whatIsContradictedIsGone();
    void silenceIsAProblemWithItsCost();
    void viewsThatDiffer();
    void withoutViewsTheTopologyTells();
    void checksAreKept();
    void asOneNodeSeesIt();
    void nobodySeesWhatWasNotTold();
};

void TestSessionFindings::init()
{
    QTest::failOnWarning(QRegularExpression(u"."_s));
}

void TestSessionFindings::wellIsNothing()
{
    ViewKeeper keeper;
    keeper.addTogether({ viewOf({ 'a' }), viewOf({ 'b' }), viewOf({ 'c' }) });
    QCOMPARE(codesOf(keeper), QStringList());
    QCOMPARE(findingsOf({}, Topology()), QList<Finding>());
}

void TestSessionFindings::whoSaysSoIsCounted()
{
    ViewKeeper keeper;
    keeper.addTogether(
        { viewOf({ 'c' }), viewOf({ 'd', "master,fail" }), viewOf({ 'a', "master,fail" }) });
    const QList<Finding> findings = findingsOf(keeper.told(), merged(keeper));
    QVERIFY(!findings.isEmpty());
    QCOMPARE(findings.front().code, FindingCode::NodeFailed);
    QCOMPARE(findings.front().severity, Severity::Error);
    QCOMPARE(findings.front().nodes, QList<NodeId> { id('b') });
    QCOMPARE(slotCount(findings.front().ranges), 5462);
    QVERIFY2(findings.front().detail.contains(u"2 of 3"), qPrintable(findings.front().detail));
    // A session keeps of each view who is ill in it, and not everybody: who is well is not unknown.
    QVERIFY(!codesOf(keeper).contains(u"members-differ"_s));
}

void TestSessionFindings::whatIsContradictedIsGone()
{
    ViewKeeper keeper;
    keeper.add(viewOf({ 'a', "master,fail" }));
    keeper.add(viewOf({ 'c', "master,fail" }));
    keeper.add(viewOf({ 'a' })); // it has come back, and c was not asked since
    QCOMPARE(codesOf(keeper), QStringList());
    QVERIFY(keeper.told().by(id('c'))->ill.isEmpty());
}

void TestSessionFindings::silenceIsAProblemWithItsCost()
{
    ViewKeeper keeper;
    keeper.add(viewOf({ 'a' }));
    keeper.markSilent(id('b'), { u"It is asleep."_s });
    const Topology topology = merged(keeper);
    const QList<Finding> findings = findingsOf(keeper.told(), topology);
    QCOMPARE(codesOf(findings), QStringList { u"warning node-unreachable"_s });
    QVERIFY2(findings.front().title.contains(u"5462"), qPrintable(findings.front().title));
    QVERIFY(findings.front().detail.startsWith(u"It is asleep."));
    // And the sentence on top says what it costs.
    const Headline headline = headlineOf(topology, findings, QDateTime::currentDateTimeUtc());
    QCOMPARE(headline.verdict, findings.front().title);
    QCOMPARE(headline.severity, Severity::Warning);
}

void TestSessionFindings::viewsThatDiffer()
{
    ViewKeeper keeper;
    keeper.addTogether({ viewOf({ 'b', "master", "0-5460", "5400-10922" }), viewOf({ 'a' }) });
    const QList<Finding> findings = findingsOf(keeper.told(), merged(keeper));
    const QStringList codes = codesOf(findings);
    QVERIFY2(codes.contains(u"error views-disagree"_s), qPrintable(codes.join(u',')));
    QVERIFY2(codes.contains(u"error slots-disputed"_s), qPrintable(codes.join(u',')));
    for (const Finding& finding : findings) {
        if (finding.code == FindingCode::SlotsDisputed)
            QCOMPARE(slotCount(finding.ranges), 61);
    }
}

void TestSessionFindings::withoutViewsTheTopologyTells()
{
    const Topology pasted = mergeViews({ viewOf({ 'a', "master,fail" }) }, TopologyData());
    const QList<Finding> findings = findingsOf({}, pasted);
    QVERIFY(!findings.isEmpty());
    QCOMPARE(findings.front().code, FindingCode::NodeFailed);
    QVERIFY(findings.front().detail.contains(u"The one view"));
    // Of several, whose views they were is not known: it is not called one.
    cluster::TopologyData data = pasted.data();
    data.viewsAsked = 5;
    data.viewsAnswered = 5;
    const QString detail = findingsOf({}, Topology::build(data)).front().detail;
    QVERIFY2(!detail.contains(u"The one view"), qPrintable(detail));
}

void TestSessionFindings::checksAreKept()
{
    Finding live;
    live.severity = Severity::Warning;
    live.code = FindingCode::NodeSuspected;
    Finding broken;
    broken.severity = Severity::Error;
    broken.code = FindingCode::ReplicationBroken;
    Finding failed;
    failed.severity = Severity::Error;
    failed.code = FindingCode::NodeFailed; // polling sees that it is over
    QCOMPARE(codesOf(joined({ live }, { broken, failed })),
        (QStringList { u"error replication-broken"_s, u"warning node-suspected"_s }));
}

void TestSessionFindings::asOneNodeSeesIt()
{
    ViewKeeper keeper;
    keeper.add(viewOf({ 'c', "master,fail" }));
    keeper.add(viewOf({ 'b', "master", "0-5399", "5400-10922" }));
    keeper.add(viewOf({ 'a' }));
    const Topology all = merged(keeper);
    const Topology one = asSeenBy(keeper.told(), id('b'), all);
    QCOMPARE(one.ownerOf(Slot(5450))->id, id('b'));
    QCOMPARE(one.data().answeredBy, id('b'));
    QCOMPARE(one.data().viewsAnswered, 1);
    QVERIFY(one.data().capturedAt.isValid());
    QVERIFY(one.data().disputes.isEmpty());
    QCOMPARE(one.labelOf(*one.nodeById(id('b'))), all.labelOf(*all.nodeById(id('b'))));
    // As it was told then, though newer views know better.
    QCOMPARE(asSeenBy(keeper.told(), id('c'), all).nodeById(id('b'))->health, Health::Fail);
}

void TestSessionFindings::nobodySeesWhatWasNotTold()
{
    ViewKeeper keeper;
    keeper.add(viewOf({ 'a' }));
    QVERIFY(asSeenBy(keeper.told(), id('b'), merged(keeper)).isEmpty());
    QVERIFY(asSeenBy(keeper.told(), NodeId(), merged(keeper)).isEmpty());
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestSessionFindings)
#include "tst_sessionfindings.moc"
