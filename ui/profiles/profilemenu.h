// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/profile/profilestore.h"

#include <QMenu>

#include <optional>

namespace slotscope::ui {

/// The menu of saved ways to clusters: opens one, saves the one in use, deletes one. Reads the
/// store each time it is about to be shown, so it never shows what another window has changed.
/// Connects to nothing.
class ProfileMenu final : public QMenu
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProfileMenu)
public:
    explicit ProfileMenu(profile::ProfileStore store, QWidget* parent = nullptr);

    /// What "Save" would save (its name is asked for); nullopt when nothing is connected.
    void setCurrent(const std::optional<profile::Profile>& current);
    /// Saves the current endpoint under a name; the menu's own action asks for it first.
    void saveCurrentAs(const QString& name);

Q_SIGNALS:
    void manageRequested();
    void profileChosen(const slotscope::profile::Profile& profile);
    void saved(const QString& name);
    void failed(const slotscope::support::Error& error);

private:
    void rebuild();
    void askForName();

    profile::ProfileStore m_store;
    std::optional<profile::Profile> m_current;
};

} // namespace slotscope::ui
