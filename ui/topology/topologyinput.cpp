// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// What pointer and keyboard do in a TopologyView.

#include "core/cluster/slottext.h"
#include "ui/theme/accessibleparts.h"
#include "ui/theme/plaintext.h"
#include "ui/topology/topologyviewprivate.h"

#include <QApplication>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>
#include <limits>
#include <utility>

namespace slotscope::ui {

namespace {

constexpr qreal zoomStep = 1.25;
constexpr qreal moveStep = 80;
constexpr int wheelNotch = 120;

} // namespace

bool TopologyView::isFit() const
{
    return d->viewport.isFit();
}

void TopologyView::setViewport(const Viewport& viewport)
{
    if (d->viewport == viewport)
        return;
    d->viewport = viewport;
    d->look();
    d->settled.start();
    update();
    Q_EMIT viewportChanged();
}

void TopologyView::zoomIn()
{
    setViewport(d->viewport.zoomedAt(rect().center(), zoomStep, size()));
}

void TopologyView::zoomOut()
{
    setViewport(d->viewport.zoomedAt(rect().center(), 1 / zoomStep, size()));
}

void TopologyView::fit()
{
    setViewport({});
}

void TopologyView::showShard(int shardIndex)
{
    const QRectF card = d->whole.shardRect(shardIndex);
    if (!card.isEmpty())
        setViewport(d->viewport.showing(card, d->whole.legibleZoom(shardIndex), size()));
}

std::optional<Place> TopologyView::goTo(const QString& text)
{
    const std::optional<Place> place = findPlace(d->topology, text, d->facts.dialled);
    if (!place)
        return place;
    if (place->shard >= 0) {
        showShard(place->shard);
        setHighlightedShard(place->shard);
        Q_EMIT shardHovered(place->shard);
    } else if (const auto ref = d->whole.find(place->node, place->address); ref.isValid()) {
        setViewport(d->viewport.showing(d->whole.cards.at(ref.card).rect, 1, size()));
    }
    return place;
}

QString TopologyView::toolTipAt(QPointF position) const
{
    const NodeBox* box = d->geometry.box(d->geometry.nodeAt(position));
    const Card* card = d->geometry.cardAt(position);
    if (!card)
        return {};
    QStringList lines { card->share.isEmpty() ? card->title
                                              : card->title + QLatin1String(": ") + card->share };
    if (card->shard >= 0) {
        const cluster::Shard& shard = d->topology.shards().at(card->shard);
        if (!shard.ranges.isEmpty())
            lines.append(cluster::rangesText(shard.ranges, 12));
    }
    if (!card->note.isEmpty())
        lines.append(card->note);
    if (box) {
        const net::Endpoint dialled = d->facts.dialled.toDialled(box->address);
        lines.append(
            tr("announced as %1").arg(box->address.toString()) + QLatin1String("  ") + box->status);
        if (dialled != box->address)
            lines.append(tr("dialled at %1").arg(dialled.toString()));
        if (!box->id.isNull())
            lines.append(box->id.toString());
    }
    return lines.join(QLatin1Char('\n'));
}

bool TopologyView::showToolTip(QEvent* event)
{
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString text = toolTipAt(help->pos());
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), plainToolTip(text), this);
    return true;
}

void TopologyView::mousePressEvent(QMouseEvent* event)
{
    d->isPressed = event->button() == Qt::LeftButton || event->button() == Qt::MiddleButton;
    d->isDragging = event->button() == Qt::MiddleButton;
    d->pressed = event->position();
    d->lastDrag = d->pressed;
    d->keyboardCard = -1;
    if (d->isDragging && !isFit())
        setCursor(Qt::ClosedHandCursor);
}

void TopologyView::mouseMoveEvent(QMouseEvent* event)
{
    if (d->isPressed && event->buttons() != Qt::NoButton) {
        const QPointF way = event->position() - d->pressed;
        if (!isFit() && way.manhattanLength() >= QApplication::startDragDistance())
            d->isDragging = true;
        if (d->isDragging) {
            setCursor(Qt::ClosedHandCursor);
            setViewport(d->viewport.movedBy(event->position() - d->lastDrag, size()));
            d->lastDrag = event->position();
        }
        return;
    }
    const Card* card = d->geometry.cardAt(event->position());
    setHoveredShard(card ? card->shard : -1);
    const bool overNode = d->geometry.nodeAt(event->position()).isValid();
    setCursor(overNode || (card && card->shard >= 0) ? Qt::PointingHandCursor
            : isFit()                                ? Qt::ArrowCursor
                                                     : Qt::OpenHandCursor);
}

