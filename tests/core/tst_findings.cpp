// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/core/healthfixture.h"

#include <QTest>

#include <functional>

using namespace Qt::StringLiterals;
using namespace slotscope::health;
using slotscope::cluster::ClusterState;
using slotscope::cluster::NodeId;
using slotscope::cluster::Slot;
using slotscope::cluster::SlotRanges;
using slotscope::support::ErrorCode;

namespace slotscope::tests {

using Change = std::function<void(Scene&)>;

namespace {

/// "error slots-disputed a,b"
QStringList summary(const QList<Finding>& findings)
{
    QStringList all;
    for (const Finding& finding : findings) {
        QStringList nodes;
        for (const NodeId& id : finding.nodes)
            nodes.append(id.toString());
        all.append(QString(severityName(finding.severity) % u' ' % codeName(finding.code) % u' '
            % nodes.join(u','))
                       .trimmed());
    }
    return all;
}

const Finding* find(const QList<Finding>& findings, FindingCode code)
{
    for (const Finding& finding : findings) {
        if (finding.code == code)
            return &finding;
    }
    return nullptr;
}

void replicaOn(Scene& scene, char id, const QByteArray& host)
{
    const int index = id - 'a';
    const QByteArray from = "10.0.1." + QByteArray::number(index - 2) + ':';
    scene.printAll(from, host + ':');
}

/// Primaries a, b and c own so many slots; the rest of c.
void share(Scene& scene, int a, int b)
{
    const auto number = [](int value) { return QByteArray::number(value); };
    scene.printAll(" 0-5460", " 0-" + number(a - 1));
    scene.printAll(" 5461-10922", ' ' + number(a) + '-' + number(a + b - 1));
    scene.printAll(" 10923-16383", ' ' + number(a + b) + "-16383");
}

void announce(Scene& scene, char id, const QString& host)
{
    scene.view(id).address.host = host;
}

} // namespace

class TestFindings final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void codes_data();
    void codes();
    void everyCodeHasAWord();
    void everyFindingSaysWhatToDo_data() { codes_data(); }
    void everyFindingSaysWhatToDo();
    void disownedSlotsAreNotServed();
    void disputeNamesTheWinner();
    void failedPrimaryHasItsSlots();
    void suspectedPrimaryHasItsSlots();
    void failedReplicaSaysWhetherSlotsAreServed();
    void unreachablePrimaryHasItsSlots();
    void openSlotsNameBothEnds_data();
    void openSlotsNameBothEnds();
    void incompleteNamesTheCommand();
    void replicationSaysHowLong();
    void sortedAndStable();
};

