// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/clusterpage/pictureactions.h"

#include "core/explain/topology.h"
#include "core/explain/wording.h"
#include "core/health/headline.h"
#include "ui/clusterpage/picturebar.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/nodedetails.h"
#include "ui/slotmap/ribbonwidget.h"
#include "ui/slotmap/slotpanel.h"
#include "ui/theme/caveatstrip.h"
#include "ui/topology/topologyview.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <utility>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

/// Three digits and a letter: "950", "12.3k", "4.0M".
QString compact(qint64 value)
{
    constexpr std::array letters { "", "k", "M", "G", "T" };
    auto shown = static_cast<double>(value);
    std::size_t letter = 0;
    while (shown >= 999.5 && letter + 1 < letters.size()) {
        shown /= 1000;
        ++letter;
    }
    return QString::number(shown, 'f', letter > 0 && shown < 99.95 ? 1 : 0)
        + QLatin1String(letters.at(letter));
}

/// Who did not tell its view when the capture was taken, or at its moment of a recording.
QHash<cluster::NodeId, session::Silence> silencesIn(const capture::Capture& capture)
{
    QHash<cluster::NodeId, session::Silence> silences;
    for (const cluster::NodeId& id : cluster::silentNodes(capture.topology))
        silences.insert(id, {});
    for (const capture::NodeAnswers& node : capture.nodes) {
        if (!node.isReachable && !node.id.isNull())
            silences.insert(node.id, { {}, node.error });
    }
    return silences;
}

} // namespace

PictureActions::PictureActions(const PicturePanels& panels, QObject* parent)
    : QObject(parent)
    , m_panels(panels)
{
    connect(m_panels.ribbon, &RibbonWidget::shardHovered, this, &PictureActions::highlight);
    connect(m_panels.view, &TopologyView::shardHovered, this, &PictureActions::highlight);
    connect(m_panels.inspector, &Inspector::shardHovered, this, &PictureActions::highlight);
    connect(m_panels.ribbon, &RibbonWidget::shardClicked, this, &PictureActions::filter);
    connect(m_panels.view, &TopologyView::shardClicked, this, &PictureActions::filter);
    connect(m_panels.inspector, &Inspector::shardClicked, this, &PictureActions::filter);
    connect(m_panels.view, &TopologyView::viewportChanged, this,
        [this] { m_panels.bar->setFit(m_panels.view->isFit()); });
    connect(m_panels.bar, &PictureBar::viewChosen, this, &PictureActions::show);
    connect(m_panels.bar, &PictureBar::filterCleared, this, [this] { filter(-1); });
    connect(m_panels.bar, &PictureBar::zoomInRequested, m_panels.view, &TopologyView::zoomIn);
    connect(m_panels.bar, &PictureBar::zoomOutRequested, m_panels.view, &TopologyView::zoomOut);
    connect(m_panels.bar, &PictureBar::fitRequested, m_panels.view, &TopologyView::fit);
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, &PictureActions::showCaveat);
}

void PictureActions::reset()
{
    end();
    m_live.reset();
    m_known = {};
    m_map = {};
    showNumbers();
    m_hovered = -1;
    filter(-1);
    m_panels.bar->setViews({}, {});
    m_panels.view->clearMarks();
    m_panels.view->fit();
    showCaveat();
}

void PictureActions::start(session::SessionHandle* session)
{
    m_session = session;
    m_map = session->config().options.addressMap;
    connect(session, &session::SessionHandle::viewsChanged, this, &PictureActions::setViews);
    connect(session, &session::SessionHandle::metricsSampled, this, &PictureActions::addSamples);
    connect(session, &session::SessionHandle::refreshFailed, this, &PictureActions::setStale);
}

void PictureActions::end()
{
    if (m_session)
        m_session->disconnect(this);
    m_session = nullptr;
}

void PictureActions::setViews(const session::ToldViews& views)
{
    live().views = views;
}

void PictureActions::setTopology(const cluster::Topology& topology, bool isLive)
{
    m_known.topology = topology;
    m_known.isLive = isLive;
    m_known.isStale = health::isSilent(topology);
    showKnown();
}

void PictureActions::showKnown()
{
    const cluster::Topology& topology = m_known.topology;
    m_panels.bar->setVisible(topology.data().kind == cluster::Kind::Cluster);
    QList<cluster::NodeId> told;
    for (const session::ToldView& view : m_known.views.views)
        told.append(view.by);
    m_panels.bar->setViews(told, topology);
    show();
}

void PictureActions::showPast(
    const capture::Capture& capture, const QList<session::MetricsSample>& samples)
{
    if (!m_live) {
        m_live = m_known;
        m_panels.view->clearMarks();
    }
    m_known = {};
    m_known.topology = capture.topology;
    m_known.views.silent = silencesIn(capture);
    for (const session::MetricsSample& sample : samples)
        m_known.samples.insert(sample.node, sample);
    showKnown();
    showNumbers();
}

QSet<cluster::NodeId> PictureActions::silent() const
{
    return { m_known.views.silent.keyBegin(), m_known.views.silent.keyEnd() };
}

void PictureActions::showLive()
{
    if (!m_live)
        return;
    m_known = *std::exchange(m_live, std::nullopt);
    showKnown();
    showNumbers();
}

