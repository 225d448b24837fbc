// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QList>
#include <QString>

namespace slotscope::ui {

/// One line of what was pasted.
struct ScriptLine
{
    int number = 0; ///< from 1 on, in the whole text
    QString text;
    friend bool operator==(const ScriptLine&, const ScriptLine&) = default;
};

/// The lines that are to be run: neither empty ones nor comments (their first character is a #).
QList<ScriptLine> scriptLines(const QString& text);

} // namespace slotscope::ui
