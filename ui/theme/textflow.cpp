// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/theme/textflow.h"

#include "ui/theme/plaintext.h"

#include <QFontMetricsF>

#include <algorithm>

namespace slotscope::ui {

namespace {

// The length of the longest beginning that fits, at least one character.
qsizetype fittingLength(const QString& text, const QFontMetricsF& metrics, qreal width)
{
    qsizetype low = 1;
    qsizetype high = text.size();
    while (low < high) {
        const qsizetype middle = (low + high + 1) / 2;
        if (metrics.horizontalAdvance(text.first(middle)) <= width)
            low = middle;
        else
            high = middle - 1;
    }
    if (low < text.size() && text.at(low - 1).isHighSurrogate())
        ++low;
    return low;
}

} // namespace

QStringList wrappedText(const QString& text, const QFont& font, qreal width, int most)
{
    const QFontMetricsF metrics(font);
    QStringList lines;
    QString rest = text.trimmed();
    while (!rest.isEmpty() && lines.size() < most) {
        if (metrics.horizontalAdvance(rest) <= width) {
            lines.append(rest);
            break;
        }
        if (lines.size() == most - 1) {
            lines.append(elidedText(rest, font, width));
            break;
        }
        const qsizetype fits = fittingLength(rest, metrics, width);
        // A word that is as long as half a line may be broken.
        const qsizetype space = rest.lastIndexOf(QLatin1Char(' '), fits);
        const qsizetype end = space > fits / 2 ? space : fits;
        lines.append(rest.first(end).trimmed());
        rest = rest.sliced(end).trimmed();
    }
    return lines;
}

QStringList evenlyWrappedText(const QString& text, const QFont& font, qreal width, int most)
{
    QStringList lines = wrappedText(text, font, width, most);
    if (lines.size() < 2 || !text.trimmed().endsWith(lines.last()))
        return lines; // all of it in a line, or too long anyhow
    // The least width at which it is as many.
    qreal narrow = width / static_cast<qreal>(lines.size());
    qreal wide = width;
    for (int i = 0; i < 12; ++i) {
        const qreal tried = (narrow + wide) / 2;
        const QStringList even = wrappedText(text, font, tried, static_cast<int>(lines.size()));
        if (text.trimmed().endsWith(even.last())) {
            lines = even;
            wide = tried;
        } else {
            narrow = tried;
        }
    }
    return lines;
}

} // namespace slotscope::ui
