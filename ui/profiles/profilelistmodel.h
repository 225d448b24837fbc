// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/profile/profilelist.h"

#include <QAbstractListModel>
#include <QSet>
#include <QStyledItemDelegate>

namespace slotscope::ui {

/// The profiles that a search found, in the user's order. Takes snapshots and emits what differs.
class ProfileListModel final : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProfileListModel)
public:
    enum Role {
        IdRole = Qt::UserRole,
        EndpointRole,
        EnvironmentRole, ///< its label, empty for none
        ColourRole, ///< the profile's key of a colour
        UnsavedRole, ///< it has changes that are not saved
    };

    explicit ProfileListModel(QObject* parent = nullptr);

    void setProfiles(const profile::ProfileList& profiles);
    void setUnsaved(const QSet<QString>& ids);
    /// -1 when it is not shown.
    int rowOf(const QString& id) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    profile::ProfileList m_profiles;
    QSet<QString> m_unsaved;
};

/// Two lines for a profile: name and environment, group and endpoint; its colour at the left.
class ProfileDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProfileDelegate)
public:
    explicit ProfileDelegate(QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace slotscope::ui
