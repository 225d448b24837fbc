// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/recorder.h"

#include "core/capture/abandoned.h"
#include "core/capture/countedtable.h"
#include "core/capture/seentable.h"
#include "core/cluster/topologydiff.h"
#include "core/health/sessionfindings.h"
#include "core/resp/replybuilder.h"

#include <QCoreApplication>
#include <QUuid>

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

namespace slotscope::capture {

using namespace Qt::StringLiterals;
using session::SessionHandle;
using support::Done;
using support::Error;
using support::Result;

QList<NodeSample> toSamples(const QList<session::MetricsSample>& samples, const QDateTime& now)
{
    QList<NodeSample> rows;
    for (const session::MetricsSample& sample : samples) {
        NodeSample row;
        row.node = sample.node;
        row.at = now; // they come every quarter of a second
        for (std::size_t i = 0; i < row.values.size(); ++i) {
            row.values.at(i) = session::MetricsHistory::valueOf(
                sample, static_cast<session::Metric>(static_cast<int>(i)));
        }
        rows.append(row);
    }
    return rows;
}

namespace {

constexpr qint64 longEnough = 10; ///< seconds: one refresh that fails is no gap
constexpr qint64 mostJitter = 2000; ///< milliseconds; a map is never older than the one before

bool isSameCluster(const cluster::Topology& a, const cluster::Topology& b)
{
    if (a.data().kind != b.data().kind)
        return false;
    if (a.data().kind != cluster::Kind::Cluster)
        return a.data().seed == b.data().seed;
    return std::any_of(a.nodes().begin(), a.nodes().end(), [&b](const cluster::Node& node) {
        return node.id.isNull() ? b.nodeByAddress(node.address) != nullptr
                                : b.nodeById(node.id) != nullptr;
    });
}

/// Between the last that was heard and the first that is heard again.
cluster::TopologyEvent gapBetween(const cluster::Topology& before, const cluster::Topology& after)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QDateTime to = after.data().capturedAt.isValid() ? after.data().capturedAt : now;
    QDateTime from = before.data().capturedAt.isValid() ? before.data().capturedAt : to;
    from = std::min(from, to); // a clock that was set back
    cluster::TopologyEvent gap;
    gap.at = from;
    gap.change.kind = cluster::TopologyChange::Kind::Unwatched;
    gap.change.before = from.toUTC().toString(Qt::ISODateWithMs);
    gap.change.after = to.toUTC().toString(Qt::ISODateWithMs);
    return gap;
}

/// What is told later was heard earlier, by this computer's clock.
std::optional<cluster::TopologyEvent> clockSetBack(
    const cluster::Topology& before, const cluster::Topology& after)
{
    const QDateTime& from = before.data().capturedAt;
    const QDateTime& to = after.data().capturedAt;
    if (!from.isValid() || !to.isValid() || to.msecsTo(from) <= mostJitter)
        return std::nullopt;
    cluster::TopologyEvent event;
    event.at = to;
    event.change.kind = cluster::TopologyChange::Kind::ClockSetBack;
    event.change.before = from.toUTC().toString(Qt::ISODateWithMs);
    event.change.after = to.toUTC().toString(Qt::ISODateWithMs);
    return event;
}

/// The gap, and what happened in it without anybody watching.
QList<cluster::TopologyEvent> eventsBetween(
    const cluster::Topology& before, const cluster::Topology& after)
{
    QList<cluster::TopologyEvent> events { gapBetween(before, after) };
    if (const auto setBack = clockSetBack(before, after))
        events.append(*setBack);
    for (const cluster::TopologyChange& change : cluster::diff(before, after))
        events.append({ change, after.data().capturedAt, after.data().answeredBy });
    return events;
}

/// "ERR", of an error line.
QByteArray firstWord(const QByteArray& line)
{
    const qsizetype end = line.indexOf(' ');
    return end < 0 ? line : QByteArray(line.left(end) + " (the rest is not recorded)");
}

} // namespace

