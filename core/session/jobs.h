// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/keyscan.h"
#include "core/command/slotsurvey.h"
#include "core/command/streamrun.h"
#include "core/session/writeguard.h"

#include <QHash>
#include <QObject>

#include <functional>

namespace slotscope::session {

/// The streams, key scans and slot surveys of one session: what goes on for long, or until it is
/// cancelled. Owned by the session, lives in its thread; ids are chosen by the caller, common to
/// all kinds.
class Jobs final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Jobs)
public:
    /// `context` is asked at the start of each job.
    explicit Jobs(std::function<command::RunContext()> context, QObject* parent = nullptr);
    ~Jobs() override;

    /// SUBSCRIBE, PSUBSCRIBE, SSUBSCRIBE or MONITOR (command::StreamRun).
    /// What the write guard asks about (MONITOR) ends as Refused without a confirmation.
    void startStream(quint64 id, const command::Argv& argv, const command::Behaviour& behaviour,
        Confirmation confirmation = Confirmation::NotAsked);
    /// The stream's last batch was dealt with; without it no other comes.
    void proceedStream(quint64 id);
    /// Keys by pattern over all primaries (command::KeyScan).
    void startScan(quint64 id, const command::KeyScanOptions& options);
    void pauseScan(quint64 id);
    void resumeScan(quint64 id);
    /// The owners of slots about these slots (command::SlotSurvey).
    void startSurvey(quint64 id, const command::SlotSurveyOptions& options);
    void cancel(quint64 id);

    /// What a job would run with now. Operations of rooms above use its pool, as children of this.
    command::RunContext context() const { return m_context(); }

Q_SIGNALS:
    void streamChanged(quint64 id, const slotscope::command::StreamState& state);
    void streamBatch(quint64 id, const slotscope::command::StreamBatch& batch);
    void streamFinished(quint64 id, const slotscope::command::StreamState& state);
    void scanFound(quint64 id, const slotscope::command::KeyBatch& keys,
        const slotscope::command::KeyScanProgress& progress);
    void scanFinished(
        quint64 id, bool complete, const slotscope::command::KeyScanProgress& progress);
    void surveyFound(quint64 id, const QList<slotscope::command::SlotFacts>& facts,
        const slotscope::command::SlotSurveyProgress& progress);
    void surveyFinished(
        quint64 id, bool complete, const slotscope::command::SlotSurveyProgress& progress);
    /// As a run's.
    void movedTo(const slotscope::net::Endpoint& target);
    void refreshWanted();
    /// A scan is done and wants a map that was asked after it; nothing is wrong.
    void newerMapWanted();

private:
    bool isTaken(quint64 id) const;

    std::function<command::RunContext()> m_context;
    QHash<quint64, command::StreamRun*> m_streams;
    QHash<quint64, command::KeyScan*> m_scans;
    QHash<quint64, command::SlotSurvey*> m_surveys;
};

} // namespace slotscope::session
