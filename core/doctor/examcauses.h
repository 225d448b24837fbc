// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/doctor/examination.h"
#include "core/net/unreached.h"

#include <QJsonValue>

namespace slotscope::doctor {

/// Nodes that fail alike: at one stage, for one reason.
struct ExamCause
{
    ExamStage stage = ExamStage::Resolve;
    /// "connect timed out": without an address, which differs from node to node. What servers said
    /// is made visible in it.
    QString reason;
    QList<qsizetype> rows; ///< of Examination::nodes, in their order; never empty
};

/// The first failure of each of these rows, the largest group first.
QList<ExamCause> causesOf(const Examination& examination, qsizetype firstRow = 0);

/// Which of the announced addresses are not reached, why, and which other way may help. Where the
/// endpoint itself is not reached it is all there is, and a way to it is what may help.
net::Unreached unreachedOf(const Examination& examination);
/// What may help, in sentences that name the options of the command line, the reason first; empty
/// where no other way would.
QStringList helpOf(const net::Unreached& unreached);
/// The JSON's `reach`: {"asked", "failed", "groups": [{"why", "addresses"}], "proposals": [{"kind",
/// "rules"}]}; null when all were reached.
QJsonValue toJson(const net::Unreached& unreached);

} // namespace slotscope::doctor