command::Trace withoutArguments(const command::Trace& trace)
{
    command::Trace bare = trace;
    const qsizetype arguments = trace.argv.size() - 1;
    bare.argv = trace.argv.mid(0, 1);
    if (arguments > 0)
        bare.argv.append("(" + QByteArray::number(arguments) + " not recorded)");
    bare.keys.clear();
    if (bare.outcome == command::TraceOutcome::CrossSlot
        || bare.outcome == command::TraceOutcome::NotSent)
        bare.detail.clear();
    // A server repeats arguments in its errors; redirects and "not now" have none.
    for (command::Hop& hop : bare.hops) {
        if (hop.outcome == command::HopOutcome::Error)
            hop.raw = firstWord(hop.raw);
    }
    const bool isError = bare.reply.isError();
    const bool isPlain
        = !bare.hops.isEmpty() && bare.hops.constLast().outcome != command::HopOutcome::Error;
    if (isError && !isPlain) {
        resp::ReplyBuilder builder;
        builder.addText(resp::Type::Error, firstWord(bare.reply.toByteArray()));
        bare.reply = builder.take();
    } else if (!isError) {
        bare.reply = {};
    }
    return bare;
}

/// Writes, in the recorder's thread.
class Recorder::Writer final : public QObject
{
public:
    Writer(QString file, RecorderOptions options)
        : m_name(std::move(file))
        , m_options(std::move(options))
    { }
    ~Writer() override
    {
        if (m_file)
            m_file->remove();
    }
    Q_DISABLE_COPY_MOVE(Writer)

    std::function<void(const Error&)> failed; ///< once; called in this thread

    void begin()
    {
        Result<RecordingFile> file = RecordingFile::create(m_name, m_options.limits);
        if (file)
            m_file.emplace(std::move(file).value());
        else
            failed(file.error());
    }
    void setOptions(const RecorderOptions& options)
    {
        m_options = options;
        if (m_file)
            m_file->setLimits(options.limits);
    }
    /// Those behind the next topology.
    void takeViews(const session::ToldViews& views) { m_views = views; }
    void takeTopology(const cluster::Topology& topology)
    {
        const cluster::TopologyData& data = topology.data();
        const QDateTime at
            = data.capturedAt.isValid() ? data.capturedAt : QDateTime::currentDateTimeUtc();
        const bool isSame = m_found && cluster::looksSame(m_shown, topology)
            && data.viewsAnswered == m_lastAnswered && m_silent == m_views.silent;
        // Of a time that comes a second time nothing before is said.
        const bool isAgain = m_lastRefresh.isValid() && at < m_lastRefresh;
        if (m_shown.isEmpty() || isAgain || !cluster::looksSame(m_shown, topology)) {
            m_shown = topology;
            add(TimedTopology { at, topology });
            if (isAgain) {
                m_foundBefore = m_views.silent;
                add(Refreshed { at, data.viewsAsked, data.viewsAnswered });
            }
        } else if (at != m_lastRefresh || data.viewsAnswered != m_lastAnswered
            || data.viewsAsked != m_lastAsked) {
            add(Refreshed { at, data.viewsAsked, data.viewsAnswered });
        }
        if (!isSame || isAgain)
            takeFound(topology, at, isAgain);
        m_lastRefresh = at;
        m_lastAnswered = data.viewsAnswered;
        m_lastAsked = data.viewsAsked;
    }
    void takeEvents(const QList<cluster::TopologyEvent>& events)
    {
        for (const cluster::TopologyEvent& event : events)
            add(event);
    }
    void takeSamples(const QList<session::MetricsSample>& samples)
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        add(toSamples(samples, now));
        m_isCountedWritten = !m_counted.update(samples, now) && m_isCountedWritten;
        if (m_isCountedWritten || isSoonAfter(m_countedWritten, now))
            return;
        m_isCountedWritten = true;
        m_countedWritten = now;
        if (m_file && !m_isBroken && !m_shown.isEmpty())
            check(m_file->add(now, m_counted.errors()));
    }
    void takeTrace(const command::Trace& trace)
    {
        add(m_options.withArguments ? trace : withoutArguments(trace));
    }
    void endSession() { m_seen.endSession(); }
    void takeSeen(const session::SeenRedirects& seen)
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        // While they come they come ten times a second: what counts is where it stands.
        if (m_seen.update(seen, now) && (!seen.isLive || !isSoonAfter(m_seenWritten, now))) {
            m_seenWritten = now;
            if (m_file && !m_isBroken)
                check(m_file->add(now, m_seen.errors()));
        }
    }
    template <typename Entry>
    void add(const Entry& entry)
    {
        // Before the first topology nothing can be shown anyhow.
        if (m_file && !m_isBroken && !m_shown.isEmpty())
            check(m_file->add(entry));
    }

