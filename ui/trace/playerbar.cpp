// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/trace/playerbar.h"

#include "core/explain/redirects.h"
#include "ui/theme/theme.h"
#include "ui/trace/playericons.h"
#include "ui/trace/storyplayer.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int ticksPerStep = 100;

QToolButton* makeButton(QWidget* parent, const QString& name, const QString& toolTip)
{
    auto* button = new QToolButton(parent);
    button->setAutoRaise(true);
    button->setObjectName(name);
    button->setToolTip(toolTip);
    button->setAccessibleName(toolTip);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

PlayerBar::PlayerBar(StoryPlayer* player, QWidget* parent)
    : QWidget(parent)
    , m_player(player)
{
    m_first = makeButton(this, u"replayButton"_s, tr("Replay from the start (Alt+Home)"));
    m_back = makeButton(this, u"stepBackButton"_s, tr("One step back (comma, Alt+Left)"));
    m_play = makeButton(this, u"playButton"_s, tr("Play or pause (Space, Alt+P)"));
    m_forward
        = makeButton(this, u"stepForwardButton"_s, tr("One step forward (period, Alt+Right)"));

    m_slider = new QSlider(Qt::Horizontal, this);
    m_slider->setObjectName(u"storySlider"_s);
    m_slider->setAccessibleName(tr("Position in the replay"));
    m_slider->setSingleStep(ticksPerStep / 4);
    m_slider->setPageStep(ticksPerStep);

    m_step = new QLabel(this);
    m_step->setObjectName(u"stepLabel"_s);
    m_step->setTextFormat(Qt::PlainText);
    m_step->setFont(textFont(13, QFont::DemiBold));
    m_time = new QLabel(this);
    m_time->setTextFormat(Qt::PlainText);
    m_time->setObjectName(u"stepTimeLabel"_s);
    m_time->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_time->setToolTip(tr("How long it really took"));

    m_speed = new QComboBox(this);
    m_speed->setObjectName(u"speedCombo"_s);
    m_speed->setAccessibleName(tr("Speed of the replay"));
    m_speed->setToolTip(tr("Speed of the replay; normal is one second a step"));
    for (const double factor : { 0.25, 0.5, 1.0, 2.0, 4.0 })
        m_speed->addItem(QString::number(factor) + u'×', factor);
    m_speed->setCurrentIndex(2);

    m_caption = new QLabel(this);
    m_caption->setObjectName(u"captionLabel"_s);
    m_caption->setTextFormat(Qt::PlainText);
    m_caption->setWordWrap(true);
    m_caption->setFont(textFont(15, QFont::Medium));
    m_caption->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_caption->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    // Two lines always: the picture above must not jump when a caption is longer.
    m_caption->setMinimumHeight(2 * QFontMetrics(m_caption->font()).lineSpacing() + 2);

    auto* controls = new QHBoxLayout;
    controls->setSpacing(2);
    for (QToolButton* button : { m_first, m_back, m_play, m_forward })
        controls->addWidget(button);
    controls->addSpacing(6);
    controls->addWidget(m_step);
    controls->addSpacing(6);
    controls->addWidget(m_slider, 1);
    controls->addSpacing(6);
    controls->addWidget(m_time);
    controls->addSpacing(6);
    controls->addWidget(m_speed);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 4, 10, 6);
    layout->setSpacing(4);
    layout->addLayout(controls);
    layout->addWidget(m_caption);

    connect(m_first, &QToolButton::clicked, m_player, &StoryPlayer::replay);
    connect(m_back, &QToolButton::clicked, m_player, &StoryPlayer::stepBack);
    connect(m_play, &QToolButton::clicked, m_player, &StoryPlayer::toggle);
    connect(m_forward, &QToolButton::clicked, m_player, &StoryPlayer::stepForward);
    connect(m_slider, &QSlider::valueChanged, this,
        [this](int value) { m_player->seek(static_cast<double>(value) / ticksPerStep); });
    connect(m_speed, &QComboBox::activated, this,
        [this](int index) { m_player->setSpeed(m_speed->itemData(index).toDouble()); });
    connect(m_player, &StoryPlayer::storyChanged, this, &PlayerBar::onStoryChanged);
    connect(m_player, &StoryPlayer::frameChanged, this, &PlayerBar::onFrameChanged);
    connect(m_player, &StoryPlayer::playingChanged, this, &PlayerBar::onPlayingChanged);
    onStoryChanged();
    onPlayingChanged(m_player->isPlaying());
}

void PlayerBar::onStoryChanged()
{
    const QSignalBlocker blocker(m_slider);
    m_slider->setRange(0, qRound(m_player->duration() * ticksPerStep));
    setEnabled(!m_player->isEmpty());
    onFrameChanged();
}

void PlayerBar::onFrameChanged()
{
    const command::StoryFrame frame = m_player->frame();
    const command::Storyboard& story = m_player->story();
    {
        const QSignalBlocker blocker(m_slider);
        m_slider->setValue(qRound(m_player->position() * ticksPerStep));
    }
    if (frame.step < 0 || frame.step >= story.size()) {
        m_step->clear();
        m_caption->clear();
        m_time->clear();
        return;
    }
    const command::Step& step = story.at(frame.step);
    // QLabel repaints and relays out even for the same text.
    const QString stepText
        = tr("step %1 of %2").arg(m_player->stop() + 1).arg(m_player->stopCount());
    if (m_step->text() != stepText)
        m_step->setText(stepText);
    const QString others = explain::andOthers(static_cast<int>(frame.others.size()));
    QString caption = step.caption;
    if (!others.isEmpty()) {
        // What a node answered may be no sentence.
        const bool hasEnd = caption.isEmpty() || u".!?:"_s.contains(caption.back());
        caption += (hasEnd ? u" "_s : u". "_s) + others;
    }
    if (m_caption->text() != caption)
        m_caption->setText(caption);
    if (m_time->text() != step.timeLabel)
        m_time->setText(step.timeLabel);
}

void PlayerBar::onPlayingChanged(bool playing)
{
    const QColor color = palette().color(QPalette::ButtonText);
    m_play->setIcon(playerIcon(playing ? PlayerIcon::Pause : PlayerIcon::Play, color));
    m_first->setIcon(playerIcon(PlayerIcon::Replay, color));
    m_back->setIcon(playerIcon(PlayerIcon::StepBack, color));
    m_forward->setIcon(playerIcon(PlayerIcon::StepForward, color));
}

void PlayerBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        onPlayingChanged(m_player->isPlaying());
    QWidget::changeEvent(event);
}

} // namespace slotscope::ui
