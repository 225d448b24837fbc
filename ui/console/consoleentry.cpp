// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/consoleentry.h"

#include "ui/console/codeblock.h"
#include "ui/console/runcolumn.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

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

void ConsoleEntry::setCode(const explain::ClientCode& code)
{
    auto* wrong = new CodeBlock(CodeBlock::Verdict::Wrong, this);
    wrong->setObjectName(u"wrongCode"_s);
    wrong->setCode(tr("A plain client: stops at MOVED"), code.wrong);
    auto* right = new CodeBlock(CodeBlock::Verdict::Right, this);
    right->setObjectName(u"rightCode"_s);
    right->setCode(tr("A cluster client: follows it"), code.right);
    // One above the other: lines of code do not fit into half a console.
    m_layout->addWidget(wrong);
    m_layout->addWidget(right);
    if (!code.note.isEmpty()) {
        auto* note = new QLabel(code.note, this);
        note->setTextFormat(Qt::PlainText);
        note->setWordWrap(true);
        note->setFont(textFont(12));
        m_layout->addWidget(note);
    }
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
