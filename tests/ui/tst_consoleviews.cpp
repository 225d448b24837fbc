// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/resp/replybuilder.h"
#include "core/resp/replyreader.h"
#include "tests/support/topologies.h"
#include "ui/console/chips.h"
#include "ui/console/chipstrip.h"
#include "ui/console/commandassist.h"
#include "ui/console/commandhistory.h"
#include "ui/console/commandinput.h"
#include "ui/console/consolepanel.h"
#include "ui/console/fanoutmodel.h"
#include "ui/console/fanoutview.h"
#include "ui/console/hexview.h"
#include "ui/console/replytree.h"
#include "ui/console/replyview.h"
#include "ui/console/script.h"
#include "ui/console/scriptbar.h"
#include "ui/console/streamview.h"
#include "ui/console/suggestionpopup.h"
#include "ui/console/wirepanel.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

namespace slotscope::tests {
using namespace Qt::StringLiterals;
using ui::ConsolePanel;

namespace {

resp::Reply parsed(const QByteArray& wire)
{
    resp::ReplyReader reader;
    reader.feed(wire);
    const auto reply = reader.next();
    return reply && *reply ? **reply : resp::Reply();
}

command::Trace answered(const resp::Reply& reply)
{
    command::Trace trace;
    trace.argv = { "GET", "a" };
    command::Hop hop;
    hop.nodeLabel = u"S01"_s;
    hop.outcome = command::HopOutcome::Reply;
    trace.hops = { hop };
    trace.outcome = reply.isError() ? command::TraceOutcome::Error : command::TraceOutcome::Reply;
    trace.reply = reply;
    return trace;
}

command::CommandDocs someDocs()
{
    const auto docs = command::CommandDocs::fromReply(
        parsed("%1\r\n+set\r\n%2\r\n+summary\r\n+Sets it\r\n+arguments\r\n*3\r\n"
               "%2\r\n+name\r\n+key\r\n+type\r\n+key\r\n"
               "%2\r\n+name\r\n+value\r\n+type\r\n+string\r\n"
               "%4\r\n+name\r\n+get\r\n+type\r\n+pure-token\r\n+token\r\n+GET\r\n+flags\r\n"
               "*1\r\n+optional\r\n"));
    return docs ? *docs : command::CommandDocs();
}

QLineEdit* inputOf(ConsolePanel& panel)
{
    return panel.findChild<QLineEdit*>(u"commandInput"_s);
}

} // namespace

class TestConsoleViews final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    }

    // --- replies

    void aNestedReplyIsATree()
    {
        ConsolePanel panel;
        panel.resize(700, 400);
        panel.showRecorded(answered(parsed("*2\r\n*2\r\n+a\r\n:1\r\n$3\r\nb\xff\n\r\n")));
        auto* tree = panel.findChild<ui::ReplyTree*>();
        QVERIFY(tree);
        QCOMPARE(tree->lineCount(), 4);
        QCOMPARE(tree->lineText(0), u"1) array of 2"_s);
        QCOMPARE(tree->lineText(1), u"1) a"_s);
        QCOMPARE(tree->lineText(3), u"2) \"b\\xff\\n\""_s);
        tree->setCurrentLine(0);
        QTest::keyClick(tree, Qt::Key_Left);
        QCOMPARE(tree->lineCount(), 2);
        QTest::keyClick(tree, Qt::Key_Right);
        QCOMPARE(tree->lineCount(), 4);
        QTest::keyClick(tree, Qt::Key_Down);
        QCOMPARE(tree->currentLine(), 1);
        QTest::keyClick(tree, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), u"1) a"_s);
    }

    void aScalarCanBeLookedInto()
    {
        ConsolePanel panel;
        panel.showRecorded(answered(resp::Reply::fromText(resp::Type::String, "{\"b\":[1]}")));
        QVERIFY(!panel.findChild<ui::ReplyView*>());
        panel.findChild<QToolButton*>(u"lookButton"_s)->click();
        auto* view = panel.findChild<ui::ReplyView*>();
        QVERIFY(view);
        QCOMPARE(view->view(), ui::ReplyView::Text);
        const auto* text = view->findChild<QPlainTextEdit*>();
        QCOMPARE(text->toPlainText(), u"{\"b\":[1]}"_s);
        view->setView(ui::ReplyView::Json);
        QCOMPARE(text->toPlainText(), u"{\n  \"b\": [\n    1\n  ]\n}"_s);
        QCOMPARE(view->content(), text->toPlainText().toUtf8());
        view->findChild<QToolButton*>(u"copyReplyButton"_s)->click();
        QTRY_COMPARE(QApplication::clipboard()->text(), text->toPlainText());
        view->setView(ui::ReplyView::Hex);
        QVERIFY(view->findChild<ui::HexView*>()->lineText(0).startsWith(u"00000000  7b 22"_s));
        QCOMPARE(view->content(), "{\"b\":[1]}");
        view->findChild<QToolButton*>(u"copyReplyButton"_s)->click();
        QVERIFY(QApplication::clipboard()->text().contains(u"7b 22"_s));
    }

    void aSearchFindsWhatIsClosed()
    {
        ui::ReplyView view;
        view.setReply(parsed("*2\r\n*1\r\n+needle\r\n+hay\r\n"));
        auto* tree = view.findChild<ui::ReplyTree*>();
        tree->setCurrentLine(0);
        QTest::keyClick(tree, Qt::Key_Left);
        auto* search = view.findChild<QLineEdit*>(u"replySearch"_s);
        search->setText(u"NEEDLE"_s);
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(tree->lineCount(), 3);
        QCOMPARE(tree->currentLine(), 1);
        search->setText(u"absent"_s);
        QTest::keyClick(search, Qt::Key_Return);
        QVERIFY(view.findChild<QLabel*>(u"replySummary"_s)->text().contains(u"not found"_s));
    }

    void aMillionElementsAreNoWidgets()
    {
        constexpr quint32 count = 1'000'000;
        resp::ReplyBuilder builder;
        builder.openAggregate(resp::Type::Array, count);
        for (quint32 i = 0; i < count; ++i)
            builder.addText(resp::Type::String, "key");
        const resp::Reply reply = builder.take();
        ConsolePanel panel;
        panel.resize(700, 400);
        panel.show();
        panel.showRecorded(answered(reply));
        auto* tree = panel.findChild<ui::ReplyTree*>();
        QCOMPARE(tree->lineCount(), qsizetype(count));
        QVERIFY(tree->height() < 400);
        tree->setFocus();
        QTest::keyClick(tree, Qt::Key_End);
        QCOMPARE(tree->currentLine(), qsizetype(count) - 1);
        QCOMPARE(tree->lineText(tree->currentLine()), u"1000000) \"key\""_s);
        QVERIFY(!panel.grab().isNull());
        QVERIFY(panel.findChildren<QWidget*>().size() < 200);
    }

    // --- the line

    void aScreenReaderHasTheLinesInSight()
    {
        constexpr quint32 count = 1'000'000;
        resp::ReplyBuilder builder;
        builder.openAggregate(resp::Type::Array, count);
        builder.openAggregate(resp::Type::Array, 2);
        for (quint32 i = 0; i <= count; ++i)
            builder.addText(resp::Type::String, "key");
        ui::ReplyTree tree;
        tree.setReply(builder.take());
        tree.resize(400, tree.height());
        tree.show();
        QVERIFY(QTest::qWaitForWindowExposed(&tree));
        tree.setFocus();
        QTRY_VERIFY(tree.hasFocus());
        QAccessibleInterface* all = QAccessible::queryAccessibleInterface(&tree);
        const auto nameOf
            = [](QAccessibleInterface* part) { return part->text(QAccessible::Name); };
        QCOMPARE(all->childCount(), tree.linesInSight());
        QVERIFY(all->childCount() < 30);
        QCOMPARE(nameOf(all->child(0)), u"1) array of 2 (1 of 1000002)"_s);
        QVERIFY(all->child(0)->state().expanded);
        QVERIFY(!all->child(1)->state().expandable);
        QVERIFY(all->child(0)->rect().bottom() <= all->child(1)->rect().top() + 1);
        QCOMPARE(all->focusChild(), all);

        QTest::keyClick(&tree, Qt::Key_End);
        QCOMPARE(all->focusChild(), all->child(all->childCount() - 1));
        QCOMPARE(nameOf(all->focusChild()), u"1000000) \"key\" (1000002 of 1000002)"_s);
        QVERIFY(all->focusChild()->state().focused && all->focusChild()->state().selected);
        QTest::keyClick(&tree, Qt::Key_Home);
        QCOMPARE(all->focusChild(), all->child(0));

        // A press is Enter: it folds.
        QAccessibleActionInterface* actions = all->child(0)->actionInterface();
        QCOMPARE(actions->localizedActionDescription(actions->actionNames().first()), u"Fold"_s);
        actions->doAction(actions->actionNames().first());
        QCOMPARE(tree.lineCount(), qsizetype(count));
        QVERIFY(all->child(0)->state().collapsed);
        QCOMPARE(actions->localizedActionDescription(actions->actionNames().first()), u"Unfold"_s);
    }

    void aReaderStaysAtItsMessage()
    {
        ui::StreamLines lines;
        lines.setFilling();
        lines.resize(400, 120);
        lines.show();
        const auto message = [](int number) {
            command::StreamMessage one;
            one.kind = "message";
            one.channel = "news";
            one.payload = QByteArray::number(number);
            return one;
        };
        QList<command::StreamMessage> many;
        for (int i = 0; i < ui::StreamLines::mostMessages; ++i)
            many.append(message(i));
        lines.add(many);
        lines.setCurrentLine(500);
        const QString before = lines.lineText(500);
        lines.add({ message(-1), message(-2), message(-3) });
        QCOMPARE(lines.currentLine(), 497);
        QCOMPARE(lines.lineText(497), before);
        QCOMPARE(lines.accessibleDescription(), before);
        QAccessibleInterface* all = QAccessible::queryAccessibleInterface(&lines);
        QCOMPARE(all->childCount(), lines.linesInSight());
    }

    void aPathIsAButton()
    {
        ui::ChipStrip strip;
        strip.setPath(ui::chipsOf(answered(parsed("+OK\r\n"))));
        QSignalSpy clicked(&strip, &ui::ChipStrip::clicked);
        QAccessibleInterface* path = QAccessible::queryAccessibleInterface(&strip)->child(0);
        QCOMPARE(path->role(), QAccessible::Button);
        QVERIFY(path->text(QAccessible::Name).startsWith(u"S01 OK"));
        path->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(clicked.size(), 1);
    }

    void tabCompletes()
    {
        ConsolePanel panel;
        panel.show();
        QSignalSpy docsWanted(&panel, &ConsolePanel::docsRequested);
        QLineEdit* input = inputOf(panel);
        input->setFocus();
        QTest::keyClicks(input, u"GEORADIUSBYMEMBER_"_s);
        QCOMPARE(docsWanted.count(), 1); // once, however much is typed
        QTest::keyClick(input, Qt::Key_Tab);
        QCOMPARE(input->text(), u"GEORADIUSBYMEMBER_RO "_s);
        panel.setDocs(someDocs());
        panel.setCommand(u"set k v "_s);
        QTest::keyClick(input, Qt::Key_Tab);
        QCOMPARE(input->text(), u"set k v get "_s);
        const auto* syntax = panel.findChild<QLabel*>(u"syntaxLabel"_s);
        QVERIFY(!syntax->isHidden());
        QVERIFY2(
            syntax->toolTip().contains(u"SET key value [GET]"_s), qPrintable(syntax->toolTip()));
    }

    void theSyntaxLeavesItsRoomToWhatHasBeenRun()
    {
        ConsolePanel panel;
        panel.setDocs(someDocs());
        panel.show();
        QLineEdit* input = inputOf(panel);
        const auto* syntax = panel.findChild<QLabel*>(u"syntaxLabel"_s);
        QTest::keyClicks(input, u"set k v"_s);
        QVERIFY(!syntax->isHidden());
        QTest::keyClick(input, Qt::Key_Return);
        QVERIFY(syntax->isHidden());
        panel.setTopology({}); // a refresh does not bring it back
        QVERIFY(syntax->isHidden());
        QTest::keyClicks(input, u"set k"_s);
        QVERIFY(!syntax->isHidden());
    }

    void tabListsWhatIsNotClear()
    {
        ConsolePanel panel;
        panel.resize(600, 300);
        panel.show();
        QLineEdit* input = inputOf(panel);
        input->setFocus();
        QTest::keyClicks(input, u"zrangeby"_s);
        QTest::keyClick(input, Qt::Key_Tab);
        auto* popup = panel.window()->findChild<ui::SuggestionPopup*>();
        QVERIFY(popup && popup->isVisible());
        QCOMPARE(popup->choice(), u"zrangebylex"_s);
        // As high as its rows: none of them is empty.
        const auto* rows = popup->findChild<QTreeWidget*>(u"suggestions"_s);
        const int needed
            = rows->topLevelItemCount() * rows->visualItemRect(rows->topLevelItem(0)).height();
        QCOMPARE(rows->viewport()->height(), needed);
        QTest::keyClick(input, Qt::Key_Down);
        QCOMPARE(popup->choice(), u"zrangebyscore"_s);
        QTest::keyClick(input, Qt::Key_Return); // takes it, and runs nothing
        QCOMPARE(input->text(), u"zrangebyscore "_s);
        QVERIFY(!popup->isVisible());
        QVERIFY(panel.traces().isEmpty());
        input->setText(u"zrangeby"_s);
        QTest::keyClick(input, Qt::Key_Tab);
        QTest::keyClick(input, Qt::Key_Escape);
        QVERIFY(!popup->isVisible());
        QCOMPARE(input->text(), u"zrangeby"_s);
    }

    void aSecondTabLeavesTheLine()
    {
        ConsolePanel panel;
        panel.show();
        panel.activateWindow();
        QLineEdit* input = inputOf(panel);
        panel.setCommand(u"GET some-key"_s);
        QTRY_COMPARE(QApplication::focusWidget(), input);
        QTest::keyClick(input, Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), input);
        QTest::keyClick(input, Qt::Key_Tab);
        QVERIFY(QApplication::focusWidget() != input);
    }

    void historySurvivesWithoutSecrets()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(u"deeper/history"_s);
        {
            ui::CommandHistory history;
            history.setFile(file);
            history.add(u"GET a"_s);
            history.add(u"AUTH bob swordfish"_s);
            history.add(u"hello 3 auth bob swordfish"_s);
            history.add(u"ACL SETUSER bob >swordfish"_s);
            history.add(u"config set RequirePass swordfish"_s);
            history.add(u"MIGRATE h 1 k 0 9 AUTH swordfish"_s);
            history.add(u"AUTH \"swordfish"_s); // cannot be split: nobody knows what it holds
            history.add(u"SET b \"two words\""_s);
        }
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(written.readAll(), "GET a\nSET b \"two words\"\n");
        QVERIFY(!(written.permissions()
            & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)));
        ui::CommandHistory later;
        later.setFile(file);
        QCOMPARE(later.lines().size(), 2);
        QCOMPARE(later.back({}), u"SET b \"two words\""_s);
        QCOMPARE(later.find(u"get"_s), QStringList { u"GET a"_s });
    }

    void historyFileIsBoundedAndForItsOwner()
    {
        QTemporaryDir folder;
        const QString name = folder.filePath(u"history"_s);
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (int i = 0; i < 3000; ++i)
            file.write("GET " + QByteArray::number(i) + "\n");
        file.write("AUTH swordfish\n");
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther);
        ui::CommandHistory history;
        history.setFile(name);
        QCOMPARE(history.lines().size(), 1000);
        QCOMPARE(history.lines().last(), u"GET 2999"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray kept = file.readAll();
        QCOMPARE(kept.count('\n'), 1000);
        QVERIFY(!kept.contains("swordfish"));
        QVERIFY(!(QFile::permissions(name) & QFile::ReadOther));
    }

    void ctrlRSearchesBackwards()
    {
        ConsolePanel panel;
        panel.resize(600, 300);
        panel.show();
        QLineEdit* input = inputOf(panel);
        for (const char16_t* line : { u"GET first", u"PING", u"GET second" }) {
            panel.setCommand(QString::fromUtf16(line));
            QTest::keyClick(input, Qt::Key_Return);
        }
        input->setFocus();
        input->clear();
        QTest::keyClick(input, Qt::Key_R, Qt::ControlModifier);
        auto* popup = panel.window()->findChild<ui::SuggestionPopup*>();
        QVERIFY(popup->isVisible());
        QTest::keyClicks(input, u"get"_s);
        QCOMPARE(popup->choice(), u"GET second"_s);
        QTest::keyClick(input, Qt::Key_R, Qt::ControlModifier);
        QCOMPARE(popup->choice(), u"GET first"_s);
        QTest::keyClick(input, Qt::Key_Return);
        QCOMPARE(input->text(), u"GET first"_s);
        QTest::keyClick(input, Qt::Key_R, Qt::ControlModifier);
        QTest::keyClick(input, Qt::Key_Escape);
        QCOMPARE(input->text(), u"GET first"_s);
    }

    void clearLeavesWhatRuns()
    {
        ConsolePanel panel;
        panel.show();
        QSignalSpy wishes(&panel, &ConsolePanel::runRequested);
        QLineEdit* input = inputOf(panel);
        panel.setCommand(u"BLPOP q 0"_s);
        QTest::keyClick(input, Qt::Key_Return);
        panel.showRecorded(answered(resp::Reply::fromText(resp::Type::String, "old")));
        QCOMPARE(panel.traces().size(), 1);
        QTest::keyClick(input, Qt::Key_L, Qt::ControlModifier);
        QVERIFY(panel.traces().isEmpty());
        panel.showTrace(wishes.first().first().toULongLong(), answered(parsed("*0\r\n")));
        QCOMPARE(panel.traces().size(), 1);
        panel.setCommand(u"clear"_s);
        QTest::keyClick(input, Qt::Key_Return);
        QVERIFY(panel.traces().isEmpty());
        QCOMPARE(wishes.count(), 1);
    }

    void helpTellsOfACommand()
    {
        ConsolePanel panel;
        panel.setDocs(someDocs());
        panel.setCommand(u"help set"_s);
        QTest::keyClick(inputOf(panel), Qt::Key_Return);
        const QString text = panel.findChild<QLabel*>(u"entryText"_s)->text();
        QVERIFY2(text.contains(u"SET key value [GET]"_s) && text.contains(u"Sets it"_s),
            qPrintable(text));
    }

    void crossSlotIsExplainedKeyByKey()
    {
        ConsolePanel panel;
        panel.setTopology(threeShards(
            { { u"127.0.0.1"_s, 7001 }, { u"127.0.0.1"_s, 7002 }, { u"127.0.0.1"_s, 7003 } }));
        panel.show();
        panel.setCommand(u"MGET a {user:1}:name"_s);
        const QString told = panel.findChild<QLabel*>(u"syntaxLabel"_s)->toolTip();
        QVERIFY2(told.contains(u"a: slot 15495 (S03)"_s), qPrintable(told));
        QVERIFY2(told.contains(u"by its hash tag user:1"_s), qPrintable(told));
    }

    // --- scripts

    void scriptLinesSkipComments()
    {
        QCOMPARE(ui::scriptLines(u"# first\n\nPING\r\n  GET a \n#x\n"_s),
            (QList<ui::ScriptLine> { { 3, u"PING"_s }, { 4, u"GET a"_s } }));
    }

    void pastedLinesRunOneByOne()
    {
        ConsolePanel panel;
        panel.show();
        QSignalSpy wishes(&panel, &ConsolePanel::runRequested);
        QLineEdit* input = inputOf(panel);
        input->setFocus();
        QApplication::clipboard()->setText(u"SET a 1\n# comment\nINCR b\nGET \"open\nGET a\n"_s);
        QTest::keySequence(input, QKeySequence::Paste);
        QVERIFY(input->text().isEmpty());
        auto* bar = panel.findChild<ui::ScriptBar*>();
        QVERIFY(bar->isVisible());
        QCOMPARE(wishes.count(), 0); // it asks first
        auto* first = panel.findChild<QPushButton*>(u"scriptFirstButton"_s);
        first->click();
        QCOMPARE(wishes.count(), 1);
        QCOMPARE(wishes.at(0).at(1).value<command::Argv>(), (command::Argv { "SET", "a", "1" }));
        const resp::Reply ok = resp::Reply::fromText(resp::Type::Status, "OK");
        panel.showTrace(wishes.at(0).at(0).toULongLong(), answered(ok));
        QCOMPARE(wishes.count(), 2);
        const resp::Reply wrong = resp::Reply::fromText(resp::Type::Error, "WRONGTYPE x");
        panel.showTrace(wishes.at(1).at(0).toULongLong(), answered(wrong));
        QCOMPARE(wishes.count(), 2); // stands still at the error
        const auto* label = panel.findChild<QLabel*>(u"scriptLabel"_s);
        QVERIFY2(label->text().contains(u"Line 3"_s) && label->text().contains(u"WRONGTYPE"_s),
            qPrintable(label->text()));
        first->click(); // go on, past errors too: the line that cannot be split is one
        QTRY_COMPARE(wishes.count(), 3);
        QCOMPARE(wishes.at(2).at(1).value<command::Argv>(), (command::Argv { "GET", "a" }));
        panel.showTrace(wishes.at(2).at(0).toULongLong(), answered(ok));
        QCOMPARE(label->text(), u"4 of 4 lines run, 2 errors"_s);
        QVERIFY(!bar->isRunning());
        panel.findChild<QPushButton*>(u"scriptSecondButton"_s)->click();
        QVERIFY(!bar->isVisible());
    }

    void pastedLinesMayLeaveTogether()
    {
        ConsolePanel panel;
        panel.show();
        QSignalSpy wishes(&panel, &ConsolePanel::pipelineRequested);
        QSignalSpy shown(&panel, &ConsolePanel::fanOutShown);
        auto* input = static_cast<ui::CommandInput*>(inputOf(panel));
        auto* bar = panel.findChild<ui::ScriptBar*>();
        auto* button = panel.findChild<QPushButton*>(u"scriptPipelineButton"_s);
        // Not what blocks, streams, changes the connection or is no line.
        for (const QString& other : { u"BLPOP q 0"_s, u"SUBSCRIBE a"_s, u"MULTI"_s, u"SELECT 1"_s,
                 u"GET \"open"_s, u"help"_s }) {
            Q_EMIT input->linesPasted(u"GET a\n"_s + other);
            QVERIFY(bar->isVisible());
            QVERIFY2(button->isHidden(), qPrintable(other));
        }
        Q_EMIT input->linesPasted(u"SET a 1\nGET b\nGET c\n"_s);
        QVERIFY(button->isVisible());
        button->click();
        QVERIFY(!bar->isVisible());
        QCOMPARE(wishes.count(), 1);
        const auto commands = wishes.first().at(1).value<QList<command::Argv>>();
        QCOMPARE(commands.size(), 3);
        QCOMPARE(commands.last(), (command::Argv { "GET", "c" }));
        const quint64 ticket = wishes.first().first().toULongLong();

        command::Pipeline pipeline;
        pipeline.counts.moved = 1;
        for (const command::Argv& argv : commands) {
            command::Trace trace = answered(argv == commands.last()
                    ? resp::Reply::fromText(resp::Type::Error, "WRONGTYPE x")
                    : resp::Reply::fromInteger(7));
            trace.argv = argv;
            const auto index = static_cast<int>(pipeline.traces.size());
            pipeline.traces.append({ index, trace });
            pipeline.results.append({ trace.outcome, trace.reply, {} });
        }
        panel.showPipeline(ticket, pipeline);
        const auto* model = panel.findChild<QTableView*>(u"fanOutTable"_s)->model();
        QCOMPARE(model->rowCount(), 3);
        QCOMPARE(model->index(1, ui::FanOutModel::Node).data().toString(), u"GET b"_s);
        QCOMPARE(model->headerData(ui::FanOutModel::Node, Qt::Horizontal).toString(), u"Command"_s);
        QCOMPARE(model->index(2, ui::FanOutModel::State).data().toString(), u"failed"_s);
        const QString head = panel.findChild<QLabel*>(u"fanOutHead"_s)->text();
        QVERIFY2(
            head.contains(u"3 commands: 2 OK, 1 failed"_s) && head.contains(u"1 MOVED followed"_s),
            qPrintable(head));
        QCOMPARE(shown.count(), 1); // the picture plays them together
        QCOMPARE(shown.first().first().toULongLong(), ticket);
    }

    void aLongPipelineShowsAChoice()
    {
        ConsolePanel panel;
        panel.show();
        QSignalSpy wishes(&panel, &ConsolePanel::pipelineRequested);
        QSignalSpy shown(&panel, &ConsolePanel::fanOutShown);
        QSignalSpy cancels(&panel, &ConsolePanel::cancelRequested);
        QString text;
        for (int i = 1; i <= 3000; ++i)
            text += u"GET k%1\n"_s.arg(i);
        Q_EMIT static_cast<ui::CommandInput*>(inputOf(panel))->linesPasted(text);
        panel.findChild<QPushButton*>(u"scriptPipelineButton"_s)->click();
        QCOMPARE(wishes.count(), 1);
        const quint64 ticket = wishes.first().first().toULongLong();
        const auto commands = wishes.first().at(1).value<QList<command::Argv>>();
        const auto traced = [&commands](int index, bool hasEnded) {
            command::Trace trace = answered(resp::Reply::fromInteger(index));
            trace.argv = commands.at(index);
            if (!hasEnded)
                trace.outcome = command::TraceOutcome::Running;
            return command::TracedCommand { index, trace };
        };

        // While it runs: rows, progress, and a way to stop it.
        command::PipelineProgress progress { 3000, { 1, 0, 0, 0 }, {} };
        progress.traces = { traced(0, true), traced(1500, false) };
        panel.showProgress(ticket, progress);
        auto* table = panel.findChild<QTableView*>(u"fanOutTable"_s);
        QAbstractItemModelTester tester(table->model());
        const auto* bar = panel.findChild<QProgressBar*>(u"pipelineProgress"_s);
        QCOMPARE(table->model()->rowCount(), 2);
        QVERIFY(!bar->isHidden());
        QCOMPARE(bar->value(), 1);
        QCOMPARE(bar->maximum(), 3000);
        const auto* head = panel.findChild<QLabel*>(u"fanOutHead"_s);
        QVERIFY2(
            head->text().contains(u"1 of 3000 commands have ended"_s), qPrintable(head->text()));
        QVERIFY(shown.isEmpty()); // its story would change all the time
        panel.findChild<QToolButton*>(u"cancelFanOutButton"_s)->click();
        QCOMPARE(cancels.count(), 1);

        // More rows, in between: the chosen one keeps its place.
        table->selectRow(1);
        progress.counts.done = 900;
        progress.traces
            = { traced(0, true), traced(7, true), traced(700, true), traced(1500, false) };
        panel.showProgress(ticket, progress);
        QCOMPARE(table->currentIndex().row(), 3);
        QCOMPARE(
            table->model()->index(1, ui::FanOutModel::Node).data().toString(), u"#8  GET k8"_s);
        QCOMPARE(table->model()->index(3, ui::FanOutModel::Node).data().toString(),
            u"#1501  GET k1501"_s);

        command::Pipeline pipeline;
        pipeline.results.fill({ command::TraceOutcome::Reply, {}, {} }, 3000);
        pipeline.traces = progress.traces;
        pipeline.traces.last().trace.outcome = command::TraceOutcome::Reply;
        panel.showPipeline(ticket, pipeline);
        QVERIFY(bar->isHidden());
        QVERIFY2(head->text().contains(u"3000 commands: 3000 OK"_s), qPrintable(head->text()));
        const auto* choice = panel.findChild<QLabel*>(u"fanOutChoice"_s);
        QVERIFY(!choice->isHidden());
        QVERIFY2(choice->text().startsWith(u"Showing 4 of 3000"_s), qPrintable(choice->text()));
        QCOMPARE(shown.count(), 1);
        QCOMPARE(shown.first().at(1).value<command::FanOut>().rows.size(), 4);
    }

    void aRunIsStoppedByItsButton()
    {
        ConsolePanel panel;
        panel.show();
        QSignalSpy wishes(&panel, &ConsolePanel::runRequested);
        QSignalSpy cancels(&panel, &ConsolePanel::cancelRequested);
        panel.setCommand(u"BLPOP q 0"_s);
        QTest::keyClick(inputOf(panel), Qt::Key_Return);
        const quint64 ticket = wishes.first().first().toULongLong();
        auto* cancel = panel.findChild<QToolButton*>(u"cancelRunButton"_s);
        QVERIFY(cancel && !cancel->isHidden());
        cancel->click();
        QCOMPARE(cancels.count(), 1);
        QCOMPARE(cancels.first().first().toULongLong(), ticket);
        QVERIFY(!cancel->isHidden()); // until it has ended
        command::Trace trace = answered({});
        trace.outcome = command::TraceOutcome::Cancelled;
        panel.showTrace(ticket, trace);
        QVERIFY(cancel->isHidden());
    }

    void aStoppedScriptCancelsItsLine()
    {
        ConsolePanel panel;
        panel.show();
        QSignalSpy wishes(&panel, &ConsolePanel::runRequested);
        QSignalSpy cancels(&panel, &ConsolePanel::cancelRequested);
        auto* input = static_cast<ui::CommandInput*>(inputOf(panel));
        Q_EMIT input->linesPasted(u"BLPOP q 0\nPING"_s);
        panel.findChild<QPushButton*>(u"scriptFirstButton"_s)->click();
        panel.findChild<QPushButton*>(u"scriptSecondButton"_s)->click();
        QCOMPARE(cancels.count(), 1);
        QCOMPARE(cancels.first().first(), wishes.first().first());
        panel.showTrace(wishes.first().first().toULongLong(),
            answered(resp::Reply::fromText(resp::Type::Status, "OK")));
        QCOMPARE(wishes.count(), 1);
    }

    void aLongScriptShowsOnlyWhatFails()
    {
        ConsolePanel panel;
        panel.show();
        QSignalSpy wishes(&panel, &ConsolePanel::runRequested);
        QString text;
        for (int i = 0; i < 60; ++i)
            text += u"GET k%1\n"_s.arg(i);
        auto* input = static_cast<ui::CommandInput*>(inputOf(panel));
        Q_EMIT input->linesPasted(text);
        panel.findChild<QPushButton*>(u"scriptFirstButton"_s)->click();
        for (int i = 0; i < 60; ++i) {
            QCOMPARE(wishes.count(), i + 1);
            const resp::Reply reply = i == 59 ? resp::Reply::fromText(resp::Type::Error, "ERR last")
                                              : resp::Reply::fromText(resp::Type::Status, "OK");
            panel.showTrace(wishes.at(i).at(0).toULongLong(), answered(reply));
        }
        QCOMPARE(panel.traces().size(), 1);
    }

    // --- several nodes, streams, the wire

    void aFanOutHasARowForEachNode()
    {
        ConsolePanel panel;
        panel.resize(800, 500);
        panel.show();
        QSignalSpy wishes(&panel, &ConsolePanel::fanOutRequested);
        QSignalSpy shown(&panel, &ConsolePanel::traceShown);
        panel.findChild<QComboBox*>(u"behaviourBox"_s)->setCurrentText(u"every primary"_s);
        panel.setCommand(u"DBSIZE"_s);
        QTest::keyClick(inputOf(panel), Qt::Key_Return);
        QCOMPARE(wishes.count(), 1);
        QCOMPARE(
            wishes.first().at(2).value<command::FanOutTarget>(), command::FanOutTarget::Primaries);
        command::FanOut fanOut;
        for (int i = 1; i <= 3; ++i) {
            command::FanOutRow row;
            row.nodeLabel = u"S0%1"_s.arg(i);
            row.trace = answered(i == 3 ? resp::Reply::fromText(resp::Type::Error, "LOADING x")
                                        : resp::Reply::fromInteger(10 * i));
            fanOut.rows.append(row);
        }
        fanOut.aggregate = resp::Reply::fromInteger(30);
        fanOut.partial = true;
        fanOut.outcome = command::FanOutOutcome::Partial;
        QSignalSpy played(&panel, &ConsolePanel::fanOutShown);
        panel.showFanOut(wishes.first().at(0).toULongLong(), fanOut);
        QCOMPARE(played.size(), 1); // it is the one that was started last
        auto* table = panel.findChild<QTableView*>(u"fanOutTable"_s);
        const QAbstractItemModelTester tester(table->model());
        QCOMPARE(table->model()->rowCount(), 3);
        const auto cell = [table](int row, int column) {
            return table->model()->index(row, column).data().toString();
        };
        QCOMPARE(cell(1, ui::FanOutModel::Node), u"S02"_s);
        QCOMPARE(cell(1, ui::FanOutModel::Answer), u"(integer) 20"_s);
        QCOMPARE(cell(2, ui::FanOutModel::State), u"failed"_s);
        QVERIFY(panel.findChild<QLabel*>(u"fanOutHead"_s)->text().contains(u"2 OK, 1 failed"_s));
        const QString sum = panel.findChild<QLabel*>(u"fanOutTogether"_s)->text();
        QVERIFY2(sum.contains(u"(integer) 30"_s) && sum.contains(u"missing"_s), qPrintable(sum));
        QSignalSpy together(&panel, &ConsolePanel::fanOutShown);
        const auto placeOf = [table](int row) {
            return table->visualRect(table->model()->index(row, 0)).center();
        };
        table->selectRow(0); // a look at its reply
        QCOMPARE(shown.count() + together.count(), 0);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, placeOf(2));
        QCOMPARE(together.count(), 1);
        QCOMPARE(together.first().at(1).value<command::FanOut>().rows.size(), 3);
        QVERIFY(together.first().at(2).toBool());
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(together.count(), 2);
        QCOMPARE(shown.count(), 0);
        QTest::keyClick(table, Qt::Key_Return, Qt::ShiftModifier); // this row alone
        QCOMPARE(shown.count(), 1);
        QVERIFY(shown.first().at(2).toBool());

        // One that still runs is being shown anyway.
        fanOut.outcome = command::FanOutOutcome::Running;
        panel.showFanOut(wishes.first().at(0).toULongLong(), fanOut);
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(together.count(), 2);
    }

    void aStreamRunsUntilItIsStopped()
    {
        ConsolePanel panel;
        panel.resize(800, 500);
        panel.show();
        QSignalSpy wishes(&panel, &ConsolePanel::streamRequested);
        QSignalSpy stops(&panel, &ConsolePanel::cancelRequested);
        panel.setCommand(u"SUBSCRIBE news"_s);
        QTest::keyClick(inputOf(panel), Qt::Key_Return);
        QCOMPARE(wishes.count(), 1);
        const quint64 ticket = wishes.first().first().toULongLong();
        command::StreamState state;
        state.kind = command::StreamState::Kind::Streaming;
        panel.showStream(ticket, state);
        command::StreamBatch batch;
        batch.dropped = 7;
        for (int i = 0; i < 10'050; ++i)
            batch.messages.append({ 1000 * i, "message", "news", {}, QByteArray::number(i) });
        panel.addMessages(ticket, batch);
        auto* lines = panel.findChild<ui::StreamLines*>();
        QCOMPARE(lines->lineCount(), 10'000);
        QVERIFY(lines->lineText(0).endsWith(u"message news  \"50\""_s));
        const QString head = panel.findChild<QLabel*>(u"streamHead"_s)->text();
        QVERIFY2(head.contains(u"10050"_s) && head.contains(u"7 more came too fast"_s),
            qPrintable(head));
        panel.findChild<QPushButton*>(u"stopStreamButton"_s)->click();
        QCOMPARE(stops.first().first().toULongLong(), ticket);
        state.kind = command::StreamState::Kind::Cancelled;
        panel.showStream(ticket, state);
        QVERIFY(panel.findChild<QPushButton*>(u"stopStreamButton"_s)->isHidden());
    }

    void aPausedRunAsksToProceed()
    {
        ConsolePanel panel;
        panel.show();
        QSignalSpy wishes(&panel, &ConsolePanel::runRequested);
        QSignalSpy proceeds(&panel, &ConsolePanel::proceedRequested);
        panel.findChild<QAbstractButton*>(u"stepBox"_s)->click();
        panel.setCommand(u"GET a"_s);
        QTest::keyClick(inputOf(panel), Qt::Key_Return);
        QVERIFY(wishes.first().at(2).value<command::Behaviour>().stepwise);
        command::Trace trace = answered({});
        trace.outcome = command::TraceOutcome::Running;
        trace.hops[0].outcome = command::HopOutcome::Moved;
        trace.hops[0].targetLabel = u"S02"_s;
        trace.isPaused = true;
        panel.showTrace(wishes.first().first().toULongLong(), trace);
        auto* button = panel.findChild<QPushButton*>(u"proceedButton"_s);
        QTRY_VERIFY(button->isVisible());
        QVERIFY(button->text().contains(u"S02"_s));
        button->click();
        QCOMPARE(proceeds.count(), 1);
        QVERIFY(!button->isVisible());
    }

    void aDangerousLineAsksUnderItself()
    {
        ConsolePanel panel;
        panel.show();
        QSignalSpy wishes(&panel, &ConsolePanel::runRequested);
        QSignalSpy answers(&panel, &ConsolePanel::answered);
        panel.setCommand(u"FLUSHALL"_s);
        QTest::keyClick(inputOf(panel), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(wishes.count(), 2);
        for (const QList<QVariant>& wish : std::as_const(wishes))
            panel.ask(wish.first().toULongLong(), u"FLUSHALL deletes all. Send it?"_s);
        // One question for both runs of the line.
        const auto questions = panel.findChildren<QLabel*>(u"guardQuestion"_s);
        QCOMPARE(questions.size(), 1);
        QCOMPARE(questions.first()->text(), u"FLUSHALL deletes all. Send it?"_s);
        QTest::keyClick(questions.first()->parentWidget(), Qt::Key_Escape);
        QCOMPARE(answers.count(), 2);
        QVERIFY(!answers.at(0).at(1).toBool() && !answers.at(1).at(1).toBool());
        QVERIFY(questions.first()->parentWidget()->isHidden());

        panel.setCommand(u"FLUSHDB"_s);
        QTest::keyClick(inputOf(panel), Qt::Key_Return);
        panel.ask(wishes.last().first().toULongLong(), u"Send it?"_s);
        const auto buttons = panel.findChildren<QPushButton*>(u"sendAnywayButton"_s);
        for (QPushButton* button : buttons) {
            if (!button->parentWidget()->isHidden())
                button->click();
        }
        QCOMPARE(answers.count(), 3);
        QVERIFY(answers.last().at(1).toBool());
    }

    void theWireLogIsOffAtFirst()
    {
        ConsolePanel panel;
        panel.show();
        QSignalSpy wishes(panel.wire(), &ui::WirePanel::recordingChanged);
        const auto* record = panel.findChild<QAbstractButton*>(u"recordWireBox"_s);
        QVERIFY(!record->isChecked());
        panel.findChild<QToolButton*>(u"wireButton"_s)->click();
        QVERIFY(panel.wire()->isVisible());
        panel.findChild<QAbstractButton*>(u"recordWireBox"_s)->click();
        QCOMPARE(wishes.count(), 1);
        session::WireEntry entry;
        entry.number = 1;
        entry.at = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5, 6), Qt::UTC);
        entry.node = u"127.0.0.1:7001"_s;
        entry.bytes = 14;
        entry.text = u"PING"_s;
        panel.wire()->add({ entry }, { 1, 14, 0, 0 });
        const auto* lines = panel.findChild<ui::WireLines*>();
        QCOMPARE(lines->lineCount(), 1);
        QVERIFY(lines->lineText(0).startsWith(u"03:04:05.006Z  > 127.0.0.1:7001"_s));
        panel.clear();
        QVERIFY(!record->isChecked());
        QCOMPARE(lines->lineCount(), 0);
    }
};

} // namespace slotscope::tests

Q_DECLARE_METATYPE(slotscope::command::Behaviour)
Q_DECLARE_METATYPE(slotscope::command::FanOutTarget)

QTEST_MAIN(slotscope::tests::TestConsoleViews)
#include "tst_consoleviews.moc"
