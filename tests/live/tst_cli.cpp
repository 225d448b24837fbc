// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/profilestore.h"
#include "core/sandbox/sandboxcluster.h"
#include "tests/core/sessionfixture.h"
#include "tests/live/fakewindow.h"
#include "tests/live/programrun.h"
#include "tests/live/realserver.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <csignal>
#include <memory>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using sandbox::Manifest;
using sandbox::ManifestNode;
using sandbox::SandboxCluster;

namespace {

const QString program = QStringLiteral(SLOTSCOPE_PROGRAM);

using Output = ProgramOutput;
using Environment = QHash<QString, QString>;

Output call(const QStringList& arguments, const Environment& extra = {},
    const QByteArray& input = {}, const QString& executable = program)
{
    return runProgram(executable, arguments, extra, input);
}

} // namespace

class CliTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void cleanupTestCase() { m_cluster.reset(); }

    void saysItsVersion();
    void saysWhenTheResultIsLost_data();
    void saysWhenTheResultIsLost();
    void needsADisplayForTheWindow();
    void helpHasOnlyWhatThereIs_data();
    void helpHasOnlyWhatThereIs();
    void refusesWrongUsage_data();
    void refusesWrongUsage();
    void refusesAPasswordInTheUrl();
    void inspectFollowsTheContract();
    void inspectPrintsText();
    void inspectFails_data();
    void inspectFails();
    void execFollowsTheContract();
    void execExits_data();
    void execExits();
    void execOutcomeUnknown();
    void execKeepsBytes();
    void execStartsAtANode();
    void execReadsFromAReplica();
    void execWaitsAsLongAsTheCommandSays();
    void execIsInterrupted();
    void inspectAndCheckAreInterrupted_data();
    void inspectAndCheckAreInterrupted();
    void passwords_data();
    void passwords();
    void mapsAddresses();
    void knowsProfiles();
    void keepsTheLabelsOfAProfile();
    void onAutoAsksTheServer_data();
    void onAutoAsksTheServer();
    void readOnlyProfiles_data();
    void readOnlyProfiles();
    void becomesTheWindow();

private:
    QString endpoint(int node) const
    {
        return u"127.0.0.1:%1"_s.arg(m_cluster->manifest().nodes.at(node).port);
    }

    std::unique_ptr<SandboxCluster> m_cluster;
};

