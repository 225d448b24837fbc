// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/commandbar.h"

#include "ui/console/behaviourbar.h"
#include "ui/console/commandassist.h"
#include "ui/console/commandinput.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

CommandBar::CommandBar(QWidget* parent)
    : QWidget(parent)
{
    m_input = new CommandInput(this);
    m_input->setObjectName(u"commandInput"_s);
    m_input->setAccessibleName(tr("Command"));
    m_assist = new CommandAssist(m_input);
    m_hint = new QLabel(this);
    m_hint->setObjectName(u"hintLabel"_s);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setFont(textFont(13));
    m_hint->setMinimumWidth(150);
    m_hint->setWordWrap(true);
    m_syntax = new QLabel(this);
    m_syntax->setObjectName(u"syntaxLabel"_s);
    m_syntax->setTextFormat(Qt::PlainText);
    m_syntax->setFont(textFont(12));
    // It is cut to the room that there is, and must not ask for more.
    m_syntax->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_syntax->hide();
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
    build();

    connect(m_input, &QLineEdit::textChanged, this, [this] {
        m_isTaken = false;
        updateHint();
    });
    connect(m_input, &QLineEdit::textEdited, this, &CommandBar::edited);
    connect(m_input, &CommandInput::runRequested, this, &CommandBar::runRequested);
    connect(m_input, &CommandInput::compareRequested, this, &CommandBar::compareRequested);
    connect(m_input, &CommandInput::linesPasted, this, &CommandBar::linesPasted);
    connect(m_assist, &CommandAssist::clearRequested, this, &CommandBar::clearRequested);
    connect(m_run, &QPushButton::clicked, this, &CommandBar::runRequested);
    connect(m_compare, &QPushButton::clicked, this, &CommandBar::compareRequested);
    setLive(true);
}

void CommandBar::build()
{
    auto* prompt = new QLabel(u">"_s, this);
    prompt->setFont(fixedFont(14));
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(6);
    layout->setVerticalSpacing(4);
    layout->addWidget(prompt, 0, 0);
    layout->addWidget(m_input, 0, 1);
    layout->addWidget(m_run, 0, 2);
    layout->addWidget(m_compare, 0, 3);
    layout->addWidget(m_syntax, 1, 1, 1, 3);
    m_below = new QHBoxLayout;
    m_below->addWidget(m_hint, 1);
    m_below->addWidget(m_behaviour);
    layout->addLayout(m_below, 2, 1, 1, 3);
    layout->setColumnStretch(1, 1);
}

void CommandBar::addTool(QWidget* tool)
{
    m_below->addWidget(tool);
}

void CommandBar::setTopology(const cluster::Topology& topology)
{
    m_topology = topology;
    updateHint();
}

void CommandBar::setCommandTable(const command::CommandTable& table)
{
    m_table = table;
    m_assist->setCommandTable(table);
    updateHint();
}

void CommandBar::setDocs(const command::CommandDocs& docs)
{
    m_assist->setDocs(docs);
    showSyntax();
}

const command::CommandDocs& CommandBar::docs() const
{
    return m_assist->docs();
}

void CommandBar::setLive(bool live, const QString& why)
{
    m_live = live;
    m_whyOffline = live ? QString() : why;
    const QString offline
        = why.isEmpty() ? tr("Offline: there is nobody to send a command to.") : why;
    m_input->setPlaceholderText(live ? tr("GET user:2935") : offline);
    m_input->setEnabled(live);
    m_behaviour->setEnabled(live);
    updateHint();
}

void CommandBar::setLine(const QString& line)
{
    m_input->setText(line);
    focusInput();
}

void CommandBar::setHistoryFile(const QString& file)
{
    m_input->history().setFile(file);
}

void CommandBar::focusInput()
{
    m_input->setFocus(Qt::OtherFocusReason);
}

std::optional<command::Argv> CommandBar::take()
{
    if (!m_run->isEnabled())
        return std::nullopt;
    const auto argv = command::splitLine(m_input->text());
    if (!argv || argv->isEmpty())
        return std::nullopt;
    m_input->history().add(m_input->text());
    m_input->selectAll();
    m_isTaken = true;
    showSyntax();
    return *argv;
}

void CommandBar::updateHint()
{
    m_shown = hintFor(m_input->text(), m_topology, m_table);
    // The field says it itself while it is empty.
    const bool saysWhy = !m_whyOffline.isEmpty() && !m_input->text().isEmpty();
    m_hint->setText(saysWhy ? m_whyOffline : m_shown.text);
    m_hint->setToolTip(plainToolTip(m_shown.text));
    const bool runnable = m_live
        && (m_shown.kind == CommandHint::Kind::Known || m_shown.kind == CommandHint::Kind::Warning);
    m_run->setEnabled(runnable);
    m_compare->setEnabled(runnable);
    showSyntax();
    applyTheme();
    // A newer map or table is no news: what is marked elsewhere stays.
    if (std::exchange(m_toldSlot, m_shown.slot) != m_shown.slot)
        Q_EMIT slotTyped(m_shown.slot);
}

/// What the command is about, or why its keys do not go together. The former is for who types: what
/// has been run leaves its room to the replies.
void CommandBar::showSyntax()
{
    QString full;
    if (!m_shown.keys.isEmpty()) {
        full = m_shown.keys.join(u'\n');
    } else if (const command::SyntaxHint hint
               = command::syntaxHint(m_input->text(), m_assist->docs());
               !hint.isEmpty() && !m_isTaken) {
        full = hint.syntax + u'\n' + hint.summary;
    }
    const QString line = QString(full).replace(u'\n', u"   ·   "_s);
    m_syntax->setVisible(!full.isEmpty());
    m_syntax->setText(
        elidedText(line, m_syntax->font(), m_input->width() + m_run->width() + m_compare->width()));
    m_syntax->setToolTip(plainToolTip(full));
}

void CommandBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    showSyntax();
}

void CommandBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange && m_hint)
        applyTheme();
    QWidget::changeEvent(event);
}

void CommandBar::applyTheme()
{
    const Theme theme = Theme::of(palette());
    QColor color = theme.mutedText;
    switch (m_shown.kind) {
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
    const auto paint = [](QLabel* label, const QColor& ink) {
        QPalette own = label->palette();
        own.setColor(QPalette::WindowText, ink);
        label->setPalette(own);
    };
    paint(m_hint, color);
    paint(m_syntax, theme.mutedText);
}

} // namespace slotscope::ui
