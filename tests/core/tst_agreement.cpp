// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/core/healthfixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope::health;
using slotscope::cluster::NodeId;
using slotscope::cluster::Slot;
using slotscope::cluster::SlotRange;
using slotscope::cluster::SlotRanges;

namespace slotscope::tests {
namespace {

SlotRanges range(int first, int last)
{
    return { { Slot(first), Slot(last) } };
}

QList<NodeId> ids(const QByteArray& names)
{
    QList<NodeId> all;
    for (const char name : names)
        all.append(NodeId(QByteArray(1, name)));
    return all;
}

NodeId id(char name)
{
    return NodeId(QByteArray(1, name));
}

} // namespace

class TestAgreement final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void allAgree();
    void saysWhoSaysWhat();
    void sameClaimsAreJoined();
    void twoClaimTheSame();
    void nodesWithoutAViewAreNotCompared();
    void aloneIsNotCompared();
    void slotsAreComparedWhereNodesAreRefused();
    void onlyWhatWasSoBefore();
    void inventedOwnersAreBounded();
};

void TestAgreement::allAgree()
{
    const Agreement agreement = Agreement::of(Scene().views());
    QVERIFY(agreement.agree());
    QCOMPARE(agreement.compared, 6);
    QVERIFY(agreement.disagreedClaims.isEmpty());
    QVERIFY(Agreement::of({}).agree());
}

void TestAgreement::saysWhoSaysWhat()
{
    Scene scene;
    scene.print("cf", " 0-5460", " 0-5400"); // nobody owns 5401 to 5460
    scene.print("e", " 0-5460", " 0-5410");
    scene.print("e", " 5461-", " 5411-"); // b owns 5411 to 5460
    const Agreement agreement = Agreement::of(scene.views());
    QVERIFY(!agreement.agree());
    QCOMPARE(agreement.disagreed, range(5401, 5460));
    const QList<Claim> expected {
        { range(5401, 5410), id('a'), ids("abde") },
        { range(5401, 5460), NodeId(), ids("cf") },
        { range(5411, 5460), id('a'), ids("abd") },
        { range(5411, 5460), id('b'), ids("e") },
    };
    QCOMPARE(agreement.disagreedClaims, expected);
    QVERIFY(agreement.disputed.isEmpty());
    QVERIFY(agreement.disowned.isEmpty());
}

void TestAgreement::sameClaimsAreJoined()
{
    Scene scene;
    scene.print("f", " 0-5460", " 0-9 12-5460");
    scene.print("f", " 5461-10922", " 5461-10920");
    const Agreement agreement = Agreement::of(scene.views());
    QCOMPARE(agreement.disagreed, range(10, 11) + range(10921, 10922));
    const QList<Claim> expected {
        { range(10, 11), id('a'), ids("abcde") },
        { range(10, 11) + range(10921, 10922), NodeId(), ids("f") },
        { range(10921, 10922), id('b'), ids("abcde") },
    };
    QCOMPARE(agreement.disagreedClaims, expected);
}

void TestAgreement::twoClaimTheSame()
{
    Scene scene;
    scene.print("c", " 0-5460", " 0-5399");
    scene.print("c", " 10923-", " 5400-5460 10923-");
    Agreement agreement = Agreement::of(scene.views());
    QCOMPARE(agreement.disputed, range(5400, 5460));
    const QList<Claim> expected { { range(5400, 5460), id('a'), ids("a") },
        { range(5400, 5460), id('c'), ids("c") } };
    QCOMPARE(agreement.disputedClaims, expected);

    // What a replica says of its primary is not the primary's own claim.
    Scene hearsay;
    hearsay.print("f", " 0-5460", " 0-5399");
    hearsay.print("f", " 10923-", " 5400-5460 10923-");
    agreement = Agreement::of(hearsay.views());
    QVERIFY(agreement.disputed.isEmpty());
    QCOMPARE(agreement.disagreed, range(5400, 5460));
}

void TestAgreement::nodesWithoutAViewAreNotCompared()
{
    Scene scene;
    scene.lose('e');
    scene.setText('f', {});
    const Agreement agreement = Agreement::of(scene.views());
    QVERIFY(agreement.agree());
    QCOMPARE(agreement.compared, 4);
}

