// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/slotmap/slotmapwidget.h"

#include "core/cluster/topologydiff.h"
#include "ui/slotmap/slotmappainter.h"
#include "ui/slotmap/slotparts.h"
#include "ui/slotmap/slottexts.h"
#include "ui/theme/plaintext.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QPixmap>
#include <QToolTip>

#include <algorithm>
#include <utility>

namespace slotscope::ui {

namespace {

constexpr int rowsInPage = 16;
constexpr int lastSlot = cluster::Slot::count - 1;

} // namespace

class SlotMapWidget::Private
{
public:
    cluster::Topology topology;
    SlotTable table;
    SlotNumbers numbers;
    std::optional<SlotMetric> metric;
    SlotScale scale;
    SlotMapGeometry geometry;
    SlotMapState state;
    int hoveredShard = -1;
    int hoveredSlot = -1;
    int cursor = -1;
    int anchor = -1; ///< where the selection began
    bool isDragging = false;

    QPixmap ground; ///< redrawn when something but marks and the pointer's place changes

    void layout(const QWidget& widget)
    {
        const bool byNumber = metric && !scale.isEmpty();
        state.scale = byNumber ? &scale : nullptr;
        geometry = SlotMapGeometry::layout(topology, table,
            QRectF(widget.rect()).adjusted(8, 8, -8, -8), widget.devicePixelRatioF(), state.scale);
        ground = {};
    }
    void measure() { scale = metric ? SlotScale::of(*metric, numbers) : SlotScale(); }
    QString describe(int slot) const
    {
        QString text = describeSlot(topology, table, slot);
        const qint64 keys = numbers.value(SlotMetric::KeyCount, slot);
        if (!text.isEmpty() && keys >= 0)
            text += QLatin1Char('\n') + keysText(keys);
        if (metric && *metric != SlotMetric::KeyCount && numbers.value(*metric, slot) >= 0)
            text += QLatin1String(", ") + metricText(*metric, numbers.value(*metric, slot));
        return text;
    }
    /// Index into shards(); -1: none.
    int shardAt(int slot) const
    {
        return slot < 0 ? -1 : std::max(-1, static_cast<int>(table.at(slot).shard));
    }
    /// Of a slot; also what a double click does there.
    QString toolTip(int slot) const
    {
        const int shard = shardAt(slot);
        QString text = describe(slot);
        if (shard >= 0) {
            text += QLatin1Char('\n')
                + SlotMapWidget::tr("Double click: only %1, or all again")
                      .arg(topology.shards().at(shard).label);
        }
        return text;
    }
};

SlotMapWidget::SlotMapWidget(QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>())
{
    describeParts(this,
        std::make_unique<SlotParts>([this] { return d->topology; },
            [this](int first, int last) { return d->geometry.boundsOf(first, last); },
            [] { return -1; }, // slot by slot, in the description
            tr("Select these slots"), [this](int first, int last) { select(first, last); }));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
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
    return { 160, 132 };
}

void SlotMapWidget::setTopology(const cluster::Topology& topology)
{
    const bool isSame = cluster::looksSame(topology, d->topology);
    d->topology = topology;
    if (isSame)
        return;
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
    d->ground = {};
    update();
}

void SlotMapWidget::setStale(bool stale)
{
    if (std::exchange(d->state.stale, stale) == stale)
        return;
    d->ground = {};
    update();
}

void SlotMapWidget::setMarkedSlot(int slot)
{
    if (d->state.markedSlot == slot)
        return;
    d->state.markedSlot = slot;
    update();
}

void SlotMapWidget::setShownShards(const QSet<int>& indices)
{
    d->state.shownShards = indices;
    d->ground = {};
    update();
}

void SlotMapWidget::setNumbers(const SlotNumbers& numbers)
{
    d->numbers = numbers;
    if (!d->metric)
        return;
    d->measure();
    d->layout(*this);
    update();
}

void SlotMapWidget::setMetric(std::optional<SlotMetric> metric)
{
    d->metric = metric;
    d->measure();
    d->layout(*this);
    update();
}

void SlotMapWidget::select(int first, int last)
{
    d->cursor = std::clamp(first, 0, lastSlot);
    setSelection(d->cursor, std::clamp(last, 0, lastSlot));
}

void SlotMapWidget::clearSelection()
{
    if (d->state.firstSelected < 0)
        return;
    d->anchor = -1;
    d->state.firstSelected = -1;
    d->state.lastSelected = -1;
    update();
    Q_EMIT selectionChanged();
}

std::optional<cluster::SlotRange> SlotMapWidget::selection() const
{
    if (d->state.firstSelected < 0)
        return std::nullopt;
    return cluster::SlotRange { cluster::Slot(d->state.firstSelected),
        cluster::Slot(d->state.lastSelected) };
}

bool SlotMapWidget::isDragging() const
{
    return d->isDragging;
}

void SlotMapWidget::setSelection(int anchor, int end)
{
    const int first = std::min(anchor, end);
    const int last = std::max(anchor, end);
    d->anchor = anchor;
    if (d->state.firstSelected == first && d->state.lastSelected == last)
        return;
    d->state.firstSelected = first;
    d->state.lastSelected = last;
    update();
    Q_EMIT selectionChanged();
}

void SlotMapWidget::moveCursor(int slot, bool extend)
{
    const int from = d->cursor < 0 ? slot : d->cursor;
    d->cursor = std::clamp(slot, 0, lastSlot);
    if (extend)
        setSelection(d->anchor < 0 ? from : d->anchor, d->cursor);
    d->state.cursor = hasFocus() ? d->cursor : -1;
    setHoveredSlot(d->cursor);
    setAccessibleDescription(d->describe(d->cursor));
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
            QToolTip::showText(help->globalPos(), plainToolTip(d->toolTip(slot)), this);
        return true;
    }
    if (event->type() == QEvent::PaletteChange)
        d->ground = {};
    return QWidget::event(event);
}

