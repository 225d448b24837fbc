// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/report/comparisonribbons.h"

#include "ui/theme/plaintext.h"

#include <QHelpEvent>
#include <QToolTip>

namespace slotscope::ui {

ComparisonRibbons::ComparisonRibbons(const cluster::Topology& before,
    const cluster::Topology& after, const cluster::SlotRanges& changed,
    const ComparisonTexts& texts, QWidget* parent)
    : QWidget(parent)
    , m_before(before)
    , m_after(after)
    , m_changed(changed)
    , m_texts(texts)
{
    setAccessibleName(tr("Slots before and after"));
    setAccessibleDescription(texts.before + u'\n' + texts.after + u'\n' + texts.legend);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    place();
}

void ComparisonRibbons::setChosen(const cluster::SlotRanges& ranges)
{
    if (ranges == m_chosen)
        return;
    m_chosen = ranges;
    place();
    update();
}

QString ComparisonRibbons::tellSlot(int slot) const
{
    const auto owner = [slot](const cluster::Topology& topology) {
        const cluster::Node* node = topology.ownerOf(cluster::Slot(slot));
        return node ? visibleText(topology.labelOf(*node)) : tr("nobody");
    };
    return tr("Slot %1: %2 before, %3 after")
        .arg(QString::number(slot), owner(m_before), owner(m_after));
}

QSize ComparisonRibbons::sizeHint() const
{
    return { 900, static_cast<int>(ComparisonGeometry::height) };
}

QSize ComparisonRibbons::minimumSizeHint() const
{
    return { 320, static_cast<int>(ComparisonGeometry::height) };
}

bool ComparisonRibbons::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int slot = m_geometry.slotAt(help->pos());
    if (slot < 0)
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), plainToolTip(tellSlot(slot)), this);
    return true;
}

void ComparisonRibbons::paintEvent(QPaintEvent* event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    paintComparison(painter, m_geometry, m_before, m_after, m_texts, Theme::of(palette()));
}

void ComparisonRibbons::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    place();
}

void ComparisonRibbons::place()
{
    m_geometry = ComparisonGeometry::layout(
        m_before, m_after, m_changed, m_chosen, QRectF(rect()).adjusted(3, 0, -3, 0));
}

} // namespace slotscope::ui
