// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/scriptbar.h"

#include "core/explain/wording.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include <limits>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

ScriptBar::ScriptBar(QWidget* parent)
    : QWidget(parent)
{
    m_label = new QLabel(this);
    m_label->setObjectName(u"scriptLabel"_s);
    m_label->setTextFormat(Qt::PlainText);
    m_label->setFont(textFont(13));
    m_progress = new QProgressBar(this);
    m_progress->setObjectName(u"scriptProgress"_s);
    m_progress->setAccessibleName(tr("Lines run"));
    m_progress->setMaximumWidth(160);
    m_progress->setTextVisible(false);
    m_first = new QPushButton(this);
    m_first->setObjectName(u"scriptFirstButton"_s);
    m_pipeline = new QPushButton(tr("Send as one pipeline"), this);
    m_pipeline->setObjectName(u"scriptPipelineButton"_s);
    m_pipeline->setToolTip(
        tr("All lines leave at once, each for the owner of its slot. None waits for another one's "
           "reply, and lines for different slots may be executed in any order."));
    m_second = new QPushButton(this);
    m_second->setObjectName(u"scriptSecondButton"_s);
    for (QPushButton* button : { m_first, m_pipeline, m_second })
        button->setAutoDefault(false);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 2, 0, 2);
    layout->addWidget(m_label, 1);
    layout->addWidget(m_progress);
    layout->addWidget(m_first);
    layout->addWidget(m_pipeline);
    layout->addWidget(m_second);
    connect(m_first, &QPushButton::clicked, this, &ScriptBar::onFirst);
    connect(m_second, &QPushButton::clicked, this, &ScriptBar::onSecond);
    connect(m_pipeline, &QPushButton::clicked, this, &ScriptBar::onPipeline);
    setState(State::Nothing);
}

bool ScriptBar::offer(const QList<ScriptLine>& lines, bool canBePipeline)
{
    if (m_state == State::Running || m_state == State::Asking || lines.isEmpty())
        return false;
    m_lines = lines;
    m_next = 0;
    m_errors = 0;
    m_goesOn = false;
    m_canBePipeline = canBePipeline;
    setState(State::Offered);
    m_first->setFocus(Qt::OtherFocusReason);
    return true;
}

void ScriptBar::lineDone(const QString& trouble)
{
    if (m_state != State::Running)
        return;
    const bool isLast = m_next >= m_lines.size();
    if (!trouble.isEmpty()) {
        ++m_errors;
        m_trouble = trouble;
        if (!m_goesOn && !isLast)
            return setState(State::Asking);
    }
    if (isLast)
        setState(State::Done);
    else
        wish();
}

void ScriptBar::stop()
{
    setState(State::Nothing);
}

void ScriptBar::wish()
{
    const ScriptLine line = m_lines.at(m_next++);
    setState(State::Running);
    Q_EMIT lineWanted(line);
}

void ScriptBar::onFirst()
{
    if (m_state == State::Asking)
        m_goesOn = true;
    if (m_state == State::Offered || m_state == State::Asking)
        wish();
}

void ScriptBar::onPipeline()
{
    const QList<ScriptLine> lines = m_lines;
    setState(State::Nothing);
    Q_EMIT pipelineWanted(lines);
}

void ScriptBar::onSecond()
{
    if (m_state != State::Running)
        return setState(m_state == State::Asking ? State::Done : State::Nothing);
    setState(State::Done);
    Q_EMIT cancelRequested();
}

QString ScriptBar::summary() const
{
    const QString lines = explain::counted(m_lines.size(), tr("%1 line"), tr("%1 lines"));
    const QString run = tr("%1 of %2 run").arg(QString::number(m_next), lines);
    if (m_errors == 0)
        return run;
    return run + u", "_s + explain::counted(m_errors, tr("%1 error"), tr("%1 errors"));
}

void ScriptBar::setState(State state)
{
    m_state = state;
    setVisible(state != State::Nothing);
    m_first->setVisible(state == State::Offered || state == State::Asking);
    m_pipeline->setVisible(state == State::Offered && m_canBePipeline);
    m_progress->setVisible(state == State::Running || state == State::Asking);
    constexpr qsizetype most = std::numeric_limits<int>::max();
    m_progress->setRange(0, static_cast<int>(qMin(most, m_lines.size())));
    m_progress->setValue(static_cast<int>(qMin(most, m_next)));
    switch (state) {
    case State::Nothing:
        m_lines.clear();
        m_next = 0;
        break;
    case State::Offered:
        m_label->setText(explain::counted(m_lines.size(), tr("%1 line was pasted: \"%2\"."),
            tr("%1 lines were pasted, from \"%2\" on."))
                             .arg(visibleText(m_lines.first().text.left(40))));
        m_first->setText(tr("Run line by line"));
        m_second->setText(tr("Discard"));
        break;
    case State::Running:
        m_label->setText(summary());
        m_second->setText(tr("Stop"));
        break;
    case State::Asking:
        m_label->setText(tr("Line %1: %2")
                             .arg(m_lines.at(m_next - 1).number)
                             .arg(visibleText(m_trouble.left(120))));
        m_first->setText(tr("Go on, past errors too"));
        m_second->setText(tr("Stop"));
        break;
    case State::Done:
        m_label->setText(summary());
        m_second->setText(tr("Close"));
        break;
    }
}

} // namespace slotscope::ui
