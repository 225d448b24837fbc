// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/sessionhandle.h"
#include "ui/links/historyreader.h"
#include "ui/timeline/timelinegeometry.h"

class QTimer;

namespace slotscope::ui {

class ClusterPage;
class MetricsLink;
class RecordingLink;
class TimelineBar;

/// Moves a tab's page through time, by the line of time below its picture: through the recording of
/// its session, or through a file that was opened. What comes from the session in the meantime is
/// kept for the return.
class TimeTravel final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TimeTravel)
public:
    /// All of them must outlive it.
    TimeTravel(ClusterPage* page, MetricsLink* metrics, RecordingLink* recording,
        QObject* parent = nullptr);

    void start(session::SessionHandle* session);
    void end();
    /// fileOpened() or fileFailed() follows, unless something else is opened first.
    void open(const QString& file);
    /// Nothing is open: no answer follows.
    void reset();
    void goTo(const std::optional<QDateTime>& time);
    /// The moment of the past that the page shows; null: what is now, or the end of a file.
    const Moment* shown() const { return m_shown ? &*m_shown : nullptr; }
    /// Something to show on the line, when the session does not tell it.
    void addNote(const capture::Note& note);
    /// The file that was opened; empty: none is.
    QString openedFile() const { return m_opened ? m_file : QString(); }
    /// The file, when what is shown is the capture that it holds.
    QString shownCapture() const
    {
        return m_opened && m_opened->hasCapture && !m_shown ? m_file : QString();
    }

Q_SIGNALS:
    /// The page is to be shown: this shows the file on it right afterwards.
    void fileOpened(const slotscope::ui::OpenedHistory& history);
    void fileFailed(const slotscope::support::Error& error);

private:
    void tick();
    void addMarks(const QList<TimelineMark>& marks);
    void goOn(const QList<cluster::TopologyEvent>& events);
    void onAnswered(const Moment& moment);
    void showMoment(const Moment& moment);
    void showLive();
    void showFile(const OpenedHistory& history);

    ClusterPage* m_page = nullptr;
    MetricsLink* m_metrics = nullptr;
    RecordingLink* m_recording = nullptr;
    TimelineBar* m_bar = nullptr;
    session::SessionHandle* m_session = nullptr;
    HistoryReader* m_reader = nullptr;
    QTimer* m_second = nullptr;
    QString m_file; ///< what is read
    bool m_isOpening = false;
    QDateTime m_from;
    std::optional<QDateTime> m_time; ///< nullopt: the end
    std::optional<Moment> m_shown;
    QList<TimelineMark> m_marks;
    QList<TimelineMark> m_kept; ///< of the session before, for one that goes on with its recording
    std::optional<OpenedHistory> m_opened; ///< a file, not a session
};

} // namespace slotscope::ui
