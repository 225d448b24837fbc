// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/fanoutrun.h"
#include "core/command/keylookup.h"

#include <QHash>
#include <QObject>

#include <functional>

namespace slotscope::command {
class CommandRun;
}

namespace slotscope::session {

/// The commands under way in one session, each under the id that its user chose, which is unique
/// among all of them. A command whose keys no table knows is looked up at the seed first. Owns the
/// operations; must be destroyed before the pool that they use.
class Runs final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Runs)
public:
    /// `context`: what an operation that begins now has to know.
    explicit Runs(std::function<command::RunContext()> context, QObject* parent = nullptr);
    ~Runs() override;

    void run(quint64 id, const command::Argv& argv, const command::Behaviour& behaviour);
    void runFanOut(quint64 id, const command::Argv& argv, command::FanOutTarget target);
    void cancel(quint64 id);

Q_SIGNALS:
    void traceChanged(quint64 id, const slotscope::command::Trace& trace);
    void runFinished(quint64 id, const slotscope::command::Trace& trace);
    void fanOutChanged(quint64 id, const slotscope::command::FanOut& fanOut);
    void fanOutFinished(quint64 id, const slotscope::command::FanOut& fanOut);
    void movedTo(const slotscope::net::Endpoint& target);
    void refreshWanted();

private:
    struct Lookup
    {
        command::KeyLookup* operation = nullptr;
        bool isCancelled = false;
    };

    bool isTaken(quint64 id) const;
    command::CommandRun* start(quint64 id, command::CommandRun* run);

    std::function<command::RunContext()> m_context;
    QHash<quint64, Lookup> m_lookups;
    QHash<quint64, command::CommandRun*> m_runs;
    QHash<quint64, command::FanOutRun*> m_fanOuts;
};

} // namespace slotscope::session
