// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/net/addressmap.h"

#include <QAction>
#include <QPointer>
#include <QString>

class QMenuBar;

namespace slotscope::ui {

/// One line of the command palette: an action of the menus, or a place in the cluster. Plain text.
struct PaletteItem
{
    QString text;
    QString detail; ///< where it is: the menus above it, what kind of node
    QString keys; ///< its shortcut, in the platform's words
    QPointer<QAction> action; ///< null: a place
    QString place; ///< what ClusterPage::goTo() takes
};

/// What can be triggered now, in the order of the menus.
QList<PaletteItem> actionItems(const QMenuBar* bar);
/// Shards, then nodes, with where `dialled` leads to; or what the sentinel watches.
QList<PaletteItem> placeItems(
    const cluster::Topology& topology, const net::AddressMap& dialled = {});

/// The positions of at most `limit` items in which each word of `query` occurs (case does not
/// matter), those where words begin with it first. All, in their order, when there is no word.
QList<qsizetype> matchingItems(
    const QList<PaletteItem>& items, const QString& query, qsizetype limit);

/// The text of an action or menu without its mnemonic.
QString plainActionText(const QString& text);

} // namespace slotscope::ui
