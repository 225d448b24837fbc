// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/comparison.h"
#include "core/capture/redaction.h"
#include "tests/core/richcapture.h"

#include <QJsonArray>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using capture::Capture;
using capture::compare;
using capture::Comparison;
using capture::Difference;
using capture::DifferenceKind;
using capture::redacted;
using capture::RedactionOptions;
using health::Severity;

namespace {

cluster::NodeId idOf(char digit)
{
    return cluster::NodeId(QByteArray(40, digit));
}

/// A primary for each third of the slots ('a', 'b', 'c'), and a replica of the first ('d').
cluster::TopologyData fourNodes()
{
    cluster::TopologyData data;
    data.capturedAt = QDateTime(QDate(2026, 11, 23), QTime(14, 2, 40), Qt::UTC);
    data.state = cluster::ClusterState::Ok;
    data.product = cluster::Product::Redis;
    data.version = u"7.0.15"_s;
    data.currentEpoch = 6;
    data.viewsAsked = 4;
    data.viewsAnswered = 4;
    for (int i = 0; i < 4; ++i) {
        cluster::Node node;
        node.id = idOf(static_cast<char>('a' + i));
        node.ip = u"10.0.0.%1"_s.arg(i + 1);
        node.address = { node.ip, 7000 };
        node.port = 7000;
        node.role = i == 3 ? cluster::Role::Replica : cluster::Role::Primary;
        node.health = cluster::Health::Ok;
        node.flags = { i == 3 ? u"slave"_s : u"master"_s };
        node.configEpoch = static_cast<quint64>(i == 3 ? 1 : i + 1);
        if (i == 3)
            node.primaryId = idOf('a');
        else
            node.ranges = { { cluster::Slot(5461 * i),
                cluster::Slot(i == 2 ? 16383 : 5461 * (i + 1) - 1) } };
        data.views.append(node.id);
        data.nodes.append(node);
    }
    return data;
}

Capture captureOf(const cluster::TopologyData& data, const cluster::Topology* previous = nullptr)
{
    Capture capture;
    capture.savedAt = data.capturedAt;
    capture.topology = cluster::Topology::build(data, previous);
    return capture;
}

Capture quiet()
{
    return captureOf(fourNodes());
}

health::Finding finding(health::FindingCode code, const QString& title,
    const QList<cluster::NodeId>& nodes, Severity severity = Severity::Error)
{
    health::Finding result;
    result.code = code;
    result.severity = severity;
    result.title = title;
    result.nodes = nodes;
    return result;
}

/// 'a' is down, 'd' took over; 'b' gave ten slots to 'c'; 'c' moved house.
Capture afterIncident()
{
    const Capture before = quiet();
    cluster::TopologyData data = fourNodes();
    data.capturedAt = data.capturedAt.addSecs(90);
    data.currentEpoch = 8;
    data.viewsAnswered = 3;
    data.views.removeFirst();
    data.nodes[0].health = cluster::Health::Fail;
    data.nodes[3].role = cluster::Role::Primary;
    data.nodes[3].primaryId = {};
    data.nodes[3].ranges = data.nodes[0].ranges;
    data.nodes[3].configEpoch = 8;
    data.nodes[0].ranges.clear();
    data.nodes[1].ranges = { { cluster::Slot(5471), cluster::Slot(10921) } };
    data.nodes[2].ranges.prepend({ cluster::Slot(5461), cluster::Slot(5470) });
    data.nodes[2].address.host = u"10.0.9.3"_s;
    return captureOf(data, &before.topology);
}

QStringList textsOf(const Comparison& comparison, DifferenceKind kind)
{
    QStringList texts;
    for (const Difference& difference : comparison.differences) {
        if (difference.kind == kind)
            texts.append(difference.text);
    }
    return texts;
}

} // namespace

class TstComparison : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void sameIsSame();
    void incident();
    void worstFirst();
    void findings();
    void aFindingOfAShardStaysWhenRolesSwap();
    void answersAndVersions();
    void anotherCluster();
    void mostlyAnotherCluster();
    void noMap();
    void wrongWayRound();
    void shortAgainstWhole();
    void pseudonymsAgainstWhole();
    void keptPseudonymsMatch();
    void labelsAreTheEarlierOnes();
    void markdownIsPlain();
    void json();
};

