// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/metrics/sparklinegeometry.h"

#include <QWidget>

namespace slotscope::ui {

/// A small plot of one number over the last minutes. Shows what it is given; its accessible
/// description is the caller's.
class SparklineWidget final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SparklineWidget)
public:
    explicit SparklineWidget(SparklineGeometry::Base base, QWidget* parent = nullptr);

    void setPoints(const QList<session::MetricPoint>& points, std::chrono::milliseconds end,
        std::chrono::milliseconds span);
    SparklineGeometry geometryNow() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const SparklineGeometry::Base m_base;
    QList<session::MetricPoint> m_points;
    std::chrono::milliseconds m_end { 0 };
    std::chrono::milliseconds m_span { 0 };
};

} // namespace slotscope::ui
