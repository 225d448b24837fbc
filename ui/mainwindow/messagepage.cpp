// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/messagepage.h"

#include "core/explain/errors.h"
#include "ui/theme/theme.h"
#include "ui/theme/widgets.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace { } // namespace

MessagePage::MessagePage(QWidget* parent)
    : QWidget(parent)
{
    auto* middle = new QWidget(this);
    middle->setMaximumWidth(740); // five next steps side by side
    m_title = sentenceLabel(middle, u"messageTitle"_s, textFont(20, QFont::DemiBold));
    m_sentence = sentenceLabel(middle, u"messageSentence"_s, textFont(15));
    m_remedy = sentenceLabel(middle, u"messageRemedy"_s, textFont(15));
    m_progress = new QProgressBar(middle);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(8);
    m_cancel = new QPushButton(tr("Cancel"), middle);
    m_cancel->setObjectName(u"cancelButton"_s);
    m_cancel->setMinimumHeight(32);
    m_steps = new StepBar(middle);

    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_steps);
    buttons->addStretch(1);
    auto* inner = new QVBoxLayout(middle);
    inner->setSpacing(12);
    inner->addWidget(m_title);
    inner->addWidget(m_progress);
    inner->addWidget(m_sentence);
    inner->addWidget(m_remedy);
    inner->addLayout(buttons);
    auto* layout = new QVBoxLayout(this);
    layout->addStretch(2);
    auto* line = new QHBoxLayout;
    line->addStretch(1);
    line->addWidget(middle, 100);
    line->addStretch(1);
    layout->addLayout(line);
    layout->addStretch(3);

    connect(m_cancel, &QPushButton::clicked, this, &MessagePage::cancelRequested);
    connect(m_steps, &StepBar::chosen, this, &MessagePage::stepChosen);
}

void MessagePage::showProgress(const QString& title, bool canCancel)
{
    m_failed = false;
    m_title->setText(title);
    m_sentence->hide();
    m_remedy->hide();
    m_progress->show();
    m_cancel->setVisible(canCancel);
    m_steps->setSteps({});
    applyTheme();
}

void MessagePage::showFailure(const QString& title, const support::Error& error,
    const QList<NextStep>& steps, const QString& remedy)
{
    m_failed = true;
    m_title->setText(title);
    m_sentence->setText(explain::errorSentence(error));
    m_sentence->show();
    const QString told = remedy.isEmpty() ? explain::errorRemedy(error) : remedy;
    m_remedy->setText(told);
    m_remedy->setVisible(!told.isEmpty());
    m_progress->hide();
    m_cancel->hide();
    m_steps->setSteps(steps);
    applyTheme();
}

void MessagePage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange && m_steps)
        QMetaObject::invokeMethod(this, &MessagePage::applyTheme, Qt::QueuedConnection);
    QWidget::changeEvent(event);
}

void MessagePage::applyTheme()
{
    const Theme theme = Theme::of(palette());
    setInk(m_title, m_failed ? theme.danger : theme.text);
    setInk(m_remedy, theme.mutedText);
}

} // namespace slotscope::ui
