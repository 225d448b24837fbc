// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"
#include "core/cluster/topologyjson.h"
#include "core/command/traceformat.h"
#include "core/resp/replyformat.h"

#include <QJsonDocument>

namespace slotscope::tests {

/// Names that occur in richCapture(), each somewhere else.
inline const QList<QByteArray> richNames { // hosts, addresses
    "orders-0001-001.orders.abc123.use1.cache.amazonaws.com", "orders", "abc123", "orders-0001-002",
    "redis-7.corp.example", "redis-7", "lonely", "bastion.example.net", "stray-host.example.org",
    "10.20.30.41", "10.20.30.42", "10.20.30.99", "203.0.113.7", "2001:db8::77", "2001:db8:0:0::77",
    "198.51.100.23", "payments",
    // ids
    "07c37dfeb235213a872192d90877d0cd55635b91", "e7d1eecce10fd6bb5eb35b9f99a514335d9ba9ca",
    "67ed2db8d677e59ec4a4cefb06858cf2a1a89fa1", "07c37dfe", "e7d1eecc", "0badcafe",
    "95f6a2b1c3d4e5f60718293a4b5c6d7e8f901234",
    // keys, values, users
    "user:2935:cart", "{tenant-9}:basket", "seat\\x00", "hunter-value", "swordfish phrase",
    "scanned:key:one", "unknowncmd9", "98765", "alice", "bob", "carol-svc", "mymasterset",
    // of files
    "/home/dave/redis", "dave"
};

inline cluster::Topology richTopology()
{
    using namespace cluster;
    using namespace Qt::StringLiterals;
    TopologyData data;
    data.capturedAt = QDateTime(QDate(2026, 11, 23), QTime(14, 2, 40, 123), Qt::UTC);
    data.seedTyped = u"rediss://alice@clustercfg.orders.abc123.use1.cache.amazonaws.com:6379"_s;
    data.seed = { u"clustercfg.orders.abc123.use1.cache.amazonaws.com"_s, 6379 };
    data.seedVia = u"ssh bob@bastion.example.net:22"_s;
    data.seedDialled = u"10.20.30.41:6379"_s;
    data.state = ClusterState::Ok;
    data.version = u"7.0.15"_s;
    data.product = Product::Redis;
    data.currentEpoch = 9;
    data.viewsAsked = 3;
    data.viewsAnswered = 2;
    const NodeId first("07c37dfeb235213a872192d90877d0cd55635b91");
    const NodeId second("e7d1eecce10fd6bb5eb35b9f99a514335d9ba9ca");
    const NodeId third("67ed2db8d677e59ec4a4cefb06858cf2a1a89fa1");
    data.answeredBy = first;
    data.views = { first, second };
    const auto node = [](const NodeId& id, const QString& host, const QString& ip, quint16 port) {
        Node result;
        result.id = id;
        result.address = { host, port };
        result.ip = ip;
        result.hostname = host == ip ? QString() : host;
        result.port = port;
        result.busPort = static_cast<quint16>(port + 10000);
        result.role = Role::Primary;
        result.health = Health::Ok;
        result.link = LinkState::Connected;
        result.configEpoch = 3;
        result.flags = { u"master"_s };
        return result;
    };
    data.nodes = {
        node(first, u"orders-0001-001.orders.abc123.use1.cache.amazonaws.com"_s, u"10.20.30.41"_s,
            6379),
        node(second, u"redis-7.corp.example"_s, u"10.20.30.42"_s, 6379),
        node(third, u"2001:db8::77"_s, u"2001:db8::77"_s, 6380),
    };
    data.nodes[0].ranges = { { Slot(0), Slot(8000) } };
    data.nodes[1].ranges = { { Slot(8001), Slot(16000) } };
    data.nodes[2].role = Role::Replica;
    data.nodes[2].primaryId = first;
    data.nodes[0].migrating = { { Slot(42), second } };
    data.nodes[1].importing = { { Slot(42), first } };
    data.migrations = { { Slot(42), first, second } };
    data.disputes = { { { Slot(7), Slot(9) }, { first, second } } };
    data.claims = { { { { Slot(7), Slot(9) } }, first, { second } } };
    data.masters = { { u"mymasterset"_s, { u"lonely"_s, 6379 } } };
    data.warnings = { u"10.20.30.42:6379 expected node e7d1eecc, reached 0badcafe."_s,
        u"The certificate is for stray-host.example.org, not redis-7."_s };
    return Topology::build(data);
}

inline command::Trace richTrace(const cluster::Topology& map)
{
    using namespace Qt::StringLiterals;
    command::Trace trace;
    trace.startedAt = QDateTime(QDate(2026, 11, 23), QTime(14, 2, 39, 7), Qt::UTC);
    trace.argv = { "SET", "user:2935:cart", "hunter-value", "EX", "98765" };
    trace.keys = { "user:2935:cart" };
    trace.slot = cluster::Slot(42);
    trace.behaviour.node = { u"10.20.30.42"_s, 6379 };
    trace.map = map;
    trace.seed = map.data().seed;
    command::Hop hop;
    hop.nodeId = map.nodes().front().id;
    hop.nodeLabel = u"S01"_s;
    hop.address = map.nodes().front().address;
    hop.dialled = u"10.20.30.41:6379"_s;
    hop.resolved = { u"10.20.30.41"_s, u"2001:db8:0:0::77"_s };
    hop.outcome = command::HopOutcome::Moved;
    hop.raw = "MOVED 42 10.20.30.99:6390";
    hop.slot = trace.slot;
    hop.target = u"10.20.30.99:6390"_s;
    hop.targetLabel = u"10.20.30.99:6390"_s;
    hop.targetAddress = { u"10.20.30.99"_s, 6390 };
    trace.hops.append(hop);
    hop.outcome = command::HopOutcome::Error;
    hop.raw = "NOPERM User carol-svc has no permissions to access 'user:2935:cart' here";
    hop.target.clear();
    hop.targetLabel.clear();
    hop.targetAddress = {};
    trace.hops.append(hop);
    trace.outcome = command::TraceOutcome::Error;
    trace.detail = u"user:2935:cart is in slot 42 of S01."_s;
    trace.reply = resp::Reply::fromText(resp::Type::Error, hop.raw);
    return trace;
}

inline command::Trace simpleTrace(const cluster::Topology& map, const command::Argv& argv,
    const QList<QByteArray>& keys, const resp::Reply& reply)
{
    command::Trace trace = richTrace(map);
    trace.argv = argv;
    trace.keys = keys;
    trace.reply = reply;
    trace.hops = trace.hops.first(1);
    trace.outcome = command::TraceOutcome::Reply;
    trace.detail.clear();
    return trace;
}

inline capture::Capture richCapture()
{
    using namespace Qt::StringLiterals;
    using resp::Reply;
    using resp::Type;
    capture::Capture capture;
    capture.savedAt = QDateTime(QDate(2026, 11, 23), QTime(14, 3, 0), Qt::UTC);
    capture.toolVersion = u"0.4.0"_s;
    capture.name = u"payments PROD"_s;
    capture.topology = richTopology();
    capture.before = capture.topology.withOwner(cluster::Slot(5), { u"198.51.100.23"_s, 7001 });
    const cluster::Topology& map = capture.topology;
    const cluster::NodeId first = map.nodes().at(0).id;
    const cluster::NodeId second = map.nodes().at(1).id;

    capture.traces = { richTrace(map),
        simpleTrace(map,
            { "MSET", "{tenant-9}:basket", "swordfish phrase", QByteArray("seat\0", 5), "x" },
            { "{tenant-9}:basket", QByteArray("seat\0", 5) }, Reply::fromText(Type::Status, "OK")),
        simpleTrace(
            map, { "INCR", "user:2935:cart" }, { "user:2935:cart" }, Reply::fromInteger(98765)),
        simpleTrace(map, { "RANDOMKEY" }, {}, Reply::fromText(Type::String, "scanned:key:one")),
        simpleTrace(map, { "unknowncmd9", "hunter-value" }, {},
            Reply::fromText(Type::Error,
                "ERR unknown command 'unknowncmd9', with args beginning with: 'hunter-value' ")),
        simpleTrace(map, { "HELLO", "3", "AUTH", "alice", "(redacted)" }, {},
            Reply::fromText(Type::Status, "OK")) };
    capture.names = { { u"redis-7.corp.example"_s, { u"10.20.30.42"_s, u"2001:db8::77"_s }, {} },
        { u"clustercfg.orders.abc123.use1.cache.amazonaws.com"_s, {},
            u"nobody knows stray-host.example.org"_s } };
    capture.dnsAnswers = { u"10.20.30.41"_s, u"2001:db8::77"_s };

    capture::NodeAnswers node;
    node.id = first;
    node.address = map.nodes().front().address;
    node.dialled = u"203.0.113.7:6379"_s;
    node.isReachable = true;
    node.server = u"redis 7.0.15"_s;
    node.replication.replicas = { { { u"2001:db8::77"_s, 6380 }, u"online"_s, 5, 0 } };
    const auto raw = [&](const QString& command, const QByteArray& text) {
        node.replies.append({ command, text, std::nullopt });
    };
    raw(u"CLUSTER NODES"_s,
        "07c37dfeb235213a872192d90877d0cd55635b91 "
        "10.20.30.41:6379@16379,orders-0001-001.orders.abc123.use1.cache.amazonaws.com "
        "myself,master - 0 1795400610524 3 connected 0-8000 "
        "[42->-e7d1eecce10fd6bb5eb35b9f99a514335d9ba9ca]\n"
        "67ed2db8d677e59ec4a4cefb06858cf2a1a89fa1 2001:db8::77:6380@16380,lonely,"
        "shard-id=95f6a2b1c3d4e5f60718293a4b5c6d7e8f901234 slave "
        "07c37dfeb235213a872192d90877d0cd55635b91 0 1795400610524 3 connected\n");
    raw(u"INFO"_s,
        "# Server\r\nredis_version:7.0.15\r\nrun_id:95f6a2b1c3d4e5f60718293a4b5c6d7e8f901234\r\n"
        "tcp_port:6379\r\nexecutable:/home/dave/redis/redis-server\r\n"
        "config_file:/home/dave/redis.conf\r\nlistener0:name=tcp,bind=203.0.113.7,bind=-::1,port="
        "6379\r\n# Replication\r\nrole:master\r\nmaster_host:lonely\r\n"
        "slave0:ip=2001:db8::77,port=6380,state=online,offset=5,lag=0\r\n"
        "master_replid2:0000000000000000000000000000000000000000\r\n");
    raw(u"ROLE"_s,
        "1) \"master\"\n2) (integer) 77\n3) 1) 1) \"2001:db8::77\"\n      2) \"6380\"\n"
        "      3) \"77\"");
    raw(u"TIME"_s, "1) \"1795400610\"\n2) \"5\"");
    raw(u"SLOWLOG GET 20"_s,
        "1) 1) (integer) 3\n   2) (integer) 1795400610\n   3) (integer) 20500\n"
        "   4) 1) \"SET\"\n      2) \"user:2935:cart\"\n      3) \"swordfish phrase\"\n"
        "      4) \"(3 arguments)\"\n   5) \"198.51.100.23:51234\"\n   6) \"carol-svc\"");
    node.replies.append({ u"CONFIG GET"_s, {},
        support::Error { support::ErrorCode::NoPermission,
            u"NOPERM User carol-svc has no permissions to run the 'config|get' command"_s,
            u"203.0.113.7:6379"_s } });
    capture.nodes.append(node);

    health::Finding finding;
    finding.severity = health::Severity::Error;
    finding.title = u"S01 (10.20.30.41:6379) is down."_s;
    finding.detail = u"[2001:db8::77]:6380 and redis-7 of orders agree; node 07c37dfe, "
                     u"orders-0001-002. See /home/dave/redis.log."_s;
    finding.nodes = { first };
    finding.claims = { { { { cluster::Slot(7), cluster::Slot(9) } }, first, { second } } };
    capture.findings.append(finding);

    cluster::TopologyEvent event;
    event.change.kind = cluster::TopologyChange::Kind::AddressReused;
    event.change.node = first;
    event.change.from = first;
    event.change.to = second;
    event.change.shard = u"S01"_s;
    event.change.name = u"redis-7.corp.example:6379"_s;
    event.change.before = first.shortText();
    event.change.after = second.shortText();
    event.saidBy = second;
    capture.events.append(event);
    capture.samples.append({ first, capture.savedAt, {} });
    capture.samples.append({ cluster::NodeId("198.51.100.23:7001"), capture.savedAt, {} });
    capture.seen.append({ first, { u"198.51.100.23"_s, 7001 }, "MOVED", 3, {}, {} });
    capture.notes.append({ capture.savedAt,
        u"alice saw user:2935:cart fail with 'swordfish phrase' on lonely of payments PROD"_s });
    capture.marks.append({ { 0.5, 0.5 }, u"redis-7 answered to bob"_s });
    return capture;
}

/// Everything in a capture that could be read by somebody.
inline QByteArray everythingIn(const capture::Capture& capture)
{
    using namespace Qt::StringLiterals;
    QStringList parts { capture.name, capture.environment, capture.redaction };
    const auto topology = [&](const cluster::Topology& map) {
        parts.append(QString::fromUtf8(QJsonDocument(cluster::toJson(map)).toJson()));
        for (const cluster::Node& node : map.nodes())
            parts << node.address.toString() << node.ip << node.hostname << map.labelOf(node);
        for (const cluster::Shard& shard : map.data().formerShards)
            parts.append(shard.primaryId.toString());
    };
    const auto error = [&](const std::optional<support::Error>& why) {
        if (why)
            parts << why->detail << why->address;
    };
    topology(capture.topology);
    topology(capture.before);
    for (const command::Trace& trace : capture.traces) {
        topology(trace.map);
        parts << QString::fromUtf8(QJsonDocument(command::toJson(trace)).toJson())
              << command::toText(trace) << resp::toDisplayText(trace.reply);
    }
    parts += capture.dnsAnswers;
    for (const capture::ResolvedName& name : capture.names)
        parts << name.name << name.addresses.join(u' ') << name.why;
    for (const capture::NodeAnswers& node : capture.nodes) {
        parts << node.id.toString() << node.address.toString() << node.dialled << node.server;
        error(node.error);
        for (const cluster::ReplicaSeen& replica : node.replication.replicas)
            parts << replica.address.toString() << replica.state;
        for (const capture::RawReply& reply : node.replies) {
            parts << reply.command << QString::fromUtf8(reply.text);
            error(reply.error);
        }
    }
    for (const health::Finding& finding : capture.findings) {
        parts << finding.title << finding.detail;
        for (const cluster::NodeId& id : finding.nodes)
            parts.append(id.toString());
        for (const health::Claim& claim : finding.claims) {
            parts.append(claim.owner.toString());
            for (const cluster::NodeId& id : claim.saidBy)
                parts.append(id.toString());
        }
    }
    for (const cluster::TopologyEvent& event : capture.events) {
        const cluster::TopologyChange& change = event.change;
        parts << cluster::sentenceOf(change) << change.node.toString() << change.from.toString()
              << change.to.toString() << change.name << change.before << change.after
              << event.saidBy.toString();
    }
    for (const capture::NodeSample& sample : capture.samples)
        parts.append(sample.node.toString());
    for (const capture::SeenErrors& seen : capture.seen)
        parts << seen.node.toString() << seen.address.toString();
    for (const capture::Note& note : capture.notes)
        parts.append(note.text);
    for (const capture::Mark& mark : capture.marks)
        parts.append(mark.text);
    return parts.join(u'\n').toUtf8();
}

} // namespace slotscope::tests
