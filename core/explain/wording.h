// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QStringList>

namespace slotscope::explain {

/// `one` for 1, else `many`, with the count for %1. English needs both forms, and is shown without
/// any translation loaded: tr("%n errors") would say "1 errors".
QString counted(qint64 count, const QString& one, const QString& many);
/// The same with `number`, the count as it is shown, for %1.
QString counted(qint64 count, const QString& one, const QString& many, const QString& number);

/// What follows the first few of many slot ranges: "+12 ranges".
QString moreRanges(qsizetype count);

/// "900 B", "1.5 MiB", in powers of 1024 like Redis' own sizes, with a thin space that does not
/// break.
QString bytesText(double bytes);

// Parts of sentences, for the sentences of this room only.

/// "1 slot", "101 slots".
QString slotsWord(int count);
QString nodesWord(qsizetype count); ///< "1 node", "3 nodes"
/// "101 slots (0.6 %)".
QString slotsAndPercent(int slotCount, double percent);
/// One sentence for one name, another for several; %1 is the names, listed().
QString named(const QStringList& names, const QString& one, const QString& many);
/// At most five names, then how many more there are: the sentence must stay readable.
QString listed(const QStringList& names);
/// At most five sentences, then how many more there are.
QString told(const QStringList& sentences);

} // namespace slotscope::explain
