// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/mainwindow/capturework.h"

#include "core/capture/capturefile.h"
#include "core/capture/history.h"
#include "core/capture/pseudonyms.h"
#include "ui/report/atomicfile.h"
#include "ui/report/figures.h"
#include "ui/report/incident.h"
#include "ui/report/picture.h"
#include "ui/report/sharedreport.h"

#include <QCoreApplication>
#include <QDir>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

namespace {

// The translation context.
struct CaptureWork
{
    Q_DECLARE_TR_FUNCTIONS(CaptureWork)
};

support::Error fileError(const QString& file, const QString& why)
{
    return { support::ErrorCode::FileError, file + u": "_s + why, {} };
}

/// With the pseudonyms of the file, which gets what is added; with new ones where it cannot be
/// used. The file is left alone when no name becomes a pseudonym.
void withPseudonyms(const QString& file, const capture::RedactionOptions& options,
    const std::function<void(capture::Pseudonyms*)>& use)
{
    const bool areNeeded = options.toText().contains(u"pseudonym"_s);
    bool isDone = false;
    if (areNeeded && !file.isEmpty()) {
        (void)capture::Pseudonyms::withKept(file, [&](capture::Pseudonyms* kept) {
            use(kept);
            isDone = true;
        });
    }
    if (!isDone) {
        capture::Pseudonyms own;
        use(&own);
    }
}

capture::RedactionOptions doneIn(const capture::Capture& capture)
{
    return capture::RedactionOptions::fromText(capture.redaction)
        .value_or(capture::RedactionOptions::none());
}

/// The capture with the timeline before it.
support::Result<support::Done> writeWithHistory(
    const QString& file, const CaptureOrder& order, capture::Pseudonyms* pseudonyms)
{
    capture::CaptureWriter writer(file);
    capture::Redaction redaction(order.redaction, pseudonyms, doneIn(order.capture));
    redaction.learn(order.capture);
    if (!order.recording.isEmpty()) {
        const auto history = capture::History::open(order.recording);
        const bool isReadable = history
            && history->forEachStretch(
                {}, [&](const capture::Stretch& stretch) { redaction.learn(stretch); });
        if (isReadable) {
            (void)history->forEachStretch({},
                [&](const capture::Stretch& stretch) { writer.add(redaction.redacted(stretch)); });
        }
    }
    return writer.finish(redaction.redacted(order.capture));
}

} // namespace

capture::Capture withWhatIsKnown(
    const capture::Capture& collected, bool isCollected, const capture::Capture& known)
{
    capture::Capture capture = known;
    if (!isCollected)
        return capture;
    capture.savedAt = collected.savedAt;
    capture.utcOffsetSeconds = collected.utcOffsetSeconds;
    capture.topology = collected.topology;
    capture.dnsAnswers = collected.dnsAnswers;
    capture.nodes = collected.nodes;
    capture.findings = collected.findings;
    return capture;
}

CapturedPicture pictureOf(const CaptureOrder& order)
{
    CapturedPicture picture;
    picture.shared = shareable(order.capture, order.redaction, order.pseudonyms);
    picture.image = renderFigure(incidentFigure(picture.shared, order.dark),
        order.dark ? Theme::darkTheme() : Theme::light());
    const Incident incident = Incident::of(picture.shared);
    picture.headline = incident.headline.verdict;
    picture.text
        = QStringList { picture.headline, incident.evidence, captionOf(picture.shared) }.join(
            u'\n');
    return picture;
}

support::Result<CapturedFiles> saveCapture(
    const CaptureOrder& order, const CapturedPicture& picture)
{
    const QDir folder(order.folder);
    if (!folder.mkpath(u"."_s))
        return fileError(order.folder, CaptureWork::tr("the folder cannot be made"));
    const QString base = reportBaseName(picture.shared);
    const auto filesOf = [&](const QString& name) {
        return CapturedFiles { folder.absoluteFilePath(name + u".slotscope"_s),
            folder.absoluteFilePath(name + u".png"_s) };
    };
    CapturedFiles files = filesOf(base);
    for (int i = 2; QFile::exists(files.capture) || QFile::exists(files.picture); ++i)
        files = filesOf(base + u'-' + QString::number(i));

    const QByteArray png = toPng(picture.image);
    if (png.isEmpty())
        return fileError(files.picture, CaptureWork::tr("no picture can be made"));
    if (const auto written = writeFiles({ { files.picture, png } }); !written)
        return written.error();
    support::Result<support::Done> written = support::Done {};
    withPseudonyms(order.pseudonyms, order.redaction, [&](capture::Pseudonyms* pseudonyms) {
        written = writeWithHistory(files.capture, order, pseudonyms);
    });
    if (!written) {
        QFile::remove(files.picture);
        return written.error();
    }
    return files;
}

support::Result<QString> saveCaptureAs(const QString& file, const CaptureOrder& order)
{
    support::Result<support::Done> written = support::Done {};
    withPseudonyms(order.pseudonyms, order.redaction, [&](capture::Pseudonyms* pseudonyms) {
        written = writeWithHistory(file, order, pseudonyms);
    });
    if (!written)
        return written.error();
    return strongest(order.redaction, doneIn(order.capture)).toText();
}

support::Result<support::Done> appendLateTo(
    const QString& file, const CaptureOrder& order, const QList<capture::NodeAnswers>& late)
{
    // Redacted beside all the rest: its names occur in what they say too.
    capture::Capture whole = order.capture;
    const qsizetype before = whole.nodes.size();
    whole.nodes += late;
    return capture::appendLate(
        file, shareable(whole, order.redaction, order.pseudonyms).nodes.sliced(before));
}

} // namespace slotscope::ui
