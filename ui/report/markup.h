// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/report/document.h"

namespace slotscope::ui {

/// One page: no script, nothing from outside, pictures as SVG within it. Prints well.
QByteArray toHtml(const Document& document);

/// `pictures`: the names of the files beside it that its figures are in, in their order; none:
/// without pictures.
QByteArray toMarkdown(const Document& document, const QStringList& pictures);

/// `text` so that nothing in it is Markdown or HTML, at the beginning of a line too.
QString markdownText(const QString& text);

} // namespace slotscope::ui
