// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/inspector/inspector.h"

#include "ui/inspector/eventlist.h"
#include "ui/inspector/nodedetails.h"
#include "ui/inspector/problemlist.h"
#include "ui/models/shardmodel.h"
#include "ui/slotmap/keysearchpanel.h"
#include "ui/slotmap/slotmapwidget.h"
#include "ui/slotmap/slotpanel.h"
#include "ui/theme/emptytext.h"
#include "ui/theme/widgets.h"

#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QStyledItemDelegate>
#include <QTabBar>
#include <QTableView>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

/// Of an address without room the end, with its port, is what tells it from the others.
class AddressDelegate final : public QStyledItemDelegate
{
public:
    AddressDelegate(Qt::TextElideMode elided, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_elided(elided)
    { }

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->textElideMode = m_elided;
    }

private:
    Qt::TextElideMode m_elided;
};

} // namespace

Inspector::Inspector(QWidget* parent)
    : QTabWidget(parent)
{
    setDocumentMode(true);
    setAccessibleName(tr("Inspector"));
    m_shards = new ShardModel(this);
    m_shards->setTheme(Theme::of(palette()));
    m_table = new QTableView(this);
    m_table->setObjectName(u"shardTable"_s);
    m_table->setAccessibleName(tr("Shards"));
    m_table->setModel(m_shards);
    makeQuiet(m_table);
    new EmptyText(tr("No node serves a slot."), m_table);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setMouseTracking(true);
    m_table->viewport()->installEventFilter(this);
    m_table->installEventFilter(this);
    m_table->setAccessibleDescription(
        tr("Space shows only this shard, or all again; Enter shows its primary"));
    m_table->setItemDelegateForColumn(
        ShardModel::Primary, new AddressDelegate(Qt::ElideLeft, m_table));
    m_table->setItemDelegateForColumn(
        ShardModel::Replicas, new AddressDelegate(Qt::ElideMiddle, m_table));
    m_table->verticalHeader()->setDefaultSectionSize(26);
    QHeaderView* header = m_table->horizontalHeader();
    header->resizeSection(ShardModel::Label, 56);
    header->resizeSection(ShardModel::Primary, 106);
    header->resizeSection(ShardModel::Replicas, 114);
    header->resizeSection(ShardModel::Count, 52);
    header->setSectionResizeMode(ShardModel::Ranges, QHeaderView::Stretch);

    m_slots = new SlotPanel(this);
    m_slots->setObjectName(u"slotPanel"_s);
    m_keys = new KeySearchPanel(this);
    m_keys->setObjectName(u"keySearch"_s);
    m_events = new EventList(this);
    m_events->setObjectName(u"eventList"_s);
    m_node = new NodeDetails(this);
    m_node->setObjectName(u"nodeDetails"_s);
    m_node->setAccessibleName(tr("The chosen node"));
    m_problems = new ProblemList(this);
    m_problems->setObjectName(u"problemList"_s);
    addTab(m_problems, tr("Problems"));
    addTab(m_events, tr("Events"));
    addTab(m_slots, tr("Slots"));
    addTab(m_keys, tr("Keys"));
    addTab(m_node, tr("Node"));
    addTab(m_table, tr("Shards"));
    m_chosen = m_table;
    setCurrentWidget(m_chosen);
    const auto remember = [this](int index) {
        m_chosen = widget(index);
        Q_EMIT tabChosen();
    };
    connect(this, &QTabWidget::tabBarClicked, this, [remember](int index) {
        if (index >= 0)
            remember(index);
    });
    connect(this, &QTabWidget::currentChanged, this, [this, remember](int index) {
        if (tabBar()->hasFocus())
            remember(index);
    });

    connect(m_slots, &SlotPanel::shardHovered, this, &Inspector::shardHovered);
    connect(m_slots, &SlotPanel::shardClicked, this, &Inspector::shardClicked);
    connect(m_slots, &SlotPanel::slotTyped, this, &Inspector::slotTyped);
    connect(m_slots, &SlotPanel::commandSuggested, this, &Inspector::commandSuggested);
    connect(m_keys, &KeySearchPanel::commandSuggested, this, &Inspector::commandSuggested);
    connect(m_keys, &KeySearchPanel::slotSuggested, this, [this](int slot) {
        setCurrentWidget(m_slots);
        m_slots->showSlot(slot);
    });
    connect(m_problems, &ProblemList::shardHovered, this, &Inspector::shardHovered);
    connect(m_table, &QTableView::entered, this,
        [this](const QModelIndex& index) { Q_EMIT shardHovered(shardIn(index)); });
    connect(m_table, &QTableView::clicked, this,
        [this](const QModelIndex& index) { Q_EMIT shardClicked(shardIn(index)); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex& index) {
            if (m_table->hasFocus())
                Q_EMIT shardHovered(shardIn(index));
        });
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        const cluster::NodeId primary(index.data(ShardModel::PrimaryIdRole).toByteArray());
        if (const cluster::Node* node = m_topology.nodeById(primary))
            showNode(node->id, node->address);
    });
}

