// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/history.h"

#include "core/capture/capturelines.h"
#include "core/capture/recordingfile.h"
#include "core/explain/captures.h"
#include "core/explain/files.h"
#include "core/health/sessionfindings.h"

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
    return { support::ErrorCode::FileDamaged, explain::tooMuchOfOneMoment(), {} };
}

/// The last one that was true at `time`. Where a clock was set back a moment came twice: what was
/// written later counts.
template <typename Timed>
const Timed* lastAt(const QList<Timed>& list, const QDateTime& time)
{
    const auto last = std::find_if(
        list.crbegin(), list.crend(), [&time](const Timed& entry) { return entry.at <= time; });
    return last == list.crend() ? nullptr : &*last;
}

/// The topology as it was known when the nodes were last asked.
Topology refreshed(const Topology& topology, const Refreshed* refresh, const Found* found)
{
    cluster::TopologyData data = topology.data();
    const QDateTime captured = data.capturedAt;
    const bool isNewer = refresh != nullptr && (!captured.isValid() || refresh->at >= captured);
    if (isNewer) {
        data.capturedAt = refresh->at;
        data.viewsAsked = refresh->asked;
        data.viewsAnswered = refresh->answered;
    }
    const bool hasOtherWarnings = found != nullptr && found->warnings != data.warnings;
    if (hasOtherWarnings)
        data.warnings = found->warnings;
    return isNewer || hasOtherWarnings ? Topology::build(std::move(data)) : topology;
}

/// What was known when the first of the events had not happened; without any, at `begin`.
Topology stateBefore(const QList<Stretch>& stretches, const QList<cluster::TopologyEvent>& events,
    const QDateTime& begin)
{
    auto first = std::find_if(events.cbegin(), events.cend(),
        [](const cluster::TopologyEvent& event) { return mayBegin(event.change); });
    if (first == events.cend())
        first = events.cbegin();
    const QDateTime until = first == events.cend() ? begin : first->at.addMSecs(-1);
    Topology topology;
    const Refreshed* refresh = nullptr;
    const Found* found = nullptr;
    for (const Stretch& stretch : stretches) {
        if (topology.isEmpty() && !stretch.topologies.isEmpty())
            topology = stretch.topologies.first().topology;
        if (const TimedTopology* known = lastAt(stretch.topologies, until))
            topology = known->topology;
        if (const Refreshed* last = lastAt(stretch.refreshes, until))
            refresh = last;
        if (const Found* last = lastAt(stretch.found, until))
            found = last;
    }
    return refreshed(topology, refresh, found);
}

} // namespace

Result<History> History::open(const QString& fileName)
{
    // The writer may close a block between the two looks; then its tail belongs to more blocks.
    constexpr int mostAttempts = 3;
    for (int attempt = 1;; ++attempt) {
        Result<History> history = openOnce(fileName, attempt == mostAttempts);
        const bool isTorn
            = history && history->damage() && !history->m_tail && RecordingFile::hasTail(fileName);
        if (!isTorn || attempt == mostAttempts)
            return history;
    }
}

Result<History> History::openOnce(const QString& fileName, bool isLastAttempt)
{
    Result<BlockFile> file = BlockFile::open(fileName);
    if (!file)
        return file.error();
    History history(std::move(file).value());
    if (!history.damage())
        return history;
    const qsizetype blocks = history.m_file.blocks().size();
    const auto tail = RecordingFile::tailOf(fileName);
    const bool isNext = tail && tail->blocks == blocks;
    // With a block missing before it, it can be read all the same.
    if (isNext || (tail && tail->blocks > blocks && isLastAttempt)) {
        if (Result<Stretch> stretch = stretchFromLines(tail->lines, false)) {
            history.m_tail = std::move(stretch).value();
            history.setTailSpan();
        }
    }
    history.setEnd(fileName, isNext);
    return history;
}

void History::setEnd(const QString& fileName, bool isTailNext)
{
    if (!isTailNext)
        m_end = End::Cut;
    else
        m_end = RecordingFile::isInUse(fileName) ? End::BeingWritten : End::Killed;
}

QStringList History::missing() const
{
    const QDateTime until = to();
    const QString clock = until.isValid() ? until.toUTC().toString(u"HH:mm:ss'Z'"_s) : QString();
    switch (m_end) {
    case End::Killed:
        if (until.isValid())
            return { explain::recordingStopped(clock) };
        break;
    case End::Cut:
        return { explain::restNotAvailable(clock, damage() ? damage()->detail : QString()) };
    case End::Sound:
    case End::BeingWritten:
        break;
    }
    return {};
}

void History::leaveOut(const support::Error& error, QStringList* missing)
{
    if (!m_leftOut)
        m_leftOut = error;
    missing->append(explain::partNotAvailable(error.detail));
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
    coverAll(m_tail->found);
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
    // Not simply the first one: a clock may have been set back.
    QDateTime from = m_tailFrom;
    for (const qsizetype block : timeline()) {
        const QDateTime& at = m_file.blocks().at(block).from;
        if (at.isValid() && (!from.isValid() || at < from))
            from = at;
    }
    return from;
}

