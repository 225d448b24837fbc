// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// What the window offers where something failed or is missing.

#include "tests/support/fakenode.h"
#include "tests/support/refusingport.h"
#include "tests/ui/windowfixture.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/clusterpage/headlinebar.h"
#include "ui/connection/connectiontab.h"
#include "ui/connection/endpointbar.h"
#include "ui/connection/sessionconfig.h"
#include "ui/connection/startpage.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/problemlist.h"
#include "ui/mainwindow/connectiontabs.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/wayin/nextsteps.h"
#include "ui/wayin/reachdialog.h"

#include <QDialog>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>

namespace slotscope::tests {
using namespace Qt::StringLiterals;
using support::ErrorCode;
using ui::NextStep;

namespace {

constexpr int patience = 15'000;

cluster::Topology clusterOf(int answered, int asked, bool slotsKnown = true)
{
    cluster::TopologyData data;
    data.viewsAsked = asked;
    data.viewsAnswered = answered;
    cluster::Node node;
    node.id = cluster::NodeId(QByteArray(40, 'a'));
    node.address = { u"10.0.1.4"_s, 6379 };
    node.role = cluster::Role::Primary;
    if (slotsKnown)
        node.ranges = { { cluster::Slot(0), cluster::Slot(16383) } };
    data.nodes = { node };
    return cluster::Topology::build(data);
}

} // namespace

class TestStates final : public WindowFixture
{
    Q_OBJECT

    QPushButton* button(const QString& name) const { return tab()->findChild<QPushButton*>(name); }

    static void makeLoading(FakeNode& node)
    {
        node.on("INFO",
            FakeNode::bulk("# Server\r\nredis_version:7.0.15\r\nredis_mode:cluster\r\n"
                           "# Persistence\r\nloading:1\r\n# Cluster\r\ncluster_enabled:1\r\n"));
        for (const char* command : { "ROLE", "CLUSTER" })
            node.on(command, "-LOADING Redis is loading the dataset in memory\r\n");
    }

private Q_SLOTS:
    void everyFailureHasANextStep_data()
    {
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<NextStep>("first");
        QTest::newRow("name") << ErrorCode::ResolveFailed << NextStep::TryAgain;
        QTest::newRow("refused") << ErrorCode::ConnectionRefused << NextStep::TryAgain;
        QTest::newRow("password") << ErrorCode::AuthRequired << NextStep::Credentials;
        QTest::newRow("permission") << ErrorCode::NoPermission << NextStep::Credentials;
        QTest::newRow("TLS wanted") << ErrorCode::TlsExpected << NextStep::WithTls;
        QTest::newRow("no TLS") << ErrorCode::TlsNotSpoken << NextStep::WithoutTls;
        QTest::newRow("silence") << ErrorCode::NoReply << NextStep::TryAgain;
        QTest::newRow("wrong node") << ErrorCode::WrongNode << NextStep::TryAgain;
    }
    void everyFailureHasANextStep()
    {
        QFETCH(ErrorCode, code);
        const QList<NextStep> steps = ui::stepsAfter({ code, {}, {} });
        QTEST(steps.first(), "first");
        QCOMPARE(steps.last(), NextStep::OtherEndpoint);
    }

    void stepsOfWhatIsShown()
    {
        QVERIFY(ui::stepsFor(clusterOf(6, 6), false).isEmpty());
        QCOMPARE(ui::stepsFor(clusterOf(6, 6), true), QList { NextStep::AskAgain });
        QCOMPARE(ui::stepsFor(clusterOf(4, 6), false),
            (QList {
                NextStep::AskAgain, NextStep::Test, NextStep::UseSsh, NextStep::MapAddresses }));
        QCOMPARE(ui::stepsFor(clusterOf(0, 1, false), false),
            (QList { NextStep::Credentials, NextStep::AskAgain }));
        QVERIFY(ui::stepsFor({}, false).isEmpty());
        // Nodes that know each other, and no slot was given to any of them.
        cluster::TopologyData data = clusterOf(1, 1).data();
        data.nodes.first().ranges.clear();
        QCOMPARE(ui::stepsFor(cluster::Topology::build(data), false),
            (QList { NextStep::ShowProblems, NextStep::AskAgain, NextStep::OtherEndpoint }));
    }

