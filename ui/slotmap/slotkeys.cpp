// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/slotmap/slotkeys.h"

#include "ui/slotmap/keylistview.h"
#include "ui/slotmap/slottexts.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int perSlot = 100;
constexpr int inAll = 1000;

} // namespace

SlotKeys::SlotKeys(QWidget* parent)
    : QWidget(parent)
{
    m_title = new QLabel(this);
    m_title->setObjectName(u"keysTitle"_s);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_copy = new QToolButton(this);
    m_copy->setText(tr("Copy"));
    m_copy->setObjectName(u"slotKeysCopy"_s);
    m_copy->setToolTip(tr("Copies the selected keys, or all of them, one a line"));
    auto* close = new QToolButton(this);
    close->setObjectName(u"slotKeysClose"_s);
    close->setText(u"×"_s);
    close->setAutoRaise(true);
    close->setAccessibleName(tr("Take the selection away"));
    close->setToolTip(tr("Take the selection away (Esc in the map)"));
    m_list = new KeyListView(this);
    m_list->setObjectName(u"slotKeys"_s);
    m_list->setAccessibleName(tr("Keys of the selected slots"));

    auto* line = new QHBoxLayout;
    line->setSpacing(3);
    line->addWidget(m_title, 1);
    line->addWidget(m_copy, 0, Qt::AlignTop);
    line->addWidget(close, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 2, 8, 4);
    layout->setSpacing(3);
    layout->addLayout(line);
    layout->addWidget(m_list, 1);
    connect(close, &QToolButton::clicked, this, &SlotKeys::closeRequested);
    connect(m_copy, &QToolButton::clicked, this, [this] {
        if (m_list->selectedCount() == 0) {
            m_list->setCurrentRow(0);
            m_list->setCurrentRow(m_list->rows().size() - 1, true);
        }
        m_list->copySelected();
    });
    connect(m_list, &KeyListView::rowsChanged, this,
        [this] { m_copy->setEnabled(m_list->rows().size() > 0); });
    m_copy->setEnabled(false);
}

command::SlotSurveyOptions SlotKeys::begin(const cluster::SlotRange& range)
{
    m_range = range;
    m_there = 0;
    m_list->clear();
    m_list->setPlaceholder({});
    m_title->setText(tr("Asking for the keys of %1…").arg(slotRangeText(range)));
    command::SlotSurveyOptions options;
    options.question = command::SlotQuestion::Keys;
    options.ranges = { range };
    options.keysPerSlot = perSlot;
    options.mostKeys = inAll;
    return options;
}

void SlotKeys::showUnknown(const cluster::SlotRange& range)
{
    begin(range);
    m_title->setText(tr("Keys of %1").arg(slotRangeText(range)));
    m_list->setPlaceholder(tr("There is no connection: the keys are not known."));
}

void SlotKeys::take(const QList<command::SlotFacts>& facts)
{
    QList<QByteArray> keys;
    for (const command::SlotFacts& one : facts) {
        m_there += std::max<qint64>(one.keyCount, 0);
        keys += one.keys;
    }
    if (!keys.isEmpty())
        m_list->append(keys);
}

void SlotKeys::finish(bool complete, const command::SlotSurveyProgress& progress)
{
    m_title->setText(
        listedKeysText({ m_range, m_list->rows().size(), m_there, perSlot, complete }, progress));
    m_list->setPlaceholder(complete ? tr("There is no key here.") : tr("Nothing is known."));
}

} // namespace slotscope::ui
