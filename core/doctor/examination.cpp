// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/doctor/examination.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace slotscope::doctor {

QString stageWord(ExamStage stage)
{
    switch (stage) {
    case ExamStage::Resolve:
        return u"resolve"_s;
    case ExamStage::Tcp:
        return u"tcp"_s;
    case ExamStage::Tls:
        return u"tls"_s;
    case ExamStage::Auth:
        return u"auth"_s;
    case ExamStage::Permission:
        return u"permission"_s;
    case ExamStage::Kind:
        return u"kind"_s;
    case ExamStage::Identity:
        return u"identity"_s;
    case ExamStage::Ping:
        break;
    }
    return u"ping"_s;
}

QString roleWord(NodeExam::Role role)
{
    switch (role) {
    case NodeExam::Role::Seed:
        return u"seed"_s;
    case NodeExam::Role::Primary:
        return u"primary"_s;
    case NodeExam::Role::Replica:
        return u"replica"_s;
    case NodeExam::Role::Unknown:
        break;
    }
    return u"unknown"_s;
}

bool NodeExam::failed() const
{
    return std::any_of(
        stages.begin(), stages.end(), [](const StageResult& result) { return !result.ok; });
}

const StageResult* NodeExam::stage(ExamStage stage) const
{
    const auto found = std::find_if(stages.begin(), stages.end(),
        [stage](const StageResult& result) { return result.stage == stage; });
    return found == stages.end() ? nullptr : &*found;
}

bool Examination::hasFailingNode() const
{
    return std::any_of(nodes.begin(), nodes.end(),
        [](const NodeExam& node) { return node.role != NodeExam::Role::Seed && node.failed(); });
}

} // namespace slotscope::doctor
