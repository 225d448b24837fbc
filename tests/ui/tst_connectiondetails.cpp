// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// What is told about an open connection: in the dialog by itself, and from the window.

#include "tests/support/fakenode.h"
#include "tests/ui/windowfixture.h"
#include "ui/connection/connectiontab.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/wayin/connectiondetails.h"
#include "ui/wayin/waysmodel.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QTest>

namespace slotscope::tests {
using namespace Qt::StringLiterals;
using doctor::GuessFinding;
using ui::ConnectionDetails;
using ui::ConnectionFacts;
using ui::WaysModel;

namespace {

constexpr int patience = 15'000;

net::DialInfo encrypted(const net::Endpoint& announced)
{
    net::DialInfo way;
    way.announced = announced;
    way.dialled = { u"10.0.0.9"_s, announced.port };
    way.tls.protocol = u"TLSv1.3"_s;
    way.tls.cipher = u"TLS_AES_256_GCM_SHA384"_s;
    way.tls.nameAsked = announced.host;
    way.tls.isVerified = true;
    net::PeerCertificate own;
    own.subject = u"<b>*.example</b>"_s;
    own.issuer = u"An authority"_s;
    own.names = QStringList { u"*.example"_s };
    own.notBefore = QDateTime::fromString(u"2026-01-02T00:00:00Z"_s, Qt::ISODate);
    own.notAfter = QDateTime::fromString(u"2096-03-04T00:00:00Z"_s, Qt::ISODate);
    own.sha256 = u"AA:BB"_s;
    net::PeerCertificate root = own;
    root.subject = u"An authority"_s;
    root.isSelfSigned = true;
    way.tls.chain = { own, root };
    return way;
}

/// Two shards of one node each; only S01 is connected.
ConnectionFacts someFacts()
{
    cluster::TopologyData data;
    data.kind = cluster::Kind::Cluster;
    data.seed = { u"b.example"_s, 6379 };
    for (const char name : { 'b', 'a' }) {
        cluster::Node node;
        node.id = cluster::NodeId(QByteArray(40, name));
        node.address = { QString(QLatin1Char(name) + u".example"_s), 6379 };
        node.role = cluster::Role::Primary;
        const int first = name == 'a' ? 0 : 8192;
        node.ranges = { { cluster::Slot(first), cluster::Slot(first + 8191) } };
        data.nodes.append(node);
    }
    ConnectionFacts facts;
    facts.endpoint = u"b.example:6379"_s;
    facts.tls.enabled = true;
    facts.topology = cluster::Topology::build(std::move(data));
    facts.open.ways = { encrypted({ u"a.example"_s, 6379 }) };
    return facts;
}

QString textOf(const QWidget& dialog, const QString& name)
{
    const auto* label = dialog.findChild<QLabel*>(name);
    return label && label->isVisibleTo(&dialog) ? label->text() : QString();
}

} // namespace

class TestConnectionDetails final : public WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void everyNodeHasARow();
    void theChainIsTold();
    void whatIsWrongIsTold();
    void newFactsKeepTheChosenRow();
    void beginsWhereThereIsAConnection();
    void fromTheWindow();
};