void TestAgreement::aloneIsNotCompared()
{
    Scene scene;
    scene.setText('d', "d 10.0.1.1:4@14 myself,master - 0 0 0 connected\n");
    const Agreement agreement = Agreement::of(scene.views());
    QVERIFY(!agreement.agree());
    QCOMPARE(agreement.alone, ids("d"));
    QVERIFY(agreement.disagreed.isEmpty());

    // It is no wonder where it is the only one.
    NodeView only;
    only.id = id('d');
    only.view.nodes = *cluster::parseNodes("d :4@14 myself,master - 0 0 0 connected\n");
    QVERIFY(Agreement::of({ only }).agree());
}

void TestAgreement::slotsAreComparedWhereNodesAreRefused()
{
    Scene scene;
    scene.setText('f', {});
    const cluster::SlotsNode a { id('a'), u"10.0.0.1"_s, 1, {} };
    const cluster::SlotsNode b { id('b'), u"10.0.0.2"_s, 2, {} };
    const cluster::SlotsNode c { id('c'), u"10.0.0.3"_s, 3, {} };
    scene.view('f').view.slotsView = { { { Slot(0), Slot(5460) }, { a } },
        { { Slot(5461), Slot(10922) }, { b } }, { { Slot(10923), Slot(16383) }, { c } } };
    QVERIFY(Agreement::of(scene.views()).agree());
    QCOMPARE(Agreement::of(scene.views()).compared, 6);
    scene.view('f').view.slotsView[1].range.last = Slot(10900);
    QCOMPARE(Agreement::of(scene.views()).disagreed, range(10901, 10922));
    // Redis 3.0 gives no ids here.
    scene.view('f').view.slotsView[0].nodes[0].id = {};
    QVERIFY(Agreement::of(scene.views()).agree());
    QCOMPARE(Agreement::of(scene.views()).compared, 5);
}

void TestAgreement::onlyWhatWasSoBefore()
{
    Scene first;
    first.print("f", " 0-5460", " 0-5400");
    Scene second;
    second.print("f", " 0-5460", " 0-5430");
    second.print("e", " 5461-", " 5471-");
    const Agreement before = Agreement::of(first.views());
    const Agreement agreement = Agreement::of(second.views(), &before);
    QCOMPARE(agreement.disagreed, range(5431, 5460));
    QCOMPARE(agreement.disagreedClaims.size(), 2);
    QVERIFY(Agreement::of(Scene().views(), &before).agree());

    Scene alone;
    alone.setText('d', "d 10.0.1.1:4@14 myself,master - 0 0 0 connected\n");
    QVERIFY(Agreement::of(alone.views(), &before).agree());

    Scene dispute;
    dispute.print("c", " 0-5460", " 0-5399");
    dispute.print("c", " 10923-", " 5400-5460 10923-");
    QVERIFY(Agreement::of(dispute.views(), &before).disputed.isEmpty());
    const Agreement disputedBefore = Agreement::of(dispute.views());
    QCOMPARE(Agreement::of(dispute.views(), &disputedBefore).disputed, range(5400, 5460));
}

void TestAgreement::inventedOwnersAreBounded()
{
    // Each node says of each slot that somebody else of a hundred owns it.
    Scene scene;
    for (int node = 0; node < 6; ++node) {
        QByteArrayList owned(100);
        for (int slot = 0; slot < Slot::count; ++slot)
            owned[(slot * (node + 1) + slot / 97) % 100] += ' ' + QByteArray::number(slot);
        QByteArray text;
        for (int i = 0; i < owned.size(); ++i) {
            text += "owner" + QByteArray::number(i) + " 10.0.9.9:" + QByteArray::number(i + 1)
                + "@9 master - 0 0 1 connected" + owned.at(i) + '\n';
        }
        scene.setText(static_cast<char>('a' + node), text);
    }
    const Agreement agreement = Agreement::of(scene.views());
    QVERIFY(cluster::slotCount(agreement.disagreed) > 15'000);
    QVERIFY(agreement.disagreedClaims.size() <= 1000);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestAgreement)
#include "tst_agreement.moc"
