// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/doctor/examination.h"

#include <QJsonArray>
#include <QStringList>

namespace slotscope::doctor {

/// The matrix as text: a row for each node, a column for each stage; below it what each failure
/// means and what to do, nodes that fail alike together, which other way may help, and what the
/// seed told. What servers said is made visible.
QString toText(const Examination& examination);
/// One cell: "0.2 ms", "ok", "FAILED", "-" where the stage does not apply or was not reached.
QString cellText(const NodeExam& node, ExamStage stage);
/// What the nodes say of their clocks, in sentences: one where all agree with this computer's, else
/// one for each that does not (five at most), and what that means to IAM tokens. Empty where none
/// has told. What servers said is not in it, but their addresses are.
QStringList clockSentences(const Examination& examination);
/// The contract's `nodes`.
QJsonArray toJson(const QList<NodeExam>& nodes);

} // namespace slotscope::doctor
