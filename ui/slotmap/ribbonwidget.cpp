// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/slotmap/ribbonwidget.h"

#include "core/cluster/topologydiff.h"
#include "ui/slotmap/ribbonpainter.h"
#include "ui/slotmap/slotparts.h"
#include "ui/theme/plaintext.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <utility>

namespace slotscope::ui {

namespace {

constexpr int pageOfSlots = cluster::Slot::count / 16;

} // namespace

class RibbonWidget::Private
{
public:
    cluster::Topology topology;
    SlotTable table;
    RibbonGeometry geometry;
    RibbonState state;
    int hoveredShard = -1;
    int cursor = 0; ///< a slot of the range where the keyboard stands, or will

    void layout(const QRect& rect)
    {
        geometry = RibbonGeometry::layout(topology, table, QRectF(rect).adjusted(1, 0, -1, 0));
    }
    /// Index into shards(); -1: none.
    int shardAt(int slot) const
    {
        return slot < 0 ? -1 : std::max(-1, static_cast<int>(table.at(slot).shard));
    }
    /// What is alike around the cursor: a slot that is moving stands alone. Table must be known.
    SlotTable::Run run() const
    {
        const QList<SlotTable::Run>& runs = table.runs();
        return *std::partition_point(runs.cbegin(), runs.cend(),
            [this](const SlotTable::Run& one) { return one.last < cursor; });
    }
    void showFocus(bool hasFocus)
    {
        const bool isSeen = hasFocus && table.isKnown();
        state.firstFocused = isSeen ? run().first : -1;
        state.lastFocused = isSeen ? run().last : -1;
    }
};

RibbonWidget::RibbonWidget(QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>())
{
    describeParts(this,
        std::make_unique<SlotParts>([this] { return d->topology; },
            [this](int first, int last) { return d->geometry.rectOf(first, last); },
            [this] { return d->table.isKnown() ? d->cursor : -1; },
            tr("Only this shard, or all again"),
            [this](int first, int) { Q_EMIT shardClicked(d->shardAt(first)); }));
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
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
    d->showFocus(hasFocus());
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
    setHoveredShard(d->shardAt(d->geometry.slotAt(event->position())));
}

void RibbonWidget::mouseReleaseEvent(QMouseEvent* event)
{
    const int slot = d->geometry.slotAt(event->position());
    if (event->button() == Qt::LeftButton && slot >= 0)
        Q_EMIT shardClicked(d->shardAt(slot));
}

void RibbonWidget::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    setHoveredShard(-1);
}

void RibbonWidget::keyPressEvent(QKeyEvent* event)
{
    if (!d->table.isKnown() || (event->modifiers() & ~Qt::KeypadModifier))
        return QWidget::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Up:
        return moveCursor(d->run().first - 1);
    case Qt::Key_Right:
    case Qt::Key_Down:
        return moveCursor(d->run().last + 1);
    case Qt::Key_PageUp:
        return moveCursor(d->cursor - pageOfSlots);
    case Qt::Key_PageDown:
        return moveCursor(d->cursor + pageOfSlots);
    case Qt::Key_Home:
        return moveCursor(0);
    case Qt::Key_End:
        return moveCursor(cluster::Slot::count - 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        Q_EMIT shardClicked(d->shardAt(d->cursor));
        return;
    default:
        // Escape too, which shows all shards again wherever it is pressed.
        QWidget::keyPressEvent(event);
    }
}

void RibbonWidget::moveCursor(int slot)
{
    d->cursor = std::clamp(slot, 0, cluster::Slot::count - 1);
    d->showFocus(hasFocus());
    setHoveredShard(d->shardAt(d->cursor));
    update();
    tellCurrentPart(this);
}

void RibbonWidget::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    if (d->table.isKnown())
        moveCursor(d->cursor);
}

void RibbonWidget::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    d->showFocus(false);
    setHoveredShard(-1);
    update();
}

void RibbonWidget::setHoveredShard(int shardIndex)
{
    if (std::exchange(d->hoveredShard, shardIndex) != shardIndex)
        Q_EMIT shardHovered(shardIndex);
}

} // namespace slotscope::ui
