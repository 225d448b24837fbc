// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/execcommand.h"

#include "app/commandparser.h"
#include "app/connectionarguments.h"
#include "app/interrupts.h"
#include "app/textoutput.h"
#include "core/cluster/discovery.h"
#include "core/command/commandrun.h"
#include "core/command/keyextraction.h"
#include "core/command/traceformat.h"

#include <QCoreApplication>

namespace slotscope::app {

using namespace Qt::StringLiterals;
using command::Behaviour;
using command::Start;
using support::Error;
using support::ErrorCode;
using support::Result;

namespace {

Result<Behaviour> behaviourOf(const CommandParser& parser)
{
    Behaviour behaviour;
    const QString from = parser.value(u"from"_s);
    if (from == "seed"_L1) {
        behaviour.start = Start::Seed;
    } else if (from != "owner"_L1) {
        const Result<net::Endpoint> node = net::Endpoint::parse(from);
        if (!node || !node->isDialable())
            return Error { ErrorCode::InvalidInput, u"--from wants owner, seed or HOST:PORT"_s,
                {} };
        behaviour.start = Start::Node;
        behaviour.node = *node;
    }
    const QString redirects = parser.value(u"redirects"_s);
    if (redirects != "follow"_L1 && redirects != "stop"_L1)
        return Error { ErrorCode::InvalidInput, u"--redirects wants follow or stop"_s, {} };
    behaviour.follow = redirects == "follow"_L1;
    return behaviour;
}

/// Discovers, runs the command, prints, ends the event loop.
class Execution final : public QObject
{
    Q_OBJECT
public:
    Execution(ConnectionArguments connection, command::Argv argv, Behaviour behaviour, bool json)
        : m_connection(std::move(connection))
        , m_argv(std::move(argv))
        , m_behaviour(std::move(behaviour))
        , m_json(json)
        , m_pool(m_connection.options)
    { }

    void start()
    {
        const net::TypedEndpoint& typed = m_connection.endpoint;
        m_discovery = std::make_unique<cluster::Discovery>(&m_pool, typed.endpoint, typed.typed);
        connect(m_discovery.get(), &cluster::Discovery::finished, this, &Execution::onDiscovered);
        m_discovery->start();
    }

    void cancel()
    {
        m_cancelled = true;
        if (m_run)
            m_run->cancel();
        else
            m_discovery->cancel();
    }

private:
    void onDiscovered(bool ok, const cluster::Topology& topology, const Error& error)
    {
        // Without a map a command can still be sent to the seed or to a node that was named; only
        // the names of the nodes are missing then.
        if (!ok && (m_behaviour.start == Start::Owner || m_cancelled)) {
            if (m_json)
                print(QString::fromUtf8(toDocument(errorToJson(error))));
            complain(toText(error));
            QCoreApplication::exit(NoConnection);
            return;
        }
        m_run = std::make_unique<command::CommandRun>(
            command::RunContext {
                &m_pool, ok ? topology : cluster::Topology(), m_connection.endpoint.endpoint },
            m_argv, m_behaviour);
        connect(m_run.get(), &command::CommandRun::finished, this, &Execution::onFinished);
        m_run->start();
    }

    void onFinished(const command::Trace& trace)
    {
        if (m_json)
            print(QString::fromUtf8(toDocument(command::toJson(trace))));
        else
            print(command::toText(trace));
        QCoreApplication::exit(exitCodeOf(trace.outcome));
    }

    ConnectionArguments m_connection;
    command::Argv m_argv;
    Behaviour m_behaviour;
    bool m_json = false;
    bool m_cancelled = false;
    net::ConnectionPool m_pool; // before what uses it
    std::unique_ptr<cluster::Discovery> m_discovery;
    std::unique_ptr<command::CommandRun> m_run;
};

} // namespace

int runExec(const QStringList& arguments, const std::optional<command::Argv>& command)
{
    CommandParser parser(u"exec ENDPOINT [options] -- COMMAND [ARG ...]"_s,
        u"Runs one command and prints its trace: each visit to a node, redirects and waits."_s);
    parser.addFormatOption();
    parser.options().addOptions({
        { u"from"_s,
            u"Where it starts: owner (of the key's slot), seed (the endpoint), or HOST:PORT; owner "
            "if not given."_s,
            u"START"_s, u"owner"_s },
        { u"redirects"_s,
            u"follow, or stop at the first one as a plain client does; follow if not given."_s,
            u"WHAT"_s, u"follow"_s },
    });
    addConnectionOptions(parser.options());
    if (const auto done = parser.parse(arguments, 1, 1))
        return *done;
    if (!command || command->isEmpty() || command->first().isEmpty())
        return parser.refuse(u"the command stands behind --"_s);
    if (command::extractKeys(*command).kind == command::CommandKind::Streaming)
        return parser.refuse(u"a command that goes on answering cannot be run here"_s);
    const Result<Behaviour> behaviour = behaviourOf(parser);
    if (!behaviour)
        return parser.refuse(behaviour.error().detail);
    const auto connection
        = readConnectionArguments(parser.options(), parser.positional(0), Secrets::Read);
    if (!connection)
        return parser.refuse(connection.error().detail);
    complainOfInsecureTls(connection->options);

    Execution execution(*connection, *command, *behaviour, parser.wantsJson());
    Interrupts interrupts;
    QObject::connect(&interrupts, &Interrupts::received, &execution, &Execution::cancel);
    execution.start();
    return QCoreApplication::exec();
}

} // namespace slotscope::app

#include "execcommand.moc"
