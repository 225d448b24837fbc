// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/timeline/timelinewidget.h"

#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"
#include "ui/theme/timetext.h"
#include "ui/timeline/timelinepainter.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostInATip = 6;
/// The end stays the same value while it moves on in time.
constexpr int parts = 10'000;

} // namespace

TimelineWidget::TimelineWidget(QWidget* parent)
    : QAbstractSlider(parent)
{
    setOrientation(Qt::Horizontal);
    setRange(0, parts);
    setValue(parts);
    setSingleStep(parts / 100);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMouseTracking(true);
    setAccessibleName(tr("Time line"));
    // From a screen reader; the keyboard and the pointer come another way.
    connect(this, &QAbstractSlider::valueChanged, this, [this](int value) {
        if (m_isTelling)
            return;
        if (value >= maximum())
            choose(std::nullopt);
        else
            choose(m_from.addMSecs(m_from.msecsTo(m_to) * value / parts));
    });
}

QSize TimelineWidget::sizeHint() const
{
    return { 400, 34 };
}

QSize TimelineWidget::minimumSizeHint() const
{
    return { 120, 34 };
}

void TimelineWidget::setSpan(const QDateTime& from, const QDateTime& to)
{
    if (m_from == from && m_to == to)
        return;
    m_from = from;
    m_to = to;
    layOut();
}

void TimelineWidget::setMarks(const QList<TimelineMark>& marks)
{
    m_marks = marks;
    layOut();
}

void TimelineWidget::setTime(const std::optional<QDateTime>& time)
{
    m_time = time;
    tellValue();
    update();
}

void TimelineWidget::layOut()
{
    m_geometry = TimelineGeometry::layout(m_from, m_to, m_marks, QRectF(rect()));
    tellValue();
    update();
}

void TimelineWidget::tellValue()
{
    m_isTelling = true;
    const qint64 span = m_from.isValid() ? m_from.msecsTo(m_to) : 0;
    setValue(m_time && span > 0
            ? static_cast<int>(std::clamp<qint64>(m_from.msecsTo(*m_time) * parts / span, 0, parts))
            : parts);
    m_isTelling = false;
    QString text = m_time ? dayAndClockText(*m_time) : tr("The end");
    if (const TimelineMark* gap = m_time ? gapAt(m_marks, *m_time) : nullptr)
        text += u". "_s + gap->text;
    if (accessibleDescription() != text)
        setAccessibleDescription(text);
}

void TimelineWidget::choose(const std::optional<QDateTime>& time)
{
    std::optional<QDateTime> chosen = time;
    if (chosen && *chosen >= m_to)
        chosen.reset();
    else if (chosen && *chosen < m_from)
        chosen = m_from;
    if (chosen == m_time)
        return;
    setTime(chosen);
    Q_EMIT timeChosen(chosen);
}

void TimelineWidget::step(int count)
{
    const qint64 size = std::max<qint64>(1000, m_from.msecsTo(m_to) / 100);
    choose(m_time.value_or(m_to).addMSecs(count * size));
}

void TimelineWidget::keyPressEvent(QKeyEvent* event)
{
    if (m_geometry.isEmpty() || (event->modifiers() & ~Qt::KeypadModifier))
        return QWidget::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Down:
        return step(-1);
    case Qt::Key_Right:
    case Qt::Key_Up:
        return step(1);
    case Qt::Key_PageUp:
        if (const auto before = markBefore(m_marks, m_time.value_or(m_to)))
            choose(before);
        return;
    case Qt::Key_PageDown:
        if (m_time)
            choose(markAfter(m_marks, *m_time));
        return;
    case Qt::Key_Home:
        return choose(m_from);
    case Qt::Key_End:
        return choose(std::nullopt);
    case Qt::Key_Escape:
        if (m_time)
            return choose(std::nullopt);
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void TimelineWidget::wheelEvent(QWheelEvent* event)
{
    event->ignore();
}

void TimelineWidget::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_geometry.isEmpty())
        return QWidget::mousePressEvent(event);
    // On a sign: exactly what it stands for.
    if (const auto sign = m_geometry.signAt(event->position()))
        choose(m_marks.at(sign->last).at);
    else
        choose(m_geometry.timeAt(event->position().x()));
}

void TimelineWidget::mouseMoveEvent(QMouseEvent* event)
{
    if ((event->buttons() & Qt::LeftButton) && !m_geometry.isEmpty())
        choose(m_geometry.timeAt(event->position().x()));
}

QString TimelineWidget::tipAt(const QPointF& position) const
{
    if (m_geometry.isEmpty())
        return {};
    const auto sign = m_geometry.signAt(position);
    if (!sign) {
        const QString time = dayAndClockText(m_geometry.timeAt(position.x()));
        const TimelineGeometry::Gap* gap = m_geometry.gapAt(position.x());
        return gap == nullptr ? time : QString(time + u'\n' + m_marks.at(gap->mark).text);
    }
    QStringList lines;
    for (qsizetype i = sign->first; i <= sign->last && lines.size() < mostInATip; ++i) {
        const TimelineMark& mark = m_marks.at(i);
        lines.append(tr("%1  %2").arg(clockText(mark.at), mark.text));
    }
    if (const qsizetype more = sign->last - sign->first + 1 - mostInATip; more > 0)
        lines.append(tr("and %1 more").arg(more));
    return lines.join(u'\n');
}

bool TimelineWidget::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), plainToolTip(tipAt(help->pos())), this);
        return true;
    }
    return QAbstractSlider::event(event);
}

void TimelineWidget::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    TimelineState state;
    state.isAtEnd = !m_time;
    state.at = m_time.value_or(m_to);
    state.hasFocus = hasFocus();
    paintTimeline(painter, m_geometry, state, Theme::of(palette()));
}

void TimelineWidget::resizeEvent(QResizeEvent* event)
{
    QAbstractSlider::resizeEvent(event);
    layOut();
}

void TimelineWidget::focusInEvent(QFocusEvent* event)
{
    QAbstractSlider::focusInEvent(event);
    update();
}

void TimelineWidget::focusOutEvent(QFocusEvent* event)
{
    QAbstractSlider::focusOutEvent(event);
    update();
}

} // namespace slotscope::ui
