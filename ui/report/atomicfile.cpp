// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/atomicfile.h"

#include "core/support/savefile.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>
#include <QSet>
#include <QTemporaryFile>

#include <filesystem>
#include <memory>
#include <system_error>

namespace slotscope::ui {
using namespace Qt::StringLiterals;
using support::Done;
using support::Error;
using support::Result;

namespace {

// The translation context.
struct FileTexts
{
    Q_DECLARE_TR_FUNCTIONS(FileTexts)
};

Error failure(const QString& name, const QString& why)
{
    return { support::ErrorCode::FileError, name + u": "_s + why, {} };
}

std::filesystem::path pathOf(const QString& name)
{
    return QFileInfo(name).filesystemFilePath();
}

/// Where the links of `name` lead: what is replaced is the file, not the link to it.
QString behindLinks(const QString& name)
{
    constexpr int most = 40;
    QFileInfo info(name);
    for (int i = 0; i < most && info.isSymLink(); ++i)
        info.setFile(info.symLinkTarget());
    return info.absoluteFilePath();
}

/// A name beside `name` that nobody has.
QString nameBeside(const QString& name)
{
    QTemporaryFile unused(name + u".XXXXXX"_s);
    return unused.open() ? unused.fileName() : QString();
}

/// `to` becomes the same file, or where the disk knows no hard links a copy of it.
std::error_code link(const QString& from, const QString& to)
{
    std::error_code error;
    std::filesystem::create_hard_link(pathOf(from), pathOf(to), error);
    if (error)
        std::filesystem::copy_file(pathOf(from), pathOf(to), error);
    return error;
}

} // namespace

struct FileSet::Entry
{
    QString name; ///< as it was asked for
    QString target; ///< behind links, absolute
    QString former; ///< what was there, kept under this name until all is done; empty: nothing was
    std::unique_ptr<QSaveFile> file;
};

FileSet::FileSet() = default;

FileSet::~FileSet()
{
    for (const Entry& entry : m_entries) {
        if (!entry.former.isEmpty())
            QFile::remove(entry.former);
    }
}

Result<Done> FileSet::check(const QList<FileContent>& files)
{
    QSet<QString> names;
    for (const FileContent& content : files) {
        Entry entry;
        entry.name = content.name;
        entry.target = behindLinks(content.name);
        const QFileInfo target(entry.target);
        const QFileInfo folder(target.absolutePath());
        if (!folder.isDir())
            return failure(content.name, FileTexts::tr("there is no such folder"));
        if (target.isDir())
            return failure(content.name, FileTexts::tr("is a folder"));
        if (target.exists() && !target.isFile())
            return failure(content.name, FileTexts::tr("is not an ordinary file"));
        if (m_existing == Existing::Keep
            && (target.exists() || QFileInfo(content.name).isSymLink()))
            return failure(content.name, FileTexts::tr("is there already"));
        if (names.contains(entry.target))
            return failure(content.name, FileTexts::tr("would be written twice"));
        names.insert(entry.target);
        m_entries.push_back(std::move(entry));
    }
    return Done {};
}

Result<Done> FileSet::stage(Entry& entry, const QByteArray& bytes)
{
    entry.file = std::make_unique<QSaveFile>(entry.target);
    // flush(): a full disk shows itself before the first file has its name.
    if (entry.file->open(QIODevice::WriteOnly) && support::writeAll(*entry.file, bytes)
        && support::flushAll(*entry.file)) {
        return Done {};
    }
    return failure(entry.name, entry.file->errorString());
}

Result<Done> FileSet::keepFormer(Entry& entry)
{
    if (!QFileInfo::exists(entry.target))
        return Done {};
    const QString former = nameBeside(entry.target);
    const std::error_code error
        = former.isEmpty() ? std::make_error_code(std::errc::io_error) : link(entry.target, former);
    if (error)
        return failure(entry.name, QString::fromStdString(error.message()));
    entry.former = former;
    return Done {};
}

Result<Done> FileSet::write(const QList<FileContent>& files, Existing existing)
{
    m_existing = existing;
    Result<Done> done = check(files);
    for (std::size_t i = 0; done && i < m_entries.size(); ++i)
        done = stage(m_entries.at(i), files.at(static_cast<qsizetype>(i)).bytes);
    if (!done)
        m_entries.clear(); // and with them what was written
    return done;
}

/// Gives the names that could not be put back.
QStringList FileSet::undo(std::size_t published)
{
    QStringList lost;
    for (std::size_t i = published; i > 0; --i) {
        Entry& entry = m_entries.at(i - 1);
        std::error_code error;
        if (entry.former.isEmpty()) {
            std::filesystem::remove(pathOf(entry.target), error);
        } else {
            std::filesystem::rename(pathOf(entry.former), pathOf(entry.target), error);
            entry.former.clear(); // if that failed it is all that is left of it
        }
        if (error)
            lost.append(entry.name);
    }
    return lost;
}

Result<Done> FileSet::publish()
{
    // A single file is replaced at once, or is not.
    Result<Done> done = Done {};
    for (std::size_t i = 0; done && m_entries.size() > 1 && i < m_entries.size(); ++i)
        done = keepFormer(m_entries.at(i));
    std::size_t published = 0;
    while (done && published < m_entries.size()) {
        Entry& entry = m_entries.at(published);
        if (m_existing == Existing::Keep && QFileInfo::exists(entry.target))
            done = failure(entry.name, FileTexts::tr("is there already"));
        else if (!entry.file->commit())
            done = failure(entry.name, entry.file->errorString());
        else
            ++published;
    }
    if (done)
        return done;
    Error error = done.error();
    if (const QStringList lost = undo(published); !lost.isEmpty())
        error.detail += u"; "_s
            + FileTexts::tr("what was there before could not be put back: %1")
                  .arg(lost.join(u", "_s));
    return error;
}

Result<Done> writeFiles(const QList<FileContent>& files, Existing existing)
{
    FileSet set;
    if (Result<Done> written = set.write(files, existing); !written)
        return written;
    return set.publish();
}

} // namespace slotscope::ui
