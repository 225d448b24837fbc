// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/blockfile.h"
#include "core/capture/capturefile.h"
#include "core/capture/redaction.h"
#include "core/cluster/viewparsers.h"
#include "tests/core/richcapture.h"
#include "tests/support/readcapture.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using capture::Capture;
using capture::NameKind;
using capture::Pseudonyms;
using capture::redacted;
using capture::RedactionOptions;
using capture::Showing;

namespace {

Capture onlyAnswers(const QString& command, const QByteArray& text)
{
    Capture capture;
    capture::NodeAnswers node;
    node.replies.append({ command, text, std::nullopt });
    capture.nodes.append(node);
    return capture;
}

QByteArray firstAnswer(const Capture& capture)
{
    return capture.nodes.front().replies.front().text;
}

} // namespace

class TstRedaction : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void pseudonymsLeaveNoName();
    void shortNamesAreShort();
    void aReplyIsPlainlyRedacted();
    void noneChangesNothing();
    void twiceIsOnce();
    void strongerGoesOnTop();
    void whatIsWrittenLaterIsRedactedToo();
    void mixtureKeepsWhatIsShown();
    void sameNameSamePseudonym();
    void shapeStays();
    void survivesAFile();
    void secretsNever();
    void answers_data();
    void answers();
    void texts_data();
    void texts();
    void realViewsStayReadable_data();
    void realViewsStayReadable();
    void optionsAsText();
    void keptPseudonyms();
    void keptFileIsChecked();
    void shortHosts_data();
    void shortHosts();
    void stretchesToo();
    void lateAnswersToo();
    void manyEvents();
    void thousandNodes();
};

void TstRedaction::pseudonymsLeaveNoName()
{
    const QByteArray before = everythingIn(richCapture());
    const QByteArray after = everythingIn(redacted(richCapture(), RedactionOptions::pseudonyms()));
    for (const QByteArray& name : richNames) {
        QVERIFY2(before.contains(name) || name == "seat\\x00",
            name.constData()); // else it tests nothing
        const qsizetype at = after.indexOf(name);
        const QByteArray where = name + " in: " + after.mid(std::max<qsizetype>(0, at - 60), 160);
        QVERIFY2(at < 0, where.constData());
    }
    QVERIFY(after.contains("node-1"));
    QVERIFY(after.contains("key-1"));
    QVERIFY(after.contains("host-1"));
    QVERIFY(after.contains("cluster-1"));
}

void TstRedaction::shortNamesAreShort()
{
    const Capture result = redacted(richCapture(), RedactionOptions::shortened());
    const QByteArray after = everythingIn(result);
    const QSet<QByteArray> mayStay { "redis-7", "lonely", "07c37dfe", "e7d1eecc", "0badcafe" };
    for (const QByteArray& name : richNames) {
        if (!mayStay.contains(name))
            QVERIFY2(!after.contains(name), name.constData());
    }
    QCOMPARE(result.topology.nodes().at(0).address.toString(), u"..0001-001:6379"_s);
    QCOMPARE(result.topology.nodes().at(1).address.toString(), u"redis-7..:6379"_s);
    QCOMPARE(result.topology.nodes().at(2).address.toString(), u"..77:6380"_s);
    QCOMPARE(result.topology.nodes().at(0).ip, u"..30.41"_s);
    QCOMPARE(result.topology.nodes().at(0).id.toString(), u"07c37dfe"_s);
    const command::Argv argv { "SET", "user:…", "(12 bytes)", "EX", "(5 bytes)" };
    QCOMPARE(result.traces.front().argv, argv);
    QCOMPARE(result.redaction, u"short"_s);
}

/// Not as a text of the server's, in quotes.
void TstRedaction::aReplyIsPlainlyRedacted()
{
    Capture capture;
    command::Trace trace;
    trace.argv = { "GET", "c" };
    trace.keys = { "c" };
    trace.reply = resp::Reply::fromText(resp::Type::String, "x");
    capture.traces = { trace };
    const resp::Reply reply = redacted(capture, RedactionOptions::shortened()).traces[0].reply;
    QCOMPARE(reply.type(), resp::Type::Status);
    QCOMPARE(reply.toByteArray(), QByteArray("(1 byte, redacted)"));
    QCOMPARE(
        redacted(capture, RedactionOptions::none()).traces[0].reply.type(), resp::Type::String);
}

