// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT
//
// Slotscope's core in a program of your own: from one endpoint to the shards of its cluster, then
// GET of a key with every hop that it takes. docs/embedding.md explains it;
// tests/live/tst_example.cpp runs it.

#include "core/command/traceformat.h"
#include "core/explain/errors.h"
#include "core/session/session.h"

#include <QCoreApplication>
#include <QTextStream>

using namespace slotscope;

int main(int argc, char* argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList words = application.arguments();
    const auto endpoint = net::parseTypedEndpoint(words.value(1));
    QTextStream out(stdout);
    if (!endpoint || words.size() != 3) {
        out << "Usage: ownerofkey HOST:PORT KEY\n";
        return 2;
    }
    session::SessionConfig config;
    config.endpoint = *endpoint;
    session::Session session(config);

    const auto onTopology = [&](const cluster::Topology& topology) {
        for (const cluster::Shard& shard : topology.shards())
            out << shard.label << ": " << shard.slotCount << " slots\n";
        session.run(1, { "GET", words[2].toUtf8() }, command::Behaviour::clusterClientWithoutMap());
    };
    const auto onFinished = [&](quint64, const command::Trace& trace) {
        out << command::toText(trace) << Qt::endl;
        application.exit(trace.outcome == command::TraceOutcome::Reply ? 0 : 1);
    };
    const auto onFailed = [&](const support::Error& error) {
        out << explain::errorSentence(error) << Qt::endl;
        application.exit(3);
    };
    // The first topology starts the command; later ones come with each refresh.
    QObject::connect(&session, &session::Session::topologyChanged, &application, onTopology,
        Qt::SingleShotConnection);
    QObject::connect(&session, &session::Session::runFinished, &application, onFinished);
    QObject::connect(&session, &session::Session::openFailed, &application, onFailed);
    session.open();
    return QCoreApplication::exec();
}