    void aPastedMapLeadsToAConnection()
    {
        const QString failed = u"07c37dfeb235213a872192d90877d0cd55635b91 10.0.1.7:6379@16379 "
                               "master,fail - 0 0 1 connected 0-5460\n"
                               "67ed2db8d677e59ec4a4cefb06858cf2a1a89fa1 10.0.1.4:6379@16379 "
                               "master - 0 0 2 connected 5461-16383"_s;
        tab()->submit(failed);
        QTRY_VERIFY(tab()->shownCluster());
        auto* connectTo = button(u"enterAddressButton"_s);
        QVERIFY(connectTo && connectTo->isVisible());
        QVERIFY(button(u"otherEndpointButton"_s));
        QTest::mouseClick(connectTo, Qt::LeftButton);
        // Nothing is dialled: the address stands where it can be looked at.
        QVERIFY(!tab()->session());
        const auto* bar = tab()->findChild<ui::EndpointBar*>();
        QCOMPARE(bar->text(), u"10.0.1.4:6379"_s);
        QVERIFY(bar->isAncestorOf(tab()->window()->focusWidget()));
    }

    void aClusterWithoutSlotsTellsWhatToDo()
    {
        FakeNode server;
        server.on("INFO"_qba, FakeNode::bulk("redis_version:7.0.15\r\ncluster_enabled:1\r\n"_qba));
        server.on("CLUSTER NODES"_qba,
            FakeNode::bulk("07c37dfeb235213a872192d90877d0cd55635b91 127.0.0.1:"_qba
                + QByteArray::number(server.endpoint().port)
                + "@16379 myself,master - 0 0 1 connected\n"_qba));
        server.on("CLUSTER SLOTS"_qba, "*0\r\n"_qba);
        tab()->submit(server.endpoint().toString());
        QTRY_VERIFY_WITH_TIMEOUT(button(u"showProblemsButton"_s), patience);
        QTest::mouseClick(button(u"showProblemsButton"_s), Qt::LeftButton);
        const ui::Inspector* inspector = tab()->clusterPage()->inspector();
        QCOMPARE(inspector->currentWidget(), inspector->problems());
    }

    void manyWarningsLeaveThePictureItsRoom()
    {
        ui::HeadlineBar bar;
        bar.show();
        const auto* text = bar.findChild<QLabel*>(u"warningsLabel"_s);
        auto* more = bar.findChild<QToolButton*>(u"moreWarnings"_s);
        cluster::TopologyData data = clusterOf(6, 6).data();
        data.warnings = QStringList { u"one"_s, u"two"_s };
        bar.setTopology(cluster::Topology::build(data), {});
        QCOMPARE(text->text(), u"one\ntwo"_s);
        QVERIFY(more->isHidden());
        data.warnings << u"three"_s << u"<b>four</b>"_s;
        bar.setTopology(cluster::Topology::build(data), {});
        QCOMPARE(text->text(), u"one"_s);
        QCOMPARE(more->text(), u"3 more"_s);
        QTest::mouseClick(more, Qt::LeftButton);
        QCOMPARE(text->text(), u"one\ntwo\nthree\n<b>four</b>"_s);
        QCOMPARE(text->textFormat(), Qt::PlainText);
        bar.setTrouble(u"zero"_s); // stays open
        QVERIFY(text->text().startsWith(u"zero\none"_s));
        QTest::mouseClick(more, Qt::LeftButton);
        QCOMPARE(text->text(), u"zero"_s);
    }

