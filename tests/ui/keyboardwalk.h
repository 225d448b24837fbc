// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

class QWidget;

namespace slotscope::tests {

/// What a widget is to whoever cannot see it; empty: it has no name.
QString nameOf(QWidget* widget);
/// For the message of a failed test.
QString whatIs(const QWidget* widget);

/// Of what is visible in `root`: controls that take no focus by Tab, and whatever takes it and has
/// no name. One to a line.
QString unnamed(QWidget* root);

/// Presses Tab in the active window until it has gone around, and tells what it has not come to,
/// one to a line.
QString unreachedByTab(QWidget* window);

/// The letters with Alt, in what is visible of `window` and in each of its menus, that more than
/// one of them has, one to a line; shortcuts of the window with Alt count, too.
QString sharedLetters(QWidget* window);

} // namespace slotscope::tests
