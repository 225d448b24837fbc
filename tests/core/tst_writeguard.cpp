// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/writeguard.h"
#include "core/resp/replyreader.h"
#include "core/session/writeguard.h"
#include "tests/support/topologies.h"

#include <QRegularExpression>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using command::Argv;
using command::CommandTable;
using command::FanOutTarget;
using session::GuardReason;
using session::GuardVerdict;
using session::judge;
using session::Permission;

namespace {

QString guardReasonName(GuardReason reason)
{
    switch (reason) {
    case GuardReason::None:
        return u"none"_s;
    case GuardReason::DeletesKeys:
        return u"deletes_keys"_s;
    case GuardReason::DeletesScripts:
        return u"deletes_scripts"_s;
    case GuardReason::DeletesFunctions:
        return u"deletes_functions"_s;
    case GuardReason::Dangerous:
        return u"dangerous"_s;
    case GuardReason::HoldsUp:
        return u"holds_up"_s;
    case GuardReason::Writes:
        return u"writes"_s;
    case GuardReason::RunsScript:
        return u"runs_script"_s;
    case GuardReason::Publishes:
        return u"publishes"_s;
    case GuardReason::Unknown:
        return u"unknown"_s;
    case GuardReason::Unclear:
        return u"unclear"_s;
    }
    return {};
}

Argv argvOf(const char* line)
{
    return QByteArray(line).split(' ');
}

/// Three commands as Redis 7 tells them: a module's reader, a reader that it calls dangerous, and
/// one without any flag.
CommandTable serversTable()
{
    const auto entry = [](const QByteArray& name, const QByteArray& flags,
                           const QByteArray& categories) -> QByteArray {
        return "*7\r\n$" + QByteArray::number(name.size()) + "\r\n" + name + "\r\n:2\r\n" + flags
            + ":1\r\n:1\r\n:1\r\n" + categories;
    };
    const QByteArray reply = "*5\r\n" + entry("m.get", "*1\r\n+readonly\r\n", "*1\r\n+@read\r\n")
        + entry("m.all", "*1\r\n+readonly\r\n", "*2\r\n+@read\r\n+@dangerous\r\n")
        + entry("m.do", "*1\r\n+fast\r\n", "*1\r\n+@fast\r\n")
        + entry("m.set", "*2\r\n+readonly\r\n+admin\r\n", "*1\r\n+@admin\r\n")
        + entry("ft.dictadd", "*1\r\n+readonly\r\n", "*1\r\n+@read\r\n");
    resp::ReplyReader reader;
    reader.feed(reply);
    return CommandTable::fromReply(**reader.next()).value();
}

} // namespace

class WriteGuardTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void judges_data();
    void judges();
    void whatOnlyReadsAsksNobody();
    void believesTheServer();
    void theWorstOfSeveral();
    void sentences_data();
    void sentences();
    void countsNodes();
};