void CliTest::initTestCase()
{
    QVERIFY(QFileInfo(program).isExecutable());
    m_cluster = std::make_unique<SandboxCluster>(sandbox::ClusterSpec {});
    QSignalSpy started(m_cluster.get(), &SandboxCluster::started);
    m_cluster->start();
    QTRY_COMPARE_WITH_TIMEOUT(started.size(), 1, 60'000);
    QVERIFY2(started.first().at(0).toBool(),
        qPrintable(started.first().at(1).value<support::Error>().detail));
}

void CliTest::saysItsVersion()
{
    const Output output = call({ u"--version"_s });
    QCOMPARE(output.exitCode, 0);
    QVERIFY(QRegularExpression(u"^slotscope \\d+\\.\\d+\\.\\d+\n$"_s)
                .match(QString::fromUtf8(output.standard))
                .hasMatch());
    QVERIFY(output.error.isEmpty());
}

void CliTest::saysWhenTheResultIsLost_data()
{
    QTest::addColumn<QString>("output");
    QTest::addColumn<bool>("isLost");
    QTest::newRow("a full disk") << u">/dev/full"_s << true;
    // Else a socket would get the place of standard output, and the server the result.
    QTest::newRow("closed") << u">&-"_s << true;
    QTest::newRow("a reader that has gone") << u"| true"_s << false;
}

void CliTest::saysWhenTheResultIsLost()
{
    QFETCH(QString, output);
    QFETCH(bool, isLost);
    const QString line = u"{ '%1' inspect %2; echo $? >&2; } "_s.arg(program, endpoint(0));
    const Output shell = call({ u"-c"_s, line + output }, {}, {}, u"/bin/sh"_s);
    QCOMPARE(shell.error.contains("the result could not be written: "), isLost);
    QVERIFY2(shell.error.endsWith(isLost ? "\n1\n" : "0\n"), shell.error.constData());
}

void CliTest::needsADisplayForTheWindow()
{
    const Output output = call({ u"127.0.0.1:1"_s }, { { u"QT_QPA_PLATFORM"_s, QString() } });
    QCOMPARE(output.exitCode, 1);
    QVERIFY2(output.error.startsWith("slotscope: there is no display"), output.error.constData());
#ifdef SLOTSCOPE_HAS_WINDOW
    // One that is named and gone: the window finds out.
    const Output dead = call({ u"127.0.0.1:1"_s },
        { { u"QT_QPA_PLATFORM"_s, QString() }, { u"DISPLAY"_s, u":32123"_s } });
    QVERIFY2(dead.exitCode == 1, dead.told().constData());
    QVERIFY2(dead.error.contains("slotscope-window: there is no display"), dead.told().constData());
#endif
}

void CliTest::helpHasOnlyWhatThereIs_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("mentions");
    QTest::newRow("window") << QStringList { u"--help"_s } << QByteArray("--tls-name");
    QTest::newRow("inspect") << QStringList { u"inspect"_s, u"-h"_s } << QByteArray("--format");
    QTest::newRow("check") << QStringList { u"check"_s, u"--help"_s }
                           << QByteArray("Exit status: 0");
    QTest::newRow("doctor") << QStringList { u"doctor"_s, u"--help"_s }
                            << QByteArray("Exit status: 0");
    QTest::newRow("exec") << QStringList { u"exec"_s, u"--help"_s } << QByteArray("--redirects");
    QTest::newRow("report") << QStringList { u"report"_s, u"--help"_s } << QByteArray("--force");
    QTest::newRow("sandbox") << QStringList { u"sandbox"_s, u"--help"_s } << QByteArray("--demo");
}

void CliTest::helpHasOnlyWhatThereIs()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, mentions);
    const Output output = call(arguments);
    QCOMPARE(output.exitCode, 0);
    QVERIFY(output.standard.startsWith("Usage: slotscope "));
    QVERIFY(output.standard.contains(mentions));
}

void CliTest::refusesWrongUsage_data()
{
    QTest::addColumn<QString>("line");
    for (const char* line : { "inspect", "inspect a b", "inspect http://x", "inspect h:99999",
             "inspect h --format yaml", "inspect h --timeout 0", "inspect h --timeout soon",
             "inspect h --resp 4", "inspect h --map nonsense", "inspect h --ca /no/such/file",
             "inspect h --password-file /no/such/file", "inspect h --cert /no/such/file",
             "inspect h --key /no/such/file", "inspect h --socks a:0", "inspect h --ssh -a",
             "inspect h --ssh a --socks b:1", "inspect h --key-password-file /no/such/file",
             "inspect profile:nobody", "inspect h --no-such-option", "exec h:1", "exec h:1 GET k",
             "exec h:1 --", "exec redis://h/3 -- PING", "exec h:1 --from x -- PING",
             "exec h:1 --redirects maybe -- PING", "inspect h:1 --allow-writes",
             "exec h:1 -- SUBSCRIBE c", "exec h:1 -- MONITOR", "sandbox extra",
             "sandbox --primaries 0", "sandbox --primaries many", "sandbox --port 80",
             "sandbox --port 60000", "sandbox --demo d --primaries 1", "check", "check a b",
             "doctor", "doctor a b", "report", "report h:1", "report h:1 --output",
             "report h:1 --output x.txt", "report h:1 --output .png", "report h:1 --output /",
             "report h:1 --output /no/such/folder/x.json",
             "report h:1 --output /tmp/no.json --deadline 0",
             "report h:1 --output /tmp/no.json --deadline soon",
             "report h:1 --output /tmp/no.json --redact everything",
             "report a b --output /tmp/no.json", "h:1 --no-such-option", "one two" }) {
        QTest::newRow(line) << QString::fromLatin1(line);
    }
}

