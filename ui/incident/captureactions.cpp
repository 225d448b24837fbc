// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/incident/captureactions.h"

#include "core/capture/pseudonyms.h"
#include "core/explain/errors.h"
#include "core/explain/wording.h"
#include "ui/incident/capturenotice.h"
#include "ui/incident/incidentcapture.h"
#include "ui/report/incident.h"
#include "ui/report/reportdialog.h"
#include "ui/theme/background.h"
#include "ui/theme/savequestion.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QDateTime>
#include <QDesktopServices>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMainWindow>
#include <QPointer>
#include <QShortcut>
#include <QStandardPaths>
#include <QTimer>
#include <QUrl>

#include <memory>
#include <utility>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

CaptureActions::CaptureActions(std::function<CaptureContent()> content, QMainWindow* window)
    : QObject(window)
    , m_content(std::move(content))
    , m_window(window)
    , m_pseudonyms(capture::Pseudonyms::defaultFile())
{ }

void CaptureActions::setFolder(const QString& folder)
{
    m_folder = folder;
}

void CaptureActions::setSeconds(int seconds)
{
    constexpr int longest = 600; // as of slotscope report
    if (seconds > 0 && seconds <= longest)
        m_deadline = std::chrono::seconds(seconds);
}

void CaptureActions::chooseSeconds(int seconds)
{
    setSeconds(seconds);
    Q_EMIT secondsChanged(seconds);
}

QString CaptureActions::folder() const
{
    if (!m_folder.isEmpty())
        return m_folder;
    return QStandardPaths::writableLocation(QStandardPaths::PicturesLocation) + u"/Slotscope"_s;
}

CaptureContent CaptureActions::content() const
{
    CaptureContent content = m_content();
    if (const auto marks = m_marks.constFind(content.capture.savedAt); marks != m_marks.cend())
        content.capture.marks = *marks;
    return content;
}

CaptureOrder CaptureActions::orderOf(const CaptureContent& content) const
{
    return { content.capture, content.redaction, content.recording, content.opened, folder(),
        m_pseudonyms, content.dark };
}

std::shared_ptr<IncidentCapture> CaptureActions::begin()
{
    const CaptureContent now = content();
    if (now.capture.topology.isEmpty()) {
        Q_EMIT message(tr("There is nothing to capture yet."));
        return nullptr;
    }
    if (m_isRunning) {
        Q_EMIT message(tr("A capture is being taken already."));
        return nullptr;
    }
    m_isRunning = true;
    auto run = std::make_shared<IncidentCapture>(orderOf(now), now.session);
    run->setDeadline(m_deadline);
    run->setFlush(now.flush);
    connect(run.get(), &IncidentCapture::progressed, this, [this](int settled, int asked) {
        if (m_isRunning)
            Q_EMIT message(tr("Every node is asked: %1 of %2 so far.").arg(settled).arg(asked));
    });
    connect(run.get(), &IncidentCapture::finished, this, [this] { m_isRunning = false; });
    return run;
}

void CaptureActions::capture()
{
    const std::shared_ptr<IncidentCapture> run = begin();
    if (!run)
        return;
    if (m_notice)
        m_notice->hide();
    // With the last one goes the hope for late answers, unless its dialog is open.
    m_run = run;
    connect(run.get(), &IncidentCapture::copied, this, [this] {
        Q_EMIT message(tr("The picture is copied; capture and picture are saved now."));
    });
    connect(run.get(), &IncidentCapture::finished, this, &CaptureActions::onCaptured);
    connect(run.get(), &IncidentCapture::marksLost, this, &CaptureActions::failed);
    connect(run.get(), &IncidentCapture::appended, this, [this](int nodes) {
        Q_EMIT message(explain::counted(nodes, tr("%1 late answer added to the capture."),
            tr("%1 late answers added to the capture.")));
    });
    connect(run.get(), &IncidentCapture::appendFailed, this, &CaptureActions::onAppendFailed);
    run->start();
}

void CaptureActions::report()
{
    const std::shared_ptr<IncidentCapture> run = begin();
    if (!run)
        return;
    m_asking = run;
    run->setOnlyAsking(true);
    connect(run.get(), &IncidentCapture::marksKept, this, [this, file = run->order().opened] {
        Q_EMIT message(tr("The marks are written into %1.").arg(file));
    });
    connect(run.get(), &IncidentCapture::marksLost, this, &CaptureActions::failed);
    connect(run.get(), &IncidentCapture::finished, this, [this] {
        Q_EMIT message({});
        openDialog(m_asking);
        // The one before not now: it may be what calls.
        QMetaObject::invokeMethod(
            this, [run = std::exchange(m_reported, m_asking)] {}, Qt::QueuedConnection);
        m_asking = nullptr;
    });
    run->start();
}

void CaptureActions::onCaptured(bool ok, const support::Error& error)
{
    if (!m_run)
        return;
    if (!ok) {
        Q_EMIT message(tr("The picture is copied."));
        Q_EMIT failed(error);
        return;
    }
    if (!m_notice) {
        m_notice = new CaptureNotice(m_window);
        m_window->addToolBar(Qt::BottomToolBarArea, m_notice);
        connect(m_notice, &CaptureNotice::reportRequested, this, [this] {
            if (m_run)
                openDialog(m_run);
        });
        connect(m_notice, &CaptureNotice::folderRequested, this, [this] {
            const QFileInfo file(m_run ? m_run->files().picture : QString());
            QDesktopServices::openUrl(QUrl::fromLocalFile(file.absolutePath()));
        });
        connect(m_notice, &CaptureNotice::markdownRequested, this, &CaptureActions::copyMarkdown);
        connect(m_notice, &CaptureNotice::deletionRequested, this, &CaptureActions::deleteFiles);
    }
    m_notice->say(m_run->picture().headline, m_run->files().capture, m_run->files().picture,
        m_run->picture().shared.redaction);
    for (const QString& sentence : m_run->files().missing)
        m_notice->addTrouble(sentence);
    Q_EMIT message({});
}

