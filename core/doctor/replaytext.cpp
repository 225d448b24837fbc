// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "core/doctor/replaytext.h"

#include "core/explain/clients.h"
#include "core/support/bytes.h"

using namespace Qt::StringLiterals;

namespace slotscope::doctor {

namespace {

constexpr qsizetype shownRedirects = 3;

} // namespace

QStringList replayLines(const ClientReplayResult& replay)
{
    if (!replay.movedShare())
        return {};
    QStringList lines { explain::sampleKeysMoved(replay.moved, replay.served + replay.moved) };
    for (const ClientReplayResult::Sample& sample : replay.samples) {
        if (sample.raw.startsWith("MOVED ") && lines.size() <= shownRedirects)
            lines.append(u"  EXISTS "_s + QString::fromLatin1(sample.key) + u"   "_s
                + support::toVisibleText(sample.raw));
    }
    return lines;
}

QStringList replayLines(const ClusterReplayResult& replay)
{
    if (replay.samples.isEmpty())
        return {};
    QStringList lines { explain::sampleKeysFollowed(static_cast<int>(replay.samples.size()),
        replay.served(), replay.firstRedirects(), replay.secondRedirects()) };
    if (!replay.complete) {
        const QString failure = replay.firstFailure();
        lines.append(u"  "_s + explain::sampleKeyFailed(support::toVisibleText(failure.toUtf8())));
        if (failure.startsWith(u"MOVED "_s) && failure.contains(u" ?:"_s))
            lines.append(u"  "_s + explain::questionMarkIsNoName());
    }
    return lines;
}

} // namespace slotscope::doctor
