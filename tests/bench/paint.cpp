// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// What painting takes, offscreen, beside a widget that paints nothing. A program of its own: the
// other measurements know no window.

#include "tests/bench/scene.h"
#include "ui/slotmap/slotmapwidget.h"

#include <QApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>

namespace {

using namespace Qt::StringLiterals;
using namespace slotscope;
using cluster::Slot;

constexpr int repaints = 500;
constexpr int warmUp = 20;
constexpr QSize mapSize { 800, 860 };

/// The worst: no two neighbouring slots belong to one shard.
cluster::Topology alternating(int shards)
{
    cluster::TopologyData data;
    data.kind = cluster::Kind::Cluster;
    data.state = cluster::ClusterState::Ok;
    for (int i = 0; i < shards; ++i) {
        cluster::Node node;
        node.id = cluster::NodeId(QByteArray::number(i).rightJustified(40, 'a'));
        node.address = { u"127.0.0.1"_s, static_cast<quint16>(7000 + i) };
        node.role = cluster::Role::Primary;
        node.health = cluster::Health::Ok;
        for (int slot = i; slot < Slot::count; slot += shards)
            node.ranges.append({ Slot(slot), Slot(slot) });
        data.nodes.append(node);
    }
    return cluster::Topology::build(std::move(data));
}

struct Percentiles
{
    double half = 0;
    double most = 0; ///< 95 of 100 take no longer
};

/// `dirty` makes everything be painted again.
Percentiles measure(QWidget& widget, const std::function<void()>& dirty)
{
    widget.resize(mapSize);
    widget.show();
    QCoreApplication::processEvents();
    QList<double> milliseconds;
    for (int i = 0; i < warmUp + repaints; ++i) {
        dirty();
        QElapsedTimer clock;
        clock.start();
        widget.repaint();
        if (i >= warmUp)
            milliseconds.append(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    }
    widget.hide();
    std::sort(milliseconds.begin(), milliseconds.end());
    return { milliseconds.at(repaints / 2), milliseconds.at(repaints * 95 / 100) };
}

void print(const char* what, const Percentiles& percentiles)
{
    std::printf("%-28s p50 %.2f ms, p95 %.2f ms\n", what, percentiles.half, percentiles.most);
}

bool paintSlotMaps()
{
    QWidget empty;
    print("an empty widget", measure(empty, [] {}));
    for (const int shards : { 3, 100 }) {
        ui::SlotMapWidget map;
        map.setTopology(alternating(shards));
        const auto dirty = [&map] { map.setShownShards({}); };
        print(shards == 3 ? "slot map, 3 shards in turn" : "slot map, 100 shards in turn",
            measure(map, dirty));
        ui::SlotNumbers numbers;
        for (int slot = 0; slot < Slot::count; ++slot)
            numbers.take({ Slot(slot), slot % 977, -1, -1, -1, {} }, 0);
        map.setNumbers(numbers);
        map.setMetric(ui::SlotMetric::KeyCount);
        map.select(100, 9000);
        print("  by number of keys", measure(map, dirty));
    }
    return true;
}

} // namespace

int main(int argc, char** argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    const QString wanted = QCoreApplication::arguments().value(1);
    if (wanted == u"slotmap")
        return paintSlotMaps() ? 0 : 1;
    if (wanted == u"topology")
        return slotscope::bench::benchTopology() ? 0 : 1;
    std::fprintf(stderr, "usage: slotscope_bench_paint slotmap|topology\n");
    return 2;
}