void CliTest::refusesWrongUsage()
{
    QFETCH(QString, line);
    const Output output = call(line.split(u' '));
    QCOMPARE(output.exitCode, 2);
    QVERIFY2(output.standard.isEmpty(), output.standard.constData());
    QVERIFY(output.error.startsWith("slotscope: "));
    QVERIFY(output.error.contains("Usage: slotscope "));
}

void CliTest::refusesAPasswordInTheUrl()
{
    for (const QStringList& arguments :
        { QStringList { u"inspect"_s, u"redis://u:s3cr3t@127.0.0.1:1"_s },
            QStringList { u"rediss://:s3cr3t@h"_s } }) {
        const Output output = call(arguments);
        QCOMPARE(output.exitCode, 2);
        QVERIFY(output.error.contains("--password-file"));
        QVERIFY(!output.error.contains("s3cr3t"));
    }
}

void CliTest::inspectFollowsTheContract()
{
    const Output output = call({ u"inspect"_s, endpoint(3), u"--format"_s, u"json"_s });
    QCOMPARE(output.exitCode, 0);
    QVERIFY(output.error.isEmpty());
    const QByteArray compact = QByteArray(output.standard).replace(' ', "").replace('\n', "");
    QVERIFY(compact.startsWith("{\"schema\":1,\"version\":\""));
    const QJsonObject json = output.json();
    for (const char* field : { "captured_at", "seed", "kind", "server", "state", "current_epoch",
             "answered_by", "nodes", "shards", "slot_owners", "uncovered", "disputed", "migrating",
             "masters", "warnings" }) {
        QVERIFY2(json.contains(QLatin1String(field)), field);
    }
    static const QRegularExpression time(
        u"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$"_s);
    QVERIFY(time.match(json.value(u"captured_at"_s).toString()).hasMatch());
    QCOMPARE(json.value(u"kind"_s).toString(), u"cluster"_s);
    QCOMPARE(json.value(u"state"_s).toString(), u"ok"_s);
    QCOMPARE(json.value(u"seed"_s).toObject().value(u"typed"_s).toString(), endpoint(3));
    QCOMPARE(json.value(u"seed"_s).toObject().value(u"dialled"_s).toString(), endpoint(3));
    const Manifest& manifest = m_cluster->manifest();
    QCOMPARE(json.value(u"answered_by"_s).toString(), manifest.nodes.at(3).id.toString());

    const QJsonArray nodes = json.value(u"nodes"_s).toArray();
    QCOMPARE(nodes.size(), 6);
    for (const QJsonValue& value : nodes) {
        const QJsonObject node = value.toObject();
        for (const char* field :
            { "id", "address", "ip", "hostname", "port", "tls_port", "bus_port", "role",
                "primary_id", "health", "link", "config_epoch", "flags", "myself" }) {
            QVERIFY2(node.contains(QLatin1String(field)), field);
        }
        const cluster::NodeId id(node.value(u"id"_s).toString().toLatin1());
        const ManifestNode* known = manifest.nodeById(id);
        QVERIFY(known != nullptr);
        QCOMPARE(node.value(u"port"_s).toInt(), known->port);
        QCOMPARE(node.value(u"bus_port"_s).toInt(), known->port + 10000);
        QVERIFY(node.value(u"hostname"_s).isNull());
        const bool primary = node.value(u"role"_s).toString() == "primary"_L1;
        QCOMPARE(node.value(u"primary_id"_s).isNull(), primary);
    }
    int covered = 0;
    int next = 0;
    const QJsonArray owners = json.value(u"slot_owners"_s).toArray();
    for (const QJsonValue& value : owners) {
        const QJsonArray owner = value.toArray();
        QCOMPARE(owner.size(), 3);
        QCOMPARE(owner.at(0).toInt(), next);
        next = owner.at(1).toInt() + 1;
        covered += owner.at(1).toInt() - owner.at(0).toInt() + 1;
    }
    QCOMPARE(covered, 16384);
    const QJsonArray shards = json.value(u"shards"_s).toArray();
    QCOMPARE(shards.size(), 3);
    QCOMPARE(shards.first().toObject().value(u"label"_s).toString(), u"S01"_s);
    QCOMPARE(json.value(u"uncovered"_s).toArray().size(), 0);
}

