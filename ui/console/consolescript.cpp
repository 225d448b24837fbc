// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// Several lines at once: one after the other, or as one pipeline.

#include "core/command/commandline.h"
#include "core/command/pipelinerun.h"
#include "core/explain/errors.h"
#include "core/support/redact.h"
#include "ui/console/behaviourbar.h"
#include "ui/console/commandbar.h"
#include "ui/console/consoleentry.h"
#include "ui/console/consolepanel.h"
#include "ui/console/entrylist.h"
#include "ui/console/scriptbar.h"

#include <QToolButton>

#include <algorithm>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

/// Up to so many lines each has an entry; of more only those that went wrong.
constexpr qsizetype mostScriptEntries = 50;

/// As one pipeline: each of them is looked at before.
constexpr qsizetype mostPipelined = 20'000;

} // namespace

// As a pipeline only what can all go through one.
void ConsolePanel::onPasted(const QString& text)
{
    const QList<ScriptLine> lines = scriptLines(text);
    const bool isSome = lines.size() > 1 && lines.size() <= mostPipelined;
    const auto canGo = [this](const ScriptLine& line) {
        const auto argv = command::splitLine(line.text);
        return argv && !isConsoleCommand(*argv) && !command::StreamRun::canRun(*argv)
            && command::PipelineRun::canRun(*argv, m_bar->commandTable());
    };
    m_scriptBar->offer(lines, isSome && std::all_of(lines.begin(), lines.end(), canGo));
}

void ConsolePanel::runPipeline(const QList<ScriptLine>& lines)
{
    QList<command::Argv> commands;
    for (const ScriptLine& line : lines) {
        if (const auto argv = command::splitLine(line.text))
            commands.append(*argv);
    }
    const quint64 ticket = ++m_lastTicket;
    m_wireButton->setChecked(false);
    ConsoleEntry* entry
        = m_list->add(tr("%1 … and %2 more")
                          .arg(command::joinLine(support::redactCommand(commands.constFirst())),
                              QString::number(commands.size() - 1)));
    watch(entry->addPipeline(ticket));
    choose(ticket);
    Q_EMIT pipelineRequested(ticket, commands);
}

void ConsolePanel::runScriptLine(const ScriptLine& line)
{
    // Whatever is known at once is told from the event loop: a script may be long.
    const auto endLater = [this](const QString& trouble) {
        QMetaObject::invokeMethod(
            this, [this, trouble] { m_scriptBar->lineDone(trouble); }, Qt::QueuedConnection);
    };
    m_script.reset();
    const auto argv = command::splitLine(line.text);
    if (!argv)
        return endLater(explain::errorSentence(argv.error()));
    if (argv->isEmpty() || isConsoleCommand(*argv))
        return endLater({});
    if (command::StreamRun::canRun(*argv))
        return endLater(tr("this would run until it is stopped"));
    ScriptRun script;
    script.ticket = ++m_lastTicket;
    script.argv = *argv;
    script.behaviour = m_bar->behaviour()->behaviour();
    script.behaviour.stepwise = false;
    script.target = m_bar->behaviour()->target();
    script.hasEntry = m_scriptBar->lineCount() <= mostScriptEntries;
    m_script = script;
    if (script.hasEntry)
        addScriptEntry();
    if (script.target)
        Q_EMIT fanOutRequested(script.ticket, script.argv, *script.target);
    else
        Q_EMIT runRequested(script.ticket, script.argv, script.behaviour);
}

void ConsolePanel::addScriptEntry()
{
    ConsoleEntry* entry = addEntry(m_script->argv);
    if (m_script->target)
        addFanOut(entry, m_script->ticket, *m_script->target);
    else
        addColumn(entry, m_script->ticket, m_script->behaviour);
}

void ConsolePanel::endScriptLine(const QString& trouble)
{
    m_script.reset();
    m_scriptBar->lineDone(trouble);
}

} // namespace slotscope::ui