void SlotMapWidget::paintEvent(QPaintEvent* event)
{
    // Painting hatches and legend takes milliseconds on a broken cluster; marks and tool tips
    // should not cost them.
    const Theme theme = Theme::of(palette());
    if (d->ground.isNull() || d->ground.devicePixelRatio() != devicePixelRatioF()) {
        d->layout(*this);
        d->ground = QPixmap(size() * devicePixelRatioF());
        d->ground.setDevicePixelRatio(devicePixelRatioF());
        d->ground.fill(Qt::transparent);
        QPainter painter(&d->ground);
        paintSlotMapGround(painter, d->geometry, d->table, d->topology, d->state, theme);
    }
    QPainter painter(this);
    painter.drawPixmap(QPointF(), d->ground);
    paintSlotMapMarks(painter, d->geometry, d->state, theme);
    Q_UNUSED(event)
}

void SlotMapWidget::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    d->layout(*this);
}

void SlotMapWidget::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return QWidget::mousePressEvent(event);
    const bool more = event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier);
    if (const int shard = d->geometry.legendShardAt(event->position()); shard >= 0) {
        if (more)
            Q_EMIT shardToggled(shard);
        else
            Q_EMIT shardClicked(shard);
        return;
    }
    const int slot = d->geometry.slotAt(event->position());
    if (slot < 0)
        return clearSelection();
    d->isDragging = true;
    const bool extend = (event->modifiers() & Qt::ShiftModifier) && d->anchor >= 0;
    moveCursor(slot, false);
    setSelection(extend ? d->anchor : slot, slot);
}

void SlotMapWidget::mouseMoveEvent(QMouseEvent* event)
{
    if (d->isDragging && (event->buttons() & Qt::LeftButton)) {
        moveCursor(d->geometry.nearestSlot(event->position()), true);
        setHoveredShard(d->shardAt(d->cursor));
        return;
    }
    const int slot = d->geometry.slotAt(event->position());
    setHoveredSlot(slot);
    setHoveredShard(slot < 0 ? d->geometry.legendShardAt(event->position()) : d->shardAt(slot));
}

