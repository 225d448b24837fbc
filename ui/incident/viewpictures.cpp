// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/incident/viewpictures.h"

#include "ui/incident/captureactions.h"
#include "ui/report/animation.h"
#include "ui/report/atomicfile.h"
#include "ui/report/picture.h"
#include "ui/report/report.h"
#include "ui/theme/background.h"
#include "ui/theme/savequestion.h"

#include <QClipboard>
#include <QGuiApplication>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

/// A view to be painted, in another thread.
struct ViewPictures::Job
{
    View view = View::Topology;
    capture::Capture capture; ///< with the trace that is shown as its only one, or none
    capture::RedactionOptions redaction;
    QString pseudonyms;
    bool dark = false;

    Theme theme() const { return dark ? Theme::darkTheme() : Theme::light(); }
    capture::Capture shared() const
    {
        return capture::redactedWith(pseudonyms, capture, redaction);
    }
    Figure figure() const
    {
        const capture::Capture shown = shared();
        Figure figure;
        switch (view) {
        case View::Topology:
            figure = topologyFigure(shown, dark);
            break;
        case View::SlotMap:
            figure = slotMapFigure(shown, dark);
            break;
        case View::FilmStrip:
            figure = filmStripFigure(shown, shown.traces.value(0), dark);
            break;
        case View::Sequence:
            figure = sequenceFigure(shown, shown.traces.value(0), dark);
            break;
        }
        return figure.isEmpty() ? figure : withCaption(figure, theme());
    }
};

ViewPictures::ViewPictures(CaptureActions* captures, QWidget* window)
    : QObject(window)
    , m_captures(captures)
    , m_window(window)
{ }

std::optional<ViewPictures::Job> ViewPictures::job(View view)
{
    const CaptureContent content = m_captures->content();
    if (content.capture.topology.isEmpty()) {
        Q_EMIT message(tr("There is nothing to take a picture of yet."));
        return std::nullopt;
    }
    Job job { view, content.capture, content.redaction, m_captures->pseudonymsFile(),
        content.dark };
    job.capture.traces.clear();
    if (content.shownTrace)
        job.capture.traces.append(*content.shownTrace);
    const bool needsTrace = view == View::FilmStrip || view == View::Sequence;
    const bool isKnown = view != View::SlotMap
        || (job.capture.topology.data().kind == cluster::Kind::Cluster
            && job.capture.topology.slotsKnown());
    if (needsTrace && job.capture.traces.isEmpty()) {
        Q_EMIT message(tr("No trace is shown: run a command, or choose one in the console."));
        return std::nullopt;
    }
    if (!isKnown) {
        Q_EMIT message(tr("Slots are not known here."));
        return std::nullopt;
    }
    return job;
}

void ViewPictures::copy(View view)
{
    const std::optional<Job> job = this->job(view);
    if (!job)
        return;
    inBackground<QImage>(
        this,
        [job = *job] {
            const Figure figure = job.figure();
            return figure.isEmpty() ? QImage() : renderFigure(figure, job.theme());
        },
        [this](const QImage& image) {
            if (image.isNull()) {
                Q_EMIT message(tr("There is nothing to take a picture of yet."));
                return;
            }
            QGuiApplication::clipboard()->setImage(image);
            Q_EMIT message(tr("The picture is copied."));
        });
}

void ViewPictures::askToSave(View view)
{
    if (!job(view))
        return;
    const QStringList names { u"topology.png"_s, u"slots.png"_s, u"trace.png"_s,
        u"sequence.png"_s };
    const SaveQuestion question { tr("Save as picture"),
        m_captures->folder() + u'/' + names.at(static_cast<int>(view)),
        tr("Pictures (*.png *.svg)") };
    askWhereToSave(m_window, question, [this, view](const QString& file) { save(view, file); });
}

void ViewPictures::save(View view, const QString& file)
{
    const std::optional<Job> job = this->job(view);
    if (!job)
        return;
    using Written = support::Result<support::Done>;
    inBackground<Written>(
        this,
        [job = *job, file]() -> Written {
            const Figure figure = job.figure();
            const auto format = reportFormatOf(file);
            const bool isSvg = format == ReportFormat::Svg;
            if (figure.isEmpty() || (!isSvg && format != ReportFormat::Png)) {
                return support::Error { support::ErrorCode::InvalidInput,
                    tr("a picture ends in .png or .svg"), {} };
            }
            return writeFiles({ { file,
                isSvg ? figureSvg(figure, job.theme())
                      : toPng(renderFigure(figure, job.theme())) } });
        },
        [this, file](const Written& written) { onWritten(file, written); });
}

void ViewPictures::askToSaveReplay()
{
    if (!job(View::Sequence))
        return;
    const SaveQuestion question { tr("Save replay"), m_captures->folder() + u"/replay.gif"_s,
        tr("Animated pictures (*.gif)") };
    askWhereToSave(m_window, question, [this](const QString& file) { saveReplay(file); });
}

void ViewPictures::saveReplay(const QString& file)
{
    const std::optional<Job> job = this->job(View::Sequence);
    if (!job)
        return;
    Q_EMIT message(tr("The replay is being drawn…"));
    using Written = support::Result<support::Done>;
    inBackground<Written>(
        this,
        [job = *job, file] {
            const capture::Capture shown = job.shared();
            AnimationOptions options;
            options.dark = job.dark;
            return writeAnimation(file, shown, shown.traces.value(0), options);
        },
        [this, file](const Written& written) { onWritten(file, written); });
}

void ViewPictures::onWritten(const QString& file, const support::Result<support::Done>& written)
{
    if (written)
        Q_EMIT message(tr("Saved as %1").arg(file));
    else
        Q_EMIT failed(written.error());
}

} // namespace slotscope::ui
