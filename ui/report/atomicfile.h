// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

#include <cstddef>
#include <vector>

namespace slotscope::ui {

/// A file that is to be written.
struct FileContent
{
    QString name;
    QByteArray bytes;
};

/// Whether a file that is there may be replaced.
enum class Existing { Replace, Keep };

/// Several files that appear together, or not at all: everything is written beside its name and on
/// the disk before the first of them takes its name, and when a later one cannot, what took its
/// name is undone. A program that is killed in between may leave some of them, but no file that is
/// half-written. Errors are FileErrors that say which file and why.
class FileSet
{
public:
    FileSet();
    ~FileSet(); ///< what has not been published is gone
    Q_DISABLE_COPY_MOVE(FileSet)

    /// Looks at each name first: its folder, what is there, nothing twice. Then writes. With an
    /// error nothing is left of any of them.
    support::Result<support::Done> write(const QList<FileContent>& files, Existing existing);
    /// Once, after write(). With an error the files are what they were before.
    support::Result<support::Done> publish();

private:
    struct Entry;

    support::Result<support::Done> check(const QList<FileContent>& files);
    support::Result<support::Done> keepFormer(Entry& entry);
    support::Result<support::Done> stage(Entry& entry, const QByteArray& bytes);
    QStringList undo(std::size_t published);

    std::vector<Entry> m_entries;
    Existing m_existing = Existing::Replace;
};

/// All of them, or none: a FileSet, written and published.
support::Result<support::Done> writeFiles(
    const QList<FileContent>& files, Existing existing = Existing::Replace);

} // namespace slotscope::ui
