// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/slotmap/keylistview.h"

#include "core/cluster/keyslot.h"
#include "core/support/bytes.h"
#include "ui/slotmap/keyparts.h"
#include "ui/theme/drawing.h"
#include "ui/theme/plaintext.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <limits>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype keysInPiece = 50'000; // looked at by the filter before the window is served
constexpr qsizetype mostShown = 400; // characters of a key
constexpr int slotWidth = 42;
constexpr int shardWidth = 62;
constexpr int padding = 8;
constexpr qreal widthForShard = 240; // of a row; the map tells it too
constexpr qreal widthForSlot = 150;

QFont keyFont()
{
    return fixedFont(12);
}

} // namespace

KeyListView::KeyListView(QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_filtering(new QTimer(this))
{
    describeParts(this, std::make_unique<KeyParts>(this));
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Keys"));
    viewport()->setBackgroundRole(QPalette::Base);
    m_filtering->setInterval(0);
    connect(m_filtering, &QTimer::timeout, this, &KeyListView::filterSome);
}

void KeyListView::setTopology(const cluster::Topology& topology)
{
    // A key stands beside its shard's label.
    const bool isSame = topology.data().kind == m_topology.data().kind
        && topology.shards() == m_topology.shards();
    m_topology = topology;
    if (!isSame)
        viewport()->update();
}

void KeyListView::append(const command::KeyBatch& batch)
{
    m_rows.store().append(batch);
    onRows();
}

void KeyListView::append(const QList<QByteArray>& keys)
{
    for (const QByteArray& key : keys)
        m_rows.store().append(QByteArrayView(key));
    onRows();
}

void KeyListView::clear()
{
    m_rows.clear();
    m_current = -1;
    m_anchor = -1;
    onRows();
}

void KeyListView::setFilter(const QByteArray& text)
{
    if (text == m_rows.filter())
        return;
    m_rows.setFilter(text);
    m_current = -1;
    m_anchor = -1;
    onRows();
}

void KeyListView::setPlaceholder(const QString& text)
{
    m_placeholder = text;
    viewport()->update();
}

void KeyListView::onRows()
{
    if (!m_rows.isUpToDate() && !m_filtering->isActive())
        m_filtering->start();
    updateBar();
    viewport()->update();
    Q_EMIT rowsChanged();
}

void KeyListView::filterSome()
{
    if (!m_rows.advance(keysInPiece))
        m_filtering->stop();
    onRows();
}

int KeyListView::rowHeight() const
{
    return QFontMetrics(keyFont()).height() + 5;
}

qsizetype KeyListView::rowsOnScreen() const
{
    return std::max(1, viewport()->height() / rowHeight());
}

// Rows, not pixels: ten million of them fit into an int.
void KeyListView::updateBar()
{
    const qsizetype beyond = std::max<qsizetype>(0, m_rows.size() - rowsOnScreen());
    QScrollBar* bar = verticalScrollBar();
    bar->setRange(0, int(std::min<qsizetype>(beyond, std::numeric_limits<int>::max())));
    bar->setPageStep(int(rowsOnScreen()));
    bar->setSingleStep(1);
}

qsizetype KeyListView::rowAt(int y) const
{
    const qsizetype row = verticalScrollBar()->value() + y / rowHeight();
    return y < 0 || row >= m_rows.size() ? -1 : row;
}

void KeyListView::setCurrentRow(qsizetype row, bool extend)
{
    if (m_rows.size() == 0)
        return;
    m_current = std::clamp<qsizetype>(row, 0, m_rows.size() - 1);
    if (!extend || m_anchor < 0)
        m_anchor = m_current;
    QScrollBar* bar = verticalScrollBar();
    if (m_current < bar->value())
        bar->setValue(int(m_current));
    else if (m_current >= bar->value() + rowsOnScreen())
        bar->setValue(int(m_current - rowsOnScreen() + 1));
    setAccessibleDescription(support::toVisibleText(m_rows.at(m_current), mostShown));
    tellCurrentPart(this);
    viewport()->update();
}

bool KeyListView::isSelected(qsizetype row) const
{
    return m_current >= 0 && row >= std::min(m_current, m_anchor)
        && row <= std::max(m_current, m_anchor);
}

qsizetype KeyListView::firstRowOnScreen() const
{
    return verticalScrollBar()->value();
}

QRectF KeyListView::rowRect(qsizetype row) const
{
    const auto below = static_cast<int>(row - firstRowOnScreen());
    return QRectF(0, below * rowHeight(), viewport()->width(), rowHeight())
        .translated(viewport()->pos());
}

QString KeyListView::rowText(qsizetype row) const
{
    const QByteArrayView key = m_rows.at(row);
    QString text = key.isEmpty() ? tr("(the empty key)") : support::toVisibleText(key, mostShown);
    if (m_topology.data().kind != cluster::Kind::Cluster)
        return text;
    const cluster::Slot slot = cluster::keySlot(key);
    const cluster::Shard* shard = m_topology.shardOf(slot);
    text += tr(", slot %1, %2")
                .arg(QString::number(slot.number()),
                    shard                         ? visibleText(shard->label)
                        : m_topology.slotsKnown() ? tr("no owner")
                                                  : tr("owner not known"));
    return text;
}

qsizetype KeyListView::selectedCount() const
{
    return m_current < 0 ? 0 : std::abs(m_current - m_anchor) + 1;
}

qsizetype KeyListView::copySelected()
{
    const qsizetype count = std::min(selectedCount(), mostCopied);
    if (count == 0)
        return 0;
    const qsizetype first = std::min(m_current, m_anchor);
    QByteArray text;
    for (qsizetype row = first; row < first + count; ++row) {
        if (row > first)
            text += '\n';
        text += keyLine(m_rows.at(row));
    }
    QGuiApplication::clipboard()->setText(QString::fromUtf8(text));
    Q_EMIT copied(count, selectedCount());
    return count;
}

QSize KeyListView::sizeHint() const
{
    return { 320, rowHeight() * 6 };
}

QSize KeyListView::minimumSizeHint() const
{
    return { 160, rowHeight() * 3 };
}

void KeyListView::paintRow(QPainter& painter, qsizetype row, const QRect& rect)
{
    const Theme theme = Theme::of(palette());
    if (isSelected(row))
        painter.fillRect(rect, blended(theme.accent, theme.surface, theme.dark ? 0.35 : 0.18));
    if (row == m_current && hasFocus()) {
        painter.setPen(QPen(theme.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect.adjusted(0, 0, -1, -1));
    }
    const QByteArrayView key = m_rows.at(row);
    QRectF place = QRectF(rect).adjusted(padding, 0, -padding, 0);
    if (m_topology.data().kind == cluster::Kind::Cluster)
        place.setRight(paintOwner(painter, cluster::keySlot(key), place));
    drawLine(painter, place, keyFont(), key.isEmpty() ? theme.mutedText : theme.text,
        key.isEmpty() ? tr("(the empty key)") : support::toVisibleText(key, mostShown));
}

// Slot and shard at the right, as far as there is room; returns where the key has to end.
qreal KeyListView::paintOwner(QPainter& painter, cluster::Slot slot, const QRectF& row) const
{
    const Theme theme = Theme::of(palette());
    qreal right = row.right();
    if (row.width() >= widthForShard) {
        const QRectF place(right - shardWidth, row.top(), shardWidth, row.height());
        if (const cluster::Shard* shard = m_topology.shardOf(slot)) {
            const QRectF swatch(place.left(), place.center().y() - 5, 10, 10);
            painter.fillRect(swatch, theme.shardColor(shard->index));
            drawLine(painter, place.adjusted(16, 0, 0, 0), textFont(12), theme.text,
                visibleText(shard->label));
        } else {
            drawLine(painter, place, textFont(12), theme.danger, tr("no owner"));
        }
        right = place.left() - padding;
    }
    if (row.width() >= widthForSlot) {
        const QRectF place(right - slotWidth, row.top(), slotWidth, row.height());
        drawLine(painter, place, textFont(12), theme.mutedText, QString::number(slot.number()),
            Qt::AlignRight);
        right = place.left() - padding;
    }
    return right;
}

void KeyListView::paintEvent(QPaintEvent* event)
{
    Q_UNUSED(event)
    QPainter painter(viewport());
    const Theme theme = Theme::of(palette());
    painter.fillRect(viewport()->rect(), theme.surface);
    if (m_rows.size() == 0) {
        painter.setPen(theme.mutedText);
        painter.setFont(textFont(13));
        painter.drawText(viewport()->rect().adjusted(12, 6, -12, -6),
            int(Qt::AlignCenter) | Qt::TextWordWrap, m_placeholder);
        return;
    }
    const int height = rowHeight();
    qsizetype row = verticalScrollBar()->value();
    for (int y = 0; y < viewport()->height() && row < m_rows.size(); y += height, ++row)
        paintRow(painter, row, QRect(0, y, viewport()->width(), height));
}

void KeyListView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateBar();
}

void KeyListView::scrollContentsBy(int dx, int dy)
{
    Q_UNUSED(dx)
    Q_UNUSED(dy)
    viewport()->update();
}

void KeyListView::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    viewport()->update();
}

