// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/questionbar.h"

#include "ui/theme/drawing.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int signWidth = 30;

} // namespace

QuestionBar::QuestionBar(QWidget* parent)
    : QFrame(parent)
{
    m_question = new QLabel(this);
    m_question->setObjectName(u"guardQuestion"_s);
    m_question->setTextFormat(Qt::PlainText);
    m_question->setFont(textFont(13));
    m_question->setWordWrap(true);
    auto* yes = new QPushButton(tr("&Send it"), this);
    yes->setObjectName(u"sendAnywayButton"_s);
    m_no = new QPushButton(tr("Do &not send"), this);
    m_no->setObjectName(u"doNotSendButton"_s);
    for (QPushButton* button : { yes, m_no })
        button->setAutoDefault(true);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(signWidth, 6, 10, 6);
    layout->addWidget(m_question, 1);
    layout->addWidget(m_no);
    layout->addWidget(yes);
    connect(yes, &QPushButton::clicked, this, [this] { answer(true); });
    connect(m_no, &QPushButton::clicked, this, [this] { answer(false); });
    hide();
}

void QuestionBar::ask(quint64 ticket, const QString& question)
{
    m_tickets.append(ticket);
    m_question->setText(visibleText(question));
    m_question->setAccessibleName(question);
    show();
    m_no->setFocus(Qt::OtherFocusReason);
}

void QuestionBar::drop(quint64 ticket)
{
    m_tickets.removeAll(ticket);
    if (m_tickets.isEmpty())
        hide();
}

void QuestionBar::answer(bool yes)
{
    const QList<quint64> tickets = std::exchange(m_tickets, {});
    hide();
    for (const quint64 ticket : tickets)
        Q_EMIT answered(ticket, yes);
}

void QuestionBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        answer(false);
    else
        QFrame::keyPressEvent(event);
}

void QuestionBar::paintEvent(QPaintEvent*)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(blended(theme.warning, theme.surface, 0.12));
    painter.setPen(theme.warning);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
    paintWarningSign(
        painter, QPointF(signWidth / 2.0 + 2, height() / 2.0), 15, theme.warning, theme.surface);
}

} // namespace slotscope::ui
