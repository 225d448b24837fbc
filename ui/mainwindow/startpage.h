// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QWidget>

namespace slotscope::ui {

/// What stands in the middle before anything is open.
class StartPage final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StartPage)
public:
    explicit StartPage(QWidget* parent = nullptr);

Q_SIGNALS:
    void sandboxRequested();
    void captureRequested();
};

} // namespace slotscope::ui
