// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

class QWidget;

namespace slotscope::tests {

/// The texts that are cut off in what is visible of `root`, and what reaches over its parent's
/// edge, one to a line: labels, buttons, fields with a choice, tabs. What is shortened with an
/// ellipsis and tells the whole in its tooltip fits.
QString cutOff(QWidget* root);

} // namespace slotscope::tests