void TstComparison::sameIsSame()
{
    const Comparison comparison = compare(quiet(), quiet());
    QVERIFY(comparison.isSameCluster);
    QCOMPARE(comparison.sharedIds, 4);
    QVERIFY(comparison.differences.isEmpty());
    QVERIFY(comparison.caveats.isEmpty());
    QVERIFY(comparison.changedSlots.isEmpty());
    QCOMPARE(comparison.before.served, 16384);
    QVERIFY(toText(comparison).contains(u"Nothing changed"_s));
}

void TstComparison::incident()
{
    const Comparison comparison = compare(quiet(), afterIncident());
    QVERIFY(comparison.isSameCluster);
    QCOMPARE(textsOf(comparison, DifferenceKind::Roles),
        QStringList(u"S01 has a new primary: 10.0.0.4:7000 took over from 10.0.0.1:7000, with "
                    u"5461 slots."_s));
    QCOMPARE(textsOf(comparison, DifferenceKind::Slots),
        QStringList(u"10 slots (5461-5470) moved from S02 to S03."_s));
    QCOMPARE(textsOf(comparison, DifferenceKind::Health),
        QStringList(u"10.0.0.1:7000 (S01) is down: the cluster agrees that it has failed."_s));
    QCOMPARE(textsOf(comparison, DifferenceKind::Nodes),
        QStringList(u"Node cccccccc has another address: 10.0.9.3:7000. It was 10.0.0.3:7000."_s));
    QCOMPARE(textsOf(comparison, DifferenceKind::Epochs),
        QStringList(u"The cluster's epoch went from 6 to 8."_s));
    QCOMPARE(textsOf(comparison, DifferenceKind::Views),
        QStringList(u"4 of 4 nodes answered before, 3 of 4 after."_s));
    const cluster::SlotRanges changed { { cluster::Slot(0), cluster::Slot(5470) } };
    QCOMPARE(comparison.changedSlots, changed);
    for (const Difference& difference : comparison.differences) {
        if (difference.kind != DifferenceKind::Slots)
            continue;
        QCOMPARE(difference.from, idOf('b'));
        QCOMPARE(difference.to, idOf('c'));
        QCOMPARE(cluster::slotCount(difference.ranges), 10);
    }
}

void TstComparison::worstFirst()
{
    const Comparison comparison = compare(quiet(), afterIncident());
    QVERIFY(std::is_sorted(comparison.differences.begin(), comparison.differences.end(),
        [](const Difference& a, const Difference& b) { return a.severity > b.severity; }));
    QCOMPARE(comparison.differences.front().kind, DifferenceKind::Health);
    // The other way round it became well.
    const Comparison back = compare(afterIncident(), quiet());
    QCOMPARE(textsOf(back, DifferenceKind::Health),
        QStringList(u"10.0.0.1:7000 (S01) is back. It was down."_s));
    QCOMPARE(back.caveats.size(), 1);
}

void TstComparison::findings()
{
    using health::FindingCode;
    Capture before = quiet();
    before.findings = {
        finding(FindingCode::NodeSuspected, u"a is suspected."_s, { idOf('a') }),
        finding(FindingCode::SlotsOpen, u"1 slot is open."_s, {}),
        finding(FindingCode::SlotsImbalanced, u"Uneven."_s, {}),
    };
    Capture after = quiet();
    after.findings = {
        finding(FindingCode::NodeFailed, u"a is down."_s, { idOf('a') }),
        finding(FindingCode::NodeSuspected, u"b is suspected."_s, { idOf('b') }, Severity::Warning),
        finding(FindingCode::SlotsOpen, u"3 slots are open."_s, {}),
        finding(FindingCode::SlotsImbalanced, u"Uneven."_s, {}),
    };
    const Comparison comparison = compare(before, after);
    const QStringList expected { u"New: a is down."_s, u"New: b is suspected."_s,
        u"Still: 3 slots are open. (Before: 1 slot is open.)"_s, u"Still: Uneven."_s,
        u"Gone: a is suspected."_s };
    QCOMPARE(textsOf(comparison, DifferenceKind::Findings), expected);
    QCOMPARE(comparison.differences.at(0).severity, Severity::Error);
    QCOMPARE(comparison.differences.at(1).severity, Severity::Warning);
    QCOMPARE(comparison.differences.at(4).severity, Severity::Calm);
}

