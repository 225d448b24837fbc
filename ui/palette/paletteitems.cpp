// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/palette/paletteitems.h"

#include "core/explain/wording.h"
#include "ui/theme/plaintext.h"

#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>

#include <algorithm>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

// The translation context.
struct PaletteItems
{
    Q_DECLARE_TR_FUNCTIONS(PaletteItems)
};

QString keysOf(const QAction* action)
{
    return action->shortcut().toString(QKeySequence::NativeText);
}

void collect(const QList<QAction*>& actions, const QString& path, QList<PaletteItem>* items)
{
    for (QAction* action : actions) {
        if (!action->isVisible() || action->isSeparator())
            continue;
        const QString text = plainActionText(action->text());
        if (QMenu* menu = action->menu()) {
            // Some menus are filled when they are about to be shown.
            QMetaObject::invokeMethod(menu, &QMenu::aboutToShow);
            collect(
                menu->actions(), path.isEmpty() ? text : QString(path + u" › "_s + text), items);
        } else if (action->isEnabled() && !text.isEmpty()) {
            items->append({ text, path, keysOf(action), action, {} });
        }
    }
}

QString ownershipOf(const cluster::Shard& shard)
{
    const QString slotsWord = explain::counted(
        shard.slotCount, PaletteItems::tr("%1 slot"), PaletteItems::tr("%1 slots"));
    if (shard.replicaIds.size() == 1)
        return PaletteItems::tr("%1 · 1 replica").arg(slotsWord);
    return PaletteItems::tr("%1 · %2 replicas")
        .arg(slotsWord, QString::number(shard.replicaIds.size()));
}

/// 2 for a word of the text that begins with it, 1 for anywhere, 0 for nowhere.
int scoreOf(const PaletteItem& item, const QString& word)
{
    const qsizetype at = item.text.indexOf(word, 0, Qt::CaseInsensitive);
    if (at == 0 || (at > 0 && !item.text.at(at - 1).isLetterOrNumber()))
        return 2;
    return at > 0 || item.detail.contains(word, Qt::CaseInsensitive) ? 1 : 0;
}

} // namespace

QString plainActionText(const QString& text)
{
    QString plain;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) == u'&' && i + 1 < text.size())
            ++i; // "&File", and "&&" for one that is meant
        plain += text.at(i);
    }
    return visibleText(plain);
}

QList<PaletteItem> actionItems(const QMenuBar* bar)
{
    QList<PaletteItem> items;
    collect(bar->actions(), {}, &items);
    return items;
}

QList<PaletteItem> placeItems(const cluster::Topology& topology, const net::AddressMap& dialled)
{
    QList<PaletteItem> items;
    for (const cluster::SentinelMaster& master : topology.data().masters) {
        const QString address = master.address.toString();
        items.append({ PaletteItems::tr("Go to %1").arg(visibleText(master.name)),
            visibleText(address), {}, {}, address });
    }
    for (const cluster::Shard& shard : topology.shards())
        items.append({ PaletteItems::tr("Go to %1").arg(visibleText(shard.label)),
            ownershipOf(shard), {}, {}, shard.label });
    for (const cluster::Node& node : topology.nodes()) {
        const QString place
            = node.address.isDialable() ? node.address.toString() : node.id.toString();
        QString detail = topology.labelOf(node) + u" · "_s + cluster::roleName(node.role);
        const net::Endpoint reached
            = node.address.isDialable() ? dialled.toDialled(node.address) : node.address;
        if (reached != node.address)
            detail += u" · "_s + PaletteItems::tr("dialled at %1").arg(reached.toString());
        if (!node.id.isNull())
            detail += u" · "_s + node.id.toString();
        items.append({ PaletteItems::tr("Go to %1").arg(visibleText(place)), visibleText(detail),
            {}, {}, place });
    }
    return items;
}

QList<qsizetype> matchingItems(
    const QList<PaletteItem>& items, const QString& query, qsizetype limit)
{
    const QStringList words = query.simplified().split(u' ', Qt::SkipEmptyParts);
    QList<std::pair<int, qsizetype>> found;
    for (qsizetype i = 0; i < items.size(); ++i) {
        int sum = 0;
        const bool all = std::all_of(words.begin(), words.end(), [&](const QString& word) {
            const int score = scoreOf(items.at(i), word);
            sum += score;
            return score > 0;
        });
        if (all)
            found.append({ sum, i });
    }
    std::stable_sort(
        found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    QList<qsizetype> positions;
    for (const auto& [score, position] : found.first(std::min(limit, found.size())))
        positions.append(position);
    return positions;
}

} // namespace slotscope::ui
