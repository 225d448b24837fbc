// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/connection/tabmark.h"

#include "core/explain/credentials.h"
#include "ui/profiles/profilelabels.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QPainter>

namespace slotscope::ui {
using namespace Qt::StringLiterals;
using profile::Environment;

namespace {

class MarkTexts
{
    Q_DECLARE_TR_FUNCTIONS(MarkTexts)
};

/// As it stands behind a name.
QString shortLabel(Environment environment)
{
    switch (environment) {
    case Environment::None:
        break;
    case Environment::Development:
        return MarkTexts::tr("DEV");
    case Environment::Test:
        return MarkTexts::tr("TEST");
    case Environment::Staging:
        return MarkTexts::tr("STAGING");
    case Environment::Production:
        return MarkTexts::tr("PROD");
    }
    return {};
}

QPixmap paintedIcon(const TabMark& mark, const Theme& theme, qreal scale)
{
    constexpr int size = 16;
    QPixmap pixmap(QSize(size, size) * scale);
    pixmap.setDevicePixelRatio(scale);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor colour = profileColour(mark.colour, theme);
    if (mark.environment == Environment::None) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawEllipse(QRectF(3, 3, 10, 10));
        return pixmap;
    }
    const bool isFilled = mark.isProduction();
    painter.setPen(QPen(theme.text, 1));
    painter.setBrush(isFilled ? theme.text : theme.surface);
    painter.drawRoundedRect(QRectF(1.5, 1.5, 13, 13), 2.5, 2.5);
    painter.setPen(isFilled ? theme.window : theme.text);
    painter.setFont(textFont(10, QFont::Bold));
    painter.drawText(QRectF(1, 1, 14, colour.isValid() ? 11 : 14), Qt::AlignCenter,
        shortLabel(mark.environment).left(1));
    if (colour.isValid())
        painter.fillRect(QRectF(3, 11, 10, 2.5), colour);
    return pixmap;
}

} // namespace

QString TabMark::title(const QString& endpoint) const
{
    const QString name = profileName.isEmpty() ? endpoint : profileName;
    const QString label = shortLabel(environment);
    const bool isSaid = label.isEmpty() || name.contains(label, Qt::CaseInsensitive);
    return isSaid ? name : QString(name + u' ' + label);
}

QIcon TabMark::icon(const Theme& theme) const
{
    if (environment == Environment::None && !profileColour(colour, theme).isValid())
        return {};
    QIcon icon;
    for (const qreal scale : { 1.0, 2.0 })
        icon.addPixmap(paintedIcon(*this, theme, scale));
    return icon;
}

TabMark markOf(const profile::Profile& profile)
{
    const profile::Authentication& login = profile.authentication;
    return { profile.name, profile.environment, profile.colour,
        login.isIam() ? explain::iamRefusedRemedy(login.user, login.cacheName) : QString(),
        profile.redaction, {}, profile.id };
}

} // namespace slotscope::ui
