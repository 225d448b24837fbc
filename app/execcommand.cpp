// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/execcommand.h"

#include "app/commandparser.h"
#include "app/connectionarguments.h"
#include "app/interrupts.h"
#include "app/textoutput.h"
#include "core/command/fanoutformat.h"
#include "core/command/fanoutplan.h"
#include "core/command/keyextraction.h"
#include "core/command/traceformat.h"
#include "core/explain/addresses.h"
#include "core/session/session.h"

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
    } else if (from == "replica"_L1) {
        behaviour = Behaviour::replicaReader();
    } else if (from != "owner"_L1) {
        const Result<net::Endpoint> node = net::Endpoint::parse(from);
        if (!node || !node->isDialable())
            return Error { ErrorCode::InvalidInput,
                u"--from wants owner, replica, seed or HOST:PORT"_s, {} };
        behaviour.start = Start::Node;
        behaviour.node = *node;
    }
    const QString redirects = parser.value(u"redirects"_s);
    if (redirects != "follow"_L1 && redirects != "stop"_L1)
        return Error { ErrorCode::InvalidInput, u"--redirects wants follow or stop"_s, {} };
    behaviour.follow = redirects == "follow"_L1;
    return behaviour;
}

/// What --on and --split ask for.
struct Target
{
    std::optional<command::FanOutTarget> nodes; ///< null: one node
    bool isByTips = false; ///< as the command's tips say, which the server has to be asked for
};

Result<Target> targetOf(const CommandParser& parser)
{
    using command::FanOutTarget;
    if (parser.isSet(u"split"_s) && parser.isSet(u"on"_s))
        return Error { ErrorCode::InvalidInput, u"--split and --on exclude each other"_s, {} };
    const bool isMany = parser.isSet(u"split"_s) || parser.isSet(u"on"_s);
    if (isMany && (parser.isSet(u"from"_s) || parser.isSet(u"redirects"_s))) {
        return Error { ErrorCode::InvalidInput,
            u"--from and --redirects are for a command to one node"_s, {} };
    }
    if (parser.isSet(u"split"_s))
        return Target { FanOutTarget::Slots };
    if (!parser.isSet(u"on"_s))
        return Target {};
    const QString on = parser.value(u"on"_s);
    if (on == "auto"_L1)
        return Target { {}, true };
    for (const FanOutTarget target :
        { FanOutTarget::Primaries, FanOutTarget::Replicas, FanOutTarget::Nodes }) {
        if (on == fanOutTargetName(target))
            return Target { target };
    }
    return Error { ErrorCode::InvalidInput, u"--on wants primaries, replicas, nodes or auto"_s,
        {} };
}

/// Opens a session, runs the command, prints, ends the event loop. The session asks for a newer map
/// when the command meets a failover. Where the command's tips decide, or whether it writes, the
/// server is asked for its command table first.
class Execution final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Execution)
public:
    Execution(const ConnectionArguments& connection, command::Argv argv, Behaviour behaviour,
        Target target, bool json)
        : m_argv(std::move(argv))
        , m_behaviour(std::move(behaviour))
        , m_target(target)
        , m_json(json)
        , m_needsTable(target.isByTips || connection.readOnly)
        , m_session({ connection.endpoint, connection.options, std::chrono::milliseconds(0),
              std::chrono::milliseconds(0), connection.readOnly, std::chrono::milliseconds(0), {},
              connection.knownShards() })
    {
        if (m_needsTable) {
            connect(&m_session, &session::Session::commandTableChanged, this, &Execution::run);
            connect(&m_session, &session::Session::commandTableMissing, this, &Execution::run);
        } else {
            connect(&m_session, &session::Session::topologyChanged, this, &Execution::run);
        }
        connect(&m_session, &session::Session::openFailed, this, &Execution::onOpenFailed);
        connect(&m_session, &session::Session::runFinished, this, &Execution::onFinished);
        connect(&m_session, &session::Session::fanOutFinished, this, &Execution::onFanOut);
    }

    void start() { m_session.open(); }

    void cancel()
    {
        run(); // if nothing runs yet: a run that is cancelled before it has sent anything
        m_session.cancelRun(runId);
    }

