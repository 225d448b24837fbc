// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QMenu>

class QActionGroup;

namespace slotscope::ui {

/// How large everything is, text and pictures alike, on top of what the screen asks for. Qt takes
/// such a factor only at the start of a program, so a choice is for the next one.
class SizeMenu final : public QMenu
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SizeMenu)
public:
    explicit SizeMenu(QWidget* parent = nullptr);

    void setPercent(int percent);

    /// Before the application exists: makes it as large as these settings say, unless the
    /// environment (QT_SCALE_FACTOR) already does.
    static void apply(const QString& settingsFile);
    /// The key of the settings; its value is a number of per cent.
    static QString settingsKey();

Q_SIGNALS:
    void percentChosen(int percent);

private:
    QActionGroup* m_group = nullptr;
};

} // namespace slotscope::ui
