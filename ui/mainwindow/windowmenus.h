// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <functional>

class QMenu;
class QWidget;
class QMenuBar;

namespace slotscope::ui {

class CaptureActions;
class StoryPlayer;

/// What the menus of a window reach. Pointers outlive the menu bar's window together with it.
struct MenuParts
{
    QWidget* window = nullptr; ///< context of the functions
    CaptureActions* captures = nullptr;
    StoryPlayer* player = nullptr;
    QMenu* profiles = nullptr;
    QMenu* themes = nullptr;
    QMenu* sandbox = nullptr;
    std::function<void()> goToEndpoint;
    std::function<void()> goToCommand;
    std::function<void()> refresh;
    std::function<void()> saveCapture;
};

void fillMenus(QMenuBar* bar, const MenuParts& parts);

} // namespace slotscope::ui
