// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// What must not be forgotten about a connection: production, read-only, TLS that nobody verifies.
// Servers that nobody runs stand for clusters.

#include "core/doctor/guesscheck.h"
#include "core/explain/writeguard.h"
#include "core/net/sshtunnel.h"
#include "tests/support/fakenode.h"
#include "tests/ui/windowfixture.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/connection/connectionband.h"
#include "ui/connection/connectiontab.h"
#include "ui/connection/endpointfield.h"
#include "ui/connection/tabmark.h"
#include "ui/console/consolepanel.h"
#include "ui/mainwindow/connectiontabs.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/profiles/profilemenu.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>

namespace slotscope::tests {
using namespace Qt::StringLiterals;
using profile::Environment;
using ui::TabMark;

namespace {

constexpr int patience = 15'000;

const TabMark production { u"orders"_s, Environment::Production, u"teal"_s };

session::SessionConfig configOf(const FakeNode& server, bool readOnly)
{
    session::SessionConfig config;
    config.endpoint.endpoint = server.endpoint();
    config.endpoint.typed = server.endpoint().toString();
    config.readOnly = readOnly;
    return config;
}

} // namespace

class TestConnectionMarks final : public WindowFixture
{
    Q_OBJECT

    QWidget* band() const { return tab()->findChild<ui::ConnectionBand*>(); }
    /// Its text, where it can be seen.
    QString seen(const QString& name) const
    {
        const auto* label = band()->findChild<QLabel*>(name);
        return label && label->isVisible() ? label->text() : QString();
    }
    QAction* readOnlyAction() const { return window()->findChild<QAction*>(u"readOnlyAction"_s); }
    bool isShown() const
    {
        return QTest::qWaitFor([this] { return tab()->shownCluster() != nullptr; }, patience);
    }
    bool mayWrite() const
    {
        return tab()->session()->judge(command::Argv { "SET", "k", "v" }).permission
            == session::Permission::Allowed;
    }

private Q_SLOTS:
    void aTitleSaysTheEnvironmentOnce_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("environment");
        QTest::addColumn<QString>("title");
        const auto row = [](const char* tag, const QString& name, Environment environment,
                             const QString& title) {
            QTest::newRow(tag) << name << static_cast<int>(environment) << title;
        };
        row("typed", u""_s, Environment::None, u"localhost:1"_s);
        row("production", u"orders"_s, Environment::Production, u"orders PROD"_s);
        row("said by the name", u"orders-prod"_s, Environment::Production, u"orders-prod"_s);
        row("test", u"orders"_s, Environment::Test, u"orders TEST"_s);
        row("nameless", u""_s, Environment::Staging, u"localhost:1 STAGING"_s);
    }
    void aTitleSaysTheEnvironmentOnce()
    {
        QFETCH(QString, name);
        QFETCH(int, environment);
        const TabMark mark { name, static_cast<Environment>(environment), {} };
        QTEST(mark.title(u"localhost:1"_s), "title");
        QCOMPARE(mark.icon(ui::Theme::light()).isNull(), mark.environment == Environment::None);
    }

    void whatWasTypedHasNoBand()
    {
        FakeNode server;
        makeStandalone(server);
        window()->connectTo(configOf(server, false));
        QVERIFY(isShown());
        QVERIFY(!band()->isVisible());
        QVERIFY(window()->tabs()->tabIcon(0).isNull());
        QVERIFY(mayWrite());
    }

    void productionIsSaidInWords()
    {
        FakeNode server;
        makeStandalone(server);
        window()->connectTo(configOf(server, true), production);
        // Before it is connected too.
        QCOMPARE(seen(u"environmentLabel"_s), u"PRODUCTION"_s);
        QVERIFY(isShown());
        QCOMPARE(seen(u"environmentLabel"_s), u"PRODUCTION"_s);
        QCOMPARE(seen(u"profileName"_s), u"orders"_s);
        QCOMPARE(seen(u"readOnlyBadge"_s), explain::slotscopeIsReadOnly());
        QVERIFY(seen(u"tlsBadge"_s).isEmpty());
        QCOMPARE(window()->windowTitle(), u"orders PROD - Slotscope"_s);
        QCOMPARE(window()->tabs()->tabText(0), u"orders PROD"_s);
        QVERIFY(!window()->tabs()->tabIcon(0).isNull());
        QVERIFY(!mayWrite());

        // Dark where the window is light, and light where it is dark; its words can be read on it.
        const auto* words = band()->findChild<QLabel*>(u"environmentLabel"_s);
        for (const ui::Theme& theme : { ui::Theme::light(), ui::Theme::darkTheme() }) {
            band()->setPalette(theme.palette());
            QTRY_COMPARE(
                words->palette().color(QPalette::WindowText).lightnessF() > 0.5, !theme.dark);
            const QColor ground = band()->grab().toImage().pixelColor(band()->width() / 2, 1);
            QCOMPARE(ground.lightnessF() < 0.5, !theme.dark);
        }
    }

