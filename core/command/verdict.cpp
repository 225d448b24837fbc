// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/command/verdict.h"

#include "core/command/nodenames.h"

namespace slotscope::command {

using support::ErrorCode;

namespace {

HopOutcome outcomeOfError(const QByteArray& word)
{
    if (word == "TRYAGAIN")
        return HopOutcome::TryAgain;
    if (word == "CLUSTERDOWN")
        return HopOutcome::ClusterDown;
    if (word == "LOADING")
        return HopOutcome::Loading;
    if (word == "MASTERDOWN")
        return HopOutcome::MasterDown;
    if (word == "READONLY")
        return HopOutcome::ReadOnly;
    return HopOutcome::Error;
}

// A blocked command that its server gave up because it became a replica: nothing was executed.
// CLIENT UNBLOCK says UNBLOCKED too, in other words, and means it.
bool isDemotion(const QByteArray& word, const QByteArray& line)
{
    return word == "UNBLOCKED" && line.contains("instance state changed");
}

Verdict judgeRedirect(
    const Redirect& redirect, const net::Endpoint& origin, const cluster::Topology& map)
{
    Verdict verdict;
    verdict.redirect = redirect;
    verdict.outcome = redirect.kind == Redirect::Kind::Moved ? HopOutcome::Moved : HopOutcome::Ask;
    verdict.target = resolveTarget(redirect, origin);
    if (!verdict.target)
        verdict.target = findAnnounced(map, redirect.target.port);
    if (verdict.target) {
        verdict.kind = Verdict::Kind::Follow;
        return verdict;
    }
    // "?": the node knows no name for the other. The map may come to know its address.
    verdict.kind = Verdict::Kind::Wait;
    verdict.mayReroute = true;
    verdict.needsNewerMap = true;
    verdict.wantsRefresh = true;
    return verdict;
}

} // namespace

Verdict judgeError(
    const QByteArray& line, const net::Endpoint& origin, const cluster::Topology& map)
{
    if (const auto redirect = parseRedirect(line))
        return judgeRedirect(*redirect, origin, map);

    const QByteArray word = errorWord(line);
    Verdict verdict;
    verdict.outcome = outcomeOfError(word);
    switch (verdict.outcome) {
    case HopOutcome::TryAgain: // is for this node, and for this ASK
        verdict.kind = Verdict::Kind::Wait;
        return verdict;
    case HopOutcome::Loading:
    case HopOutcome::ClusterDown:
        verdict.kind = Verdict::Kind::Wait;
        verdict.mayReroute = true;
        verdict.wantsRefresh = verdict.outcome == HopOutcome::ClusterDown;
        return verdict;
    default:
        break;
    }
    if (verdict.outcome == HopOutcome::ReadOnly || isDemotion(word, line)) {
        // The map sent it to a primary that is none any more.
        verdict.kind = Verdict::Kind::Wait;
        verdict.mayReroute = true;
        verdict.needsNewerMap = true;
        verdict.inVain = TraceOutcome::Error;
        verdict.wantsRefresh = true;
    }
    return verdict;
}

bool isTransient(ErrorCode code)
{
    switch (code) {
    case ErrorCode::ResolveFailed:
    case ErrorCode::ConnectionRefused:
    case ErrorCode::ConnectTimeout:
    case ErrorCode::ConnectFailed:
    case ErrorCode::NoReply:
    case ErrorCode::ReplyTimeout:
    case ErrorCode::ConnectionLost:
    case ErrorCode::Loading:
        return true;
    default:
        return false;
    }
}

} // namespace slotscope::command