void TestFindings::codes_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char* name, const Change& change, const QStringList& expected) {
        QTest::newRow(name) << change << expected;
    };

    row("all well", [](Scene&) {}, {});
    row("state fail", [](Scene& s) { s.view('b').state = ClusterState::Fail; },
        { u"error cluster-state-fail b"_s });
    row("uncovered", [](Scene& s) { s.printAll(" 0-5460", " 1-5460"); },
        { u"error slots-uncovered"_s });
    row("disputed",
        [](Scene& s) {
            s.print("b", " 5461-", " 5460-");
            s.print("b", " 0-5460", " 0-5459");
        },
        { u"error slots-disputed a,b"_s, u"error views-disagree b"_s });
    row("owner denies", [](Scene& s) { s.print("a", " 0-5460", " 0-5459"); },
        { u"error views-disagree a"_s });
    row("a replica is behind the times",
        [](Scene& s) {
            s.print("f", " 0-5460", " 0-5459");
            s.print("f", " 5461-", " 5460-");
        },
        { u"error views-disagree f"_s });
    row("half against half",
        [](Scene& s) {
            s.print("def", " 0-5460", " 0-5459");
            s.print("def", " 5461-", " 5460-");
        },
        { u"error views-disagree"_s });
    row("knows only itself",
        [](Scene& s) { s.setText('f', "f 10.0.1.3:6@16 myself,master - 0 0 0 connected\n"); },
        { u"error views-disagree f"_s });

    row("open", [](Scene& s) { s.print("a", " 0-5460", " 0-5460 [7->-b]"); },
        { u"warning slots-open a,b"_s });
    row("failed primary, says one", [](Scene& s) { s.flag("e", 'b', "fail"); },
        { u"error node-failed b"_s });
    row("failed replica", [](Scene& s) { s.flag("abc", 'd', "fail"); },
        { u"error node-failed d"_s, u"warning primary-without-replica a"_s });
    row("failed, without slots",
        [](Scene& s) {
            s.printAll("d 10.0.1.1:4@14",
                "z 10.0.1.9:9@19 master,fail - 0 0 1 disconnected\nd 10.0.1.1:4@14");
        },
        { u"error node-failed z"_s });
    row("suspected", [](Scene& s) { s.flag("ab", 'c', "fail?"); },
        { u"warning node-suspected c"_s });
    row("suspected by some, failed for others",
        [](Scene& s) {
            s.flag("ab", 'c', "fail?");
            s.flag("d", 'c', "fail");
        },
        { u"error node-failed c"_s });

    row("primary unreachable", [](Scene& s) { s.lose('b'); }, { u"error node-unreachable b"_s });
    row("replica unreachable", [](Scene& s) { s.lose('e'); }, { u"warning node-unreachable e"_s });
    row("two replicas, one reason",
        [](Scene& s) {
            s.lose('d');
            s.lose('e');
        },
        { u"warning node-unreachable d,e"_s });
    row("two replicas, two reasons",
        [](Scene& s) {
            s.lose('d');
            s.lose('e', ErrorCode::AuthRequired);
        },
        { u"warning node-unreachable d"_s, u"warning node-unreachable e"_s });
    row("loading primary", [](Scene& s) { s.view('a').isLoading = true; },
        { u"error node-loading a"_s });
    row("loading replica",
        [](Scene& s) {
            s.view('d').isLoading = true;
            s.refuse('d', u"CLUSTER NODES"_s, ErrorCode::Loading);
        },
        { u"warning node-loading d"_s });
    row("noaddr",
        [](Scene& s) {
            s.printAll(
                "f 10.0.1.3:6@16", "z :0@0 master,noaddr - 0 0 0 disconnected\nf 10.0.1.3:6@16");
        },
        { u"warning node-noaddr z"_s });
    row("handshake",
        [](Scene& s) {
            s.print("a", "f 10.0.1.3:6@16",
                "z 10.0.1.9:9@19 handshake - 0 0 0 disconnected\nf 10.0.1.3:6@16");
        },
        { u"warning node-noaddr z"_s });
    row("a replica forgotten by one",
        [](Scene& s) { s.print("b", "f 10.0.1.3:6@16 slave c 0 0 3 connected\n", ""); },
        { u"warning members-differ f"_s });
    row("two forgotten",
        [](Scene& s) {
            s.print("b", "f 10.0.1.3:6@16 slave c 0 0 3 connected\n", "");
            s.print("cf", "e 10.0.1.2:5@15 slave b 0 0 2 connected\n", "");
        },
        { u"warning members-differ e,f"_s });
    row("forgotten, and on its way back",
        [](Scene& s) {
            s.print("b", "f 10.0.1.3:6@16 slave c 0 0 3 connected\n",
                "y 10.0.1.3:6@16 handshake - 0 0 0 disconnected\n");
        },
        { u"warning node-noaddr y"_s });

    row("one epoch for two",
        [](Scene& s) { s.printAll("0 0 3 connected 10923", "0 0 2 connected 10923"); },
        { u"warning epoch-collision b,c"_s });
    row("one epoch for two, one has no slots",
        [](Scene& s) {
            s.printAll(
                "f 10.0.1.3:6@16", "z 10.0.1.9:9@19 master - 0 0 3 connected\nf 10.0.1.3:6@16");
        },
        {});

    row("no replica here", [](Scene& s) { s.remove('f'); },
        { u"warning primary-without-replica c"_s });
    row("no replica anywhere",
        [](Scene& s) {
            s.remove('d');
            s.remove('e');
            s.remove('f');
        },
        { u"info primary-without-replica a,b,c"_s });
    row("failed primary without replica",
        [](Scene& s) {
            s.remove('f');
            s.flag("ab", 'c', "fail");
        },
        { u"error node-failed c"_s, u"warning primary-without-replica c"_s });

    row("link down", [](Scene& s) { s.view('d').replication.linkUp = false; },
        { u"error replication-broken d"_s });
    row("10 MB behind",
        [](Scene& s) {
            s.view('d').replication.offset = 0;
            s.view('a').replication.offset = threshold::lagBytes;
            s.view('a').replication.replicas[0].offset = 0;
        },
        {});
    row("more than 10 MB behind",
        [](Scene& s) {
            s.view('d').replication.offset = 0;
            s.view('a').replication.offset = threshold::lagBytes + 1;
            s.view('a').replication.replicas[0].offset = 0;
        },
        { u"warning replication-lag d"_s });
    row("it has acknowledged more than it had told",
        [](Scene& s) {
            s.view('d').replication.offset = 0;
            s.view('a').replication.offset = threshold::lagBytes + 1;
            s.view('a').replication.replicas[0].offset = 1;
        },
        {});
    row("it has told more than it had acknowledged",
        [](Scene& s) {
            s.view('d').replication.offset = 1;
            s.view('a').replication.offset = threshold::lagBytes + 1;
            s.view('a').replication.replicas[0].offset = 0;
        },
        {});
    row("not in the primary's list",
        [](Scene& s) {
            s.view('d').replication.offset = 0;
            s.view('a').replication.offset = threshold::lagBytes + 1;
            s.view('a').replication.replicas.clear();
        },
        { u"warning replication-lag d"_s });
    row("heard of 10 s ago", [](Scene& s) { s.view('a').replication.replicas[0].lagSeconds = 10; },
        {});
    row("heard of 11 s ago", [](Scene& s) { s.view('a').replication.replicas[0].lagSeconds = 11; },
        { u"warning replication-lag d"_s });
    row("11 s ago, still being sent the data",
        [](Scene& s) {
            s.view('a').replication.replicas[0].lagSeconds = 11;
            s.view('a').replication.replicas[0].state = u"send_bulk"_s;
        },
        {});
    row("primary not heard, replica neither",
        [](Scene& s) {
            s.lose('a');
            s.view('d').replication.secondsSinceHeard = 11;
        },
        { u"error node-unreachable a"_s, u"warning replication-lag d"_s });
    row("idle replicas hear little",
        [](Scene& s) { s.view('d').replication.secondsSinceHeard = 11; }, {});

    // An equal share is 5461.33; 10 % of it are 546.13.
    row("10 % more", [](Scene& s) { share(s, 6007, 5189); }, {});
    row("more than 10 % more", [](Scene& s) { share(s, 6008, 5188); },
        { u"warning slots-imbalanced a"_s });
    row("10 % fewer", [](Scene& s) { share(s, 4916, 5734); }, {});
    row("more than 10 % fewer", [](Scene& s) { share(s, 4915, 5734); },
        { u"warning slots-imbalanced a"_s });
    row("two off, the worse first", [](Scene& s) { share(s, 4000, 6600); },
        { u"warning slots-imbalanced a,b"_s });

    row("one host", [](Scene& s) { replicaOn(s, 'd', "10.0.0.1"); },
        { u"warning replicas-on-primary-host a"_s });
    row("one host of two",
        [](Scene& s) {
            replicaOn(s, 'd', "10.0.0.1");
            s.printAll("slave c", "slave a");
        },
        { u"warning primary-without-replica c"_s });
    row("loopback",
        [](Scene& s) {
            s.wayIn.host = u"127.0.0.1"_s;
            s.printAll("10.0.0.1:", "127.0.0.1:");
            replicaOn(s, 'd', "127.0.0.1");
        },
        { u"info replicas-on-primary-host a"_s });

    row("two versions", [](Scene& s) { s.view('e').server = u"valkey 8.0.1"_s; },
        { u"warning mixed-versions a,b,c,d,f,e"_s });
    row("a version is not known", [](Scene& s) { s.view('e').server.clear(); }, {});

    row("announces loopback", [](Scene& s) { announce(s, 'b', u"127.0.0.1"_s); },
        { u"warning announced-address-unreachable b"_s });
    row("announces any", [](Scene& s) { announce(s, 'b', u"0.0.0.0"_s); },
        { u"warning announced-address-unreachable b"_s });
    row("announces loopback, which is the way in",
        [](Scene& s) {
            s.wayIn.host = u"127.0.0.1"_s;
            announce(s, 'b', u"127.0.0.1"_s);
        },
        {});
    row("announces private, the way in is public",
        [](Scene& s) {
            s.wayIn.host = u"203.0.113.7"_s;
            s.lose('e');
        },
        { u"warning node-unreachable e"_s, u"warning announced-address-unreachable e"_s });
    row("announces private, the way in is a tunnel",
        [](Scene& s) {
            s.wayIn.host = u"127.0.0.1"_s;
            s.lose('e', ErrorCode::ConnectTimeout);
        },
        { u"warning node-unreachable e"_s, u"warning announced-address-unreachable e"_s });
    row("announces private, leads to somebody else",
        [](Scene& s) {
            s.wayIn.host = u"203.0.113.7"_s;
            s.lose('e', ErrorCode::WrongNode);
        },
        { u"warning node-unreachable e"_s, u"warning announced-address-unreachable e"_s });
    row("announces private, and answers", [](Scene& s) { s.wayIn.host = u"203.0.113.7"_s; }, {});
    row("announces private, stopped",
        [](Scene& s) {
            s.wayIn.host = u"203.0.113.7"_s;
            s.lose('e', ErrorCode::ReplyTimeout);
        },
        { u"warning node-unreachable e"_s });
    row("announces private, mapped",
        [](Scene& s) {
            s.wayIn.host = u"203.0.113.7"_s;
            s.view('e').isMapped = true;
            s.lose('e');
        },
        { u"warning node-unreachable e"_s });
    row("announces an unknown name",
        [](Scene& s) {
            announce(s, 'e', u"redis-e.internal"_s);
            s.lose('e', ErrorCode::ResolveFailed);
        },
        { u"warning node-unreachable e"_s, u"warning announced-address-unreachable e"_s });
    row("the way in is not known",
        [](Scene& s) {
            s.wayIn = {};
            announce(s, 'b', u"127.0.0.1"_s);
        },
        {});

    row("INFO forbidden", [](Scene& s) { s.refuse('d', u"INFO"_s, ErrorCode::NoPermission); },
        { u"info secondary-checks-incomplete d"_s });
    row("ROLE forbidden, INFO told",
        [](Scene& s) { s.refuse('d', u"ROLE"_s, ErrorCode::NoPermission); }, {});
    row("ROLE forbidden, nothing told",
        [](Scene& s) {
            s.refuse('d', u"ROLE"_s, ErrorCode::NoPermission);
            s.view('d').replication = {};
        },
        { u"info secondary-checks-incomplete d"_s });
}

