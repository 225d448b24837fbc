// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/commandassist.h"

#include "ui/console/commandinput.h"
#include "ui/console/suggestionpopup.h"

#include <QKeyEvent>

namespace slotscope::ui {

namespace {

bool isOurs(const QKeyEvent& event)
{
    const bool withControl = event.modifiers() == Qt::ControlModifier;
    return withControl && (event.key() == Qt::Key_L || event.key() == Qt::Key_R);
}

} // namespace

CommandAssist::CommandAssist(CommandInput* input)
    : QObject(input)
    , m_input(input)
    , m_popup(new SuggestionPopup(input))
{
    input->installEventFilter(this);
    connect(input, &QLineEdit::textEdited, this, &CommandAssist::onEdited);
    connect(m_popup, &SuggestionPopup::clicked, this, &CommandAssist::take);
    // It is a child of the window by then.
    connect(input, &QObject::destroyed, m_popup, &QObject::deleteLater);
}

bool CommandAssist::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::ShortcutOverride:
        // The window has other uses for these; in the line they are what redis-cli makes of them.
        if (isOurs(*static_cast<QKeyEvent*>(event))) {
            event->accept();
            return true;
        }
        // Escape closes the list, and nothing else.
        if (m_mode != Mode::Nothing && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape)
            event->accept();
        break;
    case QEvent::KeyPress:
        if (onKey(*static_cast<QKeyEvent*>(event)))
            return true;
        break;
    case QEvent::FocusOut:
    case QEvent::Hide:
        close();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

bool CommandAssist::onKey(const QKeyEvent& event)
{
    const bool wasTabInVain = std::exchange(m_tabDidNothing, false);
    if (isOurs(event)) {
        if (event.key() == Qt::Key_L)
            Q_EMIT clearRequested();
        else if (m_mode == Mode::Searching)
            m_popup->step(1);
        else
            search();
        return true;
    }
    const bool isShown = m_mode != Mode::Nothing;
    switch (event.key()) {
    case Qt::Key_Tab:
        if (isShown && !m_popup->choice().isEmpty()) {
            take(m_popup->choice());
            return true;
        }
        if (m_input->text().trimmed().isEmpty() || wasTabInVain)
            return false;
        m_tabDidNothing = !complete();
        return true;
    case Qt::Key_Escape:
        if (!isShown)
            return false;
        if (m_mode == Mode::Searching)
            m_input->setText(m_draft);
        close();
        return true;
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (isShown)
            m_popup->step(event.key() == Qt::Key_Up ? -1 : 1);
        return isShown;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!isShown || event.modifiers() & Qt::ControlModifier) {
            close();
            return false;
        }
        // A search that has found nothing leaves what was typed.
        if (const QString choice = m_popup->choice(); !choice.isEmpty())
            take(choice);
        else
            close();
        return true;
    default:
        return false;
    }
}

/// False when there is nothing to complete.
bool CommandAssist::complete()
{
    const QString line = m_input->text();
    m_completion = command::complete(line, m_input->cursorPosition(), m_table, m_docs);
    if (m_completion.candidates.isEmpty())
        return false;
    if (m_completion.candidates.size() == 1) {
        take(m_completion.candidates.first().text);
        return true;
    }
    const QString common = command::commonBeginning(m_completion);
    if (common.size() > m_completion.to - m_completion.from) {
        m_input->setText(line.left(m_completion.from) + common + line.sliced(m_completion.to));
        m_completion.to = m_completion.from + common.size();
        m_input->setCursorPosition(static_cast<int>(m_completion.to));
    }
    m_mode = Mode::Completing;
    m_popup->suggest(m_completion.candidates);
    return true;
}

void CommandAssist::search()
{
    if (m_mode != Mode::Searching)
        m_draft = m_input->text();
    m_mode = Mode::Searching;
    QList<command::Candidate> lines;
    const QStringList found = m_input->history().find(m_input->text());
    for (const QString& line : found)
        lines.append({ line, {} });
    m_popup->suggest(lines);
}

void CommandAssist::take(const QString& text)
{
    if (m_mode == Mode::Searching) {
        m_input->setText(text);
    } else {
        const command::CompletedLine done
            = command::withCandidate(m_input->text(), m_completion, text);
        m_input->setText(done.line);
        m_input->setCursorPosition(static_cast<int>(done.cursor));
    }
    close();
    m_input->setFocus(Qt::OtherFocusReason);
}

void CommandAssist::close()
{
    m_mode = Mode::Nothing;
    m_popup->hide();
}

void CommandAssist::onEdited()
{
    if (m_mode == Mode::Searching)
        return search();
    if (m_mode != Mode::Completing)
        return;
    m_completion = command::complete(m_input->text(), m_input->cursorPosition(), m_table, m_docs);
    // The next word is another matter.
    if (m_completion.candidates.isEmpty() || m_completion.from == m_completion.to)
        close();
    else
        m_popup->suggest(m_completion.candidates);
}

} // namespace slotscope::ui