void TestConnectionDetails::everyNodeHasARow()
{
    ConnectionDetails dialog;
    auto* table = dialog.findChild<QTableView*>(u"detailsTable"_s);
    const QAbstractItemModelTester tester(
        table->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    dialog.setFacts(someFacts());
    QCOMPARE(table->model()->rowCount(), 2);
    const auto cell = [table](int row, int column) {
        return table->model()->index(row, column).data().toString();
    };
    QCOMPARE(cell(0, WaysModel::Node), u"S01  a.example:6379"_s);
    QCOMPARE(cell(0, WaysModel::Reached), u"10.0.0.9:6379"_s);
    QCOMPARE(cell(0, WaysModel::Protocol), u"TLSv1.3"_s);
    QCOMPARE(cell(0, WaysModel::Name), u"a.example"_s);
    QVERIFY(cell(0, WaysModel::Verified).contains(u"yes"_s));
    QCOMPARE(cell(0, WaysModel::Until), u"2096-03-04"_s);
    QCOMPARE(cell(1, WaysModel::Node), u"S02  b.example:6379"_s);
    QCOMPARE(cell(1, WaysModel::Reached), u"no open connection"_s);
    QVERIFY(cell(1, WaysModel::Protocol).isEmpty());
    // One that is no node that is known comes first: the endpoint that was typed.
    ConnectionFacts facts = someFacts();
    facts.open.ways.append(encrypted({ u"clustercfg.example"_s, 6379 }));
    dialog.setFacts(facts);
    QCOMPARE(cell(0, WaysModel::Node), u"clustercfg.example:6379"_s);
    // Without TLS there is nothing to say of it.
    facts.tls.enabled = false;
    dialog.setFacts(facts);
    QVERIFY(table->isColumnHidden(WaysModel::Cipher));
    QVERIFY(textOf(dialog, u"detailsEncryption"_s).contains(u"TLS is off"_s));
}

void TestConnectionDetails::theChainIsTold()
{
    ConnectionDetails dialog;
    ConnectionFacts unknown = someFacts();
    unknown.open = {};
    dialog.setFacts(unknown); // as it is until the session has answered
    dialog.setFacts(someFacts());
    const auto* ways = dialog.findChild<QTableView*>(u"detailsTable"_s);
    QVERIFY(ways->columnWidth(WaysModel::Cipher)
        > ways->fontMetrics().horizontalAdvance(u"TLS_AES_256_GCM_SHA384"_s));
    const QString chain = textOf(dialog, u"detailsChain"_s);
    const auto why = chain.toUtf8();
    QVERIFY2(chain.contains(u"TLSv1.3"_s) && chain.contains(u"a.example"_s), why.constData());
    QVERIFY2(chain.contains(u"1. "_s) && chain.contains(u"2. "_s), why.constData());
    QVERIFY2(chain.contains(u"<b>*.example</b>"_s), why.constData()); // and not bold
    QVERIFY2(chain.contains(u"2096-03-04"_s) && chain.contains(u"AA:BB"_s), why.constData());
    QCOMPARE(dialog.findChild<QLabel*>(u"detailsChain"_s)->textFormat(), Qt::PlainText);
    dialog.findChild<QTableView*>(u"detailsTable"_s)->selectRow(1);
    QVERIFY(textOf(dialog, u"detailsChain"_s).startsWith(u"No connection to this node"_s));
    dialog.findChild<QPushButton*>(u"detailsCopy"_s)->click();
    const QString copied = QGuiApplication::clipboard()->text();
    QCOMPARE(copied, dialog.text());
    QVERIFY2(copied.contains(u"AA:BB"_s), qPrintable(copied));
    QVERIFY2(copied.contains(u"S02  b.example:6379: no open connection"_s), qPrintable(copied));
}

void TestConnectionDetails::whatIsWrongIsTold()
{
    ConnectionDetails dialog;
    ConnectionFacts facts = someFacts();
    facts.tls.insecure = true;
    facts.open.ways[0].tls.isVerified = false;
    facts.open.ways[0].tls.problems = QStringList { u"The certificate has expired"_s };
    constexpr qint64 minute = qint64(60) * 1'000'000'000;
    facts.open.clock = net::ToldClock { { 432'000'000, 0 }, net::monotonicNanos() - 5 * minute };
    facts.guess = { { GuessFinding::About::Kind, GuessFinding::Outcome::Otherwise,
        u"The name looks like a cluster's."_s } };
    dialog.setFacts(facts);
    QVERIFY(textOf(dialog, u"detailsEncryption"_s).contains(u"nothing is verified"_s));
    QVERIFY(textOf(dialog, u"detailsChain"_s).contains(u"The certificate has expired"_s));
    QVERIFY(textOf(dialog, u"detailsClock"_s).contains(u"7 min 12 s ahead"_s));
    QVERIFY(textOf(dialog, u"detailsGuess"_s).contains(u"looks like a cluster's"_s));
    QVERIFY(textOf(dialog, u"detailsClock"_s).contains(u"Measured 5 min ago."_s));
    QVERIFY(dialog.text().contains(u"7 min 12 s ahead"_s));
    // The next facts know better.
    facts.guess.clear();
    facts.open.clock.reset();
    dialog.setFacts(facts);
    QVERIFY(!dialog.findChild<QLabel*>(u"detailsGuess"_s));
    QVERIFY(textOf(dialog, u"detailsClock"_s).isEmpty());
}

void TestConnectionDetails::newFactsKeepTheChosenRow()
{
    ConnectionDetails dialog;
    dialog.setFacts(someFacts());
    auto* table = dialog.findChild<QTableView*>(u"detailsTable"_s);
    table->selectRow(1);
    ConnectionFacts facts = someFacts();
    facts.open.ways.append(encrypted({ u"b.example"_s, 6379 }));
    dialog.setFacts(facts);
    QCOMPARE(table->currentIndex().row(), 1);
    QVERIFY(textOf(dialog, u"detailsChain"_s).contains(u"TLSv1.3"_s));
    // Nothing is left.
    facts.open.ways.clear();
    facts.topology = {};
    dialog.setFacts(facts);
    QCOMPARE(table->model()->rowCount(), 0);
    QCOMPARE(textOf(dialog, u"detailsChain"_s), u"Nothing is connected."_s);
}

/// Where the first node is not connected.
void TestConnectionDetails::beginsWhereThereIsAConnection()
{
    ConnectionDetails dialog;
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    dialog.activateWindow();
    auto* table = dialog.findChild<QTableView*>(u"detailsTable"_s);
    table->setFocus();
    ConnectionFacts facts = someFacts();
    facts.open = {};
    dialog.setFacts(facts); // as it is until the session has answered
    table->setCurrentIndex(table->model()->index(0, 0)); // as a table with the keyboard does
    QVERIFY(textOf(dialog, u"detailsChain"_s).startsWith(u"No connection to any node"_s));
    facts.open.ways = { encrypted({ u"b.example"_s, 6379 }) };
    dialog.setFacts(facts);
    QCOMPARE(table->currentIndex().row(), 1);
    QVERIFY(table->selectionModel()->isRowSelected(1));
    QVERIFY(textOf(dialog, u"detailsChain"_s).contains(u"TLSv1.3"_s));
    // Who goes to the first one stays there.
    table->selectRow(0);
    dialog.setFacts(facts);
    QCOMPARE(table->currentIndex().row(), 0);
    QVERIFY(textOf(dialog, u"detailsChain"_s).startsWith(u"No connection to this node"_s));
    // The columns fill the table, and no more.
    QTRY_COMPARE(table->horizontalHeader()->length(), table->viewport()->width());
}

void TestConnectionDetails::fromTheWindow()
{
    FakeNode server;
    makeStandalone(server);
    auto* action = window()->findChild<QAction*>(u"connectionDetailsAction"_s);
    tab()->showDetails(); // nothing is open: nothing to tell
    QVERIFY(!window()->findChild<ConnectionDetails*>());
    session::SessionConfig config;
    config.endpoint.endpoint = server.endpoint();
    config.endpoint.typed = server.endpoint().toString();
    window()->connectTo(config);
    QTRY_VERIFY_WITH_TIMEOUT(tab()->isConnected(), patience);
    QTRY_VERIFY(action->isEnabled());
    action->trigger();
    auto* dialog = window()->findChild<ConnectionDetails*>();
    QVERIFY(dialog && dialog->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(
        textOf(*dialog, u"detailsChain"_s).contains(u"without TLS"_s), patience);
    QVERIFY(dialog->text().contains(config.endpoint.typed));
    action->trigger(); // the same one
    QCOMPARE(window()->findChildren<ConnectionDetails*>().size(), 1);
    dialog->reject();
    QTRY_VERIFY(!window()->findChild<ConnectionDetails*>());
}

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestConnectionDetails)
#include "tst_connectiondetails.moc"
