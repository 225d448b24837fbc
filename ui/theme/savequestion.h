// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace slotscope::ui {

/// What a dialog that asks for a file to write says.
struct SaveQuestion
{
    QString title;
    QString suggested; ///< a path or a name; its suffix is given to what is typed without one
    QString filter; ///< as QFileDialog has it: "Text (*.txt)"
};

/// Asks in a dialog that does not block, and calls `save` with the file that was chosen. About a
/// file that is there the user was asked, also where the platform's own dialog knows nothing of the
/// suffix. The dialog is a child of `parent`.
void askWhereToSave(
    QWidget* parent, const SaveQuestion& question, const std::function<void(const QString&)>& save);

/// `folder`, or the nearest one above it that exists: what a file dialog can begin in.
QString nearestFolder(const QString& folder);

/// Calls `replace` when the user wants what is there to be replaced; `sentence` says what.
void askToReplace(QWidget* parent, const QString& sentence, const std::function<void()>& replace);

} // namespace slotscope::ui