void WriteGuardTest::judges_data()
{
    QTest::addColumn<QString>("reason");
    QTest::addColumn<Permission>("usually");
    QTest::addColumn<Permission>("onReadOnly");
    constexpr auto yes = Permission::Allowed;
    constexpr auto ask = Permission::AskFirst;
    constexpr auto no = Permission::Refused;
    const auto rows = [](const char* reason, Permission usually, Permission onReadOnly,
                          std::initializer_list<const char*> lines) {
        for (const char* line : lines)
            QTest::newRow(line) << QString::fromLatin1(reason) << usually << onReadOnly;
    };
    rows("none", yes, yes,
        { "GET k", "get k", "MGET a b", "SCAN 0", "HGETALL k", "EVAL_RO s 0", "EVALSHA_RO s 0",
            "FCALL_RO f 0", "BITFIELD_RO k GET u8 0", "PING", "ECHO x", "SELECT 1", "TIME", "INFO",
            "INFO errorstats", "ROLE", "COMMAND", "COMMAND DOCS get", "CLIENT LIST", "CLIENT ID",
            "CLIENT SETNAME me", "CONFIG GET maxmemory", "CLUSTER NODES", "CLUSTER INFO",
            "cluster slots", "CLUSTER COUNTKEYSINSLOT 1", "CLUSTER REPLICAS id", "SLOWLOG GET",
            "LATENCY LATEST", "MEMORY USAGE k", "MEMORY STATS", "OBJECT ENCODING k", "ACL WHOAMI",
            "ACL LIST", "ACL LOG", "ACL LOG 5", "SCRIPT EXISTS sha", "FUNCTION LIST", "MODULE LIST",
            "SUBSCRIBE c", "PUBSUB CHANNELS", "WAIT 1 0", "CLUSTER HELP", "SCRIPT HELP",
            "OBJECT HELP", "XINFO HELP", "DBSIZE", "RANDOMKEY", "DUMP k", "TTL k",
            "DEBUG OBJECT k" });
    rows("writes", yes, no,
        { "SET k v", "set k v", "DEL k", "UNLINK k", "INCR k", "EXPIRE k 1", "GETDEL k",
            "GETEX k PERSIST", "BITFIELD k SET u8 0 1", "XADD s * a b", "BLPOP k 0",
            "GEORADIUS k 0 0 1 m", "MSET a 1 b 2", "RENAME a b" });
    rows("runs_script", yes, no,
        { "EVAL s 0", "eval s 0", "EVALSHA sha 0", "FCALL f 0", "SCRIPT LOAD s",
            "FUNCTION LOAD lib" });
    rows("publishes", yes, no, { "PUBLISH c m", "SPUBLISH c m" });
    rows("unknown", yes, no, { "NOSUCHCOMMAND a", "OBJECT NOSUCH k", "get|x k" });
    rows("unclear", yes, no, { "MEMORY PURGE" });
    rows("deletes_keys", ask, no, { "FLUSHALL", "flushall ASYNC", "FLUSHDB" });
    rows("deletes_scripts", ask, no, { "SCRIPT FLUSH", "script flush SYNC" });
    rows("deletes_functions", ask, no, { "FUNCTION FLUSH" });
    rows("dangerous", ask, no,
        { "CONFIG SET a b", "config set a b", "CONFIG REWRITE", "CONFIG RESETSTAT", "CONFIG NOSUCH",
            "SHUTDOWN", "SHUTDOWN NOSAVE", "DEBUG SLEEP 1", "DEBUG SEGFAULT", "CLUSTER FAILOVER",
            "CLUSTER RESET HARD", "CLUSTER FORGET id", "CLUSTER SETSLOT 1 NODE id",
            "CLUSTER MEET a 1", "CLUSTER ADDSLOTS 1", "CLUSTER FLUSHSLOTS", "CLUSTER REPLICATE id",
            "CLUSTER NEWANDUNHEARDOF", "ACL SETUSER u", "ACL DELUSER u", "ACL LOG RESET",
            "acl log reset", "CLIENT KILL ID 1", "CLIENT PAUSE 1000", "MODULE LOAD m",
            "REPLICAOF NO ONE", "SLAVEOF NO ONE", "SAVE", "BGSAVE", "SWAPDB 0 1",
            "MIGRATE h 1 k 0 1", "RESTORE k 0 x", "SORT k", "SLOWLOG RESET", "LATENCY RESET",
            "SCRIPT KILL", "SCRIPT DEBUG YES", "FUNCTION DELETE l", "FUNCTION RESTORE x",
            "FUNCTION KILL", "PSYNC ? -1", "FAILOVER" });
    rows("holds_up", ask, ask, { "KEYS *", "keys *", "MONITOR", "SORT_RO k" });
}

void WriteGuardTest::judges()
{
    QFETCH(QString, reason);
    QFETCH(Permission, usually);
    QFETCH(Permission, onReadOnly);
    const Argv argv = argvOf(QTest::currentDataTag());
    const GuardVerdict verdict = judge(argv, {}, false);
    QCOMPARE(guardReasonName(verdict.reason), reason);
    QCOMPARE(verdict.permission, usually);
    QCOMPARE(judge(argv, {}, true).permission, onReadOnly);
    QCOMPARE(verdict.name.isEmpty(), verdict.reason == GuardReason::None);
}

/// Each command that the table flags as reading, and nothing worse, passes everywhere.
void WriteGuardTest::whatOnlyReadsAsksNobody()
{
    const CommandTable table;
    const QByteArrayList names = table.names();
    QVERIFY(names.size() > 200);
    int readers = 0;
    for (const QByteArray& name : names) {
        const quint8 flags = table.find(name)->flags;
        const bool reads = (flags & command::ReadOnlyFlag) && !(flags & command::DangerousFlag);
        const Permission permission = judge(Argv { name, "k" }, table, true).permission;
        if (reads) {
            QVERIFY2(permission == Permission::Allowed, name.constData());
            ++readers;
        }
        if (flags & command::WriteFlag)
            QVERIFY2(permission == Permission::Refused, name.constData());
    }
    QVERIFY(readers > 60);
}

