// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/slotmap/ribbonwidget.h"

#include "core/cluster/topologydiff.h"
#include "ui/slotmap/ribbonpainter.h"
#include "ui/slotmap/slotparts.h"
#include "ui/theme/plaintext.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace slotscope::ui {

class RibbonWidget::Private
{
public:
    cluster::Topology topology;
    SlotTable table;
    RibbonGeometry geometry;
    RibbonState state;
    int hoveredShard = -1;

    void layout(const QRect& rect)
    {
        geometry = RibbonGeometry::layout(topology, table, QRectF(rect).adjusted(1, 0, -1, 0));
    }
};

RibbonWidget::RibbonWidget(QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>())
{
    describeParts(this,
        std::make_unique<SlotParts>([this] { return d->topology; },
            [this](int first, int last) { return d->geometry.rectOf(first, last); }));
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Slot ribbon"));
    setAccessibleDescription(tr("All 16384 slots in order, coloured by the shard that owns them"));
}

RibbonWidget::~RibbonWidget() = default;

QSize RibbonWidget::sizeHint() const
{
    return { 800, 52 };
}

QSize RibbonWidget::minimumSizeHint() const
{
    return { 200, 52 };
}

void RibbonWidget::setTopology(const cluster::Topology& topology)
{
    const bool isSame = cluster::looksSame(topology, d->topology);
    d->topology = topology;
    if (isSame)
        return;
    d->table = SlotTable(topology);
    if (d->state.highlightedShard >= topology.shards().size())
        d->state.highlightedShard = -1;
    d->layout(rect());
    update();
}

void RibbonWidget::setHighlightedShard(int shardIndex)
{
    const int shard = shardIndex < d->topology.shards().size() ? std::max(-1, shardIndex) : -1;
    if (d->state.highlightedShard == shard)
        return;
    d->state.highlightedShard = shard;
    update();
}

void RibbonWidget::setStale(bool stale)
{
    if (d->state.stale == stale)
        return;
    d->state.stale = stale;
    update();
}

void RibbonWidget::setMarkedSlot(int slot)
{
    if (d->state.markedSlot == slot)
        return;
    d->state.markedSlot = slot;
    update();
}

bool RibbonWidget::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const int slot = d->geometry.slotAt(help->pos());
        if (slot < 0)
            QToolTip::hideText();
        else
            QToolTip::showText(
                help->globalPos(), plainToolTip(describeSlot(d->topology, d->table, slot)), this);
        return true;
    }
    return QWidget::event(event);
}

void RibbonWidget::paintEvent(QPaintEvent* event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    paintRibbon(painter, d->geometry, d->topology, d->state, Theme::of(palette()));
}

void RibbonWidget::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    d->layout(rect());
}

void RibbonWidget::mouseMoveEvent(QMouseEvent* event)
{
    const int slot = d->geometry.slotAt(event->position());
    setHoveredShard(slot < 0 ? -1 : std::max(-1, int(d->table.at(slot).shard)));
}

void RibbonWidget::mouseReleaseEvent(QMouseEvent* event)
{
    const int slot = d->geometry.slotAt(event->position());
    if (event->button() == Qt::LeftButton && slot >= 0)
        Q_EMIT shardClicked(std::max(-1, int(d->table.at(slot).shard)));
}

void RibbonWidget::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    setHoveredShard(-1);
}

void RibbonWidget::setHoveredShard(int shardIndex)
{
    if (d->hoveredShard == shardIndex)
        return;
    d->hoveredShard = shardIndex;
    Q_EMIT shardHovered(shardIndex);
}

} // namespace slotscope::ui
