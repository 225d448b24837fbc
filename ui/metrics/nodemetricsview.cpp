// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/metrics/nodemetricsview.h"

#include "ui/metrics/metrictext.h"
#include "ui/metrics/sparklinewidget.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"
#include "ui/theme/timetext.h"
#include "ui/theme/widgets.h"

#include <QDateTime>
#include <QGridLayout>
#include <QLabel>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace slotscope::ui {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using session::Metric;
using session::MetricPoint;
using session::MetricsHistory;
using session::MetricsSample;

namespace {

constexpr std::chrono::milliseconds shortestSpan = 1min;

/// The lowest and the highest value that a plot shows.
std::optional<std::pair<double, double>> rangeOf(const QList<MetricPoint>& points)
{
    double low = 0;
    double high = 0;
    bool isFirst = true;
    for (const MetricPoint& point : points) {
        if (!std::isfinite(point.value))
            continue;
        low = isFirst ? point.value : std::min(low, point.value);
        high = isFirst ? point.value : std::max(high, point.value);
        isFirst = false;
    }
    if (isFirst)
        return std::nullopt;
    return std::pair(low, high);
}

} // namespace

NodeMetricsView::NodeMetricsView(QWidget* parent)
    : QWidget(parent)
{
    m_title = wrappingLabel(this, u"metricsTitle"_s);
    m_title->setText(tr("Numbers"));
    m_title->setFont(textFont(13, QFont::DemiBold));
    m_state = wrappingLabel(this, u"metricsState"_s);
    m_state->setForegroundRole(QPalette::PlaceholderText);
    m_sheet = new QWidget(this);
    auto* grid = new QGridLayout(m_sheet);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 3);
    grid->setColumnStretch(2, 4);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_title);
    layout->addWidget(m_state);
    layout->addWidget(m_sheet);
    for (int i = 0; i < session::metricCount; ++i)
        addRow(static_cast<Metric>(i));
    showState(tr("Numbers of nodes are off. View > Node numbers turns them on."), false);
}

int NodeMetricsView::nameWidth() const
{
    return fontMetrics().horizontalAdvance(metricName(Metric::Offset)) + 2;
}

void NodeMetricsView::addRow(Metric metric)
{
    Row& row = m_rows.at(static_cast<std::size_t>(metric));
    row.name = wrappingLabel(m_sheet);
    row.name->setText(metricName(metric));
    row.name->setForegroundRole(QPalette::PlaceholderText);
    row.name->setFixedWidth(nameWidth());
    row.value = wrappingLabel(m_sheet, u"metric%1"_s.arg(static_cast<int>(metric)));
    row.value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row.plot = new SparklineWidget(
        metric == Metric::Offset ? SparklineGeometry::Base::Lowest : SparklineGeometry::Base::Zero,
        m_sheet);
    auto* grid = static_cast<QGridLayout*>(m_sheet->layout());
    const int line = grid->rowCount();
    grid->addWidget(row.name, line, 0, Qt::AlignVCenter);
    grid->addWidget(row.value, line, 1, Qt::AlignVCenter);
    grid->addWidget(row.plot, line, 2, Qt::AlignVCenter);
}

void NodeMetricsView::setInterval(std::chrono::milliseconds interval)
{
    m_interval = interval;
}

void NodeMetricsView::setPast(bool past)
{
    m_isPast = past;
}

void NodeMetricsView::show(const MetricsHistory& history, const cluster::NodeId& node)
{
    if (!m_isPast && m_interval <= 0ms) {
        showState(tr("Numbers of nodes are off. View > Node numbers turns them on."), false);
        return;
    }
    const MetricsSample* latest = history.latest(node);
    if (latest == nullptr && m_isPast) {
        showState(tr("No numbers of this node were recorded shortly before."), false);
        return;
    }
    if (latest == nullptr) {
        showState(tr("No data yet: each node is asked every %1.").arg(spanText(m_interval)), false);
        return;
    }
    const QList<MetricPoint> points = history.points(node, Metric::Memory);
    m_span = std::clamp<std::chrono::milliseconds>(
        latest->at - points.first().at, shortestSpan, MetricsHistory::span);
    if (latest->error) {
        showState(missingText(*latest->error), false);
        return;
    }
    if (m_isPast) {
        const QDateTime at = QDateTime::fromMSecsSinceEpoch(latest->at.count(), Qt::UTC);
        showState(tr("The %1 before %2.").arg(spanText(m_span), clockText(at)), true);
    } else {
        showState(
            tr("The last %1; asked every %2.").arg(spanText(m_span), spanText(m_interval)), true);
    }
    for (int i = 0; i < session::metricCount; ++i)
        fillRow(history, *latest, static_cast<Metric>(i));
}

void NodeMetricsView::fillRow(
    const MetricsHistory& history, const MetricsSample& latest, Metric metric)
{
    const Row& row = m_rows.at(static_cast<std::size_t>(metric));
    const bool isShown = hasMetric(latest, metric);
    row.name->setVisible(isShown);
    row.value->setVisible(isShown);
    row.plot->setVisible(isShown);
    if (!isShown)
        return;
    const QString text = metricText(latest, metric);
    // So that a selection stays.
    if (row.value->text() != text)
        row.value->setText(text);
    row.value->setAccessibleName(tr("%1: %2").arg(metricName(metric), text));
    const QList<MetricPoint> points = history.points(latest.node, metric);
    row.plot->setPoints(points, latest.at, m_span);
    QString range;
    if (const auto ends = rangeOf(points)) {
        range
            = tr("%1 to %2")
                  .arg(metricValueText(metric, ends->first), metricValueText(metric, ends->second));
    }
    row.plot->setAccessibleName(
        tr("%1 over the last %2").arg(metricName(metric), spanText(m_span)));
    row.plot->setAccessibleDescription(range);
    QStringList tips { range };
    if (m_isPast) {
        // A recording has the rates only.
    } else if (latest.growth && metric == Metric::RedirectsToAll) {
        tips.prepend(tr("By INFO errorstats, without those seen by Slotscope."));
        tips.prepend(errorWordsText(latest.growth->toAllClients));
    } else if (latest.growth && metric == Metric::RedirectsSeen) {
        tips.prepend(errorWordsText(latest.growth->seenBySlotscope));
    }
    tips.removeAll(QString());
    const QString tip = plainToolTip(tips.join(u'\n'));
    row.plot->setToolTip(tip);
    row.value->setToolTip(tip);
}

void NodeMetricsView::showState(const QString& state, bool hasRows)
{
    m_state->setText(state);
    m_sheet->setVisible(hasRows);
}

} // namespace slotscope::ui
