// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/theme/plaintext.h"

#include "core/support/bytes.h"

#include <QFontMetricsF>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace slotscope::ui {

QString visibleText(const QString& text)
{
    QString visible = support::toVisibleText(text, 1000);
    visible.replace(QChar(0xfffe), QChar(0xfffd));
    visible.replace(QChar(0xffff), QChar(0xfffd));
    return visible;
}

QString plainToolTip(const QString& text)
{
    if (text.isEmpty())
        return {}; // an empty document would be shown
    QStringList lines;
    for (const QString& line : text.split(QLatin1Char('\n')))
        lines.append(visibleText(line).toHtmlEscaped());
    // Not Qt::convertFromPlainText(): it makes paragraphs, which a tool tip shows with wide gaps.
    return QLatin1String("<qt><p style=\"white-space:pre\">") + lines.join(QLatin1String("<br/>"))
        + QLatin1String("</p></qt>");
}

QString withoutOptions(const QString& sentence)
{
    static const QRegularExpression options(
        QStringLiteral(R"( \(--[a-z][a-z-]*(?:, --[a-z][a-z-]*)*\))"));
    return QString(sentence).remove(options);
}

QString elidedText(const QString& text, const QFont& font, qreal width, Qt::TextElideMode mode)
{
    return QFontMetricsF(font).elidedText(text, mode, std::max(0.0, width));
}

qreal textWidth(const QString& text, const QFont& font)
{
    return QFontMetricsF(font).horizontalAdvance(text);
}

} // namespace slotscope::ui
