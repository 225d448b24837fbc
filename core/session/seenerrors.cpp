// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/session/seenerrors.h"

#include <algorithm>

namespace slotscope::session {

namespace {

bool isErrorReply(command::HopOutcome outcome)
{
    switch (outcome) {
    case command::HopOutcome::Error:
    case command::HopOutcome::Moved:
    case command::HopOutcome::Ask:
    case command::HopOutcome::TryAgain:
    case command::HopOutcome::ClusterDown:
    case command::HopOutcome::Loading:
    case command::HopOutcome::MasterDown:
    case command::HopOutcome::ReadOnly:
        return true;
    case command::HopOutcome::Pending:
    case command::HopOutcome::Reply:
    case command::HopOutcome::ConnectFailed:
    case command::HopOutcome::OutcomeUnknown:
    case command::HopOutcome::Cancelled:
        break;
    }
    return false;
}

} // namespace

void SeenErrors::take(quint64 runId, const command::Trace& trace)
{
    QList<qsizetype>& told = m_told[runId];
    told.resize(1);
    tellFrom(trace, &told[0]);
}

void SeenErrors::take(quint64 runId, const command::FanOut& fanOut)
{
    QList<qsizetype>& told = m_told[runId];
    told.resize(std::max(told.size(), fanOut.rows.size()));
    for (qsizetype row = 0; row < fanOut.rows.size(); ++row)
        tellFrom(fanOut.rows.at(row).trace, &told[row]);
}

void SeenErrors::tellFrom(const command::Trace& trace, qsizetype* told)
{
    while (*told < trace.hops.size()) {
        const command::Hop& hop = trace.hops.at(*told);
        if (hop.outcome == command::HopOutcome::Pending)
            return;
        ++*told;
        if (isErrorReply(hop.outcome)) {
            m_tell(
                hop.nodeId.isNull() ? cluster::NodeId(hop.address.toString().toUtf8()) : hop.nodeId,
                hop.raw);
        }
    }
}

} // namespace slotscope::session