void TestFindings::codes()
{
    QFETCH(Change, change);
    QFETCH(QStringList, expected);
    Scene scene;
    change(scene);
    QCOMPARE(summary(findingsOf(scene.evidence())), expected);
}

void TestFindings::everyCodeHasAWord()
{
    QSet<QString> words;
    const int last = static_cast<int>(FindingCode::SecondaryChecksIncomplete);
    for (int code = 0; code <= last; ++code)
        words.insert(codeName(static_cast<FindingCode>(code)));
    QCOMPARE(words.size(), last + 1);
    QVERIFY(!words.contains(QString()));
}

void TestFindings::everyFindingSaysWhatToDo()
{
    QFETCH(Change, change);
    Scene scene;
    change(scene);
    const QList<Finding> findings = findingsOf(scene.evidence());
    for (const Finding& finding : findings) {
        QVERIFY(finding.title.endsWith(u'.'));
        QVERIFY2(finding.title.size() < 160, qPrintable(finding.title));
        QVERIFY(finding.detail.endsWith(u'.'));
        for (const QString& text : { finding.title, finding.detail }) {
            QVERIFY2(!text.contains(u"%1") && !text.contains(u"%2") && !text.contains(u"%3"),
                qPrintable(text));
            QVERIFY2(!text.contains(u"  ") && !text.contains(u".."), qPrintable(text));
        }
    }
}

