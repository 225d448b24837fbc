// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// The numbers of a node in the window. A server that nobody runs stands for the real one.

#include "core/session/metricspoller.h"
#include "core/session/session.h"
#include "core/session/sessionhandle.h"
#include "tests/support/fakenode.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/connection/connectiontab.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/nodedetails.h"
#include "ui/mainwindow/connectiontabs.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/metrics/nodemetricsview.h"

#include <QAction>
#include <QLabel>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <future>

namespace slotscope::tests {
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 20'000;

} // namespace

class TestNodeNumbers final : public QObject
{
    Q_OBJECT

    std::unique_ptr<session::IoThread> m_io;
    std::unique_ptr<ui::MainWindow> m_window;
    std::unique_ptr<FakeNode> m_server;
    QTemporaryDir m_folder;

    void openWindow()
    {
        ui::WindowOptions options;
        options.profilesFile = m_folder.filePath(u"profiles.json"_s);
        options.settingsFile = m_folder.filePath(u"window.ini"_s);
        m_window = std::make_unique<ui::MainWindow>(*m_io, options);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }
    ui::ConnectionTab* connectHere()
    {
        ui::ConnectionTab* tab = m_window->tabs()->current();
        tab->submit(m_server->endpoint().toString());
        return QTest::qWaitFor([tab] { return tab->shownCluster() != nullptr; }, patience)
            ? tab
            : nullptr;
    }
    void choose(int seconds) const
    {
        m_window->findChild<QAction*>(u"metrics%1Action"_s.arg(seconds))->trigger();
    }
    qsizetype asked() const { return m_server->received().count("INFO"); }
    /// Whether the session of the tab will ask nodes for their numbers, now that it has dealt with
    /// what the window wished before.
    static bool isPolling(const ui::ConnectionTab* tab)
    {
        std::promise<bool> answer;
        tab->findChild<session::SessionHandle*>()->inSession([&answer](session::Session* session) {
            const auto* poller = session->findChild<session::MetricsPoller*>();
            const QList<QTimer*> timers = poller->findChildren<QTimer*>();
            answer.set_value(std::any_of(timers.begin(), timers.end(),
                [](const QTimer* timer) { return timer->isActive() && !timer->isSingleShot(); }));
        });
        return answer.get_future().get();
    }

private Q_SLOTS:
    void initTestCase() { m_io = std::make_unique<session::IoThread>(); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        m_server = std::make_unique<FakeNode>();
        m_server->on("ROLE", "*3\r\n$6\r\nmaster\r\n:0\r\n*0\r\n");
        m_server->on("CLUSTER", "-ERR This instance has cluster support disabled\r\n");
        m_server->on("INFO",
            FakeNode::bulk("# Server\r\nredis_version:7.0.15\r\nredis_mode:standalone\r\n"
                           "run_id:r\r\n# Clients\r\nconnected_clients:4\r\n"
                           "# Memory\r\nused_memory:1048576\r\n# Replication\r\nrole:master\r\n"
                           "master_repl_offset:900\r\n# Cluster\r\ncluster_enabled:0\r\n"
                           "# Keyspace\r\ndb0:keys=3,expires=0,avg_ttl=0\r\n"));
        openWindow();
    }
    void cleanup()
    {
        m_window.reset();
        m_server.reset();
    }
    void cleanupTestCase() { m_io.reset(); }

    void showsTheNodeThatIsLookedAt()
    {
        choose(2);
        ui::ConnectionTab* tab = connectHere();
        QVERIFY(tab);
        ui::NodeDetails* details = tab->clusterPage()->inspector()->nodeDetails();
        QVERIFY(details->metrics()->isHidden()); // nobody is looked at
        tab->clusterPage()->inspector()->showNode({}, m_server->endpoint());
        QVERIFY(details->metrics()->isVisible());
        const auto* clients = details->findChild<QLabel*>(u"metric3"_s);
        QTRY_COMPARE_WITH_TIMEOUT(clients->text(), u"4"_s, patience);
        QVERIFY(clients->isVisible());
        QVERIFY(details->findChild<QLabel*>(u"metricsState"_s)->text().contains(u"every 2 s"));
        QCOMPARE(details->findChild<QLabel*>(u"nodeSubtitle"_s)->text(),
            QString(u"primary, ok, "_s + m_server->endpoint().toString()));

        choose(0);
        QVERIFY(!clients->isVisible());
        QVERIFY(details->findChild<QLabel*>(u"metricsState"_s)->text().contains(u"off"));
        choose(2);
        QVERIFY(clients->isVisible()); // what was known is there again
    }

    void nobodyIsAskedWhereItIsNotSeen()
    {
        choose(2);
        ui::ConnectionTab* tab = connectHere();
        QVERIFY(tab);
        QTRY_VERIFY_WITH_TIMEOUT(asked() >= 2, patience);
        QVERIFY(isPolling(tab));
        m_window->tabs()->addNew();
        QVERIFY(!isPolling(tab));
        m_window->tabs()->goToNumber(1);
        const qsizetype before = asked();
        QTRY_VERIFY_WITH_TIMEOUT(asked() > before, patience);
    }

    void theChoiceIsKept()
    {
        choose(0);
        m_window.reset();
        openWindow();
        QVERIFY(m_window->findChild<QAction*>(u"metrics0Action"_s)->isChecked());
        ui::ConnectionTab* tab = connectHere();
        QVERIFY(tab);
        QVERIFY(!isPolling(tab));
        QCOMPARE(asked(), 0);
        choose(5);
        QTRY_VERIFY_WITH_TIMEOUT(asked() > 0, patience);
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestNodeNumbers)
#include "tst_nodenumbers.moc"