void CliTest::inspectPrintsText()
{
    const Output output = call({ u"inspect"_s, endpoint(0) });
    QCOMPARE(output.exitCode, 0);
    for (int i = 0; i < 6; ++i)
        QVERIFY(output.standard.contains(endpoint(i).toUtf8()));
    for (const char* text : { "S01", "S03", "7.0", "5461", "0-5460" })
        QVERIFY2(output.standard.contains(text), text);
}

void CliTest::inspectFails_data()
{
    QTest::addColumn<QString>("endpoint");
    QTest::addColumn<QString>("stage");
    QTest::newRow("refused") << u"127.0.0.1:1"_s << u"tcp"_s;
    QTest::newRow("unknown host") << u"no-such-host.invalid:6379"_s << u"resolve"_s;
    // Refused by its name alone: nobody is dialled.
    QTest::newRow("Memcached") << u"mycache.fnjyzo.cfg.use1.cache.amazonaws.com:11211"_s
                               << u"kind"_s;
}

void CliTest::inspectFails()
{
    QFETCH(QString, endpoint);
    QFETCH(QString, stage);
    const Output json = call({ u"inspect"_s, endpoint, u"--format"_s, u"json"_s });
    QCOMPARE(json.exitCode, 3);
    const QJsonObject error = json.json().value(u"error"_s).toObject();
    QCOMPARE(error.value(u"stage"_s).toString(), stage);
    QVERIFY(!error.value(u"message"_s).toString().isEmpty());
    QVERIFY(error.contains(u"address"_s));
    const Output text = call({ u"inspect"_s, endpoint });
    QCOMPARE(text.exitCode, 3);
    QVERIFY(text.standard.isEmpty());
    QVERIFY(!text.error.isEmpty() && !text.error.contains(" answers")); // nobody has
}

void CliTest::execFollowsTheContract()
{
    QCOMPARE(
        call({ u"exec"_s, endpoint(0), u"--"_s, u"SET"_s, u"user:2935"_s, u"ok"_s }).exitCode, 0);
    // A replica of another shard: it answers MOVED.
    const Output output = call({ u"exec"_s, endpoint(4), u"--from"_s, u"seed"_s, u"--format"_s,
        u"json"_s, u"--"_s, u"GET"_s, u"user:2935"_s });
    QCOMPARE(output.exitCode, 0);
    QVERIFY(output.error.isEmpty());
    const QJsonObject json = output.json();
    QCOMPARE(json.value(u"schema"_s).toInt(), 1);
    QCOMPARE(json.value(u"command"_s).toArray(), (QJsonArray { u"GET"_s, u"user:2935"_s }));
    QCOMPARE(json.value(u"keys"_s).toArray(), QJsonArray { u"user:2935"_s });
    QCOMPARE(json.value(u"slot"_s).toInt(), 1738);
    QCOMPARE(json.value(u"outcome"_s).toString(), u"reply"_s);
    const QJsonObject reply { { u"type"_s, u"string"_s }, { u"value"_s, u"ok"_s } };
    QCOMPARE(json.value(u"reply"_s).toObject(), reply);
    const QJsonArray hops = json.value(u"hops"_s).toArray();
    QCOMPARE(hops.size(), 2);
    for (const QJsonValue& value : hops) {
        for (const char* field :
            { "node_id", "address", "dialled", "asking", "started_micros", "connect_micros",
                "wait_micros", "micros", "outcome", "raw", "slot", "target", "map_changed" }) {
            QVERIFY2(value.toObject().contains(QLatin1String(field)), field);
        }
    }
    const QJsonObject moved = hops.first().toObject();
    QCOMPARE(moved.value(u"outcome"_s).toString(), u"moved"_s);
    QCOMPARE(moved.value(u"raw"_s).toString(), u"MOVED 1738 "_s + endpoint(0));
    QCOMPARE(moved.value(u"target"_s).toString(), endpoint(0));
    QVERIFY(moved.value(u"map_changed"_s).toBool());
    QVERIFY(hops.last().toObject().value(u"raw"_s).isNull());
    QCOMPARE(hops.last().toObject().value(u"node_id"_s).toString(),
        m_cluster->manifest().nodes.first().id.toString());
}