void TstRedaction::noneChangesNothing()
{
    const Capture capture = richCapture();
    const Capture same = redacted(capture, RedactionOptions::none());
    QCOMPARE(everythingIn(same), everythingIn(capture));
    QCOMPARE(same.redaction, u"none"_s);
}

void TstRedaction::twiceIsOnce()
{
    for (const RedactionOptions& options :
        { RedactionOptions::shortened(), RedactionOptions::pseudonyms() }) {
        const Capture once = redacted(richCapture(), options);
        QCOMPARE(everythingIn(redacted(once, options)), everythingIn(once));
        QCOMPARE(everythingIn(redacted(once, RedactionOptions::none())), everythingIn(once));
        QCOMPARE(redacted(once, RedactionOptions::none()).redaction, options.toText());
    }
}

void TstRedaction::strongerGoesOnTop()
{
    const Capture once = redacted(richCapture(), RedactionOptions::shortened());
    const Capture twice = redacted(once, RedactionOptions::pseudonyms());
    QCOMPARE(twice.redaction, u"pseudonym"_s);
    QVERIFY(!everythingIn(twice).contains("redis-7"));
    QCOMPARE(twice.topology.nodes().front().id.toString(), u"node-1"_s);
    // And a weaker wish brings nothing back.
    QCOMPARE(redacted(twice, RedactionOptions::shortened()).redaction, u"pseudonym"_s);
}

void TstRedaction::whatIsWrittenLaterIsRedactedToo()
{
    const QString text = u"look at 10.0.0.7, alice@db.internal and node-1; user=user-1"_s;
    Capture once = redacted(richCapture(), RedactionOptions::pseudonyms());
    once.notes.append({ {}, text });
    once.marks.append({ {}, text });
    for (const RedactionOptions& wish : { RedactionOptions::pseudonyms(),
             RedactionOptions::shortened(), RedactionOptions::none() }) {
        const Capture twice = redacted(once, wish);
        QCOMPARE(twice.redaction, u"pseudonym"_s);
        for (const QString& written : { twice.notes.last().text, twice.marks.last().text }) {
            for (const QString& name : { u"10.0.0.7"_s, u"alice"_s, u"db.internal"_s })
                QVERIFY2(!written.contains(name), qPrintable(written));
            // What was a pseudonym is the same one, and nobody else has got it.
            QVERIFY2(written.endsWith(u" and node-1; user=user-1"_s), qPrintable(written));
            QVERIFY2(!written.contains(u"ip-1,"_s), qPrintable(written));
        }
        QCOMPARE(everythingIn(redacted(twice, wish)), everythingIn(twice));
    }
    Capture shorter = redacted(richCapture(), RedactionOptions::shortened());
    shorter.notes.append({ {}, text });
    const QString written = redacted(shorter, RedactionOptions::none()).notes.last().text;
    QVERIFY2(written.startsWith(u"look at ..0.7, "_s), qPrintable(written));
}

void TstRedaction::mixtureKeepsWhatIsShown()
{
    RedactionOptions options = RedactionOptions::pseudonyms();
    options.nodeIds = Showing::Shown;
    options.keys = Showing::Shortened;
    const Capture result = redacted(richCapture(), options);
    QCOMPARE(result.topology.nodes().front().id, richTopology().nodes().front().id);
    QCOMPARE(result.traces.front().argv.at(1), QByteArray("user:…"));
    QCOMPARE(result.redaction,
        u"hosts pseudonym, addresses pseudonym, ids none, keys short, values pseudonym, "
        u"users pseudonym"_s);
    QCOMPARE(RedactionOptions::fromText(result.redaction), std::optional(options));
}

