// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/commandreply.h"
#include "core/command/keylookup.h"
#include "core/sandbox/sandboxcluster.h"
#include "core/session/session.h"
#include "tests/live/realserver.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <csignal>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using command::Argv;
using command::CommandEntry;
using command::CommandTable;
using command::KeySource;
using command::ServerCommand;
using sandbox::SandboxCluster;

namespace {

const QString program = QStringLiteral(SLOTSCOPE_PROGRAM);

struct Output
{
    int exitCode = -1;
    QJsonObject json;
};

Output exec(const QString& endpoint, const QStringList& options, const QStringList& command)
{
    QProcess process;
    process.start(program,
        QStringList { u"exec"_s, endpoint, u"--format"_s, u"json"_s } + options
            + QStringList { u"--"_s } + command);
    if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 60'000))
        return {};
    return { process.exitCode(),
        QJsonDocument::fromJson(process.readAllStandardOutput()).object() };
}

} // namespace

/// What real servers say of their commands, and commands to several of them. The last test leaves
/// the cluster damaged.
class LiveCommandsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void cleanupTestCase() { m_cluster.reset(); }

    void builtInTableIsRight_data();
    void builtInTableIsRight();
    void sessionLoadsTheTable();
    void keysAreTheServers();
    void dbsizeIsTheSum();
    void splitsAreWhole();
    void scriptsReachEveryNode();
    void refusedInACluster();
    void killedPrimaryMakesItPartial();

private:
    resp::Reply ask(const Argv& argv, int protocol = 3);
    quint16 port(int node) const { return m_cluster->manifest().nodes.at(node).port; }
    QString endpoint(int node) const { return u"127.0.0.1:%1"_s.arg(port(node)); }

    std::unique_ptr<SandboxCluster> m_cluster;
};