void CliTest::execExits_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("outcome");
    const QStringList none;
    QTest::newRow("reply") << none << QStringList { u"GET"_s, u"user:2935"_s } << 0 << u"reply"_s;
    QTest::newRow("keyless") << none << QStringList { u"PING"_s } << 0 << u"reply"_s;
    QTest::newRow("error") << none << QStringList { u"NOSUCH"_s } << 1 << u"error"_s;
    QTest::newRow("plain client") << QStringList { u"--from"_s, u"seed"_s, u"--redirects"_s,
        u"stop"_s } << QStringList { u"GET"_s, u"user:2935"_s }
                                  << 1 << u"redirect_not_followed"_s;
    QTest::newRow("cross slot") << none << QStringList { u"MGET"_s, u"a"_s, u"b"_s } << 1
                                << u"cross_slot"_s;
    QTest::newRow("node refuses") << QStringList { u"--from"_s, u"127.0.0.1:1"_s }
                                  << QStringList { u"PING"_s } << 3 << u"connect_failed"_s;
}

void CliTest::execExits()
{
    QFETCH(QStringList, options);
    QFETCH(QStringList, command);
    QFETCH(int, exitCode);
    QFETCH(QString, outcome);
    const QStringList arguments
        = QStringList { u"exec"_s, endpoint(1) } + options + QStringList { u"--"_s } + command;
    const Output text = call(arguments);
    QCOMPARE(text.exitCode, exitCode);
    QVERIFY(!text.standard.isEmpty());
    QStringList withFormat = arguments;
    withFormat.insert(2, u"--format=json"_s);
    const Output json = call(withFormat);
    QCOMPARE(json.exitCode, exitCode);
    QCOMPARE(json.json().value(u"outcome"_s).toString(), outcome);
}

void CliTest::execOutcomeUnknown()
{
    FakeNode node;
    node.on("INCR", { { FakeNode::Act::Silence, {}, 0 } });
    const Output output = call({ u"exec"_s, node.endpoint().toString(), u"--from"_s, u"seed"_s,
        u"--timeout"_s, u"0.3"_s, u"--format"_s, u"json"_s, u"--"_s, u"INCR"_s, u"n"_s });
    QCOMPARE(output.exitCode, 4);
    QCOMPARE(output.json().value(u"outcome"_s).toString(), u"outcome_unknown"_s);
    QCOMPARE(node.received().count("INCR n"), 1);
}

void CliTest::execKeepsBytes()
{
    // A shell, because QProcess would encode the argument.
    const Output output = call({ u"-c"_s,
                                   u"exec \"$0\" exec \"$1\" --format json -- ECHO "
                                   "\"$(printf 'a\\377\\001b ')\""_s,
                                   program, endpoint(0) },
        {}, {}, u"/bin/sh"_s);
    QCOMPARE(output.exitCode, 0);
    const QJsonValue value = output.json().value(u"reply"_s).toObject().value(u"value"_s);
    QCOMPARE(QByteArray::fromBase64(value.toObject().value(u"base64"_s).toString().toLatin1()),
        QByteArray("a\xff\x01"
                   "b "));
}

void CliTest::execStartsAtANode()
{
    const Output output = call({ u"exec"_s, endpoint(0), u"--from"_s, endpoint(5), u"--format"_s,
        u"json"_s, u"--"_s, u"CLUSTER"_s, u"MYID"_s });
    QCOMPARE(output.exitCode, 0);
    QCOMPARE(output.json().value(u"reply"_s).toObject().value(u"value"_s).toString(),
        m_cluster->manifest().nodes.at(5).id.toString());
}

