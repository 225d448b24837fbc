// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/lineview.h"

#include "ui/theme/accessibleparts.h"
#include "ui/theme/drawing.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <limits>

namespace slotscope::ui {

namespace {

constexpr int padding = 4;
constexpr qsizetype mostLines = 14;

} // namespace

LineView::LineView(QWidget* parent)
    : QAbstractScrollArea(parent)
{
    setFont(fixedFont(13));
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    viewport()->setCursor(Qt::ArrowCursor);
}

int LineView::lineHeight() const
{
    return fontMetrics().height() + 3;
}

void LineView::setFilling()
{
    m_isFilling = true;
    setMinimumHeight(3 * lineHeight());
    setMaximumHeight(QWIDGETSIZE_MAX);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    linesChanged();
}

qsizetype LineView::linesInSight() const
{
    return qMax<qsizetype>(1, (viewport()->height() - 2 * padding) / lineHeight());
}

qsizetype LineView::firstLineInSight() const
{
    return verticalScrollBar()->value();
}

QRectF LineView::lineRect(qsizetype line) const
{
    const auto below = static_cast<int>(line - firstLineInSight());
    return QRectF(0, padding + below * lineHeight(), viewport()->width(), lineHeight())
        .translated(viewport()->pos());
}

std::optional<bool> LineView::isOpen(qsizetype) const
{
    return std::nullopt;
}

void LineView::press(qsizetype line)
{
    setCurrentLine(line);
    if (m_current >= 0)
        activate(m_current, -1);
}

void LineView::linesAdded(qsizetype gone)
{
    const bool follows = verticalScrollBar()->value() >= verticalScrollBar()->maximum();
    const qsizetype place = firstLineInSight() - gone;
    if (m_current >= 0)
        m_current = std::max<qsizetype>(0, m_current - gone);
    linesChanged();
    verticalScrollBar()->setValue(
        follows ? verticalScrollBar()->maximum() : static_cast<int>(std::max<qsizetype>(0, place)));
}

void LineView::linesChanged()
{
    if (!m_isFilling) {
        const auto lines
            = static_cast<int>(qBound<qsizetype>(qsizetype(1), lineCount(), mostLines));
        setFixedHeight(lines * lineHeight() + 2 * padding + 2 * frameWidth());
    }
    const qsizetype hidden = qMax<qsizetype>(0, lineCount() - linesInSight());
    verticalScrollBar()->setRange(
        0, static_cast<int>(qMin<qsizetype>(hidden, std::numeric_limits<int>::max())));
    verticalScrollBar()->setPageStep(static_cast<int>(linesInSight()));
    if (m_current >= lineCount())
        m_current = lineCount() - 1;
    viewport()->update();
    tellCurrent();
}

// A line that was folded is another now, and so is one that another reply has put there.
void LineView::tellCurrent()
{
    const QString text = m_current < 0 ? QString() : lineText(m_current);
    if (text == accessibleDescription())
        return;
    setAccessibleDescription(text); // which tells readers of the screen that it changed
    tellCurrentPart(this);
}

void LineView::setCurrentLine(qsizetype line)
{
    line = qBound<qsizetype>(-1, line, lineCount() - 1);
    QScrollBar* bar = verticalScrollBar();
    if (line >= 0 && line < bar->value())
        bar->setValue(static_cast<int>(line));
    else if (line >= bar->value() + linesInSight())
        bar->setValue(static_cast<int>(line - linesInSight() + 1));
    viewport()->update();
    if (line == m_current)
        return;
    m_current = line;
    tellCurrent();
    Q_EMIT currentLineChanged(line);
}

void LineView::activate(qsizetype, int) { }

void LineView::fold(qsizetype, bool) { }

void LineView::paintEvent(QPaintEvent*)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), theme.sunken);
    painter.setFont(font());
    const int height = lineHeight();
    int y = padding;
    for (qsizetype line = firstLineInSight(); line < lineCount() && y < viewport()->height();
         ++line, y += height) {
        const QRect rect(0, y, viewport()->width(), height);
        if (line == m_current) {
            painter.fillRect(rect, blended(theme.accent, theme.sunken, hasFocus() ? 0.28 : 0.14));
            painter.fillRect(QRect(0, y, 3, height), theme.accent);
        }
        paintLine(painter, line, rect.adjusted(padding + 4, 0, -padding, 0));
    }
    // Whoever comes by keyboard has to see where he is. No line is made current for it: that would
    // change what is copied.
    if (hasFocus() && m_current < 0) {
        painter.setPen(QPen(theme.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
    }
}

void LineView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    linesChanged();
}

void LineView::mousePressEvent(QMouseEvent* event)
{
    const int y = event->position().toPoint().y() - padding;
    const qsizetype line = firstLineInSight() + y / lineHeight();
    if (event->button() != Qt::LeftButton || y < 0 || line >= lineCount())
        return;
    setCurrentLine(line);
    activate(line, event->position().toPoint().x());
}

void LineView::keyPressEvent(QKeyEvent* event)
{
    const qsizetype last = lineCount() - 1;
    switch (event->key()) {
    case Qt::Key_Up:
        return setCurrentLine(qMax<qsizetype>(0, m_current - 1));
    case Qt::Key_Down:
        return setCurrentLine(qMin(last, m_current + 1));
    case Qt::Key_PageUp:
        return setCurrentLine(qMax<qsizetype>(0, m_current - linesInSight()));
    case Qt::Key_PageDown:
        return setCurrentLine(qMin(last, m_current + linesInSight()));
    case Qt::Key_Home:
        return setCurrentLine(0);
    case Qt::Key_End:
        return setCurrentLine(last);
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (m_current >= 0)
            fold(m_current, event->key() == Qt::Key_Right);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current >= 0)
            activate(m_current, -1);
        return;
    default:
        if (event->matches(QKeySequence::Copy) && m_current >= 0)
            QApplication::clipboard()->setText(lineText(m_current));
        else
            QAbstractScrollArea::keyPressEvent(event);
    }
}

} // namespace slotscope::ui
