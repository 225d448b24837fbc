// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/theme/widgets.h"

#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QPainter>
#include <QTableView>

namespace slotscope::ui {

QLabel* plainLabel(QWidget* parent, const QString& name)
{
    auto* label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    return label;
}

QLabel* wrappingLabel(QWidget* parent, const QString& name)
{
    QLabel* label = plainLabel(parent, name);
    label->setWordWrap(true);
    return label;
}

QLabel* sentenceLabel(QWidget* parent, const QString& name, const QFont& font)
{
    QLabel* label = wrappingLabel(parent, name);
    label->setFont(font);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QLabel* readingLabel(QWidget* parent, const QString& name, const QFont& font)
{
    QLabel* label = sentenceLabel(parent, name, font);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

void setInk(QLabel* label, const QColor& color)
{
    QPalette own = label->palette();
    own.setColor(QPalette::WindowText, color);
    label->setPalette(own);
}

void makeQuiet(QTableView* table)
{
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setHighlightSections(false);
}

void paintFrame(QWidget* card, const QColor& line, qreal width)
{
    QPainter painter(card);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Theme::of(card->palette()).surface);
    painter.setPen(QPen(line, width));
    painter.drawRoundedRect(QRectF(card->rect()).adjusted(1, 1, -1, -1), 6, 6);
}

} // namespace slotscope::ui
