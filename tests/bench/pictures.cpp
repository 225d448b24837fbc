// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/bench/measure.h"
#include "ui/report/report.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>

namespace slotscope::bench {

namespace {

using namespace Qt::StringLiterals;
using namespace cluster;

constexpr int shards = 500;
constexpr int runs = 9;

NodeId idOf(int number)
{
    return NodeId(QByteArray::number(number, 16).rightJustified(40, 'a'));
}

TopologyData thousandNodes(bool isSick)
{
    TopologyData data;
    data.state = ClusterState::Ok;
    data.capturedAt = QDateTime::currentDateTimeUtc();
    data.viewsAsked = data.viewsAnswered = 2 * shards;
    for (int i = 0; i < 2 * shards; ++i) {
        Node node;
        node.id = idOf(i);
        node.address = { u"10.0.%1.%2"_s.arg(i / 250).arg(i % 250), 6379 };
        node.role = i % 2 == 0 ? Role::Primary : Role::Replica;
        node.health = isSick && i % 83 == 0 ? Health::Fail : Health::Ok;
        if (i % 2 == 0) {
            const int shard = i / 2;
            node.ranges = { { Slot(Slot::count * shard / shards),
                Slot(Slot::count * (shard + 1) / shards - 1) } };
        } else {
            node.primaryId = idOf(i - 1);
        }
        data.nodes.append(node);
    }
    return data;
}

/// Every node's own CLUSTER NODES, 100 kB each.
void addViews(capture::Capture* capture)
{
    QByteArray view;
    for (const Node& node : capture->topology.nodes()) {
        view += node.id.toByteArray() + ' ' + node.address.toString().toUtf8() + "@16379 "
            + (node.health == Health::Fail ? "master,fail" : "master")
            + " - 0 1763906861000 7 connected\n";
    }
    for (const Node& node : capture->topology.nodes()) {
        capture::NodeAnswers answers;
        answers.id = node.id;
        answers.address = node.address;
        answers.isReachable = node.health == Health::Ok;
        answers.replies = { { u"CLUSTER NODES"_s, view, {} } };
        capture->nodes.append(answers);
    }
}

} // namespace

bool benchPictures()
{
    capture::Capture capture;
    capture.before = Topology::build(thousandNodes(false));
    capture.topology = Topology::build(thousandNodes(true), &capture.before);
    capture.savedAt = capture.topology.data().capturedAt;
    capture.recordingBegan = capture.savedAt.addSecs(-600);
    for (const TopologyChange& change : diff(capture.before, capture.topology))
        capture.events.append({ change, capture.savedAt.addSecs(-300), idOf(1) });
    addViews(&capture);

    const QTemporaryDir folder;
    for (const char* ending : { "png", "svg", "html", "pdf", "md" }) {
        const QString file = folder.filePath(u"report."_s + QString::fromLatin1(ending));
        QList<double> milliseconds;
        for (int i = 0; i < runs; ++i) {
            QElapsedTimer clock;
            clock.start();
            if (!ui::writeReport(file, capture)) {
                std::fprintf(stderr, "the report was not written\n");
                return false;
            }
            milliseconds.append(static_cast<double>(clock.nsecsElapsed()) / 1e6);
        }
        const auto [least, most] = std::minmax_element(milliseconds.begin(), milliseconds.end());
        std::printf("1,000 nodes as %-4s %6.0f ms (%.0f to %.0f), %lld kB\n", ending,
            median(milliseconds), *least, *most,
            static_cast<long long>(QFileInfo(file).size() / 1000));
    }
    return true;
}

} // namespace slotscope::bench
