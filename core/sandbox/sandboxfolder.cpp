// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/sandbox/sandboxfolder.h"

#include "core/explain/files.h"
#include "core/sandbox/manifest.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace slotscope::sandbox {

using namespace Qt::StringLiterals;
using support::Error;
using support::ErrorCode;
using support::Result;

namespace {

// A folder without a lock that is younger than this may be one that is being made just now.
constexpr qint64 infancySeconds = 60;

const QString namePrefix = u"slotscope-sandbox-"_s;

QString lockFile(const QString& folder)
{
    return folder + u"/lock"_s;
}

bool isOwnPrivateFolder(const QString& folder)
{
    struct stat status = {};
    return ::lstat(QFile::encodeName(folder).constData(), &status) == 0 && S_ISDIR(status.st_mode)
        && status.st_uid == ::geteuid() && (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

/// The lock's descriptor, or -1 when somebody holds it or the folder is no sandbox's.
int takeLock(const QString& folder)
{
    const QByteArray name = QFile::encodeName(lockFile(folder));
    int lock = ::open(name.constData(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (lock < 0 && errno == ENOENT) {
        // Somebody was killed between making the folder and making the lock.
        const QDateTime born = QFileInfo(folder).lastModified();
        if (born.secsTo(QDateTime::currentDateTime()) >= infancySeconds)
            lock = ::open(name.constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    }
    if (lock < 0)
        return -1;
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        ::close(lock);
        return -1;
    }
    return lock;
}

} // namespace

Result<std::unique_ptr<SandboxFolder>> SandboxFolder::create()
{
    // Qt takes / where it does not exist.
    const QString wanted = qEnvironmentVariable("TMPDIR");
    if (!wanted.isEmpty() && !QFileInfo(wanted).isDir())
        return support::fileError(wanted, explain::noTemporaryFolder());
    QTemporaryDir folder(QDir::tempPath() + u'/' + namePrefix + u"XXXXXX"_s);
    if (!folder.isValid())
        return Error { ErrorCode::FileError, folder.errorString(), {} };
    // CONFIG GET dir answers without symbolic links.
    const QString path = QFileInfo(folder.path()).canonicalFilePath();
    const int lock = ::open(
        QFile::encodeName(lockFile(path)).constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (lock < 0 || ::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        const Error error
            = support::fileError(lockFile(path), QString::fromLocal8Bit(std::strerror(errno)));
        if (lock >= 0)
            ::close(lock);
        return error;
    }
    folder.setAutoRemove(false);
    return std::unique_ptr<SandboxFolder>(new SandboxFolder(path, lock));
}

SandboxFolder::SandboxFolder(QString path, int lock)
    : m_path(std::move(path))
    , m_lock(lock)
{ }

SandboxFolder::~SandboxFolder()
{
    ::close(m_lock);
}

QString SandboxFolder::manifestFile(const QString& folder)
{
    return folder + u"/manifest.json"_s;
}

QStringList SandboxFolder::all()
{
    const QDir temporary(QDir::tempPath());
    QStringList folders;
    const QStringList names
        = temporary.entryList({ namePrefix + u'*' }, QDir::Dirs | QDir::NoSymLinks);
    for (const QString& name : names)
        folders.append(QFileInfo(temporary.filePath(name)).canonicalFilePath());
    return folders;
}

QList<qint64> serversIn(const QString& folder)
{
    const Result<Manifest> manifest = Manifest::read(SandboxFolder::manifestFile(folder));
    QList<qint64> servers;
    if (!manifest)
        return servers;
    for (const ManifestNode& node : manifest->nodes) {
        const QByteArray link = "/proc/" + QByteArray::number(node.pid) + "/cwd";
        QByteArray target(4096, Qt::Uninitialized);
        const ssize_t length
            = ::readlink(link.constData(), target.data(), static_cast<size_t>(target.size()));
        if (length <= 0)
            continue;
        target.truncate(length);
        if (QFile::decodeName(target) == node.directory)
            servers.append(node.pid);
    }
    return servers;
}

bool removeIfLeftOver(const QString& folder)
{
    if (!isOwnPrivateFolder(folder))
        return false;
    const int lock = takeLock(folder);
    if (lock < 0)
        return false;
    constexpr int attempts = 200;
    for (int i = 0; i < attempts; ++i) {
        const QList<qint64> servers = serversIn(folder);
        if (servers.isEmpty())
            break;
        for (const qint64 pid : servers)
            ::kill(static_cast<pid_t>(pid), SIGKILL);
        ::usleep(10'000);
    }
    const bool removed = QDir(folder).removeRecursively();
    ::close(lock);
    return removed;
}

} // namespace slotscope::sandbox
