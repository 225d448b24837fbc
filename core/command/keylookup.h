// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/command/keyextraction.h"
#include "core/command/runcontext.h"

#include <QObject>

namespace slotscope::command {

/// Operation: asks the seed for the keys of one command that no table knows (KeyInfo::needsServer),
/// by COMMAND GETKEYS, which does not execute it. Nothing of this is in any trace.
///
/// Servers refuse, and older ones answer wrongly: an error (no key, unknown command, no
/// permission), no answer within the options' timeout, or keys that the command does not contain
/// all make the command one without keys, which starts at the seed; what is wrong with it its own
/// answer will say. A command of more than a megabyte is not sent twice: it has no keys either.
class KeyLookup final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeyLookup)
public:
    KeyLookup(RunContext context, Argv argv, QObject* parent = nullptr);

    void start();
    /// Ends it without keys.
    void cancel();

Q_SIGNALS:
    /// Exactly once, from the event loop.
    void finished(const slotscope::command::KeyInfo& keys);

private:
    void onAnswer(const net::Answer& answer);
    void endLater();

    RunContext m_context;
    Argv m_argv;
    KeyInfo m_keys;
    bool m_isEnded = false;
};

/// The positions in `argv` of the keys that a server named, each found once and never the name of
/// the command; empty when it is no list of some of the arguments.
QList<int> positionsOfKeys(const Argv& argv, const resp::Reply& keys);

} // namespace slotscope::command
