// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/history.h"

#include "core/capture/capturelines.h"
#include "core/capture/recordingfile.h"

#include <algorithm>
#include <iterator>

namespace slotscope::capture {

using namespace Qt::StringLiterals;
using cluster::Topology;
using support::Done;
using support::Result;

namespace {

constexpr qsizetype mostRemembered = 6; ///< blocks
/// Bytes that one answer is made from: a hostile file has any number of blocks of the same moment.
constexpr qint64 mostAtOnce = 512LL * 1024 * 1024;

support::Error tooMuch()
{
    return { support::ErrorCode::FileDamaged, u"too much of one moment"_s, {} };
}

/// The last one that was true at `time`.
template <typename Timed>
const Timed* lastAt(const QList<Timed>& list, const QDateTime& time)
{
    const auto after = std::find_if(
        list.cbegin(), list.cend(), [&time](const Timed& entry) { return entry.at > time; });
    return after == list.cbegin() ? nullptr : &*std::prev(after);
}

/// The topology as it was known when the nodes were last asked.
Topology refreshed(const Topology& topology, const Refreshed* refresh)
{
    const QDateTime& captured = topology.data().capturedAt;
    if (refresh == nullptr || (captured.isValid() && refresh->at < captured))
        return topology;
    cluster::TopologyData data = topology.data();
    data.capturedAt = refresh->at;
    data.viewsAsked = refresh->asked;
    data.viewsAnswered = refresh->answered;
    return Topology::build(std::move(data));
}

} // namespace

Result<History> History::open(const QString& fileName)
{
    // The writer may close a block between the two looks; then its tail belongs to more blocks.
    constexpr int mostAttempts = 3;
    for (int attempt = 1;; ++attempt) {
        Result<History> history = openOnce(fileName);
        const bool isTorn
            = history && history->damage() && !history->m_tail && RecordingFile::hasTail(fileName);
        if (!isTorn || attempt == mostAttempts)
            return history;
    }
}

Result<History> History::openOnce(const QString& fileName)
{
    Result<BlockFile> file = BlockFile::open(fileName);
    if (!file)
        return file.error();
    History history(std::move(file).value());
    if (history.m_file.damage()) {
        if (const auto raw = RecordingFile::tailOf(fileName, history.m_file.blocks().size())) {
            if (Result<Stretch> tail = stretchFromLines(*raw, false)) {
                history.m_tail = std::move(tail).value();
                history.setTailSpan();
            }
        }
    }
    return history;
}

void History::setTailSpan()
{
    const auto cover = [this](const QDateTime& at) {
        if (!m_tailFrom.isValid() || at < m_tailFrom)
            m_tailFrom = at;
        if (!m_tailTo.isValid() || at > m_tailTo)
            m_tailTo = at;
    };
    const auto coverAll = [&cover](const auto& list) {
        for (const auto& entry : list)
            cover(entry.at);
    };
    coverAll(m_tail->topologies);
    coverAll(m_tail->refreshes);
    coverAll(m_tail->events);
    coverAll(m_tail->samples);
    coverAll(m_tail->notes);
    for (const command::Trace& trace : m_tail->traces)
        cover(trace.startedAt);
}

QList<qsizetype> History::timeline() const
{
    QList<qsizetype> indices;
    for (qsizetype i = 0; i < m_file.blocks().size(); ++i) {
        if (m_file.blocks().at(i).holds == Holds::Timeline)
            indices.append(i);
    }
    return indices;
}

QDateTime History::from() const
{
    const QList<qsizetype> blocks = timeline();
    return blocks.isEmpty() ? m_tailFrom : m_file.blocks().at(blocks.first()).from;
}

QDateTime History::to() const
{
    const QList<qsizetype> blocks = timeline();
    return m_tailTo.isValid() || blocks.isEmpty() ? m_tailTo : m_file.blocks().at(blocks.last()).to;
}

bool History::hasCapture() const
{
    return std::any_of(m_file.blocks().cbegin(), m_file.blocks().cend(),
        [](const BlockHead& block) { return block.holds == Holds::Capture; });
}

Result<Stretch> History::stretch(qsizetype block)
{
    const auto known = std::find_if(
        m_read.cbegin(), m_read.cend(), [block](const Read& read) { return read.block == block; });
    if (known != m_read.cend())
        return known->stretch;
    const Result<QByteArray> raw = m_file.read(block);
    if (!raw)
        return raw.error();
    Result<Stretch> stretch = stretchFromLines(*raw);
    if (!stretch)
        return stretch.error();
    if (m_read.size() >= mostRemembered)
        m_read.removeFirst();
    m_read.append({ block, *stretch });
    return stretch;
}

/// The stretches that overlap the span before `time`, oldest first.
Result<QList<Stretch>> History::stretchesBefore(const QDateTime& time)
{
    const QDateTime begin = time.addMSecs(-std::chrono::milliseconds(span).count());
    QList<Stretch> stretches;
    qint64 bytes = 0;
    if (m_tail && m_tailFrom <= time)
        stretches.append(*m_tail);
    const QList<qsizetype> blocks = timeline();
    for (auto block = blocks.crbegin(); block != blocks.crend(); ++block) {
        const BlockHead& head = m_file.blocks().at(*block);
        if (head.from > time)
            continue;
        // The one that was under way then is wanted in any case: it has the topology.
        if (head.to < begin && !stretches.isEmpty())
            break;
        bytes += head.raw;
        if (bytes > mostAtOnce)
            return tooMuch();
        Result<Stretch> read = stretch(*block);
        if (!read)
            return read.error();
        stretches.prepend(*read);
    }
    return stretches;
}

Result<Capture> History::at(const QDateTime& time)
{
    const Result<QList<Stretch>> stretches = stretchesBefore(time);
    if (!stretches)
        return stretches.error();
    Capture capture;
    capture.savedAt = time;
    capture.recordingBegan = from();
    const QDateTime begin = time.addMSecs(-std::chrono::milliseconds(span).count());
    const auto take = [&](const auto& list, auto* target) {
        for (const auto& entry : list) {
            if (entry.at > begin && entry.at <= time)
                target->append(entry);
        }
    };
    const Refreshed* refresh = nullptr;
    for (const Stretch& stretch : *stretches) {
        if (capture.before.isEmpty() && !stretch.topologies.isEmpty()) {
            const TimedTopology* before = lastAt(stretch.topologies, begin);
            capture.before
                = before != nullptr ? before->topology : stretch.topologies.first().topology;
        }
        if (const TimedTopology* shown = lastAt(stretch.topologies, time))
            capture.topology = shown->topology;
        if (const Refreshed* last = lastAt(stretch.refreshes, time))
            refresh = last;
        take(stretch.events, &capture.events);
        take(stretch.samples, &capture.samples);
        take(stretch.notes, &capture.notes);
        for (const command::Trace& trace : stretch.traces) {
            if (trace.startedAt > begin && trace.startedAt <= time)
                capture.traces.append(trace);
        }
        // As it was counted at the end of the block, but for what had not begun.
        if (!stretch.seen.isEmpty()) {
            capture.seen.clear();
            std::copy_if(stretch.seen.cbegin(), stretch.seen.cend(),
                std::back_inserter(capture.seen),
                [&time](const SeenErrors& seen) { return seen.first <= time; });
        }
    }
    capture.topology = refreshed(capture.topology, refresh);
    return capture;
}

Result<Capture> History::last()
{
    const QList<BlockHead>& blocks = m_file.blocks();
    qsizetype found = blocks.size() - 1;
    while (found >= 0 && blocks.at(found).holds != Holds::Capture)
        --found;
    if (found < 0)
        return at(to());
    const Result<QByteArray> raw = m_file.read(found);
    if (!raw)
        return raw.error();
    Result<Capture> capture = captureFromLines(*raw);
    if (!capture)
        return capture;
    qint64 bytes = 0;
    for (qsizetype i = found + 1; i < blocks.size(); ++i) {
        if (blocks.at(i).holds != Holds::Late && blocks.at(i).holds != Holds::Nodes)
            continue;
        bytes += blocks.at(i).raw;
        if (bytes > mostAtOnce)
            return tooMuch();
        const Result<QByteArray> lines = m_file.read(i);
        if (!lines)
            return lines.error();
        const Result<QList<NodeAnswers>> nodes = answersFromLines(*lines);
        if (!nodes)
            return nodes.error();
        if (blocks.at(i).holds == Holds::Nodes) {
            capture->nodes += *nodes;
            continue;
        }
        for (const NodeAnswers& answers : *nodes)
            addLate(&*capture, answers);
    }
    const Result<QList<Stretch>> stretches = stretchesBefore(capture->savedAt);
    if (!stretches)
        return stretches.error();
    const auto isUntilThen = [&capture](const auto& entry) {
        return !capture->savedAt.isValid() || entry.at <= capture->savedAt;
    };
    for (const Stretch& stretch : *stretches) {
        std::copy_if(stretch.events.cbegin(), stretch.events.cend(),
            std::back_inserter(capture->events), isUntilThen);
        std::copy_if(stretch.samples.cbegin(), stretch.samples.cend(),
            std::back_inserter(capture->samples), isUntilThen);
    }
    return capture;
}

void History::addLate(Capture* capture, const NodeAnswers& answers)
{
    const auto before = std::find_if(
        capture->nodes.begin(), capture->nodes.end(), [&answers](const NodeAnswers& known) {
            return known.address == answers.address && (!known.isReachable || known.isLate);
        });
    if (before != capture->nodes.end())
        *before = answers;
    else
        capture->nodes.append(answers);
}

QList<cluster::TopologyEvent> History::events(qsizetype most) const
{
    QList<QList<cluster::TopologyEvent>> parts;
    qsizetype count = 0;
    if (m_tail) {
        parts.append(m_tail->events);
        count = m_tail->events.size();
    }
    const QList<qsizetype> blocks = timeline();
    for (auto block = blocks.crbegin(); block != blocks.crend() && count < most; ++block) {
        if (m_file.blocks().at(*block).events == 0)
            continue;
        if (const Result<QByteArray> raw = m_file.read(*block)) {
            parts.append(eventsFromLines(*raw));
            count += parts.last().size();
        }
    }
    QList<cluster::TopologyEvent> events;
    events.reserve(count);
    for (auto part = parts.crbegin(); part != parts.crend(); ++part)
        events += *part;
    return count > most ? events.last(most) : events;
}

qint64 History::eventCount() const
{
    qint64 count = m_tail ? m_tail->events.size() : 0;
    for (const qsizetype block : timeline())
        count += m_file.blocks().at(block).events;
    return count;
}

Result<Done> History::forEachStretch(
    const QDateTime& from, const std::function<void(const Stretch&)>& take) const
{
    for (const qsizetype block : timeline()) {
        if (m_file.blocks().at(block).to < from)
            continue;
        const Result<QByteArray> raw = m_file.read(block);
        if (!raw)
            return raw.error();
        const Result<Stretch> stretch = stretchFromLines(*raw);
        if (!stretch)
            return stretch.error();
        take(*stretch);
    }
    if (m_tail)
        take(*m_tail);
    return Done {};
}

} // namespace slotscope::capture
