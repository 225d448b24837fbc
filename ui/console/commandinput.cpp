// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/commandinput.h"

#include "ui/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

CommandInput::CommandInput(QWidget* parent)
    : QLineEdit(parent)
{
    setFont(fixedFont(14));
    setMaxLength(1'000'000);
    setClearButtonEnabled(false);
}

void CommandInput::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Paste) && passLines(QApplication::clipboard()->text()))
        return;
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    switch (event->key()) {
    case Qt::Key_Up:
        if (modifiers == Qt::NoModifier)
            setText(m_history.back(text()));
        return;
    case Qt::Key_Down:
        if (modifiers == Qt::NoModifier)
            setText(m_history.forward(text()));
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (modifiers == Qt::ControlModifier)
            Q_EMIT compareRequested();
        else if (modifiers == Qt::NoModifier)
            Q_EMIT runRequested();
        return;
    default:
        QLineEdit::keyPressEvent(event);
    }
}

bool CommandInput::passLines(const QString& text)
{
    // A line end at the very end is part of one line.
    if (isReadOnly() || !text.trimmed().contains(u'\n'))
        return false;
    Q_EMIT linesPasted(text);
    return true;
}

void CommandInput::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu* menu = createStandardContextMenu();
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (auto* action = menu->findChild<QAction*>(u"edit-paste"_s)) {
        action->disconnect(this);
        connect(action, &QAction::triggered, this, [this] {
            if (!passLines(QApplication::clipboard()->text()))
                paste();
        });
    }
    menu->popup(event->globalPos());
}

void CommandInput::mouseReleaseEvent(QMouseEvent* event)
{
    const QClipboard* clipboard = QApplication::clipboard();
    const bool pastes = event->button() == Qt::MiddleButton && clipboard->supportsSelection();
    if (!pastes || !passLines(clipboard->text(QClipboard::Selection)))
        QLineEdit::mouseReleaseEvent(event);
}

void CommandInput::dropEvent(QDropEvent* event)
{
    if (!passLines(event->mimeData()->text()))
        QLineEdit::dropEvent(event);
}

} // namespace slotscope::ui
