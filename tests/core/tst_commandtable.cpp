// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/commandreply.h"
#include "core/command/keyextraction.h"
#include "core/resp/replyreader.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using command::Argv;
using command::CommandEntry;
using command::CommandTable;
using command::extractKeys;
using command::KeyInfo;
using command::KeySource;
using command::RequestPolicy;
using command::ResponsePolicy;
using support::ErrorCode;

namespace {

/// RESP text of a COMMAND reply, in either protocol.
class Writer
{
public:
    explicit Writer(int protocol)
        : m_isThree(protocol == 3)
    { }

    static QByteArray bulk(const QByteArray& text)
    {
        return '$' + QByteArray::number(text.size()) + "\r\n" + text + "\r\n";
    }
    static QByteArray number(qint64 value) { return ':' + QByteArray::number(value) + "\r\n"; }
    static QByteArray array(const QByteArrayList& parts)
    {
        return '*' + QByteArray::number(parts.size()) + "\r\n" + parts.join();
    }
    QByteArray set(const QByteArrayList& parts) const
    {
        return (m_isThree ? '~' : '*') + QByteArray::number(parts.size()) + "\r\n" + parts.join();
    }
    QByteArray words(const QByteArray& line, bool asStatus = true) const
    {
        QByteArrayList parts;
        for (const QByteArray& word : line.isEmpty() ? QByteArrayList() : line.split(' '))
            parts.append(asStatus ? QByteArray('+' + word + "\r\n") : bulk(word));
        return set(parts);
    }
    QByteArray map(const QByteArrayList& parts) const
    {
        const qsizetype count = m_isThree ? parts.size() / 2 : parts.size();
        return (m_isThree ? '%' : '*') + QByteArray::number(count) + "\r\n" + parts.join();
    }

    QByteArray range(int last, int step = 1, int limit = 0) const
    {
        return found("range",
            { bulk("lastkey"), number(last), bulk("keystep"), number(step), bulk("limit"),
                number(limit) });
    }
    QByteArray keynum(int index, int first, int step = 1) const
    {
        return found("keynum",
            { bulk("keynumidx"), number(index), bulk("firstkey"), number(first), bulk("keystep"),
                number(step) });
    }
    QByteArray index(qint64 position) const
    {
        return found("index", { bulk("index"), number(position) });
    }
    QByteArray keyword(const QByteArray& word, int from) const
    {
        return found("keyword", { bulk("keyword"), bulk(word), bulk("startfrom"), number(from) });
    }
    QByteArray unknown() const { return found("unknown", {}); }
    QByteArray spec(const QByteArray& begin, const QByteArray& find,
        const QByteArray& flags = "RO access") const
    {
        return map({ bulk("notes"), bulk("of no use here"), bulk("flags"), words(flags),
            bulk("begin_search"), begin, bulk("find_keys"), find });
    }
    QByteArray command(const QByteArray& name, const QByteArray& flags, const QByteArrayList& specs,
        const QByteArray& tips = {}, const QByteArrayList& subcommands = {},
        const QByteArray& categories = "@slow") const
    {
        return array({ bulk(name), number(-2), words(flags), number(0), number(0), number(0),
            words(categories), words(tips, false), set(specs), set(subcommands) });
    }

private:
    QByteArray found(const QByteArray& type, const QByteArrayList& spec) const
    {
        return map({ bulk("type"), bulk(type), bulk("spec"), map(spec) });
    }

    bool m_isThree;
};

resp::Reply parsed(const QByteArray& raw)
{
    resp::ReplyReader reader;
    reader.feed(raw);
    const auto reply = reader.next();
    return reply && *reply ? **reply : resp::Reply();
}

CommandTable tableOf(const QByteArrayList& commands)
{
    const auto table = CommandTable::fromReply(parsed(Writer::array(commands)));
    if (!table) {
        QTest::qFail("the reply is refused", __FILE__, __LINE__);
        return {};
    }
    return *table;
}

QByteArray keysOf(const Argv& argv, const CommandTable& table)
{
    return extractKeys(argv, table).keys.join(' ');
}

} // namespace

class CommandTableTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void builtIn();
    void capturedReplies_data();
    void capturedReplies();
    void oldPositions();
    void specifications_data();
    void specifications();
    void unclearSpecifications_data();
    void unclearSpecifications();
    void serversThatAreWrong();
    void modules();
    void subcommands();
    void flags();
    void tips_data();
    void tips();
    void unknownPolicies();
    void copies();
    void refusals_data();
    void refusals();
    void leftOut_data();
    void leftOut();
    void tooMany();
    void deepSubcommands();
};

void CommandTableTest::builtIn()
{
    const CommandTable table;
    QVERIFY(!table.isFromServer());
    QCOMPARE(table.find("get")->arity, 2);
    QCOMPARE(table.find("get")->source, KeySource::BuiltIn);
    QCOMPARE(table.find("sort")->source, KeySource::Correction);
    QCOMPARE(table.find("dbsize")->request, RequestPolicy::AllShards);
    QCOMPARE(table.find("dbsize")->response, ResponsePolicy::Sum);
    // Redis 7.0 gives no tips for these yet.
    QCOMPARE(table.find("config|resetstat")->request, RequestPolicy::AllNodes);
    QCOMPARE(table.find("nosuch"), nullptr);
    QCOMPARE(table.entryOf({ "ConFig", "sET" })->name, QByteArray("config|set"));
    QCOMPARE(table.entryOf({ "CONFIG", "NOSUCH" })->name, QByteArray("config"));
    QCOMPARE(table.entryOf({ "config|set" }), nullptr);
    QVERIFY(extractKeys({ "NOSUCH", "k" }).needsServer);
    QVERIFY(!extractKeys({ "GET", "k" }).needsServer);
    QCOMPARE(extractKeys({ "NOSUCH", "k" }).source, KeySource::None);
}

