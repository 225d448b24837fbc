// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/profiles/profilelabels.h"

#include "ui/theme/theme.h"

#include <QCoreApplication>

#include <array>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

// The translation context.
struct ProfileLabels
{
    Q_DECLARE_TR_FUNCTIONS(ProfileLabels)
};

struct Colour
{
    const char* key;
    const char* label;
    int shardColor; ///< the palette is safe for colour-blind eyes: one of its colours
};

constexpr std::array<Colour, 6> colours { {
    { "blue", QT_TRANSLATE_NOOP("ProfileLabels", "Blue"), 0 },
    { "sand", QT_TRANSLATE_NOOP("ProfileLabels", "Sand"), 1 },
    { "teal", QT_TRANSLATE_NOOP("ProfileLabels", "Teal"), 2 },
    { "lilac", QT_TRANSLATE_NOOP("ProfileLabels", "Lilac"), 3 },
    { "green", QT_TRANSLATE_NOOP("ProfileLabels", "Green"), 4 },
    { "purple", QT_TRANSLATE_NOOP("ProfileLabels", "Purple"), 6 },
} };

} // namespace

QString environmentLabel(profile::Environment environment)
{
    switch (environment) {
    case profile::Environment::None:
        break;
    case profile::Environment::Development:
        return ProfileLabels::tr("Development");
    case profile::Environment::Test:
        return ProfileLabels::tr("Test");
    case profile::Environment::Staging:
        return ProfileLabels::tr("Staging");
    case profile::Environment::Production:
        return ProfileLabels::tr("Production");
    }
    return {};
}

QList<profile::Environment> environments()
{
    using profile::Environment;
    return { Environment::None, Environment::Development, Environment::Test, Environment::Staging,
        Environment::Production };
}

QList<ProfileColour> profileColours()
{
    QList<ProfileColour> list { { QString(), ProfileLabels::tr("None") } };
    for (const Colour& colour : colours)
        list.append({ QString::fromLatin1(colour.key), ProfileLabels::tr(colour.label) });
    return list;
}

QColor profileColour(const QString& key, const Theme& theme)
{
    for (const Colour& colour : colours) {
        if (key == QLatin1StringView(colour.key))
            return theme.shardColor(colour.shardColor);
    }
    return key.startsWith(u'#') && QColor::isValidColor(key) ? QColor(key) : QColor();
}

} // namespace slotscope::ui