void KeyListView::mousePressEvent(QMouseEvent* event)
{
    const qsizetype row = rowAt(int(event->position().y()));
    if (row < 0)
        return;
    // A right click into the selection is about all of it.
    if (event->button() == Qt::LeftButton || !isSelected(row))
        setCurrentRow(row, event->modifiers() & Qt::ShiftModifier);
}

void KeyListView::mouseMoveEvent(QMouseEvent* event)
{
    if (!(event->buttons() & Qt::LeftButton) || m_current < 0)
        return;
    const double y = event->position().y();
    setCurrentRow(verticalScrollBar()->value() + int(std::floor(y / rowHeight())), true);
}

void KeyListView::mouseReleaseEvent(QMouseEvent* event)
{
    event->accept(); // as the press was: it is no business of what is behind
}

void KeyListView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && rowAt(int(event->position().y())) >= 0)
        suggest(m_command);
}

void KeyListView::suggest(const QByteArray& name)
{
    if (m_current >= 0)
        Q_EMIT commandSuggested(
            QString::fromLatin1(name) + u' ' + QString::fromUtf8(keyLine(m_rows.at(m_current))));
}

void KeyListView::contextMenuEvent(QContextMenuEvent* event)
{
    if (m_current < 0)
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(
        selectedCount() > 1 ? tr("&Copy %1 keys").arg(selectedCount()) : tr("&Copy key"), this,
        &KeyListView::copySelected);
    menu->addSeparator();
    for (const char* name : { "TYPE", "GET", "TTL", "OBJECT ENCODING", "MEMORY USAGE" }) {
        menu->addAction(tr("%1 in the console").arg(QLatin1String(name)), this,
            [this, name] { suggest(name); });
    }
    if (m_topology.data().kind == cluster::Kind::Cluster) {
        menu->addSeparator();
        const int slot = cluster::keySlot(m_rows.at(m_current)).number();
        menu->addAction(tr("Show slot %1 in the map").arg(slot), this,
            [this, slot] { Q_EMIT slotSuggested(slot); });
    }
    const QPoint place = event->reason() == QContextMenuEvent::Mouse
        ? event->globalPos()
        : viewport()->mapToGlobal(
            QPoint(40, int(m_current - verticalScrollBar()->value() + 1) * rowHeight()));
    menu->popup(place);
}

void KeyListView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelected();
        return;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        if (m_rows.size() > 0) {
            m_anchor = m_rows.size() - 1;
            setCurrentRow(0, true);
        }
        return;
    }
    const bool extend = event->modifiers() & Qt::ShiftModifier;
    const qsizetype from = std::max<qsizetype>(m_current, 0);
    switch (event->key()) {
    case Qt::Key_Up:
        return setCurrentRow(from - 1, extend);
    case Qt::Key_Down:
        return setCurrentRow(m_current < 0 ? 0 : from + 1, extend);
    case Qt::Key_PageUp:
        return setCurrentRow(from - rowsOnScreen(), extend);
    case Qt::Key_PageDown:
        return setCurrentRow(from + rowsOnScreen(), extend);
    case Qt::Key_Home:
        return setCurrentRow(0, extend);
    case Qt::Key_End:
        return setCurrentRow(m_rows.size() - 1, extend);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return suggest(m_command);
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

} // namespace slotscope::ui
