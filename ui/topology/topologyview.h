// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/cluster/topologydiff.h"
#include "core/command/storyboard.h"
#include "ui/theme/redirectnote.h"
#include "ui/topology/findplace.h"
#include "ui/topology/topologygeometry.h"

#include <QWidget>

#include <memory>

namespace slotscope::ui {

/// The picture: shards as cards, this computer with its slot map, and a redirect on its way. Shows
/// values it is given and asks nobody; the player owns the time of a story. What stands still is
/// painted once, into a pixmap; of the rest only the rects that change are painted.
///
/// Zoom with Ctrl and the wheel, + and -; move by dragging; the whole picture again with 0 or F.
/// The arrow keys go from card to card, Enter is a click on its primary, Ctrl+Enter one on the
/// card.
class TopologyView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TopologyView)
public:
    explicit TopologyView(QWidget* parent = nullptr);
    ~TopologyView() override;

    /// One that looks the same paints nothing.
    void setTopology(const slotscope::cluster::Topology& topology);
    void setFacts(const slotscope::ui::CardFacts& facts);
    /// What cards say of their shards' load, by the shards' primaries, what matters most first:
    /// those are shown that fit; none: no line for it.
    void setNumbers(const QHash<slotscope::cluster::NodeId, QStringList>& numbers);
    /// The story to show; an empty one takes the redirect layer away.
    void setStory(const slotscope::command::Storyboard& story);
    void setFrame(const slotscope::command::StoryFrame& frame);
    /// What the nodes have answered, on their cards.
    void setRedirectNotes(const slotscope::ui::RedirectNotes& notes);
    /// Index into shards(), -1 for none; shared with ribbon and slot map.
    void setHighlightedShard(int shardIndex);
    /// Only this shard, the others faint; -1: all.
    void setFilteredShard(int shardIndex);
    /// What has just changed is marked for ten seconds.
    void markChanges(const QList<slotscope::cluster::TopologyChange>& changes);
    void clearMarks();
    /// A sentence: what is shown is old, or only one node's view. Grey then; empty: it is not.
    void setCaveat(const QString& sentence);
    /// Marks stand still until they go.
    void setReducedMotion(bool reduced);

    /// A node, address, id, slot or key (findPlace()): brings it into sight, and tells what it was.
    std::optional<Place> goTo(const QString& text);
    /// Brings the shard's card into sight, large enough to read.
    void showShard(int shardIndex);
    void zoomIn();
    void zoomOut();
    void fit(); ///< shows the whole picture
    bool isFit() const;

    /// What is shown, for whoever tells it in words.
    const cluster::Topology& topology() const;
    /// Where it stands now.
    const TopologyGeometry& picture() const;
    /// What is written of redirects on this card of picture(); empty: nothing.
    QString redirectsOn(int card) const;
    int filteredShard() const; ///< -1: all are shown
    int keyboardCard() const; ///< where the arrow keys have come to; -1: nowhere

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// -1 when the pointer is over no shard.
    void shardHovered(int shardIndex);
    /// The user clicked a node: where a custom run may start, what the inspector shows.
    void nodeClicked(const slotscope::cluster::NodeId& id, const slotscope::net::Endpoint& address);
    /// The user clicked a card beside its nodes; -1: beside all cards.
    void shardClicked(int shardIndex);
    void viewportChanged();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void setHoveredShard(int shardIndex);
    void setViewport(const Viewport& viewport);
    void moveToCard(int key);
    bool showToolTip(QEvent* event);
    QString toolTipAt(QPointF position) const;

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::ui
