// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/cluster/topologydiff.h"
#include "core/command/trace.h"
#include "core/health/findings.h"
#include "core/session/metricshistory.h"

#include <QPointF>

namespace slotscope::capture {

/// What a node answered to one command, as text: bulk strings as they are, other replies as
/// redis-cli prints them. Holds no secrets; arguments of the slow log are replaced.
struct RawReply
{
    QString command; ///< "CLUSTER NODES"
    QByteArray text; ///< empty with an error
    std::optional<support::Error> error; ///< why it is not available
    friend bool operator==(const RawReply&, const RawReply&) = default;
};

/// What one node told when everybody was asked.
struct NodeAnswers
{
    cluster::NodeId id; ///< null where the server prints none, or nobody answered
    net::Endpoint address; ///< announced
    QString dialled; ///< "ip:port"; empty when nothing was dialled
    bool isReachable = false;
    bool isLate = false; ///< it answered after the deadline: not part of the merged topology
    std::optional<support::Error> error; ///< why it is not reachable
    QString server; ///< "redis 7.0.15"
    std::optional<qint64> roundTripMicros; ///< of the quickest of its replies
    QDateTime answeredAt; ///< UTC, this computer's clock
    QDateTime serverTime; ///< UTC, the server's own clock (TIME); invalid when not told
    cluster::ClusterState state = cluster::ClusterState::Unknown;
    std::optional<quint64> currentEpoch;
    std::optional<quint64> myEpoch;
    cluster::ReplicationFacts replication;
    std::optional<cluster::ErrorCounts> errorCounts; ///< to all clients, since it started
    QList<RawReply> replies;

    friend bool operator==(const NodeAnswers&, const NodeAnswers&) = default;
};

/// What the resolver of the computer that asked said of a name.
struct ResolvedName
{
    QString name;
    QStringList addresses;
    QString why; ///< there are none; empty where it was not told
    friend bool operator==(const ResolvedName&, const ResolvedName&) = default;
};

/// The numbers of one node at one moment.
struct NodeSample
{
    cluster::NodeId node; ///< session::metricsKeyOf() it
    QDateTime at; ///< UTC
    /// By session::Metric; NaN: not known.
    std::array<double, session::metricCount> values {};
};

/// Errors that a node answered to Slotscope itself.
struct SeenErrors
{
    cluster::NodeId node; ///< null when the map does not know the address
    net::Endpoint address;
    QByteArray word; ///< "MOVED", "ASK", "CLUSTERDOWN"
    qint64 count = 0;
    QDateTime first; ///< UTC
    QDateTime last;
    friend bool operator==(const SeenErrors&, const SeenErrors&) = default;
};

/// Errors of one kind that nodes answered to all clients but Slotscope, as their counters grew
/// while they were recorded. As exact as they are looked at: every few seconds.
struct CountedErrors
{
    QByteArray word; ///< "MOVED", "ASK", "CLUSTERDOWN"
    qint64 count = 0; ///< of all nodes together
    QDateTime first; ///< UTC: of the first look that showed more of them
    QDateTime last;
    friend bool operator==(const CountedErrors&, const CountedErrors&) = default;
};

/// A line that the user wrote at a moment (Ctrl+M).
struct Note
{
    QDateTime at; ///< UTC
    QString text;
    friend bool operator==(const Note&, const Note&) = default;
};

/// A numbered mark on the incident picture, with a line of text. Its number is its place in the
/// list, from 1.
struct Mark
{
    QPointF at; ///< in parts of the picture's width and height, 0 to 1
    QString text;
    friend bool operator==(const Mark&, const Mark&) = default;
};

/// What was known at one moment, and what happened before it. A plain value: everything that a
/// report, a picture or a comparison needs.
struct Capture
{
    QDateTime savedAt; ///< UTC
    int utcOffsetSeconds = 0; ///< of the local time where it was taken, east is positive
    QString toolVersion;
    QString name; ///< of the profile, else empty
    QString environment; ///< of the profile: "production"; else empty
    /// What was replaced before it was saved: "none", "short", "pseudonym".
    QString redaction = QStringLiteral("none");
    /// What should be in it and is not, one sentence each: a recording or a file that was damaged.
    QStringList missing;

    cluster::Topology topology; ///< merged; says the seed, the way in, views asked and answered
    QList<command::Trace> traces; ///< oldest first
    QStringList dnsAnswers; ///< every address that the seed's name gave; empty: not asked
    QList<ResolvedName> names; ///< of the seed and of what nodes announce
    QList<NodeAnswers> nodes; ///< in the order of the shards; empty: nobody was asked
    QList<health::Finding> findings; ///< worst first

    QDateTime recordingBegan; ///< UTC; invalid: nothing was recorded, what was before is unknown
    QList<cluster::TopologyEvent> events; ///< oldest first
    /// As it was known when the first of the events that are shown had not happened: "before". Its
    /// time is that moment.
    cluster::Topology before;
    QList<NodeSample> samples; ///< oldest first
    QList<SeenErrors> seen;
    QList<CountedErrors> counted; ///< since the recording began
    QList<Note> notes;
    QList<Mark> marks;
};

} // namespace slotscope::capture

Q_DECLARE_METATYPE(slotscope::capture::Capture)
