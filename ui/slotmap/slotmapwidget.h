// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "ui/slotmap/slotscale.h"

#include <QSet>
#include <QWidget>

#include <memory>
#include <optional>

namespace slotscope::ui {

/// The slot map: 128 x 128 slots, slot n at column n % 128 and row n / 128, coloured by shard or by
/// a number, with a legend below. Uncovered, moving and disputed slots are marked by pattern as
/// well as colour. Hovering tells slot, owner and range as a tooltip.
///
/// A range of slots is selected by dragging, by Shift and a click, or by Shift and the arrow keys.
/// Arrows, Home, End, Page Up, Page Down (with Ctrl to the very first and last) move the cursor,
/// Enter selects, Escape takes the selection away.
///
/// A double click, Ctrl+Enter and the context menu wish for one shard only, or all again; in the
/// legend a click does.
class SlotMapWidget final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SlotMapWidget)
public:
    explicit SlotMapWidget(QWidget* parent = nullptr);
    ~SlotMapWidget() override;

    void setTopology(const slotscope::cluster::Topology& topology);
    void setHighlightedShard(int shardIndex);
    /// Pale: nobody answers.
    void setStale(bool stale);
    /// Marks one slot (the key's slot while a command is typed); -1 takes the mark away.
    void setMarkedSlot(int slot);
    /// By Shard::index; the others are grey. Empty: all.
    void setShownShards(const QSet<int>& indices);
    void setNumbers(const SlotNumbers& numbers);
    /// Colours by this number; none: by owner.
    void setMetric(std::optional<SlotMetric> metric);
    /// Selects and shows the cursor there, as if the user had.
    void select(int first, int last);
    void clearSelection();
    std::optional<cluster::SlotRange> selection() const;
    bool isDragging() const; ///< the hand still selects

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// -1 when the pointer is over no shard's slots.
    void shardHovered(int shardIndex);
    /// The slot under the pointer, or under the cursor that keys move; -1: none.
    void slotHovered(int slot);
    /// Also while the hand is still dragging: whoever asks a server waits a moment.
    void selectionChanged();
    /// Only this shard; if it is the only one already, all again.
    void shardClicked(int shardIndex);
    /// Ctrl or Shift and a click in the legend: this one too, or no longer.
    void shardToggled(int shardIndex);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void setHoveredShard(int shardIndex);
    void setHoveredSlot(int slot);
    void moveCursor(int slot, bool extend);
    void setSelection(int anchor, int end);
    void filterTo(int slot);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::ui
