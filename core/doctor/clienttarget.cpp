// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/doctor/clienttarget.h"

#include "core/profile/endpointguess.h"

namespace slotscope::doctor {

ClientTarget clientTargetOf(const net::Endpoint& endpoint, const net::ConnectionOptions& options)
{
    ClientTarget target;
    target.endpoint = endpoint;
    target.tls = options.tls.enabled;
    target.user = options.user;
    target.withPassword = options.password.has_value();
    target.byToken = options.currentPassword != nullptr;
    const profile::EndpointGuess guess = profile::guessEndpoint(endpoint);
    // Whether a client's own signing knows serverless caches is not known here.
    if (guess.kind != profile::EndpointKind::Serverless) {
        target.cacheName = guess.id;
        target.region = guess.region;
        target.isMemoryDb = guess.provider == profile::Provider::MemoryDb;
    }
    return target;
}

ClientTarget withServer(ClientTarget target, const cluster::TopologyData& data)
{
    target.kind = data.kind;
    if (!data.masters.isEmpty())
        target.sentinelMaster = data.masters.first().name;
    return target;
}

std::optional<ClientTarget> clientTargetOf(const net::Endpoint& endpoint,
    const net::ConnectionOptions& options, const Examination& examination)
{
    const cluster::TopologyData& data = examination.topology.data();
    if (!data.capturedAt.isValid())
        return {};
    ClientTarget target = withServer(clientTargetOf(endpoint, options), data);
    target.unavailable = examination.unavailable;
    if (const cluster::Node* node = examination.topology.nodeById(data.answeredBy)) {
        // Where nobody owns a slot none is answered with MOVED, and none with a reply.
        if (cluster::slotCount(examination.topology.uncovered()) < cluster::Slot::count)
            target.movedShare = examination.movedShare;
        target.isReplica = node->role == cluster::Role::Replica;
    }
    return target;
}

} // namespace slotscope::doctor
