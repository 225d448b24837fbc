// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QWidget>

class QComboBox;
class QLabel;
class QSlider;
class QToolButton;

namespace slotscope::ui {

class StoryPlayer;

/// The strip under the picture: buttons, a slider, "step 2 of 4" and what happens in this step, in
/// words. Shows and moves a player that someone else owns and that must outlive it.
class PlayerBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PlayerBar)
public:
    explicit PlayerBar(StoryPlayer* player, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void onStoryChanged();
    void onFrameChanged();
    void onPlayingChanged(bool playing);

    StoryPlayer* m_player = nullptr;
    QToolButton* m_first = nullptr;
    QToolButton* m_back = nullptr;
    QToolButton* m_play = nullptr;
    QToolButton* m_forward = nullptr;
    QSlider* m_slider = nullptr;
    QLabel* m_step = nullptr;
    QLabel* m_time = nullptr;
    QLabel* m_caption = nullptr;
    QComboBox* m_speed = nullptr;
};

} // namespace slotscope::ui
