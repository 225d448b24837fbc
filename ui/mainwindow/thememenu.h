// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QMenu>

class QActionGroup;

namespace slotscope::ui {

/// Light, dark, or as the system: sets the application's palette.
class ThemeMenu final : public QMenu
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ThemeMenu)
public:
    enum Choice { System, Light, Dark };

    explicit ThemeMenu(QWidget* parent = nullptr);

    void setChoice(Choice choice);
    /// It was made in another window: only the mark moves.
    void markChoice(Choice choice);
    Choice choice() const { return m_choice; }
    /// The system's colours changed.
    void systemChanged();

    static QString nameOf(Choice choice); ///< "system", "light", "dark": as settings hold it
    static Choice choiceOf(const QString& name);

Q_SIGNALS:
    void choiceChanged(slotscope::ui::ThemeMenu::Choice choice);

private:
    void apply();

    Choice m_choice = System;
    QActionGroup* m_group = nullptr;
};

} // namespace slotscope::ui
