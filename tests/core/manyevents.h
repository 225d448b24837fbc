// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/capture/blockfile.h"
#include "core/capture/capturelines.h"
#include "tests/core/richcapture.h"

#include <QFile>

namespace slotscope::tests {

/// A capture with a million events, spread over a day from `begin` on, as they stand in a file: 100
/// blocks, each with a keyframe. When it was saved; invalid: it could not be written.
inline QDateTime writeAMillionEvents(const QString& name, const QDateTime& begin)
{
    constexpr int blocks = 100;
    constexpr int eventsPerBlock = 10'000;
    constexpr qint64 millisPerEvent = 86; // a day
    QByteArray map;
    {
        capture::TimelineWriter writer;
        map = writer.topology({ begin, richTopology() });
    }
    capture::TimelineWriter writer;
    cluster::TopologyEvent event = richCapture().events.first();
    event.at = begin;
    const QByteArray line = writer.event(event);
    const QByteArray time = begin.toString(Qt::ISODateWithMs).toLatin1();
    const qsizetype timeAt = line.indexOf(time);
    QFile file(name);
    if (timeAt < 0 || !file.open(QIODevice::WriteOnly))
        return {};
    file.write(capture::fileBeginning());
    QList<capture::BlockHead> heads;
    for (int block = 0; block < blocks; ++block) {
        capture::BlockHead head;
        head.offset = file.pos();
        head.events = eventsPerBlock;
        const qint64 first = qint64(block) * eventsPerBlock * millisPerEvent;
        head.from = begin.addMSecs(first);
        QByteArray raw = map;
        raw.reserve(map.size() + eventsPerBlock * line.size());
        for (int i = 0; i < eventsPerBlock; ++i) {
            head.to = begin.addMSecs(first + i * millisPerEvent);
            raw += line;
            raw.replace(raw.size() - line.size() + timeAt, time.size(),
                head.to.toString(Qt::ISODateWithMs).toLatin1());
        }
        file.write(capture::toBlock(head, raw));
        heads.append(head);
    }
    capture::BlockHead head;
    head.holds = capture::Holds::Capture;
    head.offset = file.pos();
    head.from = head.to = heads.last().to;
    capture::Capture capture;
    capture.savedAt = head.to;
    capture.topology = richTopology();
    file.write(capture::toBlock(head, capture::linesOf(capture)));
    heads.append(head);
    file.write(capture::fileEnd(heads, file.pos()));
    return file.flush() ? capture.savedAt : QDateTime();
}

} // namespace slotscope::tests
