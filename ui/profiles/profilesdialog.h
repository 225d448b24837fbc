// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/profile/profilestore.h"
#include "core/profile/proposal.h"

#include <QDialog>
#include <QHash>

#include <functional>
#include <optional>

class QPushButton;

namespace slotscope::ui {

class ProfileForm;
class ProfileListPane;

/// The saved ways to clusters: create, edit, clone, reorder, search, delete (with undo), import,
/// export. Changes of a profile are kept while the dialog is open and written by Save or Connect;
/// what other windows change meanwhile is read again before each change. Connects to nothing: it
/// wishes for that.
class ProfilesDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProfilesDialog)
public:
    explicit ProfilesDialog(profile::ProfileStore store, QWidget* parent = nullptr);
    ~ProfilesDialog() override;

    /// A form that is ready for what is pasted, or filled with `profile`.
    void startNew(const profile::Profile& profile = {});
    void select(const QString& id);
    /// Puts the way in and the address map of `way` into the form of this profile. Saves nothing.
    void takeWay(const QString& id, const profile::Profile& way);
    /// Text of a file or the clipboard that may hold profiles. How many were taken.
    int importText(const QString& text);

Q_SIGNALS:
    /// `password`: what was typed, perhaps nothing.
    void connectRequested(
        const slotscope::profile::Profile& profile, const slotscope::profile::Secret& password);
    void testRequested(
        const slotscope::profile::Profile& profile, const slotscope::profile::Secret& password);
    /// The password of a profile whose source is the keychain is to be kept there.
    void passwordGiven(
        const slotscope::profile::Profile& profile, const slotscope::profile::Secret& password);
    /// The profile was deleted; its secrets may go.
    void profileRemoved(const slotscope::profile::Profile& profile);

protected:
    void reject() override; ///< also when the window is closed: asks first

private:
    /// What is in the form and not in the file.
    struct Draft
    {
        profile::Profile profile;
        profile::Secret password;
    };

    void wirePane();
    QWidget* buildForm();
    void load();
    void showList();
    void keepDraft();
    void onEdited();
    bool apply(const profile::ProfileStore::Change& change);
    /// The profile as it was saved; nothing when it cannot be: the form says why.
    std::optional<profile::Profile> save();
    bool saveAll();
    void clone();
    void remove();
    void undoRemove();
    void move(int steps);
    void askForImport();
    void askForExport();
    void connectNow();
    void test();
    void askBeforeClosing();

    profile::ProfileStore m_store;
    profile::ProfileList m_profiles; ///< as the file had them last
    QHash<QString, Draft> m_drafts; ///< by id; of a new one: empty
    QString m_shown; ///< the id of the profile in the form; empty: a new one
    std::optional<profile::Removed> m_removed; ///< the last one
    bool m_mayClose = false;

    ProfileListPane* m_pane = nullptr;
    ProfileForm* m_form = nullptr;
    QPushButton* m_save = nullptr;
};

} // namespace slotscope::ui
