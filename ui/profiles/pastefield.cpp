// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/profiles/pastefield.h"

#include <QKeyEvent>

namespace slotscope::ui {

PasteField::PasteField(QWidget* parent)
    : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    m_pause.setSingleShot(true);
    m_pause.setInterval(400);
    connect(&m_pause, &QTimer::timeout, this, [this] { Q_EMIT typed(toPlainText()); });
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        if (toPlainText().isEmpty())
            m_given.clear();
        m_pause.start();
    });
}

void PasteField::give()
{
    m_pause.stop();
    const QString text = toPlainText();
    if (text == m_given)
        return;
    m_given = text;
    if (!text.trimmed().isEmpty())
        Q_EMIT given(text);
}

void PasteField::insertFromMimeData(const QMimeData* source)
{
    QPlainTextEdit::insertFromMimeData(source);
    give();
}

void PasteField::keyPressEvent(QKeyEvent* event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && !event->modifiers().testFlag(Qt::ShiftModifier))
        give();
    else
        QPlainTextEdit::keyPressEvent(event);
}

void PasteField::focusOutEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusOutEvent(event);
    give();
}

} // namespace slotscope::ui
