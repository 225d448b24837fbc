// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/resp/replyreader.h"
#include "tests/support/topologies.h"
#include "ui/console/behaviourbar.h"
#include "ui/console/chips.h"
#include "ui/console/chipstrip.h"
#include "ui/console/commandhint.h"
#include "ui/console/commandhistory.h"
#include "ui/console/consoleentry.h"
#include "ui/console/consolepanel.h"
#include "ui/console/entrylist.h"
#include "ui/console/runcolumn.h"
#include "ui/theme/codeblock.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>

namespace slotscope::tests {
using namespace Qt::StringLiterals;
using command::HopOutcome;
using command::TraceOutcome;
using ui::CommandHint;
using ui::ConsolePanel;

namespace {

cluster::Topology someCluster()
{
    return threeShards(
        { { u"127.0.0.1"_s, 7001 }, { u"127.0.0.1"_s, 7002 }, { u"127.0.0.1"_s, 7003 } });
}

command::Hop hopAt(int shard, HopOutcome outcome, const QByteArray& raw = {})
{
    command::Hop hop;
    hop.nodeId = cluster::NodeId(QByteArray(40, static_cast<char>('0' + shard)));
    hop.nodeLabel = u"S0%1"_s.arg(shard);
    hop.address = { u"127.0.0.1"_s, static_cast<quint16>(7000 + shard) };
    hop.outcome = outcome;
    hop.raw = raw;
    hop.micros = 300;
    return hop;
}

const QByteArray theMoved = "MOVED 1738 127.0.0.1:7001";

command::Trace followed()
{
    command::Trace trace;
    trace.argv = { "GET", "user:2935" };
    trace.map = someCluster();
    trace.behaviour = command::Behaviour::clusterClientWithoutMap();
    trace.hops = { hopAt(3, HopOutcome::Moved, theMoved), hopAt(1, HopOutcome::Reply) };
    trace.outcome = TraceOutcome::Reply;
    trace.reply = resp::Reply::fromText(resp::Type::String, "ok");
    trace.totalMicros = 800;
    return trace;
}

command::Trace stopped()
{
    command::Trace trace = followed();
    trace.behaviour = command::Behaviour::plainClient();
    trace.hops.removeLast();
    trace.outcome = TraceOutcome::RedirectNotFollowed;
    trace.reply = resp::Reply::fromText(resp::Type::Error, theMoved);
    return trace;
}

} // namespace

class TestConsole final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    }

    /// A slot that was marked elsewhere stays when a newer map comes.
    void aSlotIsToldWhenItIsTyped()
    {
        ui::ConsolePanel panel;
        panel.setTopology(someCluster());
        QSignalSpy told(&panel, &ui::ConsolePanel::slotTyped);
        auto* input = panel.findChild<QLineEdit*>(u"commandInput"_s);
        input->setText(u"GET user:2935"_s);
        QCOMPARE(told.size(), 1);
        panel.setTopology(someCluster());
        QCOMPARE(told.size(), 1);
        input->clear();
        QCOMPARE(told.size(), 2);
        QCOMPARE(told.last().first().toInt(), -1);
        panel.setTopology(someCluster());
        QCOMPARE(told.size(), 2);
    }

    /// In a low console the end of the newest entry comes into sight, and its path stays there.
    void theEndOfALongEntryIsInSight()
    {
        ui::ConsolePanel panel;
        panel.resize(680, 240);
        panel.setTopology(someCluster());
        panel.show();
        QSignalSpy asked(&panel, &ui::ConsolePanel::runRequested);
        auto* input = panel.findChild<QLineEdit*>(u"commandInput"_s);
        const auto* list = panel.findChild<ui::EntryList*>();
        const auto* sight = list->viewport();
        QScrollBar* bar = list->verticalScrollBar();
        const auto placeOf = [sight](const QWidget* widget) {
            return QRect(widget->mapTo(sight, QPoint(0, 0)), widget->size());
        };
        const auto run = [&](int lines) {
            QTest::keyClicks(input, u"GET user:2935"_s);
            QTest::keyClick(input, Qt::Key_Return);
            command::Trace trace = followed();
            trace.reply
                = resp::Reply::fromText(resp::Type::String, QByteArray("a line\n").repeated(lines));
            panel.showTrace(asked.last().first().toULongLong(), trace);
        };
        run(1);
        QCoreApplication::processEvents();
        QCOMPARE(bar->value(), 0);
        run(50); // it is escaped and wrapped: five lines
        const ui::RunColumn* column = list->entries().first()->columns().first();
        const auto* reply = column->findChild<QLabel*>(u"replyLabel"_s);
        const auto* chips = column->findChild<ui::ChipStrip*>();
        QTRY_VERIFY(bar->value() > 0);
        QTRY_VERIFY2(sight->rect().contains(placeOf(reply)), "all of it fits");
        QVERIFY(sight->rect().contains(placeOf(chips)));
        run(400);
        column = list->entries().first()->columns().first();
        reply = column->findChild<QLabel*>(u"replyLabel"_s);
        chips = column->findChild<ui::ChipStrip*>();
        QTRY_VERIFY2(bar->value() > 0, "more than fits");
        QVERIFY(sight->rect().contains(placeOf(chips)));
        QVERIFY(placeOf(chips).top() < 10);
        QVERIFY(!sight->rect().contains(placeOf(reply).bottomLeft()));
        // Who has scrolled is left alone.
        bar->triggerAction(QAbstractSlider::SliderToMaximum);
        const int there = bar->value();
        panel.resize(680, 236);
        QCoreApplication::processEvents();
        QVERIFY(bar->value() >= there);
    }

    void hintSaysWhereALineGoes_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("slot");
        const auto row = [](const char* name, const QString& line, CommandHint::Kind kind,
                             const QString& text, int slot) {
            QTest::newRow(name) << line << static_cast<int>(kind) << text << slot;
        };
        using Kind = CommandHint::Kind;
        row("nothing", u""_s, Kind::Nothing, u""_s, -1);
        row("blanks", u"   "_s, Kind::Nothing, u""_s, -1);
        row("a key", u"GET user:2935"_s, Kind::Known, u"slot 1738 -> S01"_s, 1738);
        row("lower case, quoted", u"get \"user:2935\""_s, Kind::Known, u"slot 1738 -> S01"_s, 1738);
        row("another shard", u"GET a"_s, Kind::Known, u"slot 15495 -> S03"_s, 15495);
        row("no key", u"PING"_s, Kind::Known, u"no key"_s, -1);
        row("two slots", u"MGET a b"_s, Kind::Warning, u"CROSSSLOT: a is 15495, b is 3300"_s, -1);
        row("a hash tag", u"MGET {a}1 {a}2"_s, Kind::Known, u"slot 15495 -> S03"_s, 15495);
    }
    void hintSaysWhereALineGoes()
    {
        QFETCH(QString, line);
        QFETCH(int, kind);
        QFETCH(QString, text);
        QFETCH(int, slot);
        const CommandHint hint = ui::hintFor(line, someCluster());
        QCOMPARE(hint.text, text);
        QCOMPARE(static_cast<int>(hint.kind), kind);
        QCOMPARE(hint.slot, slot);
    }

    void hintKnowsTheServersCommands()
    {
        // A module's command, as COMMAND of the server has it: the second argument is its key.
        const QByteArray reply
            = "*1\r\n*6\r\n$7\r\nmod.get\r\n:3\r\n*1\r\n+readonly\r\n:2\r\n:2\r\n:1\r\n";
        resp::ReplyReader reader;
        reader.feed(reply);
        const auto command = reader.next();
        QVERIFY(command && *command);
        const auto table = command::CommandTable::fromReply(**command);
        QVERIFY(table);
        const QString line = u"MOD.GET x user:2935"_s;
        QCOMPARE(ui::hintFor(line, someCluster()).slot, -1);
        QCOMPARE(ui::hintFor(line, someCluster(), *table).slot, 1738);
    }

    void hintSaysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("line");
        QTest::newRow("open double quote") << u"GET \"a"_s;
        QTest::newRow("open single quote") << u"GET 'a"_s;
        QTest::newRow("glued to a quote") << u"GET \"a\"b"_s;
        QTest::newRow("a stream of another kind") << u"PSYNC ? -1"_s;
    }
    void hintSaysWhatIsWrong()
    {
        QFETCH(QString, line);
        const CommandHint hint = ui::hintFor(line, someCluster());
        QCOMPARE(hint.kind, CommandHint::Kind::Wrong);
        QVERIFY(hint.text.size() > 10);
        QCOMPARE(hint.slot, -1);
    }

    void hintKnowsASlotThatMovesAndASlotNobodyOwns()
    {
        cluster::TopologyData data = someCluster().data();
        data.migrations = { { cluster::Slot(1738), data.nodes[0].id, data.nodes[1].id } };
        CommandHint hint = ui::hintFor(u"GET user:2935", cluster::Topology::build(data));
        QCOMPARE(hint.text, u"slot 1738 -> S01, moving to S02"_s);
        QCOMPARE(hint.kind, CommandHint::Kind::Warning);

        data.migrations.clear();
        data.nodes[0].ranges.clear();
        data.shards[0].ranges.clear();
        hint = ui::hintFor(u"GET user:2935", cluster::Topology::build(data));
        QCOMPARE(hint.text, u"slot 1738 -> nobody owns it"_s);

        data.viewsAsked = 1; // and none is known: this user may not run CLUSTER
        hint = ui::hintFor(u"GET user:2935", cluster::Topology::build(data));
        QCOMPARE(hint.text, u"slot 1738 -> not known who owns it"_s);
    }

    void historyWalksBackAndForth()
    {
        ui::CommandHistory history;
        history.add(u"PING"_s);
        history.add(u"GET a"_s);
        history.add(u"GET a"_s);
        QCOMPARE(history.lines().size(), 2);
        QCOMPARE(history.back(u"half ty"_s), u"GET a"_s);
        QCOMPARE(history.back(u"GET a"_s), u"PING"_s);
        QCOMPARE(history.back(u"PING"_s), u"PING"_s);
        QCOMPARE(history.forward(u"PING"_s), u"GET a"_s);
        QCOMPARE(history.forward(u"GET a"_s), u"half ty"_s);
        QCOMPARE(history.forward(u"half ty"_s), u"half ty"_s);
    }

    void historyKeepsNoSecret()
    {
        ui::CommandHistory history;
        history.add(u"AUTH bob secret"_s);
        history.add(u"HELLO 3 AUTH bob secret"_s);
        history.add(u"CONFIG SET requirepass secret"_s);
        QVERIFY2(history.lines().isEmpty(), qPrintable(history.lines().join(u'|')));
    }

    void chipsTellThePath_data()
    {
        QTest::addColumn<command::Trace>("trace");
        QTest::addColumn<QString>("text");
        QTest::newRow("followed") << followed() << u"S03 MOVED > S01 OK 800 us"_s;
        QTest::newRow("stopped") << stopped() << u"S03 MOVED stopped"_s;
        command::Trace trace = followed();
        trace.hops[1] = hopAt(1, HopOutcome::Error, "WRONGTYPE Operation against a key");
        trace.outcome = TraceOutcome::Error;
        QTest::newRow("error") << trace << u"S03 MOVED > S01 WRONGTYPE 800 us"_s;
        trace.hops[1] = hopAt(1, HopOutcome::Pending);
        trace.outcome = TraceOutcome::Running;
        QTest::newRow("on its way") << trace << u"S03 MOVED > S01 …"_s;
        trace.hops[1] = hopAt(1, HopOutcome::OutcomeUnknown);
        trace.outcome = TraceOutcome::OutcomeUnknown;
        QTest::newRow("no reply") << trace << u"S03 MOVED > S01 no reply ? outcome unknown"_s;
        trace.hops.clear();
        trace.outcome = TraceOutcome::CrossSlot;
        QTest::newRow("not sent") << trace << u"CROSSSLOT, not sent"_s;
    }
    void chipsTellThePath()
    {
        QFETCH(command::Trace, trace);
        QFETCH(QString, text);
        QCOMPARE(ui::chipText(ui::chipsOf(trace)), text);
    }

    void chipsHaveTheirShardsColour()
    {
        const ui::ChipPath path = ui::chipsOf(followed());
        QCOMPARE(path.chips.at(0).shardIndex, 2);
        QCOMPARE(path.chips.at(1).shardIndex, 0);
    }

    void chipsWrapWhenTheyAreMany()
    {
        ui::ChipStrip strip;
        ui::ChipPath path = ui::chipsOf(followed());
        strip.setPath(path);
        QCOMPARE(strip.heightForWidth(2000), strip.sizeHint().height());
        QVERIFY(strip.heightForWidth(150) > strip.heightForWidth(2000));
    }

    void aPlainClientIsToldToStop()
    {
        const ui::ReplyText text = ui::replyTextOf(stopped());
        QCOMPARE(text.text, u"(error) MOVED 1738 127.0.0.1:7001"_s);
        QVERIFY(text.note.contains(u"Your program receives this error"_s));
        QVERIFY(text.wrong);
        QVERIFY(!ui::replyTextOf(followed()).wrong);
    }

    void aLongReplyIsCutAndSaysSo()
    {
        command::Trace trace = followed();
        trace.reply = resp::Reply::fromText(resp::Type::String, QByteArray(100'000, 'x'));
        const ui::ReplyText text = ui::replyTextOf(trace);
        QVERIFY(text.text.size() < 10'000);
        QVERIFY(!text.note.isEmpty());
    }

    void behaviourHasFourChoices()
    {
        ui::BehaviourBar bar;
        bar.setChoice(ui::BehaviourBar::PlainClient);
        QCOMPARE(bar.behaviour(), command::Behaviour::plainClient());
        bar.setChoice(ui::BehaviourBar::ClusterWithoutMap);
        QCOMPARE(bar.behaviour(), command::Behaviour::clusterClientWithoutMap());
        bar.setChoice(ui::BehaviourBar::ClusterWithMap);
        QCOMPARE(bar.behaviour(), command::Behaviour::clusterClientWithMap());
        bar.setChoice(ui::BehaviourBar::Custom);
        auto* start = bar.findChild<QComboBox*>(u"startBox"_s);
        auto* redirects = bar.findChild<QComboBox*>(u"redirectsBox"_s);
        QVERIFY(!qobject_cast<QStandardItemModel*>(start->model())->item(2)->isEnabled());
        bar.setClickedNode(u"S02"_s, { u"127.0.0.1"_s, 7002 });
        QVERIFY(qobject_cast<QStandardItemModel*>(start->model())->item(2)->isEnabled());
        start->setCurrentIndex(2);
        redirects->setCurrentIndex(1);
        QCOMPARE(bar.behaviour(),
            (command::Behaviour { command::Start::Node, { u"127.0.0.1"_s, 7002 }, false }));
        bar.setClickedNode({}, {});
        QCOMPARE(start->currentIndex(), 0);
    }

    void enterAsksForARunAndShowsItsTrace()
    {
        ConsolePanel panel;
        panel.setTopology(someCluster());
        QSignalSpy wishes(&panel, &ConsolePanel::runRequested);
        QSignalSpy shown(&panel, &ConsolePanel::traceShown);
        auto* input = panel.findChild<QLineEdit*>(u"commandInput"_s);
        QTest::keyClicks(input, u"GET user:2935"_s);
        QCOMPARE(panel.findChild<QLabel*>(u"hintLabel"_s)->text(), u"slot 1738 -> S01"_s);
        QTest::keyClick(input, Qt::Key_Return);
        QCOMPARE(wishes.count(), 1);
        QCOMPARE(
            wishes.first().at(1).value<command::Argv>(), (command::Argv { "GET", "user:2935" }));
        const auto ticket = wishes.first().first().toULongLong();
        panel.showTrace(ticket, followed());
        QCOMPARE(shown.count(), 1);
        QCOMPARE(shown.first().at(2).toBool(), false);
        QCOMPARE(panel.findChild<QLabel*>(u"replyLabel"_s)->text(), u"\"ok\""_s);
        QCOMPARE(ui::chipText(panel.findChild<ui::ChipStrip*>()->path()),
            u"S03 MOVED > S01 OK 800 us"_s);
        QCOMPARE(panel.traces().size(), 1);

        // A click on the entry plays it again.
        QTest::mouseClick(panel.findChild<ui::ChipStrip*>(), Qt::LeftButton);
        QCOMPARE(shown.count(), 2);
        QCOMPARE(shown.last().at(2).toBool(), true);
    }

    void ctrlEnterComparesAndShowsTheCode()
    {
        ConsolePanel panel;
        doctor::ClientTarget target;
        target.endpoint = { u"clustercfg.example"_s, 6379 };
        panel.setCodeTarget(target);
        panel.setTopology(someCluster());
        QSignalSpy wishes(&panel, &ConsolePanel::runRequested);
        auto* input = panel.findChild<QLineEdit*>(u"commandInput"_s);
        QTest::keyClicks(input, u"GET user:2935"_s);
        QTest::keyClick(input, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(wishes.count(), 2);
        QCOMPARE(wishes.at(0).at(2).value<command::Behaviour>(), command::Behaviour::plainClient());
        QCOMPARE(wishes.at(1).at(2).value<command::Behaviour>(),
            command::Behaviour::clusterClientWithoutMap());
        const auto* wrong = panel.findChild<ui::CodeBlock*>(u"wrongCode"_s);
        const auto* right = panel.findChild<ui::CodeBlock*>(u"rightCode"_s);
        QVERIFY(wrong->code().contains(u"NewUniversalClient"_s));
        QVERIFY(right->code().contains(u"NewClusterClient"_s));
        QVERIFY(right->code().contains(u"clustercfg.example:6379"_s));
        const QString note = panel.findChild<QLabel*>(u"codeNote"_s)->text();
        QVERIFY2(note.contains(u"IsClusterMode") && note.contains(u"v9.8.0"), qPrintable(note));

        // Where the first node owns the slot, a plain client stops nowhere.
        QCOMPARE(wrong->title(), u"A plain client: would stop at MOVED"_s);
        command::Trace answered;
        answered.outcome = command::TraceOutcome::Reply;
        panel.showTrace(wishes.at(0).at(0).toULongLong(), answered);
        QCOMPARE(wrong->title(), u"A plain client: answered here, would stop at MOVED"_s);
    }

    /// What the doctor says of a server is said here, too.
    void theCodeIsForTheServerThatIsThere_data()
    {
        QTest::addColumn<cluster::Kind>("kind");
        QTest::addColumn<bool>("byToken");
        QTest::addColumn<QString>("right");
        QTest::newRow("standalone") << cluster::Kind::Standalone << false << u"NewClient("_s;
        QTest::newRow("sentinel") << cluster::Kind::Sentinel << false << u"NewFailoverClient("_s;
        QTest::newRow("token") << cluster::Kind::Cluster << true << u"CredentialsProviderContext"_s;
    }
    void theCodeIsForTheServerThatIsThere()
    {
        QFETCH(cluster::Kind, kind);
        QFETCH(bool, byToken);
        QFETCH(QString, right);
        ui::ConsoleEntry entry(u"GET a"_s, nullptr);
        doctor::ClientTarget target;
        target.endpoint = { u"one.example"_s, 6379 };
        target.user = byToken ? u"bob"_s : QString();
        target.byToken = byToken;
        target.tls = byToken;
        target.kind = kind;
        entry.setCode(target);
        const QString code = entry.findChild<ui::CodeBlock*>(u"rightCode"_s)->code();
        QVERIFY2(code.contains(right), qPrintable(code));
        QVERIFY(!code.contains(u"os.Getenv"_s));
        QVERIFY(!code.contains(u"NewClusterClient"_s) || kind == cluster::Kind::Cluster);
    }

    void aLineThatCannotBeSentIsNotSent()
    {
        ConsolePanel panel;
        panel.setTopology(someCluster());
        QSignalSpy wishes(&panel, &ConsolePanel::runRequested);
        auto* input = panel.findChild<QLineEdit*>(u"commandInput"_s);
        QTest::keyClicks(input, u"GET \"open"_s);
        QTest::keyClick(input, Qt::Key_Return);
        QTest::keyClick(input, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(wishes.count(), 0);
        QVERIFY(!panel.findChild<QPushButton*>(u"runButton"_s)->isEnabled());
    }

    void offlineNothingIsSent()
    {
        ConsolePanel panel;
        panel.setTopology(someCluster());
        panel.setLive(false);
        QVERIFY(!panel.findChild<QLineEdit*>(u"commandInput"_s)->isEnabled());
        panel.showRecorded(followed());
        QCOMPARE(panel.traces().size(), 1);
    }

    void anEntryShowsNoSecret()
    {
        ConsolePanel panel;
        panel.setTopology(someCluster());
        panel.setCommand(u"AUTH bob swordfish"_s);
        QTest::keyClick(panel.findChild<QLineEdit*>(u"commandInput"_s), Qt::Key_Return);
        const auto labels = panel.findChildren<QLabel*>();
        for (const QLabel* label : labels)
            QVERIFY2(!label->text().contains(u"swordfish"_s), qPrintable(label->text()));
        QVERIFY(panel.findChild<QLabel*>(u"entryCommand"_s)->text().contains(u"AUTH"_s));
    }

    void whatAServerSaysIsPlainText()
    {
        ConsolePanel panel;
        command::Trace trace = followed();
        trace.reply = resp::Reply::fromText(resp::Type::String, "<b>bold</b><img src=x>");
        panel.showRecorded(trace);
        const auto* reply = panel.findChild<QLabel*>(u"replyLabel"_s);
        QCOMPARE(reply->textFormat(), Qt::PlainText);
        QVERIFY(reply->text().contains(u"<b>bold</b>"_s));
    }
};

} // namespace slotscope::tests

Q_DECLARE_METATYPE(slotscope::command::Behaviour)

QTEST_MAIN(slotscope::tests::TestConsole)
#include "tst_console.moc"