void CliTest::execReadsFromAReplica()
{
    QCOMPARE(
        call({ u"exec"_s, endpoint(0), u"--"_s, u"SET"_s, u"user:2935"_s, u"ok"_s }).exitCode, 0);
    const Output output = call({ u"exec"_s, endpoint(1), u"--from"_s, u"replica"_s, u"--format"_s,
        u"json"_s, u"--"_s, u"STRLEN"_s, u"user:2935"_s });
    QCOMPARE(output.exitCode, 0);
    QCOMPARE(output.json().value(u"outcome"_s).toString(), u"reply"_s);
    QCOMPARE(
        output.json().value(u"behaviour"_s).toObject().value(u"start"_s).toString(), u"replica"_s);
    const QJsonArray hops = output.json().value(u"hops"_s).toArray();
    QCOMPARE(hops.size(), 1);
    QVERIFY(hops.first().toObject().value(u"replica_read"_s).toBool());
    QVERIFY(hops.first().toObject().value(u"address"_s).toString() != endpoint(0));
}

void CliTest::execWaitsAsLongAsTheCommandSays()
{
    const Output output = call({ u"exec"_s, endpoint(0), u"--timeout"_s, u"0.3"_s, u"--format"_s,
        u"json"_s, u"--"_s, u"BLPOP"_s, u"nobody:pushes"_s, u"0.8"_s });
    QCOMPARE(output.exitCode, 0);
    QCOMPARE(output.json().value(u"outcome"_s).toString(), u"reply"_s);
}