void TstRedaction::sameNameSamePseudonym()
{
    const Capture result = redacted(richCapture(), RedactionOptions::pseudonyms());
    const cluster::Node& first = result.topology.nodes().front();
    QCOMPARE(result.traces.front().hops.front().address, first.address);
    QCOMPARE(result.nodes.front().id, first.id);
    QCOMPARE(result.samples.front().node, first.id);
    const QByteArray line = first.id.toByteArray() + ' ' + first.ip.toUtf8() + ":6379@16379,"
        + first.hostname.toUtf8() + ' ';
    QVERIFY(result.nodes.front().replies.front().text.startsWith(line));
    // One address in two spellings; the same one in an error line, a finding, a list.
    const QString address = result.topology.nodes().at(2).ip;
    QCOMPARE(result.traces.front().hops.front().resolved.at(1), address);
    QVERIFY2(result.findings.front().detail.startsWith(address + u":6380 and host-"_s),
        qPrintable(result.findings.front().detail));
    QCOMPARE(result.dnsAnswers.at(1), address);
    const command::Trace& trace = result.traces.front();
    QCOMPARE(trace.hops.at(0).raw, "MOVED 42 " + trace.hops.at(0).target.toUtf8());
    QCOMPARE(trace.hops.at(1).raw,
        QByteArray("NOPERM User user-3 has no permissions to access 'key-1' here"));
    QCOMPARE(trace.detail, u"key-1 is in slot 42 of S01."_s);
    QVERIFY(result.nodes.front().replies.at(4).text.contains("2) \"key-1\""));
    QCOMPARE(result.events.front().change.before, first.id.shortText());
    // A capture of its own gives the same, when the pseudonyms are kept.
    Pseudonyms kept;
    const Capture one = redacted(richCapture(), RedactionOptions::pseudonyms(), &kept);
    Capture other;
    other.topology = richTopology().withOwner(cluster::Slot(1), { u"10.9.8.7"_s, 1 });
    const Capture two = redacted(other, RedactionOptions::pseudonyms(), &kept);
    QCOMPARE(two.topology.nodes().at(1), one.topology.nodes().at(1));
}

void TstRedaction::shapeStays()
{
    const Capture before = richCapture();
    for (const RedactionOptions& options :
        { RedactionOptions::shortened(), RedactionOptions::pseudonyms() }) {
        const Capture after = redacted(before, options);
        const cluster::Topology& was = before.topology;
        const cluster::Topology& is = after.topology;
        QCOMPARE(is.nodes().size(), was.nodes().size());
        QCOMPARE(is.uncovered(), was.uncovered());
        for (int slot = 0; slot < cluster::Slot::count; ++slot)
            QCOMPARE(is.ownerIndex(cluster::Slot(slot)), was.ownerIndex(cluster::Slot(slot)));
        for (int i = 0; i < was.nodes().size(); ++i) {
            QCOMPARE(is.labelOf(is.nodes().at(i)), was.labelOf(was.nodes().at(i)));
            QCOMPARE(is.shardIndexOf(is.nodes().at(i).id), was.shardIndexOf(was.nodes().at(i).id));
            QVERIFY(is.nodeByAddress(is.nodes().at(i).address) == &is.nodes().at(i));
            QCOMPARE(is.nodes().at(i).configEpoch, was.nodes().at(i).configEpoch);
            QCOMPARE(is.nodes().at(i).port, was.nodes().at(i).port);
        }
        QCOMPARE(is.data().currentEpoch, was.data().currentEpoch);
        QCOMPARE(is.data().migrations.size(), was.data().migrations.size());
        QCOMPARE(cluster::diff(after.before, is).size(), cluster::diff(before.before, was).size());
        QCOMPARE(cluster::silentNodes(is).size(), cluster::silentNodes(was).size());
    }
}

void TstRedaction::survivesAFile()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"a.slotscope"_s);
    for (const RedactionOptions& options :
        { RedactionOptions::shortened(), RedactionOptions::pseudonyms() }) {
        const Capture result = redacted(richCapture(), options);
        QVERIFY(capture::writeCapture(file, result));
        const auto read = tests::readCapture(file);
        QVERIFY2(read, read ? "" : qPrintable(read.error().detail));
        QCOMPARE(cluster::toJson(read->topology), cluster::toJson(result.topology));
        QCOMPARE(read->traces.size(), result.traces.size());
        for (int i = 0; i < result.traces.size(); ++i)
            QCOMPARE(command::toJson(read->traces.at(i)), command::toJson(result.traces.at(i)));
        QCOMPARE(read->nodes.size(), result.nodes.size());
        QCOMPARE(read->redaction, options.toText());
    }
    // The last one was written with pseudonyms: what is in the file, unpacked.
    const auto blocks = capture::BlockFile::open(file);
    QVERIFY(blocks);
    QVERIFY(!blocks->blocks().isEmpty());
    for (qsizetype i = 0; i < blocks->blocks().size(); ++i) {
        const QByteArray lines = blocks->read(i).value();
        for (const QByteArray& name : richNames)
            QVERIFY2(!lines.contains(name), name.constData());
    }
}

