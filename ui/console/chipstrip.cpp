// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/chipstrip.h"

#include "ui/theme/accessibleparts.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr qreal chipHeight = 22;
constexpr qreal lineGap = 4;
constexpr qreal arrowWidth = 18;
constexpr qreal padding = 7;
constexpr qreal innerGap = 6;

QFont nodeFont()
{
    return textFont(12, QFont::DemiBold);
}
QFont verdictFont()
{
    return textFont(12, QFont::Medium);
}

qreal widthOfText(const QFont& font, const QString& text)
{
    return QFontMetricsF(font).horizontalAdvance(text);
}

QColor verdictColor(const Theme& theme, Chip::Kind kind)
{
    switch (kind) {
    case Chip::Kind::Answer:
        return theme.good;
    case Chip::Kind::Redirect:
        return theme.accent;
    case Chip::Kind::Wait:
        return theme.warning;
    case Chip::Kind::Wrong:
        return theme.danger;
    case Chip::Kind::Pending:
        return theme.mutedText;
    }
    return theme.text;
}

/// The whole path is one button.
class ChipParts final : public AccessibleParts
{
public:
    explicit ChipParts(ChipStrip* view)
        : m_view(view)
    { }
    int count() const override { return 1; }
    AccessiblePart part(PartIndex) const override
    {
        return { m_view->accessibleName(), QAccessible::Button, false, m_view->toolTip() };
    }
    QRectF place(PartIndex) const override { return m_view->rect(); }
    PartIndex current() const override { return { 0, -1 }; }
    void press(PartIndex) override { Q_EMIT m_view->clicked(); }

private:
    ChipStrip* m_view = nullptr;
};

} // namespace

ChipStrip::ChipStrip(QWidget* parent)
    : QWidget(parent)
{
    describeParts(this, std::make_unique<ChipParts>(this));
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setToolTip(tr("Play this"));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ChipStrip::setPath(const ChipPath& path)
{
    if (path == m_path)
        return;
    m_path = path;
    setAccessibleName(chipText(path));
    updateGeometry();
    update();
}

qreal ChipStrip::widthOf(const Chip& chip) const
{
    return 3 * padding + innerGap + widthOfText(nodeFont(), chip.node)
        + widthOfText(verdictFont(), chip.verdict);
}

QList<ChipStrip::Box> ChipStrip::layoutFor(int width) const
{
    QList<Box> boxes;
    qreal x = 1;
    qreal y = 1;
    const auto place = [&](qreal boxWidth, int chip) {
        const qreal lead = boxes.isEmpty() ? 0 : (chip >= 0 ? arrowWidth : padding);
        if (!boxes.isEmpty() && x + lead + boxWidth > width - 1) {
            // The arrow stays in front of the chip it leads to.
            x = 1;
            y += chipHeight + lineGap;
        }
        x += lead;
        boxes.append({ QRectF(x, y, boxWidth, chipHeight), chip });
        x += boxWidth;
    };
    for (int i = 0; i < m_path.chips.size(); ++i)
        place(widthOf(m_path.chips.at(i)), i);
    if (!m_path.ending.isEmpty())
        place(widthOfText(verdictFont(), m_path.ending) + 2, -1);
    return boxes;
}

QSize ChipStrip::sizeHint() const
{
    constexpr int wide = 100'000;
    const QList<Box> boxes = layoutFor(wide);
    const int width = boxes.isEmpty() ? 0 : static_cast<int>(boxes.last().rect.right()) + 2;
    return { width, heightForWidth(wide) };
}

QSize ChipStrip::minimumSizeHint() const
{
    return { 60, int(chipHeight) + 2 };
}

int ChipStrip::heightForWidth(int width) const
{
    const QList<Box> boxes = layoutFor(width);
    return boxes.isEmpty() ? int(chipHeight) + 2 : int(boxes.last().rect.bottom()) + 2;
}

void ChipStrip::paintEvent(QPaintEvent*)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QList<Box> boxes = layoutFor(width());
    for (qsizetype i = 0; i < boxes.size(); ++i) {
        const Box& box = boxes.at(i);
        if (box.chip < 0) {
            painter.setFont(verdictFont());
            painter.setPen(theme.mutedText);
            painter.drawText(box.rect, Qt::AlignLeft | Qt::AlignVCenter, m_path.ending);
            continue;
        }
        const Chip& chip = m_path.chips.at(box.chip);
        if (box.chip > 0) {
            painter.setFont(verdictFont());
            painter.setPen(theme.mutedText);
            painter.drawText(box.rect.adjusted(-arrowWidth, 0, 0, 0).left() < 0
                    ? box.rect.adjusted(-arrowWidth + 2, 0, 0, 0)
                    : QRectF(box.rect.left() - arrowWidth, box.rect.top(), arrowWidth, chipHeight),
                Qt::AlignCenter, u"›"_s);
        }
        // Left the node in its shard's colour, right what it said: two carriers, colour is only
        // one.
        const qreal nodeWidth = widthOfText(nodeFont(), chip.node) + 2 * padding;
        const QRectF node(box.rect.left(), box.rect.top(), nodeWidth, chipHeight);
        const bool known = chip.shardIndex >= 0;
        painter.setPen(QPen(theme.border, 1));
        painter.setBrush(theme.sunken);
        painter.drawRoundedRect(box.rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        painter.setPen(Qt::NoPen);
        painter.setBrush(known ? theme.shardColor(chip.shardIndex) : theme.border);
        painter.drawRoundedRect(node, 4, 4);
        painter.setFont(nodeFont());
        painter.setPen(known ? theme.onShardColor(chip.shardIndex) : theme.text);
        painter.drawText(node, Qt::AlignCenter, chip.node);
        painter.setFont(verdictFont());
        painter.setPen(verdictColor(theme, chip.kind));
        painter.drawText(box.rect.adjusted(nodeWidth + innerGap, 0, 0, 0),
            Qt::AlignLeft | Qt::AlignVCenter, chip.verdict);
    }
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.accent, 1, Qt::DotLine));
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void ChipStrip::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        Q_EMIT clicked();
}

void ChipStrip::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        Q_EMIT clicked();
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void ChipStrip::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        update();
    QWidget::changeEvent(event);
}

} // namespace slotscope::ui
