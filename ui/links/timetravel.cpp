// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/links/timetravel.h"

#include "core/cluster/topologydiff.h"
#include "core/explain/errors.h"
#include "core/explain/topology.h"
#include "ui/clusterpage/clusterpage.h"
#include "ui/links/metricslink.h"
#include "ui/links/recordinglink.h"
#include "ui/models/eventmodel.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/timetext.h"
#include "ui/timeline/timelinebar.h"
#include "ui/timeline/timelinewidget.h"

#include <QTimer>

#include <algorithm>
#include <utility>

namespace slotscope::ui {
using namespace Qt::StringLiterals;
using session::SessionHandle;

namespace {

constexpr qsizetype mostMarks = 20'000;
constexpr qint64 shortestSeconds = 3; ///< a shorter past is not worth a line

TimelineMark markOf(const cluster::TopologyEvent& event)
{
    TimelineMark mark { event.at, TimelineMark::Kind::Plain,
        visibleText(cluster::sentenceOf(event.change)), {} };
    switch (alarmOf(event.change)) {
    case Alarm::Bad:
        mark.kind = TimelineMark::Kind::Bad;
        break;
    case Alarm::Notice:
        mark.kind = TimelineMark::Kind::Notice;
        break;
    case Alarm::None:
        break;
    }
    if (event.change.kind == cluster::TopologyChange::Kind::Unwatched)
        mark.until = QDateTime::fromString(event.change.after, Qt::ISODateWithMs);
    return mark;
}

TimelineMark markOf(const capture::Note& note)
{
    return { note.at, TimelineMark::Kind::Note, visibleText(note.text), {} };
}

} // namespace

TimeTravel::TimeTravel(
    ClusterPage* page, MetricsLink* metrics, RecordingLink* recording, QObject* parent)
    : QObject(parent)
    , m_page(page)
    , m_metrics(metrics)
    , m_recording(recording)
    , m_bar(page->timeline())
    , m_reader(new HistoryReader(this))
    , m_second(new QTimer(this))
{
    m_second->setInterval(1000);
    connect(m_second, &QTimer::timeout, this, &TimeTravel::tick);
    connect(m_bar, &TimelineBar::timeChosen, this, &TimeTravel::goTo);
    connect(m_reader, &HistoryReader::opened, this, [this](const OpenedHistory& history) {
        m_isOpening = false;
        Q_EMIT fileOpened(history);
        showFile(history);
    });
    connect(m_reader, &HistoryReader::answered, this, &TimeTravel::onAnswered);
    connect(m_recording, &RecordingLink::continued, this, &TimeTravel::goOn);
    connect(
        m_recording, &RecordingLink::noticed, this, [this](const cluster::TopologyEvent& event) {
            if (event.change.kind == cluster::TopologyChange::Kind::ClockSetBack
                && event.at < m_from)
                m_from = event.at;
            addMarks({ markOf(event) });
        });
    connect(m_recording, &RecordingLink::restarted, this, [this] { m_kept.clear(); });
    connect(m_reader, &HistoryReader::failed, this, [this](const support::Error& error) {
        if (std::exchange(m_isOpening, false))
            Q_EMIT fileFailed(error);
        else if (m_time)
            m_page->setTrouble(explain::errorSentence(error));
    });
}

void TimeTravel::reset()
{
    m_reader->close();
    m_file.clear();
    m_from = {};
    m_time.reset();
    m_shown.reset();
    m_marks.clear();
    m_opened.reset();
    m_isOpening = false;
    m_metrics->showLive();
    m_bar->hide();
    m_bar->setTime(std::nullopt);
    m_bar->setRemark({});
    m_bar->line()->setMarks({});
}

void TimeTravel::start(SessionHandle* session)
{
    reset();
    m_bar->setLive(true);
    m_session = session;
    m_file = m_recording->recorder()->file();
    if (!m_file.isEmpty())
        m_reader->follow(m_file);
    connect(session, &SessionHandle::changed, this,
        [this](const QList<cluster::TopologyEvent>& events) {
            QList<TimelineMark> marks;
            for (const cluster::TopologyEvent& event : events)
                marks.append(markOf(event));
            addMarks(marks);
        });
    m_second->start();
}

void TimeTravel::end()
{
    m_second->stop();
    if (m_session)
        m_session->disconnect(this);
    m_session = nullptr;
    if (!m_marks.isEmpty())
        m_kept = m_marks;
    reset();
}

/// The session before was connected to the same cluster: what is on the line stays.
void TimeTravel::goOn(const QList<cluster::TopologyEvent>& events)
{
    QList<TimelineMark> marks = std::exchange(m_kept, {});
    for (const cluster::TopologyEvent& event : events)
        marks.append(markOf(event));
    addMarks(marks);
}

void TimeTravel::addNote(const capture::Note& note)
{
    addMarks({ markOf(note) });
}

void TimeTravel::addMarks(const QList<TimelineMark>& marks)
{
    m_marks += marks;
    if (m_marks.size() > mostMarks)
        m_marks.remove(0, m_marks.size() - mostMarks);
    const auto earlier = [](const TimelineMark& a, const TimelineMark& b) { return a.at < b.at; };
    // They come in order, but for a note that took long to write.
    if (!std::is_sorted(m_marks.cbegin(), m_marks.cend(), earlier))
        std::stable_sort(m_marks.begin(), m_marks.end(), earlier);
    m_bar->line()->setMarks(m_marks);
}

/// Live: the line grows.
void TimeTravel::tick()
{
    if (!m_session)
        return;
    const QString file = m_recording->recorder()->file();
    if (file != m_file) {
        // Recording was turned off, or on, or it failed.
        if (m_time)
            goTo(std::nullopt);
        m_file = file;
        m_from = m_file.isEmpty() ? QDateTime() : QDateTime::currentDateTimeUtc();
        if (file.isEmpty())
            m_reader->close();
        else
            m_reader->follow(file);
    }
    if (!m_from.isValid() && !file.isEmpty() && m_recording->began().isValid())
        m_from = m_recording->began();
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const bool isShown = m_from.isValid() && m_from.secsTo(now) >= shortestSeconds;
    if (isShown)
        m_bar->setSpan(m_from, now);
    if (m_bar->isHidden() == isShown)
        m_bar->setVisible(isShown);
}

void TimeTravel::open(const QString& file)
{
    reset();
    m_file = file;
    m_isOpening = true;
    m_reader->open(file);
}

void TimeTravel::showFile(const OpenedHistory& history)
{
    m_opened = history;
    m_from = history.from;
    QList<TimelineMark> marks;
    for (const cluster::TopologyEvent& event : history.events)
        marks.append(markOf(event));
    for (const capture::Note& note : history.end.capture.notes)
        marks.append(markOf(note));
    addMarks(marks);
    m_bar->setLive(false, tr("The end of the file"));
    QStringList remarks;
    for (const QString& sentence : history.end.capture.missing)
        remarks << visibleText(sentence);
    if (history.allEvents > history.events.size())
        remarks << tr("Of %1 events the newest %2 are on the line.")
                       .arg(history.allEvents)
                       .arg(history.events.size());
    m_bar->setRemark(remarks.join(u' '));
    m_bar->setSpan(history.from, history.to);
    m_bar->setVisible(history.from.isValid() && history.from < history.to);
    showMoment(history.end);
}

void TimeTravel::goTo(const std::optional<QDateTime>& time)
{
    m_time = time;
    m_bar->setTime(time);
    if (time)
        m_reader->ask(time);
    else if (m_opened)
        showMoment(m_opened->end);
    else
        showLive();
}

void TimeTravel::onAnswered(const Moment& moment)
{
    if (!m_time)
        return; // back at the end by now
    if (moment.capture.topology.isEmpty()) {
        m_page->setTrouble(tr("Nothing was known at %1; this is what was shown before.")
                               .arg(clockText(moment.at)));
        return;
    }
    if (m_session && moment.from > m_from)
        m_from = moment.from; // the recording has dropped what is too old
    showMoment(moment);
}

void TimeTravel::showMoment(const Moment& moment)
{
    m_shown.reset();
    if (!m_opened || !moment.isEnd)
        m_shown = moment;
    const capture::Capture& capture = moment.capture;
    PastMoment past;
    past.capture = capture;
    past.findings = moment.findings;
    past.canGoBack = m_session != nullptr;
    const QString began = m_from.isValid()
        ? tr("Recording began %1; earlier is unknown.").arg(clockText(m_from))
        : tr("Nothing was recorded: earlier is unknown.");
    if (m_opened && moment.isEnd) {
        past.how = explain::capturedAt(dayAndClockText(moment.at));
        past.events = m_opened->events;
        past.since = m_opened->allEvents > EventModel::most ? tr("The newest %1 of %2 events. %3")
                                                                  .arg(EventModel::most)
                                                                  .arg(m_opened->allEvents)
                                                                  .arg(began)
                                                            : began;
    } else {
        past.at = clockText(moment.at);
        past.how = tr("as it was at %1").arg(past.at);
        if (const TimelineMark* gap = gapAt(m_marks, moment.at))
            past.how += u". "_s + gap->text;
        past.events = capture.events;
        past.since = tr("The quarter of an hour before %1. %2").arg(past.at, began);
    }
    past.samples = MetricsLink::lastOf(capture.samples, capture.topology);
    m_page->showMoment(past);
    m_metrics->showPast(capture.samples, capture.topology);
}

void TimeTravel::showLive()
{
    m_shown.reset();
    m_metrics->showLive();
    m_page->showLive();
}

} // namespace slotscope::ui
