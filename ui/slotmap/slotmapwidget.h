// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"

#include <QWidget>

#include <memory>

namespace slotscope::ui {

/// The slot map: 128 x 128 slots, slot n at column n % 128 and row n / 128, coloured by shard, with
/// a legend of the shards below. Uncovered, moving and disputed slots are marked by pattern as well
/// as colour. Hovering tells slot, owner and range as a tooltip.
class SlotMapWidget final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SlotMapWidget)
public:
    explicit SlotMapWidget(QWidget* parent = nullptr);
    ~SlotMapWidget() override;

    void setTopology(const slotscope::cluster::Topology& topology);
    void setHighlightedShard(int shardIndex);
    /// Marks one slot (the key's slot while a command is typed); -1 takes the mark away.
    void setMarkedSlot(int slot);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// -1 when the pointer is over no shard's slots.
    void shardHovered(int shardIndex);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void setHoveredShard(int shardIndex);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::ui