void TstRedaction::secretsNever()
{
    Capture capture;
    capture.traces.append(simpleTrace(richTopology(), { "AUTH", "alice", "opensesame" }, {},
        resp::Reply::fromText(resp::Type::Status, "OK")));
    QVERIFY(!everythingIn(redacted(capture, RedactionOptions::none())).contains("opensesame"));
}

void TstRedaction::answers_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray a(40, 'a');
    QTest::newRow("nodes") << u"CLUSTER NODES"_s
                           << QByteArray(a
                                  + " 10.0.0.1:7000@17000,h-1 myself,master - 0 0 1 "
                                    "connected 0-5 [7-<-"
                                  + QByteArray(40, 'b') + "]\n")
                           << QByteArray("node-1 ip-1:7000@17000,host-1 myself,master - 0 0 1 "
                                         "connected 0-5 [7-<-id-1]\n");
    QTest::newRow("noaddr") << u"CLUSTER NODES"_s
                            << QByteArray(a + " :0@0 master,noaddr - 0 0 1 disconnected\n")
                            << QByteArray("node-1 :0@0 master,noaddr - 0 0 1 disconnected\n");
    QTest::newRow("old nodes") << u"CLUSTER NODES"_s
                               << QByteArray(a + " ::1:7000 slave " + a + " 0 0 1 connected")
                               << QByteArray("node-1 ip-1:7000 slave node-1 0 0 1 connected");
    QTest::newRow("info") << u"INFO server"_s
                          << QByteArray(
                                 "redis_version:7.0.15.1\r\nos:Linux 6.1.0-18-amd64 x86_64\r\n"
                                 "master_host:db\r\nmaster_port:6379\r\n"
                                 "slave0:ip=10.0.0.2,port=7,state=online,offset=1,lag=0\r\n"
                                 "mem_fragmentation_ratio:1.02\r\nconfig_file:/etc/redis/r.conf")
                          << QByteArray(
                                 "redis_version:7.0.15.1\r\nos:Linux 6.1.0-18-amd64 x86_64\r\n"
                                 "master_host:host-1\r\nmaster_port:6379\r\n"
                                 "slave0:ip=ip-1,port=7,state=online,offset=1,lag=0\r\n"
                                 "mem_fragmentation_ratio:1.02\r\nconfig_file:(path)");
    QTest::newRow("cluster info") << u"CLUSTER INFO"_s
                                  << QByteArray("cluster_state:ok\r\ncluster_known_nodes:6\r\n")
                                  << QByteArray("cluster_state:ok\r\ncluster_known_nodes:6\r\n");
    QTest::newRow("role") << u"ROLE"_s
                          << QByteArray("1) \"slave\"\n2) \"db-one\"\n3) (integer) 7000\n"
                                        "4) \"connected\"\n5) (integer) 12")
                          << QByteArray("1) \"slave\"\n2) \"host-1\"\n3) (integer) 7000\n"
                                        "4) \"connected\"\n5) (integer) 12");
    QTest::newRow("slow log") << u"SLOWLOG GET 5"_s
                              << QByteArray(
                                     "1) \"get\"\n2) \"a \\\"b\\\" c\"\n3) \"[::1]:99\"\n4) \"\"")
                              << QByteArray("1) \"get\"\n2) \"value-1\"\n3) \"ip-1:99\"\n4) \"\"");
    QTest::newRow("unfinished quote")
        << u"SLOWLOG GET 5"_s << QByteArray("1) \"ge\\\"") << QByteArray("1) \"ge\\\"");
    QTest::newRow("time") << u"TIME"_s << QByteArray("1) \"1795400610\"")
                          << QByteArray("1) \"1795400610\"");
    QTest::newRow("empty") << u"CLUSTER NODES"_s << QByteArray() << QByteArray();
}

void TstRedaction::answers()
{
    QFETCH(QString, command);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const Capture result = redacted(onlyAnswers(command, text), RedactionOptions::pseudonyms());
    QCOMPARE(firstAnswer(result), expected);
}

