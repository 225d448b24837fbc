// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/trace/sequencewidget.h"

#include "core/explain/redirects.h"
#include "ui/theme/plaintext.h"
#include "ui/trace/sequencepainter.h"
#include "ui/trace/sequenceparts.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace slotscope::ui {

SequenceWidget::SequenceWidget(QWidget* parent)
    : QAbstractScrollArea(parent)
{
    describeParts(this, std::make_unique<SequenceParts>(this));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Sequence diagram"));
    viewport()->setAutoFillBackground(false);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    horizontalScrollBar()->setSingleStep(40);
    verticalScrollBar()->setSingleStep(24);
}

QSize SequenceWidget::sizeHint() const
{
    return { 480, 240 };
}

void SequenceWidget::setStory(const command::Storyboard& story)
{
    m_story = story;
    if (m_frame.step >= story.size())
        m_frame = {};
    layoutStory();
    // Whoever listens hears the beginning; all of it can be copied.
    setAccessibleDescription(sequenceText(story.first(std::min<qsizetype>(20, story.size()))));
}

void SequenceWidget::setFrame(const command::StoryFrame& frame)
{
    const bool sameSteps = frame.step == m_frame.step
        && std::equal(frame.others.begin(), frame.others.end(), m_frame.others.begin(),
            m_frame.others.end(), [](const auto& a, const auto& b) { return a.step == b.step; });
    m_frame = frame;
    if (sameSteps) {
        // Within a step only a clock's hand moves.
        if (frame.step >= 0 && frame.step < m_story.size()
            && m_story.at(frame.step).kind == command::StepKind::Wait)
            viewport()->update(
                m_geometry.rows.at(frame.step).rect.translated(-offset()).toAlignedRect());
        return;
    }
    showRow(frame.step);
    viewport()->update();
    tellCurrentPart(this);
}

void SequenceWidget::setRedirectNotes(const RedirectNotes& notes)
{
    m_notes = notes;
    layoutStory();
}

void SequenceWidget::copy() const
{
    QGuiApplication::clipboard()->setText(text());
}

QPointF SequenceWidget::offset() const
{
    return QPointF(horizontalScrollBar()->value(), verticalScrollBar()->value());
}

QRectF SequenceWidget::placeOnScreen(const QRectF& place, bool isHead) const
{
    const QPointF scrolled(offset().x(), isHead ? 0 : offset().y());
    return place.translated(viewport()->pos() - scrolled);
}

void SequenceWidget::layoutStory()
{
    m_geometry = SequenceGeometry::layout(m_story, viewport()->width(), m_notes);
    updateBars();
    viewport()->update();
}

void SequenceWidget::updateBars()
{
    const QSize page = viewport()->size();
    const QSize whole = m_geometry.size.toSize();
    horizontalScrollBar()->setRange(0, std::max(0, whole.width() - page.width()));
    horizontalScrollBar()->setPageStep(page.width());
    verticalScrollBar()->setRange(0, std::max(0, whole.height() - page.height()));
    verticalScrollBar()->setPageStep(page.height());
}

// The row of the step is in sight, below the heads.
void SequenceWidget::showRow(int row)
{
    if (row < 0 || row >= m_geometry.rows.size())
        return;
    const QRectF rect = m_geometry.rows.at(row).rect;
    QScrollBar* bar = verticalScrollBar();
    const double top = rect.top() - m_geometry.headHeight;
    const double bottom = rect.bottom() + 12 - viewport()->height();
    if (bar->value() > top)
        bar->setValue(qRound(top));
    else if (bar->value() < bottom)
        bar->setValue(qRound(bottom));
}

QString SequenceWidget::toolTipAt(QPointF position) const
{
    if (position.y() < m_geometry.headHeight) {
        const int line = m_geometry.lineAt(position.x() + offset().x());
        if (line < 0)
            return {};
        const Lifeline& lifeline = m_geometry.lines.at(line);
        QStringList lines { lifeline.label, lifeline.address };
        if (const QString counts = lifeline.note.text(); !counts.isEmpty())
            lines.append(explain::seenBySlotscope(counts));
        lines.removeAll(QString());
        return lines.join(u'\n');
    }
    const int row = m_geometry.rowAt(position + offset());
    if (row < 0)
        return {};
    QStringList lines { m_story.at(row).caption };
    if (!m_story.at(row).raw.isEmpty())
        lines.append(m_geometry.rows.at(row).text);
    if (!m_geometry.rows.at(row).detail.isEmpty())
        lines.append(m_geometry.rows.at(row).detail);
    return lines.join(u'\n');
}

bool SequenceWidget::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString text = toolTipAt(help->pos());
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), plainToolTip(text), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void SequenceWidget::paintEvent(QPaintEvent* event)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(viewport());
    painter.fillRect(event->rect(), theme.window);
    const QPointF origin = offset();
    painter.translate(-origin);
    paintSequence(painter, m_geometry, m_frame, QRectF(event->rect()).translated(origin), theme);
    painter.translate(0, origin.y());
    paintSequenceHeads(painter, m_geometry, theme);
}

void SequenceWidget::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    layoutStory();
}

void SequenceWidget::mousePressEvent(QMouseEvent* event)
{
    event->accept(); // the release is wanted
}

void SequenceWidget::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || event->position().y() < m_geometry.headHeight - 8)
        return;
    const int row = m_geometry.rowAt(event->position() + offset());
    if (row >= 0)
        Q_EMIT stepClicked(m_geometry.rows.at(row).step);
}

void SequenceWidget::keyPressEvent(QKeyEvent* event)
{
    const int last = static_cast<int>(m_story.size()) - 1;
    int wanted = -1;
    if (event->matches(QKeySequence::Copy))
        return copy();
    switch (last >= 0 && event->modifiers() == Qt::NoModifier ? event->key() : 0) {
    case Qt::Key_Up:
        wanted = std::max(0, m_frame.step - 1);
        break;
    case Qt::Key_Down:
        wanted = std::min(last, m_frame.step + 1);
        break;
    case Qt::Key_Home:
        wanted = 0;
        break;
    case Qt::Key_End:
        wanted = last;
        break;
    default:
        // Space, period and comma are the player's.
        event->ignore();
        return;
    }
    Q_EMIT stepClicked(wanted);
}

void SequenceWidget::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("&Copy as text"), this, &SequenceWidget::copy);
    menu->popup(event->globalPos());
}

} // namespace slotscope::ui
