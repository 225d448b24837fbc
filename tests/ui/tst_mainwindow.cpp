// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// The real window on a real cluster: types, presses keys, and reads what is shown.

#include "core/capture/capturefile.h"
#include "core/sandbox/sandboxcluster.h"
#include "tests/support/fakenode.h"
#include "tests/support/pastednodes.h"
#include "tests/support/refusingport.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/connection/endpointfield.h"
#include "ui/connection/explanationpage.h"
#include "ui/connection/messagepage.h"
#include "ui/connection/startpage.h"
#include "ui/console/chipstrip.h"
#include "ui/console/consolepanel.h"
#include "ui/console/runcolumn.h"
#include "ui/incident/captureactions.h"
#include "ui/inspector/inspector.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/theme/codeblock.h"
#include "ui/topology/storyscene.h"
#include "ui/topology/topologygeometry.h"
#include "ui/topology/topologyview.h"
#include "ui/trace/storyplayer.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

namespace slotscope::tests {
using namespace Qt::StringLiterals;
using command::StepKind;

namespace {

constexpr int patience = 15'000;

QString textOf(const QWidget* parent, const QString& name)
{
    const auto* label = parent->findChild<QLabel*>(name);
    return label ? label->text() : u"(no label %1)"_s.arg(name);
}

QString endpointText(const sandbox::ManifestNode& node)
{
    return u"127.0.0.1:%1"_s.arg(node.port);
}

} // namespace

class TestMainWindow final : public QObject
{
    Q_OBJECT

    std::unique_ptr<sandbox::SandboxCluster> m_cluster;
    std::unique_ptr<session::IoThread> m_io;
    std::unique_ptr<ui::MainWindow> m_window;
    QTemporaryDir m_folder;

    ui::EndpointField* field() const { return m_window->findChild<ui::EndpointField*>(); }
    QLineEdit* commandLine() const { return m_window->findChild<QLineEdit*>(u"commandInput"_s); }
    ui::ClusterPage* page() const { return m_window->clusterPage(); }
    template <typename Page>
    bool isShown() const
    {
        // A page is built when it is first shown.
        const auto* shown = m_window->findChild<Page*>();
        return shown && shown->isVisible();
    }

    void makeWindow(const QString& manifest = {})
    {
        m_window.reset();
        ui::WindowOptions options;
        options.sandboxManifest = manifest;
        options.profilesFile = m_folder.filePath(u"profiles.json"_s);
        options.settingsFile = m_folder.filePath(u"window.ini"_s);
        options.connection.timeout = std::chrono::seconds(4);
        m_window = std::make_unique<ui::MainWindow>(*m_io, options);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }

    void type(const QString& text)
    {
        field()->selectAll();
        QTest::keyClicks(field(), text);
        QTest::keyClick(field(), Qt::Key_Return);
    }

    void paste(const QString& text)
    {
        QApplication::clipboard()->setText(text);
        field()->selectAll();
        QTest::keySequence(field(), QKeySequence::Paste);
        QTest::keyClick(field(), Qt::Key_Return);
    }

    /// A node that does not own slot 1738, so that asking it is answered by MOVED.
    sandbox::ManifestNode stranger() const { return m_cluster->manifest().nodes.at(1); }

    void openCluster()
    {
        type(endpointText(stranger()));
        QTRY_VERIFY_WITH_TIMEOUT(isShown<ui::ClusterPage>(), patience);
    }

    /// Runs a line and waits for the end of it; its trace.
    command::Trace run(const QString& line, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        const auto before = page()->console()->traces().size();
        commandLine()->selectAll();
        QTest::keyClicks(commandLine(), line);
        QTest::keyClick(commandLine(), Qt::Key_Return, modifiers);
        const auto expected = before + (modifiers == Qt::ControlModifier ? 2 : 1);
        if (!QTest::qWaitFor(
                [&] { return page()->console()->traces().size() == expected; }, patience))
            return {};
        return page()->console()->traces().constLast();
    }