void Inspector::setTopology(const cluster::Topology& topology)
{
    m_topology = topology;
    m_events->relabel(topology);
    m_shards->setTopology(topology);
    m_slots->setTopology(topology);
    m_keys->setTopology(topology);
    m_node->setTopology(topology);
    const bool cluster = topology.data().kind == cluster::Kind::Cluster;
    const auto setTab = [this](QWidget* tab, bool visible) {
        if (isTabVisible(indexOf(tab)) != visible)
            setTabVisible(indexOf(tab), visible);
    };
    setTab(m_table, cluster);
    setTab(m_slots, cluster);
    setTab(m_keys, topology.data().kind != cluster::Kind::Sentinel);
    setTab(m_events, cluster);
    setTab(m_problems, cluster);
}

void Inspector::setHighlightedShard(int shardIndex)
{
    m_slots->setHighlightedShard(shardIndex);
    const bool isOne = shardIndex >= 0 && shardIndex < m_topology.shards().size();
    m_shards->setHighlighted(isOne ? m_topology.shards().at(shardIndex).index : -1);
}

void Inspector::setStale(bool stale)
{
    m_shards->setStale(stale);
    slotMap()->setStale(stale);
    m_node->setStale(stale);
}

void Inspector::setMarkedSlot(int slot)
{
    m_slots->setMarkedSlot(slot);
}

void Inspector::showNode(const cluster::NodeId& id, const net::Endpoint& address)
{
    m_node->setNode(id, address);
    setCurrentWidget(m_node);
}

SlotMapWidget* Inspector::slotMap() const
{
    return m_slots->map();
}

void Inspector::forgetKeys()
{
    m_slots->reset();
    m_keys->reset();
}

void Inspector::forgetNode()
{
    m_node->setNode({}, {});
    m_problems->reset();
    setTabText(indexOf(m_problems), tr("Problems"));
    setCurrentWidget(m_chosen);
}

QString Inspector::chosenTab() const
{
    return m_chosen->objectName();
}

void Inspector::chooseTab(const QString& name)
{
    for (int i = 0; i < count(); ++i) {
        if (widget(i)->objectName() == name) {
            m_chosen = widget(i);
            setCurrentWidget(m_chosen);
        }
    }
}

void Inspector::setFindings(
    const QList<health::Finding>& findings, const cluster::Topology& topology)
{
    m_problems->setFindings(findings, topology);
    const int count = m_problems->problemCount();
    const QString title = count == 0 ? tr("Problems") : tr("Problems %1").arg(count);
    if (tabText(indexOf(m_problems)) != title)
        setTabText(indexOf(m_problems), title);
}

void Inspector::restartEvents(const QDateTime& since)
{
    m_events->restart(since);
}

void Inspector::addEvents(const QList<cluster::TopologyEvent>& events)
{
    m_events->add(events, m_topology);
}

void Inspector::addNote(const QDateTime& at, const QString& text)
{
    m_events->addNote(at, text);
}

int Inspector::shardIn(const QModelIndex& row) const
{
    return m_topology.shardIndexOf(
        cluster::NodeId(row.data(ShardModel::PrimaryIdRole).toByteArray()));
}

bool Inspector::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Leave && watched == m_table->viewport())
        Q_EMIT shardHovered(-1);
    if (event->type() == QEvent::FocusOut && watched == m_table)
        Q_EMIT shardHovered(-1);
    if (event->type() == QEvent::KeyPress && watched == m_table
        && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space
        && m_table->currentIndex().isValid()) {
        Q_EMIT shardClicked(shardIn(m_table->currentIndex()));
        return true;
    }
    return QTabWidget::eventFilter(watched, event);
}

void Inspector::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange && m_shards)
        m_shards->setTheme(Theme::of(palette()));
    QTabWidget::changeEvent(event);
}

} // namespace slotscope::ui
