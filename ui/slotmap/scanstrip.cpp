// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/slotmap/scanstrip.h"

#include "ui/theme/drawing.h"
#include "ui/theme/nodetext.h"
#include "ui/theme/plaintext.h"

#include <QCoreApplication>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

using State = command::ShardScan::State;

namespace {

// The translation context.
struct ScanTexts
{
    Q_DECLARE_TR_FUNCTIONS(ScanTexts)
};

} // namespace

double scannedShare(const command::ShardScan& shard)
{
    if (shard.state == State::Done)
        return 1;
    if (shard.keysInNode < 0)
        return -1;
    // A SCAN looks at COUNT places, not keys: it may be through a little later than that.
    return std::min(0.99,
        static_cast<double>(shard.looked)
            / static_cast<double>(std::max<qint64>(shard.keysInNode, 1)));
}

QString scanText(const command::ShardScan& shard)
{
    const QString label = visibleText(shard.label);
    const QString found = ScanTexts::tr("%1 found").arg(shard.found);
    switch (shard.state) {
    case State::Done:
        return ScanTexts::tr("%1: done, %2").arg(label, found);
    case State::Failed:
        return ScanTexts::tr("%1: failed: %2").arg(label, visibleText(shard.failure));
    case State::Waiting:
        return ScanTexts::tr("%1: waiting: %2").arg(label, visibleText(shard.failure));
    case State::Scanning:
        break;
    }
    const double share = scannedShare(shard);
    if (share < 0)
        return ScanTexts::tr("%1: %2").arg(label, found);
    return ScanTexts::tr("%1: %2 %, %3").arg(label, QString::number(int(share * 100)), found);
}

ScanStrip::ScanStrip(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("How far each shard is scanned"));
}

void ScanStrip::setProgress(
    const command::KeyScanProgress& progress, const cluster::Topology& topology)
{
    m_shards = progress.shards;
    m_colors.clear();
    QStringList texts;
    for (const command::ShardScan& shard : std::as_const(m_shards)) {
        const int index = topology.shardIndexOf(shard.nodeId);
        m_colors.append(index < 0 ? -1 : topology.shards().at(index).index);
        if (texts.size() < 20)
            texts.append(scanText(shard));
    }
    setAccessibleDescription(texts.join(u", "_s));
    update();
}

QSize ScanStrip::sizeHint() const
{
    return { 200, 20 };
}

QRectF ScanStrip::rectOf(qsizetype shard) const
{
    const qreal each = width() / qreal(std::max<qsizetype>(m_shards.size(), 1));
    const qreal gap = each > 12 ? 3 : 0;
    return { qreal(shard) * each, 1, each - gap, height() - 2.0 };
}

bool ScanStrip::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    auto* help = static_cast<QHelpEvent*>(event);
    for (qsizetype i = 0; i < m_shards.size(); ++i) {
        if (rectOf(i).contains(help->pos())) {
            QToolTip::showText(help->globalPos(), plainToolTip(scanText(m_shards.at(i))), this);
            return true;
        }
    }
    QToolTip::hideText();
    return true;
}

void ScanStrip::paintEvent(QPaintEvent* event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    const Theme theme = Theme::of(palette());
    for (qsizetype i = 0; i < m_shards.size(); ++i) {
        const command::ShardScan& shard = m_shards.at(i);
        const QRectF rect = rectOf(i);
        painter.fillRect(rect, theme.sunken);
        const int index = m_colors.at(i);
        const QColor color = index < 0 ? theme.mutedText : theme.shardColor(index);
        const double share = scannedShare(shard);
        QRectF filled = rect;
        filled.setWidth(rect.width() * std::max(share, 0.0));
        painter.fillRect(filled, color);
        if (shard.state == State::Failed)
            paintUncovered(painter, theme, rect, 5);
        else if (shard.state == State::Waiting)
            paintMoving(painter, theme, rect, 5);
        painter.setPen(QPen(theme.border, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5));
        QString text = visibleText(shard.label);
        if (shard.state == State::Scanning && share >= 0)
            text += u" %1 %"_s.arg(int(share * 100));
        else if (shard.state == State::Done)
            text += u" ✓"_s;
        const QFont font = textFont(11, QFont::DemiBold);
        if (textWidth(text, font) + 8 > rect.width())
            continue;
        // In two colours where the bar ends below it.
        const bool isHatched = shard.state == State::Failed || shard.state == State::Waiting;
        painter.save();
        painter.setClipRect(rect);
        drawLine(painter, rect, font, theme.text, text, Qt::AlignHCenter);
        if (index >= 0 && !isHatched) {
            painter.fillRect(filled, color);
            painter.setClipRect(filled);
            drawLine(painter, rect, font, theme.onShardColor(index), text, Qt::AlignHCenter);
        }
        painter.restore();
    }
}

} // namespace slotscope::ui
