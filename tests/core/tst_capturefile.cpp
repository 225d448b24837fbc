// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/capturefile.h"
#include "core/capture/history.h"
#include "core/capture/partsjson.h"
#include "core/cluster/topologyjson.h"
#include "core/command/traceformat.h"
#include "tests/support/readcapture.h"

#include <QCryptographicHash>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

#include <cmath>
#include <limits>
#include <sys/stat.h>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using capture::Capture;
using capture::writeCapture;
using cluster::Topology;
using support::ErrorCode;
using tests::readCapture;

namespace {

cluster::NodeId idOf(char digit)
{
    return cluster::NodeId(QByteArray(40, digit));
}

Topology threeShards()
{
    cluster::TopologyData data;
    data.capturedAt = QDateTime(QDate(2026, 11, 23), QTime(14, 2, 40, 123), Qt::UTC);
    data.seedTyped = u"127.0.0.1:7000"_s;
    data.seed = { u"127.0.0.1"_s, 7000 };
    data.state = cluster::ClusterState::Ok;
    for (int i = 0; i < 3; ++i) {
        cluster::Node node;
        node.id = idOf(static_cast<char>('a' + i));
        node.address = { u"127.0.0.1"_s, static_cast<quint16>(7000 + i) };
        node.ip = node.address.host;
        node.port = node.address.port;
        node.role = cluster::Role::Primary;
        node.health = cluster::Health::Ok;
        const int last = i == 2 ? 16383 : 5461 * (i + 1) - 1;
        node.ranges = { { cluster::Slot(5461 * i), cluster::Slot(last) } };
        data.nodes.append(node);
    }
    return Topology::build(data);
}

command::Trace movedTrace(const Topology& map)
{
    command::Trace trace;
    trace.startedAt = QDateTime(QDate(2026, 11, 23), QTime(14, 2, 39, 7), Qt::UTC);
    trace.argv = { "GET", QByteArray("key\0\xff", 5) };
    trace.keys = { trace.argv.at(1) };
    trace.slot = cluster::Slot(42);
    trace.behaviour = command::Behaviour::plainClient();
    trace.map = map;
    trace.seed = { u"127.0.0.1"_s, 7001 };
    command::Hop hop;
    hop.nodeId = idOf('b');
    hop.address = trace.seed;
    hop.micros = 312;
    hop.outcome = command::HopOutcome::Moved;
    hop.raw = "MOVED 42 127.0.0.1:7000";
    hop.slot = trace.slot;
    hop.target = u"127.0.0.1:7000"_s;
    hop.targetAddress = { u"127.0.0.1"_s, 7000 };
    trace.hops = { hop };
    trace.outcome = command::TraceOutcome::RedirectNotFollowed;
    trace.reply = resp::Reply::fromText(resp::Type::Error, hop.raw);
    return trace;
}

Capture fullCapture()
{
    Capture capture;
    capture.savedAt = QDateTime(QDate(2026, 11, 23), QTime(14, 2, 41, 5), Qt::UTC);
    capture.toolVersion = u"0.1.0"_s;
    capture.topology = threeShards();
    const Topology other = capture.topology.withOwner(cluster::Slot(0), { u"127.0.0.1"_s, 7002 });
    capture.traces = { movedTrace(capture.topology), movedTrace(other), movedTrace(other) };
    return capture;
}

Capture richCapture()
{
    Capture capture = fullCapture();
    capture.utcOffsetSeconds = -7200;
    capture.name = u"orders"_s;
    capture.environment = u"production"_s;
    capture.redaction = u"short"_s;
    capture.names = { { u"orders.example"_s, { u"10.0.0.1"_s }, {} },
        { u"gone.example"_s, {}, u"Name or service not known"_s } };
    capture.dnsAnswers = { u"10.0.0.1"_s, u"2001:db8::1"_s };
    for (int i = 0; i < 3; ++i) {
        capture::NodeAnswers answers;
        answers.id = idOf(static_cast<char>('a' + i));
        answers.address = { u"127.0.0.1"_s, static_cast<quint16>(7000 + i) };
        answers.isReachable = i != 1;
        if (i == 1) {
            answers.error
                = support::Error { ErrorCode::ReplyTimeout, u"late"_s, u"127.0.0.1:7001"_s };
        } else {
            answers.dialled = answers.address.toString();
            answers.roundTripMicros = 312;
            answers.answeredAt = capture.savedAt;
            answers.serverTime = capture.savedAt.addMSecs(3);
            answers.replies = { { u"INFO"_s,
                                    "redis_version:7.0.15\r\nrole:master\r\n"
                                    "total_error_replies:3\r\nerrorstat_MOVED:count=3\r\n",
                                    {} },
                { u"SLOWLOG GET 10"_s, {},
                    support::Error { ErrorCode::NoPermission, u"NOPERM no"_s, {} } },
                { u"CLUSTER NODES"_s, QByteArray("not \xff UTF-8", 11), {} } };
        }
        capture::derive(&answers);
        capture.nodes.append(answers);
    }
    health::Finding finding;
    finding.severity = health::Severity::Error;
    finding.code = health::FindingCode::SlotsUncovered;
    finding.title = u"5 slots"_s;
    finding.ranges = { { cluster::Slot(0), cluster::Slot(4) } };
    finding.nodes = { idOf('a') };
    finding.claims = { { finding.ranges, idOf('b'), { idOf('c') } } };
    capture.findings = { finding };
    capture.recordingBegan = capture.savedAt.addSecs(-600);
    cluster::TopologyEvent event;
    event.at = capture.savedAt.addSecs(-60);
    event.saidBy = idOf('a');
    event.change.kind = cluster::TopologyChange::Kind::SlotsMoved;
    event.change.from = idOf('a');
    event.change.to = idOf('b');
    event.change.before = u"S01"_s;
    event.change.after = u"S02"_s;
    event.change.ranges = finding.ranges;
    capture.events = { event };
    capture.before = capture.topology.withOwner(cluster::Slot(9), { u"127.0.0.1"_s, 7001 });
    for (int i = 0; i < 2; ++i) {
        capture::NodeSample sample;
        sample.node = idOf('a');
        sample.at = capture.savedAt.addSecs(-10 + i);
        sample.values.fill(std::numeric_limits<double>::quiet_NaN());
        sample.values[1] = 41.5 + i;
        capture.samples.append(sample);
    }
    capture.seen = { { idOf('b'), { u"127.0.0.1"_s, 7001 }, "MOVED", 12,
        capture.savedAt.addSecs(-5), capture.savedAt } };
    capture.counted
        = { { "ASK", 4'711, capture.savedAt.addSecs(-3600), capture.savedAt.addSecs(-1) } };
    capture.notes = { { capture.savedAt.addSecs(-3), u"paged <b>the</b> team"_s } };
    capture.marks = { { { 0.25, 0.5 }, u"here"_s } };
    return capture;
}

/// A finished file with one capture block of these lines.
QByteArray fileOf(const QByteArray& lines)
{
    QByteArray bytes = capture::fileBeginning();
    capture::BlockHead head;
    head.holds = capture::Holds::Capture;
    head.offset = bytes.size();
    bytes += capture::toBlock(head, lines);
    return bytes + capture::fileEnd({ head }, bytes.size());
}

QByteArray bombFile()
{
    const QByteArray zeros(10'000'000, '0');
    QByteArray data = qCompress(zeros).mid(4);
    QByteArray text = "{\"bytes\":" + QByteArray::number(data.size())
        + ",\"events\":0,\"from\":null,\"holds\":\"capture\",\"raw\":1,\"to\":null}";
    const QByteArray hash
        = QCryptographicHash::hash(QByteArray(text + data), QCryptographicHash::Sha256).toHex();
    const QByteArray block = text + ' ' + hash + '\n' + data + '\n';
    capture::BlockHead head;
    head.holds = capture::Holds::Capture;
    head.compressed = data.size();
    head.raw = 1;
    head.offset = capture::fileBeginning().size();
    return capture::fileBeginning() + block
        + capture::fileEnd({ head }, head.offset + block.size());
}

const QByteArray header = "{\"type\":\"capture\",\"saved_at\":\"2026-11-23T14:02:40.123Z\","
                          "\"tool_version\":\"9\"}\n";

} // namespace

class CaptureFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsWhatItWrote();
    void emptyCapture();
    void storesEachTopologyOnce();
    void everyField();
    void lateAnswers();
    void largeClusters();
    void muchOfOneMoment();
    void skipsUnknownLines();
    void noticesEveryFlippedByte();
    void noticesEveryCut();
    void refuses_data();
    void refuses();
    void missingFile();
    void aPipe();

private:
    QString file() const { return m_folder->filePath(u"a.slotscope"_s); }
    QByteArray bytes() const;
    void put(const QByteArray& bytes) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void CaptureFileTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

QByteArray CaptureFileTest::bytes() const
{
    QFile in(file());
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

void CaptureFileTest::put(const QByteArray& bytes) const
{
    QFile out(file());
    QVERIFY(out.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(out.write(bytes), bytes.size());
}

void CaptureFileTest::readsWhatItWrote()
{
    const Capture written = fullCapture();
    QVERIFY(writeCapture(file(), written).hasValue());
    const auto read = readCapture(file());
    QVERIFY2(read.hasValue(), read ? "" : qPrintable(read.error().detail));
    QCOMPARE(read->savedAt, written.savedAt);
    QCOMPARE(read->toolVersion, written.toolVersion);
    QCOMPARE(cluster::toJson(read->topology), cluster::toJson(written.topology));
    QCOMPARE(read->traces.size(), 3);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(command::toJson(read->traces.at(i)), command::toJson(written.traces.at(i)));
        QCOMPARE(
            cluster::toJson(read->traces.at(i).map), cluster::toJson(written.traces.at(i).map));
    }
}

void CaptureFileTest::emptyCapture()
{
    QVERIFY(writeCapture(file(), {}).hasValue());
    const auto read = readCapture(file());
    QVERIFY2(read.hasValue(), read ? "" : qPrintable(read.error().detail));
    QVERIFY(read->topology.isEmpty());
    QVERIFY(read->traces.isEmpty());
}

void CaptureFileTest::storesEachTopologyOnce()
{
    Capture capture = fullCapture();
    QVERIFY(writeCapture(file(), capture).hasValue());
    const qsizetype before = bytes().size();
    for (int i = 0; i < 20; ++i)
        capture.traces.append(capture.traces.last());
    QVERIFY(writeCapture(file(), capture).hasValue());
    QVERIFY(bytes().size() < before + 1000);
}

void CaptureFileTest::everyField()
{
    const Capture written = richCapture();
    QVERIFY(writeCapture(file(), written).hasValue());
    const auto read = readCapture(file());
    QVERIFY2(read.hasValue(), read ? "" : qPrintable(read.error().detail));
    QCOMPARE(read->utcOffsetSeconds, written.utcOffsetSeconds);
    QCOMPARE(read->name, written.name);
    QCOMPARE(read->environment, written.environment);
    QCOMPARE(read->redaction, written.redaction);
    QCOMPARE(read->dnsAnswers, written.dnsAnswers);
    QCOMPARE(read->names, written.names);
    QCOMPARE(read->nodes, written.nodes);
    QCOMPARE(read->findings, written.findings);
    QCOMPARE(read->recordingBegan, written.recordingBegan);
    QCOMPARE(read->events, written.events);
    QCOMPARE(cluster::toJson(read->before), cluster::toJson(written.before));
    QCOMPARE(read->samples.size(), 2);
    QCOMPARE(read->samples.at(1).node, written.samples.at(1).node);
    QCOMPARE(read->samples.at(1).at, written.samples.at(1).at);
    QCOMPARE(read->samples.at(1).values.at(1), 42.5);
    QVERIFY(std::isnan(read->samples.at(1).values.at(0)));
    QCOMPARE(read->seen, written.seen);
    QCOMPARE(read->counted, written.counted);
    QCOMPARE(read->notes, written.notes);
    QCOMPARE(read->marks, written.marks);
}

void CaptureFileTest::lateAnswers()
{
    Capture capture = richCapture();
    QVERIFY(writeCapture(file(), capture).hasValue());
    capture::NodeAnswers late = capture.nodes.at(1);
    late.isReachable = true;
    late.isLate = true;
    late.error.reset();
    late.replies
        = { { u"CLUSTER INFO"_s, "cluster_state:fail\r\ncluster_current_epoch:8\r\n", {} } };
    QVERIFY(capture::appendLate(file(), { late }).hasValue());
    QVERIFY(capture::appendLate(file(), { late }).hasValue()); // and again: nothing gets lost
    const auto read = readCapture(file());
    QVERIFY2(read.hasValue(), read ? "" : qPrintable(read.error().detail));
    QCOMPARE(read->nodes.size(), 3);
    QVERIFY(read->nodes.at(1).isLate);
    QCOMPARE(read->nodes.at(1).state, cluster::ClusterState::Fail);
    QCOMPARE(read->nodes.at(1).currentEpoch, std::optional<quint64>(8));
    QCOMPARE(read->events, capture.events);
}

/// Each of a thousand nodes tells of a thousand.
void CaptureFileTest::largeClusters()
{
    Capture capture = fullCapture();
    capture::NodeAnswers answers;
    answers.isReachable = true;
    answers.replies = { { u"CLUSTER NODES"_s, QByteArray(300'000, 'n'), {} } };
    for (int i = 0; i < 300; ++i) {
        answers.address = { u"10.0.0.1"_s, static_cast<quint16>(7000 + i) };
        capture.nodes.append(answers);
    }
    QVERIFY(writeCapture(file(), capture).hasValue());
    const auto read = readCapture(file());
    QVERIFY2(read.hasValue(), read ? "" : qPrintable(read.error().detail));
    QCOMPARE(read->nodes.size(), 300);
    QCOMPARE(read->nodes.last(), capture.nodes.last());
}

/// A few megabytes that would take many gigabytes to read.
void CaptureFileTest::muchOfOneMoment()
{
    const QDateTime at(QDate(2026, 11, 23), QTime(14, 2), Qt::UTC);
    QByteArray bytes = capture::fileBeginning();
    QList<capture::BlockHead> blocks;
    const QByteArray blanks = "{\"type\":\"x\"" + QByteArray(60'000'000, ' ') + "}\n";
    capture::BlockHead head;
    head.from = at;
    head.to = at;
    const QByteArray block = capture::toBlock(head, blanks);
    for (int i = 0; i < 12; ++i) {
        head.offset = bytes.size();
        blocks.append(head);
        bytes += block;
    }
    put(bytes + capture::fileEnd(blocks, bytes.size()));
    auto history = capture::History::open(file());
    QVERIFY(history.hasValue());
    const auto moment = history->at(at);
    QVERIFY(!moment);
    QCOMPARE(moment.error().code, ErrorCode::FileDamaged);
}

void CaptureFileTest::skipsUnknownLines()
{
    put(fileOf(header + "{\"type\":\"future\",\"x\":1}\n{\"no\":\"type\"}\n"));
    const auto read = readCapture(file());
    QVERIFY2(read.hasValue(), read ? "" : qPrintable(read.error().detail));
    QCOMPARE(read->toolVersion, u"9"_s);
}

void CaptureFileTest::noticesEveryFlippedByte()
{
    QVERIFY(writeCapture(file(), fullCapture()).hasValue());
    const QByteArray good = bytes();
    const qsizetype firstLine = good.indexOf('\n'); // damaged it may be a newer Slotscope's
    for (qsizetype i = 0; i < good.size(); i += 3) {
        QByteArray bad = good;
        bad[i] = static_cast<char>(bad.at(i) ^ 0x01);
        put(bad);
        const auto read = readCapture(file());
        QVERIFY2(!read, qPrintable(u"byte %1"_s.arg(i)));
        const ErrorCode code = read.error().code;
        QVERIFY(
            code == ErrorCode::FileDamaged || (i < firstLine && code == ErrorCode::NotPossible));
    }
}

void CaptureFileTest::noticesEveryCut()
{
    QVERIFY(writeCapture(file(), fullCapture()).hasValue());
    const QByteArray good = bytes();
    for (qsizetype i = 0; i < good.size(); i += 3) {
        put(good.left(i));
        const auto read = readCapture(file());
        QVERIFY2(!read, qPrintable(u"%1 bytes"_s.arg(i)));
        QCOMPARE(read.error().code, ErrorCode::FileDamaged);
    }
}

void CaptureFileTest::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("detail");
    const QByteArray good = fileOf(header);
    const QByteArray block = good.mid(capture::fileBeginning().size());
    QTest::newRow("a version that is damaged")
        << QByteArray("{\"slotscope\": 2]\n") + block << u"capture"_s;
    QTest::newRow("newer version") << QByteArray("{\"slotscope\": 3}\n") + block << u"newer"_s;
    QTest::newRow("something else") << QByteArray("PK\x03\x04 and so on") << u"not a capture"_s;
    QTest::newRow("empty") << QByteArray() << u"not a capture"_s;
    QTest::newRow("only a beginning") << capture::fileBeginning() << u"block 1"_s;
    QTest::newRow("something behind it") << good + "x" << u"block 2"_s;
    QTest::newRow("twice") << good + good << u"block 2"_s;
    QTest::newRow("no capture") << fileOf("{\"type\":\"trace\"}\n") << u"line 1"_s;
    QTest::newRow("not JSON") << fileOf(header + "nonsense\n") << u"line 2"_s;
    QTest::newRow("line without end") << fileOf(header + "{}") << u"line 2"_s;
    QTest::newRow("trace without map")
        << fileOf(header + "{\"type\":\"trace\",\"map\":0,\"trace\":{}}\n") << u"line 2"_s;
    QTest::newRow("maps out of order")
        << fileOf(header + "{\"type\":\"map\",\"number\":7,\"topology\":{}}\n") << u"line 2"_s;
    const auto withHead = [&](const QByteArray& field, const QByteArray& value) {
        QByteArray bytes = good;
        const qsizetype at = bytes.indexOf(field) + field.size();
        return bytes.replace(at, bytes.indexOf(',', at) - at, value);
    };
    QTest::newRow("huge block") << withHead("\"bytes\":", "99999999999") << u"block 1"_s;
    QTest::newRow("negative") << withHead("\"bytes\":", "-1") << u"block 1"_s;
    QTest::newRow("not a number") << withHead("\"bytes\":", "\"many\"") << u"block 1"_s;
    // Ten megabytes of zeros that claim to be one byte, with a checksum that holds.
    QTest::newRow("bomb") << bombFile() << u"length"_s;
}

void CaptureFileTest::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, detail);
    put(bytes);
    const auto read = readCapture(file());
    QVERIFY(!read);
    const bool isWhole = detail == u"newer"_s;
    QCOMPARE(read.error().code, isWhole ? ErrorCode::NotPossible : ErrorCode::FileDamaged);
    QVERIFY2(read.error().detail.contains(detail), qPrintable(read.error().detail));
}

void CaptureFileTest::missingFile()
{
    QCOMPARE(readCapture(file()).error().code, ErrorCode::FileError);
    QCOMPARE(writeCapture(file() + u"/in/nowhere"_s, {}).error().code, ErrorCode::FileError);
}

/// Would be waited for without end.
void CaptureFileTest::aPipe()
{
    QCOMPARE(::mkfifo(QFile::encodeName(file()).constData(), 0600), 0);
    QCOMPARE(readCapture(file()).error().code, ErrorCode::FileError);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::CaptureFileTest)
#include "tst_capturefile.moc"