void CaptureActions::onAppendFailed(const support::Error& error)
{
    const QString sentence = tr("Late answers could not be added to the capture: %1")
                                 .arg(explain::errorSentence(error));
    if (m_notice && m_notice->isVisible())
        m_notice->addTrouble(sentence);
    else
        Q_EMIT message(sentence);
}

void CaptureActions::copyMarkdown()
{
    if (!m_run)
        return;
    inBackground<QString>(
        this, [shared = m_run->picture().shared] { return reportAsMarkdown(shared, {}); },
        [this](const QString& text) {
            QGuiApplication::clipboard()->setText(text);
            Q_EMIT message(tr("Copied as Markdown."));
        });
}

void CaptureActions::deleteFiles()
{
    if (!m_run)
        return;
    m_run->forgetFiles();
    m_notice->hide();
    QStringList kept;
    for (const QString& file : { m_run->files().capture, m_run->files().picture }) {
        QFile gone(file);
        if (!gone.remove() && gone.exists())
            kept.append(file + u": "_s + gone.errorString());
    }
    if (!kept.isEmpty()) {
        Q_EMIT failed({ support::ErrorCode::FileError, kept.join(u"; "_s), {} });
        return;
    }
    Q_EMIT message(tr("Capture and picture are deleted; the picture is still on the clipboard."));
}

void CaptureActions::openDialog(const std::shared_ptr<IncidentCapture>& run)
{
    const CaptureOrder& order = run->order();
    ReportOrder report;
    report.capture = order.capture;
    report.redaction = order.redaction;
    report.pseudonyms = order.pseudonyms;
    report.timeline = order.recording;
    report.options.dark = order.dark;
    const QDateTime saved = order.capture.savedAt;
    report.capture.marks = m_marks.value(saved, order.capture.marks);
    auto* dialog = new ReportDialog(report, folder(), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ReportDialog::marksChanged, this,
        [this, saved, run](const QList<capture::Mark>& marks) {
            m_marks.insert(saved, marks);
            run->keepMarks(marks);
        });
    // The window's own key, which does not get through to it from here.
    auto* again = new QShortcut(QKeySequence(u"Ctrl+Shift+C"_s), dialog);
    connect(again, &QShortcut::activated, this, &CaptureActions::capture);
    connect(run.get(), &IncidentCapture::marksKept, dialog, [dialog] { dialog->setTrouble({}); });
    connect(run.get(), &IncidentCapture::marksLost, dialog, [dialog](const support::Error& error) {
        dialog->setTrouble(tr("The marks are in this report, but not in the capture. %1")
                               .arg(explain::errorSentence(error)));
    });
    dialog->show();
}

void CaptureActions::askForSave()
{
    const CaptureContent now = content();
    if (now.capture.topology.isEmpty()) {
        Q_EMIT message(tr("There is nothing to save yet."));
        return;
    }
    const SaveQuestion question { tr("Save capture"),
        folder() + u"/slotscope-"_s
            + now.capture.savedAt.toUTC().toString(u"yyyyMMdd'T'HHmmss'Z'"_s) + u".slotscope"_s,
        tr("Slotscope captures (*.slotscope)") };
    askWhereToSave(m_window, question, [this, now](const QString& file) { write(file, now); });
}

void CaptureActions::save(const QString& file)
{
    write(file, content());
}

void CaptureActions::write(const QString& file, const CaptureContent& content)
{
    const auto begin = [this, file, order = orderOf(content),
                           isBegun = std::make_shared<bool>(false)] {
        if (std::exchange(*isBegun, true))
            return;
        using Saved = support::Result<capture::Capture>;
        inBackground<Saved>(
            this, [file, order] { return saveCaptureAs(file, order); },
            [this, file](const Saved& written) {
                if (!written) {
                    Q_EMIT failed(written.error());
                    return;
                }
                const QString done
                    = tr("Capture saved as %1 (%2)").arg(file, redactionText(written->redaction));
                Q_EMIT message((QStringList { done } + written->missing).join(u". "_s));
            });
    };
    if (!content.flush || content.recording.isEmpty())
        return begin();
    QTimer::singleShot(IncidentCapture::recorderTime, this, begin);
    content.flush([self = QPointer<CaptureActions>(this), begin] {
        if (self)
            begin();
    });
}

void CaptureActions::askForOpen()
{
    auto* dialog = new QFileDialog(m_window, tr("Open capture"), nearestFolder(folder()),
        tr("Slotscope captures (*.slotscope);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &CaptureActions::openRequested);
    dialog->open();
}

void CaptureActions::askForFolder()
{
    auto* dialog = new QFileDialog(
        m_window, tr("Folder for captures and pictures"), nearestFolder(folder()));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& chosen) {
        setFolder(chosen);
        Q_EMIT folderChanged(chosen);
    });
    dialog->open();
}

} // namespace slotscope::ui