private:
    /// The same that the window shows of it, when it comes new or is to be said `again`.
    void takeFound(const cluster::Topology& topology, const QDateTime& at, bool again)
    {
        m_silent = m_views.silent;
        Found found { at, {}, health::findingsOf(m_views, topology), topology.data().warnings };
        for (const cluster::Node& node : topology.nodes()) {
            const auto silence = m_silent.constFind(node.id);
            if (silence == m_silent.constEnd())
                continue;
            NodeAnswers answers;
            answers.id = node.id;
            answers.address = node.address;
            answers.error = silence->error;
            found.silent.append(answers);
            if (m_foundBefore.value(node.id) != *silence)
                found.at = std::max(found.at, silence->since); // the topology is older
        }
        const bool isNew = again || !m_found || m_found->silent != found.silent
            || m_found->findings != found.findings || m_found->warnings != found.warnings;
        if (isNew) {
            m_found = found;
            add(found);
        }
    }

    static bool isSoonAfter(const QDateTime& written, const QDateTime& now)
    {
        return written.isValid() && written.msecsTo(now) < 1000;
    }

    void check(const Result<Done>& done)
    {
        if (done)
            return;
        // What was written stays until the end, for who takes a capture now.
        m_isBroken = true;
        failed(done.error());
    }

    const QString m_name;
    RecorderOptions m_options;
    std::optional<RecordingFile> m_file;
    bool m_isBroken = false; ///< nothing more can be written
    cluster::Topology m_shown;
    QDateTime m_lastRefresh;
    int m_lastAnswered = 0;
    int m_lastAsked = 0;
    session::ToldViews m_views;
    QHash<cluster::NodeId, session::Silence> m_silent; ///< of what m_found was made of
    /// When the clock was set back: their times are of before.
    QHash<cluster::NodeId, session::Silence> m_foundBefore;
    std::optional<Found> m_found; ///< the last that was written
    SeenTable m_seen;
    QDateTime m_seenWritten;
    CountedTable m_counted;
    QDateTime m_countedWritten;
    bool m_isCountedWritten = true; ///< all of it
};

Recorder::Recorder(const RecorderOptions& options, QObject* parent)
    : QObject(parent)
    , m_options(options)
{
    m_thread.setObjectName(u"recorder"_s);
}

Recorder::~Recorder()
{
    drop();
    m_thread.quit();
    m_thread.wait();
}

void Recorder::setOptions(const RecorderOptions& options)
{
    if (m_options == options)
        return;
    const bool wasOn = m_options.isOn;
    m_options = options;
    if (m_writer && options.isOn) {
        QMetaObject::invokeMethod(
            m_writer, [writer = m_writer, options] { writer->setOptions(options); });
    } else if (wasOn && !options.isOn) {
        removeFile();
    } else if (!wasOn && m_session && !m_isResuming) {
        begin();
        attach();
    }
}

void Recorder::start(SessionHandle* session)
{
    end();
    m_session = session;
    m_isResuming = !m_last.isEmpty();
    m_views = {};
    connect(session, &SessionHandle::viewsChanged, this,
        [this](const session::ToldViews& views) { m_views = views; });
    connect(session, &SessionHandle::topologyChanged, this, &Recorder::onTopology);
    connect(session, &SessionHandle::refreshFailed, this, [this] { m_hasFailed = true; });
    if (m_isResuming)
        return;
    if (m_options.isOn && !m_writer)
        begin();
    attach();
}

void Recorder::onTopology(const cluster::Topology& topology)
{
    if (std::exchange(m_isResuming, false)) {
        resume(topology);
    } else if (const auto setBack = clockSetBack(m_last, topology)) {
        add({ *setBack });
        Q_EMIT noticed(*setBack);
    } else if (m_hasFailed && !m_last.isEmpty()) {
        const cluster::TopologyEvent gap = gapBetween(m_last, topology);
        if (gap.at.secsTo(topology.data().capturedAt) >= longEnough) {
            add({ gap });
            Q_EMIT noticed(gap);
        }
    }
    m_hasFailed = false;
    m_last = topology;
}

