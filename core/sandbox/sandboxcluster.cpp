// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/sandbox/sandboxcluster.h"

#include "core/explain/sandboxes.h"
#include "core/sandbox/freeports.h"
#include "core/sandbox/nodesconf.h"
#include "core/sandbox/sandboxfolder.h"
#include "core/sandbox/serverprobe.h"
#include "core/sandbox/tiedchild.h"
#include "core/support/bytes.h"
#include "core/support/log.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStandardPaths>
#include <QTimer>

#include <chrono>
#include <csignal>
#include <unistd.h>
#include <vector>

namespace slotscope::sandbox {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using support::Error;
using support::ErrorCode;
using support::fileError;
using support::Result;

namespace {

constexpr int mostPrimaries = 100;
constexpr int mostNodes = 300;
constexpr int mostAttempts = 3;
constexpr auto patienceForTerm = 1000ms;
constexpr auto patienceForKill = 1000ms;

Result<QString> findServer(const QString& wanted)
{
    if (!wanted.isEmpty())
        return wanted;
    for (const QString& name : { u"redis-server"_s, u"valkey-server"_s }) {
        const QString found = QStandardPaths::findExecutable(name);
        if (!found.isEmpty())
            return found;
    }
    return Error { ErrorCode::ProcessFailed,
        u"neither redis-server nor valkey-server was found: install the package "
        "redis-server"_s,
        {} };
}

/// A password that was meant for Slotscope is no server's business.
QProcessEnvironment serverEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"SLOTSCOPE_PASSWORD"_s);
    return environment;
}

/// What a server said last, for the message about its end.
QString lastWords(const QString& logFile)
{
    QFile log(logFile);
    if (!log.open(QIODevice::ReadOnly))
        return {};
    constexpr qint64 tail = 2000;
    log.seek(qMax<qint64>(0, log.size() - tail));
    const QList<QByteArray> lines = log.readAll().trimmed().split('\n');
    return support::toVisibleText(lines.mid(qMax<qsizetype>(0, lines.size() - 3)).join("; "), 500);
}

} // namespace

class SandboxCluster::Private final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Private)
public:
    Private(ClusterSpec clusterSpec, SandboxCluster* owner)
        : q(owner)
        , spec(std::move(clusterSpec))
    {
        deadline.setSingleShot(true);
        connect(&deadline, &QTimer::timeout, this, &Private::onDeadline);
    }

    enum class State { New, Starting, Up, Ended };

    void begin();
    void askVersion(const QString& server);
    void launch();
    void launchServer(int index, const QStringList& sharedArguments);
    void onServerFinished(int index);
    void onServerFailedToStart(int index);
    void onProbe(bool ok, const Error& error);
    void onDeadline();
    /// Tries other ports, where they are ours to choose.
    void retryOrFail(const Error& error);
    void fail(const Error& error);
    void endServers();
    void removeFolder();
    int nodeCount() const { return spec.primaries + spec.replicas; }
    QString directoryOf(quint16 port) const { return folder->path() + u"/%1"_s.arg(port); }
    QString logOf(quint16 port) const { return directoryOf(port) + u"/server.log"_s; }

    SandboxCluster* q;
    ClusterSpec spec;
    State state = State::New;
    QString executable;
    ServerVersion version;
    std::unique_ptr<SandboxFolder> folder;
    Manifest manifest;
    QList<PlannedNode> planned;
    std::vector<std::unique_ptr<QProcess>> servers;
    std::vector<std::unique_ptr<ServerProbe>> probes;
    int probesDone = 0;
    int attempts = 0;
    bool retrying = false;
    QTimer deadline;
};

void SandboxCluster::Private::begin()
{
    if (spec.primaries < 1 || spec.primaries > mostPrimaries || spec.replicas < 0
        || nodeCount() > mostNodes) {
        fail({ ErrorCode::NotPossible, explain::sandboxSizes(mostPrimaries, mostNodes), {} });
        return;
    }
    if (!spec.announced.isEmpty() && spec.announced.size() != nodeCount()) {
        fail({ ErrorCode::NotPossible, explain::allAnnounceOrNone(), {} });
        return;
    }
    const Result<QString> server = findServer(spec.server);
    if (!server) {
        fail(server.error());
        return;
    }
    executable = *server;
    deadline.start(10s + nodeCount() * 200ms);
    askVersion(executable);
}

void SandboxCluster::Private::askVersion(const QString& server)
{
    auto* process = new QProcess(this);
    connect(process, &QProcess::errorOccurred, this, [this, process](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart && state == State::Starting)
            fail({ ErrorCode::ProcessFailed, executable + u": "_s + process->errorString(), {} });
    });
    connect(process, &QProcess::finished, this, [this, process] {
        process->deleteLater();
        if (state != State::Starting)
            return;
        const auto parsed = parseServerVersion(process->readAllStandardOutput());
        if (!parsed) {
            fail({ ErrorCode::ProcessFailed, executable + u": "_s + explain::notAServer(), {} });
            return;
        }
        version = *parsed;
        launch();
    });
    process->setProcessEnvironment(serverEnvironment());
    process->start(server, { u"--version"_s });
}

