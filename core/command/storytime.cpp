// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

// When what is told happens: stories that play together, and frames.

#include "core/command/storyboard.h"
#include "core/explain/redirects.h"

#include <algorithm>
#include <cmath>

namespace slotscope::command {

namespace {

constexpr double longestSpread = 20; // seconds from the first beginning to the last one

// When each trace began, in microseconds since the first one did.
QList<qint64> beginnings(const QList<Trace>& traces)
{
    const bool isPrecise = std::all_of(
        traces.begin(), traces.end(), [](const Trace& trace) { return trace.startedMicros > 0; });
    QList<qint64> result;
    for (const Trace& trace : traces) {
        result.append(isPrecise
                ? trace.startedMicros
                : (trace.startedAt.isValid() ? trace.startedAt.toMSecsSinceEpoch() * 1000 : 0));
    }
    const qint64 first = result.isEmpty() ? 0 : *std::min_element(result.begin(), result.end());
    for (qint64& begin : result)
        begin -= first;
    return result;
}

bool isAnswered(const Trace& trace)
{
    return trace.outcome == TraceOutcome::Reply || trace.outcome == TraceOutcome::Error
        || trace.outcome == TraceOutcome::RedirectNotFollowed;
}

} // namespace

Storyboard tellStory(const QList<Trace>& traces)
{
    QList<Trace> told;
    for (const Trace& trace : traces) {
        if (!trace.hops.isEmpty())
            told.append(trace);
    }
    if (told.size() == 1)
        return tellStory(told.first());

    const QList<qint64> begins = beginnings(told);
    QList<Storyboard> stories;
    double seconds = 0;
    qint64 micros = 0;
    qint64 lastBegin = 0;
    qint64 lastEnd = 0;
    bool complete = true;
    for (qsizetype i = 0; i < told.size(); ++i) {
        Storyboard story = tellStory(told.at(i));
        if (!story.isEmpty() && story.last().kind == StepKind::End)
            story.removeLast();
        seconds += static_cast<double>(story.size());
        micros += told.at(i).totalMicros;
        lastBegin = std::max(lastBegin, begins.at(i));
        lastEnd = std::max(lastEnd, begins.at(i) + told.at(i).totalMicros);
        complete = complete && told.at(i).isComplete();
        stories.append(story);
    }
    // A second of the replay is as much real time everywhere, as far as a step a second allows.
    double pace = micros > 0 ? seconds / static_cast<double>(micros) : 0;
    if (static_cast<double>(lastBegin) * pace > longestSpread)
        pace = longestSpread / static_cast<double>(lastBegin);

    Storyboard together;
    int answered = 0;
    for (qsizetype i = 0; i < stories.size(); ++i) {
        answered += isAnswered(told.at(i)) ? 1 : 0;
        const double begin = static_cast<double>(begins.at(i)) * pace;
        for (qsizetype step = 0; step < stories.at(i).size(); ++step) {
            together.append(stories.at(i).at(step));
            together.last().trace = static_cast<int>(i);
            together.last().begin = begin + static_cast<double>(step);
        }
    }
    std::stable_sort(together.begin(), together.end(),
        [](const Step& a, const Step& b) { return a.begin < b.begin; });
    if (complete && !together.isEmpty()) {
        Step end;
        end.kind = StepKind::End;
        end.begin = storyLength(together);
        end.caption = explain::endedTogether(answered, static_cast<int>(told.size()), lastEnd);
        together.append(end);
    }
    return together;
}

double beginOf(const Storyboard& story, qsizetype step)
{
    const double begin = story.at(step).begin;
    return begin < 0 ? static_cast<double>(step) : begin;
}

double storyLength(const Storyboard& story)
{
    return story.isEmpty() ? 0 : beginOf(story, story.size() - 1) + 1;
}

int traceCount(const Storyboard& story)
{
    int most = -1;
    for (const Step& step : story)
        most = std::max(most, step.trace);
    return most + 1;
}

StoryFrame frameAt(const Storyboard& story, double seconds)
{
    if (story.isEmpty())
        return {};
    if (!(seconds > 0)) // and not a number
        seconds = 0;
    if (seconds >= storyLength(story))
        return { static_cast<int>(story.size()) - 1, 1.0, {} };
    qsizetype step = story.size() - 1;
    while (step > 0 && beginOf(story, step) > seconds)
        --step;
    StoryFrame frame { static_cast<int>(step), seconds - beginOf(story, step), {} };
    for (qsizetype other = step - 1; other >= 0; --other) {
        const double passed = seconds - beginOf(story, other);
        if (passed >= 1)
            break; // in the order they begin
        frame.others.append({ static_cast<int>(other), passed });
    }
    return frame;
}

double progressOf(const StoryFrame& frame, int step)
{
    if (step > frame.step)
        return -1;
    if (step == frame.step)
        return frame.progress;
    for (const StoryFrame::Other& other : frame.others) {
        if (other.step == step)
            return other.progress;
    }
    return 1;
}

} // namespace slotscope::command
