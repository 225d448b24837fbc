// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QStringList>

namespace slotscope::explain {

// Parts of sentences, for the sentences of this room only.

/// "1 slot", "101 slots".
QString slotsWord(int count);
/// "101 slots (0.6 %)".
QString slotsAndPercent(int slotCount, double percent);
/// At most five names, then how many more there are: the sentence must stay readable.
QString listed(const QStringList& names);

} // namespace slotscope::explain
