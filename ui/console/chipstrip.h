// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "ui/console/chips.h"

#include <QWidget>

namespace slotscope::ui {

/// A trace's path as a row of chips, wrapped when it is long. A button: a click, Enter or Space
/// asks for the replay.
class ChipStrip final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChipStrip)
public:
    explicit ChipStrip(QWidget* parent = nullptr);

    void setPath(const ChipPath& path);
    const ChipPath& path() const { return m_path; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

Q_SIGNALS:
    void clicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Box
    {
        QRectF rect;
        int chip = -1; ///< -1: the ending
    };
    /// Where each chip and the ending go in a strip of this width; pure.
    QList<Box> layoutFor(int width) const;
    qreal widthOf(const Chip& chip) const;

    ChipPath m_path;
};

} // namespace slotscope::ui
