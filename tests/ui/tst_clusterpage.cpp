// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/sessionhandle.h"
#include "tests/ui/paintfixtures.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/clusterpage/findingsactions.h"
#include "ui/clusterpage/pictureactions.h"
#include "ui/incident/capturecontent.h"
#include "ui/inspector/inspector.h"
#include "ui/topology/topologyview.h"

#include <QEvent>
#include <QTest>

namespace slotscope::tests {
using namespace Qt::StringLiterals;

namespace {

/// Remembers what is painted of a widget and of all that is in it.
class Painted final : public QObject
{
public:
    explicit Painted(QWidget* shown)
    {
        shown->installEventFilter(this);
        for (QWidget* child : shown->findChildren<QWidget*>())
            child->installEventFilter(this);
    }
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint)
            names << QString::fromLatin1(watched->metaObject()->className()) + u' '
                    + watched->objectName();
        return false;
    }
    /// Until nothing has been painted for a while: a window settles when there is time.
    bool waitUntilStill()
    {
        for (int tries = 0; tries < 100; ++tries) {
            names.clear();
            QTest::qWait(50);
            if (names.isEmpty())
                return true;
        }
        return false;
    }
    QStringList names;
};

} // namespace

class TestClusterPage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { failOnWarnings(); }

    void aRefreshWithoutChangePaintsNothing_data()
    {
        QTest::addColumn<cluster::Topology>("topology");
        QTest::addColumn<QString>("tab");
        const QStringList tabs { u"Problems"_s, u"Events"_s, u"Slots"_s, u"Keys"_s, u"Node"_s,
            u"Shards"_s };
        for (const QString& tab : tabs) {
            const auto row = [&tab](const char* name) -> QTestData& {
                return QTest::addRow("%s, %s", name, qPrintable(tab));
            };
            row("six nodes") << healthyCluster() << tab;
            row("trouble") << troubledCluster() << tab;
            row("a thousand") << cluster::Topology::build(evenCluster(1000)) << tab;
        }
    }
    void aRefreshWithoutChangePaintsNothing()
    {
        QFETCH(cluster::Topology, topology);
        // As a refresh has it: the nodes told their views.
        cluster::TopologyData told = topology.data();
        for (const cluster::Node& node : topology.nodes()) {
            if (node.health == cluster::Health::Ok)
                told.views.append(node.id);
        }
        told.viewsAsked = static_cast<int>(told.nodes.size());
        told.viewsAnswered = static_cast<int>(told.views.size());
        // So old that its age is the same words however long the window takes to settle.
        told.capturedAt = QDateTime::currentDateTimeUtc().addSecs(-3 * 3600 - 1800);
        topology = cluster::Topology::build(told);
        ui::ClusterPage page;
        page.resize(1280, 800);
        page.setTopology(topology, {});
        page.show();
        QFETCH(QString, tab);
        ui::Inspector* inspector = page.inspector();
        for (int i = 0; i < inspector->count(); ++i) {
            if (inspector->tabText(i).startsWith(tab))
                inspector->setCurrentIndex(i);
        }
        QVERIFY(inspector->tabText(inspector->currentIndex()).startsWith(tab));
        // The pointer may be anywhere: one shard stands out.
        Q_EMIT page.view()->shardHovered(0);
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        Painted painted(&page);
        QVERIFY2(painted.waitUntilStill(), qPrintable(painted.names.join(u", "_s)));
        for (int i = 0; i < 5; ++i) {
            // Another object that says the same a moment later.
            told = topology.data();
            told.capturedAt = told.capturedAt.addMSecs(1);
            told.nodes.detach();
            topology = cluster::Topology::build(told, &topology);
            page.setTopology(topology, {});
            QTest::qWait(5);
        }
        QVERIFY2(painted.names.isEmpty(), qPrintable(painted.names.join(u", "_s)));
    }

    /// The map stays what it was; who else says so by now is news.
    void aFindingCountsTheViewsThatSaySo()
    {
        ui::ClusterPage page;
        cluster::TopologyData data = healthyCluster().data();
        cluster::Node& down = data.nodes.last();
        down.health = cluster::Health::Fail;
        const session::IllNode ill { down.id, down.health, down.ip, down.address.port };
        const cluster::Topology topology = cluster::Topology::build(data);
        session::ToldViews views;
        const auto says = [&](const cluster::Node& node, const QList<session::IllNode>& whom) {
            session::ToldView view;
            view.by = node.id;
            view.ill = whom;
            views.views.append(view);
        };
        const auto told = [&page] { return page.findings()->findings().value(0).detail; };
        says(topology.nodes().at(0), { ill });
        says(topology.nodes().at(1), {});
        page.findings()->setViews(views);
        page.setTopology(topology, {});
        QVERIFY2(told().contains(u"1 of 2 views"), qPrintable(told()));
        views.views.removeLast();
        says(topology.nodes().at(1), { ill });
        page.findings()->setViews(views);
        page.setTopology(topology, {});
        QVERIFY2(told().contains(u"All 2 views"), qPrintable(told()));
    }

    void aCaptureSaysWhyANodeIsSilent()
    {
        session::IoThread io;
        session::SessionHandle session(io, {});
        ui::ClusterPage page;
        page.pictureActions()->start(&session);
        const cluster::Topology topology = healthyCluster();
        const cluster::Node& node = topology.nodes().at(1);
        const support::Error refused { support::ErrorCode::ConnectionRefused, {}, {} };
        session::ToldViews views;
        views.silent.insert(node.id, { {}, refused });
        Q_EMIT session.viewsChanged(views);
        page.setTopology(topology, {});
        const ui::CaptureContent content = page.content();
        QCOMPARE(content.capture.nodes.size(), 1);
        const capture::NodeAnswers& silent = content.capture.nodes.first();
        QCOMPARE(silent.id, node.id);
        QCOMPARE(silent.address, node.address);
        QVERIFY(!silent.isReachable && silent.error == refused);
        page.pictureActions()->end();
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestClusterPage)
#include "tst_clusterpage.moc"
