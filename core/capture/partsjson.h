// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/capture.h"

#include <QJsonObject>

#include <optional>

namespace slotscope::capture {

// The parts of captures and recordings as JSON, and back: docs/capture-format.md. What cannot be
// read back is nullopt. (Topologies and traces: cluster/topologyjson.h, command/traceformat.h.)

/// With its sentence, for people.
QJsonObject toJson(const cluster::TopologyEvent& event);
std::optional<cluster::TopologyEvent> eventFromJson(const QJsonObject& object);

std::optional<health::Finding> findingFromJson(const QJsonObject& object);

QJsonObject toJson(const ResolvedName& name);
std::optional<ResolvedName> nameFromJson(const QJsonObject& object);

QJsonObject toJson(const NodeAnswers& answers);
/// What INFO and CLUSTER INFO tell is read from those replies again.
std::optional<NodeAnswers> answersFromJson(const QJsonObject& object);
/// Sets server, state, epochs, replication and counters of errors from the raw replies.
void derive(NodeAnswers* answers);

/// Of a node that did not tell its view, only which one it is and why.
QJsonObject silentToJson(const NodeAnswers& answers);
std::optional<NodeAnswers> silentFromJson(const QJsonObject& object);

/// A row: the node, then the values in the order of session::Metric; null for what is not known.
QJsonArray toJson(const NodeSample& sample);
std::optional<NodeSample> sampleFromJson(const QJsonArray& row, const QDateTime& at);

QJsonObject toJson(const SeenErrors& seen);
std::optional<SeenErrors> seenFromJson(const QJsonObject& object);

QJsonObject toJson(const CountedErrors& counted);
std::optional<CountedErrors> countedFromJson(const QJsonObject& object);

QJsonObject toJson(const Note& note);
std::optional<Note> noteFromJson(const QJsonObject& object);

QJsonObject toJson(const Mark& mark);
std::optional<Mark> markFromJson(const QJsonObject& object);

} // namespace slotscope::capture
