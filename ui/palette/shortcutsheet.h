// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QDialog>

class QMenuBar;

namespace slotscope::ui {

/// One group of the sheet: where the keys are heard, and what each does.
struct ShortcutGroup
{
    struct Row
    {
        QStringList keys; ///< any of these, in the platform's words
        QString text;
    };
    QString title;
    QList<Row> rows;
};

/// The shortcuts of the menus, one group a menu, then the keys of the panels.
QList<ShortcutGroup> shortcutGroups(const QMenuBar* bar);

/// All keys on one sheet.
class ShortcutSheet final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ShortcutSheet)
public:
    explicit ShortcutSheet(const QList<ShortcutGroup>& groups, QWidget* parent = nullptr);
};

} // namespace slotscope::ui