void TestFindings::disownedSlotsAreNotServed()
{
    Scene scene;
    scene.print("a", " 0-5460", " 0-5459");
    Finding finding = findingsOf(scene.evidence()).first();
    QVERIFY(finding.detail.startsWith(
        u"It is not served: who is named as the owner does not claim it"));
    QCOMPARE(finding.ranges, (SlotRanges { { Slot(5460), Slot(5460) } }));
    QCOMPARE(finding.claims.size(), 2);
    QCOMPARE(finding.claims.first().owner, NodeId("a"_ba));
    QCOMPARE(finding.claims.first().saidBy.size(), 5);
    QVERIFY(finding.claims.last().owner.isNull());
    QCOMPARE(finding.claims.last().saidBy, QList<NodeId> { NodeId("a"_ba) });

    // Another slot that only a replica gives to nobody: its owner serves it.
    scene.print("f", " 10923-", " 10924-");
    finding = findingsOf(scene.evidence()).first();
    QVERIFY2(finding.detail.startsWith(u"1 of them is not served"), qPrintable(finding.detail));

    // The one who is said to own it was not heard: it may well serve it.
    Scene silent;
    silent.print("b", " 0-5460", " 0-5459");
    silent.lose('a');
    const QList<Finding> findings = findingsOf(silent.evidence());
    QVERIFY(!find(findings, FindingCode::ViewsDisagree)->detail.contains(u"served"));
}