void Recorder::resume(const cluster::Topology& topology)
{
    const bool isSame = isSameCluster(m_last, topology);
    const QList<cluster::TopologyEvent> events = eventsBetween(m_last, topology);
    if (!isSame)
        removeFile();
    if (m_options.isOn && !m_writer)
        begin();
    else
        add(events.first(1));
    // What it is connected to now comes too late for this topology.
    attach();
    if (m_writer) {
        QMetaObject::invokeMethod(
            m_writer, [writer = m_writer, topology] { writer->takeTopology(topology); });
    }
    if (isSame) {
        add(events.sliced(1));
        Q_EMIT continued(events);
    } else {
        Q_EMIT restarted();
    }
}

void Recorder::add(const QList<cluster::TopologyEvent>& events)
{
    if (m_writer && !events.isEmpty())
        QMetaObject::invokeMethod(
            m_writer, [writer = m_writer, events] { writer->takeEvents(events); });
}

/// A new file.
void Recorder::begin()
{
    const QString folder = m_options.folder.isEmpty() ? recordingsFolder() : m_options.folder;
    m_file = folder + u'/' + QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd'T'HHmmss'Z'"_s)
        + u'-' + QUuid::createUuid().toString(QUuid::Id128).left(8) + u".slotscope"_s;
    if (!m_thread.isRunning())
        m_thread.start(QThread::LowPriority);
    m_writer = new Writer(m_file, m_options);
    m_writer->failed = [this, writer = m_writer, file = m_file](const Error& error) {
        QMetaObject::invokeMethod(this, [this, writer, file, error] {
            if (m_writer != writer || m_file != file)
                return;
            if (!QFile::exists(m_file))
                m_file.clear();
            Q_EMIT failed(error);
        });
    };
    m_writer->moveToThread(&m_thread);
    QMetaObject::invokeMethod(m_writer, [writer = m_writer] { writer->begin(); });
}

/// The writer hears the session from now on.
void Recorder::attach()
{
    if (!m_writer || !m_session)
        return;
    QMetaObject::invokeMethod(
        m_writer, [writer = m_writer, views = m_views] { writer->takeViews(views); });
    connect(m_session, &SessionHandle::viewsChanged, m_writer, &Writer::takeViews);
    connect(m_session, &SessionHandle::topologyChanged, m_writer, &Writer::takeTopology);
    connect(m_session, &SessionHandle::changed, m_writer, &Writer::takeEvents);
    connect(m_session, &SessionHandle::metricsSampled, m_writer, &Writer::takeSamples);
    connect(m_session, &SessionHandle::redirectsSeen, m_writer, &Writer::takeSeen);
    disconnect(m_traces);
    m_traces = connect(m_session, &SessionHandle::runFinished, this,
        [this](quint64 run, const command::Trace& trace) {
            if (m_writer && m_session && !m_session->isUnseen(run))
                QMetaObject::invokeMethod(
                    m_writer, [writer = m_writer, trace] { writer->takeTrace(trace); });
        });
}

void Recorder::end()
{
    if (SessionHandle* session = std::exchange(m_session, nullptr).data()) {
        session->disconnect(this);
        if (m_writer)
            session->disconnect(m_writer);
    }
    m_isResuming = false;
    m_hasFailed = false;
    if (m_writer)
        QMetaObject::invokeMethod(m_writer, [writer = m_writer] { writer->endSession(); });
}

void Recorder::drop()
{
    end();
    removeFile();
    m_last = {};
}

void Recorder::removeFile()
{
    disconnect(m_traces);
    if (Writer* writer = std::exchange(m_writer, nullptr)) {
        if (m_session)
            m_session->disconnect(writer);
        writer->deleteLater();
    }
    m_file.clear();
}

void Recorder::addNote(const Note& note)
{
    if (m_writer)
        QMetaObject::invokeMethod(m_writer, [writer = m_writer, note] { writer->add(note); });
}

void Recorder::whenWritten(std::function<void()> work)
{
    if (!m_writer)
        return work();
    QMetaObject::invokeMethod(m_writer, [this, work = std::move(work)] {
        QMetaObject::invokeMethod(this, work, Qt::QueuedConnection);
    });
}

} // namespace slotscope::capture
