// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

namespace slotscope::tests {

/// What a program that has ended wrote.
struct ProgramOutput
{
    int exitCode = -1; ///< -1: it did not end in time, -2: it crashed
    QByteArray standard;
    QByteArray error;

    QJsonObject json() const { return QJsonDocument::fromJson(standard).object(); }
    /// For QVERIFY2.
    QByteArray told() const
    {
        return "exit status " + QByteArray::number(exitCode) + '\n' + standard + error;
    }
};

/// Without a display and a password, with `extra`.
inline QProcessEnvironment programEnvironment(const QHash<QString, QString>& extra)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : { "DISPLAY", "WAYLAND_DISPLAY", "SLOTSCOPE_PASSWORD" })
        environment.remove(QString::fromLatin1(name));
    for (auto entry = extra.constBegin(); entry != extra.constEnd(); ++entry)
        environment.insert(entry.key(), entry.value());
    return environment;
}

/// Runs it to its end while this process's event loop goes on, without a display, with `extra` in
/// its environment.
inline ProgramOutput runProgram(const QString& program, const QStringList& arguments,
    const QHash<QString, QString>& extra = {}, const QByteArray& input = {})
{
    QProcess process;
    process.setProcessEnvironment(programEnvironment(extra));
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 60'000))
        return {};
    const int exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2;
    return { exitCode, process.readAllStandardOutput(), process.readAllStandardError() };
}

} // namespace slotscope::tests
