// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/cluster/learnline.h"

namespace slotscope::cluster {
namespace {

/// Of a node in this state a view knows neither name nor address for certain.
bool isNameless(Health health)
{
    return health == Health::Unknown || health == Health::NoAddr || health == Health::Handshake;
}

int rankOf(Health health)
{
    return health == Health::Fail ? 2 : health == Health::PFail ? 1 : 0;
}

} // namespace

void learnLine(Node* node, const Node& line)
{
    if (node->ip.isEmpty() && !line.ip.isEmpty()) {
        node->ip = line.ip;
        node->address = line.address;
    }
    if (!node->address.isDialable())
        node->address = line.address;
    if (node->hostname.isEmpty())
        node->hostname = line.hostname;
    if (isNameless(node->health) && !isNameless(line.health)) {
        const bool myself = node->myself;
        node->health = line.health;
        node->flags = line.flags;
        node->flags.removeAll(QStringLiteral("myself"));
        if (myself)
            node->flags.prepend(QStringLiteral("myself"));
        if (line.address.isDialable())
            node->address = line.address;
    } else if (rankOf(line.health) > rankOf(node->health)) {
        node->health = line.health; // who suspects it is right until it says otherwise
    }
    if (node->role == Role::Unknown) {
        node->role = line.role;
        node->primaryId = line.primaryId;
    }
    // The line with the higher epoch knows of the later failover.
    if (line.configEpoch.value_or(0) > node->configEpoch.value_or(0)) {
        node->configEpoch = line.configEpoch;
        if (line.role != Role::Unknown) {
            node->role = line.role;
            node->primaryId = line.primaryId;
        }
    }
    // Who has forgotten a primary prints its replicas without one.
    if (node->role == Role::Replica && node->primaryId.isNull() && line.role == Role::Replica)
        node->primaryId = line.primaryId;
    // Only a node's own line has any.
    if (node->migrating.isEmpty())
        node->migrating = line.migrating;
    if (node->importing.isEmpty())
        node->importing = line.importing;
}

} // namespace slotscope::cluster