void TopologyView::mouseReleaseEvent(QMouseEvent* event)
{
    const bool wasDrag = std::exchange(d->isDragging, false);
    d->isPressed = false;
    if (wasDrag) {
        setCursor(isFit() ? Qt::ArrowCursor : Qt::OpenHandCursor);
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    const NodeBox* box = d->geometry.box(d->geometry.nodeAt(event->position()));
    const Card* card = d->geometry.cardAt(event->position());
    if (box)
        Q_EMIT nodeClicked(box->id, box->address);
    else
        Q_EMIT shardClicked(card ? card->shard : -1);
}

void TopologyView::wheelEvent(QWheelEvent* event)
{
    const QPointF delta = event->angleDelta();
    if (event->modifiers() & Qt::ControlModifier) {
        setViewport(d->viewport.zoomedAt(
            event->position(), std::pow(zoomStep, delta.y() / wheelNotch), size()));
    } else if (!isFit()) {
        setViewport(d->viewport.movedBy(delta / wheelNotch * moveStep, size()));
    } else {
        event->ignore();
    }
}

void TopologyView::keyPressEvent(QKeyEvent* event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && (event->modifiers() & Qt::ControlModifier) && d->keyboardCard >= 0
        && d->keyboardCard < d->geometry.cards.size()) {
        Q_EMIT shardClicked(d->geometry.cards.at(d->keyboardCard).shard);
        return;
    }
    if (event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) {
        QWidget::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomIn();
    case Qt::Key_Minus:
        return zoomOut();
    case Qt::Key_0:
    case Qt::Key_F:
        return fit();
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        return moveToCard(event->key());
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (d->keyboardCard >= 0 && d->keyboardCard < d->geometry.cards.size()
            && !d->geometry.cards.at(d->keyboardCard).nodes.isEmpty()) {
            const NodeBox& primary = d->geometry.cards.at(d->keyboardCard).nodes.first();
            Q_EMIT nodeClicked(primary.id, primary.address);
            return;
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

/// To the nearest card in that direction; to the first one from nowhere.
void TopologyView::moveToCard(int key)
{
    const QList<Card>& cards = d->geometry.cards;
    if (cards.isEmpty())
        return;
    int best = d->keyboardCard < 0 ? 0 : d->keyboardCard;
    if (d->keyboardCard >= 0 && d->keyboardCard < cards.size()) {
        const QPointF from = cards.at(d->keyboardCard).rect.center();
        qreal least = std::numeric_limits<qreal>::max();
        for (int i = 0; i < cards.size(); ++i) {
            const QPointF way = cards.at(i).rect.center() - from;
            const bool isAcross = key == Qt::Key_Left || key == Qt::Key_Right;
            const bool isBack = key == Qt::Key_Left || key == Qt::Key_Up;
            const qreal along = (isAcross ? way.x() : way.y()) * (isBack ? -1 : 1);
            const qreal aside = std::abs(isAcross ? way.y() : way.x());
            if (along > 1 && along + 4 * aside < least) {
                least = along + 4 * aside;
                best = i;
            }
        }
    }
    d->keyboardCard = best;
    const QRectF card = d->whole.cards.value(best).rect;
    setViewport(d->viewport.showing(card, 1, size()));
    setHoveredShard(cards.at(best).shard);
    update();
    tellCurrentPart(this);
}

// Whoever comes by keyboard has to see where he is.
void TopologyView::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    const bool byTab
        = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    if (byTab && d->keyboardCard < 0)
        d->keyboardCard = 0;
    if (event->reason() != Qt::MouseFocusReason && d->keyboardCard >= 0
        && d->keyboardCard < d->geometry.cards.size())
        setHoveredShard(d->geometry.cards.at(d->keyboardCard).shard);
    update();
}

void TopologyView::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    if (d->keyboardCard >= 0)
        setHoveredShard(-1);
    update();
}

void TopologyView::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    setHoveredShard(-1);
}

void TopologyView::setHoveredShard(int shardIndex)
{
    if (std::exchange(d->hoveredShard, shardIndex) != shardIndex)
        Q_EMIT shardHovered(shardIndex);
}

} // namespace slotscope::ui
