// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringList>

namespace slotscope::ui {

/// The lines that were run, the newest thousand of them. A line that holds a secret (AUTH and its
/// like) is not kept, nor one that nobody can split, nor the same line twice in a row.
class CommandHistory
{
public:
    /// Takes over what the file holds, and writes each new line behind it. The file is made
    /// readable for its owner alone; one that cannot be written changes nothing here.
    void setFile(const QString& file);

    void add(const QString& line);
    /// The line before the one shown now, or `current` when there is none. The first step back
    /// remembers `current`, the line being typed, for the way forward.
    QString back(const QString& current);
    QString forward(const QString& current);
    /// The lines that contain `text` in upper or lower case, newest first, each once.
    QStringList find(const QString& text) const;
    const QStringList& lines() const { return m_lines; }

private:
    bool keep(const QString& line);
    void load();
    void append(const QString& line) const;

    QString m_file;
    QStringList m_lines;
    QString m_draft;
    qsizetype m_position = 0; ///< lines().size(): the draft
};

} // namespace slotscope::ui
