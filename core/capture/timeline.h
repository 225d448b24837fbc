// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/blockfile.h"
#include "core/capture/capture.h"
#include "core/capture/jsonlines.h"

namespace slotscope::capture {

/// A map that was known from a moment on.
struct TimedTopology
{
    QDateTime at; ///< UTC
    cluster::Topology topology;
};

/// The cluster was asked, and nothing was new.
struct Refreshed
{
    QDateTime at; ///< UTC
    int asked = 0; ///< nodes
    int answered = 0;
};

/// What this computer found at a moment, beside the map that was known then.
struct Found
{
    QDateTime at; ///< UTC
    /// Who did not tell its view: of each the id, the address and the error alone.
    QList<NodeAnswers> silent;
    QList<health::Finding> findings; ///< as polling showed them, worst first
    QStringList warnings; ///< of the map, as they were then
};

/// What had been counted at a moment, since the recording began.
struct TimedSeen
{
    QDateTime at; ///< UTC
    QList<SeenErrors> errors;
};

/// Likewise, by the nodes' own counters.
struct TimedCounted
{
    QDateTime at; ///< UTC
    QList<CountedErrors> errors;
};

/// What happened in some stretch of time, each kind of thing oldest first.
struct Stretch
{
    QList<TimedTopology> topologies; ///< the first one is the keyframe: true from the beginning
    QList<Refreshed> refreshes;
    QList<Found> found; ///< the first one: what it was when the stretch began, if that is known
    QList<cluster::TopologyEvent> events;
    QList<NodeSample> samples;
    QList<command::Trace> traces;
    QList<TimedSeen> seen; ///< the first one: what it was when the stretch began, if anything
    QList<TimedCounted> counted; ///< likewise
    QList<Note> notes;
};

/// Whether an incident may begin with it: what was known just before is worth to be seen beside
/// what is now. Not what makes things well again, nor what only counts.
bool mayBegin(const cluster::TopologyChange& change);

/// Makes the lines of one block of a timeline. Each function gives whole lines, perhaps none.
class TimelineWriter
{
public:
    /// The keyframe first.
    QByteArray topology(const TimedTopology& topology);
    QByteArray refreshed(const Refreshed& refreshed);
    QByteArray found(const Found& found);
    QByteArray event(const cluster::TopologyEvent& event);
    /// Those of one batch; they may differ in time.
    QByteArray samples(const QList<NodeSample>& samples);
    QByteArray trace(const command::Trace& trace);
    QByteArray seen(const QDateTime& at, const QList<SeenErrors>& seen);
    QByteArray counted(const QDateTime& at, const QList<CountedErrors>& counted);
    QByteArray note(const Note& note);

    /// Of what was written.
    QDateTime from() const { return m_from; }
    QDateTime to() const { return m_to; }
    qint64 events() const { return m_events; }
    bool isEmpty() const { return m_maps.isEmpty(); }

private:
    void cover(const QDateTime& at);

    MapWriter m_maps;
    QDateTime m_from;
    QDateTime m_to;
    qint64 m_events = 0;
};

/// The lines of a whole stretch, as one block with its head.
QByteArray toBlock(const Stretch& stretch, BlockHead* head);
/// The inverse, of the raw bytes of a block. With `whole` false the last line may be cut (a program
/// that ended while it wrote). FileDamaged with the number of the line.
support::Result<Stretch> stretchFromLines(const QByteArray& raw, bool whole = true);
/// Only the events of it: quick.
QList<cluster::TopologyEvent> eventsFromLines(const QByteArray& raw);

} // namespace slotscope::capture
