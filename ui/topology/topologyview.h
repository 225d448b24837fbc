// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/command/storyboard.h"
#include "ui/theme/redirectnote.h"

#include <QWidget>

#include <memory>

namespace slotscope::ui {

/// The picture: shards as cards, this computer with its slot map, and a redirect on its way. Shows
/// values it is given; owns no time (the player does) and asks nobody. Static layer in a pixmap,
/// dirty rects for what moves.
class TopologyView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TopologyView)
public:
    explicit TopologyView(QWidget* parent = nullptr);
    ~TopologyView() override;

    void setTopology(const slotscope::cluster::Topology& topology);
    /// The story to show; an empty one takes the redirect layer away.
    void setStory(const slotscope::command::Storyboard& story);
    void setFrame(const slotscope::command::StoryFrame& frame);
    /// What the nodes have answered, on their cards.
    void setRedirectNotes(const slotscope::ui::RedirectNotes& notes);
    /// Index into shards(), -1 for none; shared with ribbon and slot map.
    void setHighlightedShard(int shardIndex);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// -1 when the pointer is over no shard.
    void shardHovered(int shardIndex);
    /// The user clicked a node: where a custom run may start, what the inspector shows.
    void nodeClicked(const slotscope::cluster::NodeId& id, const slotscope::net::Endpoint& address);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void setHoveredShard(int shardIndex);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::ui
