// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// The doctor in the window, on a real cluster of which a primary was killed.

#include "core/sandbox/sandboxcluster.h"
#include "tests/support/deadport.h"
#include "tests/support/fakenode.h"
#include "ui/connection/connectiontab.h"
#include "ui/mainwindow/connectiontabs.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/theme/codeblock.h"
#include "ui/wayin/doctordialog.h"
#include "ui/wayin/doctormodel.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>

namespace slotscope::tests {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using doctor::Examination;
using doctor::ExamStage;
using doctor::NodeExam;
using ui::DoctorDialog;
using ui::DoctorModel;

namespace {

constexpr int patience = 20'000;

NodeExam nodeExam(NodeExam::Role role, quint16 port)
{
    NodeExam node;
    node.role = role;
    node.announced = { u"10.0.0.1"_s, port };
    return node;
}

/// A seed that was examined, a primary that does not answer, a replica that was not asked yet.
Examination someNodes()
{
    Examination found;
    NodeExam seed = nodeExam(NodeExam::Role::Seed, 1);
    seed.stages = { { ExamStage::Resolve, true, -1, u"an address"_s, {} },
        { ExamStage::Tcp, true, 200, u"connected"_s, {} },
        { ExamStage::Ping, true, 300, u"answered"_s, {} } };
    seed.complete = true;
    NodeExam primary = nodeExam(NodeExam::Role::Primary, 2);
    primary.stages = { { ExamStage::Resolve, true, -1, u"an address"_s, {} },
        { ExamStage::Tcp, false, 2'000'000, u"<b>Nothing</b> answered."_s, u"Open the port."_s } };
    primary.complete = true;
    found.nodes = { seed, primary, nodeExam(NodeExam::Role::Replica, 3) };
    return found;
}

int columnOf(ExamStage stage)
{
    return DoctorModel::FirstStage + static_cast<int>(stage);
}

QString textOf(const QWidget* parent, const QString& name)
{
    const auto* label = parent->findChild<QLabel*>(name);
    return label ? label->text() : u"(no label %1)"_s.arg(name);
}

/// A cluster of one node.
void makePrimaryOfAll(FakeNode& node)
{
    const QByteArray id(40, 'a');
    node.on("PING", "+PONG\r\n");
    node.on("CLUSTER MYID", FakeNode::bulk(id));
    node.on("INFO",
        FakeNode::bulk("redis_version:7.0.15\r\nredis_mode:cluster\r\n"
                       "cluster_enabled:1\r\n"));
    node.on("ROLE", "*3\r\n$6\r\nmaster\r\n:0\r\n*0\r\n");
    node.on("CLUSTER INFO", FakeNode::bulk("cluster_state:ok\r\n"));
    node.on("CLUSTER NODES",
        FakeNode::bulk(id + ' ' + node.endpoint().toString().toLatin1()
            + "@1 myself,master - 0 0 1 connected 0-16383\n"));
}

session::SessionConfig configOf(const net::Endpoint& endpoint)
{
    session::SessionConfig config;
    config.endpoint.endpoint = endpoint;
    config.endpoint.typed = endpoint.toString();
    config.options.timeout = 4s;
    return config;
}

} // namespace

class TestDoctorDialog final : public QObject
{
    Q_OBJECT

    std::unique_ptr<sandbox::SandboxCluster> m_cluster;
    std::unique_ptr<session::IoThread> m_io;
    QTemporaryDir m_folder;

    net::Endpoint endpointOf(int node) const
    {
        return { u"127.0.0.1"_s, m_cluster->manifest().nodes.at(node).port };
    }
    static QPushButton* button(const DoctorDialog& dialog, const QString& name)
    {
        return dialog.findChild<QPushButton*>(name);
    }
    /// Shows the dialog and waits for the end of its test.
    static bool waitFor(DoctorDialog& dialog)
    {
        dialog.QWidget::show();
        return QTest::qWaitFor([&dialog] { return !dialog.isUnderWay(); }, patience);
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
        m_io.reset();
        m_cluster.reset();
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    }

