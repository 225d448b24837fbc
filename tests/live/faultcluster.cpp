// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/live/faultcluster.h"

#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <csignal>

namespace slotscope::tests {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using support::Error;

namespace {

/// Longer than any command of the stream may take: its waits are bounded by 10 s.
constexpr int patience = 30'000;
constexpr auto commandTimeout = 1000ms;

} // namespace

FaultCluster::FaultCluster(sandbox::ClusterSpec spec, Way way)
    : m_cluster(withProxies(std::move(spec), way))
{ }

FaultCluster::~FaultCluster() = default;

sandbox::ClusterSpec FaultCluster::withProxies(sandbox::ClusterSpec spec, Way way)
{
    for (int i = 0; way == Way::Proxied && i < spec.primaries + spec.replicas; ++i) {
        m_proxies.push_back(std::make_unique<FaultProxy>());
        m_proxies.push_back(std::make_unique<FaultProxy>());
        spec.announced.append({ proxy(i).port(), busProxy(i).port(), addressOf(i).toString() });
    }
    return spec;
}

QHostAddress FaultCluster::addressOf(int node)
{
    return QHostAddress(u"127.0.0.%1"_s.arg(10 + node));
}

/// The sandbox chooses its ports when it starts, and others when those are taken.
void FaultCluster::aimProxies()
{
    if (m_proxies.empty())
        return;
    for (int i = 0; i < nodeCount(); ++i) {
        proxy(i).setTarget(nodes().at(i).port);
        busProxy(i).setTarget(static_cast<quint16>(nodes().at(i).port + 10'000));
    }
}

void FaultCluster::part(const QList<int>& oneSide)
{
    for (int node = 0; node < nodeCount(); ++node) {
        QList<QHostAddress> others;
        for (int other = 0; other < nodeCount(); ++other) {
            if (oneSide.contains(other) != oneSide.contains(node))
                others.append(addressOf(other));
        }
        proxy(node).setCutOff(others);
        busProxy(node).setCutOff(others);
    }
}

void FaultCluster::heal()
{
    for (const auto& one : m_proxies)
        one->setCutOff({});
}

QString FaultCluster::start()
{
    QSignalSpy started(&m_cluster, &sandbox::SandboxCluster::started);
    m_cluster.start();
    QTimer aim;
    QObject::connect(&aim, &QTimer::timeout, &aim, [this] { aimProxies(); });
    aim.start(10);
    if (!waitFor([&] { return !started.isEmpty(); }, 60'000))
        return u"the cluster does not start"_s;
    if (!started.first().at(0).toBool())
        return started.first().at(1).value<Error>().detail;
    QList<quint16> ports;
    for (const sandbox::ManifestNode& node : nodes())
        ports.append(node.port);
    m_truth = std::make_unique<ClusterTruth>(ports);
    return waitUntilWhole() ? QString() : u"the cluster is not whole: "_s + diagnosis();
}

QString FaultCluster::open(
    int seed, const QByteArray& prefix, std::chrono::milliseconds refreshInterval)
{
    session::SessionConfig config;
    config.endpoint.endpoint = m_proxies.empty()
        ? net::Endpoint { u"127.0.0.1"_s, nodes().at(seed).port }
        : proxy(seed).endpoint();
    config.endpoint.typed = config.endpoint.endpoint.toString();
    config.options.timeout = commandTimeout;
    config.refreshInterval = refreshInterval;
    m_topology = {};
    m_session = std::make_unique<session::Session>(config);
    QObject::connect(m_session.get(), &session::Session::topologyChanged, m_session.get(),
        [this](const cluster::Topology& topology) { m_topology = topology; });
    m_stream = std::make_unique<CommandStream>(m_session.get(), prefix);
    m_session->open();
    if (!waitFor([this] { return m_truth->matches(m_topology); }))
        return u"the session does not know the cluster: "_s + diagnosis();
    m_stream->start();
    if (!waitFor([this] { return m_stream->finishedCount() > 200; }))
        return u"no commands end: "_s + m_stream->summary();
    return {};
}

QString FaultCluster::close(bool mayLose)
{
    m_stream->stop();
    if (!waitFor([this] { return m_stream->isIdle(); }, patience))
        return u"commands hang: "_s + m_stream->summary();
    m_stream->verify();
    if (!waitFor([this] { return m_stream->isVerified(); }, patience))
        return u"reading back hangs: "_s + m_stream->summary();
    qInfo("  %s", qPrintable(m_stream->summary()));
    QStringList wrong = m_stream->faults();
    if (!mayLose && m_stream->lostWrites() > 0)
        wrong.append(u"%1 answered writes are gone"_s.arg(m_stream->lostWrites()));
    if (m_stream->confirmedWrites() == 0)
        wrong.append(u"WAIT confirmed nothing"_s);
    m_stream.reset();
    m_session.reset();
    return wrong.join(u"; "_s);
}

void FaultCluster::signal(int node, int number)
{
    ::kill(static_cast<pid_t>(nodes().at(node).pid), number);
}

QByteArray FaultCluster::ask(int node, const net::Argv& argv)
{
    net::Connection connection({ u"127.0.0.1"_s, nodes().at(node).port }, {});
    QByteArray text;
    bool done = false;
    connection.send(argv, [&](const net::Answer& answer) {
        text = answer.reply ? answer.reply->toByteArray() : answer.reply.error().detail.toUtf8();
        done = true;
    });
    connection.open();
    waitFor([&] { return done; });
    return text;
}

int FaultCluster::indexOf(const QByteArray& id) const
{
    for (int i = 0; i < nodeCount(); ++i) {
        if (nodes().at(i).id.toByteArray() == id)
            return i;
    }
    return -1;
}

int FaultCluster::primary() const
{
    const auto views = m_truth->views();
    for (int i = 0; i < nodeCount(); ++i) {
        if (!views.value(nodes().at(i).port).ownRanges.isEmpty())
            return i;
    }
    return -1;
}

int FaultCluster::replicaOf(int primary) const
{
    const auto views = m_truth->views();
    for (const ClusterTruth::View& view : views) {
        if (view.isReplica && view.primaryId == nodes().at(primary).id.toByteArray())
            return indexOf(view.id);
    }
    return -1;
}

int FaultCluster::otherThan(const QList<int>& taken) const
{
    for (int i = 0; i < nodeCount(); ++i) {
        if (!taken.contains(i))
            return i;
    }
    return -1;
}

FaultCluster::Recovery FaultCluster::recover(int nodes)
{
    Recovery recovery;
    QElapsedTimer clock;
    clock.start();
    if (!waitFor([&] { return m_truth->isSettled(nodes); }))
        return recovery;
    recovery.settledMillis = clock.restart();
    if (waitFor([&] { return m_truth->matches(m_topology); }, 20'000))
        recovery.rightMillis = clock.elapsed();
    return recovery;
}

bool FaultCluster::waitUntilWhole()
{
    return waitFor([this] {
        const auto views = m_truth->views();
        return m_truth->isSettled(nodeCount())
            && std::all_of(views.begin(), views.end(), [](const ClusterTruth::View& view) {
                   return !view.hasFailures && (!view.isReplica || view.linkUp);
               });
    });
}

QString FaultCluster::diagnosis() const
{
    QString text = m_truth->toString();
    for (const sandbox::ManifestNode& node : nodes()) {
        QFile log(node.directory + u"/server.log"_s);
        const bool runs
            = QFileInfo(u"/proc/%1/cwd"_s.arg(node.pid)).symLinkTarget() == node.directory;
        if (m_truth->views().contains(node.port) || !log.open(QIODevice::ReadOnly))
            continue;
        text += u"%1 %2: %3\n"_s.arg(node.port).arg(runs ? u"runs"_s : u"has ended"_s,
            QString::fromUtf8(log.readAll().trimmed().split('\n').mid(-5).join("; ")));
    }
    return text;
}

bool FaultCluster::waitFor(const std::function<bool()>& condition, int millis)
{
    // QTest::qWaitFor looks every 10 ms, too.
    return QTest::qWaitFor(condition, millis);
}

} // namespace slotscope::tests
