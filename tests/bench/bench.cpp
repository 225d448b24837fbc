// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// Ratios within one run against a named peer: the median of interleaved runs. See
// docs/benchmarks.md.
//
//   slotscope_bench startup   the window against an empty main window: exec to first paint, RSS
//   slotscope_bench inspect   slotscope inspect against redis-cli --cluster info, six nodes

#include "core/explain/errors.h"
#include "core/sandbox/sandboxcluster.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QProcess>
#include <QStandardPaths>

#include <algorithm>
#include <chrono>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

constexpr int interleavedRuns = 5;

struct Sample
{
    double milliseconds = 0;
    double kilobytes = 0;
    bool ok = false;
};

/// From the start of a program to its first line (`painted <kB>`) or, without `untilLine`, to its
/// end.
Sample measure(const QString& program, const QStringList& arguments, bool untilLine)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::SeparateChannels);
    QElapsedTimer clock;
    clock.start();
    process.start(program, arguments);
    Sample sample;
    if (untilLine) {
        while (!process.canReadLine() && process.waitForReadyRead(20'000)) { }
        sample.milliseconds = static_cast<double>(clock.nsecsElapsed()) / 1e6;
        sample.kilobytes = process.readLine().trimmed().split(' ').value(1).toDouble();
        process.waitForFinished(20'000);
        sample.ok = sample.kilobytes > 0;
    } else {
        process.waitForFinished(20'000);
        sample.milliseconds = static_cast<double>(clock.nsecsElapsed()) / 1e6;
        sample.ok = process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    }
    return sample;
}

double median(QList<double> values)
{
    std::sort(values.begin(), values.end());
    return values.value(values.size() / 2);
}

struct Contender
{
    const char* name;
    QString program;
    QStringList arguments;
    QList<double> milliseconds;
    QList<double> kilobytes;
};

/// Runs both in turn, one warm-up each, and prints medians and ratios. False when a run failed.
bool compare(Contender ours, Contender peer, bool untilLine)
{
    for (int i = 0; i <= interleavedRuns; ++i) {
        for (Contender* contender : { &ours, &peer }) {
            const Sample sample = measure(contender->program, contender->arguments, untilLine);
            if (!sample.ok) {
                std::fprintf(stderr, "%s failed\n", qPrintable(contender->program));
                return false;
            }
            if (i == 0) // the warm-up
                continue;
            contender->milliseconds.append(sample.milliseconds);
            contender->kilobytes.append(sample.kilobytes);
        }
    }
    for (const Contender* contender : { &ours, &peer }) {
        std::printf("%-34s %8.1f ms", contender->name, median(contender->milliseconds));
        if (untilLine)
            std::printf("  %8.1f MB", median(contender->kilobytes) / 1024);
        std::printf("\n");
    }
    std::printf("ratio: time %.2f", median(ours.milliseconds) / median(peer.milliseconds));
    if (untilLine)
        std::printf(", resident memory %.2f", median(ours.kilobytes) / median(peer.kilobytes));
    std::printf("  (median of %d interleaved runs)\n", interleavedRuns);
    return true;
}

QString besides(const QString& relative)
{
    return QCoreApplication::applicationDirPath() + u"/"_s + relative;
}

bool benchStartup()
{
    return compare({ "slotscope-window", besides(u"../../app/slotscope-window"_s),
                       { u"--exit-after-paint"_s }, {}, {} },
        { "empty QMainWindow", besides(u"slotscope_bench_emptywindow"_s), {}, {}, {} }, true);
}

bool benchInspect()
{
    slotscope::sandbox::SandboxCluster cluster({});
    QEventLoop loop;
    bool up = false;
    QObject::connect(&cluster, &slotscope::sandbox::SandboxCluster::started, &loop,
        [&](bool ok, const slotscope::support::Error& error) {
            up = ok;
            if (!ok)
                std::fprintf(stderr, "%s\n", qPrintable(slotscope::explain::errorSentence(error)));
            loop.quit();
        });
    cluster.start();
    loop.exec();
    if (!up)
        return false;
    const QString endpoint = u"127.0.0.1:%1"_s.arg(cluster.manifest().nodes.constFirst().port);
    const bool ok = compare({ "slotscope inspect", besides(u"../../app/slotscope"_s),
                                { u"inspect"_s, endpoint }, {}, {} },
        { "redis-cli --cluster info", u"redis-cli"_s, { u"--cluster"_s, u"info"_s, endpoint }, {},
            {} },
        false);
    cluster.stop();
    return ok;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QString what = QCoreApplication::arguments().value(1);
    if (what == u"startup")
        return benchStartup() ? 0 : 1;
    if (what == u"inspect")
        return benchInspect() ? 0 : 1;
    std::fprintf(stderr, "usage: slotscope_bench startup|inspect\n");
    return 2;
}
