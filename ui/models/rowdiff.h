// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QList>
#include <QString>

namespace slotscope::ui {

/// One change of a table on its way from old rows to new ones. To be applied in the order given.
struct RowChange
{
    enum class Kind { Remove, Insert, Update };
    Kind kind = Kind::Update;
    int row = 0; ///< where, in the table as the changes before this one left it
    int source = -1; ///< Insert, Update: index into the new rows

    friend bool operator==(const RowChange&, const RowChange&) = default;
};

/// The changes from `before` to `after`, keys of rows that each occur once and stand in the same
/// relative order on both sides where they occur on both. Rows with the same key are Updates: the
/// caller compares their content. A row that changed its place is removed and inserted.
QList<RowChange> diffRows(const QList<QString>& before, const QList<QString>& after);

} // namespace slotscope::ui