    void chooseBehaviour(int index)
    {
        m_window->findChild<QComboBox*>(u"behaviourBox"_s)->setCurrentIndex(index);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_io = std::make_unique<session::IoThread>();
        m_cluster = std::make_unique<sandbox::SandboxCluster>(sandbox::ClusterSpec {});
        QSignalSpy started(m_cluster.get(), &sandbox::SandboxCluster::started);
        m_cluster->start();
        QVERIFY(started.wait(30'000));
        QVERIFY2(started.first().first().toBool(),
            qPrintable(started.first().last().value<support::Error>().detail));
    }
    void cleanupTestCase()
    {
        m_window.reset();
        m_io.reset();
        m_cluster.reset();
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
        makeWindow();
    }
    void cleanup() { m_window.reset(); }

    void itStartsWithWhatItTakes()
    {
        QVERIFY(isShown<ui::StartPage>());
        QVERIFY(textOf(m_window.get(), u"startLabel"_s).contains(u"MOVED error"_s));
    }

    void anEndpointBecomesAPicture_data()
    {
        QTest::addColumn<int>("node");
        QTest::newRow("a primary") << 0;
        QTest::newRow("a replica") << 5;
    }
    void anEndpointBecomesAPicture()
    {
        QFETCH(int, node);
        const QString endpoint = endpointText(m_cluster->manifest().nodes.at(node));
        type(endpoint);
        QVERIFY(isShown<ui::MessagePage>());
        QTRY_VERIFY_WITH_TIMEOUT(isShown<ui::ClusterPage>(), patience);

        QCOMPARE(page()->topology().shards().size(), 3);
        QCOMPARE(page()->topology().nodes().size(), 6);
        const QString verdict = textOf(page(), u"verdictLabel"_s);
        QVERIFY2(!verdict.isEmpty(), qPrintable(verdict));
        QVERIFY2(textOf(page(), u"connectionLabel"_s).contains(endpoint),
            qPrintable(textOf(page(), u"connectionLabel"_s)));
        QVERIFY(textOf(page(), u"connectionLabel"_s)
                    .contains(QRegularExpression(u"(Redis|Valkey) \\d+\\.\\d+"_s)));
        const auto* shards = m_window->findChild<QTableView*>(u"shardTable"_s);
        QCOMPARE(shards->model()->rowCount(), 3);
        QCOMPARE(shards->model()->index(0, 0).data().toString(), u"S01"_s);
        QVERIFY(!m_window->findChild<QWidget*>(u"playerBar"_s)->isVisible());
        // A name that DNS must resolve is shown with the address that was dialled.
    }

    void aNameIsShownWithTheAddressBehindIt()
    {
        type(u"localhost:%1"_s.arg(stranger().port));
        QTRY_VERIFY_WITH_TIMEOUT(isShown<ui::ClusterPage>(), patience);
        const QString text = textOf(page(), u"connectionLabel"_s);
        QVERIFY2(text.contains(u"localhost:%1 via 127.0.0.1:%1"_s.arg(stranger().port)),
            qPrintable(text));
    }

    void aCommandIsFollowedThroughItsRedirect()
    {
        openCluster();
        QTest::keyClicks(commandLine(), u"GET user:2935"_s);
        QCOMPARE(textOf(page(), u"hintLabel"_s), u"slot 1738 -> S01"_s);
        commandLine()->clear();

        const command::Trace trace = run(u"GET user:2935"_s);
        QCOMPARE(trace.outcome, command::TraceOutcome::Reply);
        QCOMPARE(trace.hops.size(), 2);
        const cluster::Node* asked
            = page()->topology().nodeByAddress({ u"127.0.0.1"_s, stranger().port });
        const cluster::Node* owner = page()->topology().ownerOf(cluster::Slot(1738));
        QVERIFY(asked && owner);
        QCOMPARE(trace.hops.at(0).nodeId, asked->id);
        QCOMPARE(trace.hops.at(1).nodeId, owner->id);

        // The chips, the sequence, the table of hops, the reply.
        const QString path = ui::chipText(page()->findChild<ui::ChipStrip*>()->path());
        const QString start = u"%1 MOVED > S01 OK "_s.arg(page()->topology().labelOf(*asked));
        QVERIFY2(path.startsWith(start), qPrintable(path));
        const auto* table = m_window->findChild<QTableView*>(u"hopTable"_s);
        QVERIFY(m_window->findChild<QWidget*>(u"sequence"_s)->isVisible());
        QCOMPARE(table->model()->rowCount(), 2);
        QCOMPARE(table->model()->index(0, 3).data().toString(),
            u"MOVED 1738 %1"_s.arg(owner->address.toString()));
        QVERIFY(table->model()->index(1, 5).data().toInt() > 0);
        QCOMPARE(textOf(page(), u"replyLabel"_s), u"(nil)"_s);
        QVERIFY(m_window->findChild<QWidget*>(u"playerBar"_s)->isVisible());
        QVERIFY(page()->player()->isPlaying());
    }

    void theAnimationPassesThisComputerAndTheRightNodes()
    {
        openCluster();
        const command::Trace trace = run(u"GET user:2935"_s);
        ui::StoryPlayer* player = page()->player();
        player->pause();
        player->seek(0);
        const command::Storyboard story = player->story();
        const auto geometry
            = ui::TopologyGeometry::layout(page()->topology(), QRectF(0, 0, 900, 500), story);
        const QRectF computer = geometry.computer.adjusted(-30, -30, 30, 30);

        QList<StepKind> kinds;
        QList<cluster::NodeId> visited;
        auto* view = m_window->findChild<ui::TopologyView*>();
        QImage last;
        for (int i = 0; i < story.size(); ++i) {
            player->stepForward();
            const command::StoryFrame frame = player->frame();
            QCOMPARE(frame.step, i);
            const command::Step& step = story.at(i);
            kinds.append(step.kind);
            QCOMPARE(textOf(page(), u"captionLabel"_s), step.caption);
            QVERIFY(!step.caption.isEmpty());
            QCOMPARE(
                textOf(page(), u"stepLabel"_s), u"step %1 of %2"_s.arg(i + 1).arg(story.size()));
            const QImage picture = view->grab().toImage();
            QVERIFY2(picture != last, "a step must change the picture");
            last = picture;

            // What travels does so between this computer and the node of the step, never between
            // nodes.
            const ui::StoryScene scene = ui::sceneAt({ geometry, story }, { i, 0.5 });
            if (step.kind == StepKind::Ask || step.kind == StepKind::MovedReply
                || step.kind == StepKind::Reply) {
                const ui::NodeBox* box = geometry.box(geometry.find(step.nodeId, step.address));
                QVERIFY(box);
                QCOMPARE(scene.beads.size(), 1);
                const ui::Trip& trip = scene.trips.constLast();
                QVERIFY(trip.current);
                QPointF from = trip.course.at(0);
                QPointF to = trip.course.at(1);
                if (step.kind != StepKind::Ask)
                    std::swap(from, to);
                QVERIFY2(computer.contains(from), "one end is this computer");
                QVERIFY2(
                    box->rect.adjusted(-30, -30, 30, 30).contains(to), "the other end is the node");
            }
            if (step.kind == StepKind::Ask)
                visited.append(step.nodeId);
        }
        QCOMPARE(
            visited, (QList<cluster::NodeId> { trace.hops.at(0).nodeId, trace.hops.at(1).nodeId }));
        QCOMPARE(kinds.mid(0, 5),
            (QList<StepKind> { StepKind::Ask, StepKind::MovedReply, StepKind::MapRewrite,
                StepKind::Ask, StepKind::Reply }));
        QVERIFY(story.at(2).mapLine.contains(u"S01"_s));

        // The keys of the player, which no text field takes.
        view->setFocus();
        QTest::keyClick(view, Qt::Key_Comma);
        QCOMPARE(player->frame().step, story.size() - 2);
        QTest::keyClick(view, Qt::Key_Space);
        QVERIFY(player->isPlaying());
        QTest::keyClick(view, Qt::Key_Space);
        QVERIFY(!player->isPlaying());
        commandLine()->setFocus();
        commandLine()->clear();
        QTest::keyClicks(commandLine(), u"a . b"_s);
        QCOMPARE(commandLine()->text(), u"a . b"_s);
        QVERIFY(!player->isPlaying());
    }

    void aSlashGoesToTheCommandLine()
    {
        openCluster();
        page()->setFocus();
        QTRY_VERIFY(QApplication::focusWidget() != commandLine());
        QTest::keyClick(m_window.get(), Qt::Key_Slash);
        QTRY_COMPARE(QApplication::focusWidget(), commandLine());
        QVERIFY(commandLine()->text().isEmpty());
        QTest::keyClicks(commandLine(), u"/a"_s); // there it is a letter
        QCOMPARE(commandLine()->text(), u"/a"_s);
    }

    void aBlockingCommandIsStopped()
    {
        openCluster();
        QTest::keyClicks(commandLine(), u"BLPOP nothing:comes 0"_s);
        QTest::keyClick(commandLine(), Qt::Key_Return);
        const auto cancel
            = [this] { return page()->findChild<QToolButton*>(u"cancelRunButton"_s); };
        QTRY_VERIFY_WITH_TIMEOUT(cancel() && cancel()->isVisible(), patience);
        QVERIFY(page()->console()->traces().isEmpty());
        cancel()->click();
        QTRY_COMPARE_WITH_TIMEOUT(page()->console()->traces().size(), 1, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!cancel()->isVisible(), patience);
        // Whether it was on its way already is a matter of microseconds.
        const auto outcome = page()->console()->traces().constLast().outcome;
        QVERIFY(outcome == command::TraceOutcome::Cancelled
            || outcome == command::TraceOutcome::OutcomeUnknown);
        QCOMPARE(run(u"PING"_s).outcome, command::TraceOutcome::Reply);
    }

    void aPlainClientStopsAtTheMoved()
    {
        openCluster();
        chooseBehaviour(0);
        const command::Trace trace = run(u"GET user:2935"_s);
        QCOMPARE(trace.outcome, command::TraceOutcome::RedirectNotFollowed);
        QVERIFY(textOf(page(), u"replyLabel"_s).startsWith(u"(error) MOVED 1738 "_s));
        QVERIFY(textOf(page(), u"replyNote"_s).contains(u"A plain client stops here"_s));
        QVERIFY(
            ui::chipText(page()->findChild<ui::ChipStrip*>()->path()).endsWith(u"MOVED stopped"_s));
        const command::Storyboard story = page()->player()->story();
        QVERIFY(std::any_of(story.begin(), story.end(),
            [](const command::Step& step) { return step.kind == StepKind::PlainStop; }));
    }

    void aComparisonShowsBothAndTheCode()
    {
        openCluster();
        run(u"GET user:2935"_s, Qt::ControlModifier);
        const auto columns = page()->findChildren<ui::RunColumn*>();
        QCOMPARE(columns.size(), 2);
        QCOMPARE(columns.at(0)->trace().outcome, command::TraceOutcome::RedirectNotFollowed);
        QCOMPARE(columns.at(1)->trace().outcome, command::TraceOutcome::Reply);
        const auto* wrong = page()->findChild<ui::CodeBlock*>(u"wrongCode"_s);
        QVERIFY(wrong->code().contains(endpointText(stranger())));
        QCOMPARE(wrong->title(), u"A plain client: stops at MOVED"_s);
        QVERIFY(page()
                    ->findChild<ui::CodeBlock*>(u"rightCode"_s)
                    ->code()
                    .contains(u"NewClusterClient"_s));
    }

    void theReplayMenuIsForATrace()
    {
        openCluster();
        QMenu* menu = nullptr;
        for (const QAction* action : m_window->menuBar()->actions()) {
            if (action->text() == u"&Replay"_s)
                menu = action->menu();
        }
        QVERIFY(menu && !menu->isEmpty());
        const auto enabled = [menu] {
            const QList<QAction*> actions = menu->actions();
            return std::count_if(actions.begin(), actions.end(),
                [](const QAction* action) { return action->isEnabled(); });
        };
        Q_EMIT menu->aboutToShow();
        QCOMPARE(enabled(), 0);
        Q_EMIT menu->aboutToHide(); // the keys are for the next trace
        QCOMPARE(enabled(), menu->actions().size());
        run(u"GET user:2935"_s);
        Q_EMIT menu->aboutToShow();
        QCOMPARE(enabled(), menu->actions().size());
    }

    void aClickedNodeIsDescribedAndAskedFirst()
    {
        openCluster();
        const cluster::Node node = page()->topology().nodes().constLast();
        auto* view = m_window->findChild<ui::TopologyView*>();
        Q_EMIT view->nodeClicked(node.id, node.address);
        const auto* inspector = m_window->findChild<ui::Inspector*>();
        const QWidget* details = inspector->currentWidget();
        QVERIFY(details->isVisible());
        QStringList texts;
        for (const QLabel* label : details->findChildren<QLabel*>())
            texts << label->text();
        QVERIFY2(texts.contains(node.id.toString()), qPrintable(texts.join(u'\n')));
        QVERIFY(texts.contains(node.address.toString()));

        chooseBehaviour(3);
        m_window->findChild<QComboBox*>(u"startBox"_s)->setCurrentIndex(2);
        const command::Trace trace = run(u"GET user:2935"_s);
        QCOMPARE(trace.hops.first().nodeId, node.id);
    }

    void aPastedMovedIsExplainedWithoutAConnection()
    {
        paste(u"redis.clients.jedis.exceptions: (error) MOVED 1738 10.0.1.17:6379"_s);
        QVERIFY(isShown<ui::ExplanationPage>());
        const auto* page = m_window->findChild<ui::ExplanationPage*>();
        QVERIFY(textOf(page, u"explanationTitle"_s).contains(u"1738"_s));
        QVERIFY(textOf(page, u"explanationTitle"_s).contains(u"10.0.1.17:6379"_s));
        QVERIFY(textOf(page, u"explanationMeaning"_s).size() > 20);
        QVERIFY2(textOf(page, u"explanationGuess"_s)
                     .contains(QRegularExpression(
                         u"guess|probably|likely"_s, QRegularExpression::CaseInsensitiveOption)),
            qPrintable(textOf(page, u"explanationGuess"_s)));
        auto* wrong = page->findChild<ui::CodeBlock*>(u"wrongCode"_s);
        auto* right = page->findChild<ui::CodeBlock*>(u"rightCode"_s);
        QVERIFY(wrong->isVisible() && right->isVisible());
        QVERIFY(right->code().contains(u"NewClusterClient"_s));
        right->findChild<QAbstractButton*>(u"copyButton"_s)->click();
        QCOMPARE(QApplication::clipboard()->text(), right->code());
    }

    void garbageIsRefusedInPlainWords_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("words") << u"this is not an endpoint"_s;
        QTest::newRow("a port that is none") << u"localhost:99999"_s;
        QTest::newRow("a web page") << u"http://example.com/"_s;
        QTest::newRow("nothing") << u""_s;
        QTest::newRow("bytes") << u"\u0001\u0002{}[]"_s;
        // Refused by its name alone: nobody is dialled.
        QTest::newRow("Memcached") << u"mycache.fnjyzo.cfg.use1.cache.amazonaws.com:11211"_s;
    }
    void garbageIsRefusedInPlainWords()
    {
        QFETCH(QString, text);
        paste(text);
        const auto* message = m_window->findChild<QLabel*>(u"endpointMessage"_s);
        QVERIFY(message->isVisible());
        QVERIFY2(message->text().size() > 10, qPrintable(message->text()));
        QVERIFY(isShown<ui::StartPage>());
        QTest::keyClicks(field(), u"x"_s);
        QVERIFY(!message->isVisible());
    }

    void pastedNodesAreAnOfflineMap()
    {
        paste(someNodes());
        QVERIFY(isShown<ui::ClusterPage>());
        QCOMPARE(field()->text().count(u'\n'), 2);
        QCOMPARE(page()->topology().nodes().size(), 3);
        QCOMPARE(page()->topology().shards().size(), 2);
        const QString evidence = textOf(page(), u"evidenceLabel"_s);
        QVERIFY2(evidence.contains(u"pasted, time unknown"_s), qPrintable(evidence));
        QVERIFY(!commandLine()->isEnabled());
    }

    void aRefusedPortIsSaidAndCanBeTriedAgain()
    {
        const net::Endpoint endpoint = refusingEndpoint();
        type(endpoint.toString());
        auto* message = m_window->findChild<ui::MessagePage*>();
        QTRY_VERIFY_WITH_TIMEOUT(
            message->findChild<QLabel*>(u"messageSentence"_s)->isVisible(), patience);
        QVERIFY(textOf(message, u"messageSentence"_s).contains(endpoint.toString()));
        QVERIFY(message->findChild<QPushButton*>(u"retryButton"_s)->isVisible());
    }

    void connectingCanBeCancelled()
    {
        FakeNode mute;
        mute.setMute(true);
        type(mute.endpoint().toString());
        auto* cancel = m_window->findChild<QPushButton*>(u"cancelButton"_s);
        QVERIFY(cancel->isVisible());
        QTest::mouseClick(cancel, Qt::LeftButton);
        QVERIFY(isShown<ui::StartPage>());
        QCOMPARE(m_window->findChild<QPushButton*>(u"connectButton"_s)->text(), u"Open"_s);
    }

    void aStandaloneServerIsSaidToBeOne()
    {
        FakeNode server;
        server.on("INFO",
            FakeNode::bulk("# Server\r\nredis_version:7.0.15\r\nredis_mode:standalone\r\n"
                           "# Cluster\r\ncluster_enabled:0\r\n"));
        server.on("CLUSTER", "-ERR This instance has cluster support disabled\r\n");
        type(server.endpoint().toString());
        QTRY_VERIFY_WITH_TIMEOUT(isShown<ui::ClusterPage>(), patience);
        QVERIFY2(textOf(page(), u"verdictLabel"_s).contains(u"Cluster support is off here"_s),
            qPrintable(textOf(page(), u"verdictLabel"_s)));
    }

    void aSentinelOffersItsMasters()
    {
        FakeNode sentinel;
        const QByteArray port = QByteArray::number(stranger().port);
        sentinel.on("ROLE", "*2\r\n$8\r\nsentinel\r\n*1\r\n$8\r\nmymaster\r\n");
        sentinel.on("SENTINEL MASTERS",
            "*1\r\n*6\r\n" + FakeNode::bulk("name") + FakeNode::bulk("mymaster")
                + FakeNode::bulk("ip") + FakeNode::bulk("127.0.0.1") + FakeNode::bulk("port")
                + FakeNode::bulk(port));
        type(sentinel.endpoint().toString());
        QTRY_VERIFY_WITH_TIMEOUT(isShown<ui::ClusterPage>(), patience);
        QCOMPARE(page()->topology().data().kind, cluster::Kind::Sentinel);

        const auto geometry
            = ui::TopologyGeometry::layout(page()->topology(), QRectF(16, 14, 400, 300));
        QCOMPARE(geometry.cards.size(), 1);
        QCOMPARE(geometry.cards.first().nodes.first().status, u"click to connect"_s);
        const net::Endpoint master = geometry.cards.first().nodes.first().address;
        Q_EMIT m_window->findChild<ui::TopologyView*>()->nodeClicked({}, master);
        QTRY_COMPARE_WITH_TIMEOUT(page()->topology().shards().size(), 3, patience);
    }

    void aPasswordIsAskedForAndNeverShown()
    {
        sandbox::ClusterSpec spec;
        spec.primaries = 1;
        spec.replicas = 0;
        spec.serverOptions = { u"--requirepass"_s, u"swordfish"_s };
        spec.connection.password = u"swordfish"_s;
        sandbox::SandboxCluster locked(spec);
        QSignalSpy started(&locked, &sandbox::SandboxCluster::started);
        locked.start();
        QVERIFY(started.wait(30'000));
        QVERIFY(started.first().first().toBool());

        type(endpointText(locked.manifest().nodes.first()));
        const auto dialog = [this] { return m_window->findChild<QDialog*>(u"passwordDialog"_s); };
        QTRY_VERIFY_WITH_TIMEOUT(dialog() && dialog()->isVisible(), patience);
        QTest::keyClicks(dialog()->findChild<QLineEdit*>(u"passwordField"_s), u"wrong"_s);
        QPointer<QDialog> first = dialog();
        first->accept();
        QTRY_VERIFY_WITH_TIMEOUT(!first && dialog() && dialog()->isVisible(), patience);
        QVERIFY(!textOf(dialog(), u"passwordMessage"_s).isEmpty());
        auto* password = dialog()->findChild<QLineEdit*>(u"passwordField"_s);
        QCOMPARE(password->echoMode(), QLineEdit::Password);
        QTest::keyClicks(password, u"swordfish"_s);
        dialog()->accept();
        QTRY_VERIFY_WITH_TIMEOUT(isShown<ui::ClusterPage>(), patience);
        QVERIFY(!field()->text().contains(u"swordfish"_s));
        QVERIFY(!m_window->windowTitle().contains(u"swordfish"_s));
    }

    void aPasswordInAUrlLeavesTheField()
    {
        type(u"redis://bob:swordfish@127.0.0.1:%1"_s.arg(stranger().port));
        QVERIFY2(!field()->text().contains(u"swordfish"_s), qPrintable(field()->text()));
    }

    void aRealAskOnDemand()
    {
        makeWindow(m_cluster->manifestFile());
        openCluster();
        m_window->findChild<QAction*>(u"beginMoveAction"_s)->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(commandLine()->text().startsWith(u"GET "_s), patience);
        chooseBehaviour(2);
        const command::Trace trace = run(commandLine()->text());
        QCOMPARE(trace.outcome, command::TraceOutcome::Reply);
        QCOMPARE(trace.hops.size(), 2);
        QCOMPARE(trace.hops.at(0).outcome, command::HopOutcome::Ask);
        QVERIFY(trace.hops.at(1).asking);
        QVERIFY(ui::chipText(page()->findChild<ui::ChipStrip*>()->path())
                    .contains(QRegularExpression(u"^S01 ASK > S0\\d OK"_s)));
        QTRY_VERIFY_WITH_TIMEOUT(!page()->topology().data().migrations.isEmpty(), patience);

        m_window->findChild<QAction*>(u"finishMoveAction"_s)->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(page()->topology().shardOf(cluster::Slot(1738))
                && page()->topology().shardOf(cluster::Slot(1738))->label != u"S01"_s,
            patience);
    }

    void aCaptureOpensWhereNobodyIsReachable()
    {
        openCluster();
        run(u"GET user:2935"_s);
        auto* captures = m_window->findChild<ui::CaptureActions*>();
        const QString file = m_folder.filePath(u"some.slotscope"_s);
        QSignalSpy messages(captures, &ui::CaptureActions::message);
        captures->save(file);
        QTRY_VERIFY_WITH_TIMEOUT(!messages.isEmpty(), patience);

        makeWindow();
        m_window->openCapture(file);
        QTRY_VERIFY_WITH_TIMEOUT(isShown<ui::ClusterPage>(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(page()->topology().nodes().size(), 6, patience);
        QCOMPARE(page()->console()->traces().size(), 1);
        const QString evidence = textOf(page(), u"evidenceLabel"_s);
        QVERIFY2(evidence.contains(u"captured at"_s), qPrintable(evidence));
        QVERIFY(!page()->player()->isEmpty());
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestMainWindow)
#include "tst_mainwindow.moc"
