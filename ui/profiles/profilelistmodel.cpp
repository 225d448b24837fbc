// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/profiles/profilelistmodel.h"

#include "ui/models/rowdiff.h"
#include "ui/profiles/profilelabels.h"
#include "ui/theme/plaintext.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

using profile::Profile;

namespace {

QStringList idsOf(const profile::ProfileList& profiles)
{
    QStringList ids;
    for (const Profile& profile : profiles)
        ids.append(profile.id);
    return ids;
}

} // namespace

ProfileListModel::ProfileListModel(QObject* parent)
    : QAbstractListModel(parent)
{ }

void ProfileListModel::setProfiles(const profile::ProfileList& profiles)
{
    for (const RowChange& change : diffRows(idsOf(m_profiles), idsOf(profiles))) {
        switch (change.kind) {
        case RowChange::Kind::Remove:
            beginRemoveRows({}, change.row, change.row);
            m_profiles.removeAt(change.row);
            endRemoveRows();
            break;
        case RowChange::Kind::Insert:
            beginInsertRows({}, change.row, change.row);
            m_profiles.insert(change.row, profiles.at(change.source));
            endInsertRows();
            break;
        case RowChange::Kind::Update:
            if (m_profiles.at(change.row) != profiles.at(change.source)) {
                m_profiles[change.row] = profiles.at(change.source);
                Q_EMIT dataChanged(index(change.row), index(change.row));
            }
            break;
        }
    }
}

void ProfileListModel::setUnsaved(const QSet<QString>& ids)
{
    const QSet<QString> before = std::exchange(m_unsaved, ids);
    for (int row = 0; row < m_profiles.size(); ++row) {
        const QString& id = m_profiles.at(row).id;
        if (before.contains(id) != ids.contains(id))
            Q_EMIT dataChanged(index(row), index(row), { UnsavedRole, Qt::AccessibleTextRole });
    }
}

int ProfileListModel::rowOf(const QString& id) const
{
    return static_cast<int>(profile::indexOfId(m_profiles, id));
}

int ProfileListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_profiles.size());
}

QVariant ProfileListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Profile& profile = m_profiles.at(index.row());
    const QString environment = environmentLabel(profile.environment);
    const bool isUnsaved = m_unsaved.contains(profile.id);
    switch (role) {
    case Qt::DisplayRole:
        return visibleText(profile.name);
    case Qt::ToolTipRole:
        return plainToolTip(profile.endpoints.join(u'\n'));
    case Qt::AccessibleTextRole: {
        QStringList parts { visibleText(profile.name), profile.firstEndpoint() };
        if (!environment.isEmpty())
            parts.append(environment);
        if (isUnsaved)
            parts.append(tr("not saved"));
        return parts.join(u", "_s);
    }
    case IdRole:
        return profile.id;
    case EndpointRole:
        return visibleText(profile.group.isEmpty()
                ? profile.firstEndpoint()
                : QString(profile.group + u": "_s + profile.firstEndpoint()));
    case EnvironmentRole:
        return environment;
    case ColourRole:
        return profile.colour;
    case UnsavedRole:
        return isUnsaved;
    default:
        return {};
    }
}

ProfileDelegate::ProfileDelegate(QObject* parent)
    : QStyledItemDelegate(parent)
{ }

QSize ProfileDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return { 200, 46 };
}

void ProfileDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme theme = Theme::of(option.palette);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QRectF rect = QRectF(option.rect).adjusted(2, 1, -2, -1);
    if (isSelected) {
        QColor ground = theme.accent;
        ground.setAlphaF(0.16F);
        painter->setPen(
            option.state.testFlag(QStyle::State_HasFocus) ? QPen(theme.accent) : QPen(Qt::NoPen));
        painter->setBrush(ground);
        painter->drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    }
    if (const QColor colour
        = profileColour(index.data(ProfileListModel::ColourRole).toString(), theme);
        colour.isValid()) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(colour);
        painter->drawRoundedRect(
            QRectF(rect.left() + 3, rect.top() + 6, 4, rect.height() - 12), 2, 2);
    }
    rect.adjust(14, 4, -8, -4);
    QRectF first(rect.left(), rect.top(), rect.width(), rect.height() / 2);
    const QString environment = index.data(ProfileListModel::EnvironmentRole).toString();
    if (!environment.isEmpty()) {
        const QFont font = textFont(11, QFont::DemiBold);
        const qreal width = textWidth(environment, font) + 10;
        const QRectF tag(first.right() - width, first.top() + 1, width, first.height() - 2);
        painter->setPen(QPen(theme.mutedText, 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(tag, 3, 3);
        painter->setFont(font);
        painter->setPen(theme.text);
        painter->drawText(tag, Qt::AlignCenter, environment);
        first.setRight(tag.left() - 6);
    }
    QString name = index.data(Qt::DisplayRole).toString();
    if (name.isEmpty())
        name = tr("(no name yet)");
    if (index.data(ProfileListModel::UnsavedRole).toBool())
        name.prepend(u"\u2022 "_s);
    const QFont nameFont = textFont(14, QFont::DemiBold);
    painter->setFont(nameFont);
    painter->setPen(theme.text);
    painter->drawText(first, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        elidedText(name, nameFont, first.width()));
    const QRectF second(rect.left(), first.bottom(), rect.width(), rect.height() / 2);
    const QFont endpointFont = textFont(12);
    painter->setFont(endpointFont);
    painter->setPen(theme.mutedText);
    painter->drawText(second, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        elidedText(index.data(ProfileListModel::EndpointRole).toString(), endpointFont,
            second.width(), Qt::ElideMiddle));
    painter->restore();
}

} // namespace slotscope::ui
