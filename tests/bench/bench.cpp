// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// Measurements, as ratios within one run against a named peer: see docs/benchmarks.md.

#include "tests/bench/measure.h"

#include <QCoreApplication>

#include <cstdio>

namespace {

using namespace Qt::StringLiterals;
using namespace slotscope::bench;

struct Bench
{
    QString name;
    const char* what;
    std::function<bool()> run;
    bool paints = false;
};

const QList<Bench>& benches()
{
    static const QList<Bench> list {
        { u"startup"_s, "the window against an empty one: exec to first paint, memory",
            benchStartup },
        { u"inspect"_s, "inspect of 6 nodes against redis-cli --cluster info",
            [] { return benchInspect(6); } },
        { u"inspect100"_s, "inspect of 100 nodes against redis-cli --cluster check",
            [] { return benchInspect(100); } },
        { u"inspect300"_s, "the same with 300 nodes (2.5 GB of memory)",
            [] { return benchInspect(300); } },
        { u"pipeline"_s, "GET and SET, 100 at a time, against redis-benchmark", benchPipeline },
        { u"roundtrip"_s, "one GET after the other against hiredis", benchRoundTrip },
        { u"tunnel"_s, "one GET after the other through our tunnel against one through ssh -D",
            benchTunnel },
        { u"nodes"_s, "parsing the worst CLUSTER NODES", benchNodes },
        { u"views"_s, "reading and merging a thousand views of a thousand nodes", benchViews },
        { u"scan"_s, "every key of a million against redis-cli and valkey-cli", benchScan },
        { u"doctor"_s, "doctor of 100 nodes, three of them stopped, against one stopped node",
            benchDoctor },
        { u"recording"_s, "a day of recording: its size, and how soon any moment is there",
            benchRecording },
        { u"report"_s, "report of 100 nodes, and at its deadline when three of them are stopped",
            benchReport },
        { u"memory"_s, "what 300 connected nodes take", benchMemory },
#ifdef SLOTSCOPE_BENCH_UI
        { u"hoptimes"_s, "hop times while the picture moves and while it stands still",
            benchHopTimes, true },
        { u"reply"_s, "a reply of a million elements, from its arrival to its sight", benchReply,
            true },
        { u"typing"_s, "from key to paint while 100,000 commands run", benchTyping, true },
        { u"idle"_s, "processor time of a window that shows 100 nodes", benchIdle, true },
        { u"past"_s, "how soon the window shows the past", benchPast, true },
        { u"page"_s, "frames on 100 real nodes, and a refresh of all panels with 1,000", benchPage,
            true },
        { u"pictures"_s, "reports of a thousand nodes", benchPictures, true },
#endif
    };
    return list;
}

} // namespace

int main(int argc, char** argv)
{
    const QString wanted = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    std::unique_ptr<QCoreApplication> application;
#ifdef SLOTSCOPE_BENCH_UI
    for (const Bench& bench : benches()) {
        if (bench.name == wanted && bench.paints)
            application = makeOffscreenApplication(argc, argv);
    }
#endif
    if (!application)
        application = std::make_unique<QCoreApplication>(argc, argv);
    if (wanted == u"accept")
        return acceptEverything();
    for (const Bench& bench : benches()) {
        if (bench.name == wanted)
            return bench.run() ? 0 : 1;
    }
    std::fprintf(stderr, "usage: slotscope_bench NAME\n");
    for (const Bench& bench : benches())
        std::fprintf(stderr, "  %-11s %s\n", qPrintable(bench.name), bench.what);
    return 2;
}
