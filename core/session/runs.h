// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/fanoutrun.h"
#include "core/command/keylookup.h"
#include "core/command/pipeline.h"
#include "core/session/writeguard.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QTimer>

#include <functional>

namespace slotscope::command {
class CommandRun;
class PipelineRun;
class TransactionRun;
} // namespace slotscope::command

namespace slotscope::session {

/// The commands under way in one session, each under the id that its user chose, which is unique
/// among all of them. A command whose keys no table knows is looked up at the seed first. What the
/// write guard refuses, or asks about and nobody has confirmed, ends as NotSent with its sentence.
/// Owns the operations; must be destroyed before the pool that they use.
class Runs final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Runs)
public:
    /// `context`: what an operation that begins now has to know.
    Runs(std::function<command::RunContext()> context, bool readOnly, QObject* parent = nullptr);
    ~Runs() override;

    void run(quint64 id, const command::Argv& argv, const command::Behaviour& behaviour,
        Confirmation confirmation);
    void runTransaction(quint64 id, const QList<QByteArray>& watchedKeys,
        const QList<command::Argv>& commands, const command::Behaviour& behaviour,
        Confirmation confirmation);
    void runFanOut(quint64 id, const command::Argv& argv, command::FanOutTarget target,
        Confirmation confirmation);
    void runPipeline(quint64 id, const QList<command::Argv>& commands, Confirmation confirmation);
    void cancel(quint64 id);
    /// Of what begins from now on.
    void setReadOnly(bool readOnly) { m_readOnly = readOnly; }
    /// Of a stepwise run that stands still.
    void proceed(quint64 id);

Q_SIGNALS:
    void traceChanged(quint64 id, const slotscope::command::Trace& trace);
    void runFinished(quint64 id, const slotscope::command::Trace& trace);
    void fanOutChanged(quint64 id, const slotscope::command::FanOut& fanOut);
    void fanOutFinished(quint64 id, const slotscope::command::FanOut& fanOut);
    /// It is under way, or some commands have ended: every 30 ms at most.
    void pipelineChanged(quint64 id, const slotscope::command::PipelineProgress& progress);
    void pipelineFinished(quint64 id, const slotscope::command::Pipeline& pipeline);
    void movedTo(const slotscope::net::Endpoint& target);
    void refreshWanted();

private:
    struct Lookup
    {
        command::KeyLookup* operation = nullptr;
        bool isCancelled = false;
    };

    struct RunningPipeline
    {
        command::PipelineRun* operation = nullptr;
        QElapsedTimer since;
        std::optional<command::PipelineCounts> told;
        QString refusal;
    };

    bool isTaken(quint64 id) const;
    /// Why these commands are not sent; empty when they are.
    QString refusalOf(const QList<command::Argv>& commands, const command::RunContext& context,
        Confirmation confirmation, std::optional<command::FanOutTarget> target = {}) const;
    command::CommandRun* adopt(quint64 id, command::CommandRun* run);
    void tellProgress();
    void onPipelineFinished(quint64 id);

    std::function<command::RunContext()> m_context;
    bool m_readOnly;
    QHash<quint64, Lookup> m_lookups;
    QHash<quint64, command::CommandRun*> m_runs;
    QHash<quint64, command::TransactionRun*> m_transactions;
    QHash<quint64, command::FanOutRun*> m_fanOuts;
    QHash<quint64, RunningPipeline> m_pipelines;
    QTimer m_pace; ///< for the progress of pipelines
};

} // namespace slotscope::session
