// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/net/connectionoptions.h"
#include "core/support/error.h"

#include <QJsonObject>
#include <QString>

namespace slotscope::app {

/// To standard output and to standard error, as UTF-8.
void print(const QString& text);
void complain(const QString& text);
/// Says, each time, that a profile has turned the verification of TLS off.
void complainOfInsecureTls(const net::ConnectionOptions& options);

/// An object as the contract's document: "schema" and "version" first, then its members.
QByteArray toDocument(const QJsonObject& object);
/// The document that stands for a result when there is none.
QJsonObject errorToJson(const support::Error& error);
/// A sentence, and what can be done.
QString toText(const support::Error& error);
/// What `inspect` prints: a sentence of state, the shards, what is moving or nobody's, warnings.
QString toText(const cluster::Topology& topology);

} // namespace slotscope::app
