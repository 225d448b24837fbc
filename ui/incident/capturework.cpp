// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/incident/capturework.h"

#include "core/capture/capturefile.h"
#include "core/capture/capturemarks.h"
#include "core/capture/redaction.h"
#include "core/capture/slice.h"
#include "ui/report/atomicfile.h"
#include "ui/report/figures.h"
#include "ui/report/incident.h"
#include "ui/report/picture.h"
#include "ui/report/report.h"

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

capture::Slice sliceOf(const CaptureOrder& order)
{
    return { order.capture, order.recording, order.redaction };
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
    capture.names = collected.names;
    capture.nodes = collected.nodes;
    capture.findings = collected.findings;
    return capture;
}

CapturedPicture pictureOf(const CaptureOrder& order)
{
    CapturedPicture picture;
    picture.shared = capture::redactedWith(order.pseudonyms, order.capture, order.redaction);
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
        return support::fileError(order.folder, CaptureWork::tr("the folder cannot be made"));
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
        return support::fileError(files.picture, CaptureWork::tr("no picture can be made"));
    if (const auto written = writeFiles({ { files.picture, png } }, Existing::Keep); !written)
        return written.error();
    const support::Result<capture::Capture> written = saveCaptureAs(files.capture, order);
    if (!written) {
        QFile::remove(files.picture);
        return written.error();
    }
    files.missing = written->missing;
    return files;
}

support::Result<capture::Capture> saveCaptureAs(const QString& file, const CaptureOrder& order)
{
    support::Result<capture::Capture> written = order.capture;
    capture::withPseudonyms(
        order.redaction, order.pseudonyms, [&](capture::Pseudonyms* pseudonyms) {
            written = capture::writeSlice(file, sliceOf(order), pseudonyms);
        });
    return written;
}

support::Result<support::Done> keepMarksIn(
    const QString& file, const CaptureOrder& order, const QList<capture::Mark>& marks)
{
    capture::Capture whole = order.capture;
    whole.marks = marks;
    return capture::replaceMarks(
        file, capture::redactedWith(order.pseudonyms, whole, order.redaction).marks, whole.savedAt);
}

support::Result<support::Done> appendLateTo(
    const QString& file, const CaptureOrder& order, const QList<capture::NodeAnswers>& late)
{
    support::Result<support::Done> appended = support::Done {};
    capture::withPseudonyms(
        order.redaction, order.pseudonyms, [&](capture::Pseudonyms* pseudonyms) {
            appended = capture::appendLateTo(file, sliceOf(order), late, pseudonyms);
        });
    return appended;
}

} // namespace slotscope::ui