private:
    static constexpr quint64 runId = 1;

    void run()
    {
        if (std::exchange(m_isRunning, true))
            return;
        // Who typed it here has meant it.
        constexpr auto confirmed = session::Confirmation::Confirmed;
        const auto nodes = m_target.isByTips
            ? command::targetByPolicy(m_argv, m_session.commandTable())
            : m_target.nodes;
        if (nodes)
            m_session.runFanOut(runId, m_argv, *nodes, confirmed);
        else
            m_session.run(runId, m_argv, m_behaviour, confirmed);
    }

    void onOpenFailed(const Error& error)
    {
        // Without a map a command can still be sent to the seed or to a node that was named; only
        // the names of the nodes are missing then.
        const bool needsMap = m_target.isByTips || m_target.nodes
            || m_behaviour.start == Start::Owner || m_behaviour.start == Start::Replica;
        if (!needsMap)
            return run();
        if (m_isRunning)
            return; // cancelled meanwhile
        QCoreApplication::exit(reportError(error, m_json));
    }

    void onFinished(quint64, const command::Trace& trace)
    {
        if (m_json)
            print(QString::fromUtf8(toDocument(command::toJson(trace))));
        else
            print(command::toText(trace));
        QCoreApplication::exit(exitCodeOf(trace.outcome));
    }

    void onFanOut(quint64, const command::FanOut& fanOut)
    {
        if (m_json)
            print(QString::fromUtf8(toDocument(command::toJson(fanOut))));
        else
            print(command::toText(fanOut));
        QCoreApplication::exit(exitCodeOf(fanOut.outcome));
    }

    const command::Argv m_argv;
    const Behaviour m_behaviour;
    const Target m_target;
    const bool m_json;
    const bool m_needsTable;
    bool m_isRunning = false;
    session::Session m_session;
};

} // namespace

int runExec(const QStringList& arguments, const std::optional<command::Argv>& command)
{
    CommandParser parser(u"exec ENDPOINT [options] -- COMMAND [ARG ...]"_s,
        u"Runs one command and prints its trace: each visit to a node, redirects and waits."_s);
    parser.addFormatOption();
    parser.options().addOptions({
        { u"from"_s,
            u"Where it starts: owner (of the key's slot), replica (of that owner, if the command "
            "only reads), seed (the endpoint), or HOST:PORT; owner if not given."_s,
            u"START"_s, u"owner"_s },
        { u"redirects"_s,
            u"follow, or stop at the first one as a plain client does; follow if not given."_s,
            u"WHAT"_s, u"follow"_s },
        { u"on"_s,
            u"Sends it to several nodes: primaries, replicas, nodes (both), or auto (as the "
            "command's tips say; one node where they say nothing)."_s,
            u"NODES"_s },
        { u"split"_s,
            u"Splits DEL, UNLINK, EXISTS, TOUCH, MGET or MSET into one command for each slot. The "
            "whole is not atomic."_s },
        { u"allow-writes"_s,
            u"Lets writes, scripts and commands that nobody knows pass on a profile that is marked "
            "read-only."_s },
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
    const auto target = targetOf(parser);
    if (!target)
        return parser.refuse(target.error().detail);
    auto connection
        = readConnectionArguments(parser.options(), parser.positional(0), Secrets::Read);
    if (!connection)
        return parser.refuse(connection.error());
    if (const int database = connection->otherDatabase(); database != 0)
        return parser.refuse(explain::otherDatabase(database));
    if (const auto refused = parser.refusedByName(*connection))
        return *refused;
    if (parser.isSet(u"allow-writes"_s))
        connection->readOnly = false;
    CommandParser::prepare(*connection);

    Execution execution(*connection, *command, *behaviour, *target, parser.wantsJson());
    Interrupts interrupts;
    QObject::connect(&interrupts, &Interrupts::received, &execution, &Execution::cancel);
    execution.start();
    return QCoreApplication::exec();
}

} // namespace slotscope::app

#include "execcommand.moc"
