// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/connection/messagepage.h"

#include "core/explain/errors.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"
#include "ui/theme/widgets.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int mostLines = 8; ///< of the list; then it scrolls

QString stateText(const SeedRow& seed)
{
    switch (seed.state) {
    case SeedRow::State::Current:
        return MessagePage::tr("… connecting");
    case SeedRow::State::Failed:
        return u"✗ "_s + visibleText(seed.why);
    case SeedRow::State::Waiting:
        break;
    }
    return MessagePage::tr("– not tried");
}

QTableWidget* makeSeedList(QWidget* parent)
{
    auto* list = new QTableWidget(0, 2, parent);
    list->setObjectName(u"seedList"_s);
    list->setAccessibleName(MessagePage::tr("The endpoints, and what became of each"));
    makeQuiet(list);
    list->horizontalHeader()->hide();
    list->setSelectionMode(QAbstractItemView::SingleSelection);
    list->setSelectionBehavior(QAbstractItemView::SelectRows);
    list->setWordWrap(true);
    list->horizontalHeader()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    list->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    list->hide();
    return list;
}

} // namespace

MessagePage::MessagePage(QWidget* parent)
    : QWidget(parent)
{
    auto* middle = new QWidget(this);
    middle->setMaximumWidth(740); // five next steps side by side
    m_title = sentenceLabel(middle, u"messageTitle"_s, textFont(20, QFont::DemiBold));
    m_note = sentenceLabel(middle, u"messageNote"_s, textFont(15));
    m_sentence = sentenceLabel(middle, u"messageSentence"_s, textFont(15));
    m_remedy = sentenceLabel(middle, u"messageRemedy"_s, textFont(15));
    m_seeds = makeSeedList(middle);
    m_progress = new QProgressBar(middle);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Under way"));
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
    inner->addWidget(m_note);
    inner->addWidget(m_sentence);
    inner->addWidget(m_seeds);
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

void MessagePage::showProgress(const QString& title, bool canCancel, const QString& note)
{
    m_failed = false;
    m_title->setText(title);
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    m_sentence->hide();
    m_seeds->hide();
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
    m_note->hide();
    m_sentence->setText(withoutOptions(explain::errorSentence(error)));
    m_sentence->show();
    m_seeds->hide();
    const QString told = withoutOptions(remedy.isEmpty() ? explain::errorRemedy(error) : remedy);
    m_remedy->setText(told);
    m_remedy->setVisible(!told.isEmpty());
    m_progress->hide();
    m_cancel->hide();
    m_steps->setSteps(steps);
    applyTheme();
}

void MessagePage::setSeeds(const QList<SeedRow>& seeds)
{
    const bool isList = seeds.size() > 1;
    m_seeds->setVisible(isList);
    if (!isList)
        return;
    m_sentence->hide(); // each has its own
    m_seeds->setRowCount(static_cast<int>(seeds.size()));
    int current = -1;
    for (int row = 0; row < seeds.size(); ++row) {
        const SeedRow& seed = seeds.at(row);
        if (seed.state != SeedRow::State::Waiting)
            current = row;
        const QStringList texts { visibleText(seed.name), stateText(seed) };
        for (int column = 0; column < texts.size(); ++column) {
            auto* item = new QTableWidgetItem(texts.at(column));
            item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
            item->setToolTip(plainToolTip(texts.at(column)));
            m_seeds->setItem(row, column, item);
        }
    }
    m_seeds->resizeRowsToContents();
    int height = 2 * m_seeds->frameWidth();
    for (int row = 0; row < std::min(mostLines, m_seeds->rowCount()); ++row)
        height += m_seeds->rowHeight(row);
    m_seeds->setFixedHeight(height + 4);
    if (current >= 0)
        m_seeds->scrollToItem(m_seeds->item(current, 0));
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
    setInk(m_note, theme.mutedText);
}

} // namespace slotscope::ui
