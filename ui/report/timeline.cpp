// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/timeline.h"

#include "core/explain/wording.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/timetext.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace slotscope::ui {

namespace {

// The translation context.
struct TimelineTexts
{
    Q_DECLARE_TR_FUNCTIONS(TimelineTexts)
};

using Change = cluster::TopologyChange::Kind;

// So many of one kind at once are told one by one.
constexpr qsizetype mostAlike = 3;
constexpr qint64 togetherMilliseconds = 2000;

bool isMinor(Change kind)
{
    switch (kind) {
    case Change::EpochRaised:
    case Change::RoleChanged:
    case Change::PrimaryChanged:
    case Change::MigrationStarted:
    case Change::MigrationEnded:
        return true;
    default:
        return false;
    }
}

class Timeline
{
public:
    Timeline(const capture::Capture& capture, const QDateTime& since)
        : m_capture(capture)
        , m_since(since)
    { }

    QList<TimelineRow> rows()
    {
        addChanges();
        addNotes();
        addErrors();
        std::stable_sort(m_rows.begin(), m_rows.end(),
            [](const TimelineRow& a, const TimelineRow& b) { return a.at < b.at; });
        return m_rows;
    }

private:
    bool isWanted(const QDateTime& at) const { return !m_since.isValid() || at >= m_since; }

    QString nameOf(const cluster::NodeId& id, const net::Endpoint& address = {})
    {
        const auto known = m_names.constFind(id);
        if (known != m_names.constEnd() && !id.isNull())
            return *known;
        const cluster::Node* node = m_capture.topology.nodeById(id);
        const cluster::Node* former = node ? nullptr : m_capture.before.nodeById(id);
        QString name = id.shortText();
        if (node)
            name = m_capture.topology.labelOf(*node);
        else if (former)
            name = m_capture.before.labelOf(*former);
        else if (name.isEmpty())
            name = address.toString();
        name = visibleText(name);
        m_names.insert(id, name);
        return name;
    }

    void addChanges()
    {
        const QList<cluster::TopologyEvent>& events = m_capture.events;
        for (qsizetype first = 0; first < events.size();) {
            qsizetype last = first;
            while (last + 1 < events.size() && areAlike(events.at(first), events.at(last + 1)))
                ++last;
            const qsizetype count = last - first + 1;
            for (qsizetype i = first; i <= (count > mostAlike ? first : last); ++i)
                addChange(events.at(i), count > mostAlike ? count - 1 : 0);
            first = last + 1;
        }
    }

    static bool areAlike(const cluster::TopologyEvent& a, const cluster::TopologyEvent& b)
    {
        return a.change.kind == b.change.kind && a.at.msecsTo(b.at) <= togetherMilliseconds;
    }

    void addChange(const cluster::TopologyEvent& event, qsizetype more)
    {
        if (!isWanted(event.at))
            return;
        TimelineRow row;
        row.at = event.at.toUTC();
        row.text = visibleText(cluster::sentenceOf(event.change));
        if (more > 0)
            row.text = TimelineTexts::tr("%1 alike: %2").arg(more + 1).arg(row.text);
        row.saidBy = cluster::isOwnFinding(event.change.kind) ? TimelineTexts::tr("this computer")
                                                              : nameOf(event.saidBy);
        row.alarm = alarmOf(event.change);
        row.isMinor = isMinor(event.change.kind);
        m_rows.append(row);
    }

    void addNotes()
    {
        for (const capture::Note& note : m_capture.notes) {
            if (isWanted(note.at)) {
                m_rows.append({ TimelineRow::Kind::Note, note.at.toUTC(), visibleText(note.text),
                    {}, Alarm::None, false });
            }
        }
    }

    void addErrors()
    {
        for (const capture::SeenErrors& seen : m_capture.seen) {
            if (seen.count <= 0 || !isWanted(seen.last))
                continue;
            const QString word = visibleText(QString::fromUtf8(seen.word));
            const QString name = nameOf(seen.node, seen.address);
            QString text = TimelineTexts::tr("%1 answered Slotscope %2 %3")
                               .arg(name, word,
                                   explain::counted(seen.count, TimelineTexts::tr("once"),
                                       TimelineTexts::tr("%1 times")));
            text += seen.count == 1
                ? TimelineTexts::tr(".")
                : TimelineTexts::tr(", last at %1.").arg(clockText(seen.last, seen.first));
            m_rows.append({ TimelineRow::Kind::Errors, seen.first.toUTC(), text, name,
                seen.word == "CLUSTERDOWN" ? Alarm::Notice : Alarm::None, false });
        }
    }

    const capture::Capture& m_capture;
    const QDateTime m_since;
    QHash<cluster::NodeId, QString> m_names;
    QList<TimelineRow> m_rows;
};

} // namespace

QString TimelineRow::timeText() const
{
    return clockText(at);
}

QList<TimelineRow> timelineOf(const capture::Capture& capture, const QDateTime& since)
{
    return Timeline(capture, since).rows();
}

QString recordingText(const capture::Capture& capture)
{
    if (!capture.recordingBegan.isValid())
        return capture.missing.isEmpty()
            ? TimelineTexts::tr("nothing was recorded: what was before is unknown")
            : TimelineTexts::tr("the recording could not be read: what was before is unknown");
    const QString began = clockText(capture.recordingBegan, capture.savedAt);
    return capture.missing.isEmpty()
        ? TimelineTexts::tr("recording began %1, earlier is unknown").arg(began)
        : TimelineTexts::tr("recording began %1, earlier is unknown; it is not whole").arg(began);
}

} // namespace slotscope::ui
