// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"

#include <QWidget>

#include <memory>

namespace slotscope::ui {

/// The ribbon: all 16384 slots in slot order, coloured by shard with labels where they fit; slots
/// nobody owns hatched red, moving slots striped. Hovering tells slot, owner and range as a
/// tooltip.
///
/// Left and Right, Home and End go from range to range, Page Up and Page Down a sixteenth of the
/// ribbon; Enter and Space are a click there. A click does not take the focus: a command may be
/// half typed.
class RibbonWidget final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RibbonWidget)
public:
    explicit RibbonWidget(QWidget* parent = nullptr);
    ~RibbonWidget() override;

    void setTopology(const slotscope::cluster::Topology& topology);
    void setHighlightedShard(int shardIndex);
    /// What is shown is old: nobody answers.
    void setStale(bool stale);
    /// Marks one slot (the key's slot while a command is typed); -1 takes the mark away.
    void setMarkedSlot(int slot);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// -1 when the pointer is over no shard's slots.
    void shardHovered(int shardIndex);
    /// -1 for slots that no shard owns.
    void shardClicked(int shardIndex);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void moveCursor(int slot);
    void setHoveredShard(int shardIndex);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::ui
