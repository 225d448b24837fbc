// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/topology/changemarks.h"

#include "ui/theme/plaintext.h"

#include <QCoreApplication>

#include <algorithm>

namespace slotscope::ui {

using cluster::TopologyChange;
using Kind = cluster::TopologyChange::Kind;

namespace {

// The translation context.
struct ChangeMarkTexts
{
    Q_DECLARE_TR_FUNCTIONS(ChangeMarkTexts)
};

QString slotsText(const ChangeMark& mark, bool came)
{
    if (mark.count == 1)
        return came ? ChangeMarkTexts::tr("1 slot came") : ChangeMarkTexts::tr("1 slot left");
    return (came ? ChangeMarkTexts::tr("%1 slots came") : ChangeMarkTexts::tr("%1 slots left"))
        .arg(countText(mark.count));
}

/// What the change does to single nodes and shards.
QList<ChangeMark> marksOf(const TopologyChange& change, qint64 now)
{
    const auto mark = [&](const cluster::NodeId& node, const QString& text,
                          Alarm alarm = Alarm::None) -> ChangeMark {
        return { change.shard, node, text, alarm, now, 0, false };
    };
    const auto health = [&](const QString& text, Alarm alarm) {
        ChangeMark told = mark(change.node, text, alarm);
        told.isHealth = true;
        return QList<ChangeMark> { told };
    };
    switch (change.kind) {
    case Kind::Failover:
        return { mark(change.from, ChangeMarkTexts::tr("was primary"), Alarm::Notice),
            mark(change.to, ChangeMarkTexts::tr("now primary")) };
    case Kind::NodeJoined:
        return { mark(change.node, ChangeMarkTexts::tr("joined")) };
    case Kind::NodeLeft: {
        // It has no line any more: said on the card.
        const QString name = visibleText(change.name);
        return { mark({}, ChangeMarkTexts::tr("%1 left").arg(name), Alarm::Notice) };
    }
    case Kind::NodeFailed:
        return health(ChangeMarkTexts::tr("failed"), Alarm::Bad);
    case Kind::NodeSuspected:
        return health(ChangeMarkTexts::tr("suspected"), Alarm::Notice);
    case Kind::NodeRecovered:
        return health(ChangeMarkTexts::tr("is back"), Alarm::None);
    case Kind::RoleChanged:
        return { mark(change.node,
            change.after == cluster::roleName(cluster::Role::Replica)
                ? ChangeMarkTexts::tr("now replica")
                : ChangeMarkTexts::tr("now primary")) };
    case Kind::PrimaryChanged:
        return { mark(change.node, ChangeMarkTexts::tr("follows another primary")) };
    case Kind::AddressChanged:
        return { mark(change.node, ChangeMarkTexts::tr("new address")) };
    case Kind::SlotsMoved: {
        const int count = cluster::slotCount(change.ranges);
        ChangeMark from { {}, change.from, {}, Alarm::None, now, -count, false };
        ChangeMark to { {}, change.to, {}, Alarm::None, now, count, false };
        return { from, to };
    }
    case Kind::SlotsUncovered: {
        ChangeMark lost { {}, change.from, {}, Alarm::Bad, now, -cluster::slotCount(change.ranges),
            false };
        return { lost };
    }
    case Kind::SlotsCovered:
        return { { {}, change.to, {}, Alarm::None, now, cluster::slotCount(change.ranges),
            false } };
    default:
        return {}; // a state, an epoch, an open slot: seen elsewhere
    }
}

} // namespace

void ChangeMarks::add(const QList<TopologyChange>& changes, qint64 now)
{
    for (const TopologyChange& change : changes) {
        const QList<ChangeMark> marks = marksOf(change, now);
        for (const ChangeMark& mark : marks)
            put(mark);
    }
}

void ChangeMarks::put(ChangeMark mark)
{
    const auto isSame = [&mark](const ChangeMark& other) {
        const bool isCount = mark.count != 0;
        return other.node == mark.node && (other.count != 0) == isCount
            && (isCount || (mark.isHealth && other.isHealth)
                || (other.text == mark.text && other.shard == mark.shard));
    };
    const auto old = std::find_if(m_marks.begin(), m_marks.end(), isSame);
    if (old != m_marks.end()) {
        mark.count += old->count;
        const bool isNil = old->count != 0 && mark.count == 0; // they came and left again
        m_marks.erase(old);
        if (isNil)
            return;
    }
    if (mark.count != 0) {
        ChangeMark shown = mark;
        shown.count = std::abs(mark.count);
        mark.text = slotsText(shown, mark.count > 0);
    }
    m_marks.append(mark);
}

bool ChangeMarks::expire(qint64 now)
{
    return m_marks.removeIf([now](const ChangeMark& mark) { return now - mark.at >= lifetime; })
        > 0;
}

qreal ChangeMarks::strength(const ChangeMark& mark, qint64 now)
{
    return std::clamp(1 - static_cast<qreal>(now - mark.at) / lifetime, 0.0, 1.0);
}

int ChangeMarks::cardOf(const ChangeMark& mark, const TopologyGeometry& geometry)
{
    if (!mark.node.isNull()) {
        const TopologyGeometry::NodeRef ref = geometry.find(mark.node, {});
        if (ref.isValid())
            return ref.card;
    }
    if (mark.shard.isEmpty())
        return -1;
    for (int i = 0; i < geometry.cards.size(); ++i) {
        if (geometry.cards.at(i).shard >= 0 && geometry.cards.at(i).title == mark.shard)
            return i;
    }
    return -1;
}

} // namespace slotscope::ui
