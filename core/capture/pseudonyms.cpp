// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/pseudonyms.h"

#include "core/explain/files.h"
#include "core/support/privatefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>
#include <QStandardPaths>

namespace slotscope::capture {

using namespace Qt::StringLiterals;
using support::Done;
using support::Error;
using support::ErrorCode;
using support::fileError;
using support::Result;

namespace {

constexpr qint64 largestFile = 64 * 1024 * 1024;
/// Those after it are new in each report: a batch may name millions of keys.
constexpr qsizetype mostKept = 100'000;
constexpr qsizetype saltBytes = 32;
constexpr qsizetype digestBytes = 16;
constexpr int lockPatienceMs = 3000;

constexpr std::array<QLatin1StringView, nameKindCount> words { "host"_L1, "ip"_L1, "node"_L1,
    "id"_L1, "key"_L1, "value"_L1, "user"_L1, "cluster"_L1 };

Error damaged(const QString& file, const QString& reason)
{
    return { ErrorCode::FileDamaged, file + u": "_s + reason, {} };
}

Result<Done> makeFolderOf(const QString& file)
{
    const QString folder = QFileInfo(file).absolutePath();
    if (QDir(folder).exists() || QDir().mkpath(folder))
        return Done {};
    return fileError(folder, explain::folderCannotBeMade());
}

} // namespace

Pseudonyms::Pseudonyms()
    : m_salt(saltBytes, Qt::Uninitialized)
{
    std::array<quint32, saltBytes / sizeof(quint32)> words32 {};
    QRandomGenerator::system()->fillRange(words32.data(), qsizetype(words32.size()));
    std::memcpy(m_salt.data(), words32.data(), saltBytes);
}

QByteArray Pseudonyms::digestOf(NameKind kind, const QByteArray& name) const
{
    const QLatin1StringView word = words.at(std::size_t(kind));
    QMessageAuthenticationCode code(QCryptographicHash::Sha256, m_salt);
    code.addData(word.data(), word.size());
    code.addData(QByteArray(1, '\0'));
    code.addData(name);
    return code.result().left(digestBytes);
}

QString Pseudonyms::of(NameKind kind, const QByteArray& name)
{
    Numbers& numbers = m_numbers.at(std::size_t(kind));
    qsizetype& number = numbers.byName[name];
    if (number == 0 && kind == NameKind::Value)
        number = numbers.byName.size();
    if (number == 0) {
        const QByteArray digest = digestOf(kind, name);
        qsizetype& kept = numbers.byDigest[digest];
        if (kept == 0) {
            numbers.digests.append(digest);
            kept = numbers.digests.size();
        }
        number = kept;
    }
    return words.at(std::size_t(kind)) % u'-'
        % QString::number(number, kind == NameKind::Node ? 16 : 10);
}

Result<Pseudonyms> Pseudonyms::load(const QString& fileName)
{
    QFile file(fileName);
    if (!file.exists())
        return Pseudonyms();
    if (!file.open(QIODevice::ReadOnly))
        return fileError(fileName, file.errorString());
    const QJsonObject root = QJsonDocument::fromJson(file.read(largestFile)).object();
    if (file.error() != QFileDevice::NoError)
        return fileError(fileName, file.errorString());
    if (root.value("slotscope_pseudonyms"_L1).toInt() != 1)
        return damaged(fileName, explain::noPseudonyms());
    Pseudonyms result;
    result.m_salt = QByteArray::fromHex(root.value("salt"_L1).toString().toLatin1());
    if (result.m_salt.size() != saltBytes)
        return damaged(fileName, u"salt"_s);
    for (std::size_t kind = 0; kind < words.size(); ++kind) {
        Numbers& numbers = result.m_numbers.at(kind);
        for (const auto& value : root.value(words.at(kind)).toArray()) {
            const QByteArray digest = QByteArray::fromHex(value.toString().toLatin1());
            if (digest.size() != digestBytes || numbers.byDigest.contains(digest))
                return damaged(fileName, words.at(kind));
            numbers.digests.append(digest);
            numbers.byDigest.insert(digest, numbers.digests.size());
        }
    }
    return result;
}

Result<Done> Pseudonyms::save(const QString& fileName) const
{
    QJsonObject root { { u"slotscope_pseudonyms"_s, 1 },
        { u"salt"_s, QString::fromLatin1(m_salt.toHex()) } };
    for (std::size_t kind = 0; kind < words.size(); ++kind) {
        QJsonArray digests;
        const QList<QByteArray>& all = m_numbers.at(kind).digests;
        for (const QByteArray& digest : all.first(std::min(all.size(), mostKept)))
            digests.append(QString::fromLatin1(digest.toHex()));
        if (!digests.isEmpty())
            root.insert(words.at(kind), digests);
    }
    if (Result<Done> made = makeFolderOf(fileName); !made)
        return made;
    support::PrivateFile file(fileName);
    if (Result<Done> opened = file.open(); !opened)
        return opened;
    file.write(QJsonDocument(root).toJson(QJsonDocument::Compact));
    return file.commit();
}

Result<Done> Pseudonyms::withKept(const QString& file, const std::function<void(Pseudonyms*)>& use)
{
    if (Result<Done> made = makeFolderOf(file); !made)
        return made;
    QLockFile lock(file + u".lock"_s);
    if (!lock.tryLock(lockPatienceMs))
        return fileError(file, explain::inUseByOthers());
    Result<Pseudonyms> kept = load(file);
    if (!kept)
        return kept.error();
    use(&*kept);
    return kept->save(file);
}

QString Pseudonyms::defaultFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + u"/slotscope/pseudonyms.json"_s;
}

} // namespace slotscope::capture