// Ctrl-C while the cluster is still being discovered.
void CliTest::execIsInterrupted()
{
    FakeNode node;
    node.setMute(true);
    QProcess process;
    process.setProcessEnvironment(programEnvironment({}));
    process.start(program,
        { u"exec"_s, node.endpoint().toString(), u"--format"_s, u"json"_s, u"--"_s, u"GET"_s,
            u"k"_s });
    QTRY_COMPARE_WITH_TIMEOUT(node.connectionCount(), 1, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(!node.chunks().isEmpty(), 20'000); // it listens to signals by now
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 20'000);
    QCOMPARE(process.exitCode(), 1);
    const QJsonObject json = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    QCOMPARE(json.value(u"outcome"_s).toString(), u"cancelled"_s);
}

void CliTest::inspectAndCheckAreInterrupted_data()
{
    QTest::addColumn<QString>("command");
    QTest::newRow("inspect") << u"inspect"_s;
    QTest::newRow("check") << u"check"_s;
    QTest::newRow("doctor") << u"doctor"_s;
}

void CliTest::inspectAndCheckAreInterrupted()
{
    QFETCH(const QString, command);
    FakeNode node;
    node.setMute(true);
    QProcess process;
    process.setProcessEnvironment(programEnvironment({}));
    process.start(program, { command, node.endpoint().toString(), u"--format"_s, u"json"_s });
    QTRY_VERIFY_WITH_TIMEOUT(!node.chunks().isEmpty(), 20'000);
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 20'000);
    QCOMPARE(process.exitCode(), 1);
    const QJsonObject json = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    QVERIFY(json.contains(u"error"_s));
}

void CliTest::passwords_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<int>("exitCode");
    const QStringList input { u"--password-file"_s, u"-"_s };
    QTest::newRow("none") << QStringList() << QString() << QByteArray() << 3;
    QTest::newRow("variable") << QStringList() << u"s3cr3t"_s << QByteArray() << 0;
    QTest::newRow("wrong variable") << QStringList() << u"wrong"_s << QByteArray() << 3;
    QTest::newRow("input") << input << QString() << QByteArray("s3cr3t\n") << 0;
    QTest::newRow("input goes before variable") << input << u"wrong"_s << QByteArray("s3cr3t") << 0;
    QTest::newRow("empty input") << input << QString() << QByteArray() << 2;
}

void CliTest::passwords()
{
    QFETCH(QStringList, options);
    QFETCH(QString, variable);
    QFETCH(QByteArray, input);
    QFETCH(int, exitCode);
    RealServer server({ u"--requirepass"_s, u"s3cr3t"_s });
    QVERIFY(server.start());
    Environment environment;
    if (!variable.isEmpty())
        environment.insert(u"SLOTSCOPE_PASSWORD"_s, variable);
    const QStringList arguments { u"inspect"_s, server.endpoint().toString(), u"--format"_s,
        u"json"_s };
    const Output output = call(arguments + options, environment, input);
    QCOMPARE(output.exitCode, exitCode);
    QVERIFY(!output.standard.contains("s3cr3t"));
    QVERIFY(!output.error.contains("s3cr3t"));
    if (exitCode == 3)
        QCOMPARE(
            output.json().value(u"error"_s).toObject().value(u"stage"_s).toString(), u"auth"_s);
}

void CliTest::mapsAddresses()
{
    const Output output = call({ u"inspect"_s, u"orders.invalid:7000"_s, u"--map"_s,
        u"orders.invalid:7000="_s + endpoint(2), u"--format"_s, u"json"_s });
    QCOMPARE(output.exitCode, 0);
    QCOMPARE(output.json().value(u"seed"_s).toObject().value(u"dialled"_s).toString(), endpoint(2));
}

void CliTest::knowsProfiles()
{
    QTemporaryDir config;
    profile::ProfileStore store(config.filePath(u"slotscope/profiles.json"_s));
    profile::Profile profile;
    profile.name = u"orders PROD"_s;
    profile.endpoints = { u"orders.invalid:7000"_s };
    profile.addressMap = { u"orders.invalid:7000="_s + endpoint(2) };
    QVERIFY(store.save(profile).hasValue());
    const Environment environment { { u"XDG_CONFIG_HOME"_s, config.path() } };
    const Output output
        = call({ u"inspect"_s, u"profile:orders PROD"_s, u"--format"_s, u"json"_s }, environment);
    QCOMPARE(output.exitCode, 0);
    QCOMPARE(output.json().value(u"nodes"_s).toArray().size(), 6);
}

void CliTest::keepsTheLabelsOfAProfile()
{
    const auto primaryOf = [](const Output& output) {
        for (const QJsonValue node : output.json().value(u"nodes"_s).toArray()) {
            if (node[u"role"_s].toString() == u"primary"_s)
                return node[u"id"_s].toString();
        }
        return QString();
    };
    const QString primary
        = primaryOf(call({ u"inspect"_s, endpoint(0), u"--format"_s, u"json"_s }));
    QVERIFY(!primary.isEmpty());
    QTemporaryDir config;
    profile::ProfileStore store(config.filePath(u"slotscope/profiles.json"_s));
    profile::Profile profile;
    profile.name = u"kept"_s;
    profile.endpoints = { endpoint(0) };
    profile.shards = { { 7, { primary } } };
    QVERIFY(store.save(profile).hasValue());
    const Environment environment { { u"XDG_CONFIG_HOME"_s, config.path() } };
    const QString kept = u"profile:kept"_s;
    const QString report = config.filePath(u"report.json"_s);
    for (const QStringList& arguments : { QStringList { u"inspect"_s, kept },
             QStringList { u"exec"_s, kept, u"--on"_s, u"primaries"_s, u"--"_s, u"PING"_s },
             QStringList { u"check"_s, kept, u"--format"_s, u"json"_s },
             QStringList { u"report"_s, kept, u"--output"_s, report } }) {
        const Output output = call(arguments, environment);
        QByteArray said = output.standard;
        if (QFile file(report); file.open(QIODevice::ReadOnly))
            said = file.readAll();
        QVERIFY2(said.contains("S07"),
            qPrintable(
                arguments.first() + u": "_s + QString::fromUtf8(said.left(2000) + output.error)));
    }
}

void CliTest::onAutoAsksTheServer_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<qsizetype>("asked");
    const QByteArray tips
        = FakeNode::bulk("request_policy:all_shards") + FakeNode::bulk("response_policy:agg_sum");
    const QByteArray entry = "*1\r\n*10\r\n" + FakeNode::bulk("m.count")
        + ":1\r\n*1\r\n+readonly\r\n:0\r\n:0\r\n:0\r\n*0\r\n";
    QTest::newRow("every primary, by its tips")
        << QByteArray(entry + "*2\r\n" + tips + "*0\r\n*0\r\n") << qsizetype(2);
    QTest::newRow("no tips") << QByteArray(entry + "*0\r\n*0\r\n*0\r\n") << qsizetype(1);
    QTest::newRow("not told") << QByteArray("-NOPERM no\r\n") << qsizetype(1);
}

/// A module's command, of which only the server knows whom it concerns.
void CliTest::onAutoAsksTheServer()
{
    QFETCH(QByteArray, table);
    QFETCH(qsizetype, asked);
    FakeCluster fakes;
    for (const auto& node : fakes.nodes) {
        node->on("COMMAND", table);
        node->on("COMMAND GETKEYS", "-ERR The command has no key arguments\r\n");
        node->on("M.COUNT", ":21\r\n");
    }
    const Output output = call({ u"exec"_s, fakes.endpoints.first().toString(), u"--on"_s,
        u"auto"_s, u"--format"_s, u"json"_s, u"--"_s, u"M.COUNT"_s });
    QCOMPARE(output.exitCode, 0);
    QCOMPARE(fakes.askedAll("M.COUNT"), asked);
    const QJsonObject reply = output.json().value(u"reply"_s).toObject();
    QCOMPARE(reply.value(u"value"_s).toInteger(), 21 * asked);
}

void CliTest::readOnlyProfiles_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("reads") << u"-- GET guarded"_s << 0;
    QTest::newRow("scripts that read") << u"-- EVAL_RO return(1) 0"_s << 0;
    QTest::newRow("writes") << u"-- SET guarded v"_s << 1;
    QTest::newRow("scripts") << u"-- EVAL return(1) 0"_s << 1;
    QTest::newRow("functions") << u"-- FCALL f 0"_s << 1;
    QTest::newRow("nobody knows it") << u"-- NOSUCHCOMMAND x"_s << 1;
    QTest::newRow("to several nodes") << u"--on auto -- FLUSHALL"_s << 1;
    QTest::newRow("by the server's tips") << u"--on auto -- DBSIZE"_s << 0;
    QTest::newRow("allowed") << u"--allow-writes -- SET guarded v"_s << 0;
    QTest::newRow("allowed scripts") << u"--allow-writes -- EVAL return(1) 0"_s << 0;
}