    void theSameEndpointAgainStaysMarked()
    {
        FakeNode server;
        makeStandalone(server);
        window()->connectTo(configOf(server, true), production);
        QVERIFY(isShown());
        const session::SessionHandle* before = tab()->session();
        QTest::keyClick(tab()->findChild<ui::EndpointField*>(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(tab()->session() && tab()->session() != before, patience);
        QVERIFY(isShown());
        QCOMPARE(seen(u"environmentLabel"_s), u"PRODUCTION"_s);
        QVERIFY(!mayWrite());

        FakeNode another;
        makeStandalone(another);
        tab()->submit(another.endpoint().toString());
        QVERIFY(!band()->isVisible());
        QVERIFY(isShown());
        QVERIFY(!window()->windowTitle().contains(u"PROD"_s));
        QVERIFY(mayWrite());
    }

    void tlsThatNobodyVerifiesIsSaid()
    {
        FakeNode server;
        session::SessionConfig config = configOf(server, false);
        config.options.tls.enabled = true;
        config.options.tls.insecure = true;
        window()->connectTo(config); // it never answers: the band does not wait for that
        QCOMPARE(seen(u"tlsBadge"_s), u"TLS is not verified"_s);
        tab()->cancelConnecting();
        QVERIFY(!band()->isVisible());
    }

    void theWayInIsSaid_data()
    {
        QTest::addColumn<QString>("ssh");
        QTest::addColumn<bool>("socks");
        QTest::addColumn<bool>("tls");
        QTest::addColumn<QString>("says");
        QTest::newRow("direct") << u""_s << false << false << u""_s;
        QTest::newRow("tls") << u""_s << false << true << u"TLS verified"_s;
        QTest::newRow("ssh") << u"me@bastion:2222"_s << false << false
                             << u"via ssh me@bastion:2222"_s;
        QTest::newRow("ssh and tls")
            << u"bastion"_s << false << true << u"via ssh bastion, TLS verified"_s;
        QTest::newRow("socks") << u""_s << true << false << u"via SOCKS5 127.0.0.1:1080"_s;
    }
    void theWayInIsSaid()
    {
        QFETCH(QString, ssh);
        QFETCH(bool, socks);
        QFETCH(bool, tls);
        QFETCH(QString, says);
        net::ConnectionOptions options;
        if (!ssh.isEmpty()) {
            net::SshOptions with;
            with.target = *net::SshTarget::parse(ssh);
            options.tunnel = net::SshTunnel::create(with);
        }
        if (socks)
            options.socks = net::Endpoint { u"127.0.0.1"_s, 1080 };
        options.tls.enabled = tls;
        ui::ConnectionBand shown;
        shown.setState(production, true, options);
        const auto* label = shown.findChild<QPushButton*>(u"wayLabel"_s);
        QCOMPARE(label->text(), says);
        QCOMPARE(label->isVisibleTo(&shown), !says.isEmpty());
        // Before there is a connection nothing was verified.
        QCOMPARE(ui::ConnectionBand::wayIn(options, false),
            QString(says).replace(u"TLS verified"_s, u"TLS"_s));
        // By itself it is nothing that must not be forgotten; what is encrypted is told about.
        shown.setState({}, false, options);
        QCOMPARE(shown.hasSomethingToSay(), tls);
        QSignalSpy wishes(&shown, &ui::ConnectionBand::detailsRequested);
        shown.findChild<QPushButton*>(u"wayLabel"_s)->click();
        QCOMPARE(wishes.size(), 1);
        options.tls.enabled = true;
        options.tls.insecure = true;
        QVERIFY(!ui::ConnectionBand::wayIn(options).contains(u"TLS"_s));
    }

    void whatANameToldIsSaid()
    {
        using doctor::GuessFinding;
        ui::ConnectionBand shown;
        shown.setState({}, false, {});
        QVERIFY(!shown.hasSomethingToSay());
        const auto* way = shown.findChild<QPushButton*>(u"wayLabel"_s);
        const auto* otherwise = shown.findChild<QPushButton*>(u"nameOtherwise"_s);
        QVERIFY(!otherwise->isVisibleTo(&shown));
        doctor::GuessCheck check { { GuessFinding::About::Kind, GuessFinding::Outcome::Confirmed,
            u"It is <b>one</b>."_s } };
        shown.setGuess(check);
        QVERIFY(shown.hasSomethingToSay());
        QCOMPARE(way->text(), u"name confirmed"_s);
        QVERIFY(!otherwise->isVisibleTo(&shown));
        check[0].outcome = GuessFinding::Outcome::Otherwise;
        shown.setGuess(check);
        QVERIFY(!way->isVisibleTo(&shown));
        QVERIFY(otherwise->isVisibleTo(&shown));
        QCOMPARE(otherwise->accessibleDescription(), u"It is <b>one</b>."_s);
        QVERIFY(!otherwise->toolTip().contains(u"<b>"_s)); // shown as it is, not as rich text
        shown.setGuess({});
        QVERIFY(!otherwise->isVisibleTo(&shown));
    }

    void aProfileThatIsNotUnderstoodOpensNothing()
    {
        profile::Profile profile;
        profile.name = u"a <b>"_s;
        profile.endpoints = { u"127.0.0.1:1"_s };
        profile.problems = { u"read_only: yes"_s };
        Q_EMIT window()->findChild<ui::ProfileMenu*>()->profileChosen(profile);
        const auto box = [this] { return window()->findChild<QMessageBox*>(u"profileRefused"_s); };
        QTRY_VERIFY_WITH_TIMEOUT(box(), patience);
        QCOMPARE(box()->text(), u"The profile a <b> cannot be used."_s);
        QCOMPARE(box()->textFormat(), Qt::PlainText);
        QVERIFY(box()->informativeText().contains(u"read_only: yes"_s));
        QVERIFY(!tab()->session());
        QTest::keyClick(box(), Qt::Key_Return);
        QTRY_VERIFY(!box());
    }

    void readOnlyIsSwitchedInTheMenu()
    {
        FakeNode server;
        makeStandalone(server);
        QVERIFY(!readOnlyAction()->isEnabled());
        window()->connectTo(configOf(server, false));
        QVERIFY(isShown());
        QVERIFY(readOnlyAction()->isEnabled());
        QVERIFY(!readOnlyAction()->isChecked());
        readOnlyAction()->trigger();
        QCOMPARE(seen(u"readOnlyBadge"_s), explain::slotscopeIsReadOnly());
        QVERIFY(!mayWrite());
        // Not only the console's own judgement: the session refuses too.
        bool finished = false;
        command::Trace trace;
        connect(tab()->session(), &session::SessionHandle::runFinished, this,
            [&](quint64, const command::Trace& told) {
                trace = told;
                finished = true;
            });
        tab()->session()->run({ "SET", "k", "v" }, {}, session::Confirmation::Confirmed);
        QTRY_VERIFY_WITH_TIMEOUT(finished, patience);
        QCOMPARE(trace.outcome, command::TraceOutcome::NotSent);

        readOnlyAction()->trigger();
        QVERIFY(!band()->isVisible());
        QVERIFY(mayWrite());
        server.on("SET", "+OK\r\n");
        finished = false;
        tab()->session()->run({ "SET", "k", "v" }, {}, session::Confirmation::NotAsked);
        QTRY_VERIFY_WITH_TIMEOUT(finished, patience);
        QCOMPARE(trace.outcome, command::TraceOutcome::Reply);

        // The action tells of the current tab.
        window()->tabs()->addNew();
        QVERIFY(!readOnlyAction()->isEnabled());
    }

    void writingToProductionIsAskedAboutFirst()
    {
        FakeNode server;
        makeStandalone(server);
        window()->connectTo(configOf(server, true), production);
        QVERIFY(isShown());
        const auto question
            = [this] { return window()->findChild<QMessageBox*>(u"writeToProduction"_s); };
        readOnlyAction()->trigger();
        QVERIFY(question());
        QVERIFY(readOnlyAction()->isChecked());
        QVERIFY(!mayWrite());
        QVERIFY(question()->text().contains(u"orders PROD"_s));
        QTest::keyClick(question(), Qt::Key_Return); // the button that changes nothing
        QTRY_VERIFY(!question());
        QVERIFY(!mayWrite());

        readOnlyAction()->trigger();
        for (QAbstractButton* button : question()->buttons()) {
            if (question()->buttonRole(button) == QMessageBox::AcceptRole)
                button->click();
        }
        QTRY_VERIFY(mayWrite());
        QVERIFY(!readOnlyAction()->isChecked());
        QVERIFY(seen(u"readOnlyBadge"_s).isEmpty());
        QCOMPARE(seen(u"environmentLabel"_s), u"PRODUCTION"_s);
    }
};

} // namespace slotscope::tests

QTEST_MAIN(slotscope::tests::TestConnectionMarks)
#include "tst_connectionmarks.moc"
