// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// Every key of a cluster, against the command line tools on one primary after another.

#include "core/cluster/discovery.h"
#include "core/command/keyscan.h"
#include "core/command/pipelinerun.h"
#include "tests/bench/measure.h"

#include <QDir>
#include <QFile>

#include <chrono>
#include <cstdio>

namespace slotscope::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int keys = 1'000'000;

cluster::Topology discover(net::ConnectionPool* pool, const net::Endpoint& seed)
{
    cluster::Discovery discovery(pool, seed, seed.toString());
    cluster::Topology map;
    bool done = false;
    QObject::connect(&discovery, &cluster::Discovery::finished, &discovery,
        [&](bool, const cluster::Topology& found) {
            map = found;
            done = true;
        });
    discovery.start();
    return waitUntil([&] { return done; }) ? map : cluster::Topology();
}

bool fill(const command::RunContext& context)
{
    const auto began = std::chrono::steady_clock::now();
    QList<command::Argv> commands;
    commands.reserve(keys);
    for (int i = 0; i < keys; ++i)
        commands.append({ "SET", "key:" + QByteArray::number(i), "v" });
    command::PipelineRun pipeline(context, commands);
    bool done = false;
    QObject::connect(&pipeline, &command::PipelineRun::finished, &pipeline, [&] { done = true; });
    pipeline.start();
    const bool ok = waitUntil([&] { return done; });
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    std::printf("%d SET through PipelineRun: %.2f s\n", keys, took.count());
    return ok && pipeline.results().last().outcome == command::TraceOutcome::Reply;
}

double scan(const command::RunContext& context)
{
    const auto began = std::chrono::steady_clock::now();
    command::KeyScan operation(context, {});
    bool complete = false;
    bool done = false;
    QObject::connect(&operation, &command::KeyScan::finished, &operation, [&](bool all) {
        complete = all;
        done = true;
    });
    operation.start();
    waitUntil([&] { return done; });
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - began;
    return complete && operation.progress().keys == keys ? took.count() : -1;
}

// The tool on each primary in turn, its output thrown away.
double scanWith(const QString& tool, const QStringList& options, const cluster::Topology& map)
{
    double sum = 0;
    for (const cluster::Shard& shard : map.shards()) {
        const net::Endpoint primary = map.nodeById(shard.primaryId)->address;
        const double took = runProgram(tool,
            QStringList { u"-h"_s, primary.host, u"-p"_s, QString::number(primary.port) }
                + options);
        if (took < 0)
            return took;
        sum += took;
    }
    return sum;
}

} // namespace

bool benchScan()
{
    sandbox::ClusterSpec spec;
    spec.replicas = 0;
    const auto cluster = startCluster(spec);
    if (!cluster)
        return false;
    net::ConnectionPool pool(net::ConnectionOptions {});
    const net::Endpoint seed { u"127.0.0.1"_s, cluster->manifest().nodes.constFirst().port };
    const cluster::Topology map = discover(&pool, seed);
    const command::RunContext context { &pool, map, seed };
    if (map.shards().size() != 3 || !fill(context))
        return false;

    QString valkeyCli = qEnvironmentVariable("SLOTSCOPE_VALKEY_CLI");
    if (valkeyCli.isEmpty()) // where app/setup/fetch-valkey.sh keeps it
        valkeyCli = QDir::homePath() + u"/.cache/slotscope/valkey/usr/bin/valkey-cli"_s;
    const QStringList all { u"--scan"_s };
    const QStringList thousand { u"--scan"_s, u"--count"_s, u"1000"_s };
    QList<Contender> contenders {
        { u"KeyScan, COUNT 1000"_s, [&] { return scan(context); }, {} },
        { u"redis-cli --scan"_s, [&] { return scanWith(u"redis-cli"_s, all, map); }, {} },
    };
    if (QFile::exists(valkeyCli)) {
        contenders.append({ u"valkey-cli --scan --count 1000"_s,
            [&] { return scanWith(valkeyCli, thousand, map); }, {} });
    }
    return compare(contenders, "ms");
}

} // namespace slotscope::bench