void TstRedaction::texts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain") << u"All 16384 slots are served, 2 s ago."_s
                           << u"All 16384 slots are served, 2 s ago."_s;
    QTest::newRow("address at the end") << u"Ask 10.0.0.1."_s << u"Ask ip-1."_s;
    QTest::newRow("address and port") << u"(10.0.0.1:7000)"_s << u"(ip-1:7000)"_s;
    QTest::newRow("version") << u"redis 7.0.15, 1.2.3.4.5"_s << u"redis 7.0.15, 1.2.3.4.5"_s;
    QTest::newRow("no address") << u"256.1.1.1 at 14:02:40"_s << u"256.1.1.1 at 14:02:40"_s;
    QTest::newRow("IPv6") << u"[fe80::1%eth0]:7000, ::1:7001; 2001:db8::5"_s
                          << u"ip-1:7000, ip-2:7001; ip-3"_s;
    QTest::newRow("name") << u"cannot resolve a.b.example.com:6379: no"_s
                          << u"cannot resolve host-1:6379: no"_s;
    QTest::newRow("two labels") << u"db.internal is redis.conf"_s << u"host-1 is redis.conf"_s;
    QTest::newRow("wildcard") << u"*.x1.orders.cache.amazonaws.com"_s << u"*.host-1"_s;
    QTest::newRow("id") << u"node 07c37dfeb235213a872192d90877d0cd55635b91!"_s << u"node id-1!"_s;
    QTest::newRow("part of an id")
        << u"reached 07c37dfe, deadline"_s << u"reached id-1, deadline"_s;
    QTest::newRow("path") << u"/etc/ssl/ca.pem: no such file; read/write 1/2"_s
                          << u"(path): no such file; read/write 1/2"_s;
    QTest::newRow("user and host")
        << u"ssh eve@host.example.net failed"_s << u"ssh user-1@host-1 failed"_s;
    QTest::newRow("user") << u"NOPERM User eve has no permissions"_s
                          << u"NOPERM User user-1 has no permissions"_s;
    QTest::newRow("default") << u"NOPERM User default has no permissions"_s
                             << u"NOPERM User default has no permissions"_s;
    QTest::newRow("hostile length") << QString(5000, u'a') << u"id-1"_s;
}

void TstRedaction::texts()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    Capture capture;
    capture.notes.append({ {}, text });
    const Capture result = redacted(capture, RedactionOptions::pseudonyms());
    QCOMPARE(result.notes.front().text, expected);
}

void TstRedaction::realViewsStayReadable_data()
{
    QTest::addColumn<QByteArray>("text");
    QFile file(QFINDTESTDATA("../data/topology.jsonl"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    while (!file.atEnd()) {
        const QJsonObject row = QJsonDocument::fromJson(file.readLine()).object();
        if (row.value("kind"_L1).toString() == "nodes"_L1)
            QTest::newRow(row.value("name"_L1).toString().toUtf8().constData())
                << row.value("reply"_L1).toString().toUtf8();
    }
}

void TstRedaction::realViewsStayReadable()
{
    QFETCH(QByteArray, text);
    const auto before = cluster::parseNodes(text);
    const Capture result
        = redacted(onlyAnswers(u"CLUSTER NODES"_s, text), RedactionOptions::pseudonyms());
    const auto after = cluster::parseNodes(firstAnswer(result));
    QCOMPARE(after.hasValue(), before.hasValue());
    QVERIFY(after);
    QCOMPARE(after->nodes.size(), before->nodes.size());
    QCOMPARE(after->myself, before->myself);
    for (int i = 0; i < before->nodes.size(); ++i) {
        const cluster::Node& was = before->nodes.at(i);
        const cluster::Node& is = after->nodes.at(i);
        QVERIFY(is.id != was.id);
        QVERIFY(is.ip != was.ip || was.ip.isEmpty());
        QCOMPARE(is.address.isDialable(), was.address.isDialable());
        QCOMPARE(is.ranges, was.ranges);
        QCOMPARE(is.role, was.role);
        QCOMPARE(is.port, was.port);
        QCOMPARE(is.busPort, was.busPort);
        QCOMPARE(is.migrating.size(), was.migrating.size());
        QVERIFY(!firstAnswer(result).contains(was.id.toByteArray()));
        QVERIFY(was.ip.isEmpty() || !firstAnswer(result).contains(was.ip.toUtf8()));
    }
}

void TstRedaction::optionsAsText()
{
    QCOMPARE(RedactionOptions::none().toText(), u"none"_s);
    QCOMPARE(RedactionOptions::usual().toText(), u"short"_s);
    QCOMPARE(RedactionOptions::pseudonyms().toText(), u"pseudonym"_s);
    for (const QString& text : { u"none"_s, u"short"_s, u"pseudonym"_s })
        QCOMPARE(RedactionOptions::fromText(text)->toText(), text);
    for (const QString& text : { QString(), u"all"_s, u"hosts short"_s,
             u"hosts short, addresses none, ids none, keys none, values none, values none"_s })
        QVERIFY(!RedactionOptions::fromText(text));
}

void TstRedaction::keptPseudonyms()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"new/pseudonyms.json"_s);
    QString first;
    QVERIFY(Pseudonyms::withKept(file, [&](Pseudonyms* kept) {
        first = kept->of(NameKind::Host, "db.example.com");
        kept->of(NameKind::Value, "hunter-value");
    }));
    QCOMPARE(first, u"host-1"_s);
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QByteArray bytes = written.readAll();
    QVERIFY(!bytes.contains("db.example"));
    QVERIFY(!bytes.contains("value"));
    const auto forOthers
        = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(written.permissions() & forOthers));
    QVERIFY(Pseudonyms::withKept(file, [&](Pseudonyms* kept) {
        QCOMPARE(kept->of(NameKind::Host, "other"), u"host-2"_s);
        QCOMPARE(kept->of(NameKind::Host, "db.example.com"), first);
        QCOMPARE(kept->of(NameKind::Key, "db.example.com"), u"key-1"_s);
    }));
    for (int i = 1; i < 26; ++i)
        QVERIFY(Pseudonyms::withKept(
            file, [&](Pseudonyms* kept) { kept->of(NameKind::Node, QByteArray::number(i)); }));
    QVERIFY(Pseudonyms::withKept(
        file, [&](Pseudonyms* kept) { QCOMPARE(kept->of(NameKind::Node, "last"), u"node-1a"_s); }));
}

