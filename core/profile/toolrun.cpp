// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/profile/toolrun.h"

#include "core/explain/tools.h"
#include "core/support/bytes.h"
#include "core/support/childsession.h"

#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTimer>

namespace slotscope::profile {

using namespace Qt::StringLiterals;
using support::Error;
using support::ErrorCode;
using support::Result;

namespace {

constexpr qsizetype mostErrors = 4096;
constexpr qsizetype longestShown = 300;

} // namespace

ToolRun::ToolRun(Tool tool, QObject* parent)
    : QObject(parent)
    , m_tool(std::move(tool))
{ }

ToolRun::~ToolRun()
{
    m_ended = true;
    if (!m_process)
        return;
    m_process->disconnect(this);
    if (m_process->state() != QProcess::NotRunning) {
        // QProcess would do the same, with a warning. Nothing survives SIGKILL for long; one that
        // the kernel does not let go (a disk that hangs) holds up nothing: it goes when it can.
        support::killSession(*m_process);
        if (!m_process->waitForFinished(200)) {
            m_process->setParent(nullptr);
            connect(m_process, &QProcess::finished, m_process, &QObject::deleteLater);
        }
    }
}

void ToolRun::start()
{
    m_process = new QProcess(this);
    QProcessEnvironment environment = m_tool.environment;
    environment.remove(u"SLOTSCOPE_PASSWORD"_s); // the cluster's, and not meant for the tool
    m_process->setProcessEnvironment(environment);
    m_process->setStandardInputFile(QProcess::nullDevice());
    connect(m_process, &QProcess::readyReadStandardOutput, this, &ToolRun::read);
    connect(m_process, &QProcess::readyReadStandardError, this, &ToolRun::read);
    connect(m_process, &QProcess::finished, this, &ToolRun::onFinished);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            end(failed(m_process->errorString()));
    });
    QTimer::singleShot(m_tool.limit, this, [this] { end(failed(explain::toolIsSilent())); });
    // Of the environment that the tool gets, not of ours.
    QString program = m_tool.program;
    if (!program.contains(u'/')) {
        const QStringList path
            = m_tool.environment.value(u"PATH"_s).split(u':', Qt::SkipEmptyParts);
        program = QStandardPaths::findExecutable(program, path);
    }
    if (program.isEmpty()) {
        end(failed(explain::toolIsNotThere()));
        return;
    }
    support::giveOwnSession(*m_process);
    m_process->start(program, m_tool.arguments);
}

void ToolRun::cancel()
{
    end(Error { ErrorCode::Cancelled, {}, {} });
}

void ToolRun::read()
{
    m_output += m_process->readAllStandardOutput();
    m_errors += m_process->readAllStandardError();
    m_errors.truncate(mostErrors);
    if (m_output.size() > m_tool.largestOutput) {
        m_output.clear();
        end(Error { ErrorCode::LimitExceeded,
            m_tool.program + u": "_s + explain::toolPrintsTooMuch(), {} });
    }
}

void ToolRun::onFinished(int exitCode)
{
    read();
    if (m_process->exitStatus() != QProcess::NormalExit)
        end(failed(explain::toolCrashed()));
    else if (exitCode != 0)
        end(failed(explain::toolEnded(exitCode)));
    else
        end(m_output);
}

Error ToolRun::failed(const QString& why) const
{
    const QByteArray line = m_errors.trimmed().split('\n').first().trimmed();
    QString detail = m_tool.program + u": "_s + why;
    if (!line.isEmpty())
        detail += u": "_s + support::toVisibleText(line, longestShown);
    return { ErrorCode::ProcessFailed, detail, {} };
}

void ToolRun::end(const Result<QByteArray>& output)
{
    if (m_ended)
        return;
    m_ended = true;
    if (m_process && m_process->state() != QProcess::NotRunning)
        support::killSession(*m_process);
    QMetaObject::invokeMethod(
        this, [this, output] { Q_EMIT finished(output); }, Qt::QueuedConnection);
}

} // namespace slotscope::profile
