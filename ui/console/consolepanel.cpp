// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/consolepanel.h"

#include "core/command/commandline.h"
#include "core/command/completion.h"
#include "core/command/pipelinetraces.h"
#include "core/explain/redirects.h"
#include "core/resp/replytext.h"
#include "core/support/bytes.h"
#include "core/support/redact.h"
#include "ui/console/behaviourbar.h"
#include "ui/console/commandbar.h"
#include "ui/console/consoleentry.h"
#include "ui/console/entrylist.h"
#include "ui/console/fanoutview.h"
#include "ui/console/questionbar.h"
#include "ui/console/runcolumn.h"
#include "ui/console/scriptbar.h"
#include "ui/console/streamview.h"
#include "ui/console/wirepanel.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

QString troubleOf(const command::Trace& trace)
{
    if (trace.outcome == command::TraceOutcome::Reply)
        return {};
    if (trace.reply.isError())
        return support::toVisibleText(trace.reply.text(), 200);
    return trace.detail.isEmpty() ? command::traceOutcomeName(trace.outcome) : trace.detail;
}

} // namespace

ConsolePanel::ConsolePanel(QWidget* parent)
    : QWidget(parent)
{
    build();
    connect(m_bar, &CommandBar::runRequested, this, &ConsolePanel::run);
    connect(m_bar, &CommandBar::compareRequested, this, &ConsolePanel::compare);
    connect(this, &ConsolePanel::answered, m_bar, &CommandBar::focusInput);
    connect(m_bar, &CommandBar::clearRequested, m_list, &EntryList::clearEnded);
    connect(m_bar, &CommandBar::slotTyped, this, &ConsolePanel::slotTyped);
    connect(m_bar, &CommandBar::linesPasted, this, &ConsolePanel::onPasted);
    connect(m_scriptBar, &ScriptBar::pipelineWanted, this, &ConsolePanel::runPipeline);
    connect(m_bar, &CommandBar::edited, this, [this] {
        if (m_isLive && !std::exchange(m_docsRequested, true))
            Q_EMIT docsRequested();
    });
    connect(m_scriptBar, &ScriptBar::lineWanted, this, &ConsolePanel::runScriptLine);
    connect(m_scriptBar, &ScriptBar::cancelRequested, this, [this] {
        if (m_script)
            Q_EMIT cancelRequested(m_script->ticket);
    });
    connect(m_wireButton, &QToolButton::toggled, this, [this](bool on) {
        m_pages->setCurrentWidget(on ? static_cast<QWidget*>(m_wire) : m_list);
    });
    setLive(true);
}

void ConsolePanel::build()
{
    m_bar = new CommandBar(this);
    m_scriptBar = new ScriptBar(this);
    m_list = new EntryList(this);
    m_wire = new WirePanel(this);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(m_list);
    m_pages->addWidget(m_wire);
    m_wireButton = new QToolButton(m_bar);
    m_wireButton->setObjectName(u"wireButton"_s);
    m_wireButton->setText(tr("Wire log"));
    m_wireButton->setCheckable(true);
    m_wireButton->setToolTip(tr("Show what was really sent and received"));

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 8, 10, 0);
    layout->setSpacing(4);
    layout->addWidget(m_bar);
    layout->addWidget(m_scriptBar);
    layout->addWidget(m_pages, 1);
    m_bar->addTool(m_wireButton);
}

void ConsolePanel::setTopology(const cluster::Topology& topology)
{
    m_codeTarget = doctor::withServer(m_codeTarget, topology.data());
    m_bar->setTopology(topology);
}

void ConsolePanel::setCommandTable(const command::CommandTable& table)
{
    m_bar->setCommandTable(table);
}

void ConsolePanel::setDocs(const command::CommandDocs& docs)
{
    m_bar->setDocs(docs);
}

void ConsolePanel::setCodeTarget(const doctor::ClientTarget& target)
{
    m_codeTarget = target;
}

void ConsolePanel::setClickedNode(const QString& label, const net::Endpoint& address)
{
    m_bar->behaviour()->setClickedNode(label, address);
}

void ConsolePanel::setLive(bool live, const QString& why)
{
    m_isLive = live;
    m_bar->setLive(live, why);
    m_wireButton->setEnabled(live);
    m_list->setEmptyText(live
            ? tr("Type a command and press Enter. Ctrl+Enter runs it as a plain client and as a "
                 "cluster client, side by side. Tab completes, Ctrl+R searches what was run, "
                 "help tells more.")
            : tr("Nothing was run."));
}

void ConsolePanel::setHistoryFile(const QString& file)
{
    m_bar->setHistoryFile(file);
}

void ConsolePanel::setCommand(const QString& line)
{
    m_bar->setLine(line);
}

void ConsolePanel::focusInput()
{
    m_bar->focusInput();
}

