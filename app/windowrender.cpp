// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "app/windowrender.h"

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

void WindowRender::start(
    const QString& captureFile, const QString& file, const QStringList& moreArguments)
{
    const QString program = findWindow();
    if (program.isEmpty()) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                fail(
                    u"slotscope-window, which draws, is neither beside this program nor in PATH"_s);
            },
            Qt::QueuedConnection);
        return;
    }
    m_process = std::make_unique<QProcess>();
    m_process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    m_process->setProcessEnvironment(environment);
    connect(m_process.get(), &QProcess::finished, this,
        [this](int exitCode, QProcess::ExitStatus status) {
            if (status != QProcess::NormalExit)
                fail(u"slotscope-window ended early"_s);
            else if (exitCode != 0)
                fail(u"slotscope-window wrote nothing"_s);
            else if (!std::exchange(m_isDone, true))
                Q_EMIT finished(true, {});
        });
    connect(m_process.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            fail(m_process->errorString());
    });
    m_process->start(
        program, QStringList { u"--render"_s, file, u"--capture"_s, captureFile } + moreArguments);
}

void WindowRender::fail(const QString& reason)
{
    if (!std::exchange(m_isDone, true))
        Q_EMIT finished(false, { ErrorCode::ProcessFailed, reason, {} });
}

} // namespace slotscope::app
