// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/models/rowdiff.h"

#include <QHash>

namespace slotscope::ui {

QList<RowChange> diffRows(const QList<QString>& before, const QList<QString>& after)
{
    QHash<QString, int> newIndex;
    for (int i = 0; i < after.size(); ++i)
        newIndex.insert(after.at(i), i);

    // What stays is the longest run in order that a single pass finds: good enough for rows that
    // hardly ever move, and linear.
    QList<QString> kept;
    QList<RowChange> changes;
    int lastKept = -1;
    for (const QString& key : before) {
        const auto found = newIndex.constFind(key);
        if (found != newIndex.constEnd() && *found > lastKept) {
            lastKept = *found;
            kept.append(key);
        } else {
            changes.append({ RowChange::Kind::Remove, static_cast<int>(kept.size()), -1 });
        }
    }

    int nextKept = 0;
    for (int i = 0; i < after.size(); ++i) {
        if (nextKept < kept.size() && kept.at(nextKept) == after.at(i)) {
            changes.append({ RowChange::Kind::Update, i, i });
            ++nextKept;
        } else {
            changes.append({ RowChange::Kind::Insert, i, i });
        }
    }
    return changes;
}

} // namespace slotscope::ui
