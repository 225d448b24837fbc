// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/consolepanel.h"

#include "core/explain/redirects.h"
#include "core/support/redact.h"
#include "ui/console/behaviourbar.h"
#include "ui/console/commandhint.h"
#include "ui/console/commandinput.h"
#include "ui/console/consoleentry.h"
#include "ui/console/runcolumn.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostEntries = 100;

} // namespace

ConsolePanel::ConsolePanel(QWidget* parent)
    : QWidget(parent)
{
    m_input = new CommandInput(this);
    m_input->setObjectName(u"commandInput"_s);
    m_input->setAccessibleName(tr("Command"));
    m_hint = new QLabel(this);
    m_hint->setObjectName(u"hintLabel"_s);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setFont(textFont(13));
    m_hint->setMinimumWidth(150);
    m_behaviour = new BehaviourBar(this);
    m_run = new QPushButton(tr("Run"), this);
    m_run->setObjectName(u"runButton"_s);
    m_run->setToolTip(tr("Run the command (Enter)"));
    m_run->setAutoDefault(false);
    m_compare = new QPushButton(tr("Compare"), this);
    m_compare->setObjectName(u"compareButton"_s);
    m_compare->setToolTip(tr("Run as a plain client and as a cluster client, side by side "
                             "(Ctrl+Enter)"));
    m_compare->setAutoDefault(false);

    auto* prompt = new QLabel(u">"_s, this);
    prompt->setFont(fixedFont(14));
    auto* line = new QGridLayout;
    line->setHorizontalSpacing(6);
    line->setVerticalSpacing(4);
    line->addWidget(prompt, 0, 0);
    line->addWidget(m_input, 0, 1);
    line->addWidget(m_run, 0, 2);
    line->addWidget(m_compare, 0, 3);
    auto* below = new QHBoxLayout;
    below->addWidget(m_hint, 1);
    below->addWidget(m_behaviour);
    line->addLayout(below, 1, 1, 1, 3);
    line->setColumnStretch(1, 1);

    auto* content = new QWidget;
    m_list = new QVBoxLayout(content);
    m_list->setContentsMargins(0, 4, 6, 4);
    m_list->setSpacing(6);
    m_empty = new QLabel(content);
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_list->addWidget(m_empty);
    m_list->addStretch(1);
    m_scroll = new QScrollArea(this);
    m_scroll->setAccessibleName(tr("What was run"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(content);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 8, 6, 0);
    layout->setSpacing(4);
    layout->addLayout(line);
    layout->addWidget(m_scroll, 1);

    connect(m_input, &QLineEdit::textChanged, this, &ConsolePanel::updateHint);
    connect(m_input, &CommandInput::runRequested, this, &ConsolePanel::run);
    connect(m_input, &CommandInput::compareRequested, this, &ConsolePanel::compare);
    connect(m_run, &QPushButton::clicked, this, &ConsolePanel::run);
    connect(m_compare, &QPushButton::clicked, this, &ConsolePanel::compare);
    setLive(true);
    updateHint();
}

void ConsolePanel::setTopology(const cluster::Topology& topology)
{
    m_topology = topology;
    updateHint();
}

void ConsolePanel::setCommandTable(const command::CommandTable& table)
{
    m_table = table;
    updateHint();
}

void ConsolePanel::setCodeTarget(const CodeTarget& target)
{
    m_codeTarget = target;
}

void ConsolePanel::setClickedNode(const QString& label, const net::Endpoint& address)
{
    m_behaviour->setClickedNode(label, address);
}

void ConsolePanel::setLive(bool live)
{
    m_live = live;
    m_input->setPlaceholderText(
        live ? tr("GET user:2935") : tr("Offline: there is nobody to send a command to."));
    m_empty->setText(live ? tr("Type a command and press Enter. Ctrl+Enter runs it as a plain "
                               "client and as a cluster client, side by side.")
                          : tr("Nothing was run."));
    m_input->setEnabled(live);
    m_behaviour->setEnabled(live);
    updateHint();
}

void ConsolePanel::setCommand(const QString& line)
{
    m_input->setText(line);
    focusInput();
}

void ConsolePanel::focusInput()
{
    m_input->setFocus(Qt::OtherFocusReason);
}

void ConsolePanel::updateHint()
{
    const CommandHint hint = hintFor(m_input->text(), m_topology, m_table);
    m_hint->setText(hint.text);
    m_hint->setToolTip(plainToolTip(hint.text));
    const bool runnable = m_live
        && (hint.kind == CommandHint::Kind::Known || hint.kind == CommandHint::Kind::Warning);
    m_run->setEnabled(runnable);
    m_compare->setEnabled(runnable);
    applyHintColor();
    Q_EMIT slotTyped(hint.slot);
}

void ConsolePanel::applyHintColor()
{
    const Theme theme = Theme::of(palette());
    QColor color = theme.mutedText;
    switch (hintFor(m_input->text(), m_topology, m_table).kind) {
    case CommandHint::Kind::Wrong:
        color = theme.danger;
        break;
    case CommandHint::Kind::Warning:
        color = theme.warning;
        break;
    case CommandHint::Kind::Known:
        color = theme.text;
        break;
    case CommandHint::Kind::Nothing:
        break;
    }
    QPalette own = m_hint->palette();
    own.setColor(QPalette::WindowText, color);
    m_hint->setPalette(own);
    QPalette empty = m_empty->palette();
    empty.setColor(QPalette::WindowText, theme.mutedText);
    m_empty->setPalette(empty);
}

std::optional<command::Argv> ConsolePanel::runnableLine()
{
    if (!m_run->isEnabled())
        return std::nullopt;
    const auto argv = command::splitLine(m_input->text());
    if (!argv || argv->isEmpty())
        return std::nullopt;
    m_input->history().add(m_input->text());
    m_input->selectAll();
    return *argv;
}

void ConsolePanel::run()
{
    const std::optional<command::Argv> argv = runnableLine();
    if (!argv)
        return;
    const command::Behaviour behaviour = m_behaviour->behaviour();
    RunColumn* column = addColumn(addEntry(*argv), behaviour);
    choose(column->ticket());
    Q_EMIT runRequested(column->ticket(), *argv, behaviour);
}

void ConsolePanel::compare()
{
    const std::optional<command::Argv> argv = runnableLine();
    if (!argv)
        return;
    ConsoleEntry* entry = addEntry(*argv);
    const auto plain = command::Behaviour::plainClient();
    const auto follows = command::Behaviour::clusterClientWithoutMap();
    const quint64 left = addColumn(entry, plain)->ticket();
    const quint64 right = addColumn(entry, follows)->ticket();
    entry->setCode(explain::goRedisCode(
        m_codeTarget.endpoint, m_codeTarget.tls, m_codeTarget.user, m_codeTarget.withPassword));
    choose(right);
    Q_EMIT runRequested(left, *argv, plain);
    Q_EMIT runRequested(right, *argv, follows);
}

ConsoleEntry* ConsolePanel::addEntry(const command::Argv& argv)
{
    m_empty->hide();
    auto* entry = new ConsoleEntry(command::joinLine(support::redactCommand(argv)));
    m_entries.prepend(entry);
    m_list->insertWidget(0, entry);
    if (m_entries.size() > mostEntries)
        m_entries.takeLast()->deleteLater();
    m_scroll->verticalScrollBar()->setValue(0);
    return entry;
}

RunColumn* ConsolePanel::addColumn(ConsoleEntry* entry, const command::Behaviour& behaviour)
{
    RunColumn* column = entry->addRun(++m_lastTicket, behaviour);
    connect(column, &RunColumn::cancelRequested, this, &ConsolePanel::cancelRequested);
    connect(column, &RunColumn::chosen, this, [this](quint64 ticket) {
        choose(ticket);
        if (const RunColumn* chosen = columnOf(ticket))
            Q_EMIT traceShown(ticket, chosen->trace(), true);
    });
    return column;
}

RunColumn* ConsolePanel::columnOf(quint64 ticket) const
{
    for (const ConsoleEntry* entry : m_entries) {
        if (RunColumn* column = entry->column(ticket))
            return column;
    }
    return nullptr;
}

void ConsolePanel::choose(quint64 ticket)
{
    m_chosen = ticket;
    for (const ConsoleEntry* entry : m_entries) {
        for (RunColumn* column : entry->columns())
            column->setChosen(column->ticket() == ticket);
    }
}

void ConsolePanel::showTrace(quint64 ticket, const command::Trace& trace)
{
    RunColumn* column = columnOf(ticket);
    if (!column || column->trace().isComplete())
        return;
    column->setTrace(trace);
    if (ticket == m_chosen)
        Q_EMIT traceShown(ticket, trace, false);
}

void ConsolePanel::showRecorded(const command::Trace& trace)
{
    RunColumn* column = addColumn(addEntry(trace.argv), trace.behaviour);
    choose(column->ticket());
    showTrace(column->ticket(), trace);
}

void ConsolePanel::clear()
{
    for (ConsoleEntry* entry : std::as_const(m_entries))
        delete entry;
    m_entries.clear();
    m_chosen = 0;
    m_table = {};
    m_empty->show();
}

QList<command::Trace> ConsolePanel::traces() const
{
    QList<command::Trace> result;
    for (auto entry = m_entries.crbegin(); entry != m_entries.crend(); ++entry) {
        for (const RunColumn* column : (*entry)->columns()) {
            if (column->trace().isComplete())
                result.append(column->trace());
        }
    }
    return result;
}

void ConsolePanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange && m_list)
        applyHintColor();
    QWidget::changeEvent(event);
}

} // namespace slotscope::ui
