// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/links/metricslink.h"

#include "ui/inspector/nodedetails.h"
#include "ui/metrics/nodemetricsview.h"

#include <QEvent>

#include <cmath>

namespace slotscope::ui {
using namespace std::chrono_literals;
using session::Metric;
using session::SessionHandle;

namespace {

std::optional<qint64> numberOf(const capture::NodeSample& sample, Metric metric)
{
    const double value = sample.values.at(static_cast<std::size_t>(metric));
    return std::isfinite(value) ? std::optional(qRound64(value)) : std::nullopt;
}

/// So many errors in growthSpan that the rate comes out again.
cluster::ErrorCounts countsOf(double rate, std::chrono::seconds span)
{
    const double count = std::isfinite(rate) ? rate * static_cast<double>(span.count()) : 0;
    return cluster::ErrorCounts::fromInfo(
        { { "errorstat_MOVED", "count=" + QByteArray::number(qRound64(count)) } })
        .value_or(cluster::ErrorCounts());
}

session::MetricsSample toLook(const capture::NodeSample& sample, const cluster::Topology& topology)
{
    constexpr auto span = 1000s;
    session::MetricsSample look;
    look.node = sample.node;
    look.at = std::chrono::milliseconds(sample.at.toMSecsSinceEpoch());
    look.metrics.usedMemory = numberOf(sample, Metric::Memory);
    look.metrics.keys = numberOf(sample, Metric::Keys);
    look.metrics.opsPerSecond = numberOf(sample, Metric::OpsPerSecond);
    look.metrics.clients = numberOf(sample, Metric::Clients);
    look.metrics.replication.offset = numberOf(sample, Metric::Offset);
    if (const cluster::Node* node = topology.nodeById(sample.node))
        look.metrics.replication.role = node->role;
    look.lagBytes = numberOf(sample, Metric::Lag);
    const double toAll = sample.values.at(static_cast<std::size_t>(Metric::RedirectsToAll));
    const double seen = sample.values.at(static_cast<std::size_t>(Metric::RedirectsSeen));
    if (std::isfinite(toAll) || std::isfinite(seen)) {
        look.metrics.errors.emplace();
        look.growth.emplace();
        look.growth->toAllClients = countsOf(toAll, span);
        look.growth->wasReset = !std::isfinite(toAll);
        look.growth->seenBySlotscope = countsOf(seen, span);
        look.growthSpan = span;
    }
    return look;
}

} // namespace

MetricsLink::MetricsLink(
    NodeDetails* details, QWidget* page, std::chrono::milliseconds interval, QObject* parent)
    : QObject(parent)
    , m_details(details)
    , m_page(page)
    , m_interval(interval)
{
    m_page->installEventFilter(this);
    connect(m_details, &NodeDetails::shownNodeChanged, this, &MetricsLink::show);
    show();
}

void MetricsLink::start(SessionHandle* session)
{
    m_session = session;
    m_history.clear();
    connect(session, &SessionHandle::metricsSampled, this,
        [this](const QList<session::MetricsSample>& samples) {
            for (const session::MetricsSample& sample : samples)
                m_history.add(sample);
            show();
        });
    connect(session, &SessionHandle::topologyChanged, this,
        [this](const cluster::Topology& topology) { m_history.keepOnly(topology); });
    tellSession();
    show();
}

void MetricsLink::end()
{
    if (m_session)
        m_session->disconnect(this);
    m_session = nullptr;
    show();
}

void MetricsLink::setInterval(std::chrono::milliseconds interval)
{
    m_interval = interval;
    tellSession();
    show();
}

void MetricsLink::setAlways(bool always)
{
    if (std::exchange(m_always, always) != always)
        tellSession();
}

void MetricsLink::tellSession()
{
    if (m_session)
        m_session->setMetricsInterval(m_always || m_page->isVisible() ? m_interval : 0ms);
}

/// Numbers that are neither live nor recorded are not shown at all.
void MetricsLink::show()
{
    NodeMetricsView* view = m_details->metrics();
    const cluster::Node* node = m_session || m_past ? m_details->node() : nullptr;
    view->setVisible(node != nullptr);
    if (node == nullptr)
        return;
    view->setInterval(m_interval);
    view->setPast(m_past.has_value());
    view->show(m_past ? *m_past : m_history, session::metricsKeyOf(*node));
}

void MetricsLink::showPast(
    const QList<capture::NodeSample>& samples, const cluster::Topology& topology)
{
    m_past.emplace();
    for (const capture::NodeSample& sample : samples)
        m_past->add(toLook(sample, topology));
    show();
}

QList<session::MetricsSample> MetricsLink::lastOf(
    const QList<capture::NodeSample>& samples, const cluster::Topology& topology)
{
    QHash<cluster::NodeId, qsizetype> last;
    for (qsizetype i = 0; i < samples.size(); ++i)
        last.insert(samples.at(i).node, i);
    QList<session::MetricsSample> looks;
    for (const qsizetype index : last)
        looks.append(toLook(samples.at(index), topology));
    return looks;
}

void MetricsLink::showLive()
{
    m_past.reset();
    show();
}

bool MetricsLink::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_page && (event->type() == QEvent::Show || event->type() == QEvent::Hide))
        tellSession();
    return QObject::eventFilter(watched, event);
}

} // namespace slotscope::ui
