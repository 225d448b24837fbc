// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/commandhistory.h"

#include "core/command/commandline.h"
#include "core/support/redact.h"
#include "core/support/savefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QSet>

namespace slotscope::ui {

namespace {

constexpr qsizetype mostLines = 1000;
constexpr qsizetype longestLine = 10'000;
constexpr qint64 mostBytes = 8 * 1024 * 1024; ///< of a file: a larger one is not ours
constexpr QFileDevice::Permissions ownersAlone = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

bool holdsSecret(const QString& line)
{
    const auto argv = command::splitLine(line);
    return !argv || support::redactCommand(*argv) != *argv;
}

} // namespace

bool CommandHistory::keep(const QString& line)
{
    if (line.trimmed().isEmpty() || line.size() > longestLine || holdsSecret(line)
        || (!m_lines.isEmpty() && m_lines.last() == line))
        return false;
    m_lines.append(line);
    if (m_lines.size() > mostLines)
        m_lines.removeFirst();
    return true;
}

void CommandHistory::setFile(const QString& file)
{
    m_file = file;
    load();
    m_position = m_lines.size();
}

void CommandHistory::load()
{
    QFile file(m_file);
    if (m_file.isEmpty() || !file.open(QIODevice::ReadOnly) || file.size() > mostBytes)
        return;
    const QStringList written = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    file.close();
    for (const QString& line : written)
        keep(line);
    // It grows by appending; now and then only what is kept of it is written anew.
    if (written.size() <= 2 * mostLines && QFile::permissions(m_file) == ownersAlone)
        return;
    QSaveFile shorter(m_file);
    if (!shorter.open(QIODevice::WriteOnly))
        return;
    shorter.setPermissions(ownersAlone);
    support::commit(shorter, m_lines.join(u'\n').toUtf8() + '\n');
}

void CommandHistory::append(const QString& line) const
{
    if (m_file.isEmpty() || line.contains(u'\n'))
        return;
    QDir().mkpath(QFileInfo(m_file).path());
    QFile file(m_file);
    if (file.open(QIODevice::WriteOnly | QIODevice::Append, ownersAlone))
        file.write(line.toUtf8() + '\n');
}

void CommandHistory::add(const QString& line)
{
    if (keep(line))
        append(line);
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

QStringList CommandHistory::find(const QString& text) const
{
    QStringList found;
    QSet<QString> seen;
    for (auto line = m_lines.crbegin(); line != m_lines.crend(); ++line) {
        if (!line->contains(text, Qt::CaseInsensitive) || seen.contains(*line))
            continue;
        seen.insert(*line);
        found.append(*line);
    }
    return found;
}

} // namespace slotscope::ui
