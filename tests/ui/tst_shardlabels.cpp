// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// The labels of shards in the profile of a connection: written when they are learnt, used the next
// time. Nodes that nobody runs stand for a cluster.

#include "core/profile/profilestore.h"
#include "tests/core/sessionfixture.h"
#include "tests/ui/windowfixture.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/connection/connectiontab.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/profiles/profilemenu.h"

#include <QFile>
#include <QTest>

namespace slotscope::tests {
using namespace Qt::StringLiterals;
using profile::ShardNodes;

namespace {

constexpr int patience = 15'000;

} // namespace

class TestShardLabels final : public WindowFixture
{
    Q_OBJECT

    profile::Profile stored() const
    {
        const auto profiles = profile::ProfileStore(profilesFile()).load();
        return profiles && !profiles->isEmpty() ? profiles->first() : profile::Profile();
    }
    void openStored() { Q_EMIT window()->findChild<ui::ProfileMenu*>()->profileChosen(stored()); }
    QString shownLabel(int node) const
    {
        const ui::ClusterPage* page = tab()->shownCluster();
        return page ? labelOf(page->topology(), node) : QString();
    }
    static QString text(int node) { return QString::fromLatin1(idOf(node)); }

    void save(const FakeCluster& fakes, const QList<ShardNodes>& shards)
    {
        profile::Profile profile;
        profile.name = u"orders"_s;
        profile.endpoints = { fakes.endpoints.first().toString() };
        profile.refreshInterval = std::chrono::milliseconds(50);
        profile.shards = shards;
        QVERIFY(profile::ProfileStore(profilesFile()).save(profile).hasValue());
    }

private Q_SLOTS:
    void whatIsLearntIsKept()
    {
        FakeCluster fakes;
        save(fakes, {});
        openStored();
        QTRY_COMPARE_WITH_TIMEOUT(shownLabel(primaryA), u"S01"_s, patience);
        const QList<ShardNodes> first { { 1, { text(primaryA), text(replicaOfA) } },
            { 2, { text(primaryB) } } };
        QTRY_COMPARE_WITH_TIMEOUT(stored().shards, first, patience);

        // A failover: the same shard, with another primary.
        fakes.lines[primaryA] = "slave " + idOf(replicaOfA) + " 0 0 3 connected";
        fakes.lines[replicaOfA] = "master - 0 0 3 connected 0-8191";
        fakes.update();
        const ShardNodes after { 1, { text(replicaOfA), text(primaryA) } };
        QTRY_VERIFY_WITH_TIMEOUT(stored().shards.contains(after), patience);
    }

    void whatWasKeptIsUsed()
    {
        const FakeCluster fakes;
        save(fakes, { { 5, { text(primaryB) } }, { 9, { text(replicaOfA) } } });
        openStored();
        QTRY_COMPARE_WITH_TIMEOUT(shownLabel(primaryB), u"S05"_s, patience);
        QCOMPARE(shownLabel(primaryA), u"S09"_s);
        QTRY_VERIFY_WITH_TIMEOUT(
            stored().shards.contains(ShardNodes({ 9, { text(primaryA), text(replicaOfA) } })),
            patience);
        // Also when it is only opened again.
        tab()->submit(fakes.endpoints.first().toString());
        QTRY_VERIFY_WITH_TIMEOUT(tab()->isConnected(), patience);
        QCOMPARE(shownLabel(primaryB), u"S05"_s);
    }

    void ofAnotherClusterNothingIsUsed()
    {
        const FakeCluster fakes;
        save(fakes, { { 5, { QString(40, u'f') } } });
        openStored();
        QTRY_COMPARE_WITH_TIMEOUT(shownLabel(primaryA), u"S01"_s, patience);
        QTRY_COMPARE_WITH_TIMEOUT(stored().shards.size(), 2, patience);
    }

    void whatWasTypedIsKeptNowhere()
    {
        const FakeCluster fakes;
        tab()->submit(fakes.endpoints.first().toString());
        QTRY_COMPARE_WITH_TIMEOUT(shownLabel(primaryA), u"S01"_s, patience);
        QVERIFY(!QFile::exists(profilesFile()));
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestShardLabels)
#include "tst_shardlabels.moc"
