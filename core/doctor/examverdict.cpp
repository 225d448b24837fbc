// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/doctor/examverdict.h"

#include "core/doctor/examcauses.h"
#include "core/explain/doctor.h"
#include "core/support/bytes.h"

#include <algorithm>

namespace slotscope::doctor {

namespace {

/// Of these rows.
struct Tally
{
    int nodes = 0;
    int complete = 0;
    int failing = 0;
    const StageResult* first = nullptr; ///< the first failure of the first row that has one

    void add(const NodeExam& node)
    {
        ++nodes;
        complete += node.complete;
        const auto failure = std::find_if(node.stages.begin(), node.stages.end(),
            [](const StageResult& result) { return !result.ok; });
        if (failure == node.stages.end())
            return;
        ++failing;
        if (!first)
            first = &*failure;
    }
};

QString failureText(const StageResult& failure)
{
    return explain::examFailsAt(stageTitle(failure.stage), support::toVisibleText(failure.detail));
}

/// One node: its own sentence. Several: "TCP: connect timed out." where all fail alike, else "2 at
/// TCP (connection refused), 1 at TLS (no TLS connection)."
QString whereTheyFail(const Examination& examination, const Tally& tally, qsizetype firstRow)
{
    if (tally.failing == 1)
        return failureText(*tally.first);
    const QList<ExamCause> causes = causesOf(examination, firstRow);
    if (causes.size() == 1)
        return explain::examPlaces(
            { explain::examFailsAt(stageTitle(causes.first().stage), causes.first().reason) });
    QStringList places;
    for (const ExamCause& cause : causes) {
        places.append(explain::examCountAt(
            static_cast<int>(cause.rows.size()), stageTitle(cause.stage), cause.reason));
    }
    return explain::examPlaces(places);
}

/// Empty where the addresses are not what is wrong.
QString whyNotReached(const Examination& examination)
{
    const net::Unreached unreached = unreachedOf(examination);
    if (unreached.groups.isEmpty())
        return {};
    switch (unreached.groups.first().why) {
    case net::WhyUnreached::Loopback:
        return explain::examAnnouncesLoopback();
    case net::WhyUnreached::PrivateNetwork:
        return explain::examAnnouncesPrivate();
    case net::WhyUnreached::ContainerName:
    case net::WhyUnreached::UnknownName:
        return explain::examAnnouncesUnknownNames();
    default:
        return {};
    }
}

} // namespace

ExamVerdict verdictOf(const Examination& examination, bool underWay)
{
    using Kind = ExamVerdict::Kind;
    Tally announced;
    for (const NodeExam& node : examination.nodes.mid(1))
        announced.add(node);
    Tally seed;
    if (!examination.nodes.isEmpty())
        seed.add(examination.nodes.constFirst());
    const Tally& counted = announced.nodes > 0 ? announced : seed;

    if (underWay) {
        return { Kind::UnderWay,
            announced.nodes > 0
                ? explain::examUnderWay(announced.complete, announced.nodes, announced.failing)
                : explain::examSeedUnderWay() };
    }
    if (examination.error && examination.error->code == support::ErrorCode::Cancelled) {
        return { Kind::Stopped,
            explain::examStopped(counted.complete - counted.failing, counted.nodes) };
    }
    if (seed.failing > 0 && announced.failing == 0)
        return { Kind::Ill,
            explain::examSeedFails(
                stageTitle(seed.first->stage), support::toVisibleText(seed.first->detail)) };
    if (counted.failing > 0) {
        return { Kind::Ill,
            explain::examNodesFail(counted.failing, counted.nodes,
                whereTheyFail(examination, counted, announced.nodes > 0 ? 1 : 0))
                + (announced.failing > 1 ? whyNotReached(examination) : QString()) };
    }
    return { Kind::Well,
        announced.nodes > 0 ? explain::examAllReached(announced.nodes)
                            : explain::examServerReached() };
}

QString stageTitle(ExamStage stage)
{
    switch (stage) {
    case ExamStage::Resolve:
        return explain::examTitleOfName();
    case ExamStage::Tcp:
        return QStringLiteral("TCP");
    case ExamStage::Tls:
        return QStringLiteral("TLS");
    case ExamStage::Auth:
        return explain::examTitleOfLogin();
    case ExamStage::Permission:
        return explain::examTitleOfPermission();
    case ExamStage::Kind:
        return explain::examTitleOfKind();
    case ExamStage::Identity:
        return explain::examTitleOfIdentity();
    case ExamStage::Ping:
        break;
    }
    return explain::examTitleOfRoundTrip();
}

} // namespace slotscope::doctor
