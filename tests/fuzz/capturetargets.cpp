// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "tests/fuzz/capturetargets.h"

#include "core/capture/capturefile.h"
#include "core/capture/capturelines.h"
#include "core/capture/comparison.h"
#include "core/capture/history.h"
#include "core/capture/redaction.h"
#include "tests/support/readcapture.h"

#include <QFile>
#include <QTemporaryDir>

namespace slotscope::tests {

namespace {

void require(bool holds, const char* property)
{
    if (!holds)
        qFatal("fuzzing: %s does not hold", property);
}

/// Checksums are right of what a hostile author wrote, too; zlib says so of what is none.
void ignoreWarnings(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    if (type == QtWarningMsg)
        return;
    fprintf(stderr, "%s\n", qPrintable(qFormatLogMessage(type, context, message)));
    if (type == QtFatalMsg)
        std::abort();
}

/// What the window and a report do with every capture that opens.
void use(const capture::Capture& capture)
{
    const auto options = capture::RedactionOptions::pseudonyms();
    const capture::Capture once = capture::redacted(capture, options);
    require(once.redaction == options.toText(), "a redacted capture says so");
    require(once.topology.nodes().size() == capture.topology.nodes().size(),
        "redaction keeps the nodes");
    (void)capture::toText(capture::compare(capture, once));
    const auto again = capture::captureFromLines(capture::linesOf(capture));
    require(again.hasValue(), "a capture survives being saved");
    const auto nodes = capture::answersFromLines(capture::linesOf(capture.nodes).join());
    require(nodes.hasValue(), "nodes' answers survive being saved");
    require(again->traces.size() == capture.traces.size() && nodes->size() == capture.nodes.size()
            && again->findings.size() == capture.findings.size()
            && again->notes.size() == capture.notes.size(),
        "a saved capture has all its parts");
    require(capture::captureFromLines(capture::linesOf(once)).hasValue(),
        "a redacted capture survives being saved");
}

/// One in `of` inputs: what costs ten times as much as reading.
bool isChosen(QByteArrayView data, std::size_t of)
{
    return qHash(data, 0) % of == 0;
}

/// A file with these bytes, always the same one.
QString fileOf(QByteArrayView data)
{
    static const QTemporaryDir folder;
    const QString name = folder.filePath(QStringLiteral("fuzz.slotscope"));
    QFile file(name);
    require(file.open(QIODevice::WriteOnly) && file.write(data.data(), data.size()) == data.size(),
        "the test can write a file");
    return name;
}

void readFile(QByteArrayView data)
{
    const QString name = fileOf(data);
    const auto read = tests::readCapture(name);
    auto history = capture::History::open(name);
    require(!read || history.hasValue(), "what can be read can be opened");
    if (history) {
        (void)history->events(100);
        const QDateTime middle = history->from().isValid()
            ? history->from().addMSecs(history->from().msecsTo(history->to()) / 2)
            : QDateTime();
        for (const QDateTime& time : { history->from(), middle, history->to() })
            (void)history->at(time);
        (void)history->forEachStretch(history->from(), [](const capture::Stretch&) {});
        const auto last = history->last();
        if (last && isChosen(data, 8))
            use(*last);
    }
    if (read && isChosen(data, 8))
        use(*read);
}

} // namespace

void fuzzCaptureFile(QByteArrayView data)
{
    const QtMessageHandler before = qInstallMessageHandler(ignoreWarnings);
    readFile(data);
    qInstallMessageHandler(before);
}

void fuzzCaptureLines(QByteArrayView data)
{
    const QByteArray raw = data.toByteArray();
    (void)capture::answersFromLines(raw);
    (void)capture::eventsFromLines(raw);
    const auto whole = capture::stretchFromLines(raw);
    const auto perhapsCut = capture::stretchFromLines(raw, false);
    require(!whole || perhapsCut.hasValue(), "a whole stretch is also one that may be cut");
    const auto capture = capture::captureFromLines(raw);
    if (capture && isChosen(data, 4))
        use(*capture);
    if (!isChosen(data, 16) || data.isEmpty())
        return;
    // As somebody would hand them over who knows the format: every checksum is right.
    QList<capture::BlockHead> heads;
    QByteArray file = capture::fileBeginning();
    for (const capture::Holds holds :
        { capture::Holds::Timeline, capture::Holds::Capture, capture::Holds::Late }) {
        capture::BlockHead head;
        head.holds = holds;
        head.offset = file.size();
        head.from = head.to = QDateTime(QDate(2026, 11, 23), QTime(14, 3), Qt::UTC);
        file += capture::toBlock(head, raw);
        heads.append(head);
    }
    file += capture::fileEnd(heads, file.size());
    fuzzCaptureFile(file);
}

} // namespace slotscope::tests