QDateTime History::to() const
{
    QDateTime to = m_tailTo;
    for (const qsizetype block : timeline()) {
        const QDateTime& at = m_file.blocks().at(block).to;
        if (at.isValid() && (!to.isValid() || at > to))
            to = at;
    }
    return to;
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

/// The stretches that overlap the span before `time`, oldest first; what is damaged is left out.
Result<QList<Stretch>> History::stretchesBefore(const QDateTime& time, QStringList* missing)
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
        if (const Result<Stretch> read = stretch(*block))
            stretches.prepend(*read);
        else
            leaveOut(read.error(), missing);
    }
    return stretches;
}

Result<Capture> History::at(const QDateTime& time)
{
    Capture capture;
    capture.missing = missing();
    const Result<QList<Stretch>> stretches = stretchesBefore(time, &capture.missing);
    if (!stretches)
        return stretches.error();
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
    const Found* found = nullptr;
    for (const Stretch& stretch : *stretches) {
        if (const TimedTopology* shown = lastAt(stretch.topologies, time))
            capture.topology = shown->topology;
        if (const Refreshed* last = lastAt(stretch.refreshes, time))
            refresh = last;
        if (const Found* last = lastAt(stretch.found, time))
            found = last;
        take(stretch.events, &capture.events);
        take(stretch.samples, &capture.samples);
        take(stretch.notes, &capture.notes);
        for (const command::Trace& trace : stretch.traces) {
            if (trace.startedAt > begin && trace.startedAt <= time)
                capture.traces.append(trace);
        }
        if (const TimedSeen* seen = lastAt(stretch.seen, time))
            capture.seen = seen->errors;
        if (const TimedCounted* counted = lastAt(stretch.counted, time))
            capture.counted = counted->errors;
    }
    capture.topology = refreshed(capture.topology, refresh, found);
    capture.before = stateBefore(*stretches, capture.events, begin);
    if (found != nullptr) {
        capture.nodes = found->silent;
        capture.findings = found->findings;
    } else {
        capture.findings = health::findingsOf({}, capture.topology);
    }
    return capture;
}

Result<Capture> History::last()
{
    const QList<BlockHead>& blocks = m_file.blocks();
    qsizetype found = blocks.size() - 1;
    while (found >= 0 && blocks.at(found).holds != Holds::Capture)
        --found;
    return found < 0 ? at(to()) : lastCapture(found);
}

/// The timeline's end in its place, which says so.
Result<Capture> History::withoutCapture(const support::Error& error)
{
    if (!m_leftOut)
        m_leftOut = error;
    if (!to().isValid())
        return error;
    Result<Capture> capture = at(to());
    if (capture)
        capture->missing.append(explain::captureNotAvailable(error.detail));
    return capture;
}

Result<Capture> History::lastCapture(qsizetype block)
{
    const QList<BlockHead>& blocks = m_file.blocks();
    const Result<QByteArray> raw = m_file.read(block);
    if (!raw)
        return withoutCapture(raw.error());
    Result<Capture> capture = captureFromLines(*raw);
    if (!capture)
        return withoutCapture(capture.error());
    capture->missing += missing();
    qint64 bytes = 0;
    for (qsizetype i = block + 1; i < blocks.size(); ++i) {
        if (blocks.at(i).holds != Holds::Late && blocks.at(i).holds != Holds::Nodes)
            continue;
        bytes += blocks.at(i).raw;
        if (bytes > mostAtOnce)
            return tooMuch();
        const Result<QByteArray> lines = m_file.read(i);
        const Result<QList<NodeAnswers>> nodes
            = lines ? answersFromLines(*lines) : Result<QList<NodeAnswers>>(lines.error());
        if (!nodes) {
            leaveOut(nodes.error(), &capture->missing);
            continue;
        }
        if (blocks.at(i).holds == Holds::Nodes) {
            capture->nodes += *nodes;
            continue;
        }
        for (const NodeAnswers& answers : *nodes)
            addLate(&*capture, answers);
    }
    const Result<QList<Stretch>> stretches = stretchesBefore(capture->savedAt, &capture->missing);
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
    Result<Done> result = Done {};
    for (const qsizetype block : timeline()) {
        if (m_file.blocks().at(block).to < from)
            continue;
        const Result<QByteArray> raw = m_file.read(block);
        const Result<Stretch> stretch = raw ? stretchFromLines(*raw) : Result<Stretch>(raw.error());
        if (stretch)
            take(*stretch);
        else if (result)
            result = stretch.error();
    }
    if (m_tail)
        take(*m_tail);
    return result;
}

} // namespace slotscope::capture
