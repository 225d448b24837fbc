// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/windowrender.h"

#include "app/exitcode.h"
#include "app/windowlauncher.h"

#include <QProcess>
#include <QProcessEnvironment>

#include <utility>

namespace slotscope::app {

using namespace Qt::StringLiterals;
using support::Error;
using support::ErrorCode;

WindowRender::WindowRender(QObject* parent)
    : QObject(parent)
{ }

WindowRender::~WindowRender()
{
    if (m_process)
        m_process->disconnect(this);
}

void WindowRender::start(const QString& captureFile, const QString& file, Existing existing)
{
    const QString program = findWindow();
    if (program.isEmpty()) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                fail({ ErrorCode::ProcessFailed,
                    u"slotscope-window, which draws, is neither beside this program nor in PATH"_s,
                    {} });
            },
            Qt::QueuedConnection);
        return;
    }
    m_process = std::make_unique<QProcess>();
    m_process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"SLOTSCOPE_PASSWORD"_s); // it connects to nothing
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    // From cron there is none, and Qt would say so each time.
    if (environment.value(u"XDG_RUNTIME_DIR"_s).isEmpty())
        environment.insert(u"XDG_RUNTIME_DIR"_s, m_runtimeFolder.emplace().path());
    m_process->setProcessEnvironment(environment);
    connect(m_process.get(), &QProcess::finished, this,
        [this](int exitCode, QProcess::ExitStatus status) {
            if (status == QProcess::NormalExit)
                end(exitCode);
            else
                fail({ ErrorCode::ProcessFailed, u"slotscope-window ended early"_s, {} });
        });
    connect(m_process.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            fail({ ErrorCode::ProcessFailed, m_process->errorString(), {} });
    });
    QStringList arguments { u"--render"_s, file, u"--capture"_s, captureFile };
    if (existing == Existing::Keep)
        arguments.append(u"--keep-files"_s);
    m_process->start(program, arguments);
}

void WindowRender::end(int exitCode)
{
    if (exitCode != Done) {
        const bool isKept = exitCode == WrongUsage;
        return fail({ isKept ? ErrorCode::InvalidInput : ErrorCode::FileError, {}, {} });
    }
    if (!std::exchange(m_isDone, true))
        Q_EMIT finished(true, {});
}

void WindowRender::fail(const Error& error)
{
    if (!std::exchange(m_isDone, true))
        Q_EMIT finished(false, error);
}

} // namespace slotscope::app
