// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/sandboxcommand.h"

#include "app/commandparser.h"
#include "app/interrupts.h"
#include "app/sandboxdemo.h"
#include "app/textoutput.h"
#include "app/windowlauncher.h"
#include "core/sandbox/janitor.h"
#include "core/sandbox/sandboxcluster.h"
#include "core/sandbox/tiedchild.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>
#include <QRandomGenerator>

#include <csignal>

namespace slotscope::app {

using namespace Qt::StringLiterals;
using support::Error;
using support::ErrorCode;
using support::Result;

namespace {

struct SandboxArguments
{
    sandbox::ClusterSpec spec;
    bool wantsWindow = true;
    QString demoFolder;
};

Result<int> numberOf(const CommandParser& parser, const QString& name, int least, int most)
{
    bool isNumber = false;
    const int number = parser.value(name).toInt(&isNumber);
    if (!isNumber || number < least || number > most) {
        return Error { ErrorCode::InvalidInput,
            u"--%1 wants a number from %2 to %3"_s.arg(name).arg(least).arg(most), {} };
    }
    return number;
}

Result<SandboxArguments> readArguments(const CommandParser& parser)
{
    SandboxArguments arguments;
    const Result<int> primaries = numberOf(parser, u"primaries"_s, 1, 100);
    if (!primaries)
        return primaries.error();
    const Result<int> replicas = numberOf(parser, u"replicas"_s, 0, 200);
    if (!replicas)
        return replicas.error();
    arguments.spec.primaries = *primaries;
    arguments.spec.replicas = *replicas;
    arguments.spec.server = parser.value(u"server"_s);
    if (parser.isSet(u"port"_s)) {
        const int nodes = *primaries + *replicas;
        // The bus port is 10000 higher.
        const Result<int> port = numberOf(parser, u"port"_s, 1024, 55536 - nodes);
        if (!port)
            return port.error();
        arguments.spec.firstPort = static_cast<quint16>(*port);
    }
    arguments.demoFolder = parser.value(u"demo"_s);
    const bool demo = parser.isSet(u"demo"_s);
    if (demo && *primaries < 2)
        return Error { ErrorCode::InvalidInput, u"--demo needs two primaries"_s, {} };
    if (demo && arguments.demoFolder.isEmpty())
        return Error { ErrorCode::InvalidInput, u"--demo wants a folder"_s, {} };
    arguments.wantsWindow = !demo && !parser.isSet(u"no-window"_s) && hasDisplay();
    return arguments;
}

/// The cluster, and whatever happens on it, until one of them or the user ends it.
class Supervisor final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Supervisor)
public:
    Supervisor(SandboxArguments arguments, sandbox::Janitor* janitor)
        : m_arguments(std::move(arguments))
        , m_janitor(janitor)
        , m_cluster(m_arguments.spec)
    {
        connect(&m_cluster, &sandbox::SandboxCluster::started, this, &Supervisor::onStarted);
        connect(&m_cluster, &sandbox::SandboxCluster::serverDied, this,
            [](quint16 port) { complain(u"The server on port %1 ended."_s.arg(port)); });
    }

    void start()
    {
        m_cluster.start();
        if (m_janitor != nullptr && !m_cluster.manifestFile().isEmpty())
            m_janitor->watch(QFileInfo(m_cluster.manifestFile()).path());
    }

    void interrupt() { end(m_demo ? NegativeAnswer : Done); }

