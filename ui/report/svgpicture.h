// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QSize>

#include <functional>

class QPainter;

namespace slotscope::ui {

/// What `paint` draws, as an SVG of `size` CSS pixels: a whole document, or an element to stand in
/// an HTML page, as wide as there is room. Text stays text, in fonts that every reader has
/// something like. The title is a fixed word: nothing from a server gets past the engine's
/// escaping.
QByteArray svgDocument(QSize size, const std::function<void(QPainter&)>& paint);
/// `label`: what it shows, for who does not see it; plain text.
QByteArray svgElement(
    QSize size, const QString& label, const std::function<void(QPainter&)>& paint);

} // namespace slotscope::ui
