// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/metrics/sparklinewidget.h"

#include "ui/metrics/sparklinepainter.h"

#include <QPainter>

namespace slotscope::ui {

namespace {

constexpr qreal margin = 3; ///< room for the dot

} // namespace

SparklineWidget::SparklineWidget(SparklineGeometry::Base base, QWidget* parent)
    : QWidget(parent)
    , m_base(base)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void SparklineWidget::setPoints(const QList<session::MetricPoint>& points,
    std::chrono::milliseconds end, std::chrono::milliseconds span)
{
    m_points = points;
    m_end = end;
    m_span = span;
    update();
}

SparklineGeometry SparklineWidget::geometryNow() const
{
    return SparklineGeometry::layout(
        m_points, QRectF(rect()).adjusted(margin, margin, -margin, -margin), m_end, m_span, m_base);
}

QSize SparklineWidget::sizeHint() const
{
    return { 120, 26 };
}

QSize SparklineWidget::minimumSizeHint() const
{
    return { 60, 26 };
}

void SparklineWidget::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    paintSparkline(painter, geometryNow(), Theme::of(palette()));
}

} // namespace slotscope::ui
