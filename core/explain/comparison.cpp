// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/explain/comparison.h"

#include "core/explain/wording.h"

#include <QCoreApplication>

namespace slotscope::explain {

namespace {

// The translation context.
struct Comparisons
{
    Q_DECLARE_TR_FUNCTIONS(Comparisons)
};

} // namespace

QString notTheSameCluster(int before, int after)
{
    return Comparisons::tr("These are not the same cluster: of %1 node ids before and %2 after, "
                           "none is in both.")
        .arg(before)
        .arg(after);
}

QString redactedDifferently(const QString& before, const QString& after)
{
    return Comparisons::tr("The captures were redacted differently (%1 before, %2 after): node ids "
                           "cannot be matched, so nodes and slots are not compared.")
        .arg(before, after);
}

QString fewSharedIds(int shared, int before, int after)
{
    return Comparisons::tr("This may be another cluster: of %1 node ids before and %2 after, only "
                           "%3 in both.")
        .arg(QString::number(before), QString::number(after),
            counted(shared, Comparisons::tr("%1 is"), Comparisons::tr("%1 are")));
}

QString notWhole(bool isBefore, const QString& sentence)
{
    return isBefore ? Comparisons::tr("Before: %1").arg(sentence)
                    : Comparisons::tr("After: %1").arg(sentence);
}

QString noMapIn(bool isBefore)
{
    return isBefore ? Comparisons::tr("The earlier capture has no map of slots to compare with.")
                    : Comparisons::tr("The later capture has no map of slots to compare with.");
}

QString takenTheOtherWayRound()
{
    return Comparisons::tr("The capture called \"after\" was taken before the other one.");
}

QString shardsHaveEarlierNames()
{
    return Comparisons::tr("Shards are called here as in the earlier capture; the findings of the "
                           "later one call some of them differently.");
}

QString nothingChanged()
{
    return Comparisons::tr("Nothing changed that both captures know.");
}

QString currentEpochRose(const QString& before, const QString& after)
{
    return Comparisons::tr("The cluster's epoch went from %1 to %2.").arg(before, after);
}

QString serverChanged(const QString& before, const QString& after)
{
    return Comparisons::tr("The server that answered is %2 now. It was %1.").arg(before, after);
}

QString nodeServerChanged(const QString& node, const QString& before, const QString& after)
{
    return Comparisons::tr("%1 runs %3 now. It ran %2.").arg(node, before, after);
}

QString viewsChanged(int answeredBefore, int askedBefore, int answeredAfter, int askedAfter)
{
    return Comparisons::tr("%1 of %2 nodes answered before, %3 of %4 after.")
        .arg(answeredBefore)
        .arg(askedBefore)
        .arg(answeredAfter)
        .arg(askedAfter);
}

QString answersNoMore(const QString& node)
{
    return Comparisons::tr("%1 answered before and does not answer now.").arg(node);
}

QString answersAgain(const QString& node)
{
    return Comparisons::tr("%1 answers now. It did not before.").arg(node);
}

QString findingIsNew(const QString& title)
{
    return Comparisons::tr("New: %1").arg(title);
}

QString findingIsGone(const QString& title)
{
    return Comparisons::tr("Gone: %1").arg(title);
}

QString findingStayed(const QString& title, const QString& earlier)
{
    return earlier.isEmpty() ? Comparisons::tr("Still: %1").arg(title)
                             : Comparisons::tr("Still: %1 (Before: %2)").arg(title, earlier);
}

QString sideSummary(bool isBefore, const QString& time, int nodes, int shards, int served)
{
    const QString side = isBefore ? Comparisons::tr("Before") : Comparisons::tr("After");
    return Comparisons::tr("%1: %2, %3 in %4, %5 of 16384 slots served")
        .arg(side, time, counted(nodes, Comparisons::tr("%1 node"), Comparisons::tr("%1 nodes")),
            counted(shards, Comparisons::tr("%1 shard"), Comparisons::tr("%1 shards")),
            QString::number(served));
}

QString beforeTitle()
{
    return Comparisons::tr("before");
}

QString afterTitle()
{
    return Comparisons::tr("after");
}

QString comparisonTitle(const QString& name)
{
    return name.isEmpty() ? Comparisons::tr("Comparison of two captures")
                          : Comparisons::tr("Comparison of two captures of %1").arg(name);
}

} // namespace slotscope::explain