void TestFindings::disputeNamesTheWinner()
{
    Scene scene;
    scene.print("b", " 5461-", " 5460-");
    scene.print("b", " 0-5460", " 0-5459");
    Finding finding = findingsOf(scene.evidence()).first();
    QCOMPARE(finding.title, u"S01, S02: 1 slot (less than 0.1 %) is claimed by each."_s);
    QVERIFY2(finding.detail.contains(u"S02 (10.0.0.2:2) (epoch 2)"), qPrintable(finding.detail));
    QCOMPARE(finding.claims.size(), 2);
    QCOMPARE(finding.claims.first(),
        (Claim { { { Slot(5460), Slot(5460) } }, NodeId("a"_ba), { NodeId("a"_ba) } }));

    scene.printAll("0 0 2 connected 546", "0 0 1 connected 546");
    finding = findingsOf(scene.evidence()).first();
    QVERIFY2(finding.detail.contains(u"epochs are equal"), qPrintable(finding.detail));
}

void TestFindings::failedPrimaryHasItsSlots()
{
    Scene scene;
    scene.flag("acdef", 'b', "fail");
    scene.lose('b');
    const QList<Finding> findings = findingsOf(scene.evidence());
    QCOMPARE(findings.first().title, u"S02's primary is down: 5462 slots (33.3 %) unserved."_s);
    QCOMPARE(findings.first().ranges, (SlotRanges { { Slot(5461), Slot(10922) } }));
    QVERIFY(findings.first().detail.startsWith(u"All 5 views say so."));
    QVERIFY(findings.at(1).detail.endsWith(u"The other nodes do not reach it either."));
}

void TestFindings::suspectedPrimaryHasItsSlots()
{
    Scene scene;
    scene.flag("ac", 'b', "fail?");
    QCOMPARE(findingsOf(scene.evidence()).first().title,
        u"S02, owner of 5462 slots (33.3 %), is suspected to be down (fail?)."_s);
    Scene replica;
    replica.flag("abc", 'd', "fail?");
    QCOMPARE(
        findingsOf(replica.evidence()).first().title, u"S01/1 is suspected to be down (fail?)."_s);
}

void TestFindings::failedReplicaSaysWhetherSlotsAreServed()
{
    Scene scene;
    scene.flag("abc", 'd', "fail");
    QCOMPARE(findingsOf(scene.evidence()).first().title,
        u"The replica S01/1 is down; every slot is served."_s);
    scene.flag("ac", 'b', "fail");
    QCOMPARE(findingsOf(scene.evidence()).at(1).title, u"The replica S01/1 is down."_s);
    Scene hole;
    hole.flag("abc", 'd', "fail");
    hole.printAll(" 0-5460", " 1-5460");
    QCOMPARE(findingsOf(hole.evidence()).at(1).title, u"The replica S01/1 is down."_s);
}

void TestFindings::unreachablePrimaryHasItsSlots()
{
    Scene scene;
    scene.lose('b', ErrorCode::ConnectTimeout);
    const Finding finding = findingsOf(scene.evidence()).first();
    QCOMPARE(finding.title,
        u"S02 (10.0.0.2:2), owner of 5462 slots (33.3 %), cannot be reached: connect timed out (tcp)."_s);
    QCOMPARE(finding.ranges, (SlotRanges { { Slot(5461), Slot(10922) } }));
    QVERIFY(finding.detail.contains(u"still see it alive"));
}

