// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/completion.h"
#include "core/resp/replyreader.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace slotscope;
using namespace Qt::StringLiterals;
using command::CommandDocs;
using command::CommandTable;

namespace {

resp::Reply parsed(const QByteArray& wire)
{
    resp::ReplyReader reader;
    reader.feed(wire);
    const auto reply = reader.next();
    return reply && *reply ? **reply : resp::Reply();
}

/// What redis-server 7.0.15 answers to COMMAND DOCS set config zrange georadius sort get.
CommandDocs realDocs()
{
    QFile file(QFINDTESTDATA("../data/command_docs_resp2.txt"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const auto docs = CommandDocs::fromReply(parsed(file.readAll()));
    return docs ? *docs : CommandDocs();
}

QStringList candidatesFor(const QString& line, const CommandDocs& docs)
{
    const command::Completion completion
        = command::complete(line, line.size(), CommandTable::builtIn(), docs);
    QStringList texts;
    for (const command::Candidate& candidate : completion.candidates)
        texts.append(candidate.text);
    return texts;
}

} // namespace

class TestCompletion final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsDocs()
    {
        const CommandDocs docs = realDocs();
        QCOMPARE(docs.names(),
            (QByteArrayList { "config", "georadius", "get", "set", "sort", "zrange" }));
        QCOMPARE(docs.subcommandsOf("config"),
            (QByteArrayList { "get", "help", "resetstat", "rewrite", "set" }));
        QCOMPARE(docs.find("set")->summary, u"Set the string value of a key"_s);
        QVERIFY(docs.find("georadius")->isDeprecated);
        QVERIFY(!docs.find("absent"));
    }

    void readsMapsOfResp3()
    {
        const QByteArray wire
            = "%1\r\n+set\r\n%2\r\n+summary\r\n+Sets it\r\n+arguments\r\n*1\r\n%3\r\n"
              "+name\r\n+key\r\n+type\r\n+key\r\n+flags\r\n~1\r\n+optional\r\n";
        const auto docs = CommandDocs::fromReply(parsed(wire));
        QVERIFY(docs);
        QCOMPARE(docs->find("set")->summary, u"Sets it"_s);
        QCOMPARE(command::syntaxOf(*docs->find("set")), u"[key]"_s);
    }

    void refusesWhatIsNoDocs_data()
    {
        QTest::addColumn<QByteArray>("wire");
        QTest::newRow("unknown subcommand")
            << QByteArray("-ERR Unknown subcommand or wrong number of arguments for 'DOCS'\r\n");
        QTest::newRow("a number") << QByteArray(":1\r\n");
        QTest::newRow("an odd list") << QByteArray("*1\r\n+set\r\n");
    }
    void refusesWhatIsNoDocs()
    {
        QFETCH(QByteArray, wire);
        QVERIFY(!CommandDocs::fromReply(parsed(wire)));
    }

    void hostileDocsAreLeftOut()
    {
        // A name with a line end, no list behind a name, arguments nested deeper than any real one.
        QByteArray deep = "*0\r\n";
        for (int i = 0; i < 40; ++i) {
            deep = "*1\r\n*6\r\n+name\r\n+x\r\n+type\r\n+block\r\n+arguments\r\n" + deep;
        }
        const QByteArray wire
            = "*6\r\n$5\r\nbad\n \r\n*0\r\n+odd\r\n:1\r\n+deep\r\n*2\r\n+arguments\r\n" + deep;
        const auto docs = CommandDocs::fromReply(parsed(wire));
        QVERIFY(docs);
        QCOMPARE(docs->names(), QByteArrayList { "deep" });
        int depth = 0;
        const auto* arguments = &docs->find("deep")->arguments;
        for (; !arguments->isEmpty(); arguments = &arguments->first().arguments)
            ++depth;
        QVERIFY(depth > 0 && depth <= 16);
    }

    void writesSyntaxAsTheDocumentation_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QString>("syntax");
        QTest::newRow("options") << QByteArray("set")
                                 << u"key value [NX | XX] [GET] [EX seconds | PX milliseconds | "
                                    u"EXAT unix-time-seconds | PXAT unix-time-milliseconds | "
                                    u"KEEPTTL]"_s;
        QTest::newRow("multiple token")
            << QByteArray("sort")
            << u"key [BY pattern] [LIMIT offset count] [GET pattern [GET pattern ...]] "
               u"[ASC | DESC] [ALPHA] [STORE destination]"_s;
        QTest::newRow("subcommand")
            << QByteArray("config|set") << u"parameter value [parameter value ...]"_s;
    }
    void writesSyntaxAsTheDocumentation()
    {
        QFETCH(QByteArray, name);
        QFETCH(QString, syntax);
        const CommandDocs docs = realDocs();
        QVERIFY(docs.find(name));
        QString written = command::syntaxOf(*docs.find(name));
        // A block that repeats stands in angle brackets where it must be told apart.
        QCOMPARE(written.remove(u'<').remove(u'>'), syntax);
    }

