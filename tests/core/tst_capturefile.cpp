// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/capturefile.h"
#include "core/cluster/topologyjson.h"
#include "core/command/traceformat.h"

#include <QCryptographicHash>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using capture::Capture;
using capture::readCapture;
using capture::writeCapture;
using cluster::Topology;
using support::ErrorCode;

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

QByteArray block(const QByteArray& raw)
{
    const QByteArray data = qCompress(raw).mid(4);
    return "block " + QByteArray::number(data.size()) + ' ' + QByteArray::number(raw.size()) + ' '
        + QCryptographicHash::hash(data, QCryptographicHash::Sha256).toHex() + '\n' + data + '\n';
}

const QByteArray firstLine = "slotscope-capture 1\n";
const QByteArray header
    = "{\"type\":\"header\",\"saved_at\":\"2026-11-23T14:02:40.123Z\",\"tool_version\":\"9\"}\n";

} // namespace

class CaptureFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsWhatItWrote();
    void emptyCapture();
    void storesEachTopologyOnce();
    void manyBlocks();
    void skipsUnknownLines();
    void linesMayCrossBlocks();
    void noticesEveryFlippedByte();
    void noticesEveryCut();
    void refuses_data();
    void refuses();
    void missingFile();

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

void CaptureFileTest::manyBlocks()
{
    Capture capture = fullCapture();
    QByteArray noise;
    for (qint64 i = 0; i < 400'000; ++i)
        noise += static_cast<char>('!' + (i * 7919 + i / 94) % 90);
    capture.traces[0].argv.append(noise);
    QVERIFY(writeCapture(file(), capture).hasValue());
    QVERIFY(bytes().count("\nblock ") + bytes().startsWith("block ") > 1);
    const auto read = readCapture(file());
    QVERIFY(read.hasValue());
    QCOMPARE(read->traces.at(0).argv.last(), noise);
}

void CaptureFileTest::skipsUnknownLines()
{
    put(firstLine + block(header + "{\"type\":\"event\",\"x\":1}\n{\"no\":\"type\"}\n"));
    const auto read = readCapture(file());
    QVERIFY(read.hasValue());
    QCOMPARE(read->toolVersion, u"9"_s);
}

void CaptureFileTest::linesMayCrossBlocks()
{
    put(firstLine + block(header.left(20)) + block(header.mid(20)));
    const auto read = readCapture(file());
    QVERIFY(read.hasValue());
    QCOMPARE(read->toolVersion, u"9"_s);
}

void CaptureFileTest::noticesEveryFlippedByte()
{
    QVERIFY(writeCapture(file(), fullCapture()).hasValue());
    const QByteArray good = bytes();
    for (qsizetype i = 0; i < good.size(); ++i) {
        QByteArray bad = good;
        bad[i] = static_cast<char>(bad.at(i) ^ 0x01);
        put(bad);
        const auto read = readCapture(file());
        QVERIFY2(!read, qPrintable(u"byte %1"_s.arg(i)));
        QCOMPARE(read.error().code, ErrorCode::FileDamaged);
    }
}

void CaptureFileTest::noticesEveryCut()
{
    QVERIFY(writeCapture(file(), fullCapture()).hasValue());
    const QByteArray good = bytes();
    for (qsizetype i = 0; i < good.size(); ++i) {
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
    const QByteArray good = block(header);
    const QByteArray hash = good.mid(good.indexOf('\n') - 64, 64);
    QTest::newRow("newer version") << QByteArray("slotscope-capture 2\n") + good << u"newer"_s;
    QTest::newRow("something else") << QByteArray("PK\x03\x04 and so on") << u"not a capture"_s;
    QTest::newRow("no header") << firstLine + block("{\"type\":\"trace\"}\n") << u"line 1"_s;
    QTest::newRow("second block") << firstLine + good + "block x y z\n" << u"block 2"_s;
    QTest::newRow("not JSON") << firstLine + block(header + "nonsense\n") << u"line 2"_s;
    QTest::newRow("line without end") << firstLine + block(header + "{}") << u"line 2"_s;
    QTest::newRow("trace without map")
        << firstLine + block(header + "{\"type\":\"trace\",\"map\":0,\"trace\":{}}\n")
        << u"line 2"_s;
    QTest::newRow("huge block") << firstLine + "block 9999999999 1 " + hash + "\n" << u"block 1"_s;
    QTest::newRow("huge raw") << firstLine + "block 10 67108865 " + hash + "\n" << u"block 1"_s;
    QTest::newRow("negative") << firstLine + "block -1 -1 " + hash + "\n" << u"block 1"_s;
    // Ten megabytes of zeros that claim to be one byte.
    QByteArray bomb = block(QByteArray(10'000'000, '0'));
    QTest::newRow("bomb") << firstLine + bomb.replace(" 10000000 ", " 1 ") << u"length"_s;
}

void CaptureFileTest::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, detail);
    put(bytes);
    const auto read = readCapture(file());
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::FileDamaged);
    QVERIFY2(read.error().detail.contains(detail), qPrintable(read.error().detail));
}

void CaptureFileTest::missingFile()
{
    QCOMPARE(readCapture(file()).error().code, ErrorCode::FileError);
    QCOMPARE(writeCapture(file() + u"/in/nowhere"_s, {}).error().code, ErrorCode::FileError);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::CaptureFileTest)
#include "tst_capturefile.moc"
