// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/mergeviews.h"
#include "core/cluster/viewparsers.h"
#include "core/resp/replyreader.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace slotscope::cluster;

namespace slotscope::tests {
namespace {

QList<QJsonObject> linesOf(const QString& path)
{
    QList<QJsonObject> lines;
    QFile file(path);
    if (file.open(QIODevice::ReadOnly)) {
        while (!file.atEnd())
            lines.append(QJsonDocument::fromJson(file.readLine()).object());
    }
    return lines;
}

resp::Reply replyOf(const QByteArray& wire)
{
    resp::ReplyReader reader;
    reader.feed(wire);
    const auto reply = reader.next();
    return reply && *reply ? **reply : resp::Reply();
}

/// A captured or made-up reply as it would come over the wire.
QByteArray wireOf(const QJsonValue& value)
{
    if (value.isString()) {
        const QByteArray text = value.toString().toUtf8();
        return '$' + QByteArray::number(text.size()) + "\r\n" + text + "\r\n";
    }
    if (value.isDouble())
        return ':' + QByteArray::number(value.toInteger()) + "\r\n";
    if (value.isArray()) {
        const QJsonArray items = value.toArray();
        QByteArray wire = '*' + QByteArray::number(items.size()) + "\r\n";
        for (const QJsonValue& item : items)
            wire += wireOf(item);
        return wire;
    }
    return "$-1\r\n";
}

QJsonValue orNull(const QString& text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonArray rangesOf(const SlotRanges& ranges)
{
    QJsonArray array;
    for (const SlotRange& range : ranges)
        array.append(QJsonArray { range.first.number(), range.last.number() });
    return array;
}

QJsonArray openSlotsOf(const QList<OpenSlot>& open)
{
    QJsonArray array;
    for (const OpenSlot& slot : open)
        array.append(QJsonArray { slot.slot.number(), slot.peer.toString() });
    return array;
}

/// The owners and what nobody owns, as the vectors write them.
QJsonArray ownersOf(const Topology& topology)
{
    QJsonArray array;
    for (const Topology::OwnedRange& owned : topology.ownedRanges()) {
        const Node& node = topology.nodes().at(owned.nodeIndex);
        array.append(QJsonArray { owned.range.first.number(), owned.range.last.number(),
            node.id.isNull() ? node.address.toString() : node.id.toString() });
    }
    return array;
}

} // namespace

class TestViewParsers final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void captures_data();
    void captures();
    void malformed_data();
    void malformed();
    void boundless_data();
    void boundless();
    void addresses_data();
    void addresses();
    void flags_data();
    void flags();
    void brokenLines_data();
    void brokenLines();
    void brokenSlots_data();
    void brokenSlots();
    void tolerance();
    void linesReadBefore();
    void linesThatAreNotTheSame_data();
    void linesThatAreNotTheSame();
    void onlyItself();
    void laterElementsOfSlots();
    void info();

private:
    void checkNodes(const QJsonObject& row);
    void checkSlots(const QJsonObject& row);
};

void TestViewParsers::captures_data()
{
    QTest::addColumn<QJsonObject>("row");
    int rows = 0;
    for (const QJsonObject& row : linesOf(QFINDTESTDATA("../data/topology.jsonl"))) {
        // CLUSTER SHARDS is never sent.
        if (row.value(u"kind"_s).toString() == u"shards")
            continue;
        QTest::newRow(row.value(u"name"_s).toString().toUtf8().constData()) << row;
        ++rows;
    }
    QVERIFY(rows > 50);
}

void TestViewParsers::captures()
{
    QFETCH(QJsonObject, row);
    if (row.value(u"kind"_s).toString() == u"nodes")
        checkNodes(row);
    else
        checkSlots(row);
}

void TestViewParsers::checkNodes(const QJsonObject& row)
{
    // The one without a raw reply is a file.
    const QByteArray raw = row.value(u"raw_resp_latin1"_s).toString().toLatin1();
    const QByteArray text
        = raw.isEmpty() ? row.value(u"reply"_s).toString().toUtf8() : replyOf(raw).toByteArray();
    const auto view = parseNodes(text);
    QVERIFY2(view.hasValue(), qPrintable(view ? QString() : view.error().detail));

    const QJsonObject expect = row.value(u"expect"_s).toObject();
    const QJsonArray entries = expect.value(u"entries"_s).toArray();
    QCOMPARE(view->nodes.size(), entries.size());
    const QJsonObject answeredBy = row.value(u"answered_by"_s).toObject();
    ViewInput input { *view, {}, answeredBy.value(u"host"_s).toString(),
        static_cast<quint16>(answeredBy.value(u"port"_s).toInt()) };
    const Topology topology = mergeViews({ input }, {});
    for (int i = 0; i < entries.size(); ++i) {
        const QJsonObject entry = entries.at(i).toObject();
        const Node& node = view->nodes.at(i);
        QCOMPARE(node.id.toString(), entry.value(u"id"_s).toString());
        QCOMPARE(node.ip, entry.value(u"announced_host"_s).toString());
        QCOMPARE(int(node.port), entry.value(u"port"_s).toInt());
        QCOMPARE(node.busPort ? QJsonValue(*node.busPort) : QJsonValue(), entry.value(u"cport"_s));
        QCOMPARE(orNull(node.hostname), entry.value(u"hostname"_s));
        QCOMPARE(QJsonArray::fromStringList(node.flags), entry.value(u"flags"_s).toArray());
        QCOMPARE(node.myself, entry.value(u"myself"_s).toBool());
        QCOMPARE(roleName(node.role), entry.value(u"role"_s).toString());
        QCOMPARE(orNull(node.primaryId.toString()), entry.value(u"primary_id"_s));
        QCOMPARE(node.configEpoch, quint64(entry.value(u"config_epoch"_s).toInt()));
        QCOMPARE(linkName(node.link), entry.value(u"link"_s).toString());
        QCOMPARE(rangesOf(node.ranges), entry.value(u"slots"_s).toArray());
        QCOMPARE(openSlotsOf(node.migrating), entry.value(u"migrating"_s).toArray());
        QCOMPARE(openSlotsOf(node.importing), entry.value(u"importing"_s).toArray());
        if (node.health != Health::Handshake)
            QCOMPARE(healthName(node.health), entry.value(u"fail_state"_s).toString());

        const Node* merged = topology.nodeById(node.id);
        QVERIFY(merged);
        QCOMPARE(merged->address.isDialable(), entry.value(u"usable"_s).toBool());
        if (merged->address.isDialable())
            QCOMPARE(merged->address.host, entry.value(u"connect_host"_s).toString());
    }
    QCOMPARE(ownersOf(topology), expect.value(u"slot_owners"_s).toArray());
    QCOMPARE(rangesOf(topology.uncovered()), expect.value(u"uncovered"_s).toArray());
}

void TestViewParsers::checkSlots(const QJsonObject& row)
{
    const auto parsed = parseSlots(replyOf(row.value(u"raw_resp_latin1"_s).toString().toLatin1()));
    QVERIFY2(parsed.hasValue(), qPrintable(parsed ? QString() : parsed.error().detail));
    SlotsView view = *parsed;
    const QJsonObject answeredBy = row.value(u"answered_by"_s).toObject();
    const Topology topology
        = mergeViews({ { {}, view, answeredBy.value(u"host"_s).toString(),
                         static_cast<quint16>(answeredBy.value(u"port"_s).toInt()) } },
            {});
    std::sort(view.begin(), view.end(),
        [](const SlotsEntry& a, const SlotsEntry& b) { return a.range.first < b.range.first; });

    const QJsonObject expect = row.value(u"expect"_s).toObject();
    const QJsonArray entries = expect.value(u"entries"_s).toArray();
    QCOMPARE(view.size(), entries.size());
    for (int i = 0; i < entries.size(); ++i) {
        const QJsonObject entry = entries.at(i).toObject();
        QCOMPARE(view.at(i).range.first.number(), entry.value(u"start"_s).toInt());
        QCOMPARE(view.at(i).range.last.number(), entry.value(u"end"_s).toInt());
        const QJsonArray nodes = entry.value(u"nodes"_s).toArray();
        QCOMPARE(view.at(i).nodes.size(), nodes.size());
        for (int j = 0; j < nodes.size(); ++j) {
            const SlotsNode& node = view.at(i).nodes.at(j);
            const QJsonObject said = nodes.at(j).toObject();
            QCOMPARE(orNull(node.id.toString()), said.value(u"id"_s));
            QCOMPARE(node.host, said.value(u"announced_host"_s).toString());
            QCOMPARE(int(node.port), said.value(u"port"_s).toInt());
            QJsonObject metadata;
            for (auto it = node.metadata.cbegin(); it != node.metadata.cend(); ++it)
                metadata.insert(it.key(), it.value());
            QCOMPARE(metadata, said.value(u"metadata"_s).toObject());
            const net::Endpoint dialled { said.value(u"connect_host"_s).toString(), node.port };
            const Node* merged = topology.nodeByAddress(dialled);
            QVERIFY2(merged, qPrintable(dialled.toString()));
            QCOMPARE(merged->address, dialled);
            QCOMPARE(roleName(merged->role), said.value(u"role"_s).toString());
        }
    }
    QCOMPARE(ownersOf(topology), expect.value(u"slot_owners"_s).toArray());
    if (!entries.isEmpty()) // else no node is known from which anything could be missing
        QCOMPARE(rangesOf(topology.uncovered()), expect.value(u"uncovered"_s).toArray());
}

void TestViewParsers::malformed_data()
{
    QTest::addColumn<QJsonObject>("row");
    for (const QJsonObject& row : linesOf(QFINDTESTDATA("../data/topology_malformed.jsonl")))
        QTest::newRow(row.value(u"name"_s).toString().toUtf8().constData()) << row;
}

void TestViewParsers::malformed()
{
    QFETCH(QJsonObject, row);
    QVERIFY(row.value(u"expect"_s).toObject().value(u"rejected"_s).toBool());
    const QJsonValue reply = row.value(u"reply"_s);
    if (row.value(u"kind"_s).toString() == u"nodes") {
        const auto view = parseNodes(reply.toString().toUtf8());
        QVERIFY(!view);
        QCOMPARE(view.error().code, support::ErrorCode::ProtocolError);
        QVERIFY(view.error().detail.contains(u"line 1"));
    } else {
        const auto view = parseSlots(replyOf(wireOf(reply)));
        QVERIFY(!view);
        QCOMPARE(view.error().code, support::ErrorCode::ProtocolError);
    }
}

void TestViewParsers::boundless_data()
{
    QTest::addColumn<QByteArray>("nodes");
    QTest::addColumn<QByteArray>("entries");
    const auto line = "a1 h:1 - - 0 0 0 c 0-16383\n"_ba;
    QTest::newRow("lines") << "a1 h:1 - - 0 0 0 c\n"_ba.repeated(10'001) << QByteArray();
    QTest::newRow("owners of slots") << line.repeated(5) << QByteArray();
    QTest::newRow("fields of one line")
        << line.trimmed() + " 1"_ba.repeated(16'385) << QByteArray();
    const auto entry = "*3\r\n:0\r\n:0\r\n*2\r\n+h\r\n:1\r\n"_ba;
    QTest::newRow("entries") << QByteArray() << "*16385\r\n" + entry.repeated(16'385);
    QTest::newRow("nodes of one entry")
        << QByteArray()
        << "*1\r\n*70002\r\n:0\r\n:0\r\n" + "*2\r\n+h\r\n:1\r\n"_ba.repeated(70'000);
}

void TestViewParsers::boundless()
{
    QFETCH(QByteArray, nodes);
    QFETCH(QByteArray, entries);
    if (!nodes.isEmpty())
        QVERIFY(!parseNodes(nodes));
    else
        QVERIFY(!parseSlots(replyOf(entries)));
}

void TestViewParsers::addresses_data()
{
    QTest::addColumn<QByteArray>("printed");
    QTest::addColumn<QString>("ip");
    QTest::addColumn<int>("port");
    QTest::addColumn<int>("busPort");
    QTest::addColumn<QString>("hostname");
    QTest::addColumn<int>("tlsPort");
    QTest::newRow("3.0") << "127.0.0.1:6379"_ba << u"127.0.0.1"_s << 6379 << 0 << u""_s << 0;
    QTest::newRow("4.0") << "127.0.0.1:6379@16379"_ba << u"127.0.0.1"_s << 6379 << 16379 << u""_s
                         << 0;
    QTest::newRow("name") << "10.0.0.1:6379@16379,h.example"_ba << u"10.0.0.1"_s << 6379 << 16379
                          << u"h.example"_s << 0;
    QTest::newRow("empty name") << "10.0.0.1:7@8,"_ba << u"10.0.0.1"_s << 7 << 8 << u""_s << 0;
    QTest::newRow("auxiliary") << "10.0.0.1:7@8,,tls-port=9,shard-id=ab"_ba << u"10.0.0.1"_s << 7
                               << 8 << u""_s << 9;
    QTest::newRow("auxiliary without a name's comma")
        << "10.0.0.1:7@8,shard-id=ab"_ba << u"10.0.0.1"_s << 7 << 8 << u""_s << 0;
    QTest::newRow("bare v6") << "2001:db8::1:6379@16379"_ba << u"2001:db8::1"_s << 6379 << 16379
                             << u""_s << 0;
    QTest::newRow("bracketed v6") << "[::1]:6379@16379"_ba << u"::1"_s << 6379 << 16379 << u""_s
                                  << 0;
    QTest::newRow("name as ip") << "n-1.example.com:6379@1122"_ba << u"n-1.example.com"_s << 6379
                                << 1122 << u""_s << 0;
    QTest::newRow("empty") << ":6379@16379"_ba << u""_s << 6379 << 16379 << u""_s << 0;
    QTest::newRow("noaddr") << ":0@0"_ba << u""_s << 0 << 0 << u""_s << 0;
}

void TestViewParsers::addresses()
{
    QFETCH(QByteArray, printed);
    const auto view = parseNodes(QByteArray("07c3 " + printed + " master - 0 0 1 connected 0-1"));
    QVERIFY(view);
    const Node& node = view->nodes.front();
    QTEST(node.ip, "ip");
    QTEST(int(node.port), "port");
    QTEST(int(node.busPort.value_or(0)), "busPort");
    QTEST(node.hostname, "hostname");
    QTEST(int(node.tlsPort.value_or(0)), "tlsPort");
}

void TestViewParsers::flags_data()
{
    QTest::addColumn<QByteArray>("printed");
    QTest::addColumn<Role>("role");
    QTest::addColumn<Health>("health");
    QTest::addColumn<bool>("dialable");
    QTest::newRow("primary") << "master"_ba << Role::Primary << Health::Ok << true;
    QTest::newRow("myself") << "myself,slave"_ba << Role::Replica << Health::Ok << true;
    QTest::newRow("replica") << "replica"_ba << Role::Replica << Health::Ok << true;
    QTest::newRow("fail?") << "master,fail?"_ba << Role::Primary << Health::PFail << true;
    QTest::newRow("fail") << "slave,fail"_ba << Role::Replica << Health::Fail << true;
    QTest::newRow("noaddr") << "master,noaddr"_ba << Role::Primary << Health::NoAddr << false;
    QTest::newRow("fail, noaddr") << "master,fail,noaddr"_ba << Role::Primary << Health::Fail
                                  << false;
    QTest::newRow("handshake") << "handshake"_ba << Role::Unknown << Health::Handshake << false;
    QTest::newRow("noflags") << "noflags"_ba << Role::Unknown << Health::Ok << true;
    QTest::newRow("of the future")
        << "master,nofailover,shiny"_ba << Role::Primary << Health::Ok << true;
}

void TestViewParsers::flags()
{
    QFETCH(QByteArray, printed);
    const auto view
        = parseNodes(QByteArray("07c3 10.0.0.1:6379@16379 " + printed + " - 0 0 1 connected"));
    QVERIFY(view);
    const Node& node = view->nodes.front();
    QTEST(node.role, "role");
    QTEST(node.health, "health");
    QTEST(node.address.isDialable(), "dialable");
    QCOMPARE(node.flags.join(u','), QString::fromLatin1(printed));
}

void TestViewParsers::brokenLines_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("nothing") << ""_ba;
    QTest::newRow("blank lines") << "\r\n\n"_ba;
    QTest::newRow("words") << "MOVED 1738 127.0.0.1:6379"_ba;
    QTest::newRow("no port") << "07c3 10.0.0.1 master - 0 0 1 connected"_ba;
    QTest::newRow("empty port") << "07c3 10.0.0.1:@1 master - 0 0 1 connected"_ba;
    QTest::newRow("signed port") << "07c3 10.0.0.1:+7 master - 0 0 1 connected"_ba;
    QTest::newRow("slot too high") << "07c3 10.0.0.1:1 master - 0 0 1 connected 16384"_ba;
    QTest::newRow("range backwards") << "07c3 10.0.0.1:1 master - 0 0 1 connected 9-8"_ba;
    QTest::newRow("half a range") << "07c3 10.0.0.1:1 master - 0 0 1 connected 9-"_ba;
    QTest::newRow("huge") << "07c3 10.0.0.1:1 master - 0 0 1 connected 99999999999999999999"_ba;
    QTest::newRow("open, no id") << "07c3 10.0.0.1:1 master - 0 0 1 connected [5->-]"_ba;
    QTest::newRow("open, no slot") << "07c3 10.0.0.1:1 master - 0 0 1 connected [->-ab]"_ba;
    QTest::newRow("open, other arrow") << "07c3 10.0.0.1:1 master - 0 0 1 connected [5-=-ab]"_ba;
    QTest::newRow("open, cut") << "07c3 10.0.0.1:1 master - 0 0 1 connected ["_ba;
    QTest::newRow("id with an escape") << "\x1b[31m 10.0.0.1:1 master - 0 0 1 connected"_ba;
}

void TestViewParsers::brokenLines()
{
    QFETCH(QByteArray, line);
    const auto view = parseNodes(line);
    QVERIFY(!view);
    QCOMPARE(view.error().code, support::ErrorCode::ProtocolError);
}

void TestViewParsers::brokenSlots_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::newRow("null") << "$-1\r\n"_ba;
    QTest::newRow("text") << "+OK\r\n"_ba;
    QTest::newRow("numbers") << "*1\r\n:1\r\n"_ba;
    QTest::newRow("backwards") << "*1\r\n*3\r\n:5\r\n:4\r\n*2\r\n$1\r\na\r\n:1\r\n"_ba;
    QTest::newRow("port") << "*1\r\n*3\r\n:4\r\n:5\r\n*2\r\n$1\r\na\r\n:65536\r\n"_ba;
    QTest::newRow("no port") << "*1\r\n*3\r\n:4\r\n:5\r\n*1\r\n$1\r\na\r\n"_ba;
    QTest::newRow("empty entry") << "*1\r\n*0\r\n"_ba;
    QTest::newRow("text for a slot") << "*1\r\n*3\r\n$1\r\nx\r\n:5\r\n*2\r\n$1\r\na\r\n:1\r\n"_ba;
}

void TestViewParsers::brokenSlots()
{
    QFETCH(QByteArray, wire);
    const auto view = parseSlots(replyOf(wire));
    QVERIFY(!view);
    QCOMPARE(view.error().code, support::ErrorCode::ProtocolError);
}

void TestViewParsers::tolerance()
{
    // A nodes.conf, with Windows line ends, and a host name that would turn a terminal red.
    const auto view
        = parseNodes("07c3 10.0.0.1:6379@16379,\x1b[31mred myself,master - 0 0 3 connected "
                     "5 7-9 6 [7->-91ab] [8-<-91ab]\r\n"
                     "91ab 10.0.0.2:6379@16379 slave 07c3 0 0 3 disconnected\r\n"
                     "vars currentEpoch 6 lastVoteEpoch 0\r\n");
    QVERIFY2(view.hasValue(), qPrintable(view ? QString() : view.error().detail));
    QCOMPARE(view->nodes.size(), 2);
    QCOMPARE(view->myself, 0);
    const Node& node = view->nodes.front();
    QCOMPARE(rangesOf(node.ranges), (QJsonArray { QJsonArray { 5, 9 } }));
    QCOMPARE(node.migrating, (QList<OpenSlot> { { Slot(7), NodeId("91ab"_ba) } }));
    QCOMPARE(node.importing, (QList<OpenSlot> { { Slot(8), NodeId("91ab"_ba) } }));
    QVERIFY(!node.hostname.contains(QChar(0x1b)));
    QCOMPARE(view->nodes.at(1)->primaryId, NodeId("07c3"_ba));
    QCOMPARE(view->nodes.at(1)->link, LinkState::Disconnected);
}

/// The same but for the times of ping and pong.
void TestViewParsers::linesReadBefore()
{
    NodesParser parser;
    const auto first = parser.parse("07c3 10.0.0.1:1@2 myself,master - 0 0 3 connected 5-9\n"
                                    "91ab 10.0.0.2:1@2 slave 07c3 0 100 3 connected\n");
    const auto second = parser.parse("91ab 10.0.0.2:1@2 slave 07c3 7 1795400687371 3 connected\n"
                                     "07c3 10.0.0.1:1@2 master - 8 9 3 connected 5-9\n");
    QVERIFY(first && second);
    QCOMPARE(second->nodes.at(0).identity(), first->nodes.at(1).identity());
    QVERIFY(second->nodes.at(1).identity() != first->nodes.at(0).identity()); // "myself"
    QCOMPARE(first->myself, 0);
    QCOMPARE(second->myself, -1);
    QVERIFY(!second->nodes.at(1)->myself);
    // What is wrong is wrong each time.
    for (int i = 0; i < 2; ++i)
        QVERIFY(!parser.parse("07c3 10.0.0.1:1@2 master - 8 9 3 connected 5-99999\n"));
}

void TestViewParsers::linesThatAreNotTheSame_data()
{
    QTest::addColumn<QByteArray>("other");
    QTest::newRow("address") << "a 10.0.0.2:1@2 slave b 0 100 3 connected"_ba;
    QTest::newRow("flags") << "a 10.0.0.1:1@2 slave,fail b 0 100 3 connected"_ba;
    QTest::newRow("primary") << "a 10.0.0.1:1@2 slave c 0 100 3 connected"_ba;
    QTest::newRow("epoch") << "a 10.0.0.1:1@2 slave b 0 100 4 connected"_ba;
    QTest::newRow("link") << "a 10.0.0.1:1@2 slave b 0 100 3 disconnected"_ba;
    QTest::newRow("slots") << "a 10.0.0.1:1@2 slave b 0 100 3 connected 7"_ba;
    // What stands where the times would be is another field here.
    QTest::newRow("two spaces") << "a  10.0.0.1:1@2 slave b 0 100 3 connected"_ba;
    QTest::newRow("two spaces later") << "a 10.0.0.1:1@2 slave  c 0 100 3 connected"_ba;
}

void TestViewParsers::linesThatAreNotTheSame()
{
    QFETCH(QByteArray, other);
    NodesParser parser;
    QVERIFY(parser.parse("a 10.0.0.1:1@2 slave b 0 100 3 connected\n"));
    const auto shared = parser.parse(other);
    const auto own = parseNodes(other);
    QVERIFY(shared && own);
    QCOMPARE(Node(shared->nodes.at(0)), Node(own->nodes.at(0)));
}

void TestViewParsers::onlyItself()
{
    QVERIFY(parseNodes("07c3 :6379@16379 myself,master - 0 0 0 connected")->knowsOnlyItself());
    QVERIFY(!parseNodes("07c3 :6379@16379 myself,master - 0 0 0 connected 5")->knowsOnlyItself());
}

void TestViewParsers::laterElementsOfSlots()
{
    const auto view = parseSlots(replyOf(
        "*1\r\n*5\r\n:4\r\n:5\r\n*5\r\n$1\r\na\r\n:1\r\n$2\r\nid\r\n*2\r\n$2\r\nip\r\n$1\r\nb\r\n"
        "+more\r\n*2\r\n$-1\r\n:2\r\n+more\r\n"));
    QVERIFY(view);
    QCOMPARE(view->front().nodes.size(), 2);
    QCOMPARE(view->front().nodes.at(0).metadata.value(u"ip"_s), u"b"_s);
    QCOMPARE(view->front().nodes.at(1).host, QString());
}

void TestViewParsers::info()
{
    const auto fields
        = parseInfo("# Server\r\nredis_version:7.0.15\r\n\r\nempty:\r\nurl:a:b\r\nnoise");
    QCOMPARE(fields.size(), 3);
    QCOMPARE(fields.value("redis_version"_ba), "7.0.15"_ba);
    QCOMPARE(fields.value("url"_ba), "a:b"_ba);
}

} // namespace slotscope::tests

QTEST_GUILESS_MAIN(slotscope::tests::TestViewParsers)
#include "tst_viewparsers.moc"
