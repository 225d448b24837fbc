// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// A day of recording: what it takes while it is written, and how soon any moment of it is there.

#include "tests/bench/recording.h"

#include "core/capture/capturefile.h"
#include "core/capture/history.h"
#include "core/capture/recordingfile.h"
#include "tests/bench/measure.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <malloc.h>
#include <unistd.h>

namespace slotscope::bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int recordedNodes = 12;

double residentMegabytes()
{
    ::malloc_trim(0);
    QFile statm(u"/proc/self/statm"_s);
    if (!statm.open(QIODevice::ReadOnly))
        return -1;
    const double pages = statm.readAll().split(' ').value(1).toDouble();
    return pages * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1024 * 1024);
}

cluster::Topology topologyOf(int shift)
{
    cluster::TopologyData data;
    data.capturedAt = dayBegin;
    data.state = cluster::ClusterState::Ok;
    for (int i = 0; i < recordedNodes; ++i) {
        cluster::Node node;
        node.id = cluster::NodeId(QByteArray::number(i).rightJustified(40, 'a'));
        node.address = { u"10.0.0."_s + QString::number(i), 6379 };
        const bool isPrimary = (i + shift) % 2 == 0;
        node.role = isPrimary ? cluster::Role::Primary : cluster::Role::Replica;
        const int shard = i / 2;
        const int partner = i % 2 == 0 ? i + 1 : i - 1;
        if (isPrimary)
            node.ranges = { { cluster::Slot(shard * 2730),
                cluster::Slot(shard == 5 ? 16383 : (shard + 1) * 2730 - 1) } };
        else
            node.primaryId = cluster::NodeId(QByteArray::number(partner).rightJustified(40, 'a'));
        data.nodes.append(node);
    }
    return cluster::Topology::build(data);
}

/// Numbers as a busy node has them: each a little different from the last.
class Numbers
{
public:
    QList<capture::NodeSample> at(const QDateTime& at)
    {
        QList<capture::NodeSample> samples;
        for (int i = 0; i < recordedNodes; ++i) {
            auto& now = m_now.at(static_cast<std::size_t>(i));
            now[0] += m_random.bounded(-4096, 4097);
            now[1] += m_random.bounded(-3, 4);
            now[2] = m_random.bounded(3000, 5000);
            now[3] = m_random.bounded(90, 100);
            now[4] += m_random.bounded(10'000, 90'000);
            now[5] = m_random.bounded(0, 500);
            now[6] = m_random.bounded(0, 3);
            now[7] = 0;
            samples.append(
                { cluster::NodeId(QByteArray::number(i).rightJustified(40, 'a')), at, now });
        }
        return samples;
    }

private:
    using Row = std::array<double, session::metricCount>;
    static std::array<Row, recordedNodes> beginning()
    {
        std::array<Row, recordedNodes> rows {};
        rows.fill({ 900e6, 2e6, 4000, 95, 1e12, 0, 0, 0 });
        return rows;
    }

    QRandomGenerator m_random { 1 };
    std::array<Row, recordedNodes> m_now = beginning();
};

} // namespace

bool recordDay(const QString& file)
{
    capture::RecordingLimits limits;
    limits.age = std::chrono::hours(48);
    auto recording = capture::RecordingFile::create(file, limits);
    if (!recording)
        return false;
    const double before = residentMegabytes();
    QElapsedTimer clock;
    clock.start();
    Numbers numbers;
    bool isWell = recording->add({ dayBegin, topologyOf(0) }).hasValue();
    double most = before;
    for (int second = 0; second < daySeconds && isWell; ++second) {
        const QDateTime at = dayBegin.addSecs(second);
        isWell = recording->add(numbers.at(at)).hasValue();
        if (second % 2 == 0)
            isWell = isWell && recording->add(capture::Refreshed { at, 12, 12 }).hasValue();
        if (second % 3600 == 1800)
            isWell = isWell && recording->add({ at, topologyOf(second / 3600) }).hasValue();
        if (second % 3600 == 3599)
            most = std::max(most, residentMegabytes());
    }
    const double seconds = static_cast<double>(clock.elapsed()) / 1000;
    isWell = isWell && recording->finish().hasValue();
    std::printf("24 hours of 12 nodes, a sample a second each: %.1f MB of file (aim 100), "
                "%.1f MB of memory (aim 50), %.0f us for each second\n",
        static_cast<double>(QFileInfo(file).size()) / 1e6, most - before,
        seconds * 1e6 / daySeconds);
    return isWell;
}

/// As large a capture as the issue asks for: days of it, one behind the other.
bool writeLarge(const QString& day, const QString& file)
{
    const auto history = capture::History::open(day);
    if (!history)
        return false;
    capture::CaptureWriter writer(file);
    const double dayBytes = static_cast<double>(QFileInfo(day).size());
    const int days = static_cast<int>(100e6 / dayBytes) + 1;
    for (int i = 0; i < days; ++i) {
        if (!history->forEachStretch(
                dayBegin, [&writer](const capture::Stretch& stretch) { writer.add(stretch); }))
            return false;
    }
    capture::Capture capture;
    capture.savedAt = dayBegin.addSecs(daySeconds);
    capture.topology = topologyOf(1);
    return bool(writer.finish(capture));
}

namespace {

bool visitMoments(const QString& file)
{
    auto history = capture::History::open(file);
    if (!history)
        return false;
    QRandomGenerator random(2);
    QList<double> millis;
    for (int i = 0; i < 200; ++i) {
        const QDateTime at = dayBegin.addSecs(random.bounded(daySeconds));
        QElapsedTimer clock;
        clock.start();
        const auto capture = history->at(at);
        millis.append(static_cast<double>(clock.nsecsElapsed()) / 1e6);
        if (!capture || capture->topology.isEmpty())
            return false;
    }
    std::sort(millis.begin(), millis.end());
    std::printf("any moment of it: median %.1f ms, p95 %.1f ms, worst %.1f ms (aim 50)\n",
        median(millis), millis.at(189), millis.last());
    return true;
}

bool openLarge(const QString& file)
{
    QList<double> millis;
    for (int i = 0; i < interleavedRuns; ++i) {
        QElapsedTimer clock;
        clock.start();
        auto large = capture::History::open(file);
        if (!large || !large->last())
            return false;
        millis.append(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    }
    std::printf("last state of a capture of %.0f MB: %.0f ms (aim 2000)\n",
        static_cast<double>(QFileInfo(file).size()) / 1e6, median(millis));
    return true;
}

} // namespace

bool benchRecording()
{
    const QTemporaryDir folder;
    const QString day = folder.filePath(u"day.slotscope"_s);
    const QString large = folder.filePath(u"large.slotscope"_s);
    return recordDay(day) && visitMoments(day) && writeLarge(day, large) && openLarge(large);
}

} // namespace slotscope::bench
