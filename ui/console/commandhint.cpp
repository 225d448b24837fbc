// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/console/commandhint.h"

#include "core/cluster/keyslot.h"
#include "core/command/commandline.h"
#include "core/command/keyextraction.h"
#include "core/command/streamrun.h"
#include "core/explain/commands.h"
#include "core/explain/errors.h"
#include "core/support/bytes.h"

#include <QCoreApplication>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

// The translation context.
struct HintTexts
{
    Q_DECLARE_TR_FUNCTIONS(HintTexts)
};

QString keyText(const QByteArray& key)
{
    return support::toVisibleText(key, 24);
}

/// The first key and the first one that hashes elsewhere: enough to see why.
QString crossSlotText(const QList<QByteArray>& keys)
{
    if (keys.isEmpty())
        return u"CROSSSLOT"_s;
    const cluster::Slot first = cluster::keySlot(keys.first());
    QString text = HintTexts::tr("CROSSSLOT: %1 is %2")
                       .arg(keyText(keys.first()), QString::number(first.number()));
    for (const QByteArray& key : keys) {
        const cluster::Slot other = cluster::keySlot(key);
        if (other == first)
            continue;
        text += HintTexts::tr(", %1 is %2").arg(keyText(key), QString::number(other.number()));
        break;
    }
    return text;
}

CommandHint slotHint(cluster::Slot slot, const cluster::Topology& topology)
{
    CommandHint hint { CommandHint::Kind::Known, HintTexts::tr("slot %1").arg(slot.number()),
        slot.number() };
    if (topology.isEmpty() || topology.data().kind != cluster::Kind::Cluster)
        return hint;
    const cluster::Shard* shard = topology.shardOf(slot);
    if (!shard) {
        hint.kind = CommandHint::Kind::Warning;
        hint.text += topology.slotsKnown() ? HintTexts::tr(" -> nobody owns it")
                                           : HintTexts::tr(" -> not known who owns it");
        return hint;
    }
    hint.text += u" -> "_s + shard->label;
    if (const cluster::Migration* migration = topology.migrationOf(slot)) {
        hint.kind = CommandHint::Kind::Warning;
        const int target = topology.shardIndexOf(migration->to);
        if (target >= 0 && topology.shards().at(target).label != shard->label)
            hint.text += HintTexts::tr(", moving to %1").arg(topology.shards().at(target).label);
        else
            hint.text += HintTexts::tr(", moving");
    }
    return hint;
}

/// "{user:1}:name: slot 10778 (S02), by its hash tag user:1"
QStringList keyLines(const QList<QByteArray>& keys, const cluster::Topology& topology)
{
    constexpr qsizetype most = 20;
    QStringList lines;
    for (const QByteArray& key : keys) {
        if (lines.size() == most) {
            lines.append(HintTexts::tr("and %1 more").arg(keys.size() - most));
            break;
        }
        const cluster::Slot slot = cluster::keySlot(key);
        QString line
            = HintTexts::tr("%1: slot %2").arg(keyText(key), QString::number(slot.number()));
        if (const cluster::Shard* shard = topology.shardOf(slot))
            line += u" ("_s + shard->label + u')';
        const QByteArrayView tag = cluster::hashTag(key);
        if (tag.size() != key.size())
            line += HintTexts::tr(", by its hash tag %1").arg(keyText(tag.toByteArray()));
        lines.append(line);
    }
    return lines;
}

} // namespace

bool isConsoleCommand(const command::Argv& argv)
{
    return !argv.isEmpty()
        && ((argv.size() == 1 && support::equalsIgnoreCase(argv.first(), "clear"))
            || support::equalsIgnoreCase(argv.first(), "help"));
}

CommandHint hintFor(
    QStringView line, const cluster::Topology& topology, const command::CommandTable& table)
{
    const auto argv = command::splitLine(line);
    if (!argv)
        return { CommandHint::Kind::Wrong, explain::errorSentence(argv.error()), -1 };
    if (argv->isEmpty())
        return {};
    if (isConsoleCommand(*argv))
        return { CommandHint::Kind::Known, HintTexts::tr("a word of the console"), -1 };
    const command::KeyInfo info = command::extractKeys(*argv, table);
    if (info.kind == command::CommandKind::Streaming && command::StreamRun::canRun(*argv)) {
        return { CommandHint::Kind::Known, HintTexts::tr("runs until it is stopped"),
            info.slot ? info.slot->number() : -1 };
    }
    if (info.kind == command::CommandKind::Streaming) {
        return { CommandHint::Kind::Wrong,
            explain::streamingCommand(support::toVisibleText(argv->first(), 24).toUpper()), -1 };
    }
    if (info.crossSlot) {
        return { CommandHint::Kind::Warning, crossSlotText(info.keys), -1,
            keyLines(info.keys, topology) };
    }
    if (info.slot)
        return slotHint(*info.slot, topology);
    if (!info.known)
        return { CommandHint::Kind::Warning,
            HintTexts::tr("unknown command: its keys are not known"), -1 };
    if (info.needsServer)
        return { CommandHint::Kind::Known, HintTexts::tr("the server will be asked for its keys"),
            -1 };
    return { CommandHint::Kind::Known, HintTexts::tr("no key"), -1 };
}

} // namespace slotscope::ui