    void aCellHasASignAndWords()
    {
        DoctorModel model;
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setExamination(someNodes(), true);
        const auto text
            = [&model](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(text(0, DoctorModel::Node), u"✓ 10.0.0.1:1"_s);
        QCOMPARE(text(1, DoctorModel::Node), u"✗ 10.0.0.1:2"_s);
        QCOMPARE(text(2, DoctorModel::Node), u"… 10.0.0.1:3"_s);
        QCOMPARE(text(0, columnOf(ExamStage::Resolve)), u"✓"_s); // nothing to measure
        QCOMPARE(text(0, columnOf(ExamStage::Tcp)), u"✓ 200 us"_s);
        QCOMPARE(text(0, columnOf(ExamStage::Tls)), u"–"_s);
        QCOMPARE(text(1, columnOf(ExamStage::Tcp)), u"✗ failed"_s);
        QCOMPARE(text(1, columnOf(ExamStage::Ping)), u"–"_s);
        QCOMPARE(text(2, columnOf(ExamStage::Tcp)), u"…"_s);
        QCOMPARE(model.firstFailure(), model.index(1, columnOf(ExamStage::Tcp)));
        // What a server says is no markup, neither for eyes nor for ears.
        const QModelIndex failed = model.firstFailure();
        QVERIFY(!failed.data(Qt::ToolTipRole).toString().contains(u"<b>"_s));
        QVERIFY(failed.data(Qt::AccessibleTextRole).toString().contains(u"TCP"_s));

        // Nothing more will come.
        model.setExamination(someNodes(), false);
        QCOMPARE(text(2, columnOf(ExamStage::Tcp)), u"–"_s);
    }

    void onlyWhatChangedIsTold()
    {
        DoctorModel model;
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        Examination found = someNodes();
        found.nodes.removeLast();
        model.setExamination(found, true);
        QSignalSpy changed(&model, &DoctorModel::dataChanged);
        QSignalSpy inserted(&model, &DoctorModel::rowsInserted);
        QSignalSpy reset(&model, &DoctorModel::modelReset);

        model.setExamination(someNodes(), true);
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(changed.size(), 0);
        found = someNodes();
        found.nodes[2].stages.append({ ExamStage::Resolve, true, -1, {}, {} });
        model.setExamination(found, true);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed.first().first().toModelIndex().row(), 2);
        model.setExamination({}, true);
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(reset.size(), 0);
    }

