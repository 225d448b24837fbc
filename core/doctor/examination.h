// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topology.h"
#include "core/net/dial.h"
#include "core/net/serverclock.h"
#include "core/support/error.h"

#include <QList>
#include <QString>

#include <optional>

namespace slotscope::doctor {

/// The stages of getting to know one node, in the order they are gone through.
enum class ExamStage { Resolve, Tcp, Tls, Auth, Permission, Kind, Identity, Ping };
inline constexpr int examStageCount = 8;
/// "resolve", "tcp", ...: the contract's name of a stage.
QString stageWord(ExamStage stage);

/// How one stage went.
struct StageResult
{
    ExamStage stage = ExamStage::Resolve;
    bool ok = false;
    qint64 micros = -1; ///< it took so long; -1 where that was not measured
    QString detail; ///< a sentence or a fact; with ok false: the cause
    QString remedy; ///< what to do; empty when all is well or nothing helps
    /// With ok false: the same as a code, where it is one.
    std::optional<support::Error> error {};

    friend bool operator==(const StageResult&, const StageResult&) = default;
};

/// One row of the doctor's matrix: one node, the way it was asked for.
struct NodeExam
{
    enum class Role { Seed, Primary, Replica, Unknown };

    Role role = Role::Unknown;
    cluster::NodeId id; ///< expected; of the seed the one it told; null where none is known
    net::Endpoint announced; ///< of the seed: as typed
    QString dialled; ///< "ip:port", empty when nothing was connected
    /// In order. Stages that do not apply (TLS without TLS) or were not reached are missing.
    QList<StageResult> stages;
    bool complete = false; ///< there will be no more stages
    std::optional<net::ClockSkew> clock {}; ///< nothing: not told

    bool failed() const;
    const StageResult* stage(ExamStage stage) const; ///< null when it is missing

    friend bool operator==(const NodeExam&, const NodeExam&) = default;
};
QString roleWord(NodeExam::Role role); ///< "seed", "primary", "replica", "unknown"

/// All that an examination found. A value.
struct Examination
{
    QList<NodeExam> nodes; ///< the seed first, then every announced node, shard by shard
    cluster::Topology topology; ///< the seed's view alone
    net::Way way = net::Way::Direct; ///< that all of them were tried
    /// Why there are no other nodes: the seed was not reached or tells nothing.
    std::optional<support::Error> error;

    /// What the seed refused, as it is called: "CLUSTER SLOTS", "SCAN".
    QStringList unavailable {};

    bool hasFailingNode() const; ///< a node beside the seed
    double movedShare = 0; ///< of the slots, what the seed answers with MOVED; 0 to 1
};

} // namespace slotscope::doctor
