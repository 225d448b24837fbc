// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QFont>
#include <QStringList>

namespace slotscope::ui {

/// `text` in lines that are at most `width` wide: whole words where there are any, at most `most`
/// lines, the last one cut with an ellipsis. Never empty lines; none for an empty text.
QStringList wrappedText(const QString& text, const QFont& font, qreal width, int most);
/// The same in as many lines, which are as long as each other as far as words allow: no word stands
/// alone on the last one.
QStringList evenlyWrappedText(const QString& text, const QFont& font, qreal width, int most);

} // namespace slotscope::ui
