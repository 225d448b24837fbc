// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/abandoned.h"

#include "core/capture/history.h"
#include "core/capture/recordingfile.h"
#include "core/support/privatefile.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace slotscope::capture {

using namespace Qt::StringLiterals;

namespace {

/// An empty file beside the recording.
QString offeredName(const QString& recording)
{
    return recording + u".offered"_s;
}

QString tailName(const QString& recording)
{
    return recording + u".tail"_s;
}

QDateTime lastWritten(const QString& recording)
{
    const QDateTime tail = QFileInfo(tailName(recording)).lastModified();
    const QDateTime file = QFileInfo(recording).lastModified();
    return std::max(tail, file);
}

qint64 bytesOf(const QString& recording)
{
    return QFileInfo(recording).size() + QFileInfo(tailName(recording)).size();
}

bool hasNothing(const QString& recording)
{
    const auto history = History::open(recording);
    return history && !history->from().isValid();
}

/// What is left of a recording that is gone, or was being made shorter when its program was killed.
void removeParts(const QDir& folder, const QDateTime& now)
{
    constexpr qint64 longEnough = 3600;
    const QString part = support::PrivateFile::ending();
    const QStringList endings { u".tail"_s, u".offered"_s, u".lock"_s, part };
    for (const QString& ending : endings) {
        for (const QString& name : folder.entryList({ u"*.slotscope*"_s + ending }, QDir::Files)) {
            const QString file = folder.filePath(name);
            const bool isAlone = ending == part || !QFile::exists(file.chopped(ending.size()));
            if (isAlone && QFileInfo(file).lastModified().secsTo(now) > longEnough)
                QFile::remove(file);
        }
    }
}

} // namespace

QString recordingsFolder()
{
    QString base = qEnvironmentVariable("XDG_STATE_HOME");
    if (!QDir::isAbsolutePath(base))
        base = QDir::homePath() + u"/.local/state"_s;
    return base + u"/slotscope/recordings"_s;
}

QStringList abandonedRecordings(const QString& folder)
{
    QStringList files;
    const QDir dir(folder);
    for (const QString& name : dir.entryList({ u"*.slotscope.tail"_s }, QDir::Files, QDir::Name)) {
        const QString file = dir.filePath(name.chopped(5));
        if (QFile::exists(file) && !RecordingFile::isInUse(file))
            files.append(file);
    }
    return files;
}

void setOffered(const QString& recording)
{
    QFile mark(offeredName(recording));
    (void)mark.open(QIODevice::WriteOnly, support::PrivateFile::onlyOwner);
}

void discardRecording(const QString& recording)
{
    if (RecordingFile::isInUse(recording))
        return;
    // The tail says that it is a recording: it goes last, so that nothing is left without it.
    for (const QString& file :
        QStringList { offeredName(recording), recording, tailName(recording) })
        QFile::remove(file);
}

void tidyRecordings(const QString& folder, const AbandonedLimits& limits, const QDateTime& now)
{
    struct Kept
    {
        QString file;
        QDateTime at;
        qint64 bytes;
    };
    QList<Kept> kept;
    qint64 total = 0;
    for (const QString& file : abandonedRecordings(folder)) {
        if (!QFile::exists(offeredName(file))) {
            if (hasNothing(file))
                discardRecording(file);
            continue;
        }
        const Kept one { file, lastWritten(file), bytesOf(file) };
        if (one.at < now.addSecs(-std::chrono::seconds(limits.age).count())) {
            discardRecording(file);
            continue;
        }
        kept.append(one);
        total += one.bytes;
    }
    std::sort(kept.begin(), kept.end(), [](const Kept& a, const Kept& b) { return a.at < b.at; });
    for (const Kept& one : std::as_const(kept)) {
        if (total <= limits.bytes)
            break;
        discardRecording(one.file);
        total -= one.bytes;
    }
    removeParts(QDir(folder), now);
}

} // namespace slotscope::capture