    void aDeadAddressIsMappedToALivingOne()
    {
        FakeNode server;
        makeStandalone(server);
        const QString dead = refusingEndpoint().toString();
        tab()->submit(dead);
        QTRY_VERIFY_WITH_TIMEOUT(button(u"mapAddressesButton"_s), patience);
        QTest::mouseClick(button(u"mapAddressesButton"_s), Qt::LeftButton);
        auto* dialog = tab()->findChild<ui::ReachDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        const auto* verdict = dialog->findChild<QLabel*>(u"reachVerdict"_s);
        QTRY_VERIFY_WITH_TIMEOUT(verdict->text().contains(u"1 of 1"_s), patience);
        auto* rules = dialog->findChild<QPlainTextEdit*>(u"reachRules"_s);
        auto* tryIt = dialog->findChild<QPushButton*>(u"tryMap"_s);
        auto* use = dialog->findChild<QPushButton*>(u"useMap"_s);
        const auto* result = dialog->findChild<QLabel*>(u"resultMap"_s);
        rules->setPlainText(u"not a rule"_s);
        QTest::mouseClick(tryIt, Qt::LeftButton);
        QVERIFY(!result->text().isEmpty());
        QVERIFY(!use->isEnabled());
        rules->setPlainText(dead + u'=' + server.endpoint().toString());
        QTest::mouseClick(tryIt, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(use->isEnabled(), patience);
        QVERIFY2(result->text().contains(u"1 of 1 node answered"_s), qPrintable(result->text()));
        rules->appendPlainText(u"a=b"_s); // what was not tried is not used
        QVERIFY(!use->isEnabled());
        rules->undo();
        QTest::mouseClick(tryIt, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(use->isEnabled(), patience);
        QTest::mouseClick(use, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->shownCluster(), patience);

        // A server without a cluster says so, and offers to go elsewhere.
        auto* other = button(u"otherEndpointButton"_s);
        QVERIFY(other && other->isVisible());
    }

    /// The first look at every node ends whatever the user does meanwhile, and does not undo it.
    void whatIsWrittenBeforeTheVerdictStays()
    {
        session::IoThread io;
        session::SessionConfig config;
        config.endpoint = *net::parseTypedEndpoint(refusingEndpoint().toString());
        cluster::TopologyData data = clusterOf(1, 1).data();
        data.nodes[0].address = { u"redis-1"_s, config.endpoint.endpoint.port };
        const auto topology = cluster::Topology::build(data);
        const QString mine = u"10.0.0.1=127.0.0.1"_s;
        for (const bool isTouched : { false, true }) {
            ui::ReachDialog dialog(io, config, topology, [](const net::ConnectionOptions&) {});
            auto* rules = dialog.findChild<QPlainTextEdit*>(u"reachRules"_s);
            const auto* verdict = dialog.findChild<QLabel*>(u"reachVerdict"_s);
            QVERIFY(verdict->text().startsWith(u"Asking"_s));
            if (isTouched) {
                rules->insertPlainText(mine);
                dialog.findChild<QPushButton*>(u"tryMap"_s)->click();
            }
            QTRY_VERIFY_WITH_TIMEOUT(!verdict->text().startsWith(u"Asking"_s), patience);
            QCOMPARE(rules->toPlainText(), isTouched ? mine : u"redis-1=@seed"_s);
        }
    }

    void theNextSeedIsTried()
    {
        FakeNode server;
        makeStandalone(server);
        session::SessionConfig config;
        config.endpoint = *net::parseTypedEndpoint(refusingEndpoint().toString());
        config.otherSeeds = { *net::parseTypedEndpoint(refusingEndpoint().toString()),
            *net::parseTypedEndpoint(server.endpoint().toString()) };
        tab()->connectTo(config);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->shownCluster(), patience);
        QCOMPARE(tab()->title(), server.endpoint().toString());
    }

    void aSeedThatIsOfNoUseIsLeft_data()
    {
        QTest::addColumn<int>("fault");
        QTest::newRow("silent") << 0;
        QTest::newRow("loads its data") << 1;
        QTest::newRow("speaks something else") << 2;
    }
    void aSeedThatIsOfNoUseIsLeft()
    {
        QFETCH(int, fault);
        FakeNode first;
        FakeNode server;
        makeStandalone(server);
        if (fault == 0) {
            first.setMute(true);
        } else if (fault == 1) {
            makeLoading(first);
        } else {
            first.setGreeting("HTTP/1.1 400 Bad Request\r\n\r\n");
        }
        session::SessionConfig config;
        config.endpoint = *net::parseTypedEndpoint(first.endpoint().toString());
        config.otherSeeds = { *net::parseTypedEndpoint(server.endpoint().toString()) };
        if (fault == 0)
            config.options.timeout = std::chrono::milliseconds(500);
        tab()->connectTo(config);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->shownCluster(), patience);
        QCOMPARE(tab()->title(), server.endpoint().toString());
    }

