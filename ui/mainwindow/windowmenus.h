// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <functional>

class QAction;
class QMenu;
class QMenuBar;
class QWidget;

namespace slotscope::ui {

class CaptureActions;
class ComparisonActions;
class ConnectionTabs;
class ViewPictures;

/// What the menus of a window reach. Pointers outlive the menu bar's window together with it.
struct MenuParts
{
    QWidget* window = nullptr; ///< context of the functions
    CaptureActions* captures = nullptr;
    ComparisonActions* comparisons = nullptr;
    ViewPictures* pictures = nullptr;
    QMenu* profiles = nullptr;
    QMenu* themes = nullptr;
    QMenu* sizes = nullptr;
    QMenu* metrics = nullptr;
    QMenu* recording = nullptr;
    QMenu* sandbox = nullptr;
    QAction* reducedMotion = nullptr;
    ConnectionTabs* tabs = nullptr;
    std::function<void()> newWindow;
    std::function<void()> goToPlace;
    std::function<void()> openPalette;
    std::function<void()> showShortcuts;
};

/// Actions on a cluster reach the current tab, and do nothing where none is shown.
void fillMenus(QMenuBar* bar, const MenuParts& parts);

} // namespace slotscope::ui