void SandboxCluster::Private::launch()
{
    ++attempts;
    const Result<QList<quint16>> ports = choosePorts(nodeCount(), spec.firstPort);
    if (!ports) {
        fail(ports.error());
        return;
    }
    planned = planNodes(spec.primaries, spec.replicas, *ports);
    for (int i = 0; i < spec.announced.size(); ++i) {
        planned[i].announcedPort = spec.announced.at(i).port;
        planned[i].announcedBusPort = spec.announced.at(i).busPort;
    }
    const QStringList sharedArguments {
        u"--cluster-enabled"_s,
        u"yes"_s,
        u"--cluster-config-file"_s,
        u"nodes.conf"_s,
        u"--cluster-node-timeout"_s,
        QString::number(spec.nodeTimeoutMs),
        u"--bind"_s,
        u"127.0.0.1"_s,
        u"--protected-mode"_s,
        u"yes"_s,
        u"--save"_s,
        QString(),
        u"--appendonly"_s,
        u"no"_s,
        u"--repl-diskless-sync-delay"_s,
        u"0"_s,
        u"--daemonize"_s,
        u"no"_s,
        u"--logfile"_s,
        QString(),
    };
    manifest = {};
    manifest.folder = folder->path();
    manifest.supervisorPid = ::getpid();
    probesDone = 0;
    for (int i = 0; i < planned.size() && state == State::Starting; ++i)
        launchServer(i, sharedArguments);
    if (state != State::Starting)
        return;
    if (const auto written = manifest.write(q->manifestFile()); !written) {
        fail(written.error());
        return;
    }
    for (const PlannedNode& node : planned) {
        const Expectation expectation { node.port, directoryOf(node.port), nodeCount(),
            node.primary.has_value() };
        auto probe = std::make_unique<ServerProbe>(expectation, spec.connection);
        connect(probe.get(), &ServerProbe::finished, this, &Private::onProbe);
        probe->start();
        probes.push_back(std::move(probe));
    }
}

void SandboxCluster::Private::launchServer(int index, const QStringList& sharedArguments)
{
    const quint16 port = planned.at(index).port;
    const QString directory = directoryOf(port);
    QFile conf(directory + u"/nodes.conf"_s);
    const QByteArray text = nodesConf(planned, index, version);
    if (!QDir().mkpath(directory) || !conf.open(QIODevice::WriteOnly)
        || conf.write(text) != text.size()) {
        fail(fileError(conf));
        return;
    }
    conf.close();

    auto process = std::make_unique<QProcess>();
    process->setWorkingDirectory(directory);
    process->setProcessEnvironment(serverEnvironment());
    process->setProcessChannelMode(QProcess::MergedChannels);
    process->setStandardOutputFile(logOf(port));
    process->setStandardInputFile(QProcess::nullDevice());
    process->setChildProcessModifier(tiedToThisProcess(SIGKILL));
    connect(process.get(), &QProcess::finished, this, [this, index] { onServerFinished(index); });
    connect(
        process.get(), &QProcess::errorOccurred, this, [this, index](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                onServerFailedToStart(index);
        });
    QStringList own { u"--port"_s, QString::number(port), u"--dir"_s, directory };
    if (!spec.announced.isEmpty()) {
        const Announcement& announced = spec.announced.at(index);
        own += { u"--cluster-announce-ip"_s, u"127.0.0.1"_s, u"--cluster-announce-port"_s,
            QString::number(announced.port), u"--cluster-announce-bus-port"_s,
            QString::number(announced.busPort) };
        if (!announced.sourceAddress.isEmpty())
            own += { u"--bind-source-addr"_s, announced.sourceAddress };
    }
    process->start(executable, own + sharedArguments + spec.serverOptions);
    manifest.nodes.append({ planned.at(index).id, port, directory, process->processId() });
    servers.push_back(std::move(process));
}

void SandboxCluster::Private::onServerFailedToStart(int index)
{
    if (state == State::Starting)
        fail({ ErrorCode::ProcessFailed,
            executable + u": "_s + servers.at(static_cast<size_t>(index))->errorString(), {} });
}

void SandboxCluster::Private::onServerFinished(int index)
{
    const quint16 port = planned.at(index).port;
    if (state == State::Up) {
        qCInfo(support::logSandbox) << "the server on port" << port << "ended";
        Q_EMIT q->serverDied(port);
        return;
    }
    if (state != State::Starting)
        return;
    retryOrFail({ ErrorCode::ProcessFailed, lastWords(logOf(port)), u"127.0.0.1:%1"_s.arg(port) });
}