/// The shard has no replica before and after; that its primary is another one makes no new trouble.
void TstComparison::aFindingOfAShardStaysWhenRolesSwap()
{
    const QString title = u"S01 has no working replica."_s;
    Capture before = quiet();
    before.findings = { finding(health::FindingCode::PrimaryWithoutReplica, title, { idOf('a') }) };
    Capture after = afterIncident();
    after.findings = { finding(health::FindingCode::PrimaryWithoutReplica, title, { idOf('d') }) };
    const Comparison comparison = compare(before, after);
    QCOMPARE(textsOf(comparison, DifferenceKind::Findings), QStringList(u"Still: "_s + title));
    const auto isFinding = [](const capture::SideBySideRow& row) {
        return row.about == capture::SideBySideRow::About::Finding;
    };
    QCOMPARE(std::count_if(comparison.rows.begin(), comparison.rows.end(), isFinding), 1);
}

void TstComparison::answersAndVersions()
{
    Capture before = quiet();
    Capture after = quiet();
    for (Capture* capture : { &before, &after }) {
        for (const char digit : { 'a', 'b' }) {
            capture::NodeAnswers node;
            node.id = idOf(digit);
            node.isReachable = true;
            node.server = u"redis 7.0.15"_s;
            capture->nodes.append(node);
        }
    }
    before.nodes[0].isReachable = false;
    after.nodes[1].isReachable = false;
    after.nodes[1].server.clear();
    after.nodes[0].server = u"redis 7.2.6"_s;
    const Comparison comparison = compare(before, after);
    QCOMPARE(textsOf(comparison, DifferenceKind::Health),
        (QStringList { u"S02 (10.0.0.2:7000) answered before and does not answer now."_s,
            u"S01 (10.0.0.1:7000) answers now. It did not before."_s }));
    QCOMPARE(textsOf(comparison, DifferenceKind::Versions),
        QStringList(u"S01 (10.0.0.1:7000) runs redis 7.2.6 now. It ran redis 7.0.15."_s));
}

void TstComparison::anotherCluster()
{
    Capture other = richCapture();
    other.savedAt = other.savedAt.addDays(1);
    const Comparison comparison = compare(quiet(), other);
    QVERIFY(!comparison.isSameCluster);
    QCOMPARE(comparison.sharedIds, 0);
    QCOMPARE(comparison.caveats,
        QStringList(u"These are not the same cluster: of 4 node ids before and 3 after, none is in "
                    u"both."_s));
    QVERIFY(textsOf(comparison, DifferenceKind::Nodes).isEmpty());
    QVERIFY(comparison.changedSlots.isEmpty());
}

void TstComparison::mostlyAnotherCluster()
{
    cluster::TopologyData data = fourNodes();
    for (int i = 1; i < 4; ++i) {
        data.nodes[i].id = idOf(static_cast<char>('0' + i));
        data.views[i] = data.nodes[i].id;
    }
    const Comparison comparison = compare(quiet(), captureOf(data));
    QVERIFY(comparison.isSameCluster);
    QCOMPARE(comparison.sharedIds, 1);
    QCOMPARE(comparison.caveats,
        QStringList(
            u"This may be another cluster: of 4 node ids before and 4 after, only 1 is in both."_s));
}

void TstComparison::noMap()
{
    const Comparison comparison = compare(Capture(), quiet());
    QVERIFY(!comparison.isSameCluster);
    QCOMPARE(comparison.caveats.size(), 1);
    QVERIFY(!toText(comparison).isEmpty());
    QVERIFY(!compare(Capture(), Capture()).isSameCluster);
}

void TstComparison::wrongWayRound()
{
    QCOMPARE(compare(afterIncident(), quiet()).caveats,
        QStringList(u"The capture called \"after\" was taken before the other one."_s));
}

