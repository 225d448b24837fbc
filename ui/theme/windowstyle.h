// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QProxyStyle>

namespace slotscope::ui {

/// Fusion, but for five things. The arrow of a menu bar that is too narrow is painted: every menu
/// bar asks for it as it is made, and Fusion's is a picture in a file, for which Qt loads all its
/// image plugins, 20 ms and 3 MB before the first paint. The words on a button have room beside
/// them. Fields and boxes to tick have an outline that can be seen in the dark, where Fusion's is
/// darker than the ground. And buttons have no pictures, which are black in the dark, too. The
/// wheel scrolls what a drop-down or a field for numbers stands in, and never chooses in it: a form
/// that is scrolled would change what it hides.
class WindowStyle final : public QProxyStyle
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WindowStyle)
public:
    WindowStyle();

    QIcon standardIcon(StandardPixmap icon, const QStyleOption* option = nullptr,
        const QWidget* widget = nullptr) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
        const QWidget* widget = nullptr) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
        const QWidget* widget = nullptr) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
        const QWidget* widget = nullptr) const override;
    int styleHint(StyleHint hint, const QStyleOption* option = nullptr,
        const QWidget* widget = nullptr, QStyleHintReturn* more = nullptr) const override;
    void polish(QWidget* widget) override;
    using QProxyStyle::polish;
    bool eventFilter(QObject* object, QEvent* event) override;
};

} // namespace slotscope::ui
