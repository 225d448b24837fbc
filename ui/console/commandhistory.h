// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringList>

namespace slotscope::ui {

/// The lines that were run, in memory only. A line that holds a secret (AUTH and its like) is
/// not kept, nor is the same line twice in a row.
class CommandHistory
{
public:
    void add(const QString& line);
    /// The line before the one shown now, or `current` when there is none. The first step back
    /// remembers `current`, the line being typed, for the way forward.
    QString back(const QString& current);
    QString forward(const QString& current);
    const QStringList& lines() const { return m_lines; }

private:
    QStringList m_lines;
    QString m_draft;
    qsizetype m_position = 0; ///< lines().size(): the draft
};

} // namespace slotscope::ui
