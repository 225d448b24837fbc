// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/behaviourbar.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QStandardItemModel>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

constexpr int startOwner = 0;
constexpr int startSeed = 1;
constexpr int startNode = 2;

void setItemEnabled(QComboBox* box, int index, bool enabled)
{
    if (auto* model = qobject_cast<QStandardItemModel*>(box->model())) {
        if (QStandardItem* item = model->item(index))
            item->setEnabled(enabled);
    }
}

} // namespace

BehaviourBar::BehaviourBar(QWidget* parent)
    : QWidget(parent)
{
    m_choice = new QComboBox(this);
    m_choice->setObjectName(u"behaviourBox"_s);
    m_choice->addItem(tr("plain client"));
    m_choice->setItemData(PlainClient,
        tr("Asks the endpoint and stops at the first redirect: its program "
           "receives the MOVED or ASK as an error."),
        Qt::ToolTipRole);
    m_choice->addItem(tr("cluster client, no map"));
    m_choice->setItemData(
        ClusterWithoutMap, tr("Asks the endpoint first and follows redirects."), Qt::ToolTipRole);
    m_choice->addItem(tr("cluster client, with map"));
    m_choice->setItemData(ClusterWithMap,
        tr("Asks the owner of the key's slot and follows redirects."), Qt::ToolTipRole);
    m_choice->addItem(tr("custom"));
    m_choice->setItemData(
        Custom, tr("Choose where it starts and what it does at a redirect."), Qt::ToolTipRole);
    m_choice->addItem(tr("every primary"));
    m_choice->setItemData(EveryPrimary,
        tr("Sends it to each primary, and shows a row for each reply."), Qt::ToolTipRole);
    m_choice->addItem(tr("every node"));
    m_choice->setItemData(EveryNode,
        tr("Sends it to each primary and each replica, and shows a row for each reply."),
        Qt::ToolTipRole);
    m_choice->addItem(tr("split by slot"));
    m_choice->setItemData(SplitBySlot,
        tr("DEL, UNLINK, EXISTS, TOUCH, MGET and MSET with keys in several slots: one command for "
           "each slot. The whole is not atomic."),
        Qt::ToolTipRole);
    m_choice->setCurrentIndex(ClusterWithoutMap);
    m_choice->setAccessibleName(tr("Behave as"));

    auto* label = new QLabel(tr("&behave as"), this);
    label->setBuddy(m_choice);

    m_custom = new QWidget(this);
    m_start = new QComboBox(m_custom);
    m_start->setObjectName(u"startBox"_s);
    m_start->setAccessibleName(tr("Where the command starts"));
    m_start->addItems({ tr("from the owner"), tr("from the endpoint"), tr("from a clicked node") });
    setItemEnabled(m_start, startNode, false);
    m_redirects = new QComboBox(m_custom);
    m_redirects->setObjectName(u"redirectsBox"_s);
    m_redirects->setAccessibleName(tr("What it does at a redirect"));
    m_redirects->addItems({ tr("follow redirects"), tr("stop at a redirect") });
    auto* customLayout = new QHBoxLayout(m_custom);
    customLayout->setContentsMargins(0, 0, 0, 0);
    customLayout->addWidget(m_start);
    customLayout->addWidget(m_redirects);
    m_custom->hide();

    m_step = new QCheckBox(tr("s&tep"), this);
    m_step->setObjectName(u"stepBox"_s);
    m_step->setAccessibleName(tr("Step by step"));
    m_step->setToolTip(tr("Each hop after the first waits for a click"));

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(label);
    layout->addWidget(m_choice);
    layout->addWidget(m_custom);
    layout->addWidget(m_step);

    connect(m_choice, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_custom->setVisible(index == Custom);
        m_step->setEnabled(!target());
    });
}

BehaviourBar::Choice BehaviourBar::choice() const
{
    return static_cast<Choice>(m_choice->currentIndex());
}

void BehaviourBar::setChoice(Choice choice)
{
    m_choice->setCurrentIndex(choice);
}

std::optional<command::FanOutTarget> BehaviourBar::target() const
{
    switch (choice()) {
    case EveryPrimary:
        return command::FanOutTarget::Primaries;
    case EveryNode:
        return command::FanOutTarget::Nodes;
    case SplitBySlot:
        return command::FanOutTarget::Slots;
    default:
        return std::nullopt;
    }
}

command::Behaviour BehaviourBar::behaviour() const
{
    command::Behaviour behaviour = chosenBehaviour();
    behaviour.stepwise = m_step->isChecked() && behaviour.follow;
    return behaviour;
}

command::Behaviour BehaviourBar::chosenBehaviour() const
{
    switch (choice()) {
    case PlainClient:
        return command::Behaviour::plainClient();
    case ClusterWithoutMap:
        return command::Behaviour::clusterClientWithoutMap();
    case ClusterWithMap:
    case EveryPrimary:
    case EveryNode:
    case SplitBySlot:
        return command::Behaviour::clusterClientWithMap();
    case Custom:
        break;
    }
    command::Behaviour behaviour;
    behaviour.follow = m_redirects->currentIndex() == 0;
    switch (m_start->currentIndex()) {
    case startSeed:
        behaviour.start = command::Start::Seed;
        break;
    case startNode:
        behaviour.start = command::Start::Node;
        behaviour.node = m_clickedNode;
        break;
    default:
        behaviour.start = command::Start::Owner;
        break;
    }
    return behaviour;
}

void BehaviourBar::setClickedNode(const QString& label, const net::Endpoint& address)
{
    const bool usable = address.isDialable();
    m_clickedNode = address;
    m_start->setItemText(
        startNode, usable ? tr("from %1 (clicked)").arg(label) : tr("from a clicked node"));
    setItemEnabled(m_start, startNode, usable);
    if (!usable && m_start->currentIndex() == startNode)
        m_start->setCurrentIndex(startOwner);
}

QString BehaviourBar::nameOf(const command::Behaviour& behaviour)
{
    if (behaviour.stepwise) {
        command::Behaviour other = behaviour;
        other.stepwise = false;
        return tr("%1, step by step").arg(nameOf(other));
    }
    if (behaviour == command::Behaviour::plainClient())
        return tr("plain client");
    if (behaviour == command::Behaviour::clusterClientWithoutMap())
        return tr("cluster client, no map");
    if (behaviour == command::Behaviour::clusterClientWithMap())
        return tr("cluster client, with map");
    const QString end = behaviour.follow ? tr("follow") : tr("stop");
    switch (behaviour.start) {
    case command::Start::Owner:
        return tr("custom: from the owner, %1").arg(end);
    case command::Start::Replica:
        return tr("custom: from a replica, %1").arg(end);
    case command::Start::Seed:
        return tr("custom: from the endpoint, %1").arg(end);
    case command::Start::Node:
        return tr("custom: from %1, %2").arg(behaviour.node.toString(), end);
    }
    return {};
}

} // namespace slotscope::ui
