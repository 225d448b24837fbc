// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/metricslink.h"

#include "ui/mainwindow/nodedetails.h"
#include "ui/metrics/nodemetricsview.h"

#include <QEvent>

namespace slotscope::ui {
using namespace std::chrono_literals;
using session::SessionHandle;

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

/// Numbers that are not live are not shown at all.
void MetricsLink::show()
{
    NodeMetricsView* view = m_details->metrics();
    const cluster::Node* node = m_session ? m_details->node() : nullptr;
    view->setVisible(node != nullptr);
    if (node == nullptr)
        return;
    view->setInterval(m_interval);
    view->show(m_history, session::metricsKeyOf(*node));
}

bool MetricsLink::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_page && (event->type() == QEvent::Show || event->type() == QEvent::Hide))
        tellSession();
    return QObject::eventFilter(watched, event);
}

} // namespace slotscope::ui
