// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/consoleentry.h"

#include "core/explain/goredis.h"
#include "ui/console/fanoutview.h"
#include "ui/console/questionbar.h"
#include "ui/console/runcolumn.h"
#include "ui/console/streamview.h"
#include "ui/theme/codeblock.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

/// What a plain client did, as far as one knows it.
QString plainClientTitle(const command::Trace& trace)
{
    if (trace.outcome == command::TraceOutcome::RedirectNotFollowed && !trace.hops.isEmpty()) {
        return trace.hops.constLast().outcome == command::HopOutcome::Ask
            ? ConsoleEntry::tr("A plain client: stops at ASK")
            : ConsoleEntry::tr("A plain client: stops at MOVED");
    }
    if (trace.outcome == command::TraceOutcome::Reply)
        return ConsoleEntry::tr("A plain client: answered here, would stop at MOVED");
    return ConsoleEntry::tr("A plain client: would stop at MOVED");
}

} // namespace

ConsoleEntry::ConsoleEntry(const QString& line, QWidget* parent)
    : QWidget(parent)
{
    auto* command = new QLabel(this);
    command->setObjectName(u"entryCommand"_s);
    command->setTextFormat(Qt::PlainText);
    command->setFont(fixedFont(13));
    command->setWordWrap(true);
    command->setTextInteractionFlags(Qt::TextSelectableByMouse);
    constexpr qsizetype most = 500;
    command->setText(u"> "_s + (line.size() > most ? QString(line.left(most) + u'…') : line));

    m_runs = new QHBoxLayout;
    m_runs->setSpacing(8);
    m_layout = new QVBoxLayout(this);
    m_layout->setContentsMargins(0, 0, 0, 6);
    m_layout->setSpacing(4);
    m_layout->addWidget(command);
    m_layout->addLayout(m_runs);
}

RunColumn* ConsoleEntry::addRun(quint64 ticket, const command::Behaviour& behaviour)
{
    auto* column = new RunColumn(ticket, behaviour, this);
    m_runs->addWidget(column, 1);
    m_columns.append(column);
    return column;
}

FanOutView* ConsoleEntry::addFanOut(quint64 ticket, command::FanOutTarget target)
{
    m_fanOut = new FanOutView(ticket, target, this);
    m_runs->addWidget(m_fanOut, 1);
    return m_fanOut;
}

FanOutView* ConsoleEntry::addPipeline(quint64 ticket)
{
    m_fanOut = new FanOutView(ticket, this);
    m_runs->addWidget(m_fanOut, 1);
    return m_fanOut;
}

StreamView* ConsoleEntry::addStream(quint64 ticket)
{
    m_stream = new StreamView(ticket, this);
    m_runs->addWidget(m_stream, 1);
    return m_stream;
}

QuestionBar* ConsoleEntry::question()
{
    if (!m_question) {
        m_question = new QuestionBar(this);
        m_layout->insertWidget(1, m_question);
    }
    return m_question;
}

bool ConsoleEntry::has(quint64 ticket) const
{
    return column(ticket) || fanOut(ticket) || stream(ticket);
}

void ConsoleEntry::setText(const QString& text)
{
    auto* label = new QLabel(text, this);
    label->setObjectName(u"entryText"_s);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setFont(textFont(13));
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_layout->addWidget(label);
}

FanOutView* ConsoleEntry::fanOut(quint64 ticket) const
{
    return m_fanOut && m_fanOut->ticket() == ticket ? m_fanOut : nullptr;
}

StreamView* ConsoleEntry::stream(quint64 ticket) const
{
    return m_stream && m_stream->ticket() == ticket ? m_stream : nullptr;
}

bool ConsoleEntry::isRunning() const
{
    return (m_fanOut && !m_fanOut->fanOut().isComplete()) || (m_stream && m_stream->isRunning())
        || std::any_of(m_columns.begin(), m_columns.end(),
            [](const RunColumn* column) { return !column->trace().isComplete(); });
}

qsizetype ConsoleEntry::weight() const
{
    constexpr qsizetype perElement = 48;
    qsizetype elements = 0;
    for (const RunColumn* column : m_columns)
        elements += qsizetype(column->trace().reply.nodes().size())
            + column->trace().reply.text().size() / perElement;
    if (m_fanOut) {
        const QList<command::FanOutRow>& rows = m_fanOut->fanOut().rows;
        for (const command::FanOutRow& row : rows)
            elements += qsizetype(row.trace.reply.nodes().size())
                + row.trace.reply.text().size() / perElement;
    }
    return elements * perElement;
}

void ConsoleEntry::setCode(const doctor::ClientTarget& target)
{
    const doctor::ClientAdvice goRedis = doctor::goRedisAdvice(target);
    const bool isCluster = target.kind == cluster::Kind::Cluster;
    // One above the other: lines of code do not fit into half a console.
    const auto add = [this](CodeBlock::Verdict verdict, const QString& name, const QString& title,
                         const QString& code) -> CodeBlock* {
        if (code.isEmpty())
            return nullptr;
        auto* block = new CodeBlock(verdict, this);
        block->setObjectName(name);
        block->setCode(title, code);
        m_layout->addWidget(block);
        return block;
    };
    CodeBlock* wrong = add(CodeBlock::Verdict::Wrong, u"wrongCode"_s,
        isCluster ? plainClientTitle({}) : tr("Not for this server"), goRedis.wrongCode);
    if (isCluster && wrong && !m_columns.isEmpty()) {
        connect(m_columns.constFirst(), &RunColumn::traceChanged, wrong,
            [wrong](const command::Trace& trace) { wrong->setTitle(plainClientTitle(trace)); });
    }
    add(CodeBlock::Verdict::Right, u"rightCode"_s,
        isCluster ? tr("A cluster client: follows MOVED") : tr("For this server"), goRedis.snippet);
    auto* note = new QLabel(goRedis.whatHappens, this);
    if (isCluster && !target.byToken)
        note->setText(note->text() + u' ' + explain::clusterModeNote());
    note->setObjectName(u"codeNote"_s);
    note->setTextFormat(Qt::PlainText);
    note->setWordWrap(true);
    note->setFont(textFont(12));
    m_layout->addWidget(note);
}

RunColumn* ConsoleEntry::column(quint64 ticket) const
{
    for (RunColumn* column : m_columns) {
        if (column->ticket() == ticket)
            return column;
    }
    return nullptr;
}

} // namespace slotscope::ui