void CliTest::readOnlyProfiles()
{
    QFETCH(QString, line);
    QFETCH(int, exitCode);
    QTemporaryDir config;
    profile::ProfileStore store(config.filePath(u"slotscope/profiles.json"_s));
    profile::Profile profile;
    profile.name = u"guarded"_s;
    profile.endpoints = { endpoint(0) };
    profile.readOnly = true;
    QVERIFY(store.save(profile).hasValue());
    const Output output
        = call(QStringList { u"exec"_s, u"profile:guarded"_s, u"--format"_s, u"json"_s }
                + line.split(u' '),
            { { u"XDG_CONFIG_HOME"_s, config.path() } });
    QCOMPARE(output.exitCode, exitCode);
    const QString outcome = output.json().value(u"outcome"_s).toString();
    QCOMPARE(outcome == u"not_sent"_s, exitCode == 1);
}

void CliTest::becomesTheWindow()
{
    const FakeWindow window(program, "exit 7\n");
    const QStringList arguments { u"h:7000"_s, u"--tls"_s, u"--user"_s, u"me"_s };
    const Output output = call(arguments, {}, {}, window.executable());
    QCOMPARE(output.exitCode, 7);
    QCOMPARE(window.arguments(), arguments);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::CliTest)
#include "tst_cli.moc"