void TstRedaction::keptFileIsChecked()
{
    const QTemporaryDir folder;
    const QString name = folder.filePath(u"p.json"_s);
    const QList<QByteArray> wrong { QByteArray(), QByteArray("{}"),
        QByteArray("{\"slotscope_pseudonyms\": 2}"),
        QByteArray("{\"slotscope_pseudonyms\": 1, \"salt\": \"00\"}"),
        QByteArray("{\"slotscope_pseudonyms\": 1, \"salt\": \"" + QByteArray(64, '0')
            + "\", \"host\": [\"zz\"]}") };
    for (const QByteArray& bytes : wrong) {
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        const auto loaded = Pseudonyms::load(name);
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().code, support::ErrorCode::FileDamaged);
        QVERIFY(!Pseudonyms::withKept(name, [](Pseudonyms*) { QFAIL("called"); }));
    }
}

void TstRedaction::shortHosts_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("expected");
    QTest::newRow("node") << u"orders-0002-001.orders.abc123.use1.cache.amazonaws.com"_s
                          << u"..0002-001"_s;
    QTest::newRow("configuration")
        << u"clustercfg.orders.abc123.use1.cache.amazonaws.com"_s << u"clustercfg.."_s;
    QTest::newRow("primary") << u"master.orders.abc123.use1.cache.amazonaws.com"_s << u"aws.."_s;
    QTest::newRow("private") << u"ip-10-0-1-4.ec2.internal"_s << u"..1-4"_s;
    QTest::newRow("public") << u"ec2-203-0-113-7.compute-1.amazonaws.com"_s << u"..113-7"_s;
    QTest::newRow("set") << u"redis-0.redis-headless.prod.svc.cluster.local"_s << u"redis-0.."_s;
    QTest::newRow("alone") << u"redis-0"_s << u"redis-0"_s;
    QTest::newRow("long") << u"production-payments-redis-3"_s << u"prod..is-3"_s;
    QTest::newRow("IPv4") << u"10.20.30.41"_s << u"..30.41"_s;
    QTest::newRow("IPv6") << u"2001:db8::77"_s << u"..77"_s;
    QTest::newRow("none") << u"?"_s << u"?"_s;
}

void TstRedaction::shortHosts()
{
    QFETCH(QString, host);
    QFETCH(QString, expected);
    Capture capture;
    capture.seen.append({ {}, { host, 6379 }, "MOVED", 1, {}, {} });
    QCOMPARE(redacted(capture, RedactionOptions::shortened()).seen.front().address.host, expected);
}

void TstRedaction::lateAnswersToo()
{
    Capture whole = richCapture();
    const QList<capture::NodeAnswers> late = whole.nodes;
    whole.nodes.clear();
    capture::Redaction redaction(RedactionOptions::pseudonyms());
    redaction.learn(whole);
    Capture result = redaction.redacted(whole);
    result.nodes = redaction.redacted(late);
    const QByteArray text = everythingIn(result);
    for (const QByteArray& name : richNames)
        QVERIFY2(!text.contains(name), name.constData());
    QCOMPARE(result.nodes.front().id, result.topology.nodes().front().id);
}

