// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/theme/theme.h"

#include <QFontDatabase>

#include <array>
#include <cmath>

namespace slotscope::ui {

namespace {

// Made of Paul Tol's muted and bright schemes, without his reds (red is for what is wrong) and
// ordered so that neighbours differ in lightness too: that is what survives every kind of colour
// blindness.
constexpr std::array<QRgb, 10> lightColors {
    0xff4477aa, // blue
    0xffe0b84a, // sand
    0xff2f8f7f, // teal
    0xffb8a3d9, // lilac
    0xff2d5a3d, // dark green
    0xff8fc8ea, // sky
    0xff7a4a9e, // purple
    0xffb5bd5c, // olive
    0xff4a4691, // indigo
    0xff8fd1b5, // mint
};
constexpr std::array<QRgb, 10> darkColors {
    0xff4f86c0, // blue
    0xffe3bf5c, // sand
    0xff35998a, // teal
    0xffc3b0e0, // lilac
    0xff3f7a55, // dark green
    0xff97cdec, // sky
    0xff8d5cb3, // purple
    0xffbfc66e, // olive
    0xff5d59b0, // indigo
    0xff9ad9bf, // mint
};

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

// Relative luminance of the WCAG.
double luminance(const QColor& color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

} // namespace

Theme Theme::light()
{
    Theme theme;
    theme.window = QColor(0xf3, 0xf5, 0xf7);
    theme.surface = QColor(0xff, 0xff, 0xff);
    theme.sunken = QColor(0xe8, 0xeb, 0xef);
    theme.border = QColor(0xcf, 0xd5, 0xdc);
    theme.text = QColor(0x1b, 0x22, 0x2c);
    theme.mutedText = QColor(0x5a, 0x66, 0x75);
    theme.accent = QColor(0x0b, 0x5f, 0xd9);
    theme.danger = QColor(0xc6, 0x28, 0x28);
    theme.warning = QColor(0x95, 0x58, 0x00);
    theme.good = QColor(0x2a, 0x75, 0x30);
    return theme;
}

Theme Theme::darkTheme()
{
    Theme theme;
    theme.dark = true;
    theme.window = QColor(0x15, 0x19, 0x1f);
    theme.surface = QColor(0x1f, 0x25, 0x2d);
    theme.sunken = QColor(0x10, 0x13, 0x18);
    theme.border = QColor(0x38, 0x42, 0x4e);
    theme.text = QColor(0xe7, 0xeb, 0xf0);
    theme.mutedText = QColor(0x9b, 0xa7, 0xb5);
    theme.accent = QColor(0x6a, 0xa8, 0xff);
    theme.danger = QColor(0xff, 0x73, 0x6b);
    theme.warning = QColor(0xf0, 0xb0, 0x48);
    theme.good = QColor(0x72, 0xc3, 0x78);
    return theme;
}

Theme Theme::of(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightnessF() < 0.5 ? darkTheme() : light();
}

QPalette Theme::palette() const
{
    QPalette result(window);
    result.setColor(QPalette::Window, window);
    result.setColor(QPalette::WindowText, text);
    result.setColor(QPalette::Base, surface);
    result.setColor(QPalette::AlternateBase, window);
    result.setColor(QPalette::Text, text);
    result.setColor(QPalette::PlaceholderText, mutedText);
    result.setColor(QPalette::Button, dark ? border.darker(115) : surface);
    result.setColor(QPalette::ButtonText, text);
    result.setColor(QPalette::BrightText, danger);
    result.setColor(QPalette::ToolTipBase, dark ? border : surface);
    result.setColor(QPalette::ToolTipText, text);
    result.setColor(QPalette::Highlight, accent);
    result.setColor(QPalette::HighlightedText, dark ? window : QColor(Qt::white));
    result.setColor(QPalette::Link, accent);
    result.setColor(QPalette::LinkVisited, accent);
    result.setColor(QPalette::Light, dark ? border : QColor(Qt::white));
    result.setColor(QPalette::Midlight, dark ? surface : sunken);
    result.setColor(QPalette::Mid, border);
    result.setColor(QPalette::Dark, dark ? sunken : border.darker(125));
    result.setColor(QPalette::Shadow, dark ? QColor(Qt::black) : border.darker(180));
    // A field that takes nothing is told from an empty one.
    result.setColor(QPalette::Disabled, QPalette::Base, window);
    for (const QPalette::ColorRole role :
        { QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::PlaceholderText }) {
        QColor faint = mutedText;
        faint.setAlphaF(0.65F);
        result.setColor(QPalette::Disabled, role, faint);
    }
    return result;
}

QColor Theme::shardColor(int index) const
{
    const auto& colors = dark ? darkColors : lightColors;
    const auto size = static_cast<int>(colors.size());
    return QColor::fromRgb(colors[static_cast<size_t>(((index % size) + size) % size)]);
}

QColor Theme::onShardColor(int index) const
{
    const double l = luminance(shardColor(index));
    const double withWhite = 1.05 / (l + 0.05);
    const double withBlack = (l + 0.05) / 0.05;
    return withWhite >= withBlack ? QColor(Qt::white) : QColor(Qt::black);
}

namespace {

QFont sized(QFont font, qreal pixelSize, QFont::Weight weight)
{
    // QFont knows whole pixels only; points at 72 dpi would depend on the device.
    font.setPixelSize(std::max(1, qRound(pixelSize)));
    font.setWeight(weight);
    return font;
}

} // namespace

QFont textFont(qreal pixelSize, QFont::Weight weight)
{
    return sized(QFontDatabase::systemFont(QFontDatabase::GeneralFont), pixelSize, weight);
}

QFont fixedFont(qreal pixelSize)
{
    return sized(QFontDatabase::systemFont(QFontDatabase::FixedFont), pixelSize, QFont::Normal);
}

} // namespace slotscope::ui