void CommandTableTest::capturedReplies_data()
{
    QTest::addColumn<QByteArray>("raw");
    QTest::addColumn<QByteArray>("fromServer");
    QTest::addColumn<QByteArray>("completed");
    const QHash<QString, std::pair<QByteArray, QByteArray>> expected {
        // Old servers know no specifications: the built-in table goes first.
        { u"redis-3.0.7"_s, { "", "get mset eval" } },
        { u"redis-6.0.20"_s, { "", "get mset eval xread" } },
        { u"redis-7.0.15"_s, { "get", "" } },
        { u"valkey-unstable-20241024"_s, { "get", "" } },
    };
    QFile file(QFINDTESTDATA("../data/command_info.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray replies
        = QJsonDocument::fromJson(file.readAll()).object()[u"replies"].toArray();
    QCOMPARE(replies.size(), expected.size());
    for (const QJsonValue& one : replies) {
        const QString server = one[u"server"].toString();
        QTest::newRow(qPrintable(server))
            << one[u"raw_resp_latin1"].toString().toLatin1() << expected.value(server).first
            << expected.value(server).second;
    }
}

void CommandTableTest::capturedReplies()
{
    QFETCH(QByteArray, raw);
    QFETCH(QByteArray, fromServer);
    QFETCH(QByteArray, completed);
    const auto table = CommandTable::fromReply(parsed(raw));
    QVERIFY(table.hasValue());
    QVERIFY(table->isFromServer());
    for (const QByteArray& name : fromServer.split(' ')) {
        if (!name.isEmpty())
            QCOMPARE(table->find(name)->source, KeySource::Server);
    }
    for (const QByteArray& name : completed.split(' ')) {
        if (!name.isEmpty())
            QCOMPARE(table->find(name)->source, KeySource::BuiltIn);
    }
    QCOMPARE(table->find("sort")->source, KeySource::Correction);
    QCOMPARE(table->find("migrate")->source, KeySource::Correction);
    QCOMPARE(table->find("foo"), nullptr);
    QCOMPARE(keysOf({ "GET", "k" }, *table), QByteArray("k"));
    QCOMPARE(keysOf({ "MSET", "a", "1", "b", "2" }, *table), QByteArray("a b"));
    QCOMPARE(keysOf({ "EVAL", "s", "2", "a", "b", "c" }, *table), QByteArray("a b"));
    QCOMPARE(keysOf({ "XREAD", "STREAMS", "a", "b", "0", "0" }, *table), QByteArray("a b"));
    QVERIFY(extractKeys({ "XREAD", "STREAMS", "a", "0" }, *table).blocking);
    // What the server did not list has the built-in entry.
    QCOMPARE(keysOf({ "OBJECT", "ENCODING", "k" }, *table), QByteArray("k"));
}

void CommandTableTest::oldPositions()
{
    const auto old
        = [](const QByteArray& name, const QByteArray& flags, int first, int last, int step) {
              return Writer::array({ Writer::bulk(name), Writer::number(-2), Writer(2).words(flags),
                  Writer::number(first), Writer::number(last), Writer::number(step) });
          };
    const CommandTable table = tableOf({ old("m.one", "write", 1, 1, 1),
        old("m.all", "readonly", 2, -1, 1), old("m.pairs", "write", 1, -2, 2),
        old("m.none", "readonly", 0, 0, 0), old("m.moving", "write movablekeys", 1, 1, 1),
        old("m.wrong", "write", 3, 1, 1), old("m.still", "write", 1, 3, 0),
        old("touch", "readonly", 1, 1, 1), old("memory", "readonly", 0, 0, 0) });
    QCOMPARE(keysOf({ "M.ONE", "a", "b" }, table), QByteArray("a"));
    QCOMPARE(keysOf({ "M.ALL", "x", "a", "b" }, table), QByteArray("a b"));
    QCOMPARE(keysOf({ "M.PAIRS", "a", "1", "b", "2", "end" }, table), QByteArray("a b"));
    QCOMPARE(keysOf({ "M.NONE", "a" }, table), QByteArray());
    QVERIFY(!extractKeys({ "M.NONE", "a" }, table).needsServer);
    QCOMPARE(extractKeys({ "M.ONE", "a" }, table).source, KeySource::Server);
    for (const char* name : { "M.MOVING", "M.WRONG", "M.STILL" }) {
        QVERIFY2(extractKeys({ name, "a", "b", "c" }, table).needsServer, name);
        QVERIFY(extractKeys({ name, "a", "b", "c" }, table).known);
        QVERIFY(extractKeys({ name, "a", "b", "c" }, table).keys.isEmpty());
    }
    // Redis 4.0 and 5.0 name the first key of TOUCH only, and none of MEMORY USAGE.
    QCOMPARE(keysOf({ "TOUCH", "a", "b" }, table), QByteArray("a b"));
    QCOMPARE(keysOf({ "MEMORY", "USAGE", "k" }, table), QByteArray("k"));
}

void CommandTableTest::specifications_data()
{
    QTest::addColumn<int>("protocol");
    QTest::newRow("RESP2") << 2;
    QTest::newRow("RESP3") << 3;
}

void CommandTableTest::specifications()
{
    QFETCH(int, protocol);
    const Writer w(protocol);
    const CommandTable table = tableOf({
        w.command("M.ONE", "write", { w.spec(w.index(2), w.range(0)) }),
        w.command("m.tail", "readonly", { w.spec(w.index(1), w.range(-2)) }),
        w.command("m.pairs", "write", { w.spec(w.index(1), w.range(-1, 2)) }),
        w.command("m.word", "readonly movablekeys",
            { w.spec(w.keyword("STREAMS", 1), w.range(-1, 1, 2)) }),
        w.command("m.back", "write movablekeys", { w.spec(w.keyword("keys", -2), w.range(-1)) }),
        w.command("m.count", "movablekeys", { w.spec(w.index(2), w.keynum(0, 1)) }),
        w.command("m.later", "movablekeys", { w.spec(w.index(1), w.keynum(1, 3, 2)) }),
        w.command("m.two", "write movablekeys",
            { w.spec(w.index(1), w.range(0), "OW update"),
                w.spec(w.index(2), w.keynum(0, 1), "RO access") }),
        w.command("m.channel", "pubsub", { w.spec(w.index(1), w.range(-1), "not_key") }),
        w.command("m.mode", "write", { w.spec(w.index(1), w.range(0), "RW variable_flags") }),
        w.command("m.none", "readonly", {}),
    });
    QCOMPARE(keysOf({ "m.one", "x", "a", "y" }, table), QByteArray("a"));
    QCOMPARE(keysOf({ "M.Tail", "a", "b", "0" }, table), QByteArray("a b"));
    QCOMPARE(keysOf({ "m.pairs", "a", "1", "b", "2" }, table), QByteArray("a b"));
    QCOMPARE(keysOf({ "m.word", "x", "streams", "a", "b", "0", "0" }, table), QByteArray("a b"));
    QCOMPARE(keysOf({ "m.word", "x" }, table), QByteArray());
    QCOMPARE(keysOf({ "m.back", "KEYS", "x", "KEYS", "a", "b" }, table), QByteArray("a b"));
    QCOMPARE(keysOf({ "m.count", "s", "2", "a", "b", "c" }, table), QByteArray("a b"));
    QCOMPARE(keysOf({ "m.later", "x", "2", "y", "a", "1", "b", "2" }, table), QByteArray("a b"));
    QCOMPARE(keysOf({ "m.two", "d", "2", "a", "b", "c" }, table), QByteArray("d a b"));
    QCOMPARE(keysOf({ "m.mode", "a", "b" }, table), QByteArray("a"));
    QCOMPARE(keysOf({ "m.none", "a" }, table), QByteArray());

    const KeyInfo channel = extractKeys({ "m.channel", "c", "d" }, table);
    QCOMPARE(channel.keys, (QList<QByteArray> { "c", "d" }));
    QVERIFY(channel.areChannels);
    QVERIFY(channel.crossSlot);
    const KeyInfo key = extractKeys({ "m.one", "x", QByteArray("\0\xff\r\n", 4) }, table);
    QCOMPARE(key.keys.first(), QByteArray("\0\xff\r\n", 4));
    QVERIFY(!key.areChannels);
    QCOMPARE(key.source, KeySource::Server);
    QVERIFY(key.known && key.write && !key.needsServer);
    QCOMPARE(extractKeys({ "m.one", "x", "" }, table).slot, cluster::Slot(0));
}

void CommandTableTest::unclearSpecifications_data()
{
    QTest::addColumn<QByteArrayList>("specs");
    const Writer w(3);
    const QByteArray good = w.spec(w.index(1), w.range(0));
    const auto row
        = [](const char* name, const QByteArrayList& specs) { QTest::newRow(name) << specs; };
    row("incomplete", { w.spec(w.index(1), w.range(0), "RO incomplete") });
    row("unknown begin", { w.spec(w.unknown(), w.range(0)) });
    row("unknown find", { w.spec(w.index(1), w.unknown()) });
    row("one of two", { good, w.spec(w.unknown(), w.unknown()) });
    row("index 0", { w.spec(w.index(0), w.range(0)) });
    row("negative index", { w.spec(w.index(-1), w.range(0)) });
    row("far index", { w.spec(w.index(5'000'000'000), w.range(0)) });
    row("keyword from 0", { w.spec(w.keyword("W", 0), w.range(0)) });
    row("no keyword", { w.spec(w.keyword("", 1), w.range(0)) });
    row("step 0", { w.spec(w.index(1), w.range(-1, 0)) });
    row("negative step", { w.spec(w.index(1), w.range(-1, -1)) });
    row("negative limit", { w.spec(w.index(1), w.range(-1, 1, -2)) });
    row("negative count", { w.spec(w.index(1), w.keynum(-1, 1)) });
    row("negative first", { w.spec(w.index(1), w.keynum(0, -1)) });
    row("no map", { Writer::number(1) });
    row("empty map", { w.map({}) });
    row("too many", QByteArrayList(33, good));
}

void CommandTableTest::unclearSpecifications()
{
    QFETCH(QByteArrayList, specs);
    const Writer w(3);
    const CommandTable table
        = tableOf({ w.command("m.x", "write", specs), w.command("get", "readonly", specs) });
    const KeyInfo info = extractKeys({ "m.x", "a", "b" }, table);
    QVERIFY(info.known && info.needsServer && info.keys.isEmpty() && !info.slot);
    // The built-in table knows better.
    QCOMPARE(keysOf({ "GET", "k" }, table), QByteArray("k"));
    QVERIFY(!extractKeys({ "GET", "k" }, table).needsServer);
}

// What Redis 8.0 and others say of commands that extractKeys() must know by itself.
void CommandTableTest::serversThatAreWrong()
{
    const Writer w(3);
    const QByteArray firstOnly = w.spec(w.index(1), w.range(0));
    const QByteArray incomplete
        = w.spec(w.keyword("STREAMS", 1), w.range(-1, 1, 2), "RO incomplete");
    const CommandTable table = tableOf({
        w.command("xread", "readonly blocking movablekeys", { incomplete }),
        w.command(
            "georadius", "write movablekeys", { firstOnly, w.spec(w.unknown(), w.unknown()) }),
        w.command("sort", "write movablekeys", { firstOnly, w.spec(w.unknown(), w.unknown()) }),
        w.command("migrate", "write", { w.spec(w.index(3), w.range(0)) }),
        w.command("msetnx", "write", { w.spec(w.index(1), w.range(-1, 2)) },
            "request_policy:multi_shard response_policy:agg_min"),
        w.command("wait", "blocking", {}, "request_policy:all_shards response_policy:agg_min"),
        w.command("VADD", "write", { firstOnly }),
    });
    QCOMPARE(keysOf({ "XREAD", "STREAMS", "a", "b", "0", "0" }, table), QByteArray("a b"));
    QCOMPARE(extractKeys({ "XREAD" }, table).source, KeySource::BuiltIn);
    QCOMPARE(
        keysOf({ "GEORADIUS", "g", "0", "0", "1", "m", "STORE", "d" }, table), QByteArray("g d"));
    QCOMPARE(keysOf({ "SORT", "l", "STORE", "d" }, table), QByteArray("l d"));
    QCOMPARE(keysOf({ "MIGRATE", "h", "1", "", "0", "1", "AUTH", "keys", "KEYS", "a" }, table),
        QByteArray("a"));
    QCOMPARE(extractKeys({ "SORT", "l" }, table).source, KeySource::Correction);
    QCOMPARE(table.find("msetnx")->request, RequestPolicy::None);
    QCOMPARE(table.find("wait")->request, RequestPolicy::None);
    QCOMPARE(keysOf({ "vadd", "v", "x" }, table), QByteArray("v"));
    QVERIFY(table.names().contains("vadd"));
    QVERIFY(!table.names().contains("VADD"));
}

void CommandTableTest::modules()
{
    const Writer w(3);
    // A module with code of its own for its keys looks as if its specifications were whole.
    const CommandTable table = tableOf({
        w.command("m.own", "write movablekeys", { w.spec(w.index(1), w.range(0)) }),
        w.command("m.silent", "write movablekeys", {}),
    });
    QVERIFY(extractKeys({ "M.OWN", "a" }, table).needsServer);
    QVERIFY(extractKeys({ "M.SILENT", "a" }, table).needsServer);
    // The server has listed its commands, and this is none: it need not be asked again.
    const KeyInfo unknown = extractKeys({ "NOSUCH", "a" }, table);
    QVERIFY(!unknown.known && !unknown.needsServer);
}

void CommandTableTest::subcommands()
{
    const Writer w(2);
    const QByteArray second = w.spec(w.index(2), w.range(0));
    const CommandTable table = tableOf({ w.command("M.BOX", "", {}, {},
        { w.command("m.box|get", "readonly", { second }), w.command("SET", "write", { second }),
            w.command("m.box|help", "", {}) }) });
    QCOMPARE(keysOf({ "m.box", "GET", "k" }, table), QByteArray("k"));
    QCOMPARE(keysOf({ "M.Box", "set", "k", "v" }, table), QByteArray("k"));
    QVERIFY(extractKeys({ "m.box", "set", "k" }, table).write);
    QVERIFY(extractKeys({ "m.box", "get", "k" }, table).readOnly);
    QCOMPARE(keysOf({ "m.box", "help", "k" }, table), QByteArray());
    QVERIFY(extractKeys({ "m.box", "other", "k" }, table).known);
    QVERIFY(table.find("m.box")->flags & command::ContainerFlag);
    QVERIFY(!table.names().contains("m.box|get"));
}

void CommandTableTest::flags()
{
    const Writer w(3);
    const CommandTable table = tableOf({
        w.command("m.a", "write denyoom blocking", {}, {}, {}, "@write @dangerous"),
        w.command("m.b", "readonly fast", {}, {}, {}, "@read @blocking"),
    });
    const KeyInfo a = extractKeys({ "m.a" }, table);
    QVERIFY(a.write && a.blocking && a.dangerous && !a.readOnly);
    const KeyInfo b = extractKeys({ "m.b" }, table);
    QVERIFY(b.readOnly && b.blocking && !b.dangerous && !b.write);
    QCOMPARE(table.find("m.a")->arity, -2);
}

// Every tip that servers give, with the exceptions that a client must know better.
void CommandTableTest::tips_data()
{
    QTest::addColumn<QString>("server");
    QFile file(QFINDTESTDATA("../data/command_tips.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject servers
        = QJsonDocument::fromJson(file.readAll()).object()[u"servers"].toObject();
    QVERIFY(servers.size() >= 2);
    for (const QString& server : servers.keys())
        QTest::newRow(qPrintable(server)) << server;
}

void CommandTableTest::tips()
{
    QFETCH(QString, server);
    QFile file(QFINDTESTDATA("../data/command_tips.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject tips = QJsonDocument::fromJson(file.readAll())
                                 .object()[u"servers"]
                                 .toObject()[server]
                                 .toObject();
    const QHash<QByteArray, RequestPolicy> requests { { "all_nodes", RequestPolicy::AllNodes },
        { "all_shards", RequestPolicy::AllShards }, { "multi_shard", RequestPolicy::MultiShard },
        { "special", RequestPolicy::Special } };
    const QHash<QByteArray, ResponsePolicy> responses { { "one_succeeded",
                                                            ResponsePolicy::OneSucceeded },
        { "all_succeeded", ResponsePolicy::AllSucceeded }, { "agg_sum", ResponsePolicy::Sum },
        { "agg_min", ResponsePolicy::Min }, { "agg_max", ResponsePolicy::Max },
        { "agg_logical_and", ResponsePolicy::LogicalAnd },
        { "agg_logical_or", ResponsePolicy::LogicalOr }, { "special", ResponsePolicy::Special } };
    const Writer w(3);
    QByteArrayList commands;
    for (const QString& name : tips.keys()) {
        QByteArrayList words;
        for (const QJsonValue& tip : tips[name].toArray())
            words.append(tip.toString().toUtf8());
        commands.append(w.command(name.toUtf8(), "fast", {}, words.join(' ')));
    }
    const CommandTable table = tableOf(commands);
    for (const QString& name : tips.keys()) {
        RequestPolicy request = RequestPolicy::None;
        ResponsePolicy response = ResponsePolicy::None;
        for (const QJsonValue& tip : tips[name].toArray()) {
            const QByteArrayList parts = tip.toString().toUtf8().split(':');
            if (parts.first() == "request_policy")
                request = requests.value(parts.last());
            else
                response = responses.value(parts.last());
        }
        if (name == "msetnx"_L1 || name == "wait"_L1 || name == "waitaof"_L1) {
            request = RequestPolicy::None;
            response = ResponsePolicy::None;
        }
        const CommandEntry* entry = table.find(name.toUtf8());
        QVERIFY2(entry->request == request && entry->response == response, qPrintable(name));
    }
    // The built-in table has what this server does not say.
    QCOMPARE(table.find("config|rewrite")->request, RequestPolicy::AllNodes);
}

void CommandTableTest::unknownPolicies()
{
    const Writer w(3);
    const CommandTable table
        = tableOf({ w.command("m.a", "", {}, "request_policy:all_moons response_policy:agg_song"),
            w.command("m.b", "", {}, "nondeterministic_output") });
    QCOMPARE(table.find("m.a")->request, RequestPolicy::None);
    QCOMPARE(table.find("m.a")->response, ResponsePolicy::Special);
    QCOMPARE(table.find("m.b")->response, ResponsePolicy::None);
}

void CommandTableTest::copies()
{
    const Writer w(3);
    CommandTable table = tableOf({ w.command("m.a", "write", {}) });
    const CommandTable copy = table;
    table = CommandTable::builtIn();
    QVERIFY(copy.find("m.a"));
    QVERIFY(!table.find("m.a"));
}

void CommandTableTest::refusals_data()
{
    QTest::addColumn<QByteArray>("raw");
    QTest::addColumn<int>("code");
    const auto row = [](const char* name, const QByteArray& raw, ErrorCode code) {
        QTest::newRow(name) << raw << static_cast<int>(code);
    };
    row("no permission", "-NOPERM User u has no permissions\r\n", ErrorCode::ServerError);
    row("status", "+OK\r\n", ErrorCode::ProtocolError);
    row("null", "_\r\n", ErrorCode::ProtocolError);
    row("empty", "*0\r\n", ErrorCode::ProtocolError);
    row("nulls", "*2\r\n*-1\r\n*-1\r\n", ErrorCode::ProtocolError);
    row("map", "%1\r\n+a\r\n+b\r\n", ErrorCode::ProtocolError);
    row("numbers", "*2\r\n:1\r\n:2\r\n", ErrorCode::ProtocolError);
}

void CommandTableTest::refusals()
{
    QFETCH(QByteArray, raw);
    QFETCH(int, code);
    const auto table = CommandTable::fromReply(parsed(raw));
    QVERIFY(!table);
    QCOMPARE(static_cast<int>(table.error().code), code);
}

void CommandTableTest::leftOut_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("line feed") << QByteArray("a\nb");
    QTest::newRow("zero byte") << QByteArray("a\0b", 3);
    QTest::newRow("not ASCII") << QByteArray("\xc3\xa4");
    QTest::newRow("long") << QByteArray(129, 'x');
}

void CommandTableTest::leftOut()
{
    QFETCH(QByteArray, name);
    const Writer w(3);
    const CommandTable table = tableOf({ w.command(name, "", {}), w.command("m.a", "", {}),
        Writer::array({ Writer::bulk("m.short"), Writer::number(1) }) });
    QVERIFY(table.find("m.a"));
    QVERIFY(!table.find(name));
    QVERIFY(!table.find("m.short"));
}

void CommandTableTest::tooMany()
{
    const Writer w(2);
    QByteArrayList commands;
    for (int i = 0; i < 10'000; ++i)
        commands.append(w.command("c" + QByteArray::number(i), "", {}));
    QVERIFY(CommandTable::fromReply(parsed(Writer::array(commands))));
    commands.append(w.command("last", "", {}));
    const auto table = CommandTable::fromReply(parsed(Writer::array(commands)));
    QVERIFY(!table);
    QCOMPARE(table.error().code, ErrorCode::LimitExceeded);
}

void CommandTableTest::deepSubcommands()
{
    const Writer w(3);
    QByteArray inner = w.command("x", "", {});
    for (int i = 0; i < 60; ++i) // two levels of the reply each, within the reader's bounds
        inner = w.command("x", "", {}, {}, { inner });
    const CommandTable table = tableOf({ inner });
    QVERIFY(table.find("x|x|x|x"));
    QVERIFY(!table.find("x|x|x|x|x"));
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::CommandTableTest)
#include "tst_commandtable.moc"
