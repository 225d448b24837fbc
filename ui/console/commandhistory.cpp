// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/commandhistory.h"

#include "core/command/commandline.h"
#include "core/support/redact.h"

namespace slotscope::ui {

namespace {

constexpr qsizetype mostLines = 500;

bool holdsSecret(const QString& line)
{
    const auto argv = command::splitLine(line);
    return !argv || support::redactCommand(*argv) != *argv;
}

} // namespace

void CommandHistory::add(const QString& line)
{
    if (!line.trimmed().isEmpty() && !holdsSecret(line)
        && (m_lines.isEmpty() || m_lines.last() != line)) {
        m_lines.append(line);
        if (m_lines.size() > mostLines)
            m_lines.removeFirst();
    }
    m_draft.clear();
    m_position = m_lines.size();
}

QString CommandHistory::back(const QString& current)
{
    if (m_position == 0)
        return current;
    if (m_position == m_lines.size())
        m_draft = current;
    return m_lines.at(--m_position);
}

QString CommandHistory::forward(const QString& current)
{
    if (m_position >= m_lines.size())
        return current;
    ++m_position;
    return m_position == m_lines.size() ? m_draft : m_lines.at(m_position);
}

} // namespace slotscope::ui
