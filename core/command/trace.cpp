// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/trace.h"

namespace slotscope::command {

QString hopOutcomeName(HopOutcome outcome)
{
    switch (outcome) {
    case HopOutcome::Pending:
        return QStringLiteral("pending");
    case HopOutcome::Reply:
        return QStringLiteral("reply");
    case HopOutcome::Error:
        return QStringLiteral("error");
    case HopOutcome::Moved:
        return QStringLiteral("moved");
    case HopOutcome::Ask:
        return QStringLiteral("ask");
    case HopOutcome::TryAgain:
        return QStringLiteral("tryagain");
    case HopOutcome::ClusterDown:
        return QStringLiteral("clusterdown");
    case HopOutcome::Loading:
        return QStringLiteral("loading");
    case HopOutcome::MasterDown:
        return QStringLiteral("masterdown");
    case HopOutcome::ReadOnly:
        return QStringLiteral("readonly");
    case HopOutcome::ConnectFailed:
        return QStringLiteral("connect_failed");
    case HopOutcome::OutcomeUnknown:
        return QStringLiteral("outcome_unknown");
    case HopOutcome::Cancelled:
        return QStringLiteral("cancelled");
    }
    return {};
}

QString traceOutcomeName(TraceOutcome outcome)
{
    switch (outcome) {
    case TraceOutcome::Running:
        return QStringLiteral("running");
    case TraceOutcome::Reply:
        return QStringLiteral("reply");
    case TraceOutcome::Error:
        return QStringLiteral("error");
    case TraceOutcome::RedirectNotFollowed:
        return QStringLiteral("redirect_not_followed");
    case TraceOutcome::TooManyRedirects:
        return QStringLiteral("too_many_redirects");
    case TraceOutcome::GaveUp:
        return QStringLiteral("gave_up");
    case TraceOutcome::ConnectFailed:
        return QStringLiteral("connect_failed");
    case TraceOutcome::OutcomeUnknown:
        return QStringLiteral("outcome_unknown");
    case TraceOutcome::CrossSlot:
        return QStringLiteral("cross_slot");
    case TraceOutcome::SlotUnowned:
        return QStringLiteral("slot_unowned");
    case TraceOutcome::NotSent:
        return QStringLiteral("not_sent");
    case TraceOutcome::Cancelled:
        return QStringLiteral("cancelled");
    }
    return {};
}

} // namespace slotscope::command
