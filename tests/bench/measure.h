// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/sandbox/sandboxcluster.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>

class QCoreApplication;

namespace slotscope::bench {

constexpr int interleavedRuns = 5;

double median(QList<double> values);

/// One side of a comparison: `measure` runs once and returns what it took or reached, or a negative
/// number when it failed.
struct Contender
{
    QString name;
    std::function<double()> measure;
    QList<double> values;
};

/// One warm-up each, then all in turn, five times. Prints the medians, their range, and each one's
/// ratio to the last one, the peer. False when a run failed.
bool compare(QList<Contender> contenders, const char* unit);

/// From the start of a program to its end, in milliseconds; negative when it fails.
double runProgram(const QString& program, const QStringList& arguments);

/// A program that was built beside this one.
QString besides(const QString& relative);

/// 50 primaries with a replica each.
sandbox::ClusterSpec hundredNodes();
/// A running cluster, or null (said why on standard error).
std::unique_ptr<sandbox::SandboxCluster> startCluster(const sandbox::ClusterSpec& spec);

/// Runs the event loop until `done` says so or nothing has happened for 30 s (then false).
bool waitUntil(const std::function<bool()>& done);

// The benches; each prints what it found and returns false when it could not measure.
bool benchStartup();
bool benchInspect(int nodes);
bool benchPipeline();
bool benchRoundTrip();
bool benchTunnel();
bool benchNodes();
bool benchViews();
bool benchMemory();
bool benchScan();
bool benchDoctor();
bool benchRecording();
bool benchReport();
#ifdef SLOTSCOPE_BENCH_UI
bool benchHopTimes();
bool benchReply();
bool benchTyping();
bool benchIdle();
bool benchPictures();
bool benchPast();
bool benchPage();
/// For the benches that paint; instead of a QCoreApplication.
std::unique_ptr<QCoreApplication> makeOffscreenApplication(int& argc, char** argv);
#endif
/// The other side of benchMemory(), in a process of its own: says yes to every command.
int acceptEverything();

} // namespace slotscope::bench
