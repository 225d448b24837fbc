// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/topology/topologyview.h"

#include "ui/theme/plaintext.h"
#include "ui/topology/cardpainter.h"
#include "ui/topology/storynotes.h"
#include "ui/topology/storypainter.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPixmap>
#include <QToolTip>

namespace slotscope::ui {

class TopologyView::Private
{
public:
    cluster::Topology topology;
    command::Storyboard story;
    command::StoryFrame frame;
    TopologyGeometry geometry;
    StoryScene scene;
    RedirectNotes notes;
    QList<CardNote> cardNotes;
    QPixmap cards; ///< the static layer; null when it has to be painted again
    int highlightedShard = -1;
    int hoveredShard = -1;

    void layout(const QSize& size)
    {
        const QRectF bounds = QRectF(QPointF(), QSizeF(size)).adjusted(16, 14, -16, -14);
        geometry = TopologyGeometry::layout(topology, bounds, story);
        scene = sceneAt(geometry, story, frame);
        cardNotes = ui::cardNotes(geometry, notes);
        cards = {};
    }

    const QPixmap& staticLayer(const QSize& size, qreal pixelRatio, const Theme& theme)
    {
        if (cards.isNull() || cards.devicePixelRatio() != pixelRatio) {
            cards = QPixmap((QSizeF(size) * pixelRatio).toSize());
            cards.setDevicePixelRatio(pixelRatio);
            cards.fill(theme.window);
            QPainter painter(&cards);
            paintCards(painter, geometry, theme);
        }
        return cards;
    }

    QString toolTip(QPointF position) const
    {
        const NodeBox* box = geometry.box(geometry.nodeAt(position));
        const Card* card = geometry.cardAt(position);
        if (!card)
            return {};
        QStringList lines {
            card->share.isEmpty() ? card->title : card->title + QLatin1String(": ") + card->share
        };
        if (card->shard >= 0) {
            const cluster::Shard& shard = topology.shards().at(card->shard);
            if (!shard.ranges.isEmpty())
                lines.append(rangesText(shard.ranges, 12));
        }
        if (!card->note.isEmpty())
            lines.append(card->note);
        if (box) {
            lines.append(box->address.toString() + QLatin1String("  ") + box->status);
            if (!box->id.isNull())
                lines.append(box->id.toString());
        }
        return lines.join(QLatin1Char('\n'));
    }
};

TopologyView::TopologyView(QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>())
{
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Topology"));
    setAccessibleDescription(tr("The shards with their nodes, and the way of the last command"));
}

TopologyView::~TopologyView() = default;

QSize TopologyView::sizeHint() const
{
    return { 900, 520 };
}

QSize TopologyView::minimumSizeHint() const
{
    return { 320, 220 };
}

void TopologyView::setTopology(const cluster::Topology& topology)
{
    d->topology = topology;
    if (d->highlightedShard >= topology.shards().size())
        d->highlightedShard = -1;
    d->layout(size());
    update();
}

void TopologyView::setStory(const command::Storyboard& story)
{
    d->story = story;
    if (d->frame.step >= story.size())
        d->frame = {};
    d->layout(size());
    update();
}

void TopologyView::setFrame(const command::StoryFrame& frame)
{
    const bool sameStep = frame.step == d->frame.step;
    const QRectF before = d->scene.movingBounds(d->geometry);
    d->frame = frame;
    d->scene = sceneAt(d->geometry, d->story, frame);
    // A new step also changes what was current before: that may be anywhere.
    if (sameStep)
        update(before.united(d->scene.movingBounds(d->geometry)).toAlignedRect());
    else
        update();
}

void TopologyView::setRedirectNotes(const RedirectNotes& notes)
{
    const auto repaint = [this] {
        for (const CardNote& note : std::as_const(d->cardNotes))
            update(note.rect.adjusted(-2, -2, 2, 2).toAlignedRect());
    };
    repaint();
    d->notes = notes;
    d->cardNotes = cardNotes(d->geometry, notes);
    repaint();
}

void TopologyView::setHighlightedShard(int shardIndex)
{
    const int shard = shardIndex < d->topology.shards().size() ? std::max(-1, shardIndex) : -1;
    if (d->highlightedShard == shard)
        return;
    for (const int touched : { d->highlightedShard, shard })
        update(d->geometry.shardRect(touched).adjusted(-3, -3, 3, 3).toAlignedRect());
    d->highlightedShard = shard;
}

bool TopologyView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const QString text = d->toolTip(help->pos());
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), plainToolTip(text), this);
        return true;
    }
    if (event->type() == QEvent::PaletteChange)
        d->cards = {};
    return QWidget::event(event);
}

void TopologyView::paintEvent(QPaintEvent* event)
{
    const Theme theme = Theme::of(palette());
    const QPixmap& cards = d->staticLayer(size(), devicePixelRatioF(), theme);
    QPainter painter(this);
    const QRectF dirty = event->rect();
    const qreal ratio = cards.devicePixelRatio();
    painter.drawPixmap(dirty, cards, QRectF(dirty.topLeft() * ratio, dirty.size() * ratio));
    paintHighlight(painter, d->geometry, d->highlightedShard, theme);
    paintCardNotes(painter, d->cardNotes, theme);
    paintStory(painter, d->geometry, d->scene, theme);
}

void TopologyView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    d->layout(size());
}

void TopologyView::mouseMoveEvent(QMouseEvent* event)
{
    const Card* card = d->geometry.cardAt(event->position());
    setHoveredShard(card ? card->shard : -1);
    const bool overNode = d->geometry.nodeAt(event->position()).isValid();
    setCursor(overNode ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void TopologyView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (const NodeBox* box = d->geometry.box(d->geometry.nodeAt(event->position())))
        Q_EMIT nodeClicked(box->id, box->address);
}

void TopologyView::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    setHoveredShard(-1);
}

void TopologyView::setHoveredShard(int shardIndex)
{
    if (d->hoveredShard == shardIndex)
        return;
    d->hoveredShard = shardIndex;
    Q_EMIT shardHovered(shardIndex);
}

} // namespace slotscope::ui