void SandboxCluster::Private::onProbe(bool ok, const Error& error)
{
    if (state != State::Starting)
        return;
    if (!ok) {
        retryOrFail(error);
        return;
    }
    ++probesDone;
    if (probesDone < nodeCount())
        return;
    deadline.stop();
    for (auto& probe : probes)
        probe.release()->deleteLater(); // one of them is emitting
    probes.clear();
    state = State::Up;
    Q_EMIT q->started(true, {});
}

void SandboxCluster::Private::onDeadline()
{
    QString missing;
    QString address;
    for (size_t i = 0; i < probes.size() && missing.isEmpty(); ++i) {
        missing = probes[i]->missing();
        address = u"127.0.0.1:%1"_s.arg(planned.at(static_cast<int>(i)).port);
    }
    fail({ ErrorCode::ProcessFailed, explain::notUpInTime(missing), address });
}

void SandboxCluster::Private::retryOrFail(const Error& error)
{
    if (retrying)
        return; // where one port is taken, others may be too
    if (spec.firstPort != 0 || attempts >= mostAttempts) {
        fail(error);
        return;
    }
    qCInfo(support::logSandbox) << "starting again on other ports:" << error.detail;
    retrying = true;
    // Later: the process or the probe that told of it is still on the stack.
    QTimer::singleShot(0, this, [this] {
        retrying = false;
        if (state != State::Starting)
            return;
        endServers();
        for (const PlannedNode& node : std::as_const(planned))
            QDir(directoryOf(node.port)).removeRecursively();
        launch();
    });
}

void SandboxCluster::Private::fail(const Error& error)
{
    if (state == State::Ended)
        return;
    state = State::Ended;
    deadline.stop();
    // Later, for the same reason, and because started() comes from the event loop.
    QTimer::singleShot(0, this, [this, error] {
        endServers();
        removeFolder();
        Q_EMIT q->started(false, error);
    });
}

void SandboxCluster::Private::endServers()
{
    for (auto& probe : probes)
        probe->disconnect(this);
    probes.clear();
    for (auto& server : servers) {
        server->disconnect(this);
        server->terminate();
    }
    // This waits, against the rule: a supervisor that ends has no event loop to come back to, and
    // one whose start has failed has nothing else to do.
    const QDeadlineTimer term(patienceForTerm);
    for (auto& server : servers) {
        if (server->state() != QProcess::NotRunning)
            server->waitForFinished(static_cast<int>(term.remainingTime()));
    }
    for (auto& server : servers)
        server->kill();
    const QDeadlineTimer kill(patienceForKill);
    for (auto& server : servers) {
        if (server->state() != QProcess::NotRunning)
            server->waitForFinished(static_cast<int>(kill.remainingTime()));
    }
    servers.clear();
}

void SandboxCluster::Private::removeFolder()
{
    if (!folder)
        return;
    // The lock is still held: nobody else takes the folder for a leftover meanwhile.
    QDir(folder->path()).removeRecursively();
    folder.reset();
}

SandboxCluster::SandboxCluster(ClusterSpec spec, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(spec), this))
{ }

SandboxCluster::~SandboxCluster()
{
    d->state = Private::State::Ended;
    stop();
}

void SandboxCluster::start()
{
    if (d->state != Private::State::New)
        return;
    d->state = Private::State::Starting;
    Result<std::unique_ptr<SandboxFolder>> folder = SandboxFolder::create();
    if (!folder) {
        d->fail(folder.error());
        return;
    }
    d->folder = std::move(folder).value();
    QTimer::singleShot(0, d.get(), [this] {
        if (d->state == Private::State::Starting)
            d->begin();
    });
}

void SandboxCluster::stop()
{
    if (d->state == Private::State::Starting)
        d->fail({ ErrorCode::Cancelled, {}, {} });
    d->state = Private::State::Ended;
    d->deadline.stop();
    d->endServers();
    d->removeFolder();
}

void SandboxCluster::restart(int node)
{
    if (d->state != Private::State::Up || node < 0 || node >= d->manifest.nodes.size())
        return;
    QProcess& server = *d->servers.at(static_cast<size_t>(node));
    if (server.state() != QProcess::NotRunning)
        return;
    server.start();
    d->manifest.nodes[node].pid = server.processId();
    // The next supervisor finds leftovers by it; without it this one still ends the server.
    if (const auto written = d->manifest.write(manifestFile()); !written)
        qCWarning(support::logSandbox) << written.error().detail;
}

const Manifest& SandboxCluster::manifest() const
{
    return d->manifest;
}

QString SandboxCluster::manifestFile() const
{
    return d->folder ? SandboxFolder::manifestFile(d->folder->path()) : QString();
}

int sweepLeftovers()
{
    int removed = 0;
    const QStringList folders = SandboxFolder::all();
    for (const QString& folder : folders) {
        if (removeIfLeftOver(folder))
            ++removed;
    }
    return removed;
}

} // namespace slotscope::sandbox

#include "sandboxcluster.moc"
