// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QLabel>

namespace slotscope::ui {

struct Theme;

/// What is to be known of all below it, over a warning hatch: "Stale: nobody answers ...". One
/// line, cut where it has no room.
void paintCaveat(
    QPainter& painter, const QRectF& rect, const QString& sentence, const Theme& theme);

/// The same as a widget: plain text, whole in its tool tip; not there while it has nothing to say.
class CaveatStrip final : public QLabel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CaveatStrip)
public:
    static constexpr int stripHeight = 24;

    explicit CaveatStrip(QWidget* parent = nullptr);

    void setSentence(const QString& sentence);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace slotscope::ui
