// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/theme/severity.h"

#include "ui/theme/drawing.h"

#include <QCoreApplication>

namespace slotscope::ui {

using health::Severity;

namespace {

// The translation context.
struct SeverityTexts
{
    Q_DECLARE_TR_FUNCTIONS(SeverityTexts)
};

} // namespace

QString severityWord(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return SeverityTexts::tr("Error");
    case Severity::Warning:
        return SeverityTexts::tr("Warning");
    case Severity::Notice:
        return SeverityTexts::tr("Notice");
    case Severity::Calm:
        break;
    }
    return SeverityTexts::tr("Calm");
}

QColor severityColor(Severity severity, const Theme& theme)
{
    switch (severity) {
    case Severity::Error:
        return theme.danger;
    case Severity::Warning:
        return theme.warning;
    case Severity::Notice:
        return theme.mutedText;
    case Severity::Calm:
        break;
    }
    return theme.good;
}

void paintSeverity(QPainter& painter, const QRectF& rect, Severity severity, const Theme& theme)
{
    const QColor color = severityColor(severity, theme);
    switch (severity) {
    case Severity::Calm:
        paintOkSign(painter, rect.center(), rect.width(), color, theme.window);
        break;
    case Severity::Notice:
    case Severity::Warning:
        paintWarningSign(painter, rect.center(), rect.width() * 0.9, color, theme.window);
        break;
    case Severity::Error:
        paintDownSign(painter, rect.center(), rect.width(), color, theme.window);
        break;
    }
}

} // namespace slotscope::ui