// --- running

void ConsolePanel::run()
{
    if (const std::optional<command::Argv> argv = m_bar->take())
        launch(*argv);
}

void ConsolePanel::launch(const command::Argv& argv)
{
    if (isConsoleCommand(argv)) {
        if (support::equalsIgnoreCase(argv.first(), "help"))
            help(argv);
        else
            m_list->clearEnded();
        return;
    }
    const quint64 ticket = ++m_lastTicket;
    const command::Behaviour behaviour = m_bar->behaviour()->behaviour();
    ConsoleEntry* entry = addEntry(argv);
    if (command::StreamRun::canRun(argv)) {
        StreamView* view = entry->addStream(ticket);
        connect(view, &StreamView::stopRequested, this, &ConsolePanel::cancelRequested);
        Q_EMIT streamRequested(ticket, argv, behaviour);
    } else if (const auto target = m_bar->behaviour()->target()) {
        addFanOut(entry, ticket, *target);
        choose(ticket);
        Q_EMIT fanOutRequested(ticket, argv, *target);
    } else {
        addColumn(entry, ticket, behaviour);
        choose(ticket);
        Q_EMIT runRequested(ticket, argv, behaviour);
    }
}

void ConsolePanel::compare()
{
    const std::optional<command::Argv> argv = m_bar->take();
    if (!argv)
        return;
    if (isConsoleCommand(*argv) || command::StreamRun::canRun(*argv))
        return launch(*argv);
    ConsoleEntry* entry = addEntry(*argv);
    const auto plain = command::Behaviour::plainClient();
    const auto follows = command::Behaviour::clusterClientWithoutMap();
    const quint64 left = addColumn(entry, ++m_lastTicket, plain)->ticket();
    const quint64 right = addColumn(entry, ++m_lastTicket, follows)->ticket();
    entry->setCode(m_codeTarget);
    choose(right);
    Q_EMIT runRequested(left, *argv, plain);
    Q_EMIT runRequested(right, *argv, follows);
}

void ConsolePanel::help(const command::Argv& argv)
{
    QString text = tr("Enter runs the line, Ctrl+Enter compares two clients. Tab completes "
                      "commands and options, Up and Down walk the history, Ctrl+R searches it. "
                      "Ctrl+L or clear empties the list. Several pasted lines are run one by one, "
                      "or leave as one pipeline. help and the name of a command tells about it.");
    if (argv.size() > 1) {
        const QString line = command::joinLine(argv.sliced(1));
        const command::SyntaxHint hint = command::syntaxHint(line, m_bar->docs());
        text = hint.isEmpty() ? tr("Nothing is known of this command: the server told none of its "
                                   "documentation about it.")
                              : QString(hint.syntax + u'\n' + hint.summary);
    }
    addEntry(argv)->setText(text);
}

// --- entries

ConsoleEntry* ConsolePanel::addEntry(const command::Argv& argv)
{
    m_wireButton->setChecked(false);
    return m_list->add(command::joinLine(support::redactCommand(argv)));
}

RunColumn* ConsolePanel::addColumn(
    ConsoleEntry* entry, quint64 ticket, const command::Behaviour& behaviour)
{
    RunColumn* column = entry->addRun(ticket, behaviour);
    connect(column, &RunColumn::cancelRequested, this, &ConsolePanel::cancelRequested);
    connect(column, &RunColumn::proceedRequested, this, &ConsolePanel::proceedRequested);
    connect(column, &RunColumn::chosen, this, [this](quint64 one) {
        choose(one);
        if (const RunColumn* chosen = m_list->column(one))
            Q_EMIT traceShown(one, chosen->trace(), true);
    });
    return column;
}

FanOutView* ConsolePanel::addFanOut(
    ConsoleEntry* entry, quint64 ticket, command::FanOutTarget target)
{
    FanOutView* view = entry->addFanOut(ticket, target);
    watch(view);
    return view;
}

void ConsolePanel::watch(FanOutView* view)
{
    connect(view, &FanOutView::cancelRequested, this, &ConsolePanel::cancelRequested);
    connect(view, &FanOutView::chosen, this, [this, view](quint64 one) {
        choose(one);
        Q_EMIT fanOutShown(one, view->fanOut(), true);
    });
    connect(view, &FanOutView::rowChosen, this, [this, view](const command::Trace& trace) {
        choose(view->ticket());
        Q_EMIT traceShown(view->ticket(), trace, true);
    });
}

void ConsolePanel::choose(quint64 ticket)
{
    m_chosen = ticket;
    for (const ConsoleEntry* entry : m_list->entries()) {
        for (RunColumn* column : entry->columns())
            column->setChosen(column->ticket() == ticket);
    }
}

