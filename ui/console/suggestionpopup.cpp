// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/suggestionpopup.h"

#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int mostRows = 9;
constexpr qsizetype mostShown = 200;

} // namespace

SuggestionPopup::SuggestionPopup(QWidget* field)
    : QFrame(field)
    , m_field(field)
{
    setObjectName(u"suggestionPopup"_s);
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    m_list = new QTreeWidget(this);
    m_list->setObjectName(u"suggestions"_s);
    m_list->setAccessibleName(tr("Suggestions"));
    m_list->setColumnCount(2);
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->header()->setStretchLastSection(true);
    m_list->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->addWidget(m_list);
    connect(m_list, &QTreeWidget::itemClicked, this, [this](const QTreeWidgetItem* item) {
        Q_EMIT clicked(item->data(0, Qt::UserRole).toString());
    });
    hide();
}

void SuggestionPopup::suggest(const QList<command::Candidate>& candidates)
{
    m_list->clear();
    if (candidates.isEmpty()) {
        hide();
        return;
    }
    const QColor muted = Theme::of(palette()).mutedText;
    for (const command::Candidate& candidate :
        candidates.first(qMin(candidates.size(), mostShown))) {
        auto* item = new QTreeWidgetItem(m_list,
            { elidedText(visibleText(candidate.text), fixedFont(13), 640), candidate.detail });
        item->setData(0, Qt::UserRole, candidate.text);
        item->setFont(0, fixedFont(13));
        item->setFont(1, textFont(12));
        item->setForeground(1, muted);
    }
    m_list->setCurrentItem(m_list->topLevelItem(0));
    place();
}

void SuggestionPopup::place()
{
    QWidget* window = m_field->window();
    if (parentWidget() != window)
        setParent(window);
    const int rows = qMin(mostRows, m_list->topLevelItemCount());
    m_list->ensurePolished();
    const QMargins around = layout()->contentsMargins();
    const int height = rows * m_list->sizeHintForRow(0) + 2 * frameWidth() + around.top()
        + around.bottom() + 2 * m_list->frameWidth();
    const QPoint corner = m_field->mapTo(window, QPoint(0, 0));
    const int width = qMin(qBound(420, m_field->width(), 640), window->width() - 8);
    const int x = qBound(4, corner.x(), qMax(4, window->width() - width - 4));
    // Above it: below it stands what is known of the line.
    const int above = corner.y() - height - 2;
    setGeometry(x, above >= 0 ? above : corner.y() + m_field->height() + 2, width, height);
    raise();
    show();
}

void SuggestionPopup::step(int by)
{
    const int count = m_list->topLevelItemCount();
    if (count == 0)
        return;
    const int now = m_list->indexOfTopLevelItem(m_list->currentItem());
    m_list->setCurrentItem(m_list->topLevelItem(((now + by) % count + count) % count));
}

QString SuggestionPopup::choice() const
{
    const QTreeWidgetItem* item = m_list->currentItem();
    return isHidden() || !item ? QString() : item->data(0, Qt::UserRole).toString();
}

} // namespace slotscope::ui
