// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/ui/reportfixtures.h"

#include "core/capture/blockfile.h"
#include "tests/ui/paintfixtures.h"
#include "ui/report/picturelayout.h"
#include "ui/report/svgpicture.h"

#include <QFile>
#include <QPainter>
#include <QProcess>
#include <QtEndian>

#include <limits>

namespace slotscope::tests {

using namespace cluster;

namespace {

using namespace Qt::StringLiterals;

QDateTime clock(int hour, int minute, int second)
{
    return { QDate(2026, 11, 23), QTime(hour, minute, second), Qt::UTC };
}

/// What CLUSTER NODES prints.
QByteArray nodesText(const TopologyData& data)
{
    QByteArray text;
    for (const Node& node : data.nodes) {
        text += node.id.toByteArray() + ' ' + node.address.toString().toUtf8() + "@1"
            + QByteArray::number(node.port) + ' ';
        text += node.role == Role::Primary ? "master" : "slave";
        if (node.health == Health::Fail)
            text += ",fail";
        else if (node.health == Health::PFail)
            text += ",fail?";
        text += ' ' + (node.primaryId.isNull() ? QByteArray("-") : node.primaryId.toByteArray());
        text += " 0 1763906861000 7 connected";
        for (const SlotRange& range : node.ranges)
            text += ' ' + QByteArray::number(range.first.number()) + '-'
                + QByteArray::number(range.last.number());
        text += '\n';
    }
    return text;
}

void addAnswers(capture::Capture* capture, const TopologyData& data)
{
    const QByteArray text = nodesText(data);
    for (const Node& node : data.nodes) {
        capture::NodeAnswers answers;
        answers.id = node.id;
        answers.address = node.address;
        answers.isReachable = node.health != Health::Fail;
        if (answers.isReachable) {
            answers.dialled = node.address.toString();
            answers.server = u"redis 7.0.15"_s;
            answers.roundTripMicros = 312 + node.port % 97;
            answers.answeredAt = savedAt().addMSecs(-140);
            answers.serverTime = savedAt().addMSecs(-120);
            answers.state = data.state;
            answers.currentEpoch = 7;
            answers.myEpoch = 7;
            answers.replication.role = node.role;
            answers.replication.offset = 90'311'744;
            answers.replies = { { u"CLUSTER NODES"_s, text, {} },
                { u"ROLE"_s, "1) \"master\"\n2) (integer) 90311744\n", {} },
                { u"SLOWLOG GET"_s, {},
                    support::Error { support::ErrorCode::NoPermission,
                        u"NOPERM this user has no permissions"_s, {} } } };
        } else {
            answers.error = support::Error { support::ErrorCode::ConnectionRefused, {},
                node.address.toString() };
        }
        capture->nodes.append(answers);
    }
}

void addEvents(capture::Capture* capture, const Topology& from, const Topology& to,
    const QDateTime& at, const NodeId& saidBy)
{
    for (const TopologyChange& change : cluster::diff(from, to))
        capture->events.append({ change, at, saidBy });
}

capture::Capture recorded(const Topology& before)
{
    capture::Capture capture;
    capture.savedAt = savedAt();
    capture.utcOffsetSeconds = 3600;
    capture.toolVersion = u"0.4.0"_s;
    capture.name = u"orders"_s;
    capture.environment = u"production"_s;
    capture.recordingBegan = clock(13, 52, 10);
    capture.before = before;
    return capture;
}

} // namespace

QDateTime savedAt()
{
    return clock(14, 7, 41);
}

capture::Capture healthyCapture(int shards, int replicas)
{
    capture::Capture capture;
    capture.savedAt = savedAt();
    capture.toolVersion = u"0.4.0"_s;
    TopologyData data = evenCluster(shards, replicas);
    data.capturedAt = savedAt();
    data.seedTyped = u"127.0.0.1:30001"_s;
    capture.topology = Topology::build(data);
    return capture;
}

capture::Capture incidentCapture(int shards, int replicas, const QList<int>& failing)
{
    TopologyData data = evenCluster(shards, replicas);
    data.capturedAt = clock(13, 52, 10);
    data.seedTyped = u"clustercfg.orders.abc123.use1.cache.amazonaws.com:6379"_s;
    data.seedVia = u"ssh bastion"_s;
    data.seedSecurity = net::WaySecurity::TlsVerified;
    const int all = static_cast<int>(data.nodes.size());
    data.viewsAsked = data.viewsAnswered = all;
    const Topology before = Topology::build(data);
    capture::Capture capture = recorded(before);

    data.capturedAt = savedAt();
    for (const int shard : failing)
        data.nodes[shard * (replicas + 1)].health = Health::PFail;
    const Topology suspected = Topology::build(data, &before);
    for (const int shard : failing)
        data.nodes[shard * (replicas + 1)].health = Health::Fail;
    data.state = ClusterState::Fail;
    const int failed = static_cast<int>(failing.size());
    data.viewsAnswered = all - failed;
    capture.topology = Topology::build(data, &suspected);
    addEvents(&capture, before, suspected, clock(14, 3, 6), nodeId(0));
    addEvents(&capture, suspected, capture.topology, clock(14, 3, 12), nodeId(0));
    addAnswers(&capture, data);
    if (replicas > 0 && !failing.isEmpty())
        capture.nodes[failing.first() * (replicas + 1) + 1].replication.linkUp = false;
    if (replicas > 0)
        capture.nodes[1].replication.offset = 88'211'744;
    capture.findings = { { health::Severity::Error, health::FindingCode::NodeFailed,
        u"%1 primaries are marked as failed by all nodes."_s.arg(failed),
        u"Nobody serves their slots. Look at their logs first."_s, { nodeId(failing.value(0)) }, {},
        {} } };
    capture.seen = { { nodeId(0), data.nodes.first().address, "CLUSTERDOWN", 52, clock(14, 3, 12),
        clock(14, 7, 40) } };
    capture.notes
        = { { clock(14, 5, 20), u"paged the database team, host db-17 does not ping"_s } };
    capture.traces = { movedTrace(before) };
    return capture;
}

capture::Capture afterwardsCapture()
{
    TopologyData data = evenCluster(3);
    data.capturedAt = clock(13, 52, 10);
    data.viewsAsked = data.viewsAnswered = 6;
    const Topology before = Topology::build(data);
    capture::Capture capture = recorded(before);

    data.nodes[2].health = Health::Fail;
    const Topology down = Topology::build(data, &before);
    addEvents(&capture, before, down, clock(14, 3, 12), nodeId(0));
    std::swap(data.nodes[2].ranges, data.nodes[3].ranges);
    data.nodes[2].role = Role::Replica;
    data.nodes[2].primaryId = nodeId(1, 1);
    data.nodes[3].role = Role::Primary;
    data.nodes[3].primaryId = {};
    data.nodes[3].configEpoch = 8;
    const Topology taken = Topology::build(data, &down);
    addEvents(&capture, down, taken, clock(14, 3, 27), nodeId(0));
    data.nodes[2].health = Health::Ok;
    data.nodes[0].ranges = { { Slot(0), Slot(4999) } };
    data.nodes[3].ranges = { { Slot(5000), Slot(10921) } };
    data.capturedAt = savedAt();
    capture.topology = Topology::build(data, &taken);
    addEvents(&capture, taken, capture.topology, clock(14, 6, 2), nodeId(1, 1));
    addAnswers(&capture, data);
    capture.marks = { { { 0.3, 0.52 }, u"the new primary"_s },
        { { 0.11, 0.16 }, u"461 slots went to S02 by hand, at 14:06"_s } };
    return capture;
}

capture::Capture partialCapture()
{
    TopologyData data = evenCluster(40, 2);
    data.capturedAt = savedAt();
    data.viewsAsked = 120;
    data.viewsAnswered = 118;
    data.nodes[51].health = Health::PFail;
    for (qsizetype i = 0; i < data.nodes.size(); ++i) {
        if (i != 51 && i != 70)
            data.views.append(data.nodes.at(i).id);
    }
    data.claims = { { { { Slot(9000), Slot(9007) } }, nodeId(21), { nodeId(3), nodeId(4, 1) } },
        { { { Slot(9000), Slot(9007) } }, nodeId(22), { nodeId(22) } } };
    data.disputes = { { { Slot(9000), Slot(9007) }, { nodeId(21), nodeId(22) } } };
    capture::Capture capture;
    capture.savedAt = savedAt();
    capture.toolVersion = u"0.4.0"_s;
    capture.topology = Topology::build(data);
    addAnswers(&capture, data);
    for (const int silent : { 51, 70 }) {
        capture.nodes[silent].isReachable = false;
        capture.nodes[silent].replies.clear();
        capture.nodes[silent].error = support::Error { support::ErrorCode::ConnectTimeout, {},
            capture.nodes.at(silent).address.toString() };
    }
    capture.nodes[5].isLate = true;
    return capture;
}

QString hostileText()
{
    return u"<script>alert(1)</script>|`x`[a](javascript:b)![i](//evil.example)\n# *_\u202e\x01&\"'"
           "</pre></svg>]]>--><img src=x onerror=y>"_s;
}

capture::Capture hostileCapture(const QString& text)
{
    capture::Capture capture = incidentCapture(3, 1, { 1 });
    TopologyData data = capture.topology.data();
    data.seedTyped = text;
    data.version = text;
    data.warnings = { text };
    data.nodes[0].address.host = text;
    data.nodes[0].hostname = text;
    data.nodes[3].address.host = u"\"'>]]>`|"_s;
    data.nodes[1].flags = { text };
    capture.topology = Topology::build(data);
    capture.name = text;
    capture.environment = text;
    capture.toolVersion = text;
    capture.redaction = text;
    capture.dnsAnswers = { text };
    capture.names = { { text, { text }, text } };
    capture.notes = { { clock(14, 5, 20), text } };
    capture.marks = { { { 2.0, std::numeric_limits<double>::quiet_NaN() }, text } };
    for (health::Finding& finding : capture.findings)
        finding.title = finding.detail = text;
    for (cluster::TopologyEvent& event : capture.events)
        event.change.name = event.change.before = event.change.after = event.change.shard = text;
    for (capture::NodeAnswers& node : capture.nodes) {
        node.server = node.dialled = text;
        node.replies.append({ text, text.toUtf8() + "\n````\n", {} });
        node.replies.append(
            { u"INFO"_s, {}, support::Error { support::ErrorCode::ServerError, text, {} } });
    }
    capture.seen[0].word = text.toUtf8();
    capture.counted = { { text.toUtf8(), 1, savedAt(), savedAt() } };
    command::Trace trace = movedTrace(capture.topology);
    trace.argv = { "GET", text.toUtf8() };
    trace.keys = { text.toUtf8() };
    trace.hops[0].raw = text.toUtf8();
    trace.hops[0].target = trace.hops[0].nodeLabel = text;
    capture.traces = { trace };
    return capture;
}

namespace {

/// A stream of zlib; empty when it is none.
QByteArray inflated(const QByteArray& packed)
{
    // A guess of the size comes first, and grows. What is no such stream is said to be none, aloud.
    const bool isZlib = packed.size() > 2 && (packed.at(0) & 0x0f) == 8
        && (static_cast<uchar>(packed.at(0)) * 256 + static_cast<uchar>(packed.at(1))) % 31 == 0;
    return isZlib ? qUncompress(QByteArray("\0\1\0\0", 4) + packed) : QByteArray();
}

/// Everything but streams, and then these, unpacked.
void unpackPdf(const QString& name, const QByteArray& pdf, Unpacked* result)
{
    qsizetype from = 0;
    for (qsizetype at = pdf.indexOf("stream\n"); at >= 0; at = pdf.indexOf("stream\n", from)) {
        const qsizetype begin = at + 7;
        const qsizetype end = pdf.indexOf("endstream", begin);
        if (end < 0)
            break;
        result->text += pdf.sliced(from, begin - from);
        const QByteArray body = pdf.sliced(begin, end - begin);
        const QByteArray plain = inflated(body);
        result->bytes += plain.isEmpty() ? body : plain;
        from = end + 10;
    }
    result->text += pdf.sliced(from);
    QByteArray wide = result->text; // UTF-16 in the dictionary
    result->text += wide.replace('\0', "");
    QProcess process;
    process.start(u"pdftotext"_s, { name, u"-"_s });
    process.waitForFinished();
    result->text += process.readAllStandardOutput();
}

void unpackPng(const QByteArray& png, Unpacked* result)
{
    for (qsizetype at = 8; at + 12 <= png.size();) {
        const auto size = static_cast<qsizetype>(qFromBigEndian<quint32>(png.constData() + at));
        const QByteArray type = png.mid(at + 4, 4);
        if (type != "IDAT")
            result->text += type + ' ' + png.mid(at + 8, size) + '\n';
        at += 12 + size;
    }
}

/// Its extensions and their blocks.
void unpackGif(const QByteArray& gif, Unpacked* result)
{
    const auto byteAt = [&gif](qsizetype at) { return static_cast<uchar>(gif.at(at)); };
    const auto mapSize = [](int flags) { return flags & 0x80 ? 3 << ((flags & 7) + 1) : 0; };
    qsizetype at = 13 + mapSize(byteAt(10));
    const auto skipBlocks = [&](bool isText) {
        while (at < gif.size() && byteAt(at) != 0) {
            if (isText)
                result->text += gif.mid(at + 1, byteAt(at)) + '\n';
            at += 1 + byteAt(at);
        }
        ++at;
    };
    while (at + 1 < gif.size() && byteAt(at) != 0x3b) {
        if (byteAt(at) == 0x21) {
            result->text += "extension " + QByteArray::number(byteAt(at + 1), 16) + '\n';
            const bool isFrame = byteAt(at + 1) == 0xf9; // its delay and how it is put over others
            at += 2;
            skipBlocks(!isFrame);
        } else {
            at += 10 + mapSize(byteAt(at + 9));
            ++at; // the size of the codes
            skipBlocks(false);
        }
    }
}

} // namespace

Unpacked unpacked(const QString& name)
{
    Unpacked result;
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return result;
    const QByteArray content = file.readAll();
    if (content.startsWith("%PDF")) {
        unpackPdf(name, content, &result);
    } else if (content.startsWith("\x89PNG")) {
        unpackPng(content, &result);
    } else if (content.startsWith("GIF8")) {
        unpackGif(content, &result);
    } else if (const auto blocks = capture::BlockFile::open(name)) {
        result.text = content.left(content.indexOf('\n'));
        for (qsizetype i = 0; i < blocks->blocks().size(); ++i)
            result.text += blocks->read(i).value();
    } else {
        result.text = content;
    }
    return result;
}

QImage renderPicture(
    const capture::Capture& capture, const ui::PictureOptions& options, qreal scale)
{
    QImage image(qRound(ui::PictureLayout::width * scale),
        qRound(ui::PictureLayout::height * scale), QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    ui::paintPicture(painter, capture, options);
    return image;
}

QByteArray pictureSvg(const capture::Capture& capture, const ui::PictureOptions& options)
{
    return ui::svgDocument({ ui::PictureLayout::width, ui::PictureLayout::height },
        [&](QPainter& painter) { ui::paintPicture(painter, capture, options); });
}

} // namespace slotscope::tests
