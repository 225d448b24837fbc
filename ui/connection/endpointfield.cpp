// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/connection/endpointfield.h"

#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMimeData>

#include <algorithm>

namespace slotscope::ui {

namespace {

constexpr int mostVisibleLines = 4;
/// CLUSTER NODES of a thousand nodes has some 200 kB.
constexpr qsizetype mostPastedCharacters = 4 * 1024 * 1024;

} // namespace

EndpointField::EndpointField(QWidget* parent)
    : QPlainTextEdit(parent)
{
    setFont(fixedFont(14));
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setTabChangesFocus(true);
    setUndoRedoEnabled(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(3);
    connect(this, &QPlainTextEdit::blockCountChanged, this, &EndpointField::fitHeight);
    fitHeight();
}

void EndpointField::setText(const QString& text)
{
    setPlainText(text);
    moveCursor(QTextCursor::End);
}

int EndpointField::heightOfLines(int lines) const
{
    const int text = lines * QFontMetrics(font()).lineSpacing();
    return text + 2 * static_cast<int>(document()->documentMargin()) + 2 * frameWidth() + 2;
}

QSize EndpointField::sizeHint() const
{
    return { 360, heightOfLines(1) };
}

QSize EndpointField::minimumSizeHint() const
{
    return { 120, heightOfLines(1) };
}

void EndpointField::fitHeight()
{
    setFixedHeight(heightOfLines(std::clamp(blockCount(), 1, mostVisibleLines)));
    setVerticalScrollBarPolicy(
        blockCount() > mostVisibleLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
}

void EndpointField::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        Q_EMIT submitted();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

bool EndpointField::canInsertFromMimeData(const QMimeData* source) const
{
    return source->hasText();
}

void EndpointField::insertFromMimeData(const QMimeData* source)
{
    QString text = source->text().left(mostPastedCharacters);
    // One line with a line end behind it is what a terminal copies: still one line.
    while (text.endsWith(u'\n') || text.endsWith(u'\r'))
        text.chop(1);
    // Something with lines is never a part of what is already typed.
    if (text.contains(u'\n'))
        selectAll();
    insertPlainText(text);
    ensureCursorVisible();
}

} // namespace slotscope::ui