    void end(ExitCode exitCode)
    {
        if (m_demo)
            m_demo->disconnect(this);
        if (m_window) {
            m_window->disconnect(this);
            m_window->terminate();
        }
        m_cluster.stop();
        QCoreApplication::exit(exitCode);
    }

private:
    void onStarted(bool ok, const Error& error)
    {
        if (!ok) {
            complain(toText(error));
            end(error.code == ErrorCode::Cancelled ? Done : NegativeAnswer);
            return;
        }
        const auto& nodes = m_cluster.manifest().nodes;
        const auto chosen = QRandomGenerator::global()->bounded(static_cast<int>(nodes.size()));
        const net::Endpoint endpoint { u"127.0.0.1"_s, nodes.at(chosen).port };
        if (!m_arguments.demoFolder.isEmpty()) {
            playDemo(endpoint);
            return;
        }
        print(endpoint.toString() + u'\n' + m_cluster.manifestFile() + u'\n');
        complain(u"A cluster of %1 real servers in %2. Ctrl-C ends it."_s.arg(nodes.size())
                     .arg(m_cluster.manifest().folder));
        if (m_arguments.wantsWindow)
            openWindow(endpoint);
    }

    void openWindow(const net::Endpoint& endpoint)
    {
        const QString program = findWindow();
        if (program.isEmpty()) {
            complain(u"slotscope-window was not found: going on without a window."_s);
            return;
        }
        m_window = std::make_unique<QProcess>();
        m_window->setProcessChannelMode(QProcess::ForwardedChannels);
        // Its cluster is gone when this process is.
        m_window->setChildProcessModifier(sandbox::tiedToThisProcess(SIGTERM));
        connect(m_window.get(), &QProcess::finished, this,
            [this](int exitCode, QProcess::ExitStatus status) {
                const bool well = status == QProcess::NormalExit && exitCode == 0;
                if (!well)
                    complain(u"The window ended unexpectedly."_s);
                end(well ? Done : NegativeAnswer);
            });
        connect(
            m_window.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
                if (error != QProcess::FailedToStart)
                    return;
                complain(m_window->program() + u": "_s + m_window->errorString());
                end(NegativeAnswer);
            });
        m_window->start(
            program, { endpoint.toString(), u"--sandbox-manifest"_s, m_cluster.manifestFile() });
    }

    void playDemo(const net::Endpoint& endpoint)
    {
        m_demo = std::make_unique<SandboxDemo>(
            endpoint, m_cluster.manifestFile(), m_arguments.demoFolder);
        connect(m_demo.get(), &SandboxDemo::finished, this, &Supervisor::end);
        m_demo->start();
    }

    SandboxArguments m_arguments;
    sandbox::Janitor* m_janitor;
    sandbox::SandboxCluster m_cluster;
    std::unique_ptr<QProcess> m_window;
    std::unique_ptr<SandboxDemo> m_demo;
};

} // namespace

int runSandbox(const QStringList& arguments, sandbox::Janitor* janitor)
{
    CommandParser parser(u"sandbox [options]"_s,
        u"Starts a real cluster of Redis or Valkey servers on this computer, prints the endpoint "
        u"of "
        "one\nof its nodes and opens the window on it. The servers and their folder are gone when "
        "it "
        "ends."_s);
    parser.options().addOptions({
        { u"primaries"_s, u"Number of primaries; 3 if not given."_s, u"N"_s, u"3"_s },
        { u"replicas"_s, u"Number of replicas, altogether; 3 if not given."_s, u"N"_s, u"3"_s },
        { u"server"_s, u"Path of redis-server or valkey-server; the one in PATH if not given."_s,
            u"PATH"_s },
        { u"port"_s, u"First port; free ports if not given."_s, u"N"_s },
        { u"no-window"_s, u"Open no window; so it is also without a display."_s },
        { u"demo"_s,
            u"Meet a MOVED and an ASK, write their traces, a capture and a picture to DIR, end."_s,
            u"DIR"_s },
    });
    if (const auto done = parser.parse(arguments, 0, 0))
        return *done;
    const Result<SandboxArguments> read = readArguments(parser);
    if (!read)
        return parser.refuse(read.error().detail);

    sandbox::sweepLeftovers();
    Supervisor supervisor(*read, janitor);
    Interrupts interrupts;
    QObject::connect(&interrupts, &Interrupts::received, &supervisor, &Supervisor::interrupt);
    supervisor.start();
    return QCoreApplication::exec();
}

} // namespace slotscope::app

#include "sandboxcommand.moc"
