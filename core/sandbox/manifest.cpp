// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/sandbox/manifest.h"

#include "core/explain/sandboxes.h"
#include "core/support/privatefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <sys/stat.h>
#include <unistd.h>

namespace slotscope::sandbox {

using namespace Qt::StringLiterals;
using support::Done;
using support::Error;
using support::ErrorCode;
using support::fileError;
using support::Result;

namespace {

constexpr int formatVersion = 1;
constexpr qint64 largestFile = 1024 * 1024;

Error notOurs(const QString& file, const QString& reason)
{
    return { ErrorCode::NotOurSandbox, file + u": "_s + reason, {} };
}

/// Whether `path` is of `kind` (S_IFREG, S_IFDIR), belongs to this user, and nobody else may touch
/// it. Of an open file: what is checked must be what is read.
bool isPrivate(const struct stat& status, mode_t kind)
{
    return (status.st_mode & S_IFMT) == kind && status.st_uid == ::geteuid()
        && (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

bool isPrivateFolder(const QString& path)
{
    struct stat status = {};
    return ::lstat(QFile::encodeName(path).constData(), &status) == 0 && isPrivate(status, S_IFDIR);
}

std::optional<ManifestNode> nodeFromJson(const QJsonObject& object, const QString& folder)
{
    ManifestNode node;
    node.id = cluster::NodeId(object.value("id"_L1).toString().toLatin1());
    const int port = object.value("port"_L1).toInt();
    node.port = static_cast<quint16>(port);
    node.directory = object.value("directory"_L1).toString();
    node.pid = object.value("pid"_L1).toInteger();
    const bool inside = QDir::isAbsolutePath(node.directory)
        && QDir::cleanPath(node.directory).startsWith(folder + u'/');
    if (node.id.isNull() || port <= 0 || port > 65535 || !inside || node.pid <= 1)
        return std::nullopt;
    return node;
}

} // namespace

const ManifestNode* Manifest::nodeById(const cluster::NodeId& id) const
{
    const auto found = std::find_if(
        nodes.begin(), nodes.end(), [&id](const ManifestNode& node) { return node.id == id; });
    return found == nodes.end() ? nullptr : &*found;
}

Result<Done> Manifest::write(const QString& file) const
{
    QJsonArray entries;
    for (const ManifestNode& node : nodes) {
        entries.append(QJsonObject { { u"id"_s, node.id.toString() }, { u"port"_s, node.port },
            { u"directory"_s, node.directory }, { u"pid"_s, node.pid } });
    }
    const QJsonObject root { { u"version"_s, formatVersion }, { u"folder"_s, folder },
        { u"supervisor_pid"_s, supervisorPid }, { u"nodes"_s, entries } };
    support::PrivateFile out(file);
    if (Result<Done> opened = out.open(); !opened)
        return opened;
    out.write(QJsonDocument(root).toJson());
    return out.commit();
}

Result<Manifest> Manifest::read(const QString& fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return notOurs(fileName, file.errorString());
    struct stat status = {};
    if (::fstat(file.handle(), &status) != 0 || !isPrivate(status, S_IFREG))
        return notOurs(fileName, explain::manifestIsNotPrivate());

    const QJsonObject root = QJsonDocument::fromJson(file.read(largestFile)).object();
    if (root.value("version"_L1).toInt() != formatVersion)
        return notOurs(fileName, explain::notAManifest());
    Manifest manifest;
    manifest.folder = root.value("folder"_L1).toString();
    manifest.supervisorPid = root.value("supervisor_pid"_L1).toInteger();
    const QString own = QFileInfo(fileName).canonicalPath();
    if (manifest.folder.isEmpty() || own != QFileInfo(manifest.folder).canonicalFilePath())
        return notOurs(fileName, explain::manifestIsElsewhere());
    if (!isPrivateFolder(own))
        return notOurs(fileName, explain::folderIsNotPrivate());

    const QJsonArray entries = root.value("nodes"_L1).toArray();
    for (const QJsonValue& entry : entries) {
        const std::optional<ManifestNode> node = nodeFromJson(entry.toObject(), manifest.folder);
        if (!node)
            return notOurs(fileName, explain::manifestNodeIsBad());
        manifest.nodes.append(*node);
    }
    if (manifest.nodes.isEmpty())
        return notOurs(fileName, explain::manifestIsEmpty());
    return manifest;
}

} // namespace slotscope::sandbox
