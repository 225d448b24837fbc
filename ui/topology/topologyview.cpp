// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/theme/caveatstrip.h"
#include "ui/topology/cardpainter.h"
#include "ui/topology/changepainter.h"
#include "ui/topology/storynotes.h"
#include "ui/topology/storypainter.h"
#include "ui/topology/topologyparts.h"
#include "ui/topology/topologyviewprivate.h"

#include <QPaintEvent>
#include <QPainter>

namespace slotscope::ui {

using namespace std::chrono_literals;

namespace {

constexpr auto settleTime = 90ms;
constexpr auto fadeTick = 100ms;
constexpr qreal caveatHeight = CaveatStrip::stripHeight;

QRect ringRect(const QRectF& card)
{
    return card.isEmpty() ? QRect() : card.adjusted(-3, -3, 3, 3).toAlignedRect();
}

QRectF caveatRect(const QSize& size)
{
    return { 0, 0, static_cast<qreal>(size.width()), caveatHeight };
}

} // namespace

TopologyView::Private::Private(TopologyView* owner)
    : q(owner)
{
    clock.start();
    settled.setSingleShot(true);
    settled.setInterval(settleTime);
    QObject::connect(&settled, &QTimer::timeout, q, [this] { repaintCards(); });
    ticker.setInterval(fadeTick);
    QObject::connect(&ticker, &QTimer::timeout, q, [this] { tick(); });
}

void TopologyView::Private::layout()
{
    const qreal top = caveat.isEmpty() ? 14 : caveatHeight + 8;
    const QRectF bounds = QRectF(QPointF(), QSizeF(q->size())).adjusted(16, top, -16, -14);
    whole = TopologyGeometry::layout(topology, bounds, story, facts);
    writeNumbers(&whole);
    look();
    repaintCards();
}

bool TopologyView::Private::writeNumbers(TopologyGeometry* on) const
{
    bool isNew = false;
    for (Card& card : on->cards) {
        if (!card.hasNumbers || card.nodes.isEmpty())
            continue;
        const QStringList texts = numbers.value(card.nodes.first().id);
        // Others are not shown in full, and so their numbers are not.
        isNew = isNew || (card.numbers != texts && card.detail == Detail::Full);
        card.numbers = texts;
    }
    return isNew;
}

void TopologyView::Private::look()
{
    geometry = whole.seenThrough(viewport);
    routes = { geometry, story };
    scene = sceneAt(routes, frame);
    cardNotes = ui::cardNotes(geometry, notes);
}

void TopologyView::Private::repaintCards()
{
    layer = {};
    q->update();
}

void TopologyView::Private::paintLayer(const Theme& theme)
{
    const QSize size = q->size();
    const qreal ratio = q->devicePixelRatioF();
    layer = QPixmap((QSizeF(size) * ratio).toSize());
    layer.setDevicePixelRatio(ratio);
    layer.fill(theme.window);
    layerViewport = viewport;
    lined = {};
    QPainter painter(&layer);
    paintCards(painter, geometry, theme, QRectF(QPointF(), QSizeF(size)));
    paintFilter(painter, geometry, filteredShard, theme);
    if (!caveat.isEmpty()) {
        QColor grey = theme.window;
        grey.setAlphaF(0.45F);
        painter.fillRect(QRectF(QPointF(), QSizeF(size)), grey);
    }
}

void TopologyView::Private::paintLines(const Theme& theme)
{
    lined = layer;
    lines = scene.lines;
    QPainter painter(&lined);
    paintStoryLines(painter, geometry, scene, theme);
}

bool TopologyView::Private::isStretched() const
{
    return layerViewport != viewport && settled.isActive() && !layer.isNull()
        && layer.devicePixelRatio() == q->devicePixelRatioF();
}

void TopologyView::Private::drawLayer(QPainter& painter, const QRectF& dirty, const Theme& theme)
{
    if (isStretched()) {
        // Where a point of the layer is now.
        const qreal factor = viewport.zoom / layerViewport.zoom;
        const QPointF offset = viewport.offset - layerViewport.offset * factor;
        painter.fillRect(dirty, theme.window);
        painter.drawPixmap(QRectF(offset, QSizeF(q->size()) * factor), layer,
            QRectF(QPointF(), QSizeF(layer.size())));
        return;
    }
    const qreal ratio = q->devicePixelRatioF();
    if (layer.isNull() || layer.devicePixelRatio() != ratio || layerViewport != viewport)
        paintLayer(theme);
    if (!scene.lines.isEmpty() && (lined.isNull() || lines != scene.lines))
        paintLines(theme);
    painter.drawPixmap(dirty, scene.lines.isEmpty() ? layer : lined,
        QRectF(dirty.topLeft() * ratio, dirty.size() * ratio));
}

void TopologyView::Private::tick()
{
    const QRegion before = changeRegion(marks, geometry);
    marks.expire(clock.elapsed());
    if (!reducedMotion || changeRegion(marks, geometry) != before)
        q->update(before);
    if (marks.isEmpty())
        ticker.stop();
}

TopologyView::TopologyView(QWidget* parent)
    : QWidget(parent)
    , d(std::make_unique<Private>(this))
{
    describeParts(this, std::make_unique<TopologyParts>(this));
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Topology"));
    setAccessibleDescription(tr("The shards with their nodes, and the way of the last command"));
}

TopologyView::~TopologyView() = default;

const cluster::Topology& TopologyView::topology() const
{
    return d->topology;
}

const TopologyGeometry& TopologyView::picture() const
{
    return d->geometry;
}

QString TopologyView::redirectsOn(int card) const
{
    for (const CardNote& note : d->cardNotes) {
        if (note.card == card)
            return note.text;
    }
    return {};
}

int TopologyView::filteredShard() const
{
    return d->filteredShard;
}

int TopologyView::keyboardCard() const
{
    return d->keyboardCard;
}

QSize TopologyView::sizeHint() const
{
    return { 900, 520 };
}

QSize TopologyView::minimumSizeHint() const
{
    return { 320, 150 };
}

void TopologyView::setTopology(const cluster::Topology& topology)
{
    const bool isSame = cluster::looksSame(topology, d->topology);
    d->topology = topology;
    if (isSame)
        return;
    const auto shards = static_cast<int>(topology.shards().size());
    for (int* shard : { &d->highlightedShard, &d->filteredShard }) {
        if (*shard >= shards)
            *shard = -1;
    }
    d->layout();
}

void TopologyView::setFacts(const CardFacts& facts)
{
    CardFacts fresh = facts;
    fresh.hasNumbers = d->facts.hasNumbers;
    if (d->facts == fresh)
        return;
    d->facts = fresh;
    d->layout();
}

void TopologyView::setNumbers(const QHash<cluster::NodeId, QStringList>& numbers)
{
    d->numbers = numbers;
    const bool hasNumbers = !numbers.isEmpty();
    if (std::exchange(d->facts.hasNumbers, hasNumbers) != hasNumbers) {
        d->layout();
        return;
    }
    d->writeNumbers(&d->whole);
    if (d->writeNumbers(&d->geometry))
        d->repaintCards();
}

void TopologyView::setStory(const command::Storyboard& story)
{
    d->story = story;
    if (d->frame.step >= story.size())
        d->frame = {};
    d->layout();
}

void TopologyView::setFrame(const command::StoryFrame& frame)
{
    const StoryScene before = std::exchange(d->scene, sceneAt(d->routes, frame));
    d->frame = frame;
    update(changedRegion(d->geometry, before, d->scene));
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
        update(ringRect(d->geometry.shardRect(touched)));
    d->highlightedShard = shard;
}

void TopologyView::setFilteredShard(int shardIndex)
{
    const int shard = shardIndex < d->topology.shards().size() ? std::max(-1, shardIndex) : -1;
    if (d->filteredShard == shard)
        return;
    d->filteredShard = shard;
    d->repaintCards();
}

void TopologyView::markChanges(const QList<cluster::TopologyChange>& changes)
{
    d->marks.add(changes, d->clock.elapsed());
    if (d->marks.isEmpty())
        return;
    d->ticker.start();
    update(changeRegion(d->marks, d->geometry));
}

void TopologyView::clearMarks()
{
    update(changeRegion(d->marks, d->geometry));
    d->marks.clear();
    d->ticker.stop();
}

void TopologyView::setCaveat(const QString& sentence)
{
    if (d->caveat == sentence)
        return;
    const bool isOther = d->caveat.isEmpty() != sentence.isEmpty();
    d->caveat = sentence;
    if (isOther)
        d->layout();
    else
        update(caveatRect(size()).toAlignedRect()); // its age
}

void TopologyView::setReducedMotion(bool reduced)
{
    d->reducedMotion = reduced;
}

bool TopologyView::event(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        d->repaintCards();
    if (event->type() == QEvent::ToolTip)
        return showToolTip(event);
    return QWidget::event(event);
}

void TopologyView::paintEvent(QPaintEvent* event)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    // Rect by rect: what moves may be at both ends of the picture.
    for (const QRect& dirty : event->region())
        d->drawLayer(painter, dirty, theme);
    paintHighlight(painter, d->geometry, d->highlightedShard, theme);
    paintCardNotes(painter, d->cardNotes, theme);
    paintChanges(painter, d->marks, d->geometry, d->clock.elapsed(), d->reducedMotion, theme);
    if (d->isStretched())
        paintStoryLines(painter, d->geometry, d->scene, theme);
    paintStoryMoves(painter, d->geometry, d->scene, theme, event->region());
    if (!d->caveat.isEmpty() && event->rect().top() < caveatHeight)
        paintCaveat(painter, caveatRect(size()), d->caveat, theme);
    if (hasFocus() && d->keyboardCard >= 0 && d->keyboardCard < d->geometry.cards.size()) {
        painter.setPen(QPen(theme.accent, 2, Qt::DashLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(d->geometry.cards.at(d->keyboardCard).rect.adjusted(-2, -2, 2, 2));
    }
}

void TopologyView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    d->viewport = d->viewport.movedBy({}, size());
    d->layout();
}

} // namespace slotscope::ui