    void completes_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QStringList>("candidates");
        const auto row = [](const char* name, const QString& line, const QStringList& candidates) {
            QTest::newRow(name) << line << candidates;
        };
        row("nothing typed", u""_s, {});
        row("a command", u"GEORADIUSB"_s, { u"GEORADIUSBYMEMBER"_s, u"GEORADIUSBYMEMBER_RO"_s });
        row("in lower case", u"hkey"_s, { u"hkeys"_s });
        row("subcommands", u"config re"_s, { u"resetstat"_s, u"rewrite"_s });
        row("all subcommands", u"CONFIG "_s,
            { u"GET"_s, u"HELP"_s, u"RESETSTAT"_s, u"REWRITE"_s, u"SET"_s });
        row("a key is nobody's to guess", u"SET "_s, {});
        row("nor is a value", u"SET key "_s, {});
        row("options", u"SET key value "_s,
            { u"NX"_s, u"XX"_s, u"GET"_s, u"EX"_s, u"PX"_s, u"EXAT"_s, u"PXAT"_s, u"KEEPTTL"_s });
        row("an option begun", u"set key value e"_s, { u"ex"_s, u"exat"_s });
        row("an option's value", u"SET key value EX "_s, {});
        row("what was chosen rules out the others", u"SET key value EX 10 "_s,
            { u"NX"_s, u"XX"_s, u"GET"_s });
        row("given once", u"SET key value EX 10 NX "_s, { u"GET"_s });
        row("given several times", u"SORT key GET a "_s,
            { u"BY"_s, u"LIMIT"_s, u"GET"_s, u"ASC"_s, u"DESC"_s, u"ALPHA"_s, u"STORE"_s });
        row("inside of quotes", u"SET \"key "_s, {});
        row("a quoted word", u"SET 'k"_s, {});
        row("unknown command", u"NOSUCH a "_s, {});
    }
    void completes()
    {
        QFETCH(QString, line);
        QFETCH(QStringList, candidates);
        QCOMPARE(candidatesFor(line, realDocs()), candidates);
    }

    void worksWithoutDocs()
    {
        QVERIFY(candidatesFor(u"GE"_s, {}).contains(u"GETEX"_s));
        QCOMPARE(candidatesFor(u"OBJECT E"_s, {}), QStringList { u"ENCODING"_s });
        QCOMPARE(candidatesFor(u"SET a b "_s, {}), QStringList());
        QVERIFY(command::syntaxHint(u"SET a", {}).isEmpty());
    }

    void replacesTheWordAtTheCursor()
    {
        const QString line = u"ge key"_s;
        const command::Completion completion
            = command::complete(line, 2, CommandTable::builtIn(), {});
        QCOMPARE(completion.from, 0);
        const command::CompletedLine done = command::withCandidate(line, completion, u"get"_s);
        QCOMPARE(done.line, u"get key"_s);
        QCOMPARE(done.cursor, 4);
        QCOMPARE(command::commonBeginning(completion), u"ge"_s);
        command::Completion two { 0, 4,
            { { u"GEORADIUS"_s, {} }, { u"GEORADIUSBYMEMBER"_s, {} } } };
        QCOMPARE(command::commonBeginning(two), u"GEORADIUS"_s);
    }

    void hintsTheSyntax()
    {
        const CommandDocs docs = realDocs();
        QVERIFY(command::syntaxHint(u"set k", docs).syntax.startsWith(u"SET key value"_s));
        QVERIFY(command::syntaxHint(u"set \"open quote", docs).syntax.startsWith(u"SET key"_s));
        QCOMPARE(command::syntaxHint(u"config get x", docs).syntax,
            u"CONFIG GET parameter [parameter ...]"_s);
        QVERIFY(command::syntaxHint(u"", docs).isEmpty());
        QVERIFY(command::syntaxHint(u"se", docs).isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestCompletion)
#include "tst_completion.moc"
