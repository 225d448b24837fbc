// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/doctor/examverdict.h"

#include "core/explain/doctor.h"
#include "core/support/bytes.h"

#include <algorithm>
#include <array>

namespace slotscope::doctor {

namespace {

/// Of these rows.
struct Tally
{
    int nodes = 0;
    int complete = 0;
    int failing = 0;
    std::array<int, examStageCount> failingAt {};
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
        ++failingAt[static_cast<std::size_t>(failure->stage)];
        if (!first)
            first = &*failure;
    }
};

QString failureText(const StageResult& failure)
{
    return explain::examFailsAt(
        stageTitle(failure.stage), support::toVisibleText(failure.detail.toUtf8()));
}

/// "TCP: ..." where all fail at the same stage, else "2 at TCP, 1 at TLS".
QString whereTheyFail(const Tally& tally)
{
    QStringList places;
    for (int stage = 0; stage < examStageCount; ++stage) {
        if (const int count = tally.failingAt[static_cast<std::size_t>(stage)])
            places.append(explain::examCountAt(count, stageTitle(static_cast<ExamStage>(stage))));
    }
    return places.size() == 1 ? failureText(*tally.first) : explain::examPlaces(places);
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
        return { Kind::Ill, explain::examSeedFails(failureText(*seed.first)) };
    if (counted.failing > 0) {
        return { Kind::Ill,
            explain::examNodesFail(counted.failing, counted.nodes, whereTheyFail(counted)) };
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
