// SPDX-FileCopyrightText: 2026 Slotscope contributors
// SPDX-License-Identifier: MIT

#include "ui/incident/comparisonactions.h"

#include "core/capture/capturefile.h"
#include "core/capture/redaction.h"
#include "ui/incident/captureactions.h"
#include "ui/report/comparisonview.h"
#include "ui/theme/background.h"
#include "ui/theme/savequestion.h"

#include <QDialog>
#include <QFileDialog>
#include <QPointer>
#include <QProgressDialog>
#include <QPushButton>

#include <atomic>
#include <memory>

namespace slotscope::ui {
using namespace Qt::StringLiterals;

ComparisonActions::ComparisonActions(CaptureActions* captures, QWidget* window)
    : QObject(window)
    , m_captures(captures)
    , m_window(window)
{ }

void ComparisonActions::askForFiles()
{
    const bool isOpen = !m_captures->content().capture.topology.isEmpty();
    auto* dialog = new QFileDialog(m_window,
        isOpen ? tr("Choose two captures, or one to compare with what is open")
               : tr("Choose two captures"),
        nearestFolder(m_captures->folder()), tr("Slotscope captures (*.slotscope);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &ComparisonActions::compare);
    dialog->open();
}

void ComparisonActions::compare(const QStringList& files)
{
    const CaptureContent content = m_captures->content();
    const capture::Capture& shown = content.capture;
    if (files.isEmpty() || files.size() > 2 || (files.size() == 1 && shown.topology.isEmpty())) {
        Q_EMIT message(tr("Two captures are compared, or one with what is open."));
        return;
    }
    // Of large captures it takes seconds.
    constexpr int shortWait = 400;
    const QPointer progress(new QProgressDialog(
        tr("The captures are being opened and compared…"), tr("Cancel"), 0, 0, m_window));
    progress->setObjectName(u"comparisonProgress"_s);
    progress->setWindowTitle(tr("Compare captures"));
    progress->setAttribute(Qt::WA_DeleteOnClose);
    progress->setMinimumDuration(shortWait);
    progress->setValue(0);
    const auto isCancelled = std::make_shared<std::atomic<bool>>(false);
    connect(
        progress.data(), &QProgressDialog::canceled, this, [isCancelled] { *isCancelled = true; });
    using Read = support::Result<ComparedCaptures>;
    inBackground<Read>(
        this,
        [files, shown, redaction = content.redaction, pseudonyms = m_captures->pseudonymsFile(),
            isCancelled]() -> Read {
            QList<capture::Capture> captures;
            for (const QString& file : files) {
                if (*isCancelled)
                    return support::Error { support::ErrorCode::Cancelled, {}, {} };
                const auto capture = capture::readWhatIsWhole(file);
                if (!capture)
                    return capture.error();
                captures.append(*capture);
            }
            if (captures.size() == 1) {
                const auto done = capture::RedactionOptions::doneIn(captures.first());
                captures.append(capture::redactedWith(pseudonyms, shown, done));
            }
            // Alike, and as the profile says: the result is for sharing.
            for (capture::Capture& capture : captures)
                capture = capture::redactedWith(pseudonyms, capture, redaction);
            const bool isInOrder = captures.first().savedAt <= captures.last().savedAt;
            return ComparedCaptures::of(
                captures.at(isInOrder ? 0 : 1), captures.at(isInOrder ? 1 : 0));
        },
        [this, progress, isCancelled](const Read& read) {
            if (progress)
                progress->deleteLater();
            if (*isCancelled)
                return;
            if (read)
                show(*read);
            else
                Q_EMIT failed(read.error());
        });
}

void ComparisonActions::show(const ComparedCaptures& compared)
{
    auto* dialog = new QDialog(m_window);
    dialog->setObjectName(u"comparisonDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->resize(1100, 720);
    auto* view = new ComparisonView(compared, dialog);
    dialog->setWindowTitle(view->title());
    auto* close = new QPushButton(tr("Close"), dialog);
    close->setAutoDefault(false);
    connect(close, &QPushButton::clicked, dialog, &QDialog::reject);
    view->addButton(close);
    auto* layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(view, 1);
    dialog->show();
}

} // namespace slotscope::ui
