// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/codeblock.h"

#include "ui/theme/theme.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

CodeBlock::CodeBlock(Verdict verdict, QWidget* parent)
    : QFrame(parent)
    , m_verdict(verdict)
{
    m_mark = new QLabel(verdict == Verdict::Right ? u"✓"_s : u"✗"_s, this);
    m_mark->setFont(textFont(15, QFont::Bold));
    m_title = new QLabel(this);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(textFont(13, QFont::DemiBold));
    m_title->setWordWrap(true);

    auto* copy = new QToolButton(this);
    copy->setText(tr("Copy"));
    copy->setObjectName(u"copyButton"_s);
    copy->setAccessibleName(tr("Copy this code"));
    connect(copy, &QToolButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(code()); });

    m_code = new QPlainTextEdit(this);
    m_code->setReadOnly(true);
    m_code->setFont(fixedFont(12));
    m_code->setFrameShape(QFrame::NoFrame);
    m_code->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_code->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_code->setTabChangesFocus(true);
    m_code->setTabStopDistance(4 * QFontMetricsF(m_code->font()).horizontalAdvance(u' '));
    m_code->setAccessibleName(tr("Code"));

    auto* head = new QHBoxLayout;
    head->addWidget(m_mark);
    head->addWidget(m_title, 1);
    head->addWidget(copy);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 8, 10, 8);
    layout->setSpacing(6);
    layout->addLayout(head);
    layout->addWidget(m_code, 1);
    applyTheme();
}

void CodeBlock::setCode(const QString& title, const QString& code)
{
    m_title->setText(title);
    m_code->setPlainText(code);
    // As tall as its lines: a code block does not scroll up and down inside a page that does.
    const int lines = static_cast<int>(code.count(u'\n')) + 1;
    const int extra = 2 * static_cast<int>(m_code->document()->documentMargin())
        + m_code->horizontalScrollBar()->sizeHint().height();
    m_code->setFixedHeight(lines * QFontMetrics(m_code->font()).lineSpacing() + extra);
}

QString CodeBlock::code() const
{
    return m_code->toPlainText();
}

void CodeBlock::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
    QFrame::changeEvent(event);
}

void CodeBlock::applyTheme()
{
    const Theme theme = Theme::of(palette());
    QPalette mark = m_mark->palette();
    mark.setColor(QPalette::WindowText, m_verdict == Verdict::Right ? theme.good : theme.danger);
    m_mark->setPalette(mark);
    setFrameShape(QFrame::StyledPanel);
}

} // namespace slotscope::ui