void TestFindings::openSlotsNameBothEnds_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("detail");
    const auto row = [](const char* name, const Change& change, const QString& detail) {
        QTest::newRow(name) << change << detail;
    };
    row(
        "both",
        [](Scene& s) {
            s.print("a", " 0-5460", " 0-5460 [7->-b] [8->-b] [10->-b]");
            s.print("b", "-10922", "-10922 [7-<-a] [8-<-a] [10-<-a]");
        },
        u"7-8, 10 from S01 to S02."_s);
    row(
        "given only", [](Scene& s) { s.print("a", " 0-5460", " 0-5460 [7->-b]"); },
        u"7: S01 gives to S02, which does not take."_s);
    row(
        "given only, the other not heard",
        [](Scene& s) {
            s.print("a", " 0-5460", " 0-5460 [7->-b]");
            s.lose('b');
        },
        u"7: S01 gives to S02, which was not heard."_s);
    row(
        "taken only", [](Scene& s) { s.print("b", "-10922", "-10922 [7-<-a]"); },
        u"7: S02 takes from S01, which does not give."_s);
    row(
        "taken only, the other not heard",
        [](Scene& s) {
            s.print("b", "-10922", "-10922 [7-<-a]");
            s.lose('a');
        },
        u"7: S02 takes from S01, which was not heard."_s);
}

void TestFindings::openSlotsNameBothEnds()
{
    QFETCH(Change, change);
    QFETCH(QString, detail);
    Scene scene;
    change(scene);
    const QList<Finding> findings = findingsOf(scene.evidence());
    const Finding* finding = find(findings, FindingCode::SlotsOpen);
    QVERIFY(finding != nullptr);
    QVERIFY2(finding->detail.startsWith(detail), qPrintable(finding->detail));
    QVERIFY2(
        finding->title.contains(u" (less than 0.1 %) "), qPrintable(finding->title)); // its share
}

void TestFindings::incompleteNamesTheCommand()
{
    Scene scene;
    scene.refuse('d', u"INFO"_s, ErrorCode::NoPermission);
    scene.refuse('e', u"INFO"_s, ErrorCode::NoPermission);
    scene.refuse('e', u"CLUSTER INFO"_s, ErrorCode::CommandUnavailable);
    const Finding finding = findingsOf(scene.evidence()).first();
    QCOMPARE(finding.title,
        u"Not everything could be checked: CLUSTER INFO, INFO are not available here."_s);
    QVERIFY(finding.detail.contains(u"INFO on 2 nodes (S01/1, S02/1): NOPERM no;"));
}

void TestFindings::replicationSaysHowLong()
{
    Scene scene;
    scene.view('d').replication.linkUp = false;
    scene.view('d').replication.secondsDown = 42;
    scene.view('e').replication.linkUp = false;
    scene.view('e').replication.isSyncing = true;
    scene.lose('a');
    const QList<Finding> findings = findingsOf(scene.evidence());
    const Finding* finding = find(findings, FindingCode::ReplicationBroken);
    QVERIFY(finding != nullptr);
    QVERIFY2(finding->detail.startsWith(
                 u"S01/1 lost S01 42 s ago; that one does not answer, which explains it. "
                 "S02/1 is at a full resynchronisation with S02."),
        qPrintable(finding->detail));
}

void TestFindings::sortedAndStable()
{
    Scene scene;
    scene.refuse('d', u"INFO"_s, ErrorCode::NoPermission);
    scene.view('e').server = u"valkey 8.0.1"_s;
    scene.lose('f');
    scene.flag("ab", 'c', "fail");
    scene.print("a", " 5461-10922", " 5461-10921");
    scene.view('a').state = ClusterState::Fail;
    const QStringList expected { u"error cluster-state-fail a"_s, u"error views-disagree a"_s,
        u"error node-failed c"_s, u"warning node-unreachable f"_s,
        u"warning mixed-versions a,b,c,d,e"_s, u"info secondary-checks-incomplete d"_s };
    QCOMPARE(summary(findingsOf(scene.evidence())), expected);
    QCOMPARE(findingsOf(scene.evidence()), findingsOf(scene.evidence()));
}

} // namespace slotscope::tests

Q_DECLARE_METATYPE(slotscope::tests::Change)

QTEST_GUILESS_MAIN(slotscope::tests::TestFindings)
#include "tst_findings.moc"
