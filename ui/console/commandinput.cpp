// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/commandinput.h"

#include "ui/theme/theme.h"

#include <QKeyEvent>

namespace slotscope::ui {

CommandInput::CommandInput(QWidget* parent)
    : QLineEdit(parent)
{
    setFont(fixedFont(14));
    setMaxLength(1'000'000);
    setClearButtonEnabled(false);
}

void CommandInput::keyPressEvent(QKeyEvent* event)
{
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

} // namespace slotscope::ui