void SlotMapWidget::mouseReleaseEvent(QMouseEvent* event)
{
    d->isDragging = false;
    QWidget::mouseReleaseEvent(event);
}

// Its first click has selected the slot, which stays so.
void SlotMapWidget::mouseDoubleClickEvent(QMouseEvent* event)
{
    const int slot = d->geometry.slotAt(event->position());
    if (event->button() == Qt::LeftButton && slot >= 0)
        filterTo(slot);
    else
        mousePressEvent(event); // fast clicks in the legend
}

void SlotMapWidget::filterTo(int slot)
{
    if (const int shard = d->shardAt(slot); shard >= 0)
        Q_EMIT shardClicked(shard);
}

void SlotMapWidget::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const int slot = byMouse ? d->geometry.slotAt(event->pos()) : d->cursor;
    if (slot < 0)
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(
        tr("&List the keys of slot %1").arg(slot), this, [this, slot] { select(slot, slot); });
    if (const int shard = d->shardAt(slot); shard >= 0) {
        QString label = visibleText(d->topology.shards().at(shard).label);
        label.replace(QLatin1Char('&'), QLatin1String("&&"));
        menu->addAction(
            tr("&Only %1, or all again").arg(label), this, [this, slot] { filterTo(slot); });
    }
    menu->popup(byMouse ? event->globalPos()
                        : mapToGlobal(d->geometry.rectOf(slot).bottomRight().toPoint()));
}

void SlotMapWidget::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    setHoveredShard(-1);
    setHoveredSlot(-1);
}

void SlotMapWidget::keyPressEvent(QKeyEvent* event)
{
    constexpr int columns = SlotMapGeometry::columns;
    const bool control = event->modifiers() & Qt::ControlModifier;
    const bool extend = event->modifiers() & Qt::ShiftModifier;
    const int from = std::max(d->cursor, 0);
    int to = from;
    switch (event->key()) {
    case Qt::Key_Left:
        to = from - 1;
        break;
    case Qt::Key_Right:
        to = from + 1;
        break;
    case Qt::Key_Up:
        to = from >= columns ? from - columns : from;
        break;
    case Qt::Key_Down:
        to = from + columns <= lastSlot ? from + columns : from;
        break;
    case Qt::Key_PageUp:
        to = std::max(from - rowsInPage * columns, from % columns);
        break;
    case Qt::Key_PageDown:
        to = std::min(from + rowsInPage * columns, lastSlot - columns + 1 + from % columns);
        break;
    case Qt::Key_Home:
        to = control ? 0 : from - from % columns;
        break;
    case Qt::Key_End:
        to = control ? lastSlot : from - from % columns + columns - 1;
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (control)
            filterTo(d->cursor);
        else if (d->cursor >= 0)
            setSelection(extend && d->anchor >= 0 ? d->anchor : d->cursor, d->cursor);
        return;
    case Qt::Key_Escape:
        if (d->state.firstSelected < 0)
            return QWidget::keyPressEvent(event);
        clearSelection();
        return;
    default:
        return QWidget::keyPressEvent(event);
    }
    moveCursor(to, extend);
}

void SlotMapWidget::focusInEvent(QFocusEvent* event)
{
    // A click has its selection for a mark; whoever comes by keyboard has to see where he is.
    if (d->cursor < 0 && event->reason() != Qt::MouseFocusReason)
        d->cursor = 0;
    d->state.cursor = d->cursor;
    update();
    QWidget::focusInEvent(event);
}

void SlotMapWidget::focusOutEvent(QFocusEvent* event)
{
    d->state.cursor = -1;
    update();
    QWidget::focusOutEvent(event);
}

void SlotMapWidget::setHoveredShard(int shardIndex)
{
    if (std::exchange(d->hoveredShard, shardIndex) != shardIndex)
        Q_EMIT shardHovered(shardIndex);
}

void SlotMapWidget::setHoveredSlot(int slot)
{
    if (std::exchange(d->hoveredSlot, slot) != slot)
        Q_EMIT slotHovered(slot);
}

} // namespace slotscope::ui