    void aKilledPrimaryIsSeenAndExplained()
    {
        const sandbox::ManifestNode killed = m_cluster->manifest().nodes.at(1);
        QSignalSpy died(m_cluster.get(), &sandbox::SandboxCluster::serverDied);
        QCOMPARE(::kill(static_cast<pid_t>(killed.pid), SIGKILL), 0);
        QVERIFY(died.wait(patience));

        DoctorDialog dialog(*m_io, configOf(endpointOf(0)));
        QVERIFY(dialog.windowTitle().contains(endpointOf(0).toString()));
        QVERIFY(dialog.isUnderWay());
        QVERIFY(button(dialog, u"doctorStop"_s)->isEnabled());
        QVERIFY(!button(dialog, u"doctorCopy"_s)->isEnabled());
        QVERIFY(waitFor(dialog));
        QTRY_VERIFY_WITH_TIMEOUT(!button(dialog, u"doctorStop"_s)->isEnabled(), patience);

        const QString verdict = textOf(&dialog, u"doctorVerdict"_s);
        QVERIFY2(verdict.startsWith(u"1 of 6 nodes fails: TCP: Connection refused"_s),
            qPrintable(verdict));
        const auto* table = dialog.findChild<QTableView*>(u"doctorMatrix"_s);
        QCOMPARE(table->model()->rowCount(), 7); // and the seed, as it was typed
        // The failure is what is chosen, and what is explained.
        const QModelIndex current = table->currentIndex();
        QCOMPARE(current.column(), columnOf(ExamStage::Tcp));
        QCOMPARE(current.data().toString(), u"✗ failed"_s);
        QVERIFY(textOf(&dialog, u"doctorDetailTitle"_s).contains(endpointOf(1).toString()));
        QVERIFY(textOf(&dialog, u"doctorDetail"_s).contains(u"Connection refused"_s));
        QVERIFY(textOf(&dialog, u"doctorRemedy"_s).size() > 10);
        // Another row, by keyboard.
        QTest::keyClick(dialog.findChild<QTableView*>(), Qt::Key_Home, Qt::ControlModifier);
        QVERIFY(textOf(&dialog, u"doctorDetail"_s).contains(u"Round trip"_s));
        QVERIFY(textOf(&dialog, u"doctorRemedy"_s).isEmpty());

        button(dialog, u"doctorCopy"_s)->click();
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY2(copied.contains(verdict), qPrintable(copied));
        QVERIFY(copied.contains(u"FAILED"_s));
        const QString file = m_folder.filePath(u"test.txt"_s);
        dialog.saveReport(file);
        QFile saved(file);
        QVERIFY(saved.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromUtf8(saved.readAll()), copied);
        dialog.saveReport(m_folder.filePath(u"nowhere/test.txt"_s));
        QVERIFY(textOf(&dialog, u"doctorMessage"_s).contains(u"cannot be"_s));

        m_cluster->restart(1);
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                dialog.run();
                return waitFor(dialog)
                    && textOf(&dialog, u"doctorVerdict"_s) == u"6 of 6 nodes reached."_s;
            }(),
            patience);
    }

    void clientsAreToldWithTheirCode()
    {
        DoctorDialog dialog(*m_io, configOf(endpointOf(0)));
        dialog.findChild<QTabWidget*>(u"doctorTabs"_s)->setCurrentIndex(1);
        QVERIFY(waitFor(dialog));
        auto* list = dialog.findChild<QListWidget*>(u"clientList"_s);
        QVERIFY(list->isVisible());
        QVERIFY2(list->item(0)->text().contains(u"go-redis"_s), qPrintable(list->item(0)->text()));
        QCOMPARE(list->currentRow(), 0);
        QVERIFY(textOf(&dialog, u"clientHappens"_s).contains(u"MOVED"_s));
        auto* right = dialog.findChild<ui::CodeBlock*>(u"clientRightCode"_s);
        QVERIFY(right->isVisible());
        QVERIFY(right->code().contains(endpointOf(0).toString()));
        // Not only said, but seen.
        auto* measured = dialog.findChild<QLabel*>(u"clientsMeasured"_s);
        QTRY_VERIFY_WITH_TIMEOUT(measured->isVisible(), patience);
        QVERIFY2(
            measured->text().contains(QRegularExpression(u"\\n +EXISTS \\S+ +MOVED \\d+ 127"_s)),
            qPrintable(measured->text()));
        QTRY_VERIFY_WITH_TIMEOUT(
            measured->text().contains(u"\nA cluster client that begins with this one address"_s),
            patience);
        QVERIFY(dialog.reportText().contains(measured->text()));
        right->findChild<QAbstractButton*>(u"copyButton"_s)->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), right->code());
    }

    void aTestCanBeStopped()
    {
        const DeadPort dead(u"127.0.0.1"_s);
        session::SessionConfig config = configOf(dead.endpoint());
        config.options.timeout = 10min;
        DoctorDialog dialog(*m_io, config);
        dialog.QWidget::show();
        const auto* table = dialog.findChild<QTableView*>(u"doctorMatrix"_s);
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1, patience);
        button(dialog, u"doctorStop"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(!dialog.isUnderWay(), patience);
        QCOMPARE(textOf(&dialog, u"doctorVerdict"_s), u"Stopped. 0 of 1 reached so far."_s);
        QVERIFY(dialog.findChild<QLabel*>(u"noClientsLabel"_s)->text().size() > 20);
        // And begun again, and closed in the middle of it.
        button(dialog, u"doctorAgain"_s)->click();
        QVERIFY(dialog.isUnderWay());
    }

    /// After the test the clients are demonstrated, to a server that does not answer that.
    void theDemonstrationCanBeStopped_data()
    {
        QTest::addColumn<bool>("byClosing");
        QTest::newRow("by its button") << false;
        QTest::newRow("by closing") << true;
    }
    void theDemonstrationCanBeStopped()
    {
        QFETCH(bool, byClosing);
        FakeNode node;
        makePrimaryOfAll(node);
        node.on("EXISTS", { { FakeNode::Act::Silence, {}, 0 } });
        const auto isConnected = [&node] {
            const auto sockets = node.findChildren<QTcpSocket*>();
            return std::any_of(sockets.begin(), sockets.end(), [](const QTcpSocket* socket) {
                return socket->state() == QAbstractSocket::ConnectedState;
            });
        };
        session::SessionConfig config = configOf(node.endpoint());
        config.options.timeout = 10min;
        auto dialog = std::make_unique<DoctorDialog>(*m_io, config);
        QVERIFY(waitFor(*dialog));
        QVERIFY2(textOf(dialog.get(), u"doctorVerdict"_s) == u"1 of 1 node reached."_s,
            qPrintable(textOf(dialog.get(), u"doctorVerdict"_s)));
        const auto isAsked = [&node] {
            return std::any_of(node.received().begin(), node.received().end(),
                [](const QByteArray& line) { return line.startsWith("EXISTS"); });
        };
        QTRY_VERIFY_WITH_TIMEOUT(isAsked(), patience);
        QVERIFY(isConnected());
        QVERIFY(button(*dialog, u"doctorStop"_s)->isEnabled());
        if (byClosing)
            dialog.reset();
        else
            button(*dialog, u"doctorStop"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(!isConnected(), patience);
        if (dialog) {
            QTRY_VERIFY_WITH_TIMEOUT(!button(*dialog, u"doctorStop"_s)->isEnabled(), patience);
            QVERIFY(button(*dialog, u"doctorCopy"_s)->isEnabled());
            QVERIFY(!dialog->reportText().contains(u"EXISTS"_s)); // nothing was answered
        }
    }

    void aReportIsSavedByItsDialog()
    {
        DoctorDialog dialog(*m_io, configOf(endpointOf(0)));
        QVERIFY(waitFor(dialog));
        const QString file = m_folder.filePath(u"by dialog.txt"_s);
        button(dialog, u"doctorSave"_s)->click();
        auto* chooser = dialog.findChild<QFileDialog*>();
        QVERIFY(chooser && chooser->isVisible());
        QVERIFY(chooser->selectedFiles().first().contains(u"slotscope-test-20"_s));
        auto* name = chooser->findChild<QLineEdit*>(u"fileNameEdit"_s);
        QVERIFY(name);
        name->setText(m_folder.filePath(u"by dialog"_s)); // the ending comes by itself
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_VERIFY(textOf(&dialog, u"doctorMessage"_s).contains(u"by dialog.txt"_s));
        QFile saved(file);
        QVERIFY(saved.open(QIODevice::ReadOnly));
        QVERIFY(saved.readAll().contains("6 of 6 nodes reached."));
        QTRY_VERIFY(!dialog.findChild<QFileDialog*>());
        // Thought better of it.
        button(dialog, u"doctorSave"_s)->click();
        chooser = dialog.findChild<QFileDialog*>();
        QVERIFY(chooser);
        QTest::keyClick(chooser, Qt::Key_Escape);
        QTRY_VERIFY(!dialog.findChild<QFileDialog*>());
        QVERIFY(dialog.isVisible());
    }

    void aMemcachedNameIsNotDialled()
    {
        DoctorDialog dialog(
            *m_io, configOf({ u"orders.x1y2z3.cfg.use1.cache.amazonaws.com"_s, 11211 }));
        dialog.QWidget::show();
        QVERIFY(!dialog.isUnderWay());
        QVERIFY(textOf(&dialog, u"doctorGuess"_s).contains(u"Memcached"_s));
        QVERIFY(textOf(&dialog, u"doctorVerdict"_s).startsWith(u"Not tested"_s));
        QCOMPARE(dialog.findChild<QTableView*>(u"doctorMatrix"_s)->model()->rowCount(), 0);
    }

    void theWindowOpensIt()
    {
        ui::WindowOptions options;
        options.profilesFile = m_folder.filePath(u"profiles.json"_s);
        options.connection.timeout = 4s;
        ui::MainWindow window(*m_io, options);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        auto* action = window.findChild<QAction*>(u"testEndpointAction"_s);
        QVERIFY(action);
        action->trigger(); // nothing to test yet
        QVERIFY(!window.findChild<DoctorDialog*>());
        QVERIFY(window.findChild<QLabel*>(u"endpointMessage"_s)->isVisible());

        QTcpServer nobody; // takes a port, so that nobody else does, and closes it
        QVERIFY(nobody.listen(QHostAddress::LocalHost));
        const net::Endpoint refused { u"127.0.0.1"_s, nobody.serverPort() };
        nobody.close();
        window.connectTo(configOf(refused));
        QPushButton* step = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT(
            (step = window.findChild<QPushButton*>(u"testButton"_s)) && step->isVisible(),
            patience);
        step->click();
        auto* dialog = window.findChild<DoctorDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(!dialog->isUnderWay(), patience);
        const QString verdict = textOf(dialog, u"doctorVerdict"_s);
        QVERIFY2(
            verdict.startsWith(u"The endpoint fails at the stage TCP. "_s), qPrintable(verdict));
        // The same test again: the same dialog.
        action->trigger();
        QCOMPARE(window.findChildren<DoctorDialog*>().size(), 1);
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(window.findChildren<DoctorDialog*>().isEmpty());
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestDoctorDialog)
#include "tst_doctordialog.moc"
