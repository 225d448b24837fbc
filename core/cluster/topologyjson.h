// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/support/result.h"

#include <QJsonObject>

namespace slotscope::cluster {

/// The contract's `inspect` document, without "schema" and "version". Beyond the contract it has
/// "seed.endpoint" and "views": {"asked", "answered"}.
QJsonObject toJson(const Topology& topology);
/// The inverse of toJson(), for captures; FileDamaged when fields are missing or out of range.
support::Result<Topology> topologyFromJson(const QJsonObject& object);

/// "2026-11-23T14:02:40.123Z", or null for an invalid time.
QJsonValue timeToJson(const QDateTime& time);

} // namespace slotscope::cluster
