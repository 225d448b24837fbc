// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/runcontext.h"

#include <QMetaType>
#include <QObject>

#include <memory>

namespace slotscope::command {

/// What the owners of slots are asked.
enum class SlotQuestion {
    KeyCount, ///< CLUSTER COUNTKEYSINSLOT
    Keys, ///< the same, and the names of some of the keys: CLUSTER GETKEYSINSLOT
    Stats, ///< CLUSTER SLOT-STATS (Valkey from 8.0 on, Redis from 8.2 on)
};

/// What is asked, and about which slots.
struct SlotSurveyOptions
{
    SlotQuestion question = SlotQuestion::KeyCount;
    cluster::SlotRanges ranges; ///< sorted; what is asked about
    int keysPerSlot = 100; ///< names of keys; a thousand at most
    int mostKeys = 1000; ///< of all slots together; what lies behind is not asked
};

/// What its owner says of one slot; -1: not told. Untrusted.
struct SlotFacts
{
    cluster::Slot slot;
    qint64 keyCount = -1;
    qint64 cpuMicros = -1; ///< since the owner's start, or its last CONFIG RESETSTAT
    qint64 bytesIn = -1;
    qint64 bytesOut = -1;
    QList<QByteArray> keys; ///< fewer than keyCount where there are too many
};

/// How far it is, and whose answer is missing.
struct SlotSurveyProgress
{
    /// An owner that did not tell, or told something else.
    struct Failure
    {
        QString label; ///< "S01", or the address
        int slotCount = 0; ///< that are unknown because of it
        QString why; ///< in words
        bool isUnavailable = false; ///< it does not have the command, or this user may not use it
    };

    int wanted = 0; ///< slots that have an owner
    int answered = 0;
    int unowned = 0; ///< slots of the ranges that nobody can be asked about
    QList<Failure> failures;
    bool isFull = false; ///< the keys are more than mostKeys: slots behind the last were not asked
};

/// Operation: asks the owners of slots about them, by the context's map, politely: the commands of
/// a batch leave in one write, one batch is under way at a node, a pause between batches, a few
/// nodes at a time. Keys are asked in slot order, one batch at a time, until there are mostKeys.
///
/// These commands speak of one node's own data: there are no redirects. Of a slot that moves while
/// it is asked, only what still lies at its owner is told; of one that the newest map gives to
/// another, nothing, and that is a failure. Nothing is asked twice: a node that does
/// not answer is a failure, and what is known of the others stays.
class SlotSurvey final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SlotSurvey)
public:
    SlotSurvey(RunContext context, SlotSurveyOptions options, QObject* parent = nullptr);
    ~SlotSurvey() override;

    void start();
    /// Sends nothing more; finished() follows. Shared connections take the late replies.
    void cancel();

Q_SIGNALS:
    /// What was told since the last time (perhaps nothing): every 100 ms at most, and before
    /// finished().
    void found(const QList<slotscope::command::SlotFacts>& facts,
        const slotscope::command::SlotSurveyProgress& progress);
    /// Exactly once, from the event loop. `complete`: every slot of the ranges was asked about and
    /// told (or the keys were too many: isFull).
    void finished(bool complete, const slotscope::command::SlotSurveyProgress& progress);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace slotscope::command

Q_DECLARE_METATYPE(slotscope::command::SlotFacts)
Q_DECLARE_METATYPE(slotscope::command::SlotSurveyProgress)