void ConsolePanel::ask(quint64 ticket, const QString& question)
{
    if (m_script && m_script->ticket == ticket && !m_list->entryOf(ticket))
        addScriptEntry();
    ConsoleEntry* entry = m_list->entryOf(ticket);
    if (!entry)
        return;
    QuestionBar* bar = entry->question();
    connect(bar, &QuestionBar::answered, this, &ConsolePanel::answered, Qt::UniqueConnection);
    bar->ask(ticket, question);
}

void ConsolePanel::dropQuestion(quint64 ticket)
{
    if (ConsoleEntry* entry = m_list->entryOf(ticket); entry && entry->hasQuestion())
        entry->question()->drop(ticket);
}

void ConsolePanel::showTrace(quint64 ticket, const command::Trace& trace)
{
    const bool isScript = m_script && m_script->ticket == ticket && trace.isComplete();
    RunColumn* column = m_list->column(ticket);
    if (isScript && !column && !troubleOf(trace).isEmpty()) {
        addScriptEntry();
        column = m_list->column(ticket);
    }
    dropQuestion(ticket);
    if (column && !column->trace().isComplete()) {
        column->setTrace(trace);
        if (ticket == m_chosen)
            Q_EMIT traceShown(ticket, trace, false);
    }
    if (isScript)
        endScriptLine(troubleOf(trace));
}

void ConsolePanel::showFanOut(quint64 ticket, const command::FanOut& fanOut)
{
    using command::FanOutOutcome;
    const bool isScript = m_script && m_script->ticket == ticket && fanOut.isComplete();
    const QString trouble
        = fanOut.outcome == FanOutOutcome::Done ? QString() : fanOutSummary(fanOut);
    FanOutView* view = m_list->fanOut(ticket);
    if (isScript && !view && !trouble.isEmpty()) {
        addScriptEntry();
        view = m_list->fanOut(ticket);
    }
    dropQuestion(ticket);
    if (view) {
        view->setFanOut(fanOut);
        showChosenFanOut(ticket, fanOut);
    }
    if (isScript)
        endScriptLine(trouble);
}

/// Telling the story of thousands of rows takes a while: a few times a second, and at the end.
void ConsolePanel::showChosenFanOut(quint64 ticket, const command::FanOut& fanOut)
{
    constexpr qint64 showEveryMs = 250;
    const bool isSoon = m_sinceFanOut.isValid() && m_sinceFanOut.elapsed() < showEveryMs;
    if (ticket != m_chosen || (isSoon && !fanOut.isComplete()))
        return;
    m_sinceFanOut.start();
    Q_EMIT fanOutShown(ticket, fanOut, false);
}

// The picture follows a short one. The story of a long one changes too much on its way.
void ConsolePanel::showProgress(quint64 ticket, const command::PipelineProgress& progress)
{
    FanOutView* view = m_list->fanOut(ticket);
    if (!view || view->fanOut().isComplete())
        return;
    dropQuestion(ticket);
    view->setProgress(progress);
    if (progress.total <= command::PipelineTraces::mostCommands)
        showChosenFanOut(ticket, view->fanOut());
}

void ConsolePanel::showPipeline(quint64 ticket, const command::Pipeline& pipeline)
{
    dropQuestion(ticket);
    FanOutView* view = m_list->fanOut(ticket);
    if (!view)
        return;
    view->setPipeline(pipeline);
    if (ticket == m_chosen)
        Q_EMIT fanOutShown(ticket, view->fanOut(), false);
}

void ConsolePanel::showStream(quint64 ticket, const command::StreamState& state)
{
    if (StreamView* view = m_list->stream(ticket))
        view->setState(state);
}

void ConsolePanel::addMessages(quint64 ticket, const command::StreamBatch& batch)
{
    if (StreamView* view = m_list->stream(ticket))
        view->add(batch);
}

void ConsolePanel::showRecorded(const command::Trace& trace)
{
    const quint64 ticket = ++m_lastTicket;
    addColumn(addEntry(trace.argv), ticket, trace.behaviour);
    choose(ticket);
    showTrace(ticket, trace);
}

void ConsolePanel::clear(Forget what)
{
    m_script.reset();
    m_scriptBar->stop();
    what == Forget::Everything ? m_list->clear() : m_list->clearRunning();
    m_wire->reset();
    m_wireButton->setChecked(false);
    m_chosen = 0;
    m_docsRequested = false;
    m_bar->setCommandTable({});
    m_bar->setDocs({});
}

QList<command::Trace> ConsolePanel::traces() const
{
    QList<command::Trace> result;
    const QList<ConsoleEntry*>& entries = m_list->entries();
    for (auto entry = entries.crbegin(); entry != entries.crend(); ++entry) {
        for (const RunColumn* column : (*entry)->columns()) {
            if (column->trace().isComplete())
                result.append(column->trace());
        }
    }
    return result;
}

} // namespace slotscope::ui
