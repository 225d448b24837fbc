// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QFont>
#include <QString>

namespace slotscope::ui {

/// Text that may come from a server, as one line that is safe to draw: control characters and
/// bidirectional overrides become visible, characters that XML forbids are replaced.
QString visibleText(const QString& text);

/// Text for QWidget::setToolTip() and QToolTip::showText(), which take anything that looks like
/// HTML for HTML. Lines are separated by \n.
QString plainToolTip(const QString& text);

/// A sentence that the command line shares, without the options that it names in parentheses,
/// "(--ssh)": in a window nobody can give them.
QString withoutOptions(const QString& sentence);

/// `text` shortened at its end (or in the middle) with an ellipsis so that it is at most `width`
/// wide in `font`.
QString elidedText(
    const QString& text, const QFont& font, qreal width, Qt::TextElideMode mode = Qt::ElideRight);
qreal textWidth(const QString& text, const QFont& font);

} // namespace slotscope::ui
