// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/profile/profilelist.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;
class QPushButton;

namespace slotscope::ui {

class ProfileListModel;

/// The list side of the profiles: search, the profiles, what can be done with the chosen one, and a
/// line of what has just been done. Changes nothing itself: it wishes.
class ProfileListPane final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProfileListPane)
public:
    explicit ProfileListPane(QWidget* parent = nullptr);

    /// All of them; the search decides which are shown. `current`: the id of the chosen one, empty
    /// for none (a new one is being written).
    void setProfiles(
        const profile::ProfileList& profiles, const QSet<QString>& unsaved, const QString& current);
    void showNotice(const QString& text, bool withUndo = false);

Q_SIGNALS:
    void chosen(const QString& id);
    void openRequested(); ///< the chosen one: a double click, Return
    void newRequested();
    void cloneRequested();
    void removeRequested();
    void undoRequested();
    void moveRequested(int steps);
    void importRequested();
    void exportRequested();

private:
    void buildButtons();
    void bindKeys();
    void showFound();

    profile::ProfileList m_profiles;
    QString m_current;
    bool m_isSelecting = false; ///< not the user
    QLineEdit* m_search = nullptr;
    ProfileListModel* m_model = nullptr;
    QListView* m_list = nullptr;
    QLabel* m_empty = nullptr; ///< over the list
    QLabel* m_notice = nullptr;
    QPushButton* m_undo = nullptr;
    QPushButton* m_clone = nullptr;
    QPushButton* m_up = nullptr;
    QPushButton* m_down = nullptr;
    QPushButton* m_delete = nullptr;
};

} // namespace slotscope::ui
