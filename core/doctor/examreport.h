// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/doctor/examination.h"

#include <QJsonArray>
#include <QString>

namespace slotscope::doctor {

/// The matrix as text: a row for each node, a column for each stage; below it what each failure
/// means and what to do, nodes that fail alike together, which other way may help, and what the
/// seed told. What servers said is made visible.
QString toText(const Examination& examination);
/// One cell: "0.2 ms", "ok", "FAILED", "-" where the stage does not apply or was not reached.
QString cellText(const NodeExam& node, ExamStage stage);
/// The contract's `nodes`.
QJsonArray toJson(const QList<NodeExam>& nodes);

} // namespace slotscope::doctor
