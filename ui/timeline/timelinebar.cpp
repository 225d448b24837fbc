// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/timeline/timelinebar.h"

#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"
#include "ui/theme/timetext.h"
#include "ui/theme/widgets.h"
#include "ui/timeline/timelinewidget.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

TimelineBar::TimelineBar(QWidget* parent)
    : QWidget(parent)
{
    m_state = plainLabel(this, u"timelineState"_s);
    m_state->setFont(textFont(13, QFont::DemiBold));
    m_began = plainLabel(this, u"timelineBegan"_s);
    m_began->setFont(textFont(12));
    m_began->setMinimumWidth(0);
    m_began->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_began->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_remarkLabel = wrappingLabel(this, u"timelineRemark"_s);
    m_remarkLabel->setFont(textFont(12));
    m_remarkLabel->hide();
    m_back = new QPushButton(this);
    m_back->setObjectName(u"backToLive"_s);
    m_line = new TimelineWidget(this);
    m_line->setObjectName(u"timeline"_s);
    auto* words = new QHBoxLayout;
    words->setSpacing(10);
    words->addWidget(m_state);
    words->addWidget(m_back);
    words->addWidget(m_began, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 2, 10, 2);
    layout->setSpacing(0);
    layout->addLayout(words);
    layout->addWidget(m_line);
    layout->addWidget(m_remarkLabel);
    connect(m_back, &QPushButton::clicked, this, [this] {
        setTime(std::nullopt);
        Q_EMIT timeChosen(std::nullopt);
    });
    connect(
        m_line, &TimelineWidget::timeChosen, this, [this](const std::optional<QDateTime>& time) {
            tell();
            Q_EMIT timeChosen(time);
        });
    tell();
}

void TimelineBar::setLive(bool live, const QString& end)
{
    m_isLive = live;
    m_end = end;
    tell();
}

void TimelineBar::setSpan(const QDateTime& from, const QDateTime& to)
{
    m_line->setSpan(from, to);
    if (m_from == from)
        return;
    m_from = from;
    tell();
}

void TimelineBar::setRemark(const QString& remark)
{
    m_remark = remark;
    tell();
}

void TimelineBar::setTime(const std::optional<QDateTime>& time)
{
    m_line->setTime(time);
    tell();
}

void TimelineBar::tell()
{
    const std::optional<QDateTime>& time = m_line->time();
    const QDateTime today = QDateTime::currentDateTimeUtc();
    if (time)
        m_state->setText(tr("This is the past: %1").arg(clockText(*time, today)));
    else
        m_state->setText(m_isLive ? tr("Live") : m_end);
    const QString back = m_isLive ? tr("Back to &live") : tr("To the e&nd");
    if (m_back->text() != back)
        m_back->setText(back);
    // It keeps its place: the line does not jump.
    m_back->setVisible(true);
    m_back->setEnabled(time.has_value());
    const QString began = m_from.isValid()
        ? tr("Recording began %1; earlier is unknown.").arg(clockText(m_from, today))
        : QString();
    m_remarkLabel->setText(m_remark);
    m_remarkLabel->setVisible(!m_remark.isEmpty());
    if (m_began->text() != began) {
        m_began->setText(began);
        m_began->setToolTip(plainToolTip(began));
    }
    const Theme theme = Theme::of(palette());
    setInk(m_state, time ? theme.accent : theme.text);
    setInk(m_began, theme.mutedText);
    setInk(m_remarkLabel, theme.warning);
}

void TimelineBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange && m_began)
        QMetaObject::invokeMethod(this, &TimelineBar::tell, Qt::QueuedConnection);
    QWidget::changeEvent(event);
}

} // namespace slotscope::ui