void LiveCommandsTest::initTestCase()
{
    m_cluster = std::make_unique<SandboxCluster>(sandbox::ClusterSpec {});
    QSignalSpy started(m_cluster.get(), &SandboxCluster::started);
    m_cluster->start();
    QTRY_COMPARE_WITH_TIMEOUT(started.size(), 1, 60'000);
    QVERIFY(started.first().at(0).toBool());
    QCOMPARE(m_cluster->manifest().nodes.size(), 6);
    for (int i = 0; i < 21; ++i)
        QCOMPARE(exec(endpoint(0), {}, { u"SET"_s, u"key:%1"_s.arg(i), u"v"_s }).exitCode, 0);
}

resp::Reply LiveCommandsTest::ask(const Argv& argv, int protocol)
{
    net::ConnectionOptions options;
    options.respVersion = protocol;
    net::ConnectionPool pool(options);
    std::optional<resp::Reply> reply;
    pool.connectionTo({ u"127.0.0.1"_s, port(0) })->send(argv, [&](const net::Answer& answer) {
        reply = answer.reply ? *answer.reply : resp::Reply();
    });
    if (!QTest::qWaitFor([&] { return reply.has_value(); }, 10'000))
        return {};
    return *reply;
}

void LiveCommandsTest::builtInTableIsRight_data()
{
    QTest::addColumn<int>("protocol");
    QTest::newRow("RESP2") << 2;
    QTest::newRow("RESP3") << 3;
}

// The built-in table was made from this version: nothing of it may differ but what is corrected.
void LiveCommandsTest::builtInTableIsRight()
{
    QFETCH(int, protocol);
    const QByteArray version = redisCli(port(0), { u"INFO"_s, u"server"_s });
    const resp::Reply reply = ask({ "COMMAND" }, protocol);
    const auto said = command::parseCommandReply(reply);
    QVERIFY(said.hasValue());
    QVERIFY(said->size() > 300);
    const CommandTable builtIn;
    const auto live = CommandTable::fromReply(reply);
    QVERIFY(live.hasValue());
    const bool isSame = version.contains("redis_version:7.0.");
    int corrected = 0;
    for (const ServerCommand& one : *said) {
        const QByteArray& name = one.entry.name;
        const CommandEntry* known = builtIn.find(name);
        QVERIFY2(live->find(name), name.constData());
        if (!isSame)
            continue;
        QVERIFY2(known, name.constData());
        QVERIFY2(known->arity == one.entry.arity, name.constData());
        QVERIFY2(known->flags == one.entry.flags, name.constData());
        if (known->source == KeySource::Correction)
            ++corrected;
        else
            QVERIFY2(known->specs == one.entry.specs && !one.entry.isUnclear, name.constData());
    }
    if (isSame)
        QCOMPARE(corrected, 5);
}

void LiveCommandsTest::sessionLoadsTheTable()
{
    session::SessionConfig config;
    config.endpoint.endpoint = { u"127.0.0.1"_s, port(1) };
    config.refreshInterval = std::chrono::milliseconds(0);
    config.commandTableDelay = std::chrono::milliseconds(0);
    session::Session session(config);
    QSignalSpy tables(&session, &session::Session::commandTableChanged);
    session.open();
    QTRY_COMPARE_WITH_TIMEOUT(tables.size(), 1, 10'000);
    QVERIFY(session.commandTable().isFromServer());
    QCOMPARE(session.commandTable().find("get")->source, KeySource::Server);
}

// COMMAND GETKEYS of this server against our own extraction, where the server answers at all.
void LiveCommandsTest::keysAreTheServers()
{
    QFile file(QFINDTESTDATA("../data/command_getkeys.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray cases = QJsonDocument::fromJson(file.readAll()).object()[u"cases"].toArray();
    int compared = 0;
    for (const QJsonValue& one : cases) {
        Argv argv;
        for (const QJsonValue& argument : one[u"command"].toArray())
            argv.append(argument.toString().toUtf8());
        const resp::Reply reply = ask(Argv { "COMMAND", "GETKEYS" } + argv);
        if (reply.type() != resp::Type::Array || reply.size() == 0)
            continue;
        QList<QByteArray> keys;
        for (const resp::Reply& key : reply)
            keys.append(key.toByteArray());
        QCOMPARE(command::extractKeys(argv).keys, keys);
        QCOMPARE(command::positionsOfKeys(argv, reply).size(), keys.size());
        ++compared;
    }
    QVERIFY(compared >= 20);
}

void LiveCommandsTest::dbsizeIsTheSum()
{
    qint64 sum = 0;
    for (int node = 0; node < 3; ++node)
        sum += redisCli(port(node), { u"DBSIZE"_s }).trimmed().split(' ').last().toLongLong();
    QVERIFY(sum >= 21);
    const Output output = exec(endpoint(4), { u"--on"_s, u"auto"_s }, { u"DBSIZE"_s });
    QCOMPARE(output.exitCode, 0);
    QCOMPARE(output.json[u"schema"_s].toInt(), 1);
    QCOMPARE(output.json[u"on"_s].toString(), u"primaries"_s);
    QCOMPARE(output.json[u"rows"_s].toArray().size(), 3);
    QCOMPARE(output.json[u"reply"_s].toObject()[u"value"_s].toInteger(), sum);
    QCOMPARE(output.json[u"partial"_s], QJsonValue(false));
    // Replicas have the same keys; all nodes together count them twice.
    QTRY_COMPARE_WITH_TIMEOUT(exec(endpoint(0), { u"--on"_s, u"nodes"_s }, { u"DBSIZE"_s })
                                  .json[u"reply"_s]
                                  .toObject()[u"value"_s]
                                  .toInteger(),
        2 * sum, 20'000);
}

void LiveCommandsTest::splitsAreWhole()
{
    const QStringList keys { u"s:a"_s, u"s:b"_s, u"s:c"_s, u"{x}1"_s, u"{x}2"_s };
    QStringList set { u"MSET"_s };
    for (const QString& key : keys)
        set << key << key.toUpper();
    QCOMPARE(exec(endpoint(0), {}, set).exitCode, 1); // CROSSSLOT, recognised before sending
    const Output stored = exec(endpoint(0), { u"--split"_s }, set);
    QCOMPARE(stored.exitCode, 0);
    QCOMPARE(stored.json[u"rows"_s].toArray().size(), 4);
    QCOMPARE(stored.json[u"atomic"_s], QJsonValue(false));
    QCOMPARE(stored.json[u"reply"_s].toObject()[u"value"_s].toString(), u"OK"_s);
    const Output read = exec(endpoint(0), { u"--split"_s },
        QStringList { u"MGET"_s } + keys + QStringList { u"none"_s });
    const QJsonArray values = read.json[u"reply"_s].toObject()[u"value"_s].toArray();
    QCOMPARE(values.size(), 6);
    for (int i = 0; i < keys.size(); ++i)
        QCOMPARE(values.at(i).toObject()[u"value"_s].toString(), keys.at(i).toUpper());
    QCOMPARE(values.at(5).toObject()[u"type"_s].toString(), u"null"_s);
    const Output gone = exec(endpoint(0), { u"--split"_s }, QStringList { u"DEL"_s } + keys);
    QCOMPARE(gone.json[u"reply"_s].toObject()[u"value"_s].toInteger(), 5);
    const Output refused
        = exec(endpoint(0), { u"--split"_s }, { u"MSETNX"_s, u"a"_s, u"1"_s, u"b"_s, u"2"_s });
    QCOMPARE(refused.exitCode, 1);
    QCOMPARE(refused.json[u"outcome"_s].toString(), u"not_sent"_s);
}

void LiveCommandsTest::scriptsReachEveryNode()
{
    const Output output
        = exec(endpoint(0), { u"--on"_s, u"auto"_s }, { u"SCRIPT"_s, u"LOAD"_s, u"return 1"_s });
    QCOMPARE(output.exitCode, 0);
    QCOMPARE(output.json[u"rows"_s].toArray().size(), 6);
    const QString sha = output.json[u"reply"_s].toObject()[u"value"_s].toString();
    QCOMPARE(sha.size(), 40);
    for (int node = 0; node < 6; ++node)
        QVERIFY(redisCli(port(node), { u"SCRIPT"_s, u"EXISTS"_s, sha }).contains('1'));
}

// Sent all the same: a newer server may allow it, and this one's word is the answer.
void LiveCommandsTest::refusedInACluster()
{
    for (const QStringList& command :
        { QStringList { u"SELECT"_s, u"1"_s }, QStringList { u"SWAPDB"_s, u"0"_s, u"1"_s } }) {
        const Output output = exec(endpoint(0), {}, command);
        QCOMPARE(output.exitCode, 1);
        QCOMPARE(output.json[u"outcome"_s].toString(), u"error"_s);
    }
}

void LiveCommandsTest::killedPrimaryMakesItPartial()
{
    const auto& killed = m_cluster->manifest().nodes.at(0);
    QCOMPARE(::kill(static_cast<pid_t>(killed.pid), SIGKILL), 0);
    QTRY_VERIFY_WITH_TIMEOUT(redisCli(killed.port, { u"PING"_s }).trimmed() != "PONG", 20'000);
    const Output output = exec(endpoint(1), { u"--on"_s, u"primaries"_s }, { u"DBSIZE"_s });
    QCOMPARE(output.exitCode, 1);
    QCOMPARE(output.json[u"outcome"_s].toString(), u"partial"_s);
    QCOMPARE(output.json[u"partial"_s], QJsonValue(true));
    const QJsonArray rows = output.json[u"rows"_s].toArray();
    QCOMPARE(rows.size(), 3);
    qint64 sum = 0;
    int failed = 0;
    for (const QJsonValue& row : rows) {
        if (row[u"address"_s].toString() == endpoint(0)) {
            QCOMPARE(row[u"state"_s].toString(), u"failed"_s);
            QCOMPARE(row[u"outcome"_s].toString(), u"connect_failed"_s);
            ++failed;
        } else {
            sum += row[u"reply"_s].toObject()[u"value"_s].toInteger();
        }
    }
    QCOMPARE(failed, 1);
    QCOMPARE(output.json[u"reply"_s].toObject()[u"value"_s].toInteger(), sum);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::LiveCommandsTest)
#include "tst_livecommands.moc"
