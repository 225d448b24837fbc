// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// Commands through net::Connection against redis-benchmark and hiredis.

#include "core/cluster/keyslot.h"
#include "core/net/connection.h"
#include "tests/bench/measure.h"
#include "tests/bench/roundtrip.h"

#include <hiredis/hiredis.h>

#include <QElapsedTimer>
#include <QProcess>

#include <cstdio>
#include <vector>

namespace slotscope::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int depth = 100;
constexpr int pipelined = 300'000; // commands for each connection
const QByteArray value(100, 'x');

/// The n-th of many keys in the slot of this tag.
QByteArray keyOf(const QByteArray& tag, int n)
{
    return "key:{" + tag + "}:" + QByteArray::number(n % 100'000).rightJustified(12, '0');
}

/// A hash tag for each primary of a cluster whose shares of the slots are equal.
QByteArrayList tagsOf(int primaries)
{
    QByteArrayList tags(primaries);
    for (int n = 0; tags.contains(QByteArray()); ++n) {
        const QByteArray tag = QByteArray::number(n);
        const int slot = cluster::keySlot(tag).number();
        for (int i = 0; i < primaries; ++i) {
            if (slot >= 16384 * i / primaries && slot < 16384 * (i + 1) / primaries
                && tags[i].isEmpty())
                tags[i] = tag;
        }
    }
    return tags;
}

/// `depth` commands, and when all are answered the next, as redis-benchmark does it.
class Pipeline
{
public:
    Pipeline(quint16 port, QByteArray command, QByteArray tag)
        : m_command(std::move(command))
        , m_tag(std::move(tag))
        , m_connection(std::make_unique<net::Connection>(
              net::Endpoint { u"127.0.0.1"_s, port }, net::ConnectionOptions()))
    {
        m_connection->open();
    }

    bool isReady() const { return m_connection->state() == net::Connection::State::Ready; }
    bool isDone() const { return m_answered >= pipelined || m_failed; }
    bool hasFailed() const { return m_failed; }
    void begin()
    {
        m_sent = m_answered = 0;
        sendBatch();
    }

private:
    void sendBatch()
    {
        for (int i = 0; i < depth; ++i) {
            net::Argv argv { m_command, keyOf(m_tag, ++m_sent * 7919) };
            if (m_command == "SET")
                argv.append(value);
            m_connection->send(argv, [this](const net::Answer& answer) {
                m_failed = m_failed || !answer.reply || answer.reply->isError();
                if (++m_answered == m_sent && !isDone())
                    sendBatch();
            });
        }
    }

    const QByteArray m_command;
    const QByteArray m_tag;
    std::unique_ptr<net::Connection> m_connection;
    int m_sent = 0;
    int m_answered = 0;
    bool m_failed = false;
};

/// Commands a second, in thousands, of all of them together.
double throughput(std::vector<std::unique_ptr<Pipeline>>& pipelines)
{
    const auto all = [&](auto has) {
        return std::all_of(
            pipelines.begin(), pipelines.end(), [&](const auto& p) { return has(*p); });
    };
    if (!waitUntil([&] { return all([](const Pipeline& p) { return p.isReady(); }); }))
        return -1;
    QElapsedTimer clock;
    clock.start();
    for (const auto& pipeline : pipelines)
        pipeline->begin();
    if (!waitUntil([&] { return all([](const Pipeline& p) { return p.isDone(); }); })
        || !all([](const Pipeline& p) { return !p.hasFailed(); }))
        return -1;
    return static_cast<double>(pipelines.size()) * pipelined
        / (static_cast<double>(clock.nsecsElapsed()) / 1e6);
}

double redisBenchmark(quint16 port, const QByteArray& command, const QByteArray& tag)
{
    QStringList arguments { u"-p"_s, QString::number(port), u"-c"_s, u"1"_s, u"-P"_s,
        QString::number(depth), u"-n"_s, QString::number(pipelined), u"-r"_s, u"100000"_s,
        u"--csv"_s, QString::fromLatin1(command),
        u"key:{%1}:__rand_int__"_s.arg(QString::fromLatin1(tag)) };
    if (command == "SET")
        arguments.append(QString::fromLatin1(value));
    QProcess process;
    process.start(u"redis-benchmark"_s, arguments);
    process.waitForFinished(60'000);
    // "name","rps",...
    const QByteArray line = process.readAllStandardOutput().trimmed().split('\n').constLast();
    const qsizetype at = line.indexOf("\",\"");
    const double rps = line.mid(at + 3).split('"').value(0).toDouble();
    return at > 0 && rps > 0 ? rps / 1000 : -1;
}

} // namespace

bool benchPipeline()
{
    constexpr int nodes = 6;
    sandbox::ClusterSpec spec;
    spec.primaries = nodes;
    spec.replicas = 0;
    const auto cluster = startCluster(spec);
    if (!cluster)
        return false;
    const QByteArrayList tags = tagsOf(nodes);
    const auto portOf = [&](int i) { return cluster->manifest().nodes.at(i).port; };
    for (const QByteArray& command : { "SET"_ba, "GET"_ba }) {
        std::vector<std::unique_ptr<Pipeline>> one;
        one.push_back(std::make_unique<Pipeline>(portOf(0), command, tags[0]));
        std::vector<std::unique_ptr<Pipeline>> six;
        for (int i = 0; i < nodes; ++i)
            six.push_back(std::make_unique<Pipeline>(portOf(i), command, tags[i]));
        const QString name = QString::fromLatin1(command);
        const bool ok = compare(
            {
                { name + u" x100, one node"_s, [&] { return throughput(one); }, {} },
                { name + u" x100, six nodes at once"_s, [&] { return throughput(six); }, {} },
                { u"redis-benchmark -c 1 -P 100, one node"_s,
                    [&] { return redisBenchmark(portOf(0), command, tags[0]); }, {} },
            },
            "thousand/s");
        if (!ok)
            return false;
    }
    return true;
}

bool benchRoundTrip()
{
    sandbox::ClusterSpec spec;
    spec.primaries = 1;
    spec.replicas = 0;
    const auto cluster = startCluster(spec);
    if (!cluster)
        return false;
    const quint16 port = cluster->manifest().nodes.constFirst().port;
    net::Connection connection({ u"127.0.0.1"_s, port }, {});
    connection.open();
    if (!waitUntil([&] { return connection.state() == net::Connection::State::Ready; }))
        return false;
    const std::unique_ptr<redisContext, decltype(&redisFree)> plain(
        redisConnect("127.0.0.1", port), &redisFree);
    if (!plain || plain->err != 0)
        return false;

    return compare({ { u"GET, one after the other"_s, [&] { return roundTrip(connection); }, {} },
                       { u"hiredis, blocking"_s, [&] { return roundTrip(plain.get()); }, {} } },
        "us");
}

} // namespace slotscope::bench