void PictureActions::show()
{
    const cluster::NodeId chosen = m_panels.bar->chosenView();
    m_shown = chosen.isNull() ? m_known.topology
                              : session::asSeenBy(m_known.views, chosen, m_known.topology);
    if (m_shown.isEmpty())
        m_shown = m_known.topology;
    CardFacts facts;
    if (chosen.isNull())
        facts.silent = silent();
    m_panels.inspector->nodeDetails()->setSilences(silences());
    facts.dialled = m_map;
    m_panels.view->setFacts(facts);
    m_panels.ribbon->setTopology(m_shown);
    m_panels.ribbon->setVisible(m_shown.data().kind == cluster::Kind::Cluster);
    m_panels.view->setTopology(m_shown);
    m_panels.inspector->setTopology(m_shown);
    if (!m_filter.isEmpty() && indexOfFilter() < 0)
        filter(-1); // that shard is gone
    m_panels.view->setFilteredShard(indexOfFilter());
    highlight(m_hovered); // the pointer has not moved
    showCaveat();
}

void PictureActions::addSamples(const QList<session::MetricsSample>& samples)
{
    for (const session::MetricsSample& sample : samples)
        live().samples.insert(sample.node, sample);
    if (!m_live)
        showNumbers();
}

void PictureActions::showNumbers()
{
    QHash<cluster::NodeId, QStringList> numbers;
    for (const cluster::Shard& shard :
        m_known.samples.isEmpty() ? QList<cluster::Shard>() : m_known.topology.shards()) {
        const auto primary = m_known.samples.constFind(shard.primaryId);
        if (primary == m_known.samples.constEnd() || primary->error)
            continue;
        const cluster::NodeMetrics& metrics = primary->metrics;
        QStringList parts;
        if (metrics.keys)
            parts << explain::counted(
                *metrics.keys, tr("%1 key"), tr("%1 keys"), compact(*metrics.keys));
        if (metrics.usedMemory)
            parts << explain::bytesText(static_cast<double>(*metrics.usedMemory));
        if (metrics.opsPerSecond)
            parts << tr("%1 ops/s").arg(compact(*metrics.opsPerSecond));
        qint64 lag = -1;
        for (const cluster::NodeId& id : shard.replicaIds)
            lag = std::max(lag, m_known.samples.value(id).lagBytes.value_or(-1));
        if (lag >= 0)
            parts << tr("lag %1").arg(explain::bytesText(static_cast<double>(lag)));
        numbers.insert(shard.primaryId, parts);
    }
    m_panels.view->setNumbers(numbers);
}

void PictureActions::addEvents(const QList<cluster::TopologyEvent>& events)
{
    if (m_live)
        return;
    QList<cluster::TopologyChange> changes;
    for (const cluster::TopologyEvent& event : events)
        changes.append(event.change);
    m_panels.view->markChanges(changes);
}

void PictureActions::setStale()
{
    live().isStale = true;
    showCaveat();
}

void PictureActions::showCaveat()
{
    const cluster::NodeId chosen = m_panels.bar->chosenView();
    const QDateTime at = m_shown.data().capturedAt;
    const QString age
        = at.isValid() ? explain::age(at.msecsTo(QDateTime::currentDateTimeUtc())) : QString();
    const bool isStale = m_known.isStale && m_known.isLive;
    QString sentence;
    if (!chosen.isNull()) {
        sentence = tr("This is what %1 alone sees, as it told %2.")
                       .arg(m_known.topology.labelOf(chosen), age);
    } else if (isStale) {
        sentence = tr("Stale: nobody answers. Last known %1.").arg(age);
    }
    m_panels.view->setCaveat(sentence);
    m_panels.caveat->setSentence(sentence);
    m_panels.ribbon->setStale(isStale);
    m_panels.inspector->setStale(isStale);
    if (sentence.isEmpty())
        m_second.stop();
    else if (!m_second.isActive())
        m_second.start();
}

int PictureActions::indexOfFilter() const
{
    const QList<cluster::Shard>& shards = m_shown.shards();
    for (qsizetype i = 0; i < shards.size(); ++i) {
        if (!m_filter.isEmpty() && shards.at(i).label == m_filter)
            return static_cast<int>(i);
    }
    return -1;
}

void PictureActions::highlight(int shardIndex)
{
    m_hovered = shardIndex;
    const int shown = shardIndex >= 0 ? shardIndex : indexOfFilter();
    m_panels.ribbon->setHighlightedShard(shown);
    m_panels.view->setHighlightedShard(shown);
    m_panels.inspector->setHighlightedShard(shown);
}

void PictureActions::filter(int shardIndex)
{
    const bool isOne = shardIndex >= 0 && shardIndex < m_shown.shards().size();
    const QString label = isOne ? m_shown.shards().at(shardIndex).label : QString();
    m_filter = label == m_filter ? QString() : label;
    m_panels.bar->setFilter(m_filter);
    m_panels.view->setFilteredShard(indexOfFilter());
    QSet<int> shown;
    if (const int one = indexOfFilter(); one >= 0)
        shown.insert(m_shown.shards().at(one).index);
    m_panels.inspector->slotPanel()->setShownShards(shown);
    highlight(m_hovered);
}

bool PictureActions::goBack()
{
    if (!m_filter.isEmpty()) {
        filter(-1);
        return true;
    }
    if (!m_panels.view->isFit()) {
        m_panels.view->fit();
        return true;
    }
    return false;
}

} // namespace slotscope::ui
