// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/bench/measure.h"

#include "core/explain/errors.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QProcess>
#include <QTimer>

#include <algorithm>
#include <cstdio>

namespace slotscope::bench {

using namespace Qt::StringLiterals;

double median(QList<double> values)
{
    std::sort(values.begin(), values.end());
    return values.value(values.size() / 2);
}

bool compare(QList<Contender> contenders, const char* unit)
{
    for (int i = 0; i <= interleavedRuns; ++i) {
        for (Contender& contender : contenders) {
            const double value = contender.measure();
            if (value < 0) {
                std::fprintf(stderr, "%s failed\n", qPrintable(contender.name));
                return false;
            }
            if (i > 0) // after the warm-up
                contender.values.append(value);
        }
    }
    const double peer = median(contenders.constLast().values);
    for (const Contender& contender : std::as_const(contenders)) {
        const auto [least, most]
            = std::minmax_element(contender.values.begin(), contender.values.end());
        std::printf("%-44s %10.1f %s  (%.1f to %.1f)  ratio %.2f\n", qPrintable(contender.name),
            median(contender.values), unit, *least, *most, median(contender.values) / peer);
    }
    return true;
}

double runProgram(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    QElapsedTimer clock;
    clock.start();
    process.start(program, arguments);
    process.waitForFinished(60'000);
    const double milliseconds = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    if (process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return milliseconds;
    std::fprintf(stderr, "%s\n", process.readAll().right(500).constData());
    return -1;
}

QString besides(const QString& relative)
{
    return QCoreApplication::applicationDirPath() + u"/"_s + relative;
}

sandbox::ClusterSpec hundredNodes()
{
    sandbox::ClusterSpec spec;
    spec.primaries = 50;
    spec.replicas = 50;
    // A hundred servers on a few cores: nothing of theirs may be urgent.
    spec.serverOptions = { u"--hz"_s, u"1"_s };
    spec.nodeTimeoutMs = 60'000;
    return spec;
}

std::unique_ptr<sandbox::SandboxCluster> startCluster(const sandbox::ClusterSpec& spec)
{
    auto cluster = std::make_unique<sandbox::SandboxCluster>(spec);
    QEventLoop loop;
    bool up = false;
    QObject::connect(cluster.get(), &sandbox::SandboxCluster::started, &loop,
        [&](bool ok, const support::Error& error) {
            up = ok;
            if (!ok)
                std::fprintf(stderr, "%s\n", qPrintable(explain::errorSentence(error)));
            loop.quit();
        });
    cluster->start();
    loop.exec();
    return up ? std::move(cluster) : nullptr;
}

bool waitUntil(const std::function<bool()>& done)
{
    QEventLoop loop;
    QTimer limit;
    limit.setSingleShot(true);
    QObject::connect(&limit, &QTimer::timeout, &loop, &QEventLoop::quit);
    limit.start(30'000);
    while (!done() && limit.isActive())
        loop.processEvents(QEventLoop::WaitForMoreEvents);
    return done();
}

} // namespace slotscope::bench