void TstRedaction::manyEvents()
{
    Capture capture;
    capture.topology = richTopology();
    capture.events = QList<cluster::TopologyEvent>(100'000, richCapture().events.front());
    QElapsedTimer timer;
    timer.start();
    const Capture result = redacted(capture, RedactionOptions::pseudonyms());
    qInfo("100,000 events: %lld ms", timer.elapsed());
    QVERIFY(timer.elapsed() < 60'000); // slow means hours, not a loaded computer
    QCOMPARE(result.events.last().change.node, result.topology.nodes().front().id);
}

void TstRedaction::stretchesToo()
{
    const Capture whole = richCapture();
    Capture now;
    now.topology = whole.topology;
    now.notes = whole.notes; // names keys that only the timeline has
    capture::Stretch stretch;
    stretch.topologies = { { whole.savedAt, whole.before } };
    stretch.events = whole.events;
    stretch.found
        = { { whole.savedAt, whole.nodes, whole.findings, whole.topology.data().warnings } };
    stretch.samples = whole.samples;
    stretch.traces = whole.traces;
    stretch.seen = { { whole.savedAt, whole.seen } };
    stretch.notes = whole.notes;
    capture::Redaction redaction(RedactionOptions::pseudonyms());
    redaction.learn(now);
    redaction.learn(stretch);
    const Capture after = redaction.redacted(now);
    const capture::Stretch then = redaction.redacted(stretch);
    QCOMPARE(after.redaction, u"pseudonym"_s);
    Capture all = after;
    all.before = then.topologies.front().topology;
    all.events = then.events;
    all.samples = then.samples;
    all.traces = then.traces;
    all.seen = then.seen.first().errors;
    all.notes += then.notes;
    all.nodes = then.found.first().silent;
    all.findings = then.found.first().findings;
    all.missing += then.found.first().warnings;
    const QByteArray text = everythingIn(all);
    for (const QByteArray& name : richNames) {
        const bool isOfCapture = QByteArrayList { "payments", "bob", "carol-svc" }.contains(name);
        QVERIFY2(isOfCapture || !text.contains(name), name.constData());
    }
    QCOMPARE(then.topologies.front().topology.nodes().front().address,
        after.topology.nodes().front().address);
}

void TstRedaction::thousandNodes()
{
    constexpr int nodes = 1000;
    cluster::TopologyData data;
    QByteArray text;
    for (int i = 0; i < nodes; ++i) {
        cluster::Node node;
        node.id = cluster::NodeId(QByteArray::number(i).rightJustified(40, 'a'));
        node.ip = u"10.1.%1.%2"_s.arg(i / 250).arg(i % 250);
        node.address = { node.ip, 6379 };
        node.port = 6379;
        node.role = cluster::Role::Primary;
        node.ranges = { { cluster::Slot(i * 16), cluster::Slot(i * 16 + 15) } };
        text += node.id.toByteArray() + ' ' + node.ip.toUtf8()
            + ":6379@16379 master - 0 1 1 connected 0-5\n";
        data.nodes.append(node);
    }
    Capture capture;
    capture.topology = cluster::Topology::build(data);
    for (int i = 0; i < 20; ++i) {
        capture::NodeAnswers node;
        node.id = data.nodes.at(i).id;
        node.replies.append({ u"CLUSTER NODES"_s, text, std::nullopt });
        capture.nodes.append(node);
        capture.traces.append(
            simpleTrace(capture.topology, { "GET", "key" }, { "key" }, resp::Reply()));
    }
    QElapsedTimer timer;
    timer.start();
    const Capture result = redacted(capture, RedactionOptions::pseudonyms());
    qInfo("1000 nodes, 20 views: %lld ms", timer.elapsed());
    QVERIFY(timer.elapsed() < 30'000); // slow means hours, not a loaded computer
    QSet<cluster::NodeId> ids;
    for (const cluster::Node& node : result.topology.nodes())
        ids.insert(node.id);
    QCOMPARE(ids.size(), nodes);
    // What was shared is shared.
    QVERIFY(&result.traces.front().map.data() == &result.topology.data());
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TstRedaction)
#include "tst_redaction.moc"
