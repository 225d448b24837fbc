// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/inspector/eventlist.h"

#include "ui/models/eventmodel.h"
#include "ui/theme/emptytext.h"
#include "ui/theme/timetext.h"
#include "ui/theme/widgets.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

#include <utility>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

EventList::EventList(QWidget* parent)
    : QWidget(parent)
{
    m_events = new EventModel(this);
    m_events->setTheme(Theme::of(palette()));
    m_table = new QTableView(this);
    m_table->setObjectName(u"eventTable"_s);
    m_table->setAccessibleName(tr("Events"));
    makeQuiet(m_table);
    m_table->setWordWrap(true);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_empty = new EmptyText(tr("No changes were seen."), m_table);
    setModel(m_events);
    m_since = new QLabel(this);
    m_since->setObjectName(u"eventsSince"_s);
    m_since->setTextFormat(Qt::PlainText);
    m_since->setWordWrap(true);
    m_since->setForegroundRole(QPalette::PlaceholderText);
    m_since->setContentsMargins(8, 4, 8, 4);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_since);
    restart({});
}

void EventList::restart(const QDateTime& since)
{
    m_events->clear();
    setSince(since);
}

void EventList::goOn(const QDateTime& since)
{
    m_events->restoreCleared();
    setSince(since);
}

void EventList::forgetEarlier()
{
    m_events->forgetCleared();
}

void EventList::setSince(const QDateTime& since)
{
    m_liveSince = since.isValid()
        ? tr("Recording began %1; earlier is unknown.").arg(clockText(since))
        : tr("Nobody is watching: there is no connection.");
    if (!m_isPast)
        m_since->setText(m_liveSince);
}

/// A header forgets how it was set up when it gets another model.
void EventList::setModel(EventModel* model)
{
    m_empty->setModel(model);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    QHeaderView* header = m_table->horizontalHeader();
    header->resizeSection(EventModel::Time, 84);
    header->resizeSection(EventModel::SaidBy, 96);
    header->setSectionResizeMode(EventModel::Change, QHeaderView::Stretch);
}

void EventList::showPast(const QList<cluster::TopologyEvent>& events,
    const QList<capture::Note>& notes, const cluster::Topology& topology, const QString& since)
{
    if (!m_past)
        m_past = new EventModel(this);
    m_past->setTheme(Theme::of(palette()));
    m_past->setEvents(events, topology);
    for (const capture::Note& note : notes)
        m_past->addNote(note.at, note.text);
    if (!std::exchange(m_isPast, true))
        setModel(m_past);
    m_since->setText(since);
}

void EventList::showLive()
{
    if (!std::exchange(m_isPast, false))
        return;
    setModel(m_events);
    m_since->setText(m_liveSince);
}

void EventList::add(const QList<cluster::TopologyEvent>& events, const cluster::Topology& topology)
{
    m_events->add(events, topology);
}

void EventList::relabel(const cluster::Topology& topology)
{
    m_events->relabel(topology);
}

void EventList::addNote(const QDateTime& at, const QString& text)
{
    m_events->addNote(at, text);
    m_table->scrollToTop();
}

void EventList::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange && m_events)
        m_events->setTheme(Theme::of(palette()));
    if (event->type() == QEvent::PaletteChange && m_past)
        m_past->setTheme(Theme::of(palette()));
    QWidget::changeEvent(event);
}

} // namespace slotscope::ui
