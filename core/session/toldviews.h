// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/mergeviews.h"

#include <QDateTime>
#include <QHash>
#include <QMetaType>

#include <optional>

namespace slotscope::session {

/// A node of which another one says that it is not well.
struct IllNode
{
    cluster::NodeId id;
    cluster::Health health = cluster::Health::Unknown;
    QString ip; ///< as that one has it
    quint16 port = 0;
    friend bool operator==(const IllNode&, const IllNode&) = default;
};

/// One node's own view of its cluster, as it was last told. A plain value.
struct ToldView
{
    cluster::NodeId by;
    QDateTime at; ///< UTC: when it was told
    cluster::ViewInput view;
    /// Of whom it says so, as far as no newer view has shown a change.
    QList<IllNode> ill;
};

/// What this computer found when it asked a node for its view and was told none.
struct Silence
{
    QString why; ///< a sentence; may be empty
    std::optional<support::Error> error {}; ///< nothing: it answered, though not what was asked
    QDateTime since {}; ///< UTC: when that was first found
    friend bool operator==(const Silence&, const Silence&) = default;
};

/// The views that a session holds, one a node, in no order, and who did not tell its own. A value,
/// cheap to copy.
struct ToldViews
{
    QList<ToldView> views;
    QHash<cluster::NodeId, Silence> silent;

    const ToldView* by(const cluster::NodeId& node) const; ///< null when it has not told any
};

/// The cluster as one node alone sees it: its roles, owners and health, at the time it told them.
/// Labels, and the addresses to dial, are those of `merged`. Empty when it has not told its view.
cluster::Topology asSeenBy(
    const ToldViews& views, const cluster::NodeId& node, const cluster::Topology& merged);

} // namespace slotscope::session

Q_DECLARE_METATYPE(slotscope::session::ToldViews)
