// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/fanout.h"

namespace slotscope::command {

QString fanOutTargetName(FanOutTarget target)
{
    switch (target) {
    case FanOutTarget::Primaries:
        return QStringLiteral("primaries");
    case FanOutTarget::Replicas:
        return QStringLiteral("replicas");
    case FanOutTarget::Nodes:
        return QStringLiteral("nodes");
    case FanOutTarget::Slots:
        return QStringLiteral("slots");
    }
    return {};
}

QString fanOutOutcomeName(FanOutOutcome outcome)
{
    switch (outcome) {
    case FanOutOutcome::Running:
        return QStringLiteral("running");
    case FanOutOutcome::Done:
        return QStringLiteral("done");
    case FanOutOutcome::Partial:
        return QStringLiteral("partial");
    case FanOutOutcome::Failed:
        return QStringLiteral("failed");
    case FanOutOutcome::Unreachable:
        return QStringLiteral("unreachable");
    case FanOutOutcome::OutcomeUnknown:
        return QStringLiteral("outcome_unknown");
    case FanOutOutcome::NotSent:
        return QStringLiteral("not_sent");
    case FanOutOutcome::Cancelled:
        return QStringLiteral("cancelled");
    }
    return {};
}

} // namespace slotscope::command
