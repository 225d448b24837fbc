// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/net/typedendpoint.h"
#include "core/profile/proposal.h"

#include <QJsonDocument>

#include <optional>

// The parts of proposeProfiles(), each for one kind of text.
namespace slotscope::profile {

using Proposals = support::Result<QList<Proposal>>;

constexpr qsizetype mostProposals = 1000;

/// Addresses in a text that is not JSON of a known form.
Proposals proposeFromText(const QString& text);
/// What the AWS CLI describes; nothing for other documents.
std::optional<Proposals> proposeFromAws(const QJsonDocument& document);
/// Exports of other tools and our own; nothing for other documents.
std::optional<Proposals> proposeFromExport(const QJsonDocument& document);

/// Adds a seed, with what its URL and its name tell. InvalidInput for a Memcached endpoint.
support::Result<support::Done> addSeed(Proposal& proposal, const net::TypedEndpoint& seed);
support::Result<support::Done> addSeed(Proposal& proposal, const QString& typed);
/// Says so, unless it is 0.
void leaveOutDatabase(Proposal& proposal, int number);
/// A user and a password that stand beside the addresses; either may be empty.
void addCredentials(Proposal& proposal, const QString& user, const QString& password);

} // namespace slotscope::profile
