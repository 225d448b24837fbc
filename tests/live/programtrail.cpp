// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/live/programtrail.h"

#include "core/capture/blockfile.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>

#include <algorithm>
#include <utility>

namespace slotscope::tests {

using namespace Qt::StringLiterals;

namespace {

QByteArray contentOf(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QList<qint64> childrenOf(qint64 pid)
{
    QList<qint64> children;
    const QString tasks = u"/proc/%1/task"_s.arg(pid);
    for (const QString& task : QDir(tasks).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        for (const QByteArray& child :
            contentOf(tasks + u'/' + task + u"/children"_s).simplified().split(' ')) {
            if (!child.isEmpty())
                children.append(child.toLongLong());
        }
    }
    return children;
}

} // namespace

ProgramTrail::ProgramTrail(QString folder)
    : m_folder(std::move(folder))
{ }

void ProgramTrail::add(const QString& what, const QByteArray& bytes)
{
    const bool isNew = std::none_of(m_seen.begin(), m_seen.end(),
        [&](const Seen& seen) { return seen.what == what && seen.bytes == bytes; });
    if (isNew)
        m_seen.append({ what, bytes });
}

void ProgramTrail::addProcess(qint64 pid, bool withEnvironment)
{
    const QByteArray arguments = contentOf(u"/proc/%1/cmdline"_s.arg(pid));
    const QString name = QString::fromLocal8Bit(arguments.left(arguments.indexOf('\0')));
    add(u"the arguments of "_s + name, arguments);
    if (withEnvironment)
        add(u"the environment of "_s + name, contentOf(u"/proc/%1/environ"_s.arg(pid)));
}

void ProgramTrail::addChildrenOf(qint64 pid)
{
    for (const qint64 child : childrenOf(pid)) {
        // Between fork and exec it is the program itself still.
        const QString image = u"/proc/%1/exe"_s;
        const bool isCopy
            = QFile::symLinkTarget(image.arg(child)) == QFile::symLinkTarget(image.arg(pid))
            && contentOf(u"/proc/%1/cmdline"_s.arg(child))
                == contentOf(u"/proc/%1/cmdline"_s.arg(pid));
        addProcess(child, !isCopy);
        addChildrenOf(child);
    }
}

ProgramOutput ProgramTrail::run(const QString& program, const Call& call)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : { "DISPLAY", "WAYLAND_DISPLAY", "SLOTSCOPE_PASSWORD" })
        environment.remove(QString::fromLatin1(name));
    environment.insert(u"QT_LOGGING_RULES"_s, u"*=true"_s);
    environment.insert(u"QT_FORCE_STDERR_LOGGING"_s, u"1"_s);
    for (auto entry = call.environment.begin(); entry != call.environment.end(); ++entry)
        environment.insert(entry.key(), entry.value());
    process.setProcessEnvironment(environment);
    process.start(program, call.arguments);
    process.write(call.input);
    process.closeWriteChannel();
    if (!process.waitForStarted())
        return {};
    QElapsedTimer time;
    time.start();
    while (!process.waitForFinished(3) && time.elapsed() < 60'000) {
        addProcess(process.processId(), !call.environmentHasSecret);
        addChildrenOf(process.processId());
        if (call.during)
            call.during(process);
    }
    if (process.state() != QProcess::NotRunning) {
        process.kill();
        process.waitForFinished();
        return {};
    }
    const int exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2;
    const ProgramOutput output { exitCode, process.readAllStandardOutput(),
        process.readAllStandardError() };
    const QString what = u" of "_s + program + u' ' + call.arguments.join(u' ');
    add(u"standard output"_s + what, output.standard);
    add(u"standard error"_s + what, output.error);
    return output;
}

namespace {

/// What the blocks of a capture or recording hold; of other files nothing.
QByteArray unpacked(const QString& name)
{
    const auto file = capture::BlockFile::open(name);
    QByteArray all;
    for (qsizetype i = 0; file && i < file->blocks().size(); ++i) {
        if (const auto raw = file->read(i))
            all += *raw + '\n';
    }
    return all;
}

} // namespace

void ProgramTrail::look(const Seen& seen, QStringList* leaks) const
{
    for (const QByteArray& secret : m_secrets) {
        const QString text = QString::fromUtf8(secret);
        const QByteArray wide(
            reinterpret_cast<const char*>(text.utf16()), text.size() * qsizetype(sizeof(char16_t)));
        for (const QByteArray& form :
            { secret, secret.toPercentEncoding(), secret.toBase64(), wide }) {
            if (seen.bytes.contains(form)) {
                leaks->append(u"%1 in %2"_s.arg(text, seen.what));
                break;
            }
        }
    }
}

QStringList ProgramTrail::seen() const
{
    QStringList seen;
    for (const Seen& one : m_seen)
        seen.append(one.what);
    return seen;
}

QStringList ProgramTrail::leaks() const
{
    QStringList leaks;
    for (const Seen& seen : m_seen)
        look(seen, &leaks);
    QDirIterator files(m_folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString name = files.next();
        look({ name, contentOf(name) }, &leaks);
        look({ name + u", unpacked"_s, unpacked(name) }, &leaks);
    }
    leaks.removeDuplicates();
    return leaks;
}

} // namespace slotscope::tests
