// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/profiles/profilemenu.h"

#include "ui/theme/plaintext.h"

#include <QInputDialog>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

/// A menu takes & for its mnemonics.
QString menuText(const QString& text)
{
    QString escaped = text;
    escaped.replace(u'&', u"&&"_s);
    return escaped;
}

} // namespace

ProfileMenu::ProfileMenu(profile::ProfileStore store, QWidget* parent)
    : QMenu(tr("Pr&ofiles"), parent)
    , m_store(std::move(store))
{
    connect(this, &QMenu::aboutToShow, this, &ProfileMenu::rebuild);
    rebuild();
}

void ProfileMenu::setCurrent(const std::optional<profile::Profile>& current)
{
    m_current = current;
}

void ProfileMenu::rebuild()
{
    clear();
    QAction* manage = addAction(tr("&Profiles…"), this, &ProfileMenu::manageRequested);
    manage->setObjectName(u"manageProfilesAction"_s);
    manage->setShortcut(u"Ctrl+Shift+P"_s);
    QAction* save = addAction(tr("&Save this endpoint as a profile…"));
    save->setObjectName(u"saveProfileAction"_s);
    save->setEnabled(m_current.has_value());
    connect(save, &QAction::triggered, this, &ProfileMenu::askForName);
    addSeparator();

    const auto profiles = m_store.load();
    if (!profiles) {
        addAction(tr("The profiles cannot be read"))->setEnabled(false);
        const support::Error error = profiles.error();
        // Not from inside aboutToShow: the receiver may open a message.
        QMetaObject::invokeMethod(
            this, [this, error] { Q_EMIT failed(error); }, Qt::QueuedConnection);
        return;
    }
    if (profiles->isEmpty()) {
        addAction(tr("No profiles yet"))->setEnabled(false);
        return;
    }
    for (const profile::Profile& profile : *profiles) {
        constexpr qreal most = 320; // of either
        const QString name = elidedText(visibleText(profile.name), font(), most);
        const QString endpoint
            = elidedText(visibleText(profile.firstEndpoint()), font(), most, Qt::ElideMiddle);
        QAction* open = addAction(menuText(name + u"  "_s + endpoint));
        connect(
            open, &QAction::triggered, this, [this, profile] { Q_EMIT profileChosen(profile); });
    }
}

void ProfileMenu::askForName()
{
    if (!m_current)
        return;
    auto* dialog = new QInputDialog(parentWidget());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save profile"));
    dialog->setLabelText(tr("Name of the profile (no password is stored):"));
    dialog->setTextValue(m_current->firstEndpoint());
    connect(dialog, &QInputDialog::textValueSelected, this, &ProfileMenu::saveCurrentAs);
    dialog->open();
}

void ProfileMenu::saveCurrentAs(const QString& name)
{
    if (!m_current || name.trimmed().isEmpty())
        return;
    profile::Profile profile = *m_current;
    profile.name = name.trimmed();
    if (const auto done = m_store.save(profile); !done) {
        Q_EMIT failed(done.error());
        return;
    }
    Q_EMIT saved(profile.name);
}

} // namespace slotscope::ui
