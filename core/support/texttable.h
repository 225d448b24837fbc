// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QList>
#include <QStringList>

namespace slotscope::support {

/// Lines of text: columns as wide as their widest cell, two blanks apart.
QString toTable(const QList<QStringList>& rows);

} // namespace slotscope::support