void WriteGuardTest::believesTheServer()
{
    const CommandTable table = serversTable();
    QCOMPARE(judge(Argv { "M.GET", "k" }, {}, true).permission, Permission::Refused); // unknown
    QCOMPARE(judge(Argv { "M.GET", "k" }, table, true).permission, Permission::Allowed);
    QCOMPARE(judge(Argv { "M.ALL", "k" }, table, true).reason, GuardReason::HoldsUp);
    QCOMPARE(judge(Argv { "M.DO", "k" }, table, true).reason, GuardReason::Unclear);
    QCOMPARE(judge(Argv { "M.DO", "k" }, table, false).permission, Permission::Allowed);
    // Not everything: what administers does not only read, and some modules' commands are known.
    QCOMPARE(judge(Argv { "M.SET", "k" }, table, true).reason, GuardReason::Dangerous);
    QCOMPARE(judge(Argv { "FT.DICTADD", "d", "t" }, table, true).permission, Permission::Refused);
}

void WriteGuardTest::theWorstOfSeveral()
{
    const auto of = [](const QList<Argv>& commands, bool readOnly) {
        return judge(commands, CommandTable(), readOnly);
    };
    QCOMPARE(of({}, true), GuardVerdict());
    QCOMPARE(of({ { "GET", "k" }, { "PING" } }, true), GuardVerdict());
    const GuardVerdict writes = of({ { "KEYS", "*" }, { "SET", "k", "v" }, { "FLUSHALL" } }, true);
    QCOMPARE(writes.permission, Permission::Refused);
    QCOMPARE(writes.name, u"SET"_s);
    const GuardVerdict asks = of({ { "SET", "k", "v" }, { "CONFIG", "SET", "a", "b" } }, false);
    QCOMPARE(asks.permission, Permission::AskFirst);
    QCOMPARE(asks.name, u"CONFIG SET"_s);
}

void WriteGuardTest::sentences_data()
{
    QTest::addColumn<bool>("readOnly");
    QTest::addColumn<int>("nodes");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("SET k v") << true << 1 << u"Slotscope is read-only. SET writes. Not sent."_s;
    QTest::newRow("EVAL s 0")
        << true << 1
        << u"Slotscope is read-only. EVAL brings a script, which may write. Not sent."_s;
    QTest::newRow("FLUSHALL") << false << 3 << u"FLUSHALL deletes all keys on 3 nodes. Send it?"_s;
    QTest::newRow("SCRIPT FLUSH")
        << false << 1 << u"SCRIPT FLUSH deletes all cached scripts on one node. Send it?"_s;
    QTest::newRow("config set a b")
        << false << 6
        << u"CONFIG SET counts as a dangerous command, and would be executed on 6 nodes. Send it?"_s;
}

void WriteGuardTest::sentences()
{
    QFETCH(bool, readOnly);
    QFETCH(int, nodes);
    QFETCH(QString, sentence);
    const GuardVerdict verdict = judge(argvOf(QTest::currentDataTag()), {}, readOnly);
    QCOMPARE(readOnly ? refusalSentence(verdict, nodes) : guardQuestion(verdict, nodes), sentence);
    if (!readOnly)
        QVERIFY(refusalSentence(verdict, nodes).contains(u"confirmed"));
    QCOMPARE(refusalSentence(verdict, nodes).startsWith(explain::slotscopeIsReadOnly()), readOnly);
}

void WriteGuardTest::countsNodes()
{
    const cluster::Topology map = threeShards({ { u"a"_s, 1 }, { u"b"_s, 2 }, { u"c"_s, 3 } });
    QCOMPARE(session::nodesReached(map), 1);
    QCOMPARE(session::nodesReached(map, FanOutTarget::Primaries), 3);
    QCOMPARE(session::nodesReached(map, FanOutTarget::Replicas), 0);
    QCOMPARE(session::nodesReached(map, FanOutTarget::Slots), 1);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::WriteGuardTest)
#include "tst_writeguard.moc"
