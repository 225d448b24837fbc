// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <memory>

#include <QWidget>

#include "core/cluster/topology.h"

namespace slotscope::ui {

/// The slot map: 128 x 128 slots, slot n at column n % 128 and row n / 128, coloured by shard, with a legend of the shards below. Uncovered, moving and disputed slots are marked by pattern as well as colour.
/// Hovering tells slot, owner and range as a tooltip.
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

Q_SIGNALS:
    void shardHovered(int shardIndex);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::ui