void TstComparison::shortAgainstWhole()
{
    const Capture shortOne = redacted(quiet(), RedactionOptions::shortened());
    const Comparison comparison = compare(shortOne, afterIncident());
    QVERIFY(comparison.isSameCluster);
    QCOMPARE(comparison.sharedIds, 4);
    QCOMPARE(textsOf(comparison, DifferenceKind::Roles),
        QStringList(u"S01 has a new primary: ..0.4:7000 took over from ..0.1:7000, with 5461 "
                    u"slots."_s));
    // No node moved house only because its address is written in another way.
    QCOMPARE(textsOf(comparison, DifferenceKind::Nodes).size(), 1);
}

void TstComparison::pseudonymsAgainstWhole()
{
    const Capture hidden = redacted(quiet(), RedactionOptions::pseudonyms());
    const Comparison comparison = compare(hidden, afterIncident());
    QVERIFY(!comparison.isSameCluster);
    QCOMPARE(comparison.caveats.size(), 1);
    QVERIFY(comparison.caveats.front().contains(u"redacted differently (pseudonym before, none"_s));
}

void TstComparison::keptPseudonymsMatch()
{
    capture::Pseudonyms kept;
    const Capture before = redacted(quiet(), RedactionOptions::pseudonyms(), &kept);
    const Capture after = redacted(afterIncident(), RedactionOptions::pseudonyms(), &kept);
    const Comparison comparison = compare(before, after);
    QCOMPARE(comparison.sharedIds, 4);
    QCOMPARE(textsOf(comparison, DifferenceKind::Roles),
        QStringList(u"S01 has a new primary: ip-4:7000 took over from ip-1:7000, with 5461 "
                    u"slots."_s));
}

void TstComparison::labelsAreTheEarlierOnes()
{
    // The second shard now owns slot 0: who sees this map first calls it S01.
    cluster::TopologyData data = fourNodes();
    data.nodes[0].ranges = { { cluster::Slot(1), cluster::Slot(5460) } };
    data.nodes[1].ranges.prepend({ cluster::Slot(0), cluster::Slot(0) });
    Capture after = captureOf(data);
    QCOMPARE(after.topology.shardOf(cluster::Slot(0))->label, u"S01"_s);
    after.findings = { finding(health::FindingCode::SlotsOpen, u"S01 is odd."_s, {}) };
    const Comparison comparison = compare(quiet(), after);
    QCOMPARE(textsOf(comparison, DifferenceKind::Slots),
        QStringList(u"Slot 0 moved from S01 to S02."_s));
    QCOMPARE(comparison.caveats.size(), 1);
    QCOMPARE(capture::labelledAs(quiet().topology, after.topology).shardOf(cluster::Slot(0))->label,
        u"S02"_s);
}

void TstComparison::markdownIsPlain()
{
    Capture before = quiet();
    Capture after = quiet();
    before.name = after.name = u"a*b|c"_s;
    after.findings = { finding(health::FindingCode::NodeFailed,
        u"<img src=x> [link](http://x) | **bold**\nnext `code`"_s, { idOf('a') }) };
    const QString text = toMarkdown(compare(before, after));
    QVERIFY(text.contains(u"a\\*b\\|c"_s));
    QVERIFY(!text.contains(u"<img"_s.prepend(u' ')));
    QVERIFY(text.contains(u"\\<img"_s));
    QVERIFY(text.contains(u"\\[link\\]"_s));
    QVERIFY(text.contains(u"\\| \\*\\*bold"_s));
    QVERIFY(!text.contains(u"\nnext"_s));
}

void TstComparison::json()
{
    const QJsonObject object = toJson(compare(quiet(), afterIncident()));
    QCOMPARE(object.value("same_cluster"_L1), QJsonValue(true));
    QCOMPARE(object.value("ids"_L1).toObject().value("shared"_L1).toInt(), 4);
    const QJsonArray differences = object.value("differences"_L1).toArray();
    QVERIFY(differences.size() >= 6);
    for (const QJsonValue& value : differences) {
        const QJsonObject difference = value.toObject();
        QVERIFY(!difference.value("kind"_L1).toString().isEmpty());
        QVERIFY(!difference.value("text"_L1).toString().isEmpty());
        QVERIFY(difference.contains("severity"_L1));
    }
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TstComparison)
#include "tst_comparison.moc"
