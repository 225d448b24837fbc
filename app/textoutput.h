// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "app/exitcode.h"
#include "core/cluster/topology.h"
#include "core/doctor/guesscheck.h"
#include "core/net/connectionoptions.h"
#include "core/support/error.h"
#include "core/support/texttable.h"

#include <QJsonObject>
#include <QString>

namespace slotscope::app {

/// To standard output and to standard error, as UTF-8. What cannot be printed is said on standard
/// error, once, and is the exit status (withFateOfOutput()); a reader that has gone is no error.
void print(const QString& text);
void complain(const QString& text);
/// Says, each time, that a profile has turned the verification of TLS off.
void complainOfInsecureTls(const net::ConnectionOptions& options);

/// An object as the contract's document: "schema" and "version" first, then its members.
QByteArray toDocument(const QJsonObject& object);
/// The document that stands for a result when there is none.
QJsonObject errorToJson(const support::Error& error);
/// With another sentence than the error's own.
QJsonObject errorToJson(const support::Error& error, const QString& sentence);
/// Says why there is no result: to standard error, and with `json` as a document too. The exit
/// status.
ExitCode reportError(const support::Error& error, bool json);
/// A sentence, and what can be done.
QString toText(const support::Error& error);
/// Names and addresses come from servers: escapes are made visible.
QString visible(const QString& text);
/// "0-5460,5462"; "-" for none. More than eight ranges are counted only.
QString toText(const cluster::SlotRanges& ranges);
using support::toTable;
/// What became of a guess from the endpoint's name, a line for each finding; empty where there was
/// none.
QString guessText(const doctor::GuessCheck& check);
/// "HOST:PORT (IP:PORT): cluster, redis 7.0.15": what was reached.
QString serverText(const cluster::TopologyData& data);
/// What `inspect` prints: a sentence of state, the shards, what is moving or nobody's, warnings.
QString toText(const cluster::Topology& topology);

} // namespace slotscope::app
