// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/support/privatefile.h"

#include "core/support/savefile.h"

#include <QFileInfo>
#include <QRandomGenerator>

#include <cerrno>
#include <filesystem>
#include <system_error>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace slotscope::support {

using namespace Qt::StringLiterals;

namespace {

QString targetOf(const QString& name)
{
    const QFileInfo info(name);
    return info.isSymLink() ? info.symLinkTarget() : name;
}

} // namespace

PrivateFile::PrivateFile(const QString& name)
    : m_name(targetOf(name))
{ }

PrivateFile::~PrivateFile()
{
    if (m_file.isOpen())
        drop();
}

/// QFile::remove() leaves a file behind whose last bytes do not get to the disk.
void PrivateFile::drop()
{
    m_file.close();
    QFile::remove(m_file.fileName());
}

Error PrivateFile::error(const QString& why) const
{
    return { ErrorCode::FileError, m_name + u": "_s + why, {} };
}

Result<Done> PrivateFile::open()
{
    const QFileInfo info(m_name);
    if (info.isDir())
        return error(qt_error_string(EISDIR));
    // Renaming would not ask.
    if (info.exists() && !info.isWritable())
        return error(qt_error_string(EACCES));
    constexpr int mostAttempts = 8;
    for (int attempt = 1;; ++attempt) {
        const auto random = QRandomGenerator::global()->generate();
        m_file.setFileName(m_name + u'.' + QString::number(random, 36) + ending());
        if (m_file.open(QIODevice::WriteOnly | QIODevice::NewOnly, onlyOwner))
            return Done {};
        if (!m_file.exists() || attempt == mostAttempts)
            return error(m_file.errorString());
    }
}

void PrivateFile::write(const QByteArray& bytes)
{
    if (m_file.isOpen() && m_trouble.isEmpty() && !writeAll(m_file, bytes))
        m_trouble = m_file.errorString();
}

Result<Done> PrivateFile::commit(QFileDevice::Permissions permissions)
{
    if (!m_file.isOpen())
        return error(qt_error_string(EBADF));
    if (m_trouble.isEmpty() && !flushAll(m_file))
        m_trouble = m_file.errorString();
#ifdef Q_OS_UNIX
    // So that a crash of the computer does not leave an empty file under the name. Where that is
    // not supported it is not wanted.
    if (m_trouble.isEmpty())
        (void)::fsync(m_file.handle());
#endif
    if (m_trouble.isEmpty() && permissions != onlyOwner && !m_file.setPermissions(permissions))
        m_trouble = m_file.errorString();
    if (!m_trouble.isEmpty()) {
        drop();
        return error(m_trouble);
    }
    m_file.close();
    std::error_code failed;
    std::filesystem::rename(QFileInfo(m_file.fileName()).filesystemFilePath(),
        QFileInfo(m_name).filesystemFilePath(), failed);
    if (failed) {
        drop();
        return error(QString::fromLocal8Bit(failed.message()));
    }
    return Done {};
}

} // namespace slotscope::support
