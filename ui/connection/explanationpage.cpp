// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/connection/explanationpage.h"

#include "core/explain/redirects.h"
#include "ui/theme/codeblock.h"
#include "ui/theme/theme.h"
#include "ui/theme/widgets.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

ExplanationPage::ExplanationPage(QWidget* parent)
    : QScrollArea(parent)
{
    setAccessibleName(tr("What this redirect means"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    auto* sheet = new QWidget;
    auto* middle = new QWidget(sheet);
    middle->setMaximumWidth(1120);

    m_title = readingLabel(middle, u"explanationTitle"_s, textFont(21, QFont::DemiBold));
    m_meaning = readingLabel(middle, u"explanationMeaning"_s, textFont(15));
    m_guess = readingLabel(middle, u"explanationGuess"_s, textFont(15));
    m_advice = readingLabel(middle, u"explanationAdvice"_s, textFont(15));
    m_code = new QWidget(middle);
    m_wrong = new CodeBlock(CodeBlock::Verdict::Wrong, m_code);
    m_wrong->setObjectName(u"wrongCode"_s);
    m_right = new CodeBlock(CodeBlock::Verdict::Right, m_code);
    m_right->setObjectName(u"rightCode"_s);
    auto* codeLayout = new QHBoxLayout(m_code);
    codeLayout->setContentsMargins(0, 0, 0, 0);
    codeLayout->setSpacing(12);
    codeLayout->addWidget(m_wrong, 1);
    codeLayout->addWidget(m_right, 1);
    m_open = new QPushButton(middle);
    m_open->setObjectName(u"openTargetButton"_s);
    auto* close = new QPushButton(tr("Close"), middle);
    for (QPushButton* button : { m_open, close })
        button->setMinimumHeight(32);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_open);
    buttons->addWidget(close);
    buttons->addStretch(1);

    auto* inner = new QVBoxLayout(middle);
    inner->setSpacing(12);
    inner->setContentsMargins(24, 20, 24, 20);
    for (QLabel* label : { m_meaning, m_guess, m_advice })
        label->setMaximumWidth(860); // longer lines are hard to read
    inner->addWidget(m_title);
    inner->addWidget(m_meaning);
    inner->addWidget(m_guess);
    inner->addWidget(m_advice);
    inner->addWidget(m_code);
    inner->addLayout(buttons);
    inner->addStretch(1);
    auto* layout = new QHBoxLayout(sheet);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addStretch(1);
    layout->addWidget(middle, 20);
    layout->addStretch(1);
    setWidget(sheet);

    connect(m_open, &QPushButton::clicked, this, [this] { Q_EMIT openRequested(m_target); });
    connect(close, &QPushButton::clicked, this, &ExplanationPage::closeRequested);
}

void ExplanationPage::setRedirect(const command::Redirect& redirect)
{
    const explain::RedirectExplanation explanation
        = explain::explainRedirect(redirect.kind == command::Redirect::Kind::Moved,
            redirect.slot.number(), redirect.targetText);
    m_title->setText(explanation.title);
    m_meaning->setText(explanation.meaning);
    m_guess->setText(explanation.likelyCause);
    m_guess->setVisible(!explanation.likelyCause.isEmpty());
    m_advice->setText(explanation.advice);
    m_advice->setVisible(!explanation.advice.isEmpty());
    m_code->setVisible(!explanation.wrongCode.isEmpty() || !explanation.rightCode.isEmpty());
    m_wrong->setVisible(!explanation.wrongCode.isEmpty());
    m_wrong->setCode(tr("What probably stands there now"), explanation.wrongCode);
    m_right->setVisible(!explanation.rightCode.isEmpty());
    m_right->setCode(tr("What to write instead"), explanation.rightCode);
    m_target = redirect.target.isDialable() ? redirect.target.toString() : QString();
    m_open->setVisible(!m_target.isEmpty());
    m_open->setText(
        tr("Open the cluster through %1").arg(QString(m_target).replace(u'&', u"&&"_s)));
}

} // namespace slotscope::ui