    void aSeedThatLoadsIsMoreThanNone_data()
    {
        QTest::addColumn<int>("place"); // among three of which the others are dead
        QTest::newRow("the first") << 0;
        QTest::newRow("the second") << 1;
        QTest::newRow("the last") << 2;
    }
    void aSeedThatLoadsIsMoreThanNone()
    {
        QFETCH(int, place);
        FakeNode loading;
        makeLoading(loading);
        QList<net::TypedEndpoint> seeds;
        for (int i = 0; i < 3; ++i) {
            const net::Endpoint endpoint = i == place ? loading.endpoint() : refusingEndpoint();
            seeds.append(*net::parseTypedEndpoint(endpoint.toString()));
        }
        session::SessionConfig config;
        config.endpoint = seeds.takeFirst();
        config.otherSeeds = seeds;
        tab()->connectTo(config);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->shownCluster(), patience);
        QCOMPARE(tab()->title(), loading.endpoint().toString());
        const cluster::Topology topology = tab()->known().topology;
        QCOMPARE(topology.nodes().first().health, cluster::Health::Loading);
        QCOMPARE(tab()->config()->otherSeeds.size(), 2);
    }

    void allSeedsAreTriedWhenItIsOpenedAgain()
    {
        FakeNode loading;
        makeLoading(loading);
        auto second = std::make_unique<FakeNode>();
        makeStandalone(*second);
        session::SessionConfig config;
        config.endpoint = *net::parseTypedEndpoint(loading.endpoint().toString());
        config.otherSeeds = { *net::parseTypedEndpoint(second->endpoint().toString()) };
        tab()->connectTo(config);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->shownCluster(), patience);
        const net::TypedEndpoint opened = tab()->config()->endpoint;
        QCOMPARE(opened.typed, second->endpoint().toString());
        // Now it is the other one that can be opened.
        second.reset();
        tab()->connectTo(opened);
        QVERIFY(!tab()->shownCluster());
        QTRY_VERIFY_WITH_TIMEOUT(tab()->shownCluster(), patience);
        QCOMPARE(tab()->title(), loading.endpoint().toString());
    }

    /// It is given for the one that asks, and then all are tried.
    void noSeedIsForgottenForAPassword()
    {
        FakeNode refusing;
        refusing.on(
            "HELLO", "-NOAUTH HELLO must be called with the client already authenticated\r\n");
        session::SessionConfig config;
        const QString first = refusingEndpoint().toString();
        config.endpoint = *net::parseTypedEndpoint(first);
        config.otherSeeds = { *net::parseTypedEndpoint(refusing.endpoint().toString()) };
        tab()->connectTo(config);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->findChild<QDialog*>(u"passwordDialog"_s), patience);
        QCOMPARE(tab()->config()->endpoint.typed, refusing.endpoint().toString());
        QCOMPARE(tab()->config()->otherSeeds.size(), 1);
        QCOMPARE(tab()->config()->otherSeeds.first().typed, first);
    }

    /// What is said of "the seed" is said of the one that is tried.
    void eachSeedIsVerifiedByItsOwnName()
    {
        FakeNode server;
        makeStandalone(server);
        profile::Profile profile;
        profile.name = u"a"_s;
        profile.endpoints
            = { refusingEndpoint().toString(), u"localhost:%1"_s.arg(server.endpoint().port) };
        profile.tls.verify = profile::VerifyName::Seed;
        tab()->connectTo(*ui::configFor(profile, {}));
        QTRY_VERIFY_WITH_TIMEOUT(tab()->shownCluster(), patience);
        QCOMPARE(tab()->config()->options.tls.verifyName, u"localhost"_s);
    }

    void eachSeedIsTold()
    {
        session::SessionConfig config;
        const QString first = refusingEndpoint().toString();
        const QString second = refusingEndpoint().toString();
        config.endpoint = *net::parseTypedEndpoint(first);
        config.otherSeeds = { *net::parseTypedEndpoint(second) };
        tab()->connectTo(config);
        const auto* list = tab()->findChild<QTableWidget*>(u"seedList"_s);
        QVERIFY(list && list->isVisible());
        QCOMPARE(list->rowCount(), 2);
        QCOMPARE(list->item(0, 0)->text(), first);
        QVERIFY(list->item(0, 1)->text().contains(u"connecting"_s));
        QVERIFY(list->item(1, 1)->text().contains(u"not tried"_s));
        QTRY_VERIFY_WITH_TIMEOUT(button(u"retryButton"_s), patience);
        QVERIFY(list->isVisible());
        for (int row = 0; row < 2; ++row)
            QVERIFY2(list->item(row, 1)->text().contains(u"refused"_s),
                qPrintable(list->item(row, 1)->text()));
        QCOMPARE(list->item(1, 0)->text(), second);
        // All of them once more, from the first on.
        QCOMPARE(tab()->config()->endpoint.typed, first);
        QCOMPARE(tab()->config()->otherSeeds.size(), 1);
        // One alone is no list.
        tab()->submit(refusingEndpoint().toString());
        QVERIFY(!list->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(button(u"retryButton"_s), patience);
        QVERIFY(!list->isVisible());
    }

    /// However it comes here: typed, of the command line, of a profile.
    void aNameThatIsRefusedIsNotDialled()
    {
        session::SessionConfig config;
        config.endpoint
            = *net::parseTypedEndpoint(u"mycache.fnjyzo.cfg.use1.cache.amazonaws.com:11211"_s);
        tab()->connectTo(config);
        QVERIFY(!tab()->session());
        QVERIFY(tab()->isUnused());
        const auto* message = tab()->findChild<QLabel*>(u"endpointMessage"_s);
        QVERIFY(message->isVisible());
        QVERIFY(message->text().contains(u"Memcached"_s));
    }

    void aFailureLeadsBackToTheStart()
    {
        tab()->submit(refusingEndpoint().toString());
        QTRY_VERIFY_WITH_TIMEOUT(button(u"retryButton"_s), patience);
        QVERIFY(button(u"retryButton"_s)->isVisible());
        QTest::mouseClick(button(u"otherEndpointButton"_s), Qt::LeftButton);
        QVERIFY(tab()->findChild<ui::StartPage*>()->isVisible());
        QVERIFY(tab()->isUnused());
    }

    void aPasswordIsNotTakenFromTlsToPlainText()
    {
        FakeNode server; // speaks plain text only
        session::SessionConfig config;
        const auto endpoint = net::parseTypedEndpoint(server.endpoint().toString());
        QVERIFY(endpoint);
        config.endpoint = *endpoint;
        config.options.tls.enabled = true;
        config.options.password = u"swordfish"_s;
        config.options.timeout = std::chrono::seconds(1);
        tab()->connectTo(config);
        QTRY_VERIFY_WITH_TIMEOUT(button(u"withoutTlsButton"_s), patience);
        QTest::mouseClick(button(u"withoutTlsButton"_s), Qt::LeftButton);
        QVERIFY(tab()->config()->options.password == std::nullopt);
        QVERIFY(!tab()->config()->options.tls.enabled);
        QCOMPARE(tab()->title(), server.endpoint().toString());
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestStates)
#include "tst_states.moc"
