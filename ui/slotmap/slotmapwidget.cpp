// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/slotmap/slotmapwidget.h"

#include "ui/slotmap/slotmappainter.h"
#include "ui/theme/plaintext.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPixmap>
#include <QToolTip>

namespace slotscope::ui {

class SlotMapWidget::Private
{
public:
    cluster::Topology topology;
    SlotTable table;
    SlotMapGeometry geometry;
    SlotMapState state;
    int hoveredShard = -1;

    QPixmap cache; ///< all of it; redrawn when something but the pointer's place changes

    void layout(const QWidget& widget)
    {
        geometry = SlotMapGeometry::layout(topology, table,
            QRectF(widget.rect()).adjusted(8, 8, -8, -8), widget.devicePixelRatioF());
        cache = {};
    }
};

SlotMapWidget::SlotMapWidget(QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>())
{
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Slot map"));
    setAccessibleDescription(
        tr("The 16384 slots in 128 rows, coloured by the shard that owns them"));
}

SlotMapWidget::~SlotMapWidget() = default;

QSize SlotMapWidget::sizeHint() const
{
    return { 420, 520 };
}

QSize SlotMapWidget::minimumSizeHint() const
{
    return { 200, 240 };
}

void SlotMapWidget::setTopology(const cluster::Topology& topology)
{
    d->topology = topology;
    d->table = SlotTable(topology);
    if (d->state.highlightedShard >= topology.shards().size())
        d->state.highlightedShard = -1;
    d->layout(*this);
    update();
}

void SlotMapWidget::setHighlightedShard(int shardIndex)
{
    const int shard = shardIndex < d->topology.shards().size() ? std::max(-1, shardIndex) : -1;
    if (d->state.highlightedShard == shard)
        return;
    d->state.highlightedShard = shard;
    d->cache = {};
    update();
}

void SlotMapWidget::setMarkedSlot(int slot)
{
    if (d->state.markedSlot == slot)
        return;
    d->state.markedSlot = slot;
    d->cache = {};
    update();
}

bool SlotMapWidget::event(QEvent* event)
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
    if (event->type() == QEvent::PaletteChange)
        d->cache = {};
    return QWidget::event(event);
}

void SlotMapWidget::paintEvent(QPaintEvent* event)
{
    // Painting hatches and legend takes milliseconds on a broken cluster; tool tips should not cost
    // them.
    if (d->cache.isNull() || d->cache.devicePixelRatio() != devicePixelRatioF()) {
        d->layout(*this);
        d->cache = QPixmap(size() * devicePixelRatioF());
        d->cache.setDevicePixelRatio(devicePixelRatioF());
        d->cache.fill(Qt::transparent);
        QPainter painter(&d->cache);
        paintSlotMap(painter, d->geometry, d->table, d->topology, d->state, Theme::of(palette()));
    }
    QPainter painter(this);
    painter.drawPixmap(QPointF(), d->cache);
    Q_UNUSED(event)
}

void SlotMapWidget::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    d->layout(*this);
}

void SlotMapWidget::mouseMoveEvent(QMouseEvent* event)
{
    const int slot = d->geometry.slotAt(event->position());
    setHoveredShard(slot < 0 ? d->geometry.legendShardAt(event->position())
                             : std::max(-1, int(d->table.at(slot).shard)));
}

void SlotMapWidget::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    setHoveredShard(-1);
}

void SlotMapWidget::setHoveredShard(int shardIndex)
{
    if (d->hoveredShard == shardIndex)
        return;
    d->hoveredShard = shardIndex;
    Q_EMIT shardHovered(shardIndex);
}

} // namespace slotscope::ui
