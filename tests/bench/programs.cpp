// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// Whole programs against others.

#include "tests/bench/measure.h"
#include "tests/support/deadport.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>

#include <array>
#include <chrono>
#include <cstdio>
#include <signal.h>

namespace slotscope::bench {

using namespace Qt::StringLiterals;

namespace {

struct Start
{
    double milliseconds = -1; ///< exec to first paint
    double megabytes = -1;
};

/// From the start of a program to its line `painted <kB>`.
Start startUp(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::SeparateChannels);
    const auto began = std::chrono::steady_clock::now();
    process.start(program, arguments);
    while (!process.canReadLine() && process.waitForReadyRead(20'000)) { }
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - began;
    const double kilobytes = process.readLine().trimmed().split(' ').value(1).toDouble();
    process.waitForFinished(20'000);
    return kilobytes > 0 ? Start { took.count(), kilobytes / 1024 } : Start {};
}

/// Stopped, they accept connections and say nothing.
constexpr std::array<qsizetype, 3> stoppedNodes { 20, 40, 60 };

} // namespace

bool benchStartup()
{
    const QString window = besides(u"../../app/slotscope-window"_s);
    const QString empty = besides(u"slotscope_bench_emptywindow"_s);
    const QStringList once { u"--exit-after-paint"_s };
    return compare(
               {
                   { u"slotscope-window, exec to first paint"_s,
                       [&] { return startUp(window, once).milliseconds; }, {} },
                   { u"empty QMainWindow"_s, [&] { return startUp(empty, {}).milliseconds; }, {} },
               },
               "ms")
        && compare(
            {
                { u"slotscope-window, resident memory"_s,
                    [&] { return startUp(window, once).megabytes; }, {} },
                { u"empty QMainWindow"_s, [&] { return startUp(empty, {}).megabytes; }, {} },
            },
            "MB");
}

bool benchInspect(int nodes)
{
    sandbox::ClusterSpec spec;
    if (nodes > 6) {
        spec.primaries = qMin(nodes / 2, 100);
        // Hundreds of servers on a few cores: nothing of theirs may be urgent.
        spec.serverOptions = { u"--hz"_s, u"1"_s };
        spec.nodeTimeoutMs = 60'000;
    }
    spec.replicas = nodes - spec.primaries;
    const auto cluster = startCluster(spec);
    if (!cluster)
        return false;
    const QString endpoint = u"127.0.0.1:%1"_s.arg(cluster->manifest().nodes.constFirst().port);
    // The peer that does as little as possible for six nodes, and the one that asks every node.
    const QString peer = nodes > 6 ? u"check"_s : u"info"_s;
    return compare(
        {
            { u"slotscope inspect, %1 nodes"_s.arg(nodes),
                [&] {
                    return runProgram(
                        besides(u"../../app/slotscope"_s), { u"inspect"_s, endpoint });
                },
                {} },
            { u"redis-cli --cluster "_s + peer,
                [&] {
                    return runProgram(u"redis-cli"_s, { u"--cluster"_s, peer, endpoint });
                },
                {} },
        },
        "ms");
}

bool benchReport()
{
    const auto cluster = startCluster(hundredNodes());
    if (!cluster)
        return false;
    const auto& nodes = cluster->manifest().nodes;
    const QString endpoint = u"127.0.0.1:%1"_s.arg(nodes.constFirst().port);
    const QTemporaryDir folder;
    const auto report = [&](const QString& name) {
        return [arguments = QStringList {
                    u"report"_s, endpoint, u"--output"_s, folder.filePath(name), u"--force"_s }] {
            return runProgram(besides(u"../../app/slotscope"_s), arguments);
        };
    };
    const auto check = [&endpoint] {
        return runProgram(u"redis-cli"_s, { u"--cluster"_s, u"check"_s, endpoint });
    };
    bool ok = compare(
        {
            { u"slotscope report, .slotscope"_s, report(u"r.slotscope"_s), {} },
            { u"slotscope report, .json"_s, report(u"r.json"_s), {} },
            { u"redis-cli --cluster check"_s, check, {} },
        },
        "ms");
    for (const qsizetype node : stoppedNodes)
        ::kill(static_cast<pid_t>(nodes.at(node).pid), SIGSTOP);
    // The aim is 3,200 ms: the deadline and 0.2 s.
    ok = ok
        && compare(
            {
                { u"three stopped, .slotscope"_s, report(u"r.slotscope"_s), {} },
                { u"three stopped, .json"_s, report(u"r.json"_s), {} },
            },
            "ms");
    for (const qsizetype node : stoppedNodes)
        ::kill(static_cast<pid_t>(nodes.at(node).pid), SIGCONT);
    return ok;
}

bool benchDoctor()
{
    const auto cluster = startCluster(hundredNodes());
    if (!cluster)
        return false;
    const auto& nodes = cluster->manifest().nodes;
    const auto endpointOf
        = [&nodes](qsizetype node) { return u"127.0.0.1:%1"_s.arg(nodes.at(node).port); };
    // Each costs its own two seconds.
    const auto doctor = [](const QString& endpoint, int expected, const QStringList& more = {}) {
        return [=] {
            QProcess process;
            QElapsedTimer clock;
            clock.start();
            process.start(besides(u"../../app/slotscope"_s),
                QStringList { u"doctor"_s, endpoint, u"--timeout"_s, u"2"_s } + more);
            process.waitForFinished(60'000);
            const double milliseconds = static_cast<double>(clock.nsecsElapsed()) / 1e6;
            return process.exitCode() == expected ? milliseconds : -1.0;
        };
    };
    // A firewall's way: their connects are neither accepted nor refused.
    const tests::DeadPort dead(u"127.0.0.1"_s);
    const QString nobody = dead.endpoint().toString();
    QStringList map;
    for (const qsizetype node : stoppedNodes)
        map << u"--map"_s << endpointOf(node) + u'=' + nobody;
    bool ok = compare(
        {
            { u"slotscope doctor, 100 nodes, three blackholed"_s, doctor(endpointOf(0), 1, map),
                {} },
            { u"slotscope doctor, a blackholed node alone"_s, doctor(nobody, 3), {} },
        },
        "ms");
    // Theirs are accepted by the kernel; nobody says a word.
    for (const qsizetype node : stoppedNodes)
        ::kill(static_cast<pid_t>(nodes.at(node).pid), SIGSTOP);
    ok = ok
        && compare(
            {
                { u"slotscope doctor, 100 nodes, three stopped"_s, doctor(endpointOf(0), 1), {} },
                { u"slotscope doctor, a stopped node alone"_s, doctor(endpointOf(20), 3), {} },
            },
            "ms");
    for (const qsizetype node : stoppedNodes)
        ::kill(static_cast<pid_t>(nodes.at(node).pid), SIGCONT);
    return ok;
}

} // namespace slotscope::bench
