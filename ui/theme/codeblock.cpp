// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/theme/codeblock.h"

#include "ui/theme/theme.h"
#include "ui/theme/widgets.h"

#include <QAbstractTextDocumentLayout>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPlainTextEdit>
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
    m_code->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_code->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_code->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_code->viewport()->setAutoFillBackground(false);
    m_code->setTabChangesFocus(true);
    m_code->setTabStopDistance(4 * QFontMetricsF(m_code->font()).horizontalAdvance(u' '));
    m_code->setAccessibleName(tr("Code"));
    connect(m_code->document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged,
        this, &CodeBlock::fitHeight);

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
    setTitle(title);
    m_code->setPlainText(code.trimmed());
}

void CodeBlock::setTitle(const QString& title)
{
    m_title->setText(title);
}

QString CodeBlock::title() const
{
    return m_title->text();
}

/// As tall as its lines, wrapped ones too: a code block does not scroll up and down inside a page
/// that does.
void CodeBlock::fitHeight()
{
    // The layout of a plain text document counts its height in lines.
    const int lines = qMax(1, qRound(m_code->document()->size().height()));
    const int margins = 2 * static_cast<int>(m_code->document()->documentMargin()) + 4;
    m_code->setFixedHeight(lines * QFontMetrics(m_code->font()).lineSpacing() + margins);
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

void CodeBlock::paintEvent(QPaintEvent*)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.border, 1));
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    // The bar at the left says it a second time: wrong, or right.
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_verdict == Verdict::Right ? theme.good : theme.danger);
    painter.drawRoundedRect(QRectF(1, 8, 3, height() - 16), 1.5, 1.5);
}

void CodeBlock::applyTheme()
{
    const Theme theme = Theme::of(palette());
    setInk(m_mark, m_verdict == Verdict::Right ? theme.good : theme.danger);
    QPalette code = m_code->palette();
    code.setColor(QPalette::Text, theme.text);
    m_code->setPalette(code);
}

} // namespace slotscope::ui
