// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/capture/slice.h"

#include "core/capture/capturefile.h"
#include "core/capture/history.h"
#include "core/explain/captures.h"

#include <algorithm>
#include <iterator>
#include <optional>

namespace slotscope::capture {

using namespace Qt::StringLiterals;
using support::Done;
using support::Result;

namespace {

/// Without the file's name: it is nobody's business where this computer keeps its recordings.
QString whyWithout(const support::Error& error, const QString& file)
{
    const QString before = file + u": "_s;
    return error.detail.startsWith(before) ? error.detail.sliced(before.size()) : error.detail;
}

void addMissing(Capture* capture, const QString& sentence)
{
    if (!capture->missing.contains(sentence))
        capture->missing.append(sentence);
}

/// What the capture knows of the time after the timeline: its recording could not be written any
/// more, or not yet.
Stretch restOf(const Capture& capture, const QDateTime& end)
{
    Stretch rest;
    const auto isAfter = [&end](const auto& entry) { return entry.at > end; };
    std::copy_if(
        capture.events.cbegin(), capture.events.cend(), std::back_inserter(rest.events), isAfter);
    std::copy_if(capture.samples.cbegin(), capture.samples.cend(), std::back_inserter(rest.samples),
        isAfter);
    if (rest.events.isEmpty() && rest.samples.isEmpty())
        return {};
    QDateTime first = rest.events.isEmpty() ? rest.samples.first().at : rest.events.first().at;
    if (!rest.samples.isEmpty())
        first = std::min(first, rest.samples.first().at);
    rest.topologies.append({ first, capture.topology });
    Found found { first, {}, capture.findings, capture.topology.data().warnings };
    std::copy_if(capture.nodes.cbegin(), capture.nodes.cend(), std::back_inserter(found.silent),
        [](const NodeAnswers& node) { return !node.isReachable && !node.id.isNull(); });
    rest.found.append(found);
    return rest;
}

} // namespace

Result<Capture> writeSlice(const QString& file, const Slice& slice, Pseudonyms* pseudonyms)
{
    Capture capture = slice.capture;
    CaptureWriter writer(file);
    Redaction redaction(slice.redaction, pseudonyms,
        RedactionOptions::fromText(capture.redaction).value_or(RedactionOptions::none()));
    redaction.learn(capture);
    std::optional<History> history;
    if (!slice.timeline.isEmpty()) {
        Result<History> opened = History::open(slice.timeline);
        if (opened)
            history.emplace(std::move(opened).value());
        else
            addMissing(
                &capture, explain::historyNotAvailable(whyWithout(opened.error(), slice.timeline)));
    }
    if (history) {
        for (const QString& sentence : history->missing())
            addMissing(&capture, sentence);
        const Result<Done> whole = history->forEachStretch(
            {}, [&](const Stretch& stretch) { redaction.learn(stretch); });
        if (!whole)
            addMissing(&capture, explain::partNotAvailable(whole.error().detail));
        (void)history->forEachStretch(
            {}, [&](const Stretch& stretch) { writer.add(redaction.redacted(stretch)); });
        if (history->to().isValid()) {
            const Stretch rest = restOf(capture, history->to());
            if (!rest.topologies.isEmpty())
                writer.add(redaction.redacted(rest));
        }
    }
    const Capture written = redaction.redacted(capture);
    if (const Result<Done> done = writer.finish(written); !done)
        return done.error();
    return written;
}

Result<Done> appendLateTo(
    const QString& file, const Slice& slice, const QList<NodeAnswers>& late, Pseudonyms* pseudonyms)
{
    // Redacted beside all the rest: its names occur in what they say too.
    Capture whole = slice.capture;
    const qsizetype before = whole.nodes.size();
    whole.nodes += late;
    return appendLate(file, redacted(whole, slice.redaction, pseudonyms).nodes.sliced(before));
}

} // namespace slotscope::capture
