// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/entrylist.h"

#include "ui/console/consoleentry.h"
#include "ui/console/fanoutview.h"
#include "ui/console/runcolumn.h"
#include "ui/console/streamview.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace slotscope::ui {

namespace {

constexpr qsizetype mostEntries = 100;
constexpr qsizetype mostWeight = 300 * 1024 * 1024;
constexpr int focusLine = 1; ///< in the margin around the viewport

} // namespace

EntryList::EntryList(QWidget* parent)
    : QScrollArea(parent)
{
    auto* content = new QWidget;
    m_list = new QVBoxLayout(content);
    m_list->setContentsMargins(0, 4, 6, 4);
    m_list->setSpacing(6);
    m_empty = new QLabel(content);
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_list->addWidget(m_empty);
    m_list->addStretch(1);
    setAccessibleName(tr("What was run"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidget(content);
    setViewportMargins(focusLine, focusLine, focusLine, focusLine);
    applyTheme();
    // Queued: the bar is told before what is scrolled has its places.
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, &EntryList::follow,
        Qt::QueuedConnection);
    connect(
        verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] { m_isFollowing = false; });
}

void EntryList::setEmptyText(const QString& text)
{
    m_empty->setText(text);
}

ConsoleEntry* EntryList::add(const QString& line)
{
    m_empty->hide();
    auto* entry = new ConsoleEntry(line);
    m_entries.prepend(entry);
    m_list->insertWidget(0, entry);
    trim();
    verticalScrollBar()->setValue(0);
    m_isFollowing = true;
    return entry;
}

void EntryList::follow()
{
    if (!m_isFollowing || m_entries.isEmpty())
        return;
    const ConsoleEntry* newest = m_entries.first();
    const int end = newest->geometry().bottom() + m_list->spacing();
    // At most so far that its path, or the line of what has none, is the first thing to be seen;
    // the client's name above it, when there is room for all of the run.
    constexpr int above = 4;
    int path = newest->y();
    for (const RunColumn* column : newest->columns()) {
        const int start = column->height() <= viewport()->height() ? 0 : column->pathTop();
        const int top = newest->y() + column->y() + start - above;
        path = column == newest->columns().first() ? top : std::min(path, top);
    }
    verticalScrollBar()->setValue(std::clamp(end - viewport()->height(), 0, std::max(0, path)));
}

void EntryList::trim()
{
    qsizetype weight = 0;
    for (const ConsoleEntry* entry : std::as_const(m_entries))
        weight += entry->weight();
    for (qsizetype i = m_entries.size() - 1; i > 0; --i) {
        if (m_entries.size() <= mostEntries && weight <= mostWeight)
            return;
        if (m_entries.at(i)->isRunning())
            continue;
        weight -= m_entries.at(i)->weight();
        m_entries.takeAt(i)->deleteLater();
    }
}

ConsoleEntry* EntryList::entryOf(quint64 ticket) const
{
    for (ConsoleEntry* entry : m_entries) {
        if (entry->has(ticket))
            return entry;
    }
    return nullptr;
}

RunColumn* EntryList::column(quint64 ticket) const
{
    for (const ConsoleEntry* entry : m_entries) {
        if (RunColumn* column = entry->column(ticket))
            return column;
    }
    return nullptr;
}

FanOutView* EntryList::fanOut(quint64 ticket) const
{
    for (const ConsoleEntry* entry : m_entries) {
        if (FanOutView* view = entry->fanOut(ticket))
            return view;
    }
    return nullptr;
}

StreamView* EntryList::stream(quint64 ticket) const
{
    for (const ConsoleEntry* entry : m_entries) {
        if (StreamView* view = entry->stream(ticket))
            return view;
    }
    return nullptr;
}

void EntryList::clearEnded()
{
    m_entries.removeIf([](ConsoleEntry* entry) {
        if (entry->isRunning())
            return false;
        entry->hide();
        entry->deleteLater();
        return true;
    });
    m_empty->setVisible(m_entries.isEmpty());
}

void EntryList::clearRunning()
{
    m_entries.removeIf([](ConsoleEntry* entry) {
        if (!entry->isRunning())
            return false;
        delete entry;
        return true;
    });
    m_empty->setVisible(m_entries.isEmpty());
}

void EntryList::clear()
{
    qDeleteAll(std::exchange(m_entries, {}));
    m_empty->show();
}

void EntryList::orderForTab()
{
    QWidget* last = this;
    for (const ConsoleEntry* entry : std::as_const(m_entries)) {
        for (QWidget* widget : entry->findChildren<QWidget*>()) {
            if (!(widget->focusPolicy() & Qt::TabFocus) || widget->focusProxy())
                continue;
            setTabOrder(last, widget);
            last = widget;
        }
    }
}

bool EntryList::event(QEvent* event)
{
    const bool isDone = QScrollArea::event(event);
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    if (event->type() == QEvent::Paint && hasFocus()) {
        QPainter painter(this);
        painter.setPen(QPen(Theme::of(palette()).accent, focusLine));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
    return isDone;
}

void EntryList::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange && m_empty)
        applyTheme();
    QScrollArea::changeEvent(event);
}

void EntryList::applyTheme()
{
    QPalette own = m_empty->palette();
    own.setColor(QPalette::WindowText, Theme::of(palette()).mutedText);
    m_empty->setPalette(own);
}

} // namespace slotscope::ui
