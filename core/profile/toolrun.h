// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/support/result.h"

#include <QObject>
#include <QProcessEnvironment>
#include <QStringList>

#include <chrono>

class QProcess;

namespace slotscope::profile {

/// A program that prints something for us: a password, credentials. No shell reads its arguments,
/// its standard input is empty and it has no terminal; what it prints is bounded and never logged.
struct Tool
{
    QString program; ///< looked for in PATH when it has no slash
    QStringList arguments;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    /// Then it is ended; it may ask its user something, in a window of its own.
    std::chrono::milliseconds limit { 60'000 };
    qint64 largestOutput = 256 * 1024;
};

/// Operation: runs one tool. Deleting it ends the tool. Whatever ends it before it has ended by
/// itself ends what it has started, too.
class ToolRun final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ToolRun)
public:
    explicit ToolRun(Tool tool, QObject* parent = nullptr);
    ~ToolRun() override;

    void start();
    /// finished() then tells Cancelled.
    void cancel();

Q_SIGNALS:
    /// Once, from the event loop: what was printed to standard output, by a tool that ended with
    /// status 0. ProcessFailed otherwise, with the first line of its standard error; LimitExceeded
    /// when it printed too much.
    void finished(const slotscope::support::Result<QByteArray>& output);

private:
    void read();
    void onFinished(int exitCode);
    void end(const support::Result<QByteArray>& output);
    support::Error failed(const QString& why) const;

    const Tool m_tool;
    QProcess* m_process = nullptr;
    QByteArray m_output;
    QByteArray m_errors;
    bool m_ended = false;
};

} // namespace slotscope::profile
