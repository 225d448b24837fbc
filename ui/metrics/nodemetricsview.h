// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/session/metricshistory.h"

#include <QWidget>

#include <array>

class QLabel;

namespace slotscope::ui {

class SparklineWidget;

/// The numbers of one node, each with a small plot of the last minutes. Shows what it is told: no
/// numbers yet, none because they are off, or why the node tells none.
class NodeMetricsView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NodeMetricsView)
public:
    explicit NodeMetricsView(QWidget* parent = nullptr);

    /// How often each node is asked; 0: numbers are off.
    void setInterval(std::chrono::milliseconds interval);
    /// What is shown is from a recording, and its times are those since 1970.
    void setPast(bool past);
    /// `node`: session::metricsKeyOf() it.
    void show(const session::MetricsHistory& history, const cluster::NodeId& node);
    /// Of the names of its rows, for what stands below it.
    int nameWidth() const;

private:
    struct Row
    {
        QLabel* name = nullptr;
        QLabel* value = nullptr;
        SparklineWidget* plot = nullptr;
    };

    void addRow(session::Metric metric);
    void fillRow(const session::MetricsHistory& history, const session::MetricsSample& latest,
        session::Metric metric);
    void showState(const QString& state, bool hasRows);

    std::array<Row, session::metricCount> m_rows;
    QLabel* m_title = nullptr;
    QLabel* m_state = nullptr;
    QWidget* m_sheet = nullptr; ///< of the rows
    std::chrono::milliseconds m_interval { 0 };
    bool m_isPast = false;
    std::chrono::milliseconds m_span { 0 }; ///< that the plots show
};

} // namespace slotscope::ui
